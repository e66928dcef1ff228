import { type CalendarEvent, type DatedEvent, asRepeating, parseRule } from '@app/recurrence';
import {
  type Instant,
  type Interval,
  type Language,
  type LocalDateTime,
  merge,
  sayTimeRange,
  timeOf,
  toInstant,
  toLocal,
} from '@app/time';
import { EVENT_WORDS, type ReceivingMode } from './event-words';

/** Something that takes place, as any feed reads it. */
export interface Happens {
  id: string;
  start: Instant;
  end: Instant;
  changedAt: Instant;
  cancelled: boolean;
  confidential: boolean;
  site: string;
  room: string | null;
}

/** One date of a permanence. */
export interface PermanenceDay extends Happens {
  ruleId: string;
  originalStart: LocalDateTime;
  title: string;
  partner: string;
  note: string;
  mode: ReceivingMode;
  cause: string;
  address: string;
  /** Nobody is there between these moments, or at all (`wholly`). */
  away?: { start: Instant; end: Instant; wholly: boolean };
}

/** How a rule repeats, as `permanence_rule` holds it. */
export interface Rhythm {
  rrule: string;
  parity: string | null;
}

/** For whom a feed is written. */
export interface Reader {
  language: Language;
  zone: string;
  /** What the public may come to: with the address, and taking nobody's time. */
  isPublic: boolean;
}

// SEQUENCE holds 31 bits: seconds counted from here last until 2088.
const SEQUENCE_FROM = toInstant('2020-01-01T00:00' as LocalDateTime, 'UTC');

export function appointmentEvent(appointment: Happens, reader: Reader): CalendarEvent {
  return eventOf(appointment, reader, EVENT_WORDS[reader.language].appointment);
}

/** Its title is what someone wrote, perhaps a name: it stays in Palier. */
export function bookingEvent(booking: Happens, reader: Reader): CalendarEvent {
  return eventOf(booking, reader, EVENT_WORDS[reader.language].booking);
}

export function permanenceEvent(given: PermanenceDay, reader: Reader): CalendarEvent {
  const words = EVENT_WORDS[reader.language];
  // A date on which nobody is there is not promised.
  const day = given.away?.wholly && !given.cancelled ? { ...given, cancelled: true, cause: words.away } : given;
  const event = eventOf(day, reader, day.title);
  if (day.confidential) return event;
  const lines = [
    day.cancelled && day.cause ? words.cancelled(day.cause) : '',
    day.partner === day.title ? '' : day.partner,
    words.modes[day.mode],
    day.away && !day.cancelled ? words.awayFor(sayHours(day.away, reader)) : '',
    day.note,
  ];
  return {
    ...event,
    description: lines.filter(Boolean).join('\n'),
    ...(reader.isPublic ? { location: [day.site, day.address].filter(Boolean).join(', ') } : {}),
  };
}

function sayHours({ start, end }: { start: Instant; end: Instant }, { zone, language }: Reader): string {
  return sayTimeRange(timeOf(toLocal(start, zone)), timeOf(toLocal(end, zone)), language);
}

/** The dates of permanences, those of a rule as one repeating event when every reader understands it alike. */
export function repeatingEvents(
  days: readonly PermanenceDay[],
  rhythms: ReadonlyMap<string, Rhythm>,
  reader: Reader,
): CalendarEvent[] {
  const byRule = new Map<string, PermanenceDay[]>();
  for (const day of days) {
    const others = byRule.get(day.ruleId);
    if (others) others.push(day);
    else byRule.set(day.ruleId, [day]);
  }
  return [...byRule].flatMap(([ruleId, ofRule]) => {
    const dates = ofRule.map<DatedEvent>((day) => ({
      event: permanenceEvent(day, reader),
      originalStart: day.originalStart,
    }));
    const rhythm = rhythms.get(ruleId);
    const parsed = parseRule(rhythm?.rrule ?? '', reader.zone);
    // The other weeks of a parity would be as many exceptions.
    if (!parsed.ok || rhythm?.parity) return dates.map(({ event }) => event);
    return asRepeating(uidOf(ruleId), parsed.rule, dates, reader.zone);
  });
}

/** What is held by those of whom nothing may be said, in as few stretches as there are. */
export function busyEvents(
  ownerId: string,
  held: readonly Interval[],
  since: Instant,
  language: Language,
): CalendarEvent[] {
  return merge(held).map(({ start, end }) => ({
    uid: uidOf(`${ownerId}-${start}-${end}`),
    sequence: 0,
    changedAt: since,
    start,
    end,
    summary: EVENT_WORDS[language].busy,
  }));
}

function eventOf(happens: Happens, reader: Reader, summary: string): CalendarEvent {
  const { id, start, end, changedAt, cancelled, confidential } = happens;
  const event: CalendarEvent = {
    uid: uidOf(id),
    sequence: Math.max(0, Math.floor((changedAt - SEQUENCE_FROM) / 1000)),
    changedAt,
    start,
    end,
    cancelled,
    summary,
    location: [happens.room, happens.site].filter(Boolean).join(', '),
    free: reader.isPublic,
  };
  // A feed leaves the house: of what is confidential it tells the hours and nothing else.
  return confidential ? { ...event, summary: EVENT_WORDS[reader.language].busy, location: '' } : event;
}

const uidOf = (id: string): string => `${id}@palier`;
