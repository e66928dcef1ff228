import { addMinutes, type Instant, type Interval } from '@app/time';
import { describe, expect, it } from '@jest/globals';
import { type Hours, inTheWay, otherHours, outsideHours, type Person, type RoomOption, waysOut } from './alone';

const at = (hour: number) => (hour * 3_600_000) as Instant;
const from = (start: number, end: number): Interval => ({ start: at(start), end: at(end) });
const wanted = (start: number, end: number, pause = 0): Hours => ({
  during: from(start, end),
  takes: { start: at(start), end: addMinutes(at(end), pause) },
});
const ana: Person = { name: 'Ana', time: [{ ...from(9, 10), by: null }], presence: [], away: [from(14, 15)] };
const small: RoomOption = { id: 'small', name: 'Bureau 1', busy: [{ ...from(10, 11), by: 'Parquet' }] };
const large: RoomOption = { id: 'large', name: 'Grande salle', busy: [] };

describe('an appointment outside any permanence', () => {
  it('takes its agent, and no room when none is needed', () => {
    expect(inTheWay([ana], null, wanted(10, 11))).toBeNull();
    expect(inTheWay([ana], null, wanted(9.5, 10.5))).toMatchObject({ why: 'agent-taken', name: 'Ana', until: at(10) });
  });

  it('keeps the pause of its motif, and nobody receives while away', () => {
    expect(inTheWay([ana], null, wanted(13, 14))).toBeNull();
    expect(inTheWay([ana], null, wanted(13, 14, 15))).toMatchObject({ why: 'agent-away' });
  });

  it('takes another room that suits before it is refused; who holds the room is said', () => {
    expect(inTheWay([ana], [small, large], wanted(10, 11))).toBeNull();
    expect(inTheWay([ana], [small], wanted(10, 11))).toMatchObject({ why: 'room-taken', by: 'Parquet', until: at(11) });
  });

  it('is offered the nearest hours at which all are free together', () => {
    const found = otherHours([ana], [small], wanted(10, 11), [from(8, 16)], 3);
    expect(found.map(({ during }) => during.start / 3_600_000)).toEqual([11, 11.25, 11.5]);
    for (const { during } of found) expect(inTheWay([ana], [small], { during, takes: during })).toBeNull();
  });
});

it('before the door opens, after it closes or on a weekday without hours is told from within the hours', () => {
  const hours = [from(8.5, 17.5)];
  expect(outsideHours(from(8.5, 17.5), hours)).toBeNull();
  expect(outsideHours(from(3, 4), hours)).toEqual({ when: 'before', at: at(8.5) });
  expect(outsideHours(from(17.25, 18), hours)).toEqual({ when: 'after', at: at(17.5) });
  expect(outsideHours(from(10, 11), [])).toEqual({ when: 'all-day' });
});

it('over the midday break is outside the hours; two openings that touch have no break', () => {
  const hours = [from(8.5, 12), from(13.5, 17.5)];
  expect(outsideHours(from(11, 12), hours)).toBeNull();
  expect(outsideHours(from(13.5, 14), hours)).toBeNull();
  for (const during of [from(11.5, 12.5), from(12, 13.5), from(12.5, 13), from(13, 14), from(9, 16)]) {
    expect(outsideHours(during, hours)).toEqual({ when: 'between', closed: from(12, 13.5) });
  }
  expect(outsideHours(from(11.5, 12.5), [from(8.5, 12), from(12, 17.5)])).toBeNull();
});

describe('one that can’t be kept goes where it disturbs least', () => {
  const free: Person = { name: 'Bilal', time: [], presence: [], away: [] };
  const day = [from(8, 16)];
  const said = (
    people: readonly Person[],
    rooms: readonly RoomOption[],
    more: { others?: Person[]; isFirst?: boolean },
  ) =>
    waysOut({ people, others: more.others ?? [], isFirst: more.isFirst ?? false }, rooms, wanted(10, 11), day, 3).map(
      ({ changes, during, roomId, agent }) => [changes, during.start / 3_600_000, roomId, agent].join(' '),
    );

  it('another room at the same hour, and then nothing else is looked for', () => {
    expect(said([free], [small, large], { others: [free] })).toEqual(['room 10 large ']);
  });

  it('for who is followed another hour with the same agent, then another agent; for a first meeting the other way round', () => {
    expect(said([ana], [{ ...large, busy: [] }], { others: [free] })).toEqual(['room 10 large ']);
    const busy: Person = { ...ana, time: [{ ...from(9, 12), by: null }] };
    expect(said([busy], [large], { others: [free] })).toEqual(['hour 8 large ', 'hour 12 large ', 'agent 10 large 0']);
    expect(said([busy], [large], { others: [busy, free], isFirst: true })).toEqual([
      'agent 10 large 1',
      'hour 8 large ',
      'hour 12 large ',
    ]);
  });

  it('nowhere, when no room suits that day', () => {
    expect(said([free], [], { others: [free] })).toEqual([]);
  });
});
