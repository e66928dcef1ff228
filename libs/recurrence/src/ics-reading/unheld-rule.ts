import { civilOf, daysInMonth, epochDayOf, isLeapYear, isoWeekdayOf, isoWeekOf } from '@app/time';
import { WEEKDAY_CODES } from '../rule';

const CODES: readonly (string | undefined)[] = WEEKDAY_CODES;

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const KNOWN = new Set('FREQ INTERVAL COUNT UNTIL BYMONTH BYWEEKNO BYYEARDAY BYMONTHDAY BYDAY BYSETPOS WKST'.split(' '));

/** Longer, and nobody checks the dates one by one. */
const MOST_DAYS = 1_850;

interface UnheldRule {
  frequency: (typeof FREQUENCIES)[number];
  interval: number;
  count: number;
  weekStart: number;
  positions: number[];
  holds(day: number): boolean;
  /** Years are counted in ISO weeks. */
  byWeeks: boolean;
}

/**
 * The days of a rule that we can't hold but can count out, RFC 5545 §3.3.10 (weeks by number, days of the year, positions in a
 * set): all of them when it ends within five years, else null. It looks at each day once, whatever the rule.
 * @param start the epoch day of DTSTART; @param last the last day UNTIL allows, null without one
 */
export function daysOfUnheldRule(text: string, start: number, last: number | null): number[] | null {
  const rule = read(text, start);
  if (!rule || (last === null && rule.count === Number.POSITIVE_INFINITY)) return null;
  const end = Math.min(start + MOST_DAYS, last ?? Number.POSITIVE_INFINITY);
  if (last !== null && last > start + MOST_DAYS) return null;
  const found: number[] = [];
  const first = periodOf(rule, start);
  let period = first;
  let ofPeriod: number[] = [];
  const close = () => {
    for (const day of chosen(ofPeriod, rule.positions)) {
      if (day >= start && day <= end && found.length < rule.count) found.push(day);
    }
    ofPeriod = [];
  };
  // A whole period before the start: positions are counted from where a period begins.
  for (let day = start - 371; day <= end + 371 && found.length < rule.count; day += 1) {
    const now = periodOf(rule, day);
    if (now !== period) {
      close();
      period = now;
      if (day > end) break;
    }
    if (now >= first && (now - first) % rule.interval === 0 && rule.holds(day)) ofPeriod.push(day);
  }
  close();
  return found.length < rule.count && last === null ? null : found;
}

function chosen(days: readonly number[], positions: readonly number[]): number[] {
  if (positions.length === 0) return [...days];
  const picked = positions.map((position) => days[position > 0 ? position - 1 : days.length + position]);
  return [...new Set(picked.filter((day) => day !== undefined))].sort((a, b) => a - b);
}

/** A number that grows by one from each period to the next. */
function periodOf({ frequency, weekStart, byWeeks }: UnheldRule, day: number): number {
  switch (frequency) {
    case 'DAILY':
      return day;
    case 'WEEKLY':
      return Math.floor((day + 3 - (weekStart - 1)) / 7);
    case 'MONTHLY': {
      const { year, month } = civilOf(day);
      return year * 12 + month;
    }
    case 'YEARLY':
      return byWeeks ? isoWeekOf(day).year : civilOf(day).year;
  }
}

function read(text: string, start: number): UnheldRule | null {
  const parts = new Map(
    text
      .toUpperCase()
      .split(';', 20)
      .map((part) => part.split('=', 2) as [string, string | undefined]),
  );
  if ([...parts.keys()].some((name) => !KNOWN.has(name))) return null;
  const frequency = FREQUENCIES.find((one) => one === parts.get('FREQ'));
  const whole = (name: string, usual: number) => {
    const value = parts.get(name);
    return value === undefined ? usual : /^\d{1,6}$/.test(value) && Number(value) > 0 ? Number(value) : Number.NaN;
  };
  const [interval, count] = [whole('INTERVAL', 1), whole('COUNT', Number.POSITIVE_INFINITY)];
  const months = numbers(parts.get('BYMONTH'), 12);
  const weeks = numbers(parts.get('BYWEEKNO'), 53);
  const yearDays = numbers(parts.get('BYYEARDAY'), 366);
  const monthDays = numbers(parts.get('BYMONTHDAY'), 31);
  const positions = numbers(parts.get('BYSETPOS'), 366);
  const days = readDays(parts.get('BYDAY'));
  const weekStart = 1 + CODES.indexOf(parts.get('WKST') ?? 'MO');
  if (!frequency || !months || !weeks || !yearDays || !monthDays || !positions || !days) return null;
  if (Number.isNaN(interval) || Number.isNaN(count) || weekStart === 0) return null;
  const isYearly = frequency === 'YEARLY';
  if (!isYearly && (weeks.length > 0 || yearDays.length > 0)) return null;
  if (weeks.length > 0 && (weekStart !== 1 || days.some(({ rank }) => rank !== 0))) return null;
  if ((frequency === 'DAILY' || frequency === 'WEEKLY') && days.some(({ rank }) => rank !== 0)) return null;
  if (frequency === 'WEEKLY' && monthDays.length > 0) return null;

  const anchor = civilOf(start);
  const says = weeks.length + yearDays.length + monthDays.length + days.length > 0;
  // What a rule leaves open, its DTSTART says.
  const wantedMonths = isYearly && !says && months.length === 0 ? [anchor.month] : months;
  const wantedDays = !says && (isYearly || frequency === 'MONTHLY') ? [anchor.day] : monthDays;
  const sameWeekday = { weekday: isoWeekdayOf(start), rank: 0 };
  const followsWeekday = (frequency === 'WEEKLY' || weeks.length > 0) && days.length === 0 && wantedDays.length === 0;
  const weekdays = followsWeekday && yearDays.length === 0 ? [sameWeekday] : days;
  const inMonth = !isYearly || months.length > 0;
  return {
    frequency,
    interval,
    count,
    weekStart,
    positions,
    byWeeks: weeks.length > 0,
    holds: (day) => {
      const { year, month, day: monthDay } = civilOf(day);
      return (
        among(month, 12, wantedMonths) &&
        among(monthDay, daysInMonth(year, month), wantedDays) &&
        among(day - epochDayOf(year, 1, 1) + 1, isLeapYear(year) ? 366 : 365, yearDays) &&
        (weeks.length === 0 || isWeek(day, weeks)) &&
        (weekdays.length === 0 || weekdays.some((one) => isRanked(day, one, inMonth)))
      );
    },
  };
}

/** Whether a number, or the same counted from the end, is one of those wanted; none wanted: any. */
function among(value: number, most: number, wanted: readonly number[]): boolean {
  return wanted.length === 0 || wanted.includes(value) || wanted.includes(value - most - 1);
}

function isWeek(day: number, weeks: readonly number[]): boolean {
  const { year, week } = isoWeekOf(day);
  // 28 December is always in the last week of its year.
  return among(week, isoWeekOf(epochDayOf(year, 12, 28)).week, weeks);
}

function isRanked(day: number, { weekday, rank }: { weekday: number; rank: number }, inMonth: boolean): boolean {
  if (isoWeekdayOf(day) !== weekday) return false;
  if (rank === 0) return true;
  const { year, month, day: monthDay } = civilOf(day);
  const first = inMonth ? day - monthDay + 1 : epochDayOf(year, 1, 1);
  const last = inMonth ? first + daysInMonth(year, month) - 1 : epochDayOf(year, 12, 31);
  return rank > 0 ? Math.floor((day - first) / 7) + 1 === rank : Math.floor((last - day) / 7) + 1 === -rank;
}

/** Whole numbers from ±1 to ±most; null when one is not. */
function numbers(text: string | undefined, most: number): number[] | null {
  if (text === undefined) return [];
  const found = text.split(',', 400).map((one) => (/^[+-]?\d{1,3}$/.test(one) ? Number(one) : 0));
  return found.every((one) => one !== 0 && Math.abs(one) <= most) ? found : null;
}

/** Rank 0: every one. */
function readDays(text: string | undefined): { weekday: number; rank: number }[] | null {
  if (text === undefined) return [];
  const found = text.split(',', 100).map((one) => {
    const match = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(one);
    return { weekday: 1 + CODES.indexOf(match?.[2]), rank: Number(match?.[1] ?? 0) };
  });
  return found.every(({ weekday, rank }) => weekday > 0 && Math.abs(rank) <= 53) ? found : null;
}
