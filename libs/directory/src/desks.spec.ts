import { expect, it } from '@jest/globals';
import { deskChanges, hasTwins } from './desks';

it('a desk keeps its identity when the list is reordered', () => {
  const desks = [
    { id: '1', label: 'Poste A' },
    { id: '2', label: 'Poste B' },
  ];
  expect(deskChanges(desks, ['poste b', 'Poste C'])).toEqual({
    kept: [{ id: '2', label: 'poste b', position: 0 }],
    added: [{ label: 'Poste C', position: 1 }],
    removed: [{ id: '1', label: 'Poste A' }],
  });
});

it('two desks of a room have two names', () => {
  expect(hasTwins(['A', 'B'])).toBe(false);
  expect(hasTwins(['A', 'a'])).toBe(true);
});
