import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { instant } from './instant';
import { contains, type Interval, includes, interval, merge, overlaps, subtract } from './interval';

const between = (start: number, end: number): Interval => interval(instant(start), instant(end));
const someInterval = fc
  .tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1, max: 60 }))
  .map(([start, length]) => between(start, start + length));
const someIntervals = fc.array(someInterval, { maxLength: 12 });
const units = (list: readonly Interval[]): number[] => {
  const found = new Set<number>();
  for (const { start, end } of list) for (let at: number = start; at < end; at += 1) found.add(at);
  return [...found].sort((a, b) => a - b);
};

describe('intervals', () => {
  test('nine to ten and ten to eleven do not overlap', () => {
    expect(overlaps(between(9, 10), between(10, 11))).toBe(false);
    expect(overlaps(between(9, 11), between(10, 12))).toBe(true);
  });

  test('the start belongs to an interval, the end does not', () => {
    expect(includes(between(9, 10), instant(9))).toBe(true);
    expect(includes(between(9, 10), instant(10))).toBe(false);
    expect(contains(between(9, 12), between(9, 12))).toBe(true);
    expect(contains(between(9, 12), between(9, 13))).toBe(false);
  });

  test('an empty interval cannot be made', () => {
    expect(() => between(9, 9)).toThrow(RangeError);
    expect(() => between(9, 8)).toThrow(RangeError);
  });

  test('intervals that touch become one', () => {
    expect(merge([between(10, 11), between(9, 10), between(12, 13)])).toEqual([between(9, 11), between(12, 13)]);
  });

  test('subtracting keeps exactly what is in the first list and not in the second', () => {
    fc.assert(
      fc.property(someIntervals, someIntervals, (from, removed) => {
        const taken = new Set(units(removed));
        const rest = subtract(from, removed);
        expect(units(rest)).toEqual(units(from).filter((at) => !taken.has(at)));
        expect(rest).toEqual(merge(rest));
      }),
    );
  });

  test('merging changes no instant and leaves a gap between any two', () => {
    fc.assert(
      fc.property(someIntervals, (list) => {
        const merged = merge(list);
        expect(units(merged)).toEqual(units(list));
        for (let i = 1; i < merged.length; i += 1) {
          expect((merged[i] as Interval).start).toBeGreaterThan((merged[i - 1] as Interval).end);
        }
      }),
    );
  });
});
