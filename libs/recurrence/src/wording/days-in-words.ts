import { writtenDateAt } from './dates-in-words';
import { afterJoiner, countAt, isOsm, rankAt, weekdayAt } from './day-names';
import {
  type Around,
  between,
  type DayItem,
  type Found,
  type Half,
  MOST_LISTED,
  markAt,
  phraseAt,
  phrases,
  skip,
  wordAt,
} from './pieces';
import { ask, warn } from './questions';
import type { At, Question, Warning } from './reading';
import type { Token } from './tokens';

const ARTICLES = new Set([
  'le',
  'la',
  'les',
  'l',
  'un',
  'une',
  'des',
  'du',
  'ce',
  'chaque',
  'tous',
  'toutes',
  'tout',
  'toute',
  'au',
  'aux',
  'de',
  'd',
  'en',
  'soit',
  'a',
]);
const SHORT_ARTICLES = new Set(['le', 'la', 'les', 'l', 'du', 'des', 'tous', 'chaque']);
const OF_THE_MONTH = phrases(
  'du mois|de chaque mois|chaque mois|de tous les mois|tous les mois|par mois|de mois|mensuellement|dans le mois|des mois',
);
const HALVES: Record<string, Half> = {
  matin: 'morning',
  matins: 'morning',
  matinee: 'morning',
  matinees: 'morning',
  apresmidi: 'afternoon',
  apresmidis: 'afternoon',
  aprem: 'afternoon',
  soir: 'evening',
  soirs: 'evening',
  soiree: 'evening',
  soirees: 'evening',
  journee: 'day',
  journees: 'day',
};

const WORKING_WEEK = [1, 2, 3, 4, 5];
const MOST_RANKS = 8;

/** What a recogniser of days has read so far. */
interface Read {
  items: DayItem[];
  next: number;
  questions: Question[];
  warnings: Warning[];
}

export function item(at: At, more: Partial<DayItem>): DayItem {
  return {
    kind: 'weekdays',
    weekdays: [],
    ranks: null,
    monthDays: [],
    dates: [],
    everyWeeks: 1,
    others: false,
    half: null,
    at,
    ...more,
  };
}

function halfAt(tokens: readonly Token[], i: number): Half | null {
  return HALVES[wordAt(tokens, i)] ?? null;
}

/** "les lundis et jeudis", "du lundi au vendredi", "1er et 5e mercredis du mois", "un jeudi sur deux", "le 15 du mois". */
export function daysAt(around: Around, i: number): Found | null {
  const { tokens } = around;
  for (const read of [alternation, countedInMonth, monthDays, everyDay, ranked, weekdays]) {
    const days = read(tokens, i);
    if (days) {
      const { items, next, questions, warnings } = days;
      return { piece: { is: 'days', items, at: between(tokens, i, next) }, next, questions, warnings };
    }
  }
  return null;
}

/** A half day alone: "le matin", "l’après-midi", "les matins". */
export function halfPieceAt({ tokens }: Around, i: number): Found | null {
  const at = skip(tokens, i, ARTICLES);
  const half = halfAt(tokens, at);
  if (half === null) return null;
  // "journée continue" says no hours, and neither does "dans la journée".
  const next = at + 1;
  return { piece: { is: 'half', half, at: between(tokens, i, next) }, next };
}

/** Ranks without their day: "2e et 4e du mois"; said of the days just before. */
export function lonelyRanksAt({ tokens }: Around, i: number): Found | null {
  const list = ranksFrom(tokens, skip(tokens, i, ARTICLES));
  if (!list) return null;
  const bracketed = markAt(tokens, i - 1) === '(' && markAt(tokens, list.next) === ')';
  const end = phraseAt(tokens, list.next, OF_THE_MONTH) ?? (bracketed ? list.next : null);
  if (end === null) return null;
  return { piece: { is: 'ranks', ranks: list.ranks, at: between(tokens, i, end) }, next: end };
}

/** "un jeudi sur deux", "un lundi après-midi sur deux", "1 mardi sur 3", "tous les deux jeudis", "les autres jeudis". */
function alternation(tokens: readonly Token[], i: number): Read | null {
  const others = skip(tokens, i, SHORT_ARTICLES);
  if (/^autres?$/.test(wordAt(tokens, others))) {
    const weekday = weekdayAt(tokens, others + 1);
    if (weekday === null) return null;
    const at = between(tokens, i, others + 2);
    return read([item(at, { weekdays: [weekday], everyWeeks: 2, others: true })], others + 2);
  }
  const every = countAfterEvery(tokens, i);
  if (every !== null) {
    const weekday = weekdayAt(tokens, every.next);
    if (weekday === null || every.count < 2) return null;
    return read(
      [item(between(tokens, i, every.next + 1), { weekdays: [weekday], everyWeeks: every.count })],
      every.next + 1,
    );
  }
  const one = wordAt(tokens, i) === 'le' ? i + 1 : i;
  if (countAt(tokens, one) !== 1) return null;
  const list = weekdayList(tokens, one + 1);
  if (!list) return null;
  const after = halfAt(tokens, list.next) ? list.next + 1 : list.next;
  if (wordAt(tokens, after) !== 'sur') return null;
  const count = countAt(tokens, after + 1);
  if (count === null || count < 2 || count > 52) return null;
  const at = between(tokens, i, after + 2);
  return { ...list, items: list.items.map((days) => ({ ...days, everyWeeks: count, at })), next: after + 2 };
}

function countAfterEvery(tokens: readonly Token[], i: number): { count: number; next: number } | null {
  if (!/^tou(s|tes)$/.test(wordAt(tokens, i)) || wordAt(tokens, i + 1) !== 'les') return null;
  const count = countAt(tokens, i + 2);
  return count === null ? null : { count, next: i + 3 };
}

/** "2 mercredis par mois", "un mardi par mois": which ones is not said. */
function countedInMonth(tokens: readonly Token[], i: number): Read | null {
  const at = wordAt(tokens, i) === 'les' ? i + 1 : i;
  if (countAt(tokens, at) === null) return null;
  const list = weekdayList(tokens, at + 1);
  if (!list) return null;
  const end = phraseAt(
    tokens,
    list.next,
    phrases('par mois|par semaine|par trimestre|par an|dans le mois|du mois|chaque mois|de chaque mois'),
  );
  const where = between(tokens, i, end ?? list.next);
  return { items: [item(where, {})], next: end ?? list.next, questions: [ask.whichDays(where)], warnings: [] };
}

/** "du 3 au 9 du mois". */
function runOfDays(tokens: readonly Token[], i: number): Read | null {
  if (wordAt(tokens, i) !== 'du' || wordAt(tokens, i + 2) !== 'au') return null;
  const [first, last] = [Number(tokens[i + 1]?.text), Number(tokens[i + 3]?.text)];
  const end = phraseAt(tokens, i + 4, OF_THE_MONTH);
  if (end === null || !(first >= 1 && last > first && last <= 31)) return null;
  const at = between(tokens, i, end);
  const monthDays = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  const questions = last > 28 ? [ask.shortMonths(at)] : [];
  return { items: [item(at, { kind: 'month-days', monthDays })], next: end, questions, warnings: [] };
}

/** "le 15 du mois", "le 1er et le 15 de chaque mois", "le dernier jour du mois". */
function monthDays(tokens: readonly Token[], i: number): Read | null {
  const run = runOfDays(tokens, i);
  if (run) return run;
  const days: number[] = [];
  let numbers = 0;
  let at = i;
  while (days.length < MOST_RANKS) {
    at = skip(tokens, at, ARTICLES);
    const rank = rankAt(tokens, at);
    const token = tokens[at];
    if (rank !== null && /^jours?$/.test(wordAt(tokens, at + 1)) && rank >= -2) {
      days.push(rank);
      numbers += 1;
      at += 2;
    } else if (token?.kind === 'ordinal' && token.text === '1') {
      days.push(1);
      at += 1;
    } else if (
      token?.kind === 'number' &&
      token.text.length <= 2 &&
      Number(token.text) >= 1 &&
      Number(token.text) <= 31
    ) {
      days.push(Number(token.text));
      numbers += 1;
      at += 1;
    } else return null;
    const next = afterJoiner(tokens, at);
    if (next === at) break;
    at = next;
  }
  const end = phraseAt(tokens, at, OF_THE_MONTH);
  if (numbers === 0 || end === null) return null;
  const where = between(tokens, i, end);
  const questions = days.some((day) => day > 28) ? [ask.shortMonths(where)] : [];
  return { items: [item(where, { kind: 'month-days', monthDays: days })], next: end, questions, warnings: [] };
}

const EVERY_DAY = phrases(
  'tous les jours de la semaine|tous les jours|chaque jour|quotidien|quotidienne|quotidiennement|sept jours sur sept',
);
const WORKING_DAYS = phrases(
  'tous les jours ouvres|les jours ouvres|jours ouvres|tous les jours de semaine|les jours de semaine|jours de semaine|en semaine|la semaine de travail',
);
const OPEN_DAYS = phrases(
  'tous les jours ouvrables|les jours ouvrables|jours ouvrables|les jours d ouverture|jours d ouverture|tous les jours d ouverture',
);
const WEEKENDS = phrases('tous les weekend|les weekend|le weekend|weekend|chaque weekend');

function everyDay(tokens: readonly Token[], i: number): Read | null {
  const working = phraseAt(tokens, i, WORKING_DAYS);
  if (working !== null) {
    const at = between(tokens, i, working);
    return {
      items: [item(at, { weekdays: WORKING_WEEK })],
      next: working,
      questions: [],
      warnings: [warn.workingWeek(at)],
    };
  }
  const open = phraseAt(tokens, i, OPEN_DAYS);
  if (open !== null) {
    const at = between(tokens, i, open);
    return { items: [item(at, {})], next: open, questions: [ask.days(at)], warnings: [] };
  }
  const weekend = phraseAt(tokens, i, WEEKENDS);
  if (weekend !== null) return read([item(between(tokens, i, weekend), { weekdays: [6, 7] })], weekend);
  const next = phraseAt(tokens, i, EVERY_DAY) ?? sevenOutOfSeven(tokens, i);
  if (next === null) return null;
  const at = between(tokens, i, next);
  return { items: [item(at, { kind: 'every-day' })], next, questions: [], warnings: [warn.everyDay(at)] };
}

/** "7j/7", "7 jours sur 7". */
function sevenOutOfSeven(tokens: readonly Token[], i: number): number | null {
  const seven = (at: number) => tokens[at]?.text === '7';
  if (!seven(i) || !/^j(ours?)?$/.test(wordAt(tokens, i + 1))) return null;
  const sign = markAt(tokens, i + 2) === '/' || wordAt(tokens, i + 2) === 'sur';
  return sign && seven(i + 3) ? i + 4 : null;
}

/** "les 1er et 5e mercredis du mois", "le dernier vendredi", "les 2 premiers samedis", "le 1er lundi et le 3e jeudi". */
function ranked(tokens: readonly Token[], i: number): Read | null {
  let at = skip(tokens, i, ARTICLES);
  const start = at;
  const counted = countedRanks(tokens, at);
  const list = counted ?? ranksFrom(tokens, at);
  if (!list) return null;
  at = list.next;
  const weeks = /^semaines?$/.test(wordAt(tokens, at));
  if (weeks) {
    const end = phraseAt(tokens, at + 1, OF_THE_MONTH) ?? at + 1;
    const where = between(tokens, i, end);
    return { items: [item(where, {})], next: end, questions: [ask.whichWeeks(where)], warnings: [] };
  }
  if (/^jours?$/.test(wordAt(tokens, at))) {
    const end = phraseAt(
      tokens,
      skip(tokens, at + 1, new Set(['ouvre', 'ouvres', 'ouvrable', 'ouvrables'])),
      OF_THE_MONTH,
    );
    if (end === null) return null;
    const where = between(tokens, i, end);
    return { items: [item(where, {})], next: end, questions: [ask.whichDays(where)], warnings: [] };
  }
  const days = weekdayList(tokens, at, { articles: false });
  if (!days) return null;
  at = phraseAt(tokens, days.next, OF_THE_MONTH) ?? days.next;
  const where = between(tokens, start, at);
  const items = days.items.map((one) => item(where, { weekdays: one.weekdays, ranks: list.ranks, half: one.half }));
  // "le 1er vendredi du mois, le matin" is read as two pieces; "le 1er vendredi matin du mois" as one.
  return { items, next: at, questions: days.questions, warnings: days.warnings };
}

/** "2 premiers", "trois derniers". */
function countedRanks(tokens: readonly Token[], i: number): { ranks: number[]; next: number } | null {
  const count = countAt(tokens, i);
  const rank = count === null ? null : rankAt(tokens, i + 1);
  if (count === null || count < 2 || count > 4 || (rank !== 1 && rank !== -1)) return null;
  const ranks = Array.from({ length: count }, (_, n) => (rank === 1 ? n + 1 : -1 - n));
  return { ranks, next: i + 2 };
}

/** "1er et 3e", "1er, 3e et dernier", "2 et 4e". */
function ranksFrom(tokens: readonly Token[], i: number): { ranks: number[]; next: number } | null {
  const ranks: number[] = [];
  let next = i;
  for (let at = i; ranks.length < MOST_RANKS; ) {
    const rank = rankAt(tokens, at) ?? bareRankAt(tokens, at, ranks.length > 0);
    if (rank === null || rank > 5) break;
    // "3e avant-dernier", as it is printed.
    const fromEnd = rank > 2 && rankAt(tokens, at + 1) === -2;
    ranks.push(fromEnd ? -rank : rank);
    next = fromEnd ? at + 2 : at + 1;
    const after = afterJoiner(tokens, next);
    if (after === next) break;
    at = skip(tokens, after, new Set(['le', 'la', 'les', 'l']));
  }
  return ranks.length > 0 ? { ranks, next } : null;
}

/** In "2 et 4e jeudis" and "1er et 3 jeudis", a number is a rank. */
function bareRankAt(tokens: readonly Token[], i: number, afterRank: boolean): number | null {
  const token = tokens[i];
  if (token?.kind !== 'number' || !/^[1-5]$/.test(token.text)) return null;
  if (afterRank) return weekdayAt(tokens, i + 1) !== null ? Number(token.text) : null;
  const after = afterJoiner(tokens, i + 1);
  return after > i + 1 && tokens[after]?.kind === 'ordinal' ? Number(token.text) : null;
}

function weekdays(tokens: readonly Token[], i: number): Read | null {
  const list = weekdayList(tokens, skip(tokens, i, ARTICLES));
  return list && (following(tokens, i, list) ?? falling(tokens, list) ?? list);
}

/** "le jeudi suivant le 1er mardi": the Thursdays that fall between two days of the month. */
function following(tokens: readonly Token[], i: number, list: Read): Read | null {
  const weekday = list.items[0]?.weekdays[0];
  if (list.items.length !== 1 || list.items[0]?.weekdays.length !== 1 || weekday === undefined) return null;
  const at = phraseAt(tokens, list.next, phrases('suivant|qui suit|apres'));
  if (at === null) return null;
  const after = ranked(tokens, at);
  const [rank, ...moreRanks] = after?.items[0]?.ranks ?? [];
  const [from, ...moreDays] = after?.items[0]?.weekdays ?? [];
  if (!after || rank === undefined || from === undefined || moreRanks.length > 0 || moreDays.length > 0) return null;
  const days = (weekday - from + 7) % 7 || 7;
  const where = between(tokens, i, after.next);
  const first = 7 * (rank - 1) + 1 + days;
  if (rank < 1 || first + 6 > 28)
    return { items: [item(where, {})], next: after.next, questions: [ask.whichDays(where)], warnings: [] };
  const monthDays = Array.from({ length: 7 }, (_, n) => first + n);
  return read([item(where, { weekdays: [weekday], monthDays })], after.next);
}

/** "tous les jeudis qui tombent du 3 au 9 du mois". */
function falling(tokens: readonly Token[], list: Read): Read | null {
  const at = phraseAt(tokens, list.next, phrases('qui tombent|qui tombe'));
  const days = at === null ? null : monthDays(tokens, at);
  if (!days) return null;
  const items = list.items.map((one) => ({ ...one, monthDays: days.items[0]?.monthDays ?? [] }));
  return { items, next: days.next, questions: [...list.questions, ...days.questions], warnings: list.warnings };
}

/** Weekdays joined in any way, with the half days that follow them. */
function weekdayList(tokens: readonly Token[], i: number, { articles = true } = {}): Read | null {
  const items: DayItem[] = [];
  const questions: Question[] = [];
  const warnings: Warning[] = [];
  let open: number[] = [];
  let openFrom = i;
  let at = i;
  let next = i;
  while (open.length + items.length < MOST_LISTED) {
    const stretch = writtenDateAt(tokens, at) ? null : stretchAt(tokens, at);
    if (!stretch) break;
    open.push(...stretch.weekdays);
    questions.push(...stretch.questions);
    warnings.push(...stretch.warnings);
    next = stretch.next;
    const half = halfAt(tokens, next);
    if (half !== null) {
      next += 1;
      items.push(item(between(tokens, openFrom, next), { weekdays: sorted(open), half }));
      open = [];
    }
    at = nextInList(tokens, next, articles);
    const either = wordAt(tokens, next) === 'ou' && weekdayAt(tokens, at) !== null && !writtenDateAt(tokens, at);
    if (either) questions.push(ask.eitherDay(between(tokens, next - 1, at + 1)));
    if (half !== null) openFrom = at;
  }
  if (open.length > 0) items.push(item(between(tokens, openFrom, next), { weekdays: sorted(open) }));
  return items.length > 0 ? { items, next, questions, warnings } : null;
}

function nextInList(tokens: readonly Token[], i: number, articles: boolean): number {
  const after = afterJoiner(tokens, i);
  return articles ? skip(tokens, after, SHORT_ARTICLES) : after;
}

/** "lundi au vendredi", "lundi-mardi-jeudi", "Mo-Fr", or one day. */
function stretchAt(tokens: readonly Token[], i: number): (Omit<Read, 'items'> & { weekdays: number[] }) | null {
  const first = weekdayAt(tokens, i);
  if (first === null) return null;
  const alone = { weekdays: [first], next: i + 1, questions: [], warnings: [] };
  const to = ['au', 'a', 'jusquau'].includes(wordAt(tokens, i + 1)) ? weekdayAt(tokens, i + 2) : null;
  if (to !== null && !writtenDateAt(tokens, i + 2)) return { ...alone, weekdays: daysFromTo(first, to), next: i + 3 };
  const chain = [first];
  let next = i + 1;
  while (markAt(tokens, next) === '-' && chain.length < MOST_LISTED) {
    const weekday = weekdayAt(tokens, skip(tokens, next + 1, new Set(['le', 'les'])));
    if (weekday === null) break;
    chain.push(weekday);
    next = skip(tokens, next + 1, new Set(['le', 'les'])) + 1;
  }
  const last = chain[1];
  if (chain.length !== 2 || last === undefined) return { ...alone, weekdays: chain, next };
  return { ...twoWithADash(first, last, isOsm(tokens[i] as Token), between(tokens, i, next)), next };
}

function twoWithADash(
  first: number,
  last: number,
  osm: boolean,
  at: At,
): { weekdays: number[]; questions: Question[]; warnings: Warning[] } {
  const gap = (last - first + 7) % 7;
  const range = daysFromTo(first, last);
  if (osm) return { weekdays: range, questions: [], warnings: [] };
  if (gap === 1) return { weekdays: [first, last], questions: [], warnings: [] };
  // From Monday to Friday or later, nobody means two days; "mardi-jeudi" may be either.
  if (first === 1 && gap >= 4) return { weekdays: range, questions: [], warnings: [warn.dayRange(at)] };
  return { weekdays: range, questions: [ask.daysRange(at)], warnings: [] };
}

function daysFromTo(first: number, last: number): number[] {
  const length = ((last - first + 7) % 7) + 1;
  return sorted(Array.from({ length }, (_, n) => ((first - 1 + n) % 7) + 1));
}

function sorted(days: readonly number[]): number[] {
  return [...new Set(days)].sort((a, b) => a - b);
}

function read(items: DayItem[], next: number): Read {
  return { items, next, questions: [], warnings: [] };
}
