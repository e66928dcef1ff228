import { sayDate, sayList, sayMonth, sayWeekday } from '@app/time';
import { isRun, monthRun, onlyMissingMonth } from './number-runs';
import type { Sayings } from './sayings';

const NUMBERS = [
  'zéro',
  'un',
  'deux',
  'trois',
  'quatre',
  'cinq',
  'six',
  'sept',
  'huit',
  'neuf',
  'dix',
  'onze',
  'douze',
];

const number = (n: number): string => NUMBERS[n] ?? String(n);
const day = (weekday: number): string => sayWeekday(weekday, 'fr');
const month = (n: number): string => sayMonth(n, 'fr');
const list = (items: readonly string[]): string => sayList(items, 'fr');
const ordinal = (n: number): string => (n === 1 ? '1er' : `${n}e`);
const dated = (n: number): string => (n === 1 ? '1er' : String(n));

function fromMonth(n: number): string {
  return /^[aeiouéâ]/.test(month(n)) ? `d’${month(n)}` : `de ${month(n)}`;
}

function range(weekdays: readonly number[]): string {
  return `du ${day(weekdays[0] as number)} au ${day(weekdays.at(-1) as number)}`;
}

function rank(n: number): string {
  if (n === -1) return 'dernier';
  if (n === -2) return 'avant-dernier';
  return n > 0 ? ordinal(n) : `${ordinal(-n)} avant-dernier`;
}

function dayNumber(n: number): string {
  if (n > 0) return `le ${dated(n)}`;
  if (n === -1) return 'le dernier jour';
  return n === -2 ? 'l’avant-dernier jour' : `le ${ordinal(-n)} jour avant la fin`;
}

export const french: Sayings = {
  everyDays(interval) {
    if (interval === 1) return 'tous les jours';
    return interval === 2 ? 'un jour sur deux' : `tous les ${number(interval)} jours`;
  },
  everyWeeks(interval) {
    if (interval === 1) return 'toutes les semaines';
    return interval === 2 ? 'une semaine sur deux' : `toutes les ${number(interval)} semaines`;
  },
  everyMonths(interval) {
    if (interval === 1) return 'tous les mois';
    return interval === 2 ? 'un mois sur deux' : `tous les ${number(interval)} mois`;
  },
  everyYears(interval) {
    if (interval === 1) return 'tous les ans';
    return interval === 2 ? 'un an sur deux' : `tous les ${number(interval)} ans`;
  },
  every(weekdays) {
    if (weekdays.length === 7) return 'tous les jours';
    return isRun(weekdays) ? range(weekdays) : `tous les ${list(weekdays.map((weekday) => `${day(weekday)}s`))}`;
  },
  on(weekdays) {
    if (weekdays.length === 1) return `le ${day(weekdays[0] as number)}`;
    return isRun(weekdays) ? range(weekdays) : `les ${list(weekdays.map((weekday) => `${day(weekday)}s`))}`;
  },
  everyOther: (weekday) => `un ${day(weekday)} sur deux`,
  weeks: (parity) => (parity === 'even' ? 'semaines paires' : 'semaines impaires'),
  ranked(ranks, weekday) {
    if (ranks.length > 1) return `les ${list(ranks.map(rank))} ${day(weekday)}s`;
    const one = rank(ranks[0] as number);
    return one.startsWith('a') ? `l’${one} ${day(weekday)}` : `le ${one} ${day(weekday)}`;
  },
  numbered(days) {
    if (isRun(days) && (days[0] as number) > 0) return `du ${dated(days[0] as number)} au ${days.at(-1)}`;
    return list(days.map(dayNumber));
  },
  falling: (numbered, named) => `${named === 'one' ? 'qui tombe' : 'qui tombent'} ${numbered}`,
  picked: (position, dates) => `le ${rank(position)} de ces jours du mois : ${dates}`,
  ofTheMonth: 'du mois',
  ofTheYear: 'de l’année',
  sameDate: 'à la même date',
  ofMonths: (months) => list(months.map(fromMonth)),
  dated: (numbered, n) => `${numbered} ${month(n)}`,
  onlyMonths(months) {
    const missing = onlyMissingMonth(months);
    if (missing !== null) return `, sauf en ${month(missing)}`;
    const run = monthRun(months);
    return run ? `, ${fromMonth(run[0])} à ${month(run[1])}` : `, en ${list(months.map(month))}`;
  },
  once: (date) => (date ? `le ${sayDate(date, 'fr')}` : 'une seule fois'),
  until: (date) => `, jusqu’au ${sayDate(date, 'fr')}`,
  times: (count) => `, ${count} fois`,
};
