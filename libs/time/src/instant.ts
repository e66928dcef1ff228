import type { Branded } from './brand';
import { civilOf } from './epoch-day';
import { fromLocalMinutes, type LocalDateTime, parseLocalDateTime, toLocalMinutes } from './plain';

/** A moment, the same everywhere: milliseconds since 1970-01-01T00:00Z. */
export type Instant = Branded<number, 'Instant'>;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** An instant from epoch milliseconds. @throws RangeError when it is not a finite number. */
export function instant(epochMs: number): Instant {
  if (!Number.isFinite(epochMs)) throw new RangeError(`Not an instant: ${epochMs}`);
  return epochMs as Instant;
}

/** Reads RFC 3339 with its offset ('2027-01-07T14:00:00Z', '…+01:00', seconds optional); null otherwise. */
export function parseInstant(text: string): Instant | null {
  const match =
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::([0-5]\d)(?:\.(\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text);
  if (!match) return null;
  const [, wall = '', seconds = '0', fraction = '', offset = 'Z'] = match;
  const local = parseLocalDateTime(wall);
  if (!local) return null;
  const milliseconds = Number(fraction.padEnd(3, '0').slice(0, 3));
  return (toLocalMinutes(local) * MINUTE + Number(seconds) * 1000 + milliseconds - offsetMs(offset)) as Instant;
}

function offsetMs(offset: string): number {
  if (offset === 'Z') return 0;
  const size = (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6))) * MINUTE;
  return offset.startsWith('-') ? -size : size;
}

/** RFC 3339 in UTC, with seconds, and milliseconds only when there are some: '2027-01-07T13:00:00Z'. */
export function instantToIso(at: Instant): string {
  const minutes = Math.floor(at / MINUTE);
  const rest = Math.floor(at - minutes * MINUTE);
  const seconds = String(Math.floor(rest / 1000)).padStart(2, '0');
  const milliseconds = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}`;
  return `${utcWall(minutes)}:${seconds}${milliseconds}Z`;
}

function utcWall(minutes: number): LocalDateTime {
  const { year } = civilOf(Math.floor(minutes / 1440));
  if (year < 1 || year > 9999) throw new RangeError(`No four-digit year: ${year}`);
  return fromLocalMinutes(minutes);
}

export function addMinutes(at: Instant, minutes: number): Instant {
  return (at + minutes * MINUTE) as Instant;
}

/** Whole and fractional minutes from `from` to `to`. */
export function minutesBetween(from: Instant, to: Instant): number {
  return (to - from) / MINUTE;
}
