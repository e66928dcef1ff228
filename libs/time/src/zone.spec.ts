import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { HOUR, instant, instantToIso, parseInstant } from './instant';
import { type LocalDateTime, parseLocalDateTime, plainDate, plainTime, toLocalMinutes } from './plain';
import { dateAt, dayBounds, intervalOn, isSkipped, isZone, readWallMinutes, toInstant, toLocal } from './zone';

const ZONES = [
  'Europe/Paris',
  'America/New_York',
  'America/Cayenne',
  'Indian/Reunion',
  'Pacific/Noumea',
  'Africa/Casablanca',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
];
const local = (text: string): LocalDateTime => parseLocalDateTime(text) as LocalDateTime;
const isoAt = (text: string, zone?: string): string => instantToIso(toInstant(local(text), zone));
const kindOf = (text: string, zone: string): string => readWallMinutes(toLocalMinutes(local(text)), zone).kind;
const someInstant = fc
  .integer({ min: Date.UTC(1975, 0, 1) / 60_000, max: Date.UTC(2060, 0, 1) / 60_000 })
  .map((minutes) => instant(minutes * 60_000));

describe('wall clock and instants', () => {
  test('9 h after the clock change is still 9 h on the wall', () => {
    expect(isoAt('2027-03-26T09:00')).toBe('2027-03-26T08:00:00Z');
    expect(isoAt('2027-03-30T09:00')).toBe('2027-03-30T07:00:00Z');
    expect(toLocal(toInstant(local('2027-03-30T09:00')))).toBe('2027-03-30T09:00');
  });

  test('a time that the clocks skip moves forward by the gap', () => {
    expect(kindOf('2027-03-28T02:30', 'Europe/Paris')).toBe('skipped');
    expect(toLocal(toInstant(local('2027-03-28T02:30')))).toBe('2027-03-28T03:30');
    expect(isSkipped(local('2027-03-28T02:30'))).toBe(true);
    expect(isSkipped(local('2027-03-28T03:00'))).toBe(false);
    expect(kindOf('2027-03-28T01:59', 'Europe/Paris')).toBe('unique');
    expect(kindOf('2027-03-28T03:00', 'Europe/Paris')).toBe('unique');
  });

  test('a time that the clocks repeat is the first of the two', () => {
    expect(kindOf('2027-10-31T02:30', 'Europe/Paris')).toBe('repeated');
    expect(isoAt('2027-10-31T02:30')).toBe('2027-10-31T00:30:00Z');
    expect(kindOf('2027-10-31T03:00', 'Europe/Paris')).toBe('unique');
  });

  test('a whole date that a zone skipped is read as the next', () => {
    expect(toLocal(toInstant(local('2011-12-30T12:00'), 'Pacific/Apia'), 'Pacific/Apia')).toBe('2011-12-31T12:00');
  });

  test('the days of the clock changes last 23 and 25 hours', () => {
    const hours = (date: string): number => {
      const { start, end } = dayBounds(plainDate(date));
      return (end - start) / HOUR;
    };
    expect([hours('2027-03-27'), hours('2027-03-28'), hours('2027-10-31')]).toEqual([24, 23, 25]);
  });

  test('the date depends on the zone', () => {
    const at = parseInstant('2027-01-06T23:30:00Z');
    expect(at && dateAt(at)).toBe('2027-01-07');
    expect(at && dateAt(at, 'America/Cayenne')).toBe('2027-01-06');
  });

  test('two times of one date make an interval', () => {
    const morning = intervalOn(plainDate('2027-01-04'), plainTime('09:00'), plainTime('10:30'));
    expect(instantToIso(morning.start)).toBe('2027-01-04T08:00:00Z');
    expect(() => intervalOn(plainDate('2027-01-04'), plainTime('10:00'), plainTime('10:00'))).toThrow(RangeError);
  });

  test('an unknown zone is refused', () => {
    expect(isZone('Europe/Chevilly')).toBe(false);
    expect(() => toLocal(instant(0), 'Europe/Chevilly')).toThrow(RangeError);
  });

  test('the table of transitions says what luxon says', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), someInstant, (zone, at) => {
        expect(toLocal(at, zone)).toBe(DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm"));
      }),
      { numRuns: 400 },
    );
  });

  test('wall time survives both clock changes: it is read back unless the clocks skip it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), someInstant, (zone, at) => {
        const wall = toLocal(at, zone);
        const reading = readWallMinutes(toLocalMinutes(wall), zone);
        expect(toLocal(reading.instant, zone)).toBe(wall);
        expect(reading.kind).not.toBe('skipped');
        // Only a repeated time may be read as another instant: the earlier one.
        expect(reading.kind === 'repeated' ? reading.instant <= at : reading.instant === at).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
