import { addDays, dateOf, type LocalDateTime, localDateTime, plainTime, timeOf } from '@app/time';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import rrule from 'rrule';
import { RRuleTemporal } from 'rrule-temporal';
import { firstOccurrenceOnOrAfter } from './first-occurrence';
import { formatRule, type Rule } from './rule';
import { someRule, someStart } from './rules.arbitrary';
import { expand } from './series';

const YEARS = 3;

interface Case {
  rule: Rule;
  dtstart: LocalDateTime;
  window: { from: LocalDateTime; to: LocalDateTime };
}

/** A rule started on its first date, and a window of some years from there; null when it never occurs. */
function caseOf(rule: Rule, start: LocalDateTime): Case | null {
  const first = firstOccurrenceOnOrAfter(rule, dateOf(start));
  if (first === null) return null;
  const dtstart = localDateTime(first, timeOf(start));
  return {
    rule,
    dtstart,
    window: { from: dtstart, to: localDateTime(addDays(first, YEARS * 365), plainTime('00:00')) },
  };
}

const compact = (local: LocalDateTime): string => `${local.replace(/[-:]/g, '')}00`;
const unique = (list: string[]): string[] => [...new Set(list)].sort();
// The oracles are told the rule as text, in "fake UTC": wall-clock time written as if it were UTC, away from any zone.
const asUtc = (local: LocalDateTime): Date => new Date(`${local}:00Z`);

function byRruleJs({ rule, dtstart, window }: Case): string[] {
  const options = rrule.RRule.parseString(formatRule(rule));
  const dates = new rrule.RRule({ ...options, dtstart: asUtc(dtstart) }).between(
    asUtc(window.from),
    asUtc(window.to),
    true,
  );
  return unique(dates.map((date) => date.toISOString().slice(0, 16))).filter((date) => date < window.to);
}

function byRruleTemporal({ rule, dtstart, window }: Case): string[] {
  const dates = new RRuleTemporal({
    rruleString: `DTSTART;TZID=UTC:${compact(dtstart)}\nRRULE:${formatRule(rule)}`,
  }).between(asUtc(window.from), asUtc(window.to), true);
  return unique(dates.map((date) => date.toString().slice(0, 16))).filter((date) => date < window.to);
}

/** rrule.js: counting back further than the month has dates must give none; it gives the first (dateutil gives none). */
const countsBackTooFar = ({ bySetPos }: Rule): boolean => bySetPos !== null && bySetPos < -1;

/** rrule-temporal: forgets BYMONTHDAY beside a day ranked in the year; RFC 5545 §3.3.10 makes each limit the other. */
const ranksInYearAndDays = ({ frequency, byMonth, byDay, byMonthDay }: Rule): boolean =>
  frequency === 'YEARLY' && byMonth.length === 0 && byMonthDay.length > 0 && byDay.some(({ rank }) => rank !== null);

const ours = ({ rule, dtstart, window }: Case): string[] => expand({ rule, dtstart }, window);

describe('our expander and independent ones', () => {
  test('rrule.js gives the same dates', () => {
    fc.assert(
      fc.property(someRule, someStart, (rule, start) => {
        const asked = countsBackTooFar(rule) ? null : caseOf(rule, start);
        if (asked) expect(ours(asked)).toEqual(byRruleJs(asked));
      }),
      { numRuns: 2000, interruptAfterTimeLimit: 4500 },
    );
  });

  test('rrule-temporal gives the same dates', () => {
    fc.assert(
      fc.property(someRule, someStart, (rule, start) => {
        const asked = ranksInYearAndDays(rule) ? null : caseOf(rule, start);
        if (asked) expect(ours(asked)).toEqual(byRruleTemporal(asked));
      }),
      { numRuns: 300, interruptAfterTimeLimit: 4500 },
    );
  });
});
