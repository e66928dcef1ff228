import { localDateTime, type PlainTime, plainDate, plainTime } from '@app/time';
import { expect, it } from '@jest/globals';
import { checkChoices, choicesOf, exceptionsOf, replaced } from './choices';
import type { Place } from './permanence';

const rules = [{ id: 'fridays', startTime: '09:00' as PlainTime, siteId: 'here' }];
const rooms = new Map([
  ['7', { name: 'Bureau 7', siteId: 'here', retired: false }],
  ['elsewhere', { name: 'Salle', siteId: 'there', retired: false }],
]);
const place = { rooms } as unknown as Place;
const newYear = '2027-01-01T09:00';

it('what is decided of dates is given back as it was', () => {
  const choices = [
    { rule: 0, originalStart: newYear, choice: { kind: 'move' as const, date: '2027-01-04' } },
    { rule: 0, originalStart: '2027-02-05T09:00', choice: { kind: 'room' as const, roomId: '7' } },
    { rule: 0, originalStart: '2027-03-05T09:00', choice: { kind: 'without-room' as const } },
    { rule: 0, originalStart: '2027-04-02T09:00', choice: { kind: 'skip' as const } },
  ];
  expect(checkChoices(choices, rules, place, 'fr')).toEqual([]);
  expect(choicesOf(exceptionsOf(choices, rules), rules)).toEqual(choices);
});

it('a date keeps what was decided of it when its line begins at another hour', () => {
  const [exception] = exceptionsOf([{ rule: 0, originalStart: '2027-01-01T14:00', choice: { kind: 'skip' } }], rules);
  expect(exception?.originalStart).toBe(newYear);
});

it('a room of another site, a line or a day that does not exist is named', () => {
  const wrong = [
    { rule: 0, originalStart: newYear, choice: { kind: 'room' as const, roomId: 'elsewhere' } },
    { rule: 3, originalStart: newYear, choice: { kind: 'skip' as const } },
    { rule: 0, originalStart: newYear, choice: { kind: 'move' as const, date: '2027-02-30' } },
  ];
  expect(checkChoices(wrong, rules, place, 'fr').map(({ at }) => at)).toEqual([
    'choices.0.choice.roomId',
    'choices.1.rule',
    'choices.2.choice.date',
  ]);
});

it('the last word on a date replaces the one before', () => {
  const skip = exceptionsOf([{ rule: 0, originalStart: newYear, choice: { kind: 'skip' } }], rules);
  const move = exceptionsOf([{ rule: 0, originalStart: newYear, choice: { kind: 'move', date: '2027-01-04' } }], rules);
  expect(replaced(skip, move)).toEqual(move);
  expect(move[0]?.originalStart).toBe(localDateTime(plainDate('2027-01-01'), plainTime('09:00')));
});
