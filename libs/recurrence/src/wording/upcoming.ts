import {
  addDays,
  isoWeekday,
  localDateTime,
  type PlainDate,
  type PlainTime,
  plainDate,
  plainTime,
  publicHolidayOn,
  type Territory,
  dateOf,
  weekParity,
} from '@app/time';
import { firstOccurrenceOnOrAfter } from '../first-occurrence';
import { parseRule } from '../parse';
import { SHIPPED_SCHOOL_CALENDAR } from '../school-calendar';
import { type SchoolCalendar, type SchoolZone, schoolDay } from '../school-holidays';
import { expandPrepared, prepareSeries } from '../series';
import type { ReadRule } from './reading';
import { sayLeftOut } from './write-wording';

/** A date of a rule that was read, with what a calendar does to it. */
export interface UpcomingDate {
  date: PlainDate;
  start: PlainTime | null;
  end: PlainTime | null;
  /** Unverified: the school calendar does not reach that far. */
  state: 'kept' | 'skipped' | 'moved' | 'unverified';
  /** Where the rule had put a moved date. */
  original: PlainDate | null;
  cause: string | null;
}

export interface UpcomingOptions {
  from: PlainDate;
  count: number;
  zone: SchoolZone;
  territory: Territory | null;
  calendar?: SchoolCalendar;
}

const LAST_DATE = plainDate('9999-12-31');
const FARTHEST_MOVE = 31;
/** The rarest of what is asked (a fifth weekday in even weeks of one month) is found among as many dates. */
const TRIES_PER_DATE = 60;

/** The next dates of a rule, those that a calendar removes included; none while its days or its anchor are not known. */
export function upcomingDates(rule: ReadRule, options: UpcomingOptions): UpcomingDate[] {
  const parsed = rule.rrule === null || rule.needsAnchor ? null : parseRule(rule.rrule);
  if (!parsed?.ok) return [];
  const first = rule.firstDate ?? firstOccurrenceOnOrAfter({ ...parsed.rule, count: null }, options.from);
  const start = first && firstOccurrenceOnOrAfter(parsed.rule, first);
  if (!start) return [];
  const midnight = plainTime('00:00');
  const prepared = prepareSeries({ rule: parsed.rule, dtstart: localDateTime(start, midnight) });
  if (!prepared.ok) return [];
  const window = {
    from: localDateTime(options.from, midnight),
    to: localDateTime(LAST_DATE, midnight),
    limit: rule.parity ? options.count * TRIES_PER_DATE : options.count,
  };
  return expandPrepared(prepared.series, window)
    .map(dateOf)
    .filter((date) => rule.parity === null || weekParity(date) === rule.parity)
    .slice(0, options.count)
    .map((date) => placed(rule, date, options));
}

function placed(rule: ReadRule, date: PlainDate, options: UpcomingOptions): UpcomingDate {
  const { start, end } = rule;
  const kept: UpcomingDate = { date, start, end, state: 'kept', original: null, cause: null };
  const obstacle = obstacleOn(rule, date, options);
  if (!obstacle) return withSchoolEnd(rule, kept, options);
  const { cause, state } = obstacle;
  if (state !== 'holiday') return { ...kept, state, cause };
  if (rule.publicHolidays === 'keep') return { ...kept, cause };
  const next = rule.publicHolidays === 'move' ? nextOpenDay(rule, date, options) : null;
  return next ? { ...kept, date: next, state: 'moved', original: date, cause } : { ...kept, state: 'skipped', cause };
}

function obstacleOn(rule: ReadRule, date: PlainDate, { territory, ...options }: UpcomingOptions) {
  const leftOut = rule.withoutDates.find(({ first, last }) => first <= date && date <= last);
  if (leftOut) return { state: 'skipped' as const, cause: `Écrit « ${sayLeftOut(leftOut, 'fr')} »` };
  const holiday = territory === null ? null : publicHolidayOn(date, territory);
  if (holiday) return { state: 'holiday' as const, cause: holiday.name };
  return schoolObstacle(rule, date, { territory, ...options });
}

function schoolObstacle(
  { schoolHolidays }: ReadRule,
  date: PlainDate,
  { zone, calendar = SHIPPED_SCHOOL_CALENDAR }: UpcomingOptions,
) {
  if (schoolHolidays === null) return null;
  const day = schoolDay(date, zone, calendar);
  if (day.is === 'unknown') {
    return {
      state: 'unverified' as const,
      cause: `Vacances scolaires non publiées (calendrier ${calendar.version}, zone ${zone})`,
    };
  }
  if (schoolHolidays.effect === 'end') return null;
  const concerned = day.is === 'off' && (schoolHolidays.name === null || schoolHolidays.name === day.holiday.name);
  if (concerned === (schoolHolidays.effect === 'only')) return null;
  const cause =
    day.is === 'off' ? `Vacances scolaires (${day.holiday.name}, zone ${zone})` : `Période scolaire (zone ${zone})`;
  return { state: 'skipped' as const, cause };
}

function withSchoolEnd(
  { schoolHolidays }: ReadRule,
  kept: UpcomingDate,
  { zone, calendar = SHIPPED_SCHOOL_CALENDAR }: UpcomingOptions,
): UpcomingDate {
  if (schoolHolidays?.effect !== 'end') return kept;
  const day = schoolDay(kept.date, zone, calendar);
  return day.is === 'off'
    ? { ...kept, end: schoolHolidays.end, cause: `Vacances scolaires (${day.holiday.name}, zone ${zone})` }
    : kept;
}

function nextOpenDay(rule: ReadRule, date: PlainDate, options: UpcomingOptions): PlainDate | null {
  for (let days = 1; days <= FARTHEST_MOVE; days += 1) {
    const next = addDays(date, days);
    if (isoWeekday(next) <= 5 && !obstacleOn(rule, next, options)) return next;
  }
  return null;
}
