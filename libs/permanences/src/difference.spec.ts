import { describe, expect, it } from '@jest/globals';
import { addMinutes, type LocalDateTime, localDateTime, plainDate, plainTime, toInstant } from '@app/time';
import { difference, keyOf, type StoredDate } from './difference';
import type { WantedDate } from './permanence';

const MANNER = { visibility: 'public', confidential: false } as const;
const at = (local: string) => toInstant(local as LocalDateTime);
const NOW = at('2027-01-04T09:40');

function wanted(on: string, more: Partial<WantedDate> = {}): WantedDate {
  const start = localDateTime(plainDate(on.slice(0, 10)), plainTime(on.slice(11)));
  return {
    ruleId: 'tuesdays',
    originalStart: start,
    startsAt: toInstant(start),
    endsAt: addMinutes(toInstant(start), 180),
    siteId: 'béarn',
    roomId: 'bureau 1',
    workstationId: null,
    mode: 'appointment',
    seats: 1,
    state: 'held',
    cause: '',
    unverified: false,
    agentIds: ['petit'],
    ...more,
  };
}

function stored(on: string, more: Partial<StoredDate> = {}): StoredDate {
  return { ...wanted(on), id: on, ...MANNER, appointments: 0, refusedRoom: null, ...more };
}

const summary = (found: ReturnType<typeof difference>) =>
  Object.fromEntries(Object.entries(found).map(([name, list]) => [name, list.length]));
const NOTHING = { insert: 0, update: 0, kept: 0, remove: 0, cancel: 0 };

describe('what changes when a permanence is laid out again', () => {
  it('a date that is as it should be is not touched', () => {
    const found = difference([stored('2027-01-05T09:00')], [wanted('2027-01-05T09:00')], MANNER, NOW);
    expect(summary(found)).toEqual({ ...NOTHING, kept: 1 });
  });

  it.each<[string, Partial<WantedDate>]>([
    ['hours', { endsAt: at('2027-01-05T11:00') }],
    ['room', { roomId: 'bureau 2' }],
    ['desk', { workstationId: 'poste 1' }],
    ['agents', { agentIds: ['petit', 'roche'] }],
    ['places', { seats: 2 }],
    ['mode', { mode: 'walk-in' }],
    ['state', { state: 'cancelled', cause: 'absente' }],
    ['site', { siteId: 'maison pour tous' }],
  ])('a date with other %s is updated, under its own id', (_, more) => {
    const found = difference([stored('2027-01-05T09:00')], [wanted('2027-01-05T09:00', more)], MANNER, NOW);
    expect(summary(found)).toEqual({ ...NOTHING, update: 1 });
  });

  it('a date that becomes confidential or internal is updated', () => {
    const rows = [stored('2027-01-05T09:00')];
    const dates = [wanted('2027-01-05T09:00')];
    expect(difference(rows, dates, { ...MANNER, confidential: true }, NOW).update).toHaveLength(1);
    expect(difference(rows, dates, { ...MANNER, visibility: 'internal' }, NOW).update).toHaveLength(1);
  });

  it('a rule that starts half an hour later keeps its dates', () => {
    const found = difference([stored('2027-01-05T09:00')], [wanted('2027-01-05T09:30')], MANNER, NOW);
    expect(summary(found)).toEqual({ ...NOTHING, update: 1 });
  });

  it('a date nobody ever booked is deleted; one that somebody did book is kept as cancelled, once', () => {
    const rows = [stored('2027-01-05T09:00'), stored('2027-01-12T09:00', { appointments: 1 })];
    expect(summary(difference(rows, [], MANNER, NOW))).toEqual({ ...NOTHING, remove: 1, cancel: 1 });
    const already = [stored('2027-01-12T09:00', { appointments: 1, state: 'cancelled' })];
    expect(summary(difference(already, [], MANNER, NOW))).toEqual(NOTHING);
  });

  it('a date that has begun is never touched, unless someone changes it by hand while it runs', () => {
    const running = stored('2027-01-04T09:00');
    const shorter = wanted('2027-01-04T09:00', { endsAt: at('2027-01-04T10:00') });
    expect(summary(difference([running], [shorter], MANNER, NOW))).toEqual({ ...NOTHING, kept: 1 });
    expect(summary(difference([running], [], MANNER, NOW))).toEqual(NOTHING);
    expect(summary(difference([running], [shorter], MANNER, NOW, keyOf(running)))).toEqual({ ...NOTHING, update: 1 });
    const over = addMinutes(running.endsAt, 1);
    expect(summary(difference([running], [shorter], MANNER, over, keyOf(running)))).toEqual({ ...NOTHING, kept: 1 });
  });

  it('a date that is over is not made up afterwards; one under way is there at once', () => {
    const found = difference([], [wanted('2027-01-03T09:00'), wanted('2027-01-04T09:00')], MANNER, NOW);
    expect(found.insert.map(({ originalStart }) => originalStart)).toEqual(['2027-01-04T09:00']);
  });

  it('a date refused its room is not asked again, settled or not, until something of it changes', () => {
    const without = (open: boolean) => [
      stored('2027-01-05T09:00', { roomId: null, refusedRoom: { roomId: 'bureau 1', open } }),
    ];
    for (const open of [true, false]) {
      expect(summary(difference(without(open), [wanted('2027-01-05T09:00')], MANNER, NOW))).toEqual({
        ...NOTHING,
        kept: 1,
      });
    }
    expect(
      difference(without(true), [wanted('2027-01-05T09:00', { roomId: 'bureau 2' })], MANNER, NOW).update,
    ).toHaveLength(1);
    expect(difference(without(true), [wanted('2027-01-05T09:00', { roomId: null })], MANNER, NOW).update).toHaveLength(
      1,
    );
    expect(difference(without(false), [wanted('2027-01-05T09:00', { roomId: null })], MANNER, NOW).update).toHaveLength(
      0,
    );
  });
});
