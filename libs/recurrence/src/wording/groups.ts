import type { PlainDate, WeekParity } from '@app/time';
import type { DayItem, Half } from './pieces';
import type { At, DateStretch, Exclusion, Question, ReadMode, Warning } from './reading';

/** What narrows or colours days and hours: said before them, after them, or for a whole sentence. */
export interface Qualifiers {
  mode?: ReadMode;
  /** "Ouvert au public", "réunion": the mode when nothing else says it. */
  weakMode?: ReadMode;
  parity?: WeekParity;
  interval?: { unit: 'day' | 'week' | 'month' | 'year'; every: number; at: At };
  months?: readonly number[];
  site?: string;
  first?: PlainDate;
  /** "Prochaine date le 12 janvier": one of the dates, where "à partir du" may be any day. */
  firstIsADate?: boolean;
  last?: PlainDate;
  count?: number;
  school?: { effect: 'skip' | 'only'; name: string | null };
  publicHolidays?: 'skip' | 'keep' | 'move';
  withoutMonths?: readonly number[];
  withoutDates?: readonly DateStretch[];
  exclusions?: readonly Exclusion[];
}

export interface GroupRange {
  start: number | null;
  end: number | null;
  at: At;
  mode: ReadMode | null;
  parity: WeekParity | null;
  /** "9h-12h d'octobre à mars, 14h-17h d'avril à septembre". */
  months: readonly number[] | null;
  site: string | null;
  /** Another end during school holidays, in minutes. */
  schoolEnd: number | null;
  exclusions: readonly Exclusion[];
}

/** Days with their hours, as one stretch of a phrase gives them. */
export interface Group {
  items: DayItem[];
  halves: { half: Half; at: At }[];
  ranges: GroupRange[];
  own: Qualifiers;
  /** What was said before and holds here too. */
  inherited: Qualifiers;
  /** Nothing more is said of these days: what follows belongs to others. */
  settled: boolean;
  /** "Mercredi : fermé". */
  closed: boolean;
  /** "Mardi : fermé le matin": half days that need no hours. */
  closedHalves: Half[];
  sentence: number;
  segment: number;
  from: number;
  to: number;
}

/** "sauf le mercredi après-midi". */
export interface Removal {
  weekdays: readonly number[];
  half: Half | null;
  at: At;
  /** The groups said before it. */
  upTo: number;
}

export interface Assembled {
  groups: readonly Group[];
  removals: readonly Removal[];
  zone: 'A' | 'B' | 'C' | null;
  questions: readonly Question[];
  warnings: readonly Warning[];
}

/** Both said: lists add up, the rest is what was said last. */
export function merged(first: Qualifiers, then: Qualifiers): Qualifiers {
  return {
    ...first,
    ...then,
    exclusions: [...(first.exclusions ?? []), ...(then.exclusions ?? [])],
    withoutDates: [...(first.withoutDates ?? []), ...(then.withoutDates ?? [])],
    withoutMonths: [...(first.withoutMonths ?? []), ...(then.withoutMonths ?? [])],
  };
}

/** Whether one of what is said now was already said: then it is not for this group. */
export function saysAlready(qualifiers: Qualifiers, more: Qualifiers): boolean {
  const single = [
    'mode',
    'weakMode',
    'parity',
    'interval',
    'months',
    'site',
    'first',
    'last',
    'count',
    'school',
  ] as const;
  return single.some((key) => more[key] !== undefined && qualifiers[key] !== undefined);
}
