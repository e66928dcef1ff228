import type { LocalDateTime, PlainDate, PlainTime } from '@app/time';

/** Something a calendar says takes place, as one line of a permanence says it. Times are on the clock at home. */
export interface CalendarLine {
  /** As it is written; empty for what its owner keeps private. */
  title: string;
  /** As it is written, perhaps empty. */
  location: string;
  /** Of the whitelist, canonical, with UNTIL in place of COUNT; `FREQ=DAILY;COUNT=1` for a single date. */
  rrule: string;
  /** Its first date from today on. */
  from: PlainDate;
  /** Its last one; null when it does not end. */
  last: PlainDate | null;
  /** Null for a whole day; the end also where none is given. */
  start: PlainTime | null;
  end: PlainTime | null;
  /** The dates of the rule, from today on, that do not take place. */
  without: PlainDate[];
}

/** Why something is not kept. */
export type NotKeptWhy =
  | 'no-date'
  | 'several-days'
  | 'unknown-zone'
  | 'rule-not-held'
  | 'rule-without-end'
  | 'rule-wrong'
  | 'clock-changes'
  | 'exclusion-rule'
  | 'this-and-following'
  | 'start-outside-rule'
  | 'too-many-dates'
  | 'too-many-left-out'
  | 'too-many-rules';

export interface NotKept {
  title: string;
  why: NotKeptWhy;
  /** When it begins, on the clock at home or else as it is written; null when that can't be read. */
  when: LocalDateTime | PlainDate | null;
  /** The rule or the name of the zone that was not understood, as it is written; empty otherwise. */
  written: string;
}

export type CalendarRefusal = 'too-large' | 'not-a-calendar' | 'too-many-events';

export interface CalendarContent {
  ok: true;
  /** What the calendar calls itself, perhaps empty. */
  name: string;
  /** Several events may make one line. */
  lines: CalendarLine[];
  notKept: NotKept[];
  /** How many of its events are over, and how many are cancelled. */
  past: number;
  cancelled: number;
}

export type CalendarReading = CalendarContent | { ok: false; why: CalendarRefusal };
