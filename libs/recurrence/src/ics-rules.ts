import {
  addDays,
  dateOf,
  type Instant,
  type LocalDateTime,
  localDateTime,
  readWallMinutes,
  timeOf,
  toLocal,
  toLocalMinutes,
} from '@app/time';

import type { CalendarEvent } from './ics-writer';
import type { Rule } from './rule';
import { expandPrepared, prepareSeries } from './series';

/** An event that stands for one date of a rule. */
export interface DatedEvent {
  event: CalendarEvent;
  /** Where the rule puts it. */
  originalStart: LocalDateTime;
}

/** Fewer dates are as short one by one. */
const FEWEST_DATES = 3;

/**
 * Whether calendar programs read this rule alike. Outlook ignores "1st and 3rd", fifth weekdays and yearly ranks; several
 * days every n weeks depend on where each thinks a week begins; a 31st is moved by some and skipped by others.
 */
export function everyReaderAgrees(rule: Rule): boolean {
  if (rule.byMonth.length > 0 || rule.bySetPos !== null) return false;
  const [day, ...otherDays] = rule.byDay;
  const [monthDay, ...otherMonthDays] = rule.byMonthDay;
  switch (rule.frequency) {
    case 'DAILY':
      return day === undefined && monthDay === undefined;
    case 'WEEKLY':
      return (
        monthDay === undefined &&
        rule.byDay.every(({ rank }) => rank === null) &&
        (rule.interval === 1 || otherDays.length === 0)
      );
    case 'MONTHLY':
      if (otherDays.length > 0 || otherMonthDays.length > 0) return false;
      if (day && !monthDay) return day.rank !== null && day.rank <= 4 && day.rank >= -1;
      return !day && monthDay !== undefined && monthDay >= 1 && monthDay <= 28;
    case 'YEARLY':
      return false;
  }
}

/**
 * The dates of one rule as one repeating event, the dates that differ beside it, and those that do not take place left
 * out: the same instants as one by one. When readers could disagree the dates come back one by one.
 * @param uid of the repeating event; @param dates in any order
 */
export function asRepeating(uid: string, rule: Rule, dates: readonly DatedEvent[], zone: string): CalendarEvent[] {
  const oneByOne = dates.map(({ event }) => event);
  if (!everyReaderAgrees(rule)) return oneByOne;
  const held = dates
    .filter(({ event }) => !event.cancelled)
    .sort((a, b) => (a.originalStart < b.originalStart ? -1 : 1));
  const usual = held.find(({ event, originalStart }) => toLocal(event.start, zone) === originalStart);
  const last = held.at(-1);
  if (!usual || !last) return oneByOne;
  const expected = expectedDates(rule, usual.originalStart, last.originalStart);
  if (!expected || expected.length < FEWEST_DATES || !expected.every((local) => isPlain(local, zone))) return oneByOne;

  const byOriginal = new Map(held.map((date) => [date.originalStart, date.event]));
  const found = expected.map((local) => ({ at: instantOf(local, zone), event: byOriginal.get(local) }));
  const missing = found.filter(({ event }) => !event);
  const replaced = found.flatMap(({ at, event }) =>
    event && !isAlike(event, at, usual.event) ? [{ ...event, uid, replaces: at }] : [],
  );
  if (missing.length * 2 > expected.length || !staysInOrder(found, zone)) return oneByOne;

  const ruled = new Set(expected);
  const besides = held.filter(({ originalStart }) => !ruled.has(originalStart)).map(({ event }) => event);
  const master: CalendarEvent = {
    ...usual.event,
    uid,
    sequence: Math.max(...oneByOne.map(({ sequence }) => sequence)),
    changedAt: Math.max(...oneByOne.map(({ changedAt }) => changedAt)) as Instant,
    repeats: {
      rule,
      until: instantOf(expected.at(-1) ?? usual.originalStart, zone),
      except: missing.map(({ at }) => at),
    },
  };
  return [master, ...replaced, ...besides];
}

/** The dates from `first` to `last`, both included; null when `first` would not begin the rule. */
function expectedDates(rule: Rule, first: LocalDateTime, last: LocalDateTime): LocalDateTime[] | null {
  const prepared = prepareSeries({ rule: { ...rule, count: null, until: null }, dtstart: first });
  if (!prepared.ok) return null;
  const to = localDateTime(addDays(dateOf(last), 1), timeOf(last));
  return expandPrepared(prepared.series, { from: first, to }).filter((local) => local <= last);
}

/** Whether nothing but its date tells this event from the usual one. */
function isAlike(event: CalendarEvent, at: Instant, usual: CalendarEvent): boolean {
  return (
    event.start === at &&
    event.end - event.start === usual.end - usual.start &&
    event.summary === usual.summary &&
    event.location === usual.location &&
    event.description === usual.description
  );
}

/** Outlook holds neither two dates of an event on one day nor a date moved past its neighbour. */
function staysInOrder(found: readonly { at: Instant; event: CalendarEvent | undefined }[], zone: string): boolean {
  const days = found.map(({ at, event }) => dateOf(toLocal(event?.start ?? at, zone)));
  return days.every((day, i) => i === 0 || day > (days[i - 1] ?? ''));
}

const instantOf = (local: LocalDateTime, zone: string): Instant => readWallMinutes(toLocalMinutes(local), zone).instant;
const isPlain = (local: LocalDateTime, zone: string): boolean =>
  readWallMinutes(toLocalMinutes(local), zone).kind === 'unique';
