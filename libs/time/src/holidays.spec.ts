import { describe, expect, test } from '@jest/globals';
import { easterSunday, publicHolidayOn, publicHolidays } from './holidays';
import { fromEpochDay, isoWeekday, plainDate } from './plain';

const datesOf = (year: number, territory?: Parameters<typeof publicHolidays>[1]): string[] =>
  publicHolidays(year, territory).map(({ date }) => date);

describe('public holidays', () => {
  test('Easter falls where the Church put it', () => {
    const known = ['1583-04-10', '1818-03-22', '1943-04-25', '2000-04-23', '2026-04-05', '2027-03-28', '2038-04-25'];
    for (const date of known) expect(fromEpochDay(easterSunday(Number(date.slice(0, 4))))).toBe(date);
  });

  test('2027 has its eleven holidays', () => {
    expect(datesOf(2027)).toEqual([
      '2027-01-01',
      '2027-03-29',
      '2027-05-01',
      '2027-05-06',
      '2027-05-08',
      '2027-05-17',
      '2027-07-14',
      '2027-08-15',
      '2027-11-01',
      '2027-11-11',
      '2027-12-25',
    ]);
  });

  test('on 26 March 2027 a site in Alsace is closed, and Chevilly-Larue is open', () => {
    const goodFriday = plainDate('2027-03-26');
    expect(publicHolidayOn(goodFriday, 'alsace-moselle')?.name).toBe('Vendredi saint');
    expect(publicHolidayOn(goodFriday, 'metropole')).toBeNull();
    expect(publicHolidayOn(goodFriday, 'alsace-moselle', { goodFriday: false })).toBeNull();
    expect(publicHolidayOn(plainDate('2027-12-26'), 'alsace-moselle')?.nameEn).toBe('St Stephen’s Day');
  });

  test('each overseas department has its abolition of slavery', () => {
    expect(publicHolidayOn(plainDate('2027-12-20'), 'reunion')?.name).toBe('Abolition de l’esclavage');
    expect(publicHolidayOn(plainDate('2027-05-22'), 'martinique')?.nameEn).toBe('Abolition of Slavery');
    expect(publicHolidayOn(plainDate('2027-06-10'), 'guyane')).not.toBeNull();
    expect(publicHolidayOn(plainDate('2027-06-10'), 'guadeloupe')).toBeNull();
  });

  test('two holidays on one date are one day off with both names', () => {
    expect(publicHolidayOn(plainDate('2008-05-01'))?.name).toBe('Fête du travail et Ascension');
    expect(datesOf(2008)).toHaveLength(10);
  });

  test('for any year, Easter Monday and Whit Monday are Mondays and Ascension a Thursday', () => {
    for (let year = 1583; year <= 2600; year += 1) {
      const easter = easterSunday(year);
      expect(isoWeekday(fromEpochDay(easter))).toBe(7);
      expect(fromEpochDay(easter) >= `${year}-03-22` && fromEpochDay(easter) <= `${year}-04-25`).toBe(true);
    }
    expect(() => publicHolidays(1582)).toThrow(RangeError);
  });
});
