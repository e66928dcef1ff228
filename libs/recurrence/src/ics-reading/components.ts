import { type ContentLine, eachLine, plainText } from './content-lines';
import { type Moment, readMoment } from './moments';

/** An event as it is written, before anything is made of it. */
export interface RawEvent {
  uid: string;
  title: string;
  location: string;
  sequence: number;
  isCancelled: boolean;
  isPrivate: boolean;
  start: Moment | null;
  end: Moment | null;
  duration: string | null;
  rules: string[];
  /** RFC 2445's rules of what is left out: no reader of today knows them. */
  hasExclusionRule: boolean;
  added: AddedDate[];
  removed: Moment[];
  /** Which date of the event of the same uid it stands for. */
  replaces: Moment | null;
  /** It stands for that date and all that follow. */
  andFollowing: boolean;
}

/** An RDATE: one more date, perhaps with an end of its own (a PERIOD). */
export interface AddedDate {
  start: Moment;
  end: Moment | null;
  duration: string | null;
}

/** One part of a VTIMEZONE: the offset that holds from its moments on. */
export interface Observance {
  start: string;
  from: string;
  to: string;
  rule: string | null;
  dates: string[];
}

export interface RawZone {
  id: string;
  /** The IANA name that some programs add. */
  location: string | null;
  observances: Observance[];
}

export interface RawCalendar {
  isCalendar: boolean;
  name: string;
  zone: string | null;
  zones: RawZone[];
  events: RawEvent[];
  /** It holds more events, or more dates, than are read. */
  isTooLong: boolean;
}

const MOST_EVENTS = 5_000;
/** Of all RDATE and EXDATE together. */
const MOST_DATES = 5_000;
const MOST_ZONES = 50;
const MOST_OBSERVANCES = 60;
const MOST_RULES = 5;

const WANTED = new Set([
  ...[
    'BEGIN',
    'END',
    'X-WR-CALNAME',
    'NAME',
    'X-WR-TIMEZONE',
    'UID',
    'SUMMARY',
    'LOCATION',
    'SEQUENCE',
    'STATUS',
    'CLASS',
  ],
  ...['DTSTART', 'DTEND', 'DURATION', 'RRULE', 'EXRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID'],
  ...['TZID', 'X-LIC-LOCATION', 'TZOFFSETFROM', 'TZOFFSETTO'],
]);

/** The events and zones of a calendar; whatever else it holds (alarms, tasks, people) is passed over. Never throws. */
export function readComponents(text: string): RawCalendar {
  const calendar: RawCalendar = {
    isCalendar: false,
    name: '',
    zone: null,
    zones: [],
    events: [],
    isTooLong: false,
  };
  let event: RawEvent | null = null;
  let zone: RawZone | null = null;
  let observance: Observance | null = null;
  /** Depth of what is inside an event and none of it, an alarm. */
  let inside = 0;
  let dates = 0;
  const begin = (kind: string) => {
    if (kind === 'VCALENDAR') calendar.isCalendar = true;
    else if (kind === 'VEVENT') {
      // One that was never ended: the next begins all the same.
      event = newEvent();
      inside = 0;
      if (calendar.events.length < MOST_EVENTS) calendar.events.push(event);
      else calendar.isTooLong = true;
    } else if (event) inside += 1;
    else if (kind === 'VTIMEZONE') {
      zone = { id: '', location: null, observances: [] };
      if (calendar.zones.length < MOST_ZONES) calendar.zones.push(zone);
    } else if (zone && (kind === 'STANDARD' || kind === 'DAYLIGHT')) {
      observance = { start: '', from: '', to: '', rule: null, dates: [] };
      if (zone.observances.length < MOST_OBSERVANCES) zone.observances.push(observance);
    } else inside += 1;
  };
  const end = (kind: string) => {
    if (kind === 'VEVENT') {
      event = null;
      inside = 0;
    } else if (inside > 0) inside -= 1;
    else if (kind === 'VTIMEZONE') zone = null;
    else observance = null;
  };
  eachLine(text, WANTED, (line) => {
    const { name, value } = line;
    if (name === 'BEGIN') begin(value.toUpperCase());
    else if (name === 'END') end(value.toUpperCase());
    else if (inside > 0) return true;
    else if (event) {
      dates += addToEvent(event, line, MOST_DATES - dates);
      if (dates >= MOST_DATES) calendar.isTooLong = true;
    } else if (observance) addToObservance(observance, line);
    else if (zone) {
      if (name === 'TZID') zone.id = value;
      else if (name === 'X-LIC-LOCATION') zone.location = value;
    } else if (name === 'X-WR-TIMEZONE') calendar.zone ??= value;
    else if (name === 'X-WR-CALNAME' || name === 'NAME') calendar.name ||= plainText(value, 120);
    return !calendar.isTooLong;
  });
  return calendar;
}

function newEvent(): RawEvent {
  return {
    uid: '',
    title: '',
    location: '',
    sequence: 0,
    isCancelled: false,
    isPrivate: false,
    start: null,
    end: null,
    duration: null,
    rules: [],
    hasExclusionRule: false,
    added: [],
    removed: [],
    replaces: null,
    andFollowing: false,
  };
}

/** How many dates it added, at most `room`. */
function addToEvent(event: RawEvent, { name, parameters, value }: ContentLine, room: number): number {
  const moment = () => readMoment(value, parameters.TZID || null);
  switch (name) {
    case 'UID':
      event.uid ||= value.slice(0, 300);
      break;
    case 'SUMMARY':
      event.title ||= plainText(value, 120);
      break;
    case 'LOCATION':
      event.location ||= plainText(value, 200);
      break;
    case 'SEQUENCE':
      event.sequence = /^\d{1,10}$/.test(value) ? Number(value) : 0;
      break;
    case 'STATUS':
      event.isCancelled = value.toUpperCase() === 'CANCELLED';
      break;
    case 'CLASS':
      event.isPrivate = /^(PRIVATE|CONFIDENTIAL)$/i.test(value);
      break;
    case 'DTSTART':
      event.start ??= moment();
      break;
    case 'DTEND':
      event.end ??= moment();
      break;
    case 'DURATION':
      event.duration ??= value;
      break;
    case 'RRULE':
      if (event.rules.length < MOST_RULES) event.rules.push(value);
      break;
    case 'EXRULE':
      event.hasExclusionRule = true;
      break;
    case 'RECURRENCE-ID':
      event.replaces ??= moment();
      event.andFollowing = /^THISANDFUTURE$/i.test(parameters.RANGE ?? '');
      break;
    case 'RDATE':
    case 'EXDATE':
      return addDates(event, name, value, parameters.TZID || null, room);
  }
  return 0;
}

function addDates(event: RawEvent, name: string, value: string, zone: string | null, room: number): number {
  // One more than are asked for: how many there are is not counted beyond.
  const written = value.split(',', room);
  for (const one of written) {
    const [start = '', end = null] = one.trim().split('/');
    const moment = readMoment(start, zone);
    if (!moment) continue;
    if (name === 'EXDATE') event.removed.push(moment);
    else {
      const isLength = end !== null && /^\+?P/i.test(end);
      event.added.push({
        start: moment,
        end: end === null || isLength ? null : readMoment(end, zone),
        duration: isLength ? end : null,
      });
    }
  }
  return written.length;
}

function addToObservance(observance: Observance, { name, value }: ContentLine): void {
  if (name === 'DTSTART') observance.start = value;
  else if (name === 'TZOFFSETFROM') observance.from = value;
  else if (name === 'TZOFFSETTO') observance.to = value;
  else if (name === 'RRULE') observance.rule ??= value;
  else if (name === 'RDATE' && observance.dates.length < MOST_OBSERVANCES)
    observance.dates.push(...value.split(',', 60));
}
