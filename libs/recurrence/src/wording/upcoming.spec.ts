import { describe, expect, test } from '@jest/globals';
import { type PlainDate, plainDate } from '@app/time';
import { readWording } from './read-wording';
import { upcomingDates } from './upcoming';

const first = plainDate('2027-01-01');

/** "0 2027-01-06 kept": the dates of a phrase, a rule after the other. */
function dates(phrase: string, count: number, from: PlainDate = first): string[] {
  const { rules } = readWording(phrase, first);
  return rules.flatMap((rule, index) =>
    upcomingDates(rule, { from, count, zone: 'C', territory: 'metropole' }).map(({ date, state, original, cause }) =>
      [index, date, state, original && `(${original})`, cause].filter((part) => part !== null).join(' '),
    ),
  );
}

describe('the next dates of what was read', () => {
  test('the 1st and 5th Wednesdays of 2027', () => {
    expect(dates('1er et 5e mercredis 9h-12h30', 4)).toEqual([
      '0 2027-01-06 kept',
      '0 2027-02-03 kept',
      '0 2027-03-03 kept',
      '0 2027-03-31 kept',
    ]);
  });

  test('a 1st Friday on New Year’s Day is shown with its cause, or moved when the phrase says so', () => {
    const skipped = dates('1er vendredi du mois de 9h à 12h', 2);
    expect(skipped).toEqual(['0 2027-01-01 skipped Jour de l’an', '0 2027-02-05 kept']);
    const moved = dates('1er vendredi du mois de 9h à 12h, reporté au lendemain si férié', 1);
    expect(moved).toEqual(['0 2027-01-04 moved (2027-01-01) Jour de l’an']);
  });

  test('a date that the phrase leaves out is shown with the words that do', () => {
    expect(dates('tous les jeudis de 9h à 12h sauf le 14 janvier 2027', 2, plainDate('2027-01-14'))).toEqual([
      '0 2027-01-14 skipped Écrit « sauf le jeudi 14 janvier 2027 »',
      '0 2027-01-21 kept',
    ]);
  });

  test('odd weeks: the Thursdays of weeks 53 and 1 are both dates', () => {
    const thursdays = dates('semaines impaires, le jeudi de 9h à 12h', 2, plainDate('2026-12-28'));
    expect(thursdays).toEqual(['0 2026-12-31 kept', '0 2027-01-07 kept']);
  });

  test('one Thursday in two keeps its weeks from its anchor, across a holiday', () => {
    const phrase =
      'un jeudi sur deux à partir du 7 janvier 2027, de 14h à 17h, et les autres jeudis de 14h à 17h à la Maison pour tous';
    const { rules } = readWording(phrase, first);
    expect(rules.map(({ firstDate, site }) => [firstDate, site])).toEqual([
      ['2027-01-07', null],
      ['2027-01-14', 'Maison pour tous'],
    ]);
    const alone = dates('un jeudi sur deux à partir du 7 janvier 2027, de 14h à 17h', 2, plainDate('2027-11-05'));
    expect(alone).toEqual(['0 2027-11-11 skipped Armistice de 1918', '0 2027-11-25 kept']);
    const both = dates(phrase, 2, plainDate('2027-11-05'));
    expect(both.slice(2)).toEqual(['1 2027-11-18 kept', '1 2027-12-02 kept']);
  });

  test('without an anchor there is no date', () => {
    expect(dates('un jeudi sur deux de 14h à 17h', 4)).toEqual([]);
  });

  test('school holidays of zone C remove dates; beyond the calendar they are to be verified', () => {
    const february = dates('le mardi de 9h à 12h hors vacances scolaires', 3, plainDate('2027-02-08'));
    expect(february).toEqual([
      '0 2027-02-09 skipped Vacances scolaires (hiver, zone C)',
      '0 2027-02-16 skipped Vacances scolaires (hiver, zone C)',
      '0 2027-02-23 kept',
    ]);
    const july = dates('le mardi de 9h à 12h hors vacances scolaires', 1, plainDate('2027-07-05'));
    expect(july[0]).toMatch(/^0 2027-07-06 unverified /);
  });

  test('only during school holidays is the contrary', () => {
    const wednesdays = dates('Pendant les vacances scolaires : le mercredi de 10h à 12h', 2, plainDate('2027-02-01'));
    expect(wednesdays).toEqual(['0 2027-02-03 skipped Période scolaire (zone C)', '0 2027-02-10 kept']);
  });

  test('another end during school holidays', () => {
    const { rules } = readWording('le mardi de 13h30 à 17h30 (17h00 pendant les vacances scolaires)', first);
    const ends = rules.flatMap((rule) =>
      upcomingDates(rule, { from: plainDate('2027-02-01'), count: 2, zone: 'C', territory: null }).map(
        ({ end }) => end,
      ),
    );
    expect(ends).toEqual(['17:30', '17:00']);
  });
});
