import { describe, expect, it } from '@jest/globals';
import { plainDate, plainTime, withPlainSpaces } from '@app/time';
import type { Opening } from './permanence';
import { sayOutsideHours, sayRoomTaken } from './wording';

const opening = (weekday: number, opens: string, closes: string): Opening => ({
  weekday,
  opens: plainTime(opens),
  closes: plainTime(closes),
});
const WEEK = [1, 2, 3, 4, 5].flatMap((weekday) => [
  opening(weekday, '08:30', '12:00'),
  opening(weekday, '12:00', '17:30'),
]);
const MIDDAY_BREAK = [opening(2, '08:30', '12:00'), opening(2, '13:30', '17:30')];

const said = (openings: Opening[], date: string, start: string, end: string, language: 'fr' | 'en' = 'fr') => {
  const text = sayOutsideHours(openings, plainDate(date), { start: plainTime(start), end: plainTime(end) }, language);
  return text && withPlainSpaces(text);
};

describe('what lies outside a site’s hours', () => {
  it('nothing, when the doors are open all along, noon included', () => {
    expect(said(WEEK, '2027-01-12', '08:30', '17:30')).toBeNull();
  });

  it('nothing is said of a site that gives no hours', () => {
    expect(said([], '2027-01-12', '05:00', '23:00')).toBeNull();
  });

  it.each([
    ['2027-01-12', '17:00', '18:30', 'Finit à 18 h 30, après la fermeture (17 h 30)'],
    ['2027-01-12', '17:30', '19:00', 'Après la fermeture (17 h 30)'],
    ['2027-01-12', '08:00', '10:00', 'Commence à 8 h, avant l’ouverture (8 h 30)'],
    ['2027-01-16', '09:00', '12:00', 'Le lieu est fermé le samedi'],
  ])('on %s from %s to %s: %s', (date, start, end, words) => {
    expect(said(WEEK, date, start, end)).toBe(words);
  });

  it('a break in the middle is named', () => {
    expect(said(MIDDAY_BREAK, '2027-01-12', '11:00', '14:00')).toBe('Le lieu ferme dans l’intervalle');
    expect(said(MIDDAY_BREAK, '2027-01-12', '11:00', '14:00', 'en')).toBe('The site closes in between');
  });
});

describe('who holds a room', () => {
  it('a published permanence by its name, anything else is "pris"', () => {
    expect(withPlainSpaces(sayRoomTaken('Bureau 1', 'Mission locale', 'fr'))).toBe('Bureau 1 : « Mission locale »');
    expect(withPlainSpaces(sayRoomTaken('Bureau 1', null, 'fr'))).toBe('Bureau 1 : pris');
    expect(sayRoomTaken('Bureau 1', null, 'en')).toBe('Bureau 1: taken');
  });
});
