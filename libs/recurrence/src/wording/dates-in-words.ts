import { addDays, isoWeekday, type PlainDate, parsePlainDate } from '@app/time';
import { afterJoiner, weekdayAt } from './day-names';
import { monthNamed } from './lexicon';
import { type Around, between, type Found, MOST_LISTED, markAt, wordAt } from './pieces';
import { ask, warn } from './questions';
import type { At, Question, Warning } from './reading';
import type { Token } from './tokens';

/** A date as written: the year, the month or the weekday may be missing. */
export interface WrittenDate {
  weekday: number | null;
  day: number;
  month: number | null;
  year: number | null;
  at: At;
  next: number;
}

/** "jeudi 7 janvier 2027", "1er mars", "12/01/2027", "2027-01-12"; a month alone is no date. */
export function writtenDateAt(tokens: readonly Token[], i: number): WrittenDate | null {
  const weekday = weekdayAt(tokens, i);
  const at = weekday === null ? i : i + 1;
  const token = tokens[at];
  if (token?.kind !== 'number' && !(token?.kind === 'ordinal' && token.text === '1')) return null;
  const numeric = token.kind === 'number' ? numericDateAt(tokens, at) : null;
  if (numeric) return { ...numeric, weekday, at: between(tokens, i, numeric.next) };
  const month = monthNamed(wordAt(tokens, at + 1));
  if (month === null || token.text.length > 2) return null;
  const year = yearAt(tokens, at + 2);
  const next = year === null ? at + 2 : at + 3;
  return { weekday, day: Number(token.text), month, year, at: between(tokens, i, next), next };
}

export function yearAt(tokens: readonly Token[], i: number): number | null {
  const token = tokens[i];
  if (token?.kind !== 'number' || !/^20\d\d$/.test(token.text)) return null;
  return Number(token.text);
}

function numericDateAt(tokens: readonly Token[], i: number): Omit<WrittenDate, 'weekday' | 'at'> | null {
  const [first, sign, second, sign2, third] = tokens.slice(i, i + 5);
  if (second?.kind !== 'number' || sign?.kind !== 'mark' || !sign.glued || !second.glued) return null;
  const three = sign2?.text === sign.text && sign2.glued && third?.kind === 'number' && third.glued;
  if (three && first?.text.length === 4 && sign.text === '-') {
    return { day: Number(third.text), month: Number(second.text), year: Number(first.text), next: i + 5 };
  }
  if (!['/', '.', '-'].includes(sign.text)) return null;
  const [day, month] = [Number(first?.text), Number(second.text)];
  if (three) {
    if (third.text.length !== 4 && third.text.length !== 2) return null;
    return { day, month, year: third.text.length === 2 ? 2000 + Number(third.text) : Number(third.text), next: i + 5 };
  }
  // "12/01": without a year, only two and two digits are surely a date.
  if (sign.text !== '/' || second.text.length !== 2 || first?.text.length !== 2 || month < 1 || month > 12) return null;
  const unit = tokens[i + 3];
  return unit?.glued && unit.kind === 'word' ? null : { day, month, year: null, next: i + 3 };
}

export interface Resolved {
  date: PlainDate | null;
  questions: Question[];
  warnings: Warning[];
}

/** The date meant: without a year, the next one from `today` (with its weekday, when it is written). */
export function resolve(written: WrittenDate, today: PlainDate): Resolved {
  const { weekday, day, month, year, at } = written;
  if (month === null) return { date: null, questions: [ask.notADate(at)], warnings: [] };
  const years = year === null ? Array.from({ length: 8 }, (_, n) => Number(today.slice(0, 4)) + n) : [year];
  const dates = years.flatMap((candidate) => {
    const date = parsePlainDate(`${String(candidate).padStart(4, '0')}-${two(month)}-${two(day)}`);
    return date && (year !== null || date >= today) ? [date] : [];
  });
  const date = dates[0];
  if (date === undefined) return { date: null, questions: [ask.notADate(at)], warnings: [] };
  if (weekday !== null && isoWeekday(date) !== weekday)
    return { date: null, questions: [ask.weekdayOfDate(at)], warnings: [] };
  return { date, questions: [], warnings: year === null ? [warn.yearGuessed(at, date)] : [] };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** The last day of a month. */
export function endOfMonth(year: number, month: number): PlainDate {
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${two(month + 1)}-01`;
  return addDays(next as PlainDate, -1);
}

/** "les 12, 19 et 26 janvier 2027", "mardi 12 janvier et mercredi 3 février 2027": a list of dates. */
export function datesAt({ tokens, today }: Around, i: number): Found | null {
  let at = i;
  while (['le', 'les', 'du', 'des'].includes(wordAt(tokens, at))) at += 1;
  const list = dateListAt(tokens, at);
  if (!list) return null;
  const resolved = withSharedYear(list.dates).map((written) => resolve(written, today));
  const dates = resolved.flatMap(({ date }) => (date ? [date] : []));
  const questions = resolved.flatMap((one) => one.questions);
  return {
    piece: {
      is: 'days',
      items: [
        {
          kind: 'dates',
          weekdays: [],
          ranks: null,
          monthDays: [],
          dates,
          everyWeeks: 1,
          others: false,
          half: null,
          at: between(tokens, i, list.next),
        },
      ],
      at: between(tokens, i, list.next),
    },
    next: list.next,
    questions,
    warnings: resolved.flatMap((one) => one.warnings),
  };
}

/** Up to where days are known to lead to no month: a list that fails is not tried again from each of its days. */
const hopeless = new WeakMap<readonly Token[], number>();

/** Dates one after the other; days without a month take that of the next one that has it. */
function dateListAt(tokens: readonly Token[], i: number): { dates: WrittenDate[]; next: number } | null {
  if (i < (hopeless.get(tokens) ?? 0)) return null;
  const dates: WrittenDate[] = [];
  let waiting: WrittenDate[] = [];
  let next = i;
  for (let at = i; at < tokens.length && dates.length + waiting.length < MOST_LISTED; ) {
    const full = writtenDateAt(tokens, at);
    if (full) {
      dates.push(...waiting.map((one) => ({ ...one, month: full.month, year: full.year })), full);
      waiting = [];
      next = full.next;
    } else {
      const alone = dayAloneAt(tokens, at);
      if (!alone) break;
      waiting.push(alone);
    }
    const after = afterJoiner(tokens, full?.next ?? (waiting.at(-1) as WrittenDate).next);
    if (after === (full?.next ?? (waiting.at(-1) as WrittenDate).next)) break;
    at = after;
    while (['le', 'les', 'du'].includes(wordAt(tokens, at))) at += 1;
  }
  if (dates.length > 0) return { dates, next };
  hopeless.set(tokens, waiting.at(-1)?.next ?? 0);
  return null;
}

function dayAloneAt(tokens: readonly Token[], i: number): WrittenDate | null {
  const weekday = weekdayAt(tokens, i);
  const at = weekday === null ? i : i + 1;
  const token = tokens[at];
  const isDay = token?.kind === 'number' || (token?.kind === 'ordinal' && token.text === '1');
  if (!token || !isDay || token.text.length > 2 || Number(token.text) < 1 || Number(token.text) > 31) return null;
  if (![',', '/', '&', '-'].includes(markAt(tokens, at + 1)) && wordAt(tokens, at + 1) !== 'et') return null;
  return { weekday, day: Number(token.text), month: null, year: null, at: between(tokens, i, at + 1), next: at + 1 };
}

/** "12 janvier, 9 février et 9 mars 2027": the year said last is everyone's. */
function withSharedYear(dates: readonly WrittenDate[]): WrittenDate[] {
  const year = dates.at(-1)?.year ?? null;
  return dates.map((date) => (date.year === null ? { ...date, year } : date));
}
