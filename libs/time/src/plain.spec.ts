import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { epochDayOf } from './epoch-day';
import {
  addDays,
  daysBetween,
  fromEpochDay,
  fromLocalMinutes,
  isoWeek,
  isoWeekday,
  parseLocalDateTime,
  parsePlainDate,
  parsePlainTime,
  plainDate,
  plainTime,
  toEpochDay,
  toLocalMinutes,
  weekParity,
} from './plain';

describe('wall-clock dates and times', () => {
  test('a date that the calendar does not have is refused', () => {
    expect(parsePlainDate('2028-02-29')).toBe('2028-02-29');
    for (const text of ['2027-02-29', '2027-13-01', '2027-00-10', '2027-04-31', '2027-1-01', ' 2027-01-01', '']) {
      expect(parsePlainDate(text)).toBeNull();
    }
    expect(() => plainDate('2027-02-29')).toThrow(RangeError);
  });

  test('a time that no clock shows is refused', () => {
    expect(parsePlainTime('00:00')).toBe('00:00');
    expect(parsePlainTime('23:59')).toBe('23:59');
    for (const text of ['24:00', '9:00', '13:60', '13h030', '']) expect(parsePlainTime(text)).toBeNull();
    expect(() => plainTime('25:00')).toThrow(RangeError);
  });

  test('seconds of zero are dropped, others are refused', () => {
    expect(parseLocalDateTime('2027-01-07T14:00')).toBe('2027-01-07T14:00');
    expect(parseLocalDateTime('2027-01-07T14:00:00')).toBe('2027-01-07T14:00');
    for (const text of ['2027-01-07T14:00:01', '2027-01-07 14:00', '2027-01-07T14:00Z', '2027-02-30T14:00']) {
      expect(parseLocalDateTime(text)).toBeNull();
    }
  });

  test('every date counts the same days as the calendar of JavaScript', () => {
    fc.assert(
      fc.property(fc.integer({ min: epochDayOf(1, 1, 1), max: epochDayOf(9999, 12, 31) }), (day) => {
        const date = fromEpochDay(day);
        expect(date).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(toEpochDay(date)).toBe(day);
        expect(isoWeekday(date)).toBe(new Date(day * 86_400_000).getUTCDay() || 7);
      }),
    );
  });

  test('wall-clock minutes go there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 60_000_000 }), (minutes) => {
        expect(toLocalMinutes(fromLocalMinutes(minutes))).toBe(minutes);
      }),
    );
  });

  test('31 December 2026 is in week 53 and 7 January 2027 in week 1: both odd', () => {
    expect(isoWeek(plainDate('2026-12-31'))).toEqual({ year: 2026, week: 53 });
    expect(isoWeek(plainDate('2027-01-07'))).toEqual({ year: 2027, week: 1 });
    expect(isoWeek(plainDate('2027-01-01'))).toEqual({ year: 2026, week: 53 });
    expect(weekParity(plainDate('2026-12-31'))).toBe('odd');
    expect(weekParity(plainDate('2027-01-07'))).toBe('odd');
    expect(weekParity(plainDate('2027-01-14'))).toBe('even');
  });

  test('days are added over the end of a year', () => {
    expect(addDays(plainDate('2026-12-31'), 1)).toBe('2027-01-01');
    expect(addDays(plainDate('2027-03-01'), -1)).toBe('2027-02-28');
    expect(daysBetween(plainDate('2027-01-07'), plainDate('2027-01-21'))).toBe(14);
  });
});
