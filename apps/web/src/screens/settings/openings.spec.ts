import { expect, it } from '@jest/globals';
import { withPlainSpaces } from '@app/time';
import { likeMonday, nextRange, type Opening, sayOpenings } from './openings';

const on = (weekday: number, opens: string, closes: string): Opening => ({ weekday, opens, closes });
const said = (openings: Opening[], language: 'fr' | 'en' = 'fr') =>
  sayOpenings(openings, language).map(withPlainSpaces);

it('a week of the same hours is one line', () => {
  const week = [1, 2, 3, 4, 5].map((weekday) => on(weekday, '08:30', '17:30'));
  expect(said(week)).toEqual(['lundi au vendredi, 8 h 30 – 17 h 30']);
});

it('a day that differs cuts the line, two days are joined by "et"', () => {
  expect(
    said([on(1, '09:00', '12:00'), on(2, '09:00', '12:00'), on(3, '14:00', '17:00'), on(6, '09:00', '12:00')]),
  ).toEqual(['lundi et mardi, 9 h – 12 h', 'mercredi, 14 h – 17 h', 'samedi, 9 h – 12 h']);
});

it('two ranges of a day are both said, in order', () => {
  expect(said([on(1, '13:30', '17:00'), on(1, '09:00', '12:00')])).toEqual(['lundi, 9 h – 12 h et 13 h 30 – 17 h']);
});

it('no hours, no line', () => {
  expect(said([])).toEqual([]);
});

it('Monday’s hours are given to working days and Saturday keeps its own', () => {
  const openings = [on(1, '09:00', '12:00'), on(2, '14:00', '17:00'), on(6, '10:00', '12:00')];
  expect(likeMonday(openings)).toEqual([
    ...[1, 2, 3, 4, 5].map((weekday) => on(weekday, '09:00', '12:00')),
    on(6, '10:00', '12:00'),
  ]);
});

it('after a morning comes an afternoon', () => {
  expect(nextRange([on(1, '08:30', '12:00')], 1)).toEqual(on(1, '13:30', '18:00'));
  expect(nextRange([], 3)).toEqual(on(3, '08:30', '17:30'));
});
