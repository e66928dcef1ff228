import {
  addDays,
  type LocalDateTime,
  localDateTime,
  type PlainDate,
  type PlainTime,
  plainTime,
  type Territory,
  type WeekParity,
} from '@app/time';

/** How people are received. It belongs to the rule: a partner may receive walk-ins on Mondays, by appointment on Wednesdays. */
export type Mode = 'walk-in' | 'appointment' | 'group' | 'internal';

/** One rule of a permanence: a time range that repeats. A permanence holds as many as its poster has lines. */
export interface PermanenceRule {
  /** Stable: exceptions and laid-out dates are keyed by it. */
  id: string;
  /** Canonical RRULE of the whitelist, see `formatRule`. */
  rrule: string;
  /** The rule's first occurrence. */
  dtstart: PlainDate;
  startTime: PlainTime;
  /** Later than `startTime`, on the same date. */
  endTime: PlainTime;
  mode: Mode;
  siteId: string | null;
  roomId: string | null;
  agentIds: readonly string[];
  /** "Semaines paires" or "impaires": ISO weeks of the other parity are no dates at all. */
  parity?: WeekParity | null;
  /** The last date, included, besides what the RRULE says ("stop from this date on"). */
  lastDate?: PlainDate | null;
  /** Dates besides the rule's: an extra session, the stops of a caravan. */
  extraDates?: readonly PlainDate[];
  /** "Sauf le 24 décembre": left out whatever calendars say, told with their cause. */
  excluded?: readonly ExcludedDays[];
}

/** A stretch of days, both included, that a rule leaves out; the cause in the words of whoever wrote it, or empty. */
export interface ExcludedDays {
  from: PlainDate;
  to: PlainDate;
  cause: string;
}

/** A change to one date of a rule, keyed by where the rule puts it. What is absent stays as the rule says. */
export interface OccurrenceException {
  ruleId: string;
  originalStart: LocalDateTime;
  cancelled?: boolean;
  /** Held although a calendar closes that day. A date that is moved by hand is held where it was put, too. */
  heldAnyway?: boolean;
  date?: PlainDate;
  startTime?: PlainTime;
  endTime?: PlainTime;
  mode?: Mode;
  siteId?: string | null;
  roomId?: string | null;
  agentIds?: readonly string[];
  /** Why, in the words of whoever did it. */
  reason?: string;
}

/** What becomes of a date on a closed day: left out, held all the same, or moved to the next open day. */
export type ClosedDayPolicy = 'skip' | 'keep' | 'move';

export type ClosureKind = 'closure' | 'school-holidays';

/** A stretch `[from, to)` of wall-clock time when the place, the space or the partner is closed. */
export interface ClosurePeriod {
  from: LocalDateTime;
  to: LocalDateTime;
  kind: ClosureKind;
  /** The cause as it is ("Pont de l’Ascension"); empty is said as « Fermeture ». */
  cause: string;
  /** The only site that is closed; absent or null: all of them. */
  siteId?: string | null;
  /** The only room that is closed. */
  roomId?: string | null;
}

/** The calendars that remove or move dates. */
export interface Calendars {
  /** Whose public holidays count; null when none do. */
  territory: Territory | null;
  /** Alsace-Moselle only: whether the commune has Good Friday. Default true. */
  goodFriday?: boolean;
  closures: readonly ClosurePeriod[];
  /** School holidays are as closures unless something else is said of them. */
  policy: { publicHolidays: ClosedDayPolicy; closures: ClosedDayPolicy; schoolHolidays?: ClosedDayPolicy };
  /** ISO weekdays on which a moved date may fall; Monday to Friday by default. */
  openWeekdays?: readonly number[];
  /** The last date that the imported calendars cover; later dates are unverified. Null or absent: all are verified. */
  verifiedUntil?: PlainDate | null;
}

export type CauseKind = 'public-holiday' | ClosureKind | 'excluded' | 'exception' | 'same-time';

export interface Cause {
  kind: CauseKind;
  text: string;
  textEn: string;
}

export type DateState = 'held' | 'skipped' | 'cancelled' | 'moved';

/** One date of a permanence, laid out. A date that is not held keeps its own hours, and says why. */
export interface LaidOutDate {
  ruleId: string;
  /** Where the rule puts it: with `ruleId`, its identity. */
  originalStart: LocalDateTime;
  date: PlainDate;
  start: LocalDateTime;
  end: LocalDateTime;
  state: DateState;
  /** Why it is not held or was moved; for a held date, the obstacle it is held in spite of. */
  cause: Cause | null;
  mode: Mode;
  siteId: string | null;
  roomId: string | null;
  agentIds: readonly string[];
  /** Whether an exception changed anything of it. */
  exceptional: boolean;
  /** False beyond the imported calendars: shown as « à vérifier », never guessed. */
  verified: boolean;
}

/** Whole dates of closure, the last one included, as people say them. */
export function closedDays(
  first: PlainDate,
  last: PlainDate,
  cause: string,
  options: { kind?: ClosureKind; siteId?: string | null; roomId?: string | null } = {},
): ClosurePeriod {
  const midnight = plainTime('00:00');
  return {
    from: localDateTime(first, midnight),
    to: localDateTime(addDays(last, 1), midnight),
    kind: options.kind ?? 'closure',
    cause,
    siteId: options.siteId ?? null,
    roomId: options.roomId ?? null,
  };
}
