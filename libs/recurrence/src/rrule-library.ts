// The only file that knows rrule.js: Node's ESM sees its CommonJS build as one default export.
import rrule from 'rrule';

/** What rrule.js read, in numbers: weekdays ISO 1–7, absent parts null or empty. */
export interface RruleReading {
  interval: number;
  count: number | null;
  byMonth: number[];
  byMonthDay: number[];
  byDay: { weekday: number; rank: number | null }[];
  bySetPos: number[];
  weekStart: number;
}

/** Reads and validates an RRULE (upper case, without UNTIL) through rrule.js; null when it refuses. Never expands. */
export function readWithRrule(text: string): RruleReading | null {
  try {
    const options = rrule.RRule.parseString(text);
    // The constructor checks what parsing lets through (BYSETPOS out of range…); it does not iterate.
    new rrule.RRule({ ...options, dtstart: new Date(0) });
    return {
      interval: options.interval ?? 1,
      count: options.count ?? null,
      byMonth: listOf(options.bymonth),
      byMonthDay: listOf(options.bymonthday),
      byDay: listOf(options.byweekday).map(rankedDay),
      bySetPos: listOf(options.bysetpos),
      weekStart: rankedDay(options.wkst ?? 0).weekday,
    };
  } catch {
    return null;
  }
}

type RruleWeekday = number | string | { weekday: number; n?: number };

function rankedDay(day: RruleWeekday): { weekday: number; rank: number | null } {
  if (typeof day === 'number') return { weekday: day + 1, rank: null };
  if (typeof day === 'string') return { weekday: rrule.Weekday.fromStr(day as 'MO').weekday + 1, rank: null };
  return { weekday: day.weekday + 1, rank: day.n || null };
}

function listOf<T>(value: T | T[] | null | undefined): T[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
