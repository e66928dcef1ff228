import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fixedClock, systemClock } from './clock';
import { addMinutes, HOUR, instant, instantToIso, minutesBetween, parseInstant } from './instant';

describe('instants', () => {
  test('an instant is read with its offset', () => {
    const at = parseInstant('2027-01-07T14:00:00+01:00');
    expect(at).toBe(parseInstant('2027-01-07T13:00Z'));
    expect(at && instantToIso(at)).toBe('2027-01-07T13:00:00Z');
    expect(parseInstant('1969-12-31T19:00:00.250-05:00')).toBe(250);
  });

  test('a text without offset, or that is no date, is not an instant', () => {
    for (const text of ['2027-01-07T14:00:00', '2027-02-30T14:00:00Z', '2027-01-07T14:00:60Z', '2027-01-07', 'hier']) {
      expect(parseInstant(text)).toBeNull();
    }
    expect(() => instant(Number.NaN)).toThrow(RangeError);
  });

  test('what is written is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -60_000_000_000_000, max: 250_000_000_000_000 }), (at) => {
        const text = instantToIso(instant(at));
        expect(parseInstant(text)).toBe(at);
        expect(new Date(text).getTime()).toBe(at);
      }),
    );
  });

  test('minutes are added and counted', () => {
    const nine = instant(9 * HOUR);
    expect(minutesBetween(nine, addMinutes(nine, 45))).toBe(45);
  });

  test('a clock that stands still says the same time, the machine’s is shifted by its offset', () => {
    const clock = fixedClock(instant(42));
    expect([clock.now(), clock.now()]).toEqual([42, 42]);
    const before = Date.now();
    const shifted = systemClock(HOUR).now();
    expect(shifted - HOUR).toBeGreaterThanOrEqual(before);
    expect(shifted - HOUR).toBeLessThanOrEqual(Date.now());
  });
});
