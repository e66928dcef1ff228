import {
  daysInMonth,
  epochDayOf,
  fromEpochDay,
  type Instant,
  MINUTE,
  MINUTES_PER_DAY,
  type PlainDate,
} from '@app/time';

/** A moment as a calendar writes it: a date, a time on some wall clock (minutes, and whose clock), or an instant. */
export type Moment =
  | { kind: 'date'; date: PlainDate }
  | { kind: 'wall'; minutes: number; zone: string | null }
  | { kind: 'instant'; at: Instant };

/** RFC 5545 §3.3.4–5, with the dashes, colons and offsets that some programs add. */
const WRITTEN = /^(\d{4})-?(\d\d)-?(\d\d)(?:[Tt ](\d\d):?(\d\d)(?::?\d\d(?:\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?)?$/;

/** @param zone the TZID beside it; null: none, a time on whatever wall clock. Null for what is no date from 1900 to 2199. */
export function readMoment(value: string, zone: string | null): Moment | null {
  const match = value.length > 40 ? null : WRITTEN.exec(value);
  if (!match) return null;
  const [, years = '', months = '', days = '', hours, minutesPast = '', offset] = match;
  const [year, month, day] = [Number(years), Number(months), Number(days)];
  if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  const epochDay = epochDayOf(year, month, day);
  if (hours === undefined) return { kind: 'date', date: fromEpochDay(epochDay) };
  const [hour, minute] = [Number(hours), Number(minutesPast)];
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null;
  const minutes = epochDay * MINUTES_PER_DAY + hour * 60 + minute;
  if (offset === undefined) return { kind: 'wall', minutes, zone };
  return { kind: 'instant', at: ((minutes - (readOffset(offset) ?? 0)) * MINUTE) as Instant };
}

/** Minutes east of Greenwich of "+0100", "-04:30" or "Z"; null for what is no offset. */
export function readOffset(text: string): number | null {
  if (/^z$/i.test(text)) return 0;
  const match = /^([+-])(\d\d):?(\d\d)(?:\d\d)?$/.exec(text);
  if (!match) return null;
  const size = Number(match[2]) * 60 + Number(match[3]);
  return size > 15 * 60 ? null : match[1] === '-' ? -size : size;
}

const DURATION = /^\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?$/i;

/** Minutes of a DURATION, §3.3.6; null for what is none, or goes backwards. */
export function readDuration(text: string): number | null {
  const match = text.length > 40 || text.length < 3 ? null : DURATION.exec(text);
  if (!match) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (weeks * 7 + days) * 1440 + hours * 60 + minutes + Math.floor(seconds / 60);
}
