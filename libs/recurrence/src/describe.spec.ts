import { parsePlainDate, plainDate } from '@app/time';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { describeRule } from './describe';
import { parseRule } from './parse';
import type { Rule } from './rule';
import { someRule } from './rules.arbitrary';

const rule = (text: string): Rule => {
  const parsed = parseRule(text);
  if (!parsed.ok) throw new Error(parsed.textEn);
  return parsed.rule;
};

describe('a rule as the bulletin prints it', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=MO', 'tous les lundis', 'every Monday'],
    ['FREQ=WEEKLY;BYDAY=MO,TH', 'tous les lundis et jeudis', 'every Monday and Thursday'],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'du lundi au vendredi', 'Monday to Friday'],
    ['FREQ=DAILY', 'tous les jours', 'every day'],
    ['FREQ=DAILY;BYDAY=MO,TU,WE', 'du lundi au mercredi', 'Monday to Wednesday'],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', 'un jeudi sur deux', 'every other Thursday'],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH',
      'une semaine sur deux, les lundis et jeudis',
      'every other week, on Monday and Thursday',
    ],
    ['FREQ=WEEKLY;INTERVAL=6;BYDAY=TU', 'toutes les six semaines, le mardi', 'every six weeks, on Tuesday'],
    ['FREQ=MONTHLY;BYDAY=1FR', 'le 1er vendredi du mois', 'the 1st Friday of the month'],
    ['FREQ=MONTHLY;BYDAY=1WE,5WE', 'les 1er et 5e mercredis du mois', 'the 1st and 5th Wednesdays of the month'],
    ['FREQ=MONTHLY;BYDAY=-1FR', 'le dernier vendredi du mois', 'the last Friday of the month'],
    ['FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1', 'le dernier vendredi du mois', 'the last Friday of the month'],
    ['FREQ=MONTHLY;BYDAY=-2TU', 'l’avant-dernier mardi du mois', 'the 2nd to last Tuesday of the month'],
    [
      'FREQ=MONTHLY;BYDAY=1MO,3TH',
      'le 1er lundi et le 3e jeudi du mois',
      'the 1st Monday and the 3rd Thursday of the month',
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15', 'le 1er et le 15 du mois', 'the 1st and the 15th of the month'],
    ['FREQ=MONTHLY;BYMONTHDAY=-1', 'le dernier jour du mois', 'the last day of the month'],
    [
      'FREQ=MONTHLY;BYDAY=TH;BYMONTHDAY=3,4,5,6,7,8,9',
      'tous les jeudis qui tombent du 3 au 9 du mois',
      'every Thursday that falls from the 3rd to the 9th of the month',
    ],
    [
      'FREQ=MONTHLY;INTERVAL=2;BYDAY=1TU',
      'un mois sur deux, le 1er mardi du mois',
      'every other month, the 1st Tuesday of the month',
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'le dernier de ces jours du mois : du lundi au vendredi',
      'the last of these days of the month: Monday to Friday',
    ],
    ['FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14', 'tous les ans, le 14 juillet', 'every year, the 14th of July'],
    ['FREQ=YEARLY;BYMONTH=4;BYDAY=1MO', 'tous les ans, le 1er lundi d’avril', 'every year, the 1st Monday of April'],
    ['FREQ=YEARLY;BYDAY=1MO', 'tous les ans, le 1er lundi de l’année', 'every year, the 1st Monday of the year'],
    [
      'FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2,3,4,5,6,9,10,11,12',
      'tous les mardis, de septembre à juin',
      'every Tuesday, from September to June',
    ],
    [
      'FREQ=MONTHLY;BYDAY=1WE;BYMONTH=1,2,3,4,5,6,7,9,10,11,12',
      'le 1er mercredi du mois, sauf en août',
      'the 1st Wednesday of the month, except in August',
    ],
    ['FREQ=WEEKLY;BYDAY=SA;BYMONTH=3,6', 'tous les samedis, en mars et juin', 'every Saturday, in March and June'],
    [
      'FREQ=WEEKLY;BYDAY=TH;UNTIL=20270701',
      'tous les jeudis, jusqu’au jeudi 1er juillet 2027',
      'every Thursday, until Thursday 1 July 2027',
    ],
    ['FREQ=WEEKLY;BYDAY=TH;COUNT=6', 'tous les jeudis, 6 fois', 'every Thursday, 6 times'],
    ['FREQ=DAILY;COUNT=1', 'une seule fois', 'once'],
  ])('%s: %s', (text, french, english) => {
    expect(describeRule(rule(text), 'fr')).toBe(french);
    expect(describeRule(rule(text), 'en')).toBe(english);
  });

  test('the first date names the day that the rule leaves to it', () => {
    const start = plainDate('2027-01-12');
    expect(describeRule(rule('FREQ=WEEKLY;INTERVAL=6'), 'fr', { start })).toBe('toutes les six semaines, le mardi');
    expect(describeRule(rule('FREQ=MONTHLY'), 'fr', { start })).toBe('le 12 du mois');
    expect(describeRule(rule('FREQ=YEARLY'), 'fr', { start })).toBe('tous les ans, le 12 janvier');
    expect(describeRule(rule('FREQ=WEEKLY;INTERVAL=6'), 'fr')).toBe('toutes les six semaines');
    expect(describeRule(rule('FREQ=DAILY;COUNT=1'), 'fr', { start })).toBe('le mardi 12 janvier 2027');
    expect(describeRule(rule('FREQ=MONTHLY'), 'fr')).toBe('tous les mois, à la même date');
  });

  test('even and odd weeks are not one week in two', () => {
    const thursdays = rule('FREQ=WEEKLY;BYDAY=TH');
    expect(describeRule(thursdays, 'fr', { parity: 'odd' })).toBe('tous les jeudis, semaines impaires');
    expect(describeRule(thursdays, 'en', { parity: 'even' })).toBe('every Thursday, even weeks');
    expect(describeRule(rule('FREQ=MONTHLY;BYDAY=1TH'), 'fr', { parity: 'even' })).toBe(
      'le 1er jeudi du mois, semaines paires',
    );
  });

  test('every rule of the whitelist has its words', () => {
    fc.assert(
      fc.property(someRule, (generated) => {
        const start = parsePlainDate('2027-01-12') ?? undefined;
        for (const language of ['fr', 'en'] as const) {
          const words = describeRule(generated, language, { start });
          expect(words).not.toMatch(/undefined|null|NaN|zéro|zero| {2}|^\s|\s$/);
          expect(words.length).toBeGreaterThan(5);
        }
      }),
      { numRuns: 300 },
    );
  });
});
