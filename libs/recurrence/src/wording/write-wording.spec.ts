import { describe, expect, test } from '@jest/globals';
import { addDays, localDateTime, plainDate, plainTime, timeOfMinute } from '@app/time';
import fc from 'fast-check';
import { firstOccurrenceOnOrAfter } from '../first-occurrence';
import { byRank, END_OF_DAY, formatRule, type Rule } from '../rule';
import type { ReadMode, ReadRule } from './reading';
import { readWording } from './read-wording';
import { sayRules } from './write-wording';

const today = plainDate('2027-01-01');

const FREE: Rule = {
  frequency: 'WEEKLY',
  interval: 1,
  byMonth: [],
  byMonthDay: [],
  byDay: [],
  bySetPos: null,
  weekStart: 1,
  count: null,
  until: null,
};

const ascending = (a: number, b: number) => a - b;
const weekdays = (most: number) =>
  fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: most }).map((days) => days.sort(ascending));
const months = fc
  .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 11 })
  .map((list) => list.sort(ascending));

const weekly = fc
  .tuple(weekdays(6), fc.constantFrom(1, 1, 1, 2, 3, 6, 8))
  .map(([days, interval]): Rule => ({ ...FREE, interval, byDay: days.map((weekday) => ({ weekday, rank: null })) }));
const ranked = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.constantFrom(1, 2, 3, 4, 5, -1, -2, -3)), {
      minLength: 1,
      maxLength: 4,
      selector: String,
    }),
    fc.constantFrom(1, 1, 2, 3),
  )
  .map(
    ([days, interval]): Rule => ({
      ...FREE,
      frequency: 'MONTHLY',
      interval,
      byDay: days
        .map(([weekday, rank]) => ({ weekday, rank }))
        .sort((a, b) => byRank(a.rank, b.rank) || a.weekday - b.weekday),
    }),
  );
const numbered = fc
  .uniqueArray(fc.constantFrom(1, 2, 3, 10, 11, 12, 15, 28, -1), { minLength: 1, maxLength: 3 })
  .map((days): Rule => ({ ...FREE, frequency: 'MONTHLY', byMonthDay: days.sort(byRank) }));
const daily = fc.constantFrom(1, 1, 2, 3).map((interval): Rule => ({ ...FREE, frequency: 'DAILY', interval }));
const yearly = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, day]): Rule => ({ ...FREE, frequency: 'YEARLY', byMonth: [month], byMonthDay: [day] }));

const rule = fc
  .tuple(
    fc.oneof(weekly, weekly, ranked, ranked, numbered, daily, yearly),
    fc.option(months),
    fc.constantFrom(null, 'until', 'count'),
  )
  .map(
    ([days, onlyIn, bound]): Rule => ({
      ...days,
      byMonth: days.frequency === 'YEARLY' || onlyIn === null ? days.byMonth : onlyIn,
      until: bound === 'until' ? localDateTime(plainDate('2031-06-30'), plainTime(END_OF_DAY)) : null,
      count: bound === 'count' ? 6 : null,
    }),
  )
  .filter((one) => firstOccurrenceOnOrAfter({ ...one, interval: 1 }, today) !== null);

const hours = fc
  .uniqueArray(fc.integer({ min: 7 * 4, max: 21 * 4 }), { minLength: 2, maxLength: 2 })
  .map((quarters) => quarters.sort(ascending).map((quarter) => timeOfMinute(quarter * 15)));

const school = fc.constantFrom(
  null,
  null,
  { effect: 'skip', name: null, end: null } as const,
  { effect: 'skip', name: 'Noël', end: null } as const,
  { effect: 'only', name: null, end: null } as const,
);

const sites = [null, null, 'Maison pour tous', '3, rue du Béarn', 'téléphone', 'Sol’Épi'];

const readRule = (mode: fc.Arbitrary<ReadMode>, publicHolidays: ReadRule['publicHolidays']): fc.Arbitrary<ReadRule> =>
  fc
    .record({
      rule,
      mode,
      hours,
      school,
      site: fc.constantFrom(...sites),
      parity: fc.constantFrom(null, null, 'even' as const, 'odd' as const),
      anchored: fc.boolean(),
      without: fc.option(fc.integer({ min: 0, max: 20 })),
    })
    .map(({ rule: days, hours: [start, end], ...one }) => {
      const needs = days.interval > 1 || days.count !== null;
      const firstDate =
        needs || one.anchored
          ? firstOccurrenceOnOrAfter({ ...days, interval: 1, count: null, until: null }, today)
          : null;
      const off = one.without === null ? null : plainDate('2027-08-01');
      return {
        rrule: formatRule(days),
        start: start ?? null,
        end: end ?? null,
        mode: one.mode,
        site: one.site,
        parity: days.frequency === 'WEEKLY' || days.frequency === 'MONTHLY' ? one.parity : null,
        exclusions: [],
        firstDate,
        needsAnchor: false,
        schoolHolidays: one.school,
        publicHolidays,
        withoutDates: off === null ? [] : [{ first: off, last: addDays(off, one.without ?? 0) }],
      };
    });

const permanence = fc
  .tuple(fc.boolean(), fc.constantFrom('skip' as const, 'keep' as const, 'move' as const))
  .chain(([said, holidays]) => {
    const mode = said
      ? fc.constantFrom<ReadMode>('appointment', 'walk-in', 'group')
      : fc.constant<ReadMode>('unspecified');
    return fc.array(readRule(mode, holidays), { minLength: 1, maxLength: 3 });
  });

const kept = ({ exclusions, ...one }: ReadRule) => one;

describe('a permanence as the bulletin prints it', () => {
  test.each([
    [
      'lundi 9h-10h30 et 13h30-17h30 sans rdv',
      'tous les lundis, de 9 h à 10 h 30 et de 13 h 30 à 17 h 30, sans rendez-vous',
    ],
    ['1er et 5e mercredi 9h-12h30 (sur rdv)', 'les 1er et 5e mercredis du mois, de 9 h à 12 h 30, sur rendez-vous'],
    [
      'lundi 9h-12h sem. paires ; jeudi 14h-17h à la mairie, hors vacances scolaires',
      'tous les lundis, semaines paires, de 9 h à 12 h ; tous les jeudis, de 14 h à 17 h, à « mairie », hors vacances scolaires',
    ],
    [
      'un jeudi sur deux dès le 7 janvier 2027, 14h-17h',
      'un jeudi sur deux, à partir du jeudi 7 janvier 2027, de 14 h à 17 h',
    ],
    ['mardi 9h-12h sauf août et jours fériés', 'tous les mardis, sauf en août, de 9 h à 12 h, sauf jours fériés'],
  ])('« %s » is printed « %s »', (phrase, printed) => {
    const said = sayRules(readWording(phrase, today).rules, 'fr');
    expect(said.replaceAll('\u00a0', ' ')).toBe(printed);
  });

  test('in English too', () => {
    const { rules } = readWording('1er et 5e mercredi 9h-12h30 (sur rdv), hors vacances scolaires', today);
    expect(sayRules(rules, 'en')).toBe(
      'the 1st and 5th Wednesdays of the month, from 09:00 until 12:30, by appointment, except school holidays',
    );
  });

  test('read back, it gives the same rules', () => {
    fc.assert(
      fc.property(permanence, (rules) => {
        const printed = sayRules(rules, 'fr');
        expect({ printed, rules: readWording(printed, today).rules.map(kept) }).toEqual({
          printed,
          rules: rules.map(kept),
        });
      }),
      { numRuns: 250 },
    );
  });

  test('one rule read back leaves nothing to ask', () => {
    fc.assert(
      fc.property(readRule(fc.constant('appointment'), 'skip'), (one) => {
        const printed = sayRules([one], 'fr');
        const { verdict, questions } = readWording(printed, today);
        expect({ printed, verdict, questions }).toEqual({ printed, verdict: 'exact', questions: [] });
      }),
      { numRuns: 200 },
    );
  });
});
