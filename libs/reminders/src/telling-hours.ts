import {
  addDays,
  dateOf,
  fromLocalMinutes,
  type Instant,
  isoWeekday,
  localDateTime,
  minuteOfDay,
  type PlainDate,
  publicHolidayOn,
  type Territory,
  timeOf,
  timeOfMinute,
  toInstant,
  toLocal,
  toLocalMinutes,
} from '@app/time';

/** Where people live who are told: their clock and their public holidays. */
export interface Place {
  zone: string;
  territory: Territory;
}

/** When people may be disturbed: minutes of the day in [opens, closes), never on a public holiday. */
export interface TellingHours {
  opens: number;
  closes: number;
  /** ISO weekday of the last day of the week: 6 is Saturday. */
  lastWeekday: number;
  /** What is planned for "the end of a day" leaves time to try again. */
  lastPlanned: number;
}

export const SMS_HOURS: TellingHours = { opens: 9 * 60, closes: 19 * 60, lastWeekday: 6, lastPlanned: 18 * 60 };
/** Someone of the desk does it, so on a working day and while the desk is there. */
export const DESK_HOURS: TellingHours = { opens: 9 * 60, closes: 17 * 60, lastWeekday: 5, lastPlanned: 9 * 60 };

// Christmas on a Thursday with its weekend is the longest wait; a fortnight is far beyond any.
const FAR_DAYS = 14;

function isTellingDay(date: PlainDate, hours: TellingHours, place: Place): boolean {
  return isoWeekday(date) <= hours.lastWeekday && publicHolidayOn(date, place.territory) === null;
}

export function mayTellAt(at: Instant, hours: TellingHours, place: Place): boolean {
  const local = toLocal(at, place.zone);
  const minute = minuteOfDay(timeOf(local));
  return isTellingDay(dateOf(local), hours, place) && hours.opens <= minute && minute < hours.closes;
}

/** The first moment from `at` on when people may be told. */
export function nextMoment(at: Instant, hours: TellingHours, place: Place): Instant {
  if (mayTellAt(at, hours, place)) return at;
  const local = toLocal(at, place.zone);
  const startsToday = minuteOfDay(timeOf(local)) < hours.opens;
  for (let days = startsToday ? 0 : 1; days <= FAR_DAYS; days += 1) {
    const date = addDays(dateOf(local), days);
    if (isTellingDay(date, hours, place)) return momentOn(date, hours.opens, place);
  }
  throw new RangeError(`Nobody may be told within ${FAR_DAYS} days of ${local}`);
}

/**
 * The last moment that is at least `wallMinutes` before `start` on the wall clock and when people may be told: two days
 * before 9:00 is 9:00, whatever the clocks did in between.
 */
export function lastMomentBefore(start: Instant, wallMinutes: number, hours: TellingHours, place: Place): Instant {
  const latest = fromLocalMinutes(toLocalMinutes(toLocal(start, place.zone)) - wallMinutes);
  const minute = minuteOfDay(timeOf(latest));
  for (let days = 0; days <= FAR_DAYS; days += 1) {
    const date = addDays(dateOf(latest), -days);
    if (!isTellingDay(date, hours, place)) continue;
    if (days > 0) return momentOn(date, hours.lastPlanned, place);
    if (minute >= hours.opens) return momentOn(date, minute < hours.closes ? minute : hours.lastPlanned, place);
  }
  throw new RangeError(`Nobody may be told within ${FAR_DAYS} days before ${latest}`);
}

function momentOn(date: PlainDate, minute: number, place: Place): Instant {
  return toInstant(localDateTime(date, timeOfMinute(minute)), place.zone);
}
