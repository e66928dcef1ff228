import { dateOf, type LocalDateTime, timeOf } from '@app/time';

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** A weekday of BYDAY: ISO 1 (Monday) to 7, and its rank from −5 to 5 in the month or the year, or every one. */
export interface RankedDay {
  weekday: number;
  rank: number | null;
}

/** A recurrence rule of the whitelist: RFC 5545, in wall-clock terms, lists sorted and without duplicates. */
export interface Rule {
  frequency: Frequency;
  interval: number;
  byMonth: readonly number[];
  byMonthDay: readonly number[];
  byDay: readonly RankedDay[];
  bySetPos: number | null;
  /** First day of the week, ISO 1–7: it matters when several days repeat every n weeks. */
  weekStart: number;
  count: number | null;
  /** The last moment at which an occurrence may start, on the wall clock, included. */
  until: LocalDateTime | null;
}

/** The two-letter weekday codes of RFC 5545, Monday first. */
export const WEEKDAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** An UNTIL given as a date lasts to the end of that date. */
export const END_OF_DAY = '23:59';

/** The canonical text: equal rules give equal texts, and UNTIL is on the wall clock (without Z). */
export function formatRule(rule: Rule): string {
  const parts = [`FREQ=${rule.frequency}`];
  if (rule.interval !== 1) parts.push(`INTERVAL=${rule.interval}`);
  if (rule.count !== null) parts.push(`COUNT=${rule.count}`);
  if (rule.until !== null) parts.push(`UNTIL=${formatUntil(rule.until)}`);
  if (rule.byMonth.length > 0) parts.push(`BYMONTH=${rule.byMonth.join(',')}`);
  if (rule.byMonthDay.length > 0) parts.push(`BYMONTHDAY=${rule.byMonthDay.join(',')}`);
  if (rule.byDay.length > 0) parts.push(`BYDAY=${rule.byDay.map(formatDay).join(',')}`);
  if (rule.bySetPos !== null) parts.push(`BYSETPOS=${rule.bySetPos}`);
  if (rule.weekStart !== 1) parts.push(`WKST=${WEEKDAY_CODES[rule.weekStart - 1]}`);
  return parts.join(';');
}

function formatDay({ weekday, rank }: RankedDay): string {
  return `${rank ?? ''}${WEEKDAY_CODES[weekday - 1]}`;
}

function formatUntil(until: LocalDateTime): string {
  const date = dateOf(until).replaceAll('-', '');
  return timeOf(until) === END_OF_DAY ? date : `${date}T${timeOf(until).replace(':', '')}00`;
}

/** First to last then from the end: 1, 2, 5, −2, −1; "every one" comes first. */
export function byRank(a: number | null, b: number | null): number {
  return rankOrder(a) - rankOrder(b);
}

function rankOrder(rank: number | null): number {
  if (rank === null) return 0;
  return rank > 0 ? rank : 1000 + rank;
}
