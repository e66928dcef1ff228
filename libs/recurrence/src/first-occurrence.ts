import { epochDayOf, fromEpochDay, type PlainDate, toEpochDay } from '@app/time';
import { periodsOf } from './days-of-period';
import type { Rule } from './rule';

/** Dates have four-digit years: nothing is looked for beyond. */
export const LAST_DAY = epochDayOf(9999, 12, 31);

/**
 * The first date that a rule anchored on `date` gives, on or after it; null when there is none by `last`, by the rule's
 * UNTIL, or ever. A DTSTART is valid when this is the date itself; from an anchor in the right week it finds that DTSTART.
 */
export function firstOccurrenceOnOrAfter(rule: Rule, date: PlainDate, last?: PlainDate): PlainDate | null {
  const anchor = toEpochDay(date);
  const until = Math.min(
    LAST_DAY,
    last === undefined ? LAST_DAY : toEpochDay(last),
    rule.until === null ? LAST_DAY : toEpochDay(rule.until.slice(0, 10) as PlainDate),
  );
  const periods = periodsOf(rule, anchor);
  const days: number[] = [];
  // The anchor's own period may have its dates before the anchor: one more than a whole cycle.
  for (let k = 0; k <= periods.cycle && periods.firstDay(k) <= until; k += 1) {
    days.length = 0;
    periods.addDays(k, days);
    const found = days.find((day) => day >= anchor);
    if (found !== undefined) return found <= until ? fromEpochDay(found) : null;
  }
  return null;
}
