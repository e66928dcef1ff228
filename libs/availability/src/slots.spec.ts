import { type Interval, instant, interval, MINUTE, merge, overlaps } from '@app/time';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isFree, type SlotOptions, slots } from './slots';

/** '9:00-12:30' on some day. */
const at = (text: string): Interval => {
  const [start = 0, end = 0] = text.split('-').map((time) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    return instant((hours * 60 + minutes) * MINUTE);
  });
  return interval(instant(start), instant(end));
};
const clock = (ms: number): string => `${Math.floor(ms / 60 / MINUTE)}:${String((ms / MINUTE) % 60).padStart(2, '0')}`;
const said = (list: readonly Interval[]): string =>
  list.map(({ start, end }) => `${clock(start)}-${clock(end)}`).join(' ');
const starts = (openings: string[], busy: string[], options: SlotOptions): string =>
  slots(openings.map(at), busy.map(at), options)
    .map(({ start }) => clock(start))
    .join(' ');

describe('the slots of a permanence', () => {
  test('follow each other from its opening, and the last one ends before it closes', () => {
    expect(said(slots([at('9:00-10:45')], [], { durationMinutes: 30 }))).toBe('9:00-9:30 9:30-10:00 10:00-10:30');
  });

  test('start again at the end of what is taken, so that no time is lost', () => {
    expect(starts(['9:00-12:00'], ['9:30-10:15'], { durationMinutes: 30 })).toBe('9:00 10:15 10:45 11:15');
  });

  test('one that ends when an appointment starts is offered', () => {
    expect(starts(['9:00-10:00'], ['9:30-10:00'], { durationMinutes: 30 })).toBe('9:00');
  });

  test('a gap that is too short gives none', () => {
    expect(starts(['9:00-10:00'], ['9:20-9:45'], { durationMinutes: 30 })).toBe('');
  });

  test('a step offers more starts than can be booked together', () => {
    expect(starts(['9:00-10:00'], [], { durationMinutes: 30, stepMinutes: 15 })).toBe('9:00 9:15 9:30');
  });

  test('a pause is kept on both sides of what is taken', () => {
    const options = { durationMinutes: 30, pauseBefore: 10, pauseAfter: 5 };
    expect(starts(['9:00-12:00'], ['10:00-10:30'], options)).toBe('9:00 10:40 11:20');
    expect(starts(['9:00-12:00'], ['8:30-9:00'], options)).toBe('9:10 9:50 10:30 11:10');
  });

  test('two occurrences that touch are two: no slot lies across them', () => {
    expect(starts(['9:00-10:15', '10:15-11:15'], [], { durationMinutes: 60 })).toBe('9:00 10:15');
  });

  test('a duration of nothing is refused', () => {
    expect(() => slots([at('9:00-10:00')], [], { durationMinutes: 0 })).toThrow(RangeError);
    expect(() => slots([at('9:00-10:00')], [], { durationMinutes: 30, stepMinutes: 0 })).toThrow(RangeError);
    expect(() => slots([at('9:00-10:00')], [], { durationMinutes: 30, pauseAfter: -5 })).toThrow(RangeError);
  });
});

describe('whatever is open and taken', () => {
  const someInterval = fc
    .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 5, max: 240 }))
    .map(([start, length]) => interval(instant(start * MINUTE), instant((start + length) * MINUTE)));
  const some = (maxLength: number) => fc.array(someInterval, { maxLength });
  const someOptions = fc.record(
    {
      durationMinutes: fc.integer({ min: 5, max: 90 }),
      stepMinutes: fc.integer({ min: 5, max: 60 }),
      pauseBefore: fc.integer({ min: 0, max: 15 }),
      pauseAfter: fc.integer({ min: 0, max: 15 }),
    },
    { requiredKeys: ['durationMinutes'] },
  );

  test('every slot lies in an opening, lasts its duration and touches nothing taken, pauses included', () => {
    fc.assert(
      fc.property(some(5), some(8), someOptions, (openings, busy, options) => {
        for (const slot of slots(openings, busy, options)) {
          expect(slot.end - slot.start).toBe(options.durationMinutes * MINUTE);
          expect(isFree(slot, openings, busy, options)).toBe(true);
        }
      }),
    );
  });

  test('no moment where a slot would fit is without an offer in the same gap', () => {
    fc.assert(
      fc.property(someInterval, some(8), someOptions, fc.nat(850), (opening, busy, options, minute) => {
        const start = minute * MINUTE;
        const wanted = interval(instant(start), instant(start + options.durationMinutes * MINUTE));
        if (!isFree(wanted, [opening], busy, options)) return;
        // The packed offer that precedes it: nothing taken lies between the two.
        const offered = slots([opening], busy, options).filter((slot) => slot.start <= start);
        const last = offered.at(-1);
        expect(last).toBeDefined();
        if (last && last.start < start) {
          expect(busy.some((taken) => overlaps(taken, interval(last.start, wanted.end)))).toBe(false);
        }
      }),
    );
  });

  test('without a step, every slot offered can be booked, one after the other, pauses kept', () => {
    fc.assert(
      fc.property(someInterval, some(8), someOptions, (opening, busy, { stepMinutes: _, ...options }) => {
        const offered = slots([opening], busy, options);
        const booked: Interval[] = [...busy];
        for (const slot of offered) {
          expect(isFree(slot, [opening], booked, options)).toBe(true);
          booked.push(slot);
        }
      }),
    );
  });

  test('slots come in order of start, and taken time told in another way changes nothing', () => {
    fc.assert(
      fc.property(some(4), some(8), someOptions, (openings, busy, options) => {
        const offered = slots(openings, busy, options);
        expect(slots([...openings].reverse(), merge(busy), options)).toEqual(offered);
        for (let i = 1; i < offered.length; i += 1) {
          expect((offered[i] as Interval).start).toBeGreaterThanOrEqual((offered[i - 1] as Interval).start);
        }
      }),
    );
  });
});
