import { instant } from '@app/time';
import { expect, test } from '@jest/globals';
import { idInOrder } from './id-in-order';

const NOW = instant(Date.parse('2027-01-04T08:40:00.123Z'));

test('ids sort by when they were made, say that they are of version 7, and never come twice', () => {
  const ids = Array.from({ length: 100 }, () => idInOrder(NOW));
  expect(new Set(ids).size).toBe(100);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const later = idInOrder(instant(NOW + 1));
  expect(ids.every((id) => id < later)).toBe(true);
  expect(Number.parseInt(later.replace('-', '').slice(0, 12), 16)).toBe(NOW + 1);
});
