import { fromLocalMinutes, type Instant, instantOfLocalMinutes, localMinutesAt, MINUTE } from '@app/time';
import { compactLocal, timezoneLines } from './ics-timezone';
import { formatRule, type Rule } from './rule';

/** One VEVENT. An event with `repeats` does; one with `replaces` stands for one date of the event with the same uid. */
export interface CalendarEvent {
  /** The same as long as it is the same event, whatever of it changes. */
  uid: string;
  /** Grows whenever the event changes. */
  sequence: number;
  /** When it last changed. */
  changedAt: Instant;
  start: Instant;
  end: Instant;
  summary: string;
  location?: string;
  description?: string;
  /** Shown as cancelled instead of silently gone. */
  cancelled?: boolean;
  /** Takes nobody's time: what the public may come to. */
  free?: boolean;
  /** Repeats until this instant, included, whatever COUNT or UNTIL the rule has. */
  repeats?: { rule: Rule; until: Instant; except: readonly Instant[] };
  /** Where the rule of the same uid puts this date. */
  replaces?: Instant;
}

/** A calendar to be read by other programs. */
export interface Calendar {
  name: string;
  /** IANA zone in which times are written. */
  zone: string;
  /** After how many minutes a reader should ask again. */
  refreshMinutes: number;
  events: readonly CalendarEvent[];
}

const EOL = '\r\n';
/** RFC 5545 §3.1: lines no longer than 75 octets, the line break left out. */
const LINE_OCTETS = 75;

/**
 * The iCalendar text, RFC 5545: CRLF, lines folded at 75 octets between characters, texts escaped, times on the wall clock
 * of the zone with its VTIMEZONE, stamps and UNTIL in UTC.
 */
export function writeCalendar({ name, zone, refreshMinutes, events }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Palier//Palier//FR',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escapeText(name)}`,
    `X-WR-TIMEZONE:${zone}`,
    `REFRESH-INTERVAL;VALUE=DURATION:PT${refreshMinutes}M`,
    `X-PUBLISHED-TTL:PT${refreshMinutes}M`,
  ];
  const span = spanOf(events);
  if (span) lines.push(...timezoneLines(zone, span.from, span.to));
  for (const event of events) addEvent(lines, event, zone);
  lines.push('END:VCALENDAR', '');
  return lines.map(fold).join(EOL);
}

function addEvent(lines: string[], event: CalendarEvent, zone: string): void {
  const changed = utc(event.changedAt);
  lines.push(
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${changed}`,
    `LAST-MODIFIED:${changed}`,
    `DTSTART${moment(event.start, zone)}`,
    `DTEND${moment(event.end, zone)}`,
  );
  if (event.replaces !== undefined) lines.push(`RECURRENCE-ID${moment(event.replaces, zone)}`);
  if (event.repeats) {
    const { rule, until, except } = event.repeats;
    // RFC 5545 §3.3.10: beside a DTSTART with a zone, UNTIL is in UTC.
    lines.push(`RRULE:${formatRule({ ...rule, count: null, until: null })};UNTIL=${utc(until)}`);
    for (const date of except) lines.push(`EXDATE${moment(date, zone)}`);
  }
  lines.push(`SUMMARY:${escapeText(event.summary)}`);
  if (event.location) lines.push(`LOCATION:${escapeText(event.location)}`);
  if (event.description) lines.push(`DESCRIPTION:${escapeText(event.description)}`);
  lines.push(
    `STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${event.cancelled || event.free ? 'TRANSPARENT' : 'OPAQUE'}`,
    'END:VEVENT',
  );
}

/** `;TZID=Europe/Paris:20270104T090000`; in UTC for the second of two equal hours, which no wall clock can tell. */
function moment(at: Instant, zone: string): string {
  const minutes = localMinutesAt(at, zone);
  const isFirst = instantOfLocalMinutes(minutes, zone) === at;
  return isFirst ? `;TZID=${zone}:${compactLocal(fromLocalMinutes(minutes))}` : `:${utc(at)}`;
}

function utc(at: Instant): string {
  const minutes = Math.floor(at / MINUTE);
  const seconds = Math.floor((at - minutes * MINUTE) / 1000);
  return `${compactLocal(fromLocalMinutes(minutes)).slice(0, -2)}${String(seconds).padStart(2, '0')}Z`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
const TO_ESCAPE = /[\u0000-\u0008\u000a-\u001f\u007f\\;,]/;

/** TEXT of RFC 5545 §3.3.11. What is no character of a text (controls) is left out. */
export function escapeText(text: string): string {
  if (!TO_ESCAPE.test(text)) return text;
  return (
    text
      .replace(/\r\n?/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
      .replace(/[\\;,]/g, '\\$&')
      .replaceAll('\n', '\\n')
  );
}

/** A content line in pieces of at most 75 octets, cut between characters; the next ones begin with a space. */
export function fold(line: string): string {
  if (fits(line)) return line;
  let pieces = '';
  let piece = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character);
    if (octets + size > LINE_OCTETS) {
      pieces += `${piece}${EOL} `;
      piece = '';
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return pieces + piece;
}

/** Whether a line is short enough as it is: nearly all are, and are looked at unit by unit, without cutting. */
function fits(line: string): boolean {
  if (line.length > LINE_OCTETS) return false;
  let octets = line.length;
  for (let i = 0; i < line.length && octets <= LINE_OCTETS; i += 1) {
    const unit = line.charCodeAt(i);
    // Half of a pair counts three octets here and two there: at worst a line is cut that was just short enough.
    if (unit >= 0x80) octets += unit < 0x800 ? 1 : 2;
  }
  return octets <= LINE_OCTETS;
}

function octetsOf(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

function spanOf(events: readonly CalendarEvent[]): { from: Instant; to: Instant } | null {
  const [first] = events;
  if (!first) return null;
  let { start: from, end: to } = first;
  for (const { start, end, replaces, repeats } of events) {
    from = Math.min(from, start, replaces ?? start) as Instant;
    to = Math.max(to, end, repeats?.until ?? end) as Instant;
  }
  return { from, to };
}
