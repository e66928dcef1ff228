import {
  addDays,
  addMinutes,
  dateOf,
  daysBetween,
  type Instant,
  isoWeekday,
  type LocalDateTime,
  localDateTime,
  localMinutesAt,
  MINUTE,
  MINUTES_PER_DAY,
  type PlainDate,
  plainDate,
  plainTime,
  toInstant,
  toLocal,
} from '@app/time';
import { WEEKDAY_CODES } from './rule';

/** One change of a zone's clocks: when, and the minutes east of Greenwich before and after it. */
interface ClockChange {
  at: Instant;
  before: number;
  after: number;
}

/**
 * The VTIMEZONE of an IANA zone, RFC 5545 §3.6.5, right from the year before `from` to the year after `to`. Where the clocks
 * change by the same rule every year it is written as that rule — what Outlook wants —, else each change is.
 * @returns content lines, unfolded
 */
export function timezoneLines(zone: string, from: Instant, to: Instant): string[] {
  const years = range(yearOf(from, zone) - 1, yearOf(to, zone) + 1);
  const changes = years.flatMap((year) => changesOf(zone, year));
  const inner =
    changes.length === 0 ? still(zone, from) : (byYearlyRule(changes, years.length) ?? changes.flatMap(once));
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...inner, 'END:VTIMEZONE'];
}

/** 2027-03-28T02:00 as RFC 5545 writes it on the wall clock. */
export function compactLocal(local: LocalDateTime): string {
  return `${local.slice(0, 4)}${local.slice(5, 7)}${local.slice(8, 13)}${local.slice(14, 16)}00`;
}

/** A zone whose clocks never change. */
function still(zone: string, from: Instant): string[] {
  const offset = offsetAt(zone, from);
  return observance('STANDARD', '19700101T000000', offset, offset);
}

function once(change: ClockChange): string[] {
  return observance(kindOf(change), compactLocal(wallOf(change)), change.before, change.after);
}

/** Two observances with their yearly rules, when every year changes its clocks twice and by the same rules. */
function byYearlyRule(changes: ClockChange[], years: number): string[] | null {
  const lines: string[] = [];
  for (const kind of ['DAYLIGHT', 'STANDARD'] as const) {
    const [first, ...others] = changes.filter((change) => kindOf(change) === kind);
    if (!first || others.length !== years - 1) return null;
    const rule = sharedRule([first, ...others]);
    if (!rule || others.some(({ before, after }) => before !== first.before || after !== first.after)) return null;
    lines.push(...observance(kind, compactLocal(wallOf(first)), first.before, first.after, rule));
  }
  return lines;
}

/** The rule by which all these changes fall on one rank of one weekday of one month, at one hour; null when there is none. */
function sharedRule(changes: ClockChange[]): string | null {
  const walls = changes.map(wallOf);
  const month = same(walls.map((wall) => monthOf(dateOf(wall))));
  const weekday = same(walls.map((wall) => isoWeekday(dateOf(wall))));
  const hour = same(walls.map((wall) => wall.slice(11)));
  if (month === null || weekday === null || hour === null) return null;
  const rank = walls.every(isLastOfMonth) ? -1 : same(walls.map((wall) => Math.ceil(Number(wall.slice(8, 10)) / 7)));
  return rank === null ? null : `FREQ=YEARLY;BYMONTH=${month};BYDAY=${rank}${WEEKDAY_CODES[weekday - 1]}`;
}

function isLastOfMonth(wall: LocalDateTime): boolean {
  return monthOf(addDays(dateOf(wall), 7)) !== monthOf(dateOf(wall));
}

function observance(kind: string, start: string, before: number, after: number, rule?: string): string[] {
  return [
    `BEGIN:${kind}`,
    `DTSTART:${start}`,
    `TZOFFSETFROM:${formatOffset(before)}`,
    `TZOFFSETTO:${formatOffset(after)}`,
    ...(rule ? [`RRULE:${rule}`] : []),
    `END:${kind}`,
  ];
}

// A change is dated by the wall clock it ends: 02:00 when the clocks jump from 02:00 to 03:00.
const wallOf = ({ at, before }: ClockChange): LocalDateTime => toLocal(addMinutes(at, before), 'UTC');
const kindOf = ({ before, after }: ClockChange) => (after > before ? 'DAYLIGHT' : 'STANDARD');

function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

function changesOf(zone: string, year: number): ClockChange[] {
  const first = plainDate(`${year}-01-01`);
  const start = toInstant(localDateTime(first, plainTime('00:00')), zone);
  const days = range(0, daysBetween(first, plainDate(`${year + 1}-01-01`)) - 1);
  return days.flatMap((day) => {
    const from = addMinutes(start, day * MINUTES_PER_DAY);
    return changeBetween(zone, from, addMinutes(from, MINUTES_PER_DAY)) ?? [];
  });
}

function changeBetween(zone: string, from: Instant, to: Instant): ClockChange | null {
  const before = offsetAt(zone, from);
  const after = offsetAt(zone, to);
  if (before === after) return null;
  let [still, changed] = [from, to];
  while (changed - still > MINUTE) {
    const middle = addMinutes(still, Math.floor((changed - still) / MINUTE / 2));
    if (offsetAt(zone, middle) === before) still = middle;
    else changed = middle;
  }
  return { at: changed, before, after };
}

const offsetAt = (zone: string, at: Instant): number => localMinutesAt(at, zone) - Math.floor(at / MINUTE);
const yearOf = (at: Instant, zone: string): number => Number(toLocal(at, zone).slice(0, 4));
const monthOf = (date: PlainDate): number => Number(date.slice(5, 7));
const range = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

function same<T>(values: T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}
