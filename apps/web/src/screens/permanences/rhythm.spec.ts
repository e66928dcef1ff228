import { expect, it } from '@jest/globals';
import { EVERY_WEEK, type Rhythm, rhythmOf, ruleOf } from './rhythm';

const MONDAY = '2027-01-04';

const said: [phrase: string, rhythm: Partial<Rhythm>, rrule: string, parity: 'even' | 'odd' | null][] = [
  ['tous les lundis', { kind: 'weekly', days: [1] }, 'FREQ=WEEKLY;BYDAY=MO', null],
  ['tous les lundis et jeudis', { kind: 'weekly', days: [1, 4] }, 'FREQ=WEEKLY;BYDAY=MO,TH', null],
  ['un jeudi sur deux', { kind: 'every-n-weeks', every: 2, days: [4] }, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', null],
  [
    'toutes les six semaines, le mardi',
    { kind: 'every-n-weeks', every: 6, days: [2] },
    'FREQ=WEEKLY;INTERVAL=6;BYDAY=TU',
    null,
  ],
  ['le vendredi des semaines paires', { kind: 'even-weeks', days: [5] }, 'FREQ=WEEKLY;BYDAY=FR', 'even'],
  ['le vendredi des semaines impaires', { kind: 'odd-weeks', days: [5] }, 'FREQ=WEEKLY;BYDAY=FR', 'odd'],
  [
    'les 1er et 5e mercredis du mois',
    { kind: 'monthly', ranks: [1, 5], days: [3] },
    'FREQ=MONTHLY;BYDAY=1WE,5WE',
    null,
  ],
  ['le dernier vendredi du mois', { kind: 'monthly', ranks: [-1], days: [5] }, 'FREQ=MONTHLY;BYDAY=-1FR', null],
  [
    'les 2e et derniers mardis et jeudis du mois',
    { kind: 'monthly', ranks: [2, -1], days: [2, 4] },
    'FREQ=MONTHLY;BYDAY=2TU,2TH,-1TU,-1TH',
    null,
  ],
  [
    'tous les lundis, sauf juillet et août, jusqu’au 30 juin 2028',
    { kind: 'weekly', days: [1], months: [1, 2, 3, 4, 5, 6, 9, 10, 11, 12], until: '2028-06-30' },
    'FREQ=WEEKLY;UNTIL=20280630;BYMONTH=1,2,3,4,5,6,9,10,11,12;BYDAY=MO',
    null,
  ],
  ['une seule date', { kind: 'once' }, 'FREQ=DAILY;COUNT=1', null],
];

it.each(said)('%s: the form writes the rule', (_, rhythm, rrule, parity) => {
  expect(ruleOf({ ...EVERY_WEEK, ...rhythm })).toEqual({ rrule, parity });
});

it.each(said)('%s: the rule is found again in the form', (_, rhythm, rrule, parity) => {
  expect(rhythmOf({ rrule, parity }, MONDAY)).toEqual({ ...EVERY_WEEK, ...rhythm });
});

it('days chosen in any order are written from Monday on', () => {
  expect(ruleOf({ ...EVERY_WEEK, days: [4, 1] })?.rrule).toBe('FREQ=WEEKLY;BYDAY=MO,TH');
});

it('nothing is written while a day or a rank remains to be chosen', () => {
  expect(ruleOf(EVERY_WEEK)).toBeNull();
  expect(ruleOf({ ...EVERY_WEEK, kind: 'monthly', days: [3] })).toBeNull();
});

it('a weekly rule without a day falls on the day of its first date', () => {
  expect(rhythmOf({ rrule: 'FREQ=WEEKLY;INTERVAL=6', parity: null }, '2027-01-05')).toMatchObject({
    kind: 'every-n-weeks',
    every: 6,
    days: [2],
  });
});

it('the last Friday written with a position is the last Friday', () => {
  expect(rhythmOf({ rrule: 'FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1', parity: null }, MONDAY)).toMatchObject({
    kind: 'monthly',
    ranks: [-1],
    days: [5],
  });
});

it.each([
  ['the 15th of the month', 'FREQ=MONTHLY;BYMONTHDAY=15', null],
  ['one month in two', 'FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO', null],
  ['the Thursday after the 1st Tuesday', 'FREQ=MONTHLY;BYMONTHDAY=3,4,5,6,7,8,9;BYDAY=TH', null],
  ['1st Monday and 3rd Tuesday, which are not every rank of every day', 'FREQ=MONTHLY;BYDAY=1MO,3TU', null],
  ['the second to last Friday', 'FREQ=MONTHLY;BYDAY=-2FR', null],
  ['one Thursday in two, in even weeks', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', 'even'],
  ['a last moment with an hour', 'FREQ=WEEKLY;UNTIL=20270630T090000;BYDAY=MO', null],
  ['ten times', 'FREQ=WEEKLY;COUNT=10;BYDAY=MO', null],
] as const)('%s is kept as it is written', (_, rrule, parity) => {
  const rhythm = rhythmOf({ rrule, parity }, MONDAY);
  expect(rhythm.kind).toBe('written');
  expect(ruleOf(rhythm)).toEqual({ rrule, parity });
});
