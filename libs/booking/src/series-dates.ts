import { describeRule, expand, type Rule } from '@app/recurrence';
import {
  addDays,
  civilOf,
  dateOf,
  isoWeekday,
  type Language,
  type LocalDateTime,
  localDateTime,
  type PlainDate,
  plainTime,
  toEpochDay,
} from '@app/time';

/** Every so many weeks; null: each month, on the same rank of weekday. */
export interface Rhythm {
  weeks: number | null;
}

export interface SeriesAsked extends Rhythm {
  /** The first one counts. */
  start: LocalDateTime;
  times: number;
  until: PlainDate | null;
}

/** A fifth weekday is the last of its month, which every month has. */
const LAST = -1;

/** "Every other Thursday", or "the 1st Thursday of the month": the rank is the first date's. */
export function ruleOf({ weeks }: Rhythm, first: PlainDate): Rule {
  const rank = Math.ceil(civilOf(toEpochDay(first)).day / 7);
  return {
    frequency: weeks === null ? 'MONTHLY' : 'WEEKLY',
    interval: weeks ?? 1,
    byMonth: [],
    byMonthDay: [],
    byDay: [{ weekday: isoWeekday(first), rank: weeks === null ? (rank > 4 ? LAST : rank) : null }],
    bySetPos: null,
    weekStart: 1,
    count: null,
    until: null,
  };
}

/** The rhythm as people say it. */
export function sayRhythm(rhythm: Rhythm, first: PlainDate, language: Language): string {
  return describeRule(ruleOf(rhythm, first), language);
}

/** The starts of a series on the wall clock, never more than `most`; `more`: its last day lies further. */
export function startsOf(
  { start, times, until, weeks }: SeriesAsked,
  most: number,
): { starts: LocalDateTime[]; more: boolean } {
  const first = dateOf(start);
  const end = localDateTime(until === null ? addDays(first, 10_000) : addDays(until, 1), plainTime('00:00'));
  if (end <= start) return { starts: [], more: false };
  const limit = until === null ? Math.min(times, most) : most;
  const starts = expand({ rule: ruleOf({ weeks }, first), dtstart: start }, { from: start, to: end, limit: limit + 1 });
  return { starts: starts.slice(0, limit), more: until !== null && starts.length > limit };
}

/** How many days around a date its alternatives are looked for: never as far as those of its neighbours. */
export function reachOf({ weeks }: Rhythm): number {
  return Math.min(13, Math.floor(((weeks ?? 4) * 7 - 1) / 2));
}
