import type { PlainDate, PlainTime, WeekParity } from '@app/time';

/** Where something stands in the phrase as it was given: `[from, to)` in UTF-16 units, as JavaScript counts. */
export type At = readonly [from: number, to: number];

export type QuestionAbout = 'times' | 'anchor' | 'days' | 'mode' | 'site' | 'other';

/** What must be answered before anything is published. */
export interface Question {
  about: QuestionAbout;
  text: string;
  textEn: string;
  at: At;
}

/** What was understood in a way that whoever wrote it should see. */
export interface Warning {
  text: string;
  textEn: string;
  at: At;
}

export type ReadMode = 'walk-in' | 'appointment' | 'group' | 'unspecified';

export type ExclusionKind = 'school-holidays' | 'public-holidays' | 'months' | 'dates' | 'other';

/** What removes dates from a rule, in words; `ReadRule` holds the same for the machine. */
export interface Exclusion {
  kind: ExclusionKind;
  text: string;
}

/** What school holidays do to a rule: none of its dates, its only dates, or another end ("17 h pendant les vacances"). */
export interface SchoolHolidayEffect {
  effect: 'skip' | 'only' | 'end';
  /** "Toussaint", "Noël"…: only those; null: all of them. */
  name: string | null;
  end: PlainTime | null;
}

/** A stretch of dates, both included. */
export interface DateStretch {
  first: PlainDate;
  last: PlainDate;
}

/** A rule as far as the phrase says it: what is null is asked for. */
export interface ReadRule {
  /** Canonical RRULE; null when the days are not said. */
  rrule: string | null;
  start: PlainTime | null;
  end: PlainTime | null;
  mode: ReadMode;
  site: string | null;
  parity: WeekParity | null;
  exclusions: readonly Exclusion[];
  /** No date before it; the anchor of a rule that repeats every n weeks or months. */
  firstDate: PlainDate | null;
  /** Repeats every n weeks or months and nothing says from when. */
  needsAnchor: boolean;
  schoolHolidays: SchoolHolidayEffect | null;
  /** What becomes of a public holiday: left out unless the phrase says otherwise. */
  publicHolidays: 'skip' | 'keep' | 'move';
  withoutDates: readonly DateStretch[];
}

export type Verdict = 'exact' | 'question' | 'refused';

/** What a phrase says: exact, or what was understood and what remains to be asked, or nothing. */
export interface Reading {
  phrase: string;
  verdict: Verdict;
  questions: readonly Question[];
  warnings: readonly Warning[];
  rules: readonly ReadRule[];
  /** The school zone that the phrase names. */
  zone: 'A' | 'B' | 'C' | null;
}
