import type { Instant, Interval } from '@app/time';
import { expect, it } from '@jest/globals';
import { type Place, waysOut } from './ways-out';

const hour = (from: number, to: number): Interval => ({ start: from as Instant, end: to as Instant });
const room = (name: string, capacity: number, more: Partial<Place> = {}): Place => ({
  roomId: name,
  workstationId: null,
  name,
  capacity,
  lent: null,
  resourceIds: [name],
  ...more,
});
const desk = (of: string, label: string): Place =>
  room(of, 3, { workstationId: label, name: `${of} · ${label}`, resourceIds: [label] });

const shared = room('Bureau partagé', 3, { resourceIds: ['Bureau partagé', 'A', 'B'] });
const places = [
  shared,
  desk('Bureau partagé', 'A'),
  desk('Bureau partagé', 'B'),
  room('Grande salle', 20),
  room('Bureau 1', 3),
  room('Bureau 2', 4),
  room('Box', 2),
  room('Chez Clic6', 3, { lent: { residentId: 'clic6', resident: 'Clic6', lent: 'away' } }),
];
const names = (found: Place[]) => found.map((place) => place.name);

it('who wanted the whole office gets rooms of its size, and the desk that is left', () => {
  const held = [{ resourceId: 'A', during: hour(17, 18) }];
  expect(names(waysOut(shared, places, held, hour(17, 18)))).toEqual(['Bureau 1', 'Bureau 2', 'Bureau partagé · B']);
});

it('someone’s own office is proposed last, a larger room before a smaller one', () => {
  const held = ['Bureau 1', 'Bureau 2', 'A', 'B'].map((resourceId) => ({ resourceId, during: hour(16, 18) }));
  expect(names(waysOut(shared, places, held, hour(17, 18)))).toEqual(['Grande salle', 'Box', 'Chez Clic6']);
});

it('a room taken right before is free', () => {
  const held = [{ resourceId: 'Bureau 1', during: hour(16, 17) }];
  expect(names(waysOut(shared, places, held, hour(17, 18)))).toContain('Bureau 1');
});

it('who wanted a desk gets the other desks of the room first', () => {
  const held = [{ resourceId: 'A', during: hour(9, 10) }];
  expect(names(waysOut(desk('Bureau partagé', 'A'), places, held, hour(9, 10)))).toEqual([
    'Bureau partagé · B',
    'Bureau 1',
    'Bureau 2',
  ]);
});

it('the whole of a room is no way out for a desk of it', () => {
  expect(names(waysOut(desk('Bureau partagé', 'A'), [shared], [], hour(9, 10)))).toEqual([]);
});
