import type { PlainDate } from '@app/time';
import { expect, it } from '@jest/globals';
import { sayIn } from '../../i18n/say-in';
import { slotName } from './slot-name';

const say = sayIn('fr', '2027-01-04' as PlainDate);
const slot = { start: '2027-01-05T09:00', end: '2027-01-05T09:30', who: 'Ana Dupont', site: '3 rue du Béarn' };
const heard = (showsWho: boolean, more: Partial<typeof slot> = {}) =>
  slotName(say, (time) => `jusqu’à ${time}`, { ...slot, ...more, showsWho }).replaceAll('\u00a0', ' ');

it('a slot is heard with the words that are seen on it, in their order', () => {
  expect(heard(true)).toBe('mardi 5 janvier, 9 h Ana Dupont, jusqu’à 9 h 30, 3 rue du Béarn');
  expect(heard(true)).toContain('9 h Ana Dupont');
  expect(heard(false)).toBe('mardi 5 janvier, 9 h – 9 h 30, Ana Dupont, 3 rue du Béarn');
});

it('of a slot that nobody in particular receives, the hours', () => {
  expect(heard(true, { who: '' })).toBe('mardi 5 janvier, 9 h – 9 h 30, 3 rue du Béarn');
});
