import { expect, it } from '@jest/globals';
import { pointedAt } from './cells';

it('free hours open at the half hour that was pointed at, within what is free', () => {
  const free = { kind: 'free' as const, rowId: 'r', roomId: 'r', start: 510, end: 1050 };
  const at = (share: number, more: Partial<typeof free> = {}) => pointedAt({ ...free, ...more }, share);
  expect(at(0.8)).toMatchObject({ start: 930, end: 1050 });
  expect(at(0)).toMatchObject({ start: 510 });
  expect(at(1)).toMatchObject({ start: 1020 });
  expect(at(0, { start: 525, end: 540 })).toMatchObject({ start: 525 });
  expect(pointedAt({ kind: 'occurrence', id: 'o' }, 0.5)).toEqual({ kind: 'occurrence', id: 'o' });
});
