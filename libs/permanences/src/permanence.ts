import type { Mode } from '@app/contract';
import type { ExcludedDays, SchoolCalendar, SchoolZone } from '@app/recurrence';
import type { Instant, LocalDateTime, PlainDate, PlainTime, Territory, WeekParity } from '@app/time';

export type Visibility = 'public' | 'restricted' | 'internal';
export type ClosedDayPolicy = 'skip' | 'keep' | 'move';
export type SchoolHolidays = 'any' | 'outside' | 'only';

/** One line of the poster, checked: `rrule` is canonical and `dtstart` its first date. */
export interface PlannedRule {
  id: string;
  rrule: string;
  dtstart: PlainDate;
  startTime: PlainTime;
  endTime: PlainTime;
  parity: WeekParity | null;
  mode: Mode;
  siteId: string;
  roomId: string | null;
  /** A desk of the room instead of the whole of it. */
  workstationId: string | null;
  agentIds: string[];
  seats: number;
  assumption: string;
  /** "Sauf le 24 décembre": in order. */
  excluded: ExcludedDays[];
  /** What this line says of holidays when it is not what the permanence says. */
  onHoliday: ClosedDayPolicy | null;
  schoolHolidays: RuleSchoolHolidays | null;
}

/** "Hors vacances de Noël"; a null name is all of them. */
export interface RuleSchoolHolidays {
  when: SchoolHolidays;
  name: string | null;
}

/** One date that differs, keyed by where its rule puts it. A null time, room or mode stays as the rule says. */
export interface DateException {
  ruleId: string;
  originalStart: LocalDateTime;
  kind: 'cancelled' | 'changed';
  date: PlainDate | null;
  start: PlainTime | null;
  end: PlainTime | null;
  roomId: string | null;
  /** Whose turn it is that day, or who replaces whom; null is whoever the rule says. */
  agentIds: string[] | null;
  mode: Mode | null;
  /** It is held though it has no room, and none is looked for. */
  withoutRoom?: boolean;
  cause: string;
}

/** What decides the dates of a permanence. */
export interface Plan {
  rules: readonly PlannedRule[];
  exceptions: readonly DateException[];
  /** Whose closing days count beside the place's. */
  partnerId: string;
  onHoliday: ClosedDayPolicy;
  onClosure: ClosedDayPolicy;
  schoolHolidays: SchoolHolidays;
  /** From this day on there is no date any more. */
  stopsOn: PlainDate | null;
}

export interface PlannedPermanence extends Plan {
  id: string;
  title: string;
  state: 'draft' | 'published' | 'stopped';
  visibility: Visibility;
  confidential: boolean;
  publicNote: string;
  motifIds: string[];
  /** Who comes to an internal meeting besides its partner. */
  invitedPartnerIds: string[];
  /** Dates before this day are laid out. */
  laidOutUntil: PlainDate | null;
  version: number;
}

export interface Opening {
  weekday: number;
  opens: PlainTime;
  closes: PlainTime;
}

/** Whole days of closure, the last one included; of the whole space when nothing is named. */
export interface PlacedClosure {
  siteId: string | null;
  roomId: string | null;
  partnerId: string | null;
  firstDay: PlainDate;
  lastDay: PlainDate;
  cause: string;
}

/** The place a permanence is planned in: its zone, its calendar, its sites and rooms. */
export interface Place {
  zone: string;
  territory: Territory;
  schoolZone: SchoolZone | null;
  /** The one Palier comes with, and the newer years that were imported. */
  schoolCalendar: SchoolCalendar;
  /** Those of days to come, of whatever they close. */
  closures: readonly PlacedClosure[];
  /** A null territory: the public holidays of the space. */
  sites: ReadonlyMap<string, { name: string; retired: boolean; territory: Territory | null; openings: Opening[] }>;
  rooms: ReadonlyMap<string, { name: string; siteId: string; retired: boolean }>;
  workstations: ReadonlyMap<string, { roomId: string; label: string; retired: boolean }>;
}

/** A date as it should be. */
export interface WantedDate {
  ruleId: string;
  originalStart: LocalDateTime;
  startsAt: Instant;
  endsAt: Instant;
  siteId: string;
  roomId: string | null;
  workstationId: string | null;
  /** Why the room it wants is closed that day ('' without a cause): the date is held without it. Absent: it is open. */
  roomClosed?: string;
  mode: Mode;
  seats: number;
  state: 'held' | 'skipped' | 'cancelled';
  cause: string;
  /** The school calendar that decides does not reach this day. */
  unverified: boolean;
  agentIds: string[];
}
