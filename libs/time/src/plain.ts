import type { Branded } from './brand';
import { civilOf, daysInMonth, epochDayOf, isoWeekdayOf, isoWeekOf } from './epoch-day';

/** A calendar date, 'YYYY-MM-DD': a square on the wall calendar, in no zone. */
export type PlainDate = Branded<string, 'PlainDate'>;
/** A time on the wall clock, 'HH:MM', from 00:00 to 23:59. */
export type PlainTime = Branded<string, 'PlainTime'>;
/** A date and a time on the wall clock, 'YYYY-MM-DDTHH:MM': what a poster says, not yet an instant. */
export type LocalDateTime = Branded<string, 'LocalDateTime'>;

export const MINUTES_PER_DAY = 1440;

const TWO = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));
const two = (n: number): string => TWO[n] as string;
const four = (n: number): string => (n > 999 ? String(n) : String(n).padStart(4, '0'));

/** Reads exactly 'YYYY-MM-DD', year 0001 to 9999; null when it is no date of the calendar. */
export function parsePlainDate(text: string): PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return text as PlainDate;
}

/** Reads exactly 'HH:MM' from 00:00 to 23:59; null otherwise. */
export function parsePlainTime(text: string): PlainTime | null {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? (text as PlainTime) : null;
}

/** Reads 'YYYY-MM-DDTHH:MM', with ':00' seconds allowed and dropped; null otherwise. */
export function parseLocalDateTime(text: string): LocalDateTime | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::00(?:\.0+)?)?$/.exec(text);
  if (!match) return null;
  const date = parsePlainDate(match[1] ?? '');
  const time = parsePlainTime(match[2] ?? '');
  return date && time ? localDateTime(date, time) : null;
}

/** A date written in code, known to be right. @throws RangeError when it is not. */
export function plainDate(text: string): PlainDate {
  const date = parsePlainDate(text);
  if (!date) throw new RangeError(`Not a date: ${text}`);
  return date;
}

/** A time written in code, known to be right. @throws RangeError when it is not. */
export function plainTime(text: string): PlainTime {
  const time = parsePlainTime(text);
  if (!time) throw new RangeError(`Not a time: ${text}`);
  return time;
}

export function localDateTime(date: PlainDate, time: PlainTime): LocalDateTime {
  return `${date}T${time}` as LocalDateTime;
}

export function dateOf(local: LocalDateTime): PlainDate {
  return local.slice(0, 10) as PlainDate;
}

export function timeOf(local: LocalDateTime): PlainTime {
  return local.slice(11, 16) as PlainTime;
}

/** Days from 1970-01-01. */
export function toEpochDay(date: PlainDate): number {
  return epochDayIn(date);
}

// Read digit by digit: a date is turned into a number more often than anything else is done with it.
function epochDayIn(text: string): number {
  return epochDayOf(twoDigits(text, 0) * 100 + twoDigits(text, 2), twoDigits(text, 5), twoDigits(text, 8));
}

const ZERO = 48;

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

// The last one made: the hours of one day are mostly read one after the other.
let lastEpochDay = Number.NaN;
let lastDate = '' as PlainDate;

export function fromEpochDay(epochDay: number): PlainDate {
  if (epochDay === lastEpochDay) return lastDate;
  const { year, month, day } = civilOf(epochDay);
  lastEpochDay = epochDay;
  lastDate = `${four(year)}-${two(month)}-${two(day)}` as PlainDate;
  return lastDate;
}

/** Minutes since midnight, 0–1439. */
export function minuteOfDay(time: PlainTime): number {
  return twoDigits(time, 0) * 60 + twoDigits(time, 3);
}

/** The time that many minutes after midnight. @throws RangeError outside 0–1439. */
export function timeOfMinute(minute: number): PlainTime {
  if (!Number.isInteger(minute) || minute < 0 || minute >= MINUTES_PER_DAY) {
    throw new RangeError(`Not a minute of the day: ${minute}`);
  }
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}` as PlainTime;
}

/** Wall-clock minutes since 1970-01-01T00:00 on the same wall clock: what hot loops count in. */
export function toLocalMinutes(local: LocalDateTime): number {
  return epochDayIn(local) * MINUTES_PER_DAY + twoDigits(local, 11) * 60 + twoDigits(local, 14);
}

export function fromLocalMinutes(minutes: number): LocalDateTime {
  const day = Math.floor(minutes / MINUTES_PER_DAY);
  return localDateTime(fromEpochDay(day), timeOfMinute(minutes - day * MINUTES_PER_DAY));
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return fromEpochDay(toEpochDay(date) + days);
}

/** Days from `from` to `to`; negative when `to` comes first. */
export function daysBetween(from: PlainDate, to: PlainDate): number {
  return toEpochDay(to) - toEpochDay(from);
}

/** ISO weekday: 1 (Monday) to 7 (Sunday). */
export function isoWeekday(date: PlainDate): number {
  return isoWeekdayOf(toEpochDay(date));
}

export function isoWeek(date: PlainDate): { year: number; week: number } {
  return isoWeekOf(toEpochDay(date));
}

export type WeekParity = 'even' | 'odd';

/** "Semaine paire" or "impaire": the parity of the ISO week's number, so weeks 53 and 1 are both odd. */
export function weekParity(date: PlainDate): WeekParity {
  return isoWeek(date).week % 2 === 0 ? 'even' : 'odd';
}
