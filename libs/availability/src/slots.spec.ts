import { addMinutes, type Interval, instant, interval, MINUTE, merge, overlaps } from '@app/time';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isFree, isPacked, type SlotOptions, slots } from './slots';

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

  test('pauses are kept around each, and may lie outside the opening; what is taken has its own', () => {
    const options = { durationMinutes: 30, pauseBefore: 10, pauseAfter: 5 };
    expect(starts(['9:00-12:00'], [], options)).toBe('9:00 9:45 10:30 11:15');
    expect(starts(['9:00-12:00'], ['10:00-10:30'], options)).toBe('9:00 10:40 11:25');
    expect(starts(['9:00-12:00'], ['8:30-9:00'], options)).toBe('9:10 9:55 10:40 11:25');
    expect(starts(['9:00-10:00'], ['9:30-10:00'], options)).toBe('');
  });

  test('with shorter ones in the same hours, the last lies against the end rather than strand ten minutes', () => {
    expect(starts(['9:00-10:40'], [], { durationMinutes: 30, lengths: [20] })).toBe('9:00 9:30 10:10');
    // Alone, the remainder is lost wherever it is: the agent has done earlier.
    expect(starts(['9:00-10:40'], [], { durationMinutes: 30 })).toBe('9:00 9:30 10:00');
    expect(starts(['9:00-10:40'], [], { durationMinutes: 30, lengths: [10] })).toBe('9:00 9:30 10:00');
  });

  test('a start that another makes useless is not offered while there is one that wastes nothing', () => {
    // An hour and 25 minutes: one long, one short, in either order, never the short one in the middle.
    expect(starts(['9:00-10:25'], [], { durationMinutes: 25, lengths: [60] })).toBe('9:00 10:00');
    expect(starts(['9:00-10:25'], [], { durationMinutes: 60, lengths: [25] })).toBe('9:00');
  });

  test('an hour is one that could be offered: on the rhythm of the day or of its gap, or against either end', () => {
    const packed = (start: string, ...busy: string[]) =>
      isPacked(at(`${start}-12:00`).start, at('9:00-12:00'), busy.map(at), { durationMinutes: 30 });
    expect([packed('9:30'), packed('10:07'), packed('10:10')]).toEqual([true, false, false]);
    expect([packed('10:10', '9:00-10:10'), packed('10:40', '9:00-10:10'), packed('10:20', '9:00-10:10')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(packed('10:07', '10:37-11:00')).toBe(true);
  });

  test('two occurrences that touch are two: no slot lies across them', () => {
    expect(starts(['9:00-10:15', '10:15-11:15'], [], { durationMinutes: 60 })).toBe('9:00 10:15');
  });

  test('a duration of nothing is refused', () => {
    expect(() => slots([at('9:00-10:00')], [], { durationMinutes: 0 })).toThrow(RangeError);
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
      lengths: fc.array(fc.integer({ min: 5, max: 60 }), { maxLength: 3 }),
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

  test('where a slot would fit, one is offered: in the same gap', () => {
    fc.assert(
      fc.property(someInterval, some(8), someOptions, fc.nat(850), (opening, busy, options, minute) => {
        const start = minute * MINUTE;
        const wanted = interval(instant(start), instant(start + options.durationMinutes * MINUTE));
        if (!isFree(wanted, [opening], busy, options)) return;
        const offered = slots([opening], busy, options);
        // Nothing taken lies between the two.
        const between = (slot: Interval) =>
          interval(instant(Math.min(slot.start, wanted.start)), instant(Math.max(slot.end, wanted.end)));
        expect(offered.some((slot) => !busy.some((taken) => overlaps(taken, between(slot))))).toBe(true);
      }),
    );
  });

  test('every slot offered can be booked, one after the other, pauses kept', () => {
    fc.assert(
      fc.property(someInterval, some(8), someOptions, (opening, busy, options) => {
        const { pauseBefore = 0, pauseAfter = 0 } = options;
        const booked: Interval[] = [...busy];
        for (const slot of slots([opening], busy, options)) {
          expect(isFree(slot, [opening], booked, options)).toBe(true);
          booked.push({ start: addMinutes(slot.start, -pauseBefore), end: addMinutes(slot.end, pauseAfter) });
        }
      }),
    );
  });

  test('every slot offered is one that booking takes', () => {
    fc.assert(
      fc.property(someInterval, some(8), someOptions, (opening, busy, options) => {
        for (const { start } of slots([opening], busy, options))
          expect(isPacked(start, opening, busy, options)).toBe(true);
      }),
    );
  });

  test('after any slot is booked, no other start would have left more time that can be used', () => {
    const one = fc.record({
      minutes: fc.integer({ min: 30, max: 200 }),
      long: fc.constantFrom(20, 30, 45),
      short: fc.constantFrom(10, 15, 20),
    });
    fc.assert(
      fc.property(one, ({ minutes, long, short }) => {
        const opening = interval(instant(0), instant(minutes * MINUTE));
        const pieces = [long, short];
        const usable = (left: number): number =>
          Math.max(0, ...pieces.filter((piece) => piece <= left).map((piece) => piece + usable(left - piece)));
        const left = (start: number) => usable(start) + usable(minutes - start - long);
        const offered = slots([opening], [], { durationMinutes: long, lengths: [short] });
        const best = Math.max(
          0,
          ...[...offered.map(({ start }) => start / MINUTE), minutes - long].filter((m) => m >= 0).map(left),
        );
        for (const slot of offered) expect(left(slot.start / MINUTE)).toBe(best);
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
