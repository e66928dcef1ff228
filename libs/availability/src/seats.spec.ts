import { type Interval, instant, interval, overlaps } from '@app/time';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { freePairs, freeSeats, mostAtOnce, placesLeft } from './seats';
import { slots } from './slots';

const MINUTE = 60_000;
const hours = (start: number, end: number): Interval =>
  interval(instant(start * 60 * MINUTE), instant(end * 60 * MINUTE));

describe('parallel counters', () => {
  test('a slot is offered while one seat can take it, and says which', () => {
    const offered = freeSeats([hours(9, 12)], [[hours(9, 10)], [hours(9, 11)]], { durationMinutes: 60 });
    expect(offered).toEqual([
      { ...hours(10, 11), seats: [0] },
      { ...hours(11, 12), seats: [0, 1] },
    ]);
  });

  test('without a seat there is no slot', () => {
    expect(freeSeats([hours(9, 12)], [], { durationMinutes: 60 })).toEqual([]);
  });

  test('a group of eight with six at once has two places left', () => {
    const taken = [hours(9, 10), hours(9, 10), hours(9, 11), hours(9, 11), hours(9, 11), hours(9, 11)];
    expect(placesLeft(hours(9, 11), 8, taken)).toBe(2);
    expect(placesLeft(hours(10, 11), 8, taken)).toBe(4);
    expect(placesLeft(hours(9, 10), 4, taken)).toBe(0);
  });

  test('someone who leaves at ten frees the place of someone who comes at ten', () => {
    expect(mostAtOnce(hours(9, 11), [hours(9, 10), hours(10, 11)])).toBe(1);
  });

  test('every seat named is free, and a seat that is not named could not take the slot', () => {
    const taken = fc
      .tuple(fc.integer({ min: 0, max: 170 }), fc.integer({ min: 5, max: 60 }))
      .map(([start, length]) => interval(instant(start * MINUTE), instant((start + length) * MINUTE)));
    const opening = interval(instant(0), instant(180 * MINUTE));
    fc.assert(
      fc.property(fc.array(fc.array(taken, { maxLength: 4 }), { maxLength: 4 }), (busyBySeat) => {
        const options = { durationMinutes: 20, pauseAfter: 5 };
        for (const { seats, ...slot } of freeSeats([opening], busyBySeat, options)) {
          expect(seats.length).toBeGreaterThan(0);
          busyBySeat.forEach((busy, seat) => {
            const offeredAlone = slots([opening], busy, options).some(({ start }) => start === slot.start);
            expect(seats.includes(seat)).toBe(offeredAlone);
            if (seats.includes(seat)) expect(busy.some((one) => overlaps(one, slot))).toBe(false);
          });
        }
      }),
    );
  });

  test('an interview of two takes two who are free together', () => {
    const pairs = freePairs([hours(9, 12)], [[hours(9, 10)], [], [hours(10, 12)]], { durationMinutes: 60 });
    expect(pairs).toEqual([
      { ...hours(9, 10), pairs: [[1, 2]] },
      { ...hours(10, 11), pairs: [[0, 1]] },
      { ...hours(11, 12), pairs: [[0, 1]] },
    ]);
    expect(freePairs([hours(9, 12)], [[]], { durationMinutes: 60 })).toEqual([]);
  });
});
