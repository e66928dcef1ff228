import {
  fromEpochDay,
  isoWeekdayOf,
  localDateTime,
  type PlainDate,
  plainTime,
  toEpochDay,
  civilOf,
  daysInMonth,
} from '@app/time';
import { END_OF_DAY, formatRule, type RankedDay, type Rule } from '../rule';

/** Dates said by one rule, or a single date. Together the pieces give exactly the dates, no more and no fewer. */
export interface DatesRule {
  rrule: string;
  from: PlainDate;
  last: PlainDate;
  without: PlainDate[];
}

export const ONCE = 'FREQ=DAILY;COUNT=1';

/** Fewer dates are as short one by one. */
const FEWEST = 3;
/** A rule of which one date in three is missing says less than its dates. */
const MOST_MISSING = 1 / 3;
const MOST_WITHOUT = 50;
const DAYS_PER_WEEK = 7;

const PLAIN: Rule = {
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

/**
 * The fewest rules that give exactly these dates: many programs write each date of a rule as an event of its own. Each rule
 * ends with its last date: whether it goes on is not in the dates.
 */
export function datesAsRules(dates: readonly PlainDate[]): DatesRule[] {
  const days = [...new Set(dates)].sort().map(toEpochDay);
  return (wholeWeeks(days) ?? byWeekday(days)).sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** Several weekdays that come back together, every week or every n weeks. */
function wholeWeeks(days: readonly number[]): DatesRule[] | null {
  const weekdays = [...new Set(days.map(isoWeekdayOf))].sort((a, b) => a - b);
  const weeks = [...new Set(days.map(weekOf))];
  if (weekdays.length < 2 || weeks.length < FEWEST) return null;
  const interval = commonGap(weeks);
  const byDay = weekdays.map((weekday) => ({ weekday, rank: null }));
  const expected: number[] = [];
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  for (let week = weeks[0] ?? 0; week <= weekOf(last); week += interval) {
    for (const weekday of weekdays) expected.push(week * DAYS_PER_WEEK - 3 + weekday - 1);
  }
  const within = expected.filter((day) => day >= first && day <= last);
  const rule = asRule({ ...PLAIN, interval, byDay }, days, within, MOST_MISSING / 2);
  return rule && [rule];
}

function byWeekday(days: readonly number[]): DatesRule[] {
  return [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
    const same = days.filter((day) => isoWeekdayOf(day) === weekday);
    const rule = same.length < FEWEST ? null : simplest([everyNWeeks(same, weekday), ofTheMonth(same, weekday)]);
    return rule ? [rule] : same.map(once);
  });
}

function once(day: number): DatesRule {
  const date = fromEpochDay(day);
  return { rrule: ONCE, from: date, last: date, without: [] };
}

/** The rule that says them in the fewest words; "every fourth week" is rarely what is meant. */
function simplest(rules: readonly (SizedRule | null)[]): DatesRule | null {
  const [found] = rules.filter((one) => one !== null).sort((a, b) => a.size - b.size);
  return found?.rule ?? null;
}

interface SizedRule {
  rule: DatesRule;
  size: number;
}

function sized(rule: DatesRule | null, words: number): SizedRule | null {
  return rule && { rule, size: words + 2 * rule.without.length };
}

function everyNWeeks(days: readonly number[], weekday: number): SizedRule | null {
  const interval = commonGap(days.map(weekOf));
  if (interval > 52) return null;
  const expected: number[] = [];
  for (let day = days[0] ?? 0; day <= (days.at(-1) ?? 0); day += interval * DAYS_PER_WEEK) expected.push(day);
  const rule = asRule({ ...PLAIN, interval, byDay: [{ weekday, rank: null }] }, days, expected, MOST_MISSING);
  return sized(rule, interval - 1);
}

/** "1st and 3rd Tuesdays", "last Friday": the ranks at which the dates are found. */
function ofTheMonth(days: readonly number[], weekday: number): SizedRule | null {
  const ranks = [...new Set(days.map(rankOf))].sort((a, b) => a - b);
  const isAlwaysLast = days.every(isLastOfMonth) && ranks.length > 1;
  const byDay: RankedDay[] = (isAlwaysLast ? [-1] : ranks).map((rank) => ({ weekday, rank }));
  if (byDay.length > 3) return null;
  const expected: number[] = [];
  for (let day = days[0] ?? 0; day <= (days.at(-1) ?? 0); day += DAYS_PER_WEEK) {
    if (isAlwaysLast ? isLastOfMonth(day) : ranks.includes(rankOf(day))) expected.push(day);
  }
  return sized(asRule({ ...PLAIN, frequency: 'MONTHLY', byDay }, days, expected, MOST_MISSING), byDay.length);
}

/** The rule, ending with the last date, when not too much of what it gives is missing. */
function asRule(
  rule: Rule,
  days: readonly number[],
  expected: readonly number[],
  mostMissing: number,
): DatesRule | null {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return null;
  const held = new Set(days);
  const missing = expected.filter((day) => !held.has(day));
  if (missing.length > Math.min(MOST_WITHOUT, expected.length * mostMissing)) return null;
  const until = localDateTime(fromEpochDay(last), plainTime(END_OF_DAY));
  return {
    rrule: formatRule({ ...rule, until }),
    from: fromEpochDay(first),
    last: fromEpochDay(last),
    without: missing.map(fromEpochDay),
  };
}

/** Counted from a Monday. */
const weekOf = (day: number): number => Math.floor((day + 3) / DAYS_PER_WEEK);

function commonGap(numbers: readonly number[]): number {
  let common = 0;
  for (let i = 1; i < numbers.length; i += 1) common = divisor(common, (numbers[i] ?? 0) - (numbers[i - 1] ?? 0));
  return Math.max(1, common);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}

const rankOf = (day: number): number => Math.ceil(civilOf(day).day / DAYS_PER_WEEK);

function isLastOfMonth(day: number): boolean {
  const { year, month, day: monthDay } = civilOf(day);
  return monthDay + DAYS_PER_WEEK > daysInMonth(year, month);
}
