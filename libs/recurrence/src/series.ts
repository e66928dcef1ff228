import {
  dateOf,
  fromLocalMinutes,
  type Instant,
  type LocalDateTime,
  localDateTime,
  MINUTES_PER_DAY,
  plainDate,
  plainTime,
  timeOf,
  toLocalMinutes,
  type WallClock,
  wallClockOf,
} from '@app/time';
import { type Periods, periodsOf } from './days-of-period';
import { firstOccurrenceOnOrAfter, LAST_DAY } from './first-occurrence';
import type { Rule } from './rule';

/** A rule with its first date and what is taken out or added, all on the wall clock. */
export interface Series {
  rule: Rule;
  /** DTSTART: must be the rule's first occurrence. */
  dtstart: LocalDateTime;
  /** An end besides the rule's own; starts up to it are included. */
  until?: LocalDateTime | null;
  exdates?: readonly LocalDateTime[];
  rdates?: readonly LocalDateTime[];
  /** With a zone, generated times that its clocks skip are ignored and not counted (RFC 5545 §3.3.10). */
  zone?: string;
}

/** `[from, to)` on the wall clock, at most `limit` occurrences. */
export interface Window {
  from: LocalDateTime;
  to: LocalDateTime;
  limit?: number;
}

/** A series worked out once, to be asked many times; numbers are wall-clock minutes. */
export interface PreparedSeries {
  readonly periods: Periods;
  readonly start: number;
  /** The last start allowed by UNTIL or COUNT. */
  readonly last: number;
  /** In order, once each. */
  readonly excluded: readonly number[];
  readonly added: readonly number[];
  /** The clock that generated times must exist on. */
  readonly clock: WallClock | null;
}

export type SeriesRefusal = 'start-not-an-occurrence' | 'never-occurs';

export type PreparationResult =
  | { ok: true; series: PreparedSeries }
  | {
      ok: false;
      why: SeriesRefusal;
      /** The date the series could start on instead. */
      first: LocalDateTime | null;
      text: string;
      textEn: string;
    };

/** Checks that DTSTART is the first occurrence, derives where a COUNT ends, and readies the series for expansion. */
export function prepareSeries(series: Series): PreparationResult {
  const { rule, dtstart, zone } = series;
  const date = dateOf(dtstart);
  const firstDate = firstOccurrenceOnOrAfter(rule, date);
  const start = toLocalMinutes(dtstart);
  const last = lastAllowed(rule, series.until ?? null);
  if (firstDate === null || last < start) {
    return {
      ok: false,
      why: 'never-occurs',
      first: null,
      text: `Cette règle ne donne aucune date à partir du ${date}`,
      textEn: `This rule gives no date from ${date} on`,
    };
  }
  if (firstDate !== date) {
    return {
      ok: false,
      why: 'start-not-an-occurrence',
      first: localDateTime(firstDate, timeOf(dtstart)),
      text: `Le ${date} n’est pas une date de la règle ; la première est le ${firstDate}`,
      textEn: `${date} is not a date of the rule; the first one is ${firstDate}`,
    };
  }
  const periods = periodsOf(rule, Math.floor(start / MINUTES_PER_DAY));
  const unbounded: PreparedSeries = {
    periods,
    start,
    last,
    excluded: inOrder(series.exdates),
    added: inOrder(series.rdates),
    clock: zone === undefined ? null : wallClockOf(zone),
  };
  if (rule.count === null) return { ok: true, series: unbounded };
  const counted = lastOfCount(unbounded, rule.count);
  return { ok: true, series: { ...unbounded, last: Math.min(last, counted) } };
}

function inOrder(locals: readonly LocalDateTime[] = []): number[] {
  return [...new Set(locals.map(toLocalMinutes))].sort((a, b) => a - b);
}

/**
 * The occurrences of a series in a window, in order and once each.
 * @throws RangeError when DTSTART is not the first occurrence: ask `prepareSeries` about what was not checked before.
 */
export function expand(series: Series, window: Window): LocalDateTime[] {
  const prepared = prepareSeries(series);
  if (!prepared.ok) throw new RangeError(prepared.textEn);
  return expandPrepared(prepared.series, window);
}

/** `expand` for a series that was prepared. */
export function expandPrepared(series: PreparedSeries, { from, to, limit }: Window): LocalDateTime[] {
  return expandMinutes(series, toLocalMinutes(from), toLocalMinutes(to), limit).map(fromLocalMinutes);
}

/** The occurrences of a prepared series whose wall-clock start lies in `[from, to)`, as instants of the zone, in order. */
export function expandToInstants(series: PreparedSeries, zone: string, { from, to, limit }: Window): Instant[] {
  const clock = wallClockOf(zone);
  return expandMinutes(series, toLocalMinutes(from), toLocalMinutes(to), limit).map((at) => clock.instantAt(at));
}

/** `expandPrepared` in wall-clock minutes, for loops: no text, no object per occurrence. */
export function expandMinutes(
  series: PreparedSeries,
  from: number,
  to: number,
  limit: number = Number.POSITIVE_INFINITY,
): number[] {
  const { excluded, added } = series;
  const found: number[] = [];
  let next = firstFrom(excluded, from);
  walk(series, from, Math.min(to - 1, series.last), (at) => {
    while (next < excluded.length && (excluded[next] as number) < at) next += 1;
    if (excluded[next] !== at) found.push(at);
    return found.length < limit;
  });
  if (added.length === 0) return found;
  const extra = added.filter((at) => at >= from && at < to && excluded[firstFrom(excluded, at)] !== at);
  const all = [...new Set([...found, ...extra])].sort((a, b) => a - b);
  return all.length > limit ? all.slice(0, limit) : all;
}

/** Where, in numbers in order, the first one is that is not before `from`. */
function firstFrom(numbers: readonly number[], from: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Nobody knows which clocks will change beyond this: no generated time is left out for it. */
const CLOCKS_KNOWN_UNTIL = toLocalMinutes(localDateTime(plainDate('2100-01-01'), plainTime('00:00')));

/** Tells every start from `from` to `last`, both included, until it is answered false. Jumps to the first period. */
function walk(series: PreparedSeries, from: number, last: number, tell: (at: number) => boolean): void {
  const { periods, start, clock } = series;
  const earliest = Math.max(from, start);
  const lastDay = Math.min(LAST_DAY, Math.floor(last / MINUTES_PER_DAY));
  const timeOfDay = start - Math.floor(start / MINUTES_PER_DAY) * MINUTES_PER_DAY;
  const days: number[] = [];
  const firstPeriod = Math.max(0, periods.at(Math.floor(earliest / MINUTES_PER_DAY)));
  for (let k = firstPeriod; periods.firstDay(k) <= lastDay; k += 1) {
    days.length = 0;
    periods.addDays(k, days);
    for (const day of days) {
      const at = day * MINUTES_PER_DAY + timeOfDay;
      if (at < earliest) continue;
      if (at > last) return;
      // DTSTART itself is explicit: it is kept and moved forward by the gap (§3.3.5).
      if (clock !== null && at !== start && at < CLOCKS_KNOWN_UNTIL && clock.skips(at)) continue;
      if (!tell(at)) return;
    }
  }
}

function lastAllowed(rule: Rule, until: LocalDateTime | null): number {
  const ends = [rule.until, until].filter((end) => end !== null).map(toLocalMinutes);
  return Math.min((LAST_DAY + 1) * MINUTES_PER_DAY - 1, ...ends);
}

function lastOfCount(series: PreparedSeries, count: number): number {
  let left = count;
  let last = series.start;
  walk(series, series.start, series.last, (at) => {
    last = at;
    left -= 1;
    return left > 0;
  });
  return last;
}

/** Whether the rule of a series gives this start, exceptions aside. */
export function isOccurrence(series: PreparedSeries, at: LocalDateTime): boolean {
  const minutes = toLocalMinutes(at);
  return expandMinutes(series, minutes, minutes + 1).length > 0;
}
