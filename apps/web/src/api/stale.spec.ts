import { expect, it } from '@jest/globals';
import { keys, staleAfter } from './stale';

it('a booking elsewhere makes the day and its slots look again, not the directory', () => {
  expect(staleAfter('appointment.booked')).toEqual(expect.arrayContaining([keys.board, keys.slots]));
  expect(staleAfter('appointment.booked')).not.toContain(keys.directory);
});

it('a changed room is a change of the directory', () => {
  expect(staleAfter('directory.changed')).toContain(keys.directory);
});

it('after missed news everything is looked at again', () => {
  expect(staleAfter('resync')).toEqual(Object.values(keys));
});
