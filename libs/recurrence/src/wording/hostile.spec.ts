import { describe, expect, test } from '@jest/globals';
import { plainDate } from '@app/time';
import fc from 'fast-check';
import { readWording } from './read-wording';
import { upcomingDates } from './upcoming';

const today = plainDate('2027-01-01');

const words = fc.constantFrom(
  ...'lundi|mardis|1er|3ème|et|de|9h|à|12h30|-|–|(|)|,|.|;|:|/|sauf|fermé|semaines|paires|un|jeudi|sur|deux|vacances|scolaires'.split(
    '|',
  ),
  ...'hors|août|du|au|jusqu’à|à partir du|le|les|h30|13h030|99h99|0|12|2027|premier|dernier|sur rdv|sans|à la mairie|rue|\n'.split(
    '|',
  ),
  ...'tous|les jours|matin|après-midi|uniquement|y compris|férié|reporté|de septembre à juin|toutes|six|fois|idem|PH off|Mo'.split(
    '|',
  ),
);
const unreadable = fc.constantFrom(
  '🎉',
  '\u0000',
  'e\u0301',
  '１２',
  '\u202e',
  '\ud800',
  '«',
  '»',
  '½',
  'ﬁ',
  'İ',
  '١٢',
  '\ufeff',
);
const phrase = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 9, arbitrary: words }, { weight: 1, arbitrary: unreadable }),
      fc.constantFrom(' ', ' ', ''),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.map((part) => part.join('')).join(''));

/** Answered, pointing inside the phrase, and never published with something missing. */
function answered(text: string): void {
  const { verdict, questions, warnings, rules } = readWording(text, today);
  const upcoming = { from: today, count: 4, zone: 'C', territory: 'metropole' } as const;
  const dates = rules.flatMap((rule) => upcomingDates(rule, upcoming));
  for (const { at } of [...questions, ...warnings]) {
    expect(at[0]).toBeGreaterThanOrEqual(0);
    expect(at[1]).toBeGreaterThanOrEqual(at[0]);
    expect(at[1]).toBeLessThanOrEqual(text.length);
  }
  expect(verdict === 'exact').toBe(questions.length === 0);
  if (verdict === 'exact') {
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) {
      expect(rule.rrule).not.toBeNull();
      expect(rule.needsAnchor).toBe(false);
      expect(rule.start !== null && rule.end !== null && rule.start < rule.end).toBe(true);
    }
  }
  expect(dates.every(({ date }) => /^\d{4}-\d\d-\d\d$/.test(date))).toBe(true);
}

// How long an answer takes is measured by the bench `hostile`; one that never came would end the test.
describe('any wording is answered', () => {
  test.each([
    ['a hundred kilobytes of one day', 'lundi '.repeat(17_000)],
    ['a hundred thousand open parentheses', '('.repeat(100_000)],
    ['hours without end', '9h-'.repeat(33_000)],
    ['as many ranks as it may hold', '1er et '.repeat(210)],
    ['as many numbers as it may hold', '12 et '.repeat(240)],
    ['as many dates as it may hold', '1 janvier et '.repeat(110)],
    ['as many days as it may hold', '(lundi '.repeat(210)],
    ['as many places as it may hold', 'mairie '.repeat(210)],
    ['as many misspellings as it may hold', 'mairdi vandredi jeuddi '.repeat(60)],
    ['accents without letters', '\u0301'.repeat(1400)],
    ['nothing', ''],
    ['line feeds', '\n'.repeat(1400)],
  ])('%s', (_, text) => answered(text));

  test('words of schedules in any order', () => {
    fc.assert(fc.property(phrase, answered), { numRuns: 600 });
  });

  test('any text at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), answered), { numRuns: 300 });
  });
});
