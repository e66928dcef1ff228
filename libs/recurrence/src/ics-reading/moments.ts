import {
  type Instant,
  type LocalDateTime,
  MINUTE,
  type PlainDate,
  parseLocalDateTime,
  parsePlainDate,
  toEpochDay,
  toLocalMinutes,
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
  const [, year = '', month, day, hour, minute, offset] = match;
  const date = parsePlainDate(`${year}-${month}-${day}`);
  if (!date || year < '1900' || year > '2199') return null;
  if (hour === undefined) return { kind: 'date', date };
  const minutes =
    `${hour}${minute}` === '2400'
      ? (toEpochDay(date) + 1) * 1440
      : minutesOf(parseLocalDateTime(`${date}T${hour}:${minute}`));
  if (minutes === null) return null;
  if (offset === undefined) return { kind: 'wall', minutes, zone };
  return { kind: 'instant', at: ((minutes - (readOffset(offset) ?? 0)) * MINUTE) as Instant };
}

const minutesOf = (local: LocalDateTime | null): number | null => (local ? toLocalMinutes(local) : null);

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
