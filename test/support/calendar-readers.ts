import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { DateTime } from 'luxon';
import rrule from 'rrule';
import { RRuleTemporal } from 'rrule-temporal';

/** What takes place: start and end in epoch seconds, and what it is called. In order. */
export type TakesPlace = [start: number, end: number, summary: string];

/** A program that reads calendars, as independent of our writer as can be; null when it is not installed here. */
export interface CalendarReader {
  name: string;
  read(text: string): TakesPlace[] | null;
}

const SCRIPT = fileURLToPath(new URL('./read-calendar-with-dateutil.py', import.meta.url));
const require = createRequire(import.meta.url);

export const CALENDAR_READERS: CalendarReader[] = [
  { name: 'rrule.js', read: (text) => inOrder(eventsOf(text).flatMap(byRruleJs)) },
  { name: 'rrule-temporal', read: (text) => inOrder(eventsOf(text).flatMap(byRruleTemporal)) },
  { name: 'python-dateutil', read: byDateutil },
  { name: 'ical.js', read: byIcalJs },
  { name: 'node-ical', read: byNodeIcal },
];

function inOrder(events: TakesPlace[]): TakesPlace[] {
  return events.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
}

function byDateutil(text: string): TakesPlace[] | null {
  const { status, stdout, stderr } = spawnSync('python3', [SCRIPT], { input: text, encoding: 'utf8' });
  if (status === null || status === 3) return null;
  if (status !== 0) throw new Error(`python-dateutil: ${stderr}`);
  return inOrder(JSON.parse(stdout));
}

/** A package that the product does not need, when this machine happens to have it (NODE_PATH is looked at too). */
function installed(name: string): any {
  try {
    return require(name);
  } catch {
    return null;
  }
}

function byIcalJs(text: string): TakesPlace[] | null {
  const found = installed('ical.js');
  if (!found) return null;
  const ICAL = found.default ?? found;
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((one: unknown) => new ICAL.Event(one, { exceptions: [] }));
  const alone = events.filter((event: any) => !event.isRecurrenceException());
  for (const event of events)
    if (event.isRecurrenceException()) alone.find(({ uid }: any) => uid === event.uid)?.relateException(event);
  return inOrder(
    alone
      .filter((event: any) => event.component.getFirstPropertyValue('status') !== 'CANCELLED')
      .flatMap((event: any) => {
        if (!event.isRecurring())
          return [[event.startDate.toUnixTime(), event.endDate.toUnixTime(), event.summary] as TakesPlace];
        const found: TakesPlace[] = [];
        const dates = event.iterator();
        for (let date = dates.next(); date; date = dates.next()) {
          const { startDate, endDate, item } = event.getOccurrenceDetails(date);
          found.push([startDate.toUnixTime(), endDate.toUnixTime(), item.summary]);
        }
        return found;
      }),
  );
}

function byNodeIcal(text: string): TakesPlace[] | null {
  const ical = installed('node-ical');
  if (!ical) return null;
  const events: any[] = Object.values(ical.sync.parseICS(text)).filter((one: any) => one.type === 'VEVENT');
  const [from, to] = [new Date('2020-01-01T00:00:00Z'), new Date('2040-01-01T00:00:00Z')];
  return inOrder(
    events
      .filter(({ status }) => status !== 'CANCELLED')
      .flatMap((event) => (event.rrule ? ical.expandRecurringEvent(event, { from, to }) : [event]))
      .map(({ start, end, summary }) => [start.getTime() / 1000, end.getTime() / 1000, summary.val ?? summary]),
  );
}

/** The content lines of one VEVENT, unfolded, by name: the whole line as written. */
interface Event {
  lines: Map<string, string[]>;
  /** Of its repeating event: the dates that others stand for. */
  replaced: number[];
}

function eventsOf(text: string): Event[] {
  const events = text
    .replaceAll('\r\n ', '')
    .split('BEGIN:VEVENT\r\n')
    .slice(1)
    .map((part) => {
      const lines = new Map<string, string[]>();
      for (const line of part.split('END:VEVENT')[0]?.split('\r\n') ?? []) {
        const name = line.split(/[:;]/)[0] ?? '';
        lines.set(name, [...(lines.get(name) ?? []), line]);
      }
      return { lines, replaced: [] as number[] };
    });
  for (const one of events) {
    const at = first(one, 'RECURRENCE-ID');
    if (!at) continue;
    const master = events.find((other) => first(other, 'UID') === first(one, 'UID') && other.lines.has('RRULE'));
    master?.replaced.push(momentOf(at));
  }
  return events.filter((one) => first(one, 'STATUS') !== 'STATUS:CANCELLED');
}

const first = ({ lines }: Event, name: string): string => lines.get(name)?.[0] ?? '';

function momentOf(line: string): number {
  const value = line.slice(line.lastIndexOf(':') + 1);
  const zone = value.endsWith('Z') ? 'UTC' : (/TZID=([^:;]+)/.exec(line)?.[1] ?? '');
  return DateTime.fromFormat(value.replace('Z', ''), "yyyyMMdd'T'HHmmss", { zone }).toSeconds();
}

function placed(event: Event, starts: number[]): TakesPlace[] {
  const lasts = momentOf(first(event, 'DTEND')) - momentOf(first(event, 'DTSTART'));
  const summary = first(event, 'SUMMARY')
    .slice('SUMMARY:'.length)
    .replace(/\\([\\;,n])/g, (_, c) => (c === 'n' ? '\n' : c));
  return starts.filter((at) => !event.replaced.includes(at)).map((at) => [at, at + lasts, summary]);
}

/** rrule.js knows no zones: it is given wall-clock times as if they were UTC, and luxon says what they mean. */
function byRruleJs(event: Event): TakesPlace[] {
  const start = first(event, 'DTSTART');
  const rule = first(event, 'RRULE');
  if (!rule) return placed(event, [momentOf(start)]);
  const zone = /TZID=([^:;]+)/.exec(start)?.[1] ?? 'UTC';
  const wall = (seconds: number) => new Date(`${DateTime.fromSeconds(seconds, { zone }).toISO()?.slice(0, 19)}Z`);
  const options = rrule.RRule.parseString(rule.slice('RRULE:'.length));
  const until = /UNTIL=(\w+)/.exec(rule)?.[1] ?? '';
  const set = new rrule.RRuleSet();
  set.rrule(new rrule.RRule({ ...options, dtstart: wall(momentOf(start)), until: wall(momentOf(`:${until}`)) }));
  for (const line of event.lines.get('EXDATE') ?? []) set.exdate(wall(momentOf(line)));
  const starts = set.all().map((date) => DateTime.fromISO(date.toISOString().slice(0, 19), { zone }).toSeconds());
  return placed(event, starts);
}

/** rrule-temporal reads the lines as they are. */
function byRruleTemporal(event: Event): TakesPlace[] {
  const rule = event.lines.get('RRULE') ?? ['RRULE:FREQ=DAILY;COUNT=1'];
  const rruleString = [first(event, 'DTSTART'), ...rule, ...(event.lines.get('EXDATE') ?? [])].join('\n');
  const starts = new RRuleTemporal({ rruleString }).all().map((date) => Math.floor(date.epochMilliseconds / 1000));
  return placed(event, starts);
}
