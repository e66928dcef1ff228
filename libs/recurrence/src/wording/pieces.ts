import type { PlainDate, WeekParity } from '@app/time';
import type { At, DateStretch, Question, Warning } from './reading';
import type { Token } from './tokens';

export type Half = 'morning' | 'afternoon' | 'evening' | 'day';

/** Some days as one stretch of words names them. */
export interface DayItem {
  kind: 'weekdays' | 'month-days' | 'every-day' | 'dates';
  /** ISO weekdays, for `weekdays`. */
  weekdays: readonly number[];
  /** Ranks in the month, or null for every week. */
  ranks: readonly number[] | null;
  monthDays: readonly number[];
  dates: readonly PlainDate[];
  /** "un jeudi sur deux": 2. */
  everyWeeks: number;
  /** "les autres jeudis": the weeks that an alternation leaves. */
  others: boolean;
  half: Half | null;
  /** The ranks are those of one of several days: "le dernier de ces jours". */
  at: At;
}

export type Separator = ',' | ';' | '.' | ':' | '/' | '(' | ')' | '-' | 'et' | 'ou';

/** What a stretch of words is, before it is known what it belongs to. */
export type Piece =
  | { is: 'days'; items: readonly DayItem[]; at: At }
  | { is: 'ranks'; ranks: readonly number[]; at: At }
  | { is: 'half'; half: Half; at: At }
  | { is: 'range'; start: number | null; end: number | null; at: At }
  | { is: 'interval'; unit: 'day' | 'week' | 'month' | 'year'; every: number; at: At }
  | { is: 'parity'; parity: WeekParity; at: At }
  | { is: 'months'; months: readonly number[]; at: At }
  | { is: 'period'; first: PlainDate | null; last: PlainDate | null; isADate?: boolean; isAMeeting?: boolean; at: At }
  | { is: 'times-over'; count: number; at: At }
  | { is: 'except'; closed: boolean; at: At }
  | { is: 'stretches'; stretches: readonly DateStretch[]; at: At }
  | {
      is: 'school';
      what: 'holidays' | 'term';
      during: boolean;
      name: string | null;
      zone: 'A' | 'B' | 'C' | null;
      at: At;
    }
  | { is: 'public'; means: 'mention' | 'keep' | 'move'; at: At }
  | { is: 'even'; at: At }
  | { is: 'mode'; mode: 'walk-in' | 'appointment' | 'group'; weak: boolean; both: boolean; at: At }
  | { is: 'site'; text: string; preposed: boolean; at: At }
  | { is: 'only'; at: At }
  | { is: 'separator'; text: Separator; at: At }
  | { is: 'unsettled'; at: At }
  | { is: 'text'; known: boolean; at: At };

export type PieceOf<K extends Piece['is']> = Extract<Piece, { is: K }>;

export interface Found {
  piece: Piece;
  next: number;
  questions?: readonly Question[];
  warnings?: readonly Warning[];
}

/** What recognisers are told. */
export interface Around {
  tokens: readonly Token[];
  /** Dates without a year are the next ones from this date. */
  today: PlainDate;
}

export type Recogniser = (around: Around, i: number) => Found | null;

/** The token's folded word, or '' when it is no word. */
export function wordAt(tokens: readonly Token[], i: number): string {
  const token = tokens[i];
  return token?.kind === 'word' ? token.text : '';
}

/** The mark's text, or ''. */
export function markAt(tokens: readonly Token[], i: number): string {
  const token = tokens[i];
  return token?.kind === 'mark' ? token.text : '';
}

/** The place of tokens `[from, to)` in the phrase. */
export function between(tokens: readonly Token[], from: number, to: number): At {
  return [tokens[from]?.from ?? 0, tokens[Math.max(from, to - 1)]?.to ?? 0];
}

/** Word sequences by their first word, so that most places in a phrase cost one look. */
export type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

const known = new Map<string, Phrases>();

/** "a la demande|sur demande" as `phraseAt` wants it: alternatives apart by |, worked out once. */
export function phrases(text: string): Phrases {
  const before = known.get(text);
  if (before) return before;
  const byFirst = new Map<string, string[][]>();
  for (const words of text.split('|').map((phrase) => phrase.trim().split(' '))) {
    const first = words[0] as string;
    byFirst.set(first, [...(byFirst.get(first) ?? []), words]);
  }
  known.set(text, byFirst);
  return byFirst;
}

/** Where the first of the sequences that stands at `i` ends, or null. */
export function phraseAt(tokens: readonly Token[], i: number, sequences: Phrases): number | null {
  for (const words of sequences.get(wordAt(tokens, i)) ?? []) {
    if (words.every((word, rank) => wordAt(tokens, i + rank) === word)) return i + words.length;
  }
  return null;
}

/** No phrase has more small words in a row, and no list more entries: what is absurd is answered at once too. */
const MOST_SKIPPED = 8;
export const MOST_LISTED = 20;

/** Steps over words of a set. */
export function skip(tokens: readonly Token[], i: number, words: ReadonlySet<string>): number {
  let at = i;
  while (at < i + MOST_SKIPPED && words.has(wordAt(tokens, at))) at += 1;
  return at;
}
