import { sayDate, sayList, sayMonth, sayWeekday } from '@app/time';
import { isRun, monthRun, onlyMissingMonth } from './number-runs';
import type { Sayings } from './sayings';

const NUMBERS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

const number = (n: number): string => NUMBERS[n] ?? String(n);
const day = (weekday: number): string => sayWeekday(weekday, 'en');
const month = (n: number): string => sayMonth(n, 'en');
const list = (items: readonly string[]): string => sayList(items, 'en');

function ordinal(n: number): string {
  const ending = n % 100 >= 11 && n % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${n}${ending}`;
}

function range(weekdays: readonly number[]): string {
  return `${day(weekdays[0] as number)} to ${day(weekdays.at(-1) as number)}`;
}

function every(interval: number, unit: string): string {
  if (interval === 1) return `every ${unit}`;
  return interval === 2 ? `every other ${unit}` : `every ${number(interval)} ${unit}s`;
}

function rank(n: number): string {
  if (n > 0) return ordinal(n);
  return n === -1 ? 'last' : `${ordinal(-n)} to last`;
}

function dayNumber(n: number): string {
  return n > 0 ? `the ${ordinal(n)}` : `the ${rank(n)} day`;
}

export const english: Sayings = {
  everyDays: (interval) => every(interval, 'day'),
  everyWeeks: (interval) => every(interval, 'week'),
  everyMonths: (interval) => every(interval, 'month'),
  everyYears: (interval) => every(interval, 'year'),
  every(weekdays) {
    if (weekdays.length === 7) return 'every day';
    return isRun(weekdays) ? range(weekdays) : `every ${list(weekdays.map(day))}`;
  },
  on: (weekdays) => (isRun(weekdays) ? range(weekdays) : `on ${list(weekdays.map(day))}`),
  everyOther: (weekday) => `every other ${day(weekday)}`,
  weeks: (parity) => `${parity} weeks`,
  ranked: (ranks, weekday) => `the ${list(ranks.map(rank))} ${day(weekday)}${ranks.length > 1 ? 's' : ''}`,
  numbered(days) {
    if (isRun(days) && (days[0] as number) > 0) {
      return `from the ${ordinal(days[0] as number)} to the ${ordinal(days.at(-1) as number)}`;
    }
    return list(days.map(dayNumber));
  },
  falling: (numbered, named) =>
    `that ${named === 'many' ? 'fall' : 'falls'} ${numbered.startsWith('from') ? '' : 'on '}${numbered}`,
  picked: (position, dates) => `the ${rank(position)} of these days of the month: ${dates}`,
  ofTheMonth: 'of the month',
  ofTheYear: 'of the year',
  sameDate: 'on the same date',
  ofMonths: (months) => `of ${list(months.map(month))}`,
  dated: (numbered, n) => `${numbered} of ${month(n)}`,
  onlyMonths(months) {
    const missing = onlyMissingMonth(months);
    if (missing !== null) return `, except in ${month(missing)}`;
    const run = monthRun(months);
    return run ? `, from ${month(run[0])} to ${month(run[1])}` : `, in ${list(months.map(month))}`;
  },
  once: (date) => (date ? `on ${sayDate(date, 'en')}` : 'once'),
  until: (date) => `, until ${sayDate(date, 'en')}`,
  times: (count) => `, ${count} times`,
};
