import { civilOf, daysInMonth, epochDayOf, isoWeekdayOf } from '@app/time';
import type { RankedDay, Rule } from './rule';

/**
 * A rule anchored on a date, as numbered periods: period 0 holds the anchor, period k comes k intervals later.
 * Everything is in epoch days.
 */
export interface Periods {
  /** The last period that begins on or before a day; negative before the anchor's. */
  at(day: number): number;
  /** The first day of period k. */
  firstDay(k: number): number;
  /** Adds the days that the rule gives in period k, in order, once each. */
  addDays(k: number, days: number[]): void;
  /** After this many periods the calendar and the rule are back where they began: what has not come never will. */
  cycle: number;
}

const DAYS_IN_400_YEARS = 146_097;
const MONTHS_IN_400_YEARS = 4800;

export function periodsOf(rule: Rule, anchor: number): Periods {
  switch (rule.frequency) {
    case 'DAILY':
      return dailyPeriods(rule, anchor);
    case 'WEEKLY':
      return weeklyPeriods(rule, anchor);
    case 'MONTHLY':
      return monthlyPeriods(rule, anchor);
    case 'YEARLY':
      return yearlyPeriods(rule, anchor);
  }
}

function dailyPeriods(rule: Rule, anchor: number): Periods {
  const { interval, byMonth, byMonthDay, byDay } = rule;
  if (byMonth.length > 0 || byMonthDay.length > 0 || byDay.length > 0) return filteredDays(rule, anchor);
  return {
    at: (day) => Math.floor((day - anchor) / interval),
    firstDay: (k) => anchor + k * interval,
    addDays: (k, days) => {
      days.push(anchor + k * interval);
    },
    cycle: cycleOf(DAYS_IN_400_YEARS, interval),
  };
}

const EVERY_DAY: readonly RankedDay[] = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, rank: null }));

/** Every so many days, but few of them count: taken a month at a time, a rule that is nearly empty is soon walked through. */
function filteredDays(rule: Rule, anchor: number): Periods {
  const { interval } = rule;
  const byDay = rule.byDay.length > 0 ? rule.byDay : EVERY_DAY;
  const months = monthlyPeriods({ ...rule, frequency: 'MONTHLY', interval: 1, byDay, bySetPos: null }, anchor);
  return {
    ...months,
    addDays: (k, days) => {
      const before = days.length;
      months.addDays(k, days);
      if (interval === 1) return;
      let kept = before;
      for (let n = before; n < days.length; n += 1) {
        const day = days[n] as number;
        if ((day - anchor) % interval === 0) days[kept++] = day;
      }
      days.length = kept;
    },
    cycle: MONTHS_IN_400_YEARS * cycleOf(interval, DAYS_IN_400_YEARS),
  };
}

function weeklyPeriods(rule: Rule, anchor: number): Periods {
  const { interval, byMonth, byDay, weekStart } = rule;
  // 1970-01-01 was a Thursday: the Monday of its week is day −3.
  const shift = weekStart - 1 - 3;
  const weekOf = (day: number): number => Math.floor((day - shift) / 7);
  const first = weekOf(anchor);
  const weekdays = byDay.length > 0 ? byDay.map(({ weekday }) => weekday) : [isoWeekdayOf(anchor)];
  const offsets = weekdays.map((weekday) => (weekday - weekStart + 7) % 7).sort((a, b) => a - b);
  return {
    at: (day) => Math.floor((weekOf(day) - first) / interval),
    firstDay: (k) => (first + k * interval) * 7 + shift,
    addDays: (k, days) => {
      const monday = (first + k * interval) * 7 + shift;
      for (const offset of offsets) {
        if (byMonth.length === 0 || byMonth.includes(civilOf(monday + offset).month)) days.push(monday + offset);
      }
    },
    cycle: cycleOf(DAYS_IN_400_YEARS / 7, interval),
  };
}

function monthlyPeriods(rule: Rule, anchor: number): Periods {
  const { interval, byMonth, bySetPos } = rule;
  const start = civilOf(anchor);
  const first = start.year * 12 + start.month - 1;
  const inMonth = monthMasks(rule, start.day, rule.byDay);
  const monthAt = (k: number) => {
    const index = first + k * interval;
    return { year: Math.floor(index / 12), month: (index % 12) + 1 };
  };
  return {
    at: (day) => {
      const { year, month } = civilOf(day);
      return Math.floor((year * 12 + month - 1 - first) / interval);
    },
    firstDay: (k) => {
      const { year, month } = monthAt(k);
      return epochDayOf(year, month, 1);
    },
    addDays: (k, days) => {
      const { year, month } = monthAt(k);
      if (byMonth.length > 0 && !byMonth.includes(month)) return;
      if (bySetPos === null) return addMonth(inMonth, year, month, days);
      const all: number[] = [];
      addMonth(inMonth, year, month, all);
      const chosen = all.at(bySetPos > 0 ? bySetPos - 1 : bySetPos);
      if (chosen !== undefined) days.push(chosen);
    },
    cycle: cycleOf(MONTHS_IN_400_YEARS, interval),
  };
}

function yearlyPeriods(rule: Rule, anchor: number): Periods {
  const { interval, byMonth, byMonthDay, byDay } = rule;
  const start = civilOf(anchor);
  // Without BYMONTH a rank counts in the year: "1MO" is the year's first Monday (RFC 5545 §3.3.10).
  const rankedInYear = byMonth.length === 0 ? byDay.filter(({ rank }) => rank !== null) : [];
  const inMonths = byDay.filter((day) => !rankedInYear.includes(day));
  const inMonth = monthMasks(rule, start.day, inMonths);
  const months = monthsOf(rule, start.month, inMonths.length > 0 || rankedInYear.length === 0);
  const addRanked = (year: number, days: number[]): void => {
    for (const ranked of rankedInYear) {
      const day = rankedDayOfYear(year, ranked);
      const civil = civilOf(day);
      const fromEnd = civil.day - daysInMonth(year, civil.month) - 1;
      if (byMonthDay.length === 0 || byMonthDay.includes(civil.day) || byMonthDay.includes(fromEnd)) days.push(day);
    }
  };
  return {
    at: (day) => Math.floor((civilOf(day).year - start.year) / interval),
    firstDay: (k) => epochDayOf(start.year + k * interval, 1, 1),
    addDays: (k, days) => {
      const year = start.year + k * interval;
      if (rankedInYear.length === 0) {
        for (const month of months) addMonth(inMonth, year, month, days);
        return;
      }
      const found: number[] = [];
      for (const month of months) addMonth(inMonth, year, month, found);
      addRanked(year, found);
      days.push(...[...new Set(found)].sort((a, b) => a - b));
    },
    cycle: cycleOf(400, interval),
  };
}

const EVERY_MONTH = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

function monthsOf(
  { byMonth, byMonthDay, byDay }: Rule,
  anchorMonth: number,
  byWholeMonths: boolean,
): readonly number[] {
  if (!byWholeMonths) return [];
  if (byMonth.length > 0) return byMonth;
  return byMonthDay.length > 0 || byDay.length > 0 ? EVERY_MONTH : [anchorMonth];
}

function rankedDayOfYear(year: number, { weekday, rank }: RankedDay): number {
  const n = rank ?? 1;
  if (n > 0) {
    const first = epochDayOf(year, 1, 1);
    return first + ((weekday - isoWeekdayOf(first) + 7) % 7) + (n - 1) * 7;
  }
  const last = epochDayOf(year, 12, 31);
  return last - ((isoWeekdayOf(last) - weekday + 7) % 7) + (n + 1) * 7;
}

function addMonth(inMonth: MonthMasks, year: number, month: number, days: number[]): void {
  const first = epochDayOf(year, month, 1);
  let mask = inMonth(daysInMonth(year, month), isoWeekdayOf(first));
  for (let day = first; mask !== 0; day += 1, mask >>>= 1) {
    if (mask & 1) days.push(day);
  }
}

/** The days that a rule gives in a month of that length beginning on that weekday: bit 0 is the 1st. */
type MonthMasks = (length: number, firstWeekday: number) => number;

/** There are only 28 kinds of months: each is worked out once for a rule. */
function monthMasks(rule: Rule, anchorDay: number, byDay: readonly RankedDay[]): MonthMasks {
  const known: (number | undefined)[] = [];
  return (length, firstWeekday) => {
    const kind = (length - 28) * 7 + firstWeekday - 1;
    known[kind] ??= monthMask(rule.byMonthDay, byDay, anchorDay, length, firstWeekday);
    return known[kind];
  };
}

function monthMask(
  byMonthDay: readonly number[],
  byDay: readonly RankedDay[],
  anchorDay: number,
  length: number,
  firstWeekday: number,
): number {
  if (byMonthDay.length === 0 && byDay.length === 0) return bit(anchorDay, length);
  let numbered = 0;
  for (const n of byMonthDay) numbered |= bit(n > 0 ? n : length + 1 + n, length);
  if (byDay.length === 0) return numbered;
  let named = 0;
  for (const { weekday, rank } of byDay) named |= weekdayMask(weekday, rank, length, firstWeekday);
  return byMonthDay.length === 0 ? named : numbered & named;
}

function weekdayMask(weekday: number, rank: number | null, length: number, firstWeekday: number): number {
  const first = 1 + ((weekday - firstWeekday + 7) % 7);
  const times = Math.floor((length - first) / 7) + 1;
  if (rank !== null) {
    const week = rank > 0 ? rank - 1 : times + rank;
    return week < 0 || week >= times ? 0 : bit(first + week * 7, length);
  }
  let mask = 0;
  for (let day = first; day <= length; day += 7) mask |= bit(day, length);
  return mask;
}

/** Nothing for a day that the month does not have: the 31st skips short months. */
function bit(day: number, length: number): number {
  return day < 1 || day > length ? 0 : (1 << (day - 1)) >>> 0;
}

function cycleOf(periods: number, interval: number): number {
  let [a, b] = [periods, interval];
  while (b > 0) [a, b] = [b, a % b];
  return periods / a;
}
