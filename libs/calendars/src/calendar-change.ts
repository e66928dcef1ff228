import type { CalendarLine } from '@app/contract';
import { expandPrepared, parseRule, prepareSeries } from '@app/recurrence';
import { addDays, localDateTime, type PlainDate, plainTime, weekParity } from '@app/time';

/** A line of the permanence as it is now. */
export interface StandingRule {
  id: string;
  rrule: string;
  dtstart: PlainDate;
  startTime: string;
  endTime: string;
  parity: 'even' | 'odd' | null;
  siteId: string;
  excluded: readonly { from: string; to: string }[];
}

export interface Changes {
  /** Rules that came from the calendar and are no longer in it. */
  gone: StandingRule[];
  /** Lines of the calendar that were not there before. */
  come: CalendarLine[];
}

const DAYS_COMPARED = 548;
const MIDNIGHT = plainTime('00:00');

/**
 * What a calendar would change of its permanence, compared date by date over eighteen months: what someone added, changed or
 * took away by hand since stays as it is, and so does what merely lies in the past by now.
 */
export function changesOf(
  taken: readonly CalendarLine[],
  latest: readonly CalendarLine[],
  rules: readonly StandingRule[],
  today: PlainDate,
): Changes {
  // The same dates may be said by other rules from one week to the next: that is no change.
  if (saysTheSame(taken, latest, today)) return { gone: [], come: [] };
  const printed = (lines: readonly CalendarLine[]) =>
    lines.map((line) => ({ line, print: entriesOf(line, today).join() }));
  const [before, now] = [printed(taken), printed(latest)];
  const lacking = (some: typeof before, others: typeof before) =>
    some.filter(({ print }) => print !== '' && !others.some((other) => other.print === print)).map(({ line }) => line);
  const gone = lacking(before, now);
  return { come: lacking(now, before), gone: rules.filter((rule) => gone.some((line) => isOf(rule, line, today))) };
}

/** Whether two readings of a calendar say the same from today on. */
export function saysTheSame(
  taken: readonly CalendarLine[],
  latest: readonly CalendarLine[],
  today: PlainDate,
): boolean {
  const all = (lines: readonly CalendarLine[]) =>
    [...new Set(lines.flatMap((line) => entriesOf(line, today)))].sort().join();
  return all(taken) === all(latest);
}

/** Each date of a line from today on, with its hours and its place. */
function entriesOf({ rrule, from, excluded, start, end, siteId, roomId }: CalendarLine, today: PlainDate): string[] {
  const said = [start, end, siteId, roomId].join(' ');
  return datesOf(rrule, from, excluded, null, today).map((date) => `${date} ${said}`);
}

/** Whether a rule is what a line became: the same dates, and the hours and place that the line says. */
function isOf(rule: StandingRule, line: CalendarLine, today: PlainDate): boolean {
  return (
    (line.start === null || line.start === rule.startTime) &&
    (line.end === null || line.end === rule.endTime) &&
    (line.siteId === null || line.siteId === rule.siteId) &&
    datesOf(rule.rrule, rule.dtstart, rule.excluded, rule.parity, today).join() ===
      datesOf(line.rrule, line.from, line.excluded, null, today).join()
  );
}

function datesOf(
  rrule: string,
  from: string,
  excluded: readonly { from: string; to: string }[],
  parity: 'even' | 'odd' | null,
  today: PlainDate,
): string[] {
  const parsed = parseRule(rrule);
  if (!parsed.ok) return [];
  const prepared = prepareSeries({ rule: parsed.rule, dtstart: localDateTime(from as PlainDate, MIDNIGHT) });
  if (!prepared.ok) return [];
  const window = { from: localDateTime(today, MIDNIGHT), to: localDateTime(addDays(today, DAYS_COMPARED), MIDNIGHT) };
  return expandPrepared(prepared.series, window)
    .map((at) => at.slice(0, 10))
    .filter((date) => !excluded.some((days) => days.from <= date && date <= days.to))
    .filter((date) => parity === null || weekParity(date as PlainDate) === parity);
}
