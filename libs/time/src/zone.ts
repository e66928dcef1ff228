import { IANAZone } from 'luxon';
import { DAY, type Instant, MINUTE } from './instant';
import { type Interval, interval } from './interval';
import {
  addDays,
  fromEpochDay,
  fromLocalMinutes,
  type LocalDateTime,
  localDateTime,
  MINUTES_PER_DAY,
  type PlainDate,
  type PlainTime,
  plainTime,
  toLocalMinutes,
} from './plain';

/** Where the product is at home; a site says otherwise overseas. */
export const HOME_ZONE = 'Europe/Paris';

const MIDNIGHT = plainTime('00:00');

// Transitions are found once for each stretch of about 398 days, then only looked up: luxon costs sixteen times more.
const STRETCH = 2 ** 35;
// Morocco suspends its summer time for about a month of Ramadan: look often enough to see both changes.
const PROBES = 32;

export type WallReading = { instant: Instant; kind: 'unique' | 'skipped' | 'repeated' };

/** The clock on the wall of a zone; times are wall-clock minutes, see `toLocalMinutes`. */
export interface WallClock {
  read(minutes: number): WallReading;
  /** The instant of `read`. */
  instantAt(minutes: number): Instant;
  /** Whether the clocks skip this time. */
  skips(minutes: number): boolean;
}

interface Transition {
  at: number;
  /** Offset from then on, in milliseconds east of Greenwich. */
  offset: number;
}

interface Stretch {
  offset: number;
  transitions: Transition[];
}

/** The offsets of one IANA zone, remembered as they are met. */
class ZoneTable implements WallClock {
  private readonly stretches = new Map<number, Stretch>();
  // The last stretch met in which the clocks stay as they are: dates that follow each other mostly stay in it.
  private calmFrom = 0;
  private calmTo = 0;
  private calmOffset = 0;

  constructor(private readonly zone: IANAZone) {}

  instantAt(minutes: number): Instant {
    if (this.isCalm(minutes)) return (minutes * MINUTE - this.calmOffset) as Instant;
    return this.read(minutes).instant;
  }

  skips(minutes: number): boolean {
    return !this.isCalm(minutes) && this.read(minutes).kind === 'skipped';
  }

  read(minutes: number): WallReading {
    const wall = minutes * MINUTE;
    // Offsets stay within 14 hours: a day on each side is before and after any change this time could meet.
    const before = this.offsetAt(wall - DAY);
    const after = this.offsetAt(wall + DAY);
    const early = wall - before;
    if (before === after) return { instant: early as Instant, kind: 'unique' };
    const late = wall - after;
    const earlyHolds = this.offsetAt(early) === before;
    const lateHolds = this.offsetAt(late) === after;
    if (earlyHolds) return { instant: early as Instant, kind: lateHolds && late !== early ? 'repeated' : 'unique' };
    if (lateHolds) return { instant: late as Instant, kind: 'unique' };
    return { instant: early as Instant, kind: 'skipped' };
  }

  /** Whether the clocks do not change within a day of this wall-clock time: `calmOffset` is then its offset. */
  private isCalm(minutes: number): boolean {
    return (minutes >= this.calmFrom && minutes < this.calmTo) || this.findCalm(minutes);
  }

  private findCalm(minutes: number): boolean {
    const wall = minutes * MINUTE;
    const index = Math.floor(wall / STRETCH);
    const { offset, transitions } = this.stretchAt(index);
    let [from, to] = [index * STRETCH, (index + 1) * STRETCH];
    let held = offset;
    for (const transition of transitions) {
      if (wall < transition.at) {
        to = transition.at;
        break;
      }
      from = transition.at;
      held = transition.offset;
    }
    if (wall < from + DAY || wall >= to - DAY) return false;
    this.calmFrom = Math.ceil((from + DAY) / MINUTE);
    this.calmTo = Math.floor((to - DAY) / MINUTE);
    this.calmOffset = held;
    return minutes < this.calmTo;
  }

  /** Milliseconds east of Greenwich at an instant. */
  offsetAt(at: number): number {
    const { offset, transitions } = this.stretchAt(Math.floor(at / STRETCH));
    let held = offset;
    for (const transition of transitions) {
      if (at < transition.at) break;
      held = transition.offset;
    }
    return held;
  }

  private stretchAt(index: number): Stretch {
    const known = this.stretches.get(index);
    if (known) return known;
    const stretch = this.explore(index * STRETCH);
    this.stretches.set(index, stretch);
    return stretch;
  }

  private explore(from: number): Stretch {
    const first = this.ask(from);
    const transitions: Transition[] = [];
    let offset = first;
    for (let i = 1; i <= PROBES; i += 1) {
      const low = from + ((i - 1) * STRETCH) / PROBES;
      // The next stretch's first instant belongs to it.
      const high = i === PROBES ? from + STRETCH - 1 : from + (i * STRETCH) / PROBES;
      const found = this.ask(high);
      if (found !== offset) {
        transitions.push({ at: this.findChange(low, high, offset), offset: found });
        offset = found;
      }
    }
    return { offset: first, transitions };
  }

  private findChange(low: number, high: number, before: number): number {
    let [still, changed] = [low, high];
    while (changed - still > 1) {
      const middle = Math.floor((still + changed) / 2);
      if (this.ask(middle) === before) still = middle;
      else changed = middle;
    }
    return changed;
  }

  private ask(at: number): number {
    return Math.round(this.zone.offset(at) * MINUTE);
  }
}

const tables = new Map<string, ZoneTable>();

function tableOf(zone: string): ZoneTable {
  const known = tables.get(zone);
  if (known) return known;
  if (!isZone(zone)) throw new RangeError(`Not an IANA zone: ${zone}`);
  const table = new ZoneTable(IANAZone.create(zone));
  tables.set(zone, table);
  return table;
}

/** Whether the text names a zone of the IANA database known here. */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/**
 * What a wall-clock time means in a zone, RFC 5545 §3.3.5: one that the clocks skip is read with the offset before the
 * gap (it moves forward by the gap), one that they repeat is the first of the two.
 * @param minutes wall-clock minutes, see `toLocalMinutes`. @throws RangeError for an unknown zone.
 */
export function readWallMinutes(minutes: number, zone: string): WallReading {
  return tableOf(zone).read(minutes);
}

/** The clock of a zone, for loops that ask it often. @throws RangeError for an unknown zone. */
export function wallClockOf(zone: string): WallClock {
  return tableOf(zone);
}

/** The instant of wall-clock minutes: `toInstant` for loops that count in integers. */
export function instantOfLocalMinutes(minutes: number, zone: string): Instant {
  return tableOf(zone).instantAt(minutes);
}

/** The instant a wall clock shows this time; see `readWallMinutes` for the clock changes. @throws RangeError */
export function toInstant(local: LocalDateTime, zone: string = HOME_ZONE): Instant {
  return tableOf(zone).instantAt(toLocalMinutes(local));
}

/** Whether the clocks skip this time: there is no such hour that day. @throws RangeError for an unknown zone. */
export function isSkipped(local: LocalDateTime, zone: string = HOME_ZONE): boolean {
  return tableOf(zone).skips(toLocalMinutes(local));
}

/** Wall-clock minutes shown at an instant, seconds dropped. */
export function localMinutesAt(at: Instant, zone: string): number {
  return Math.floor((at + tableOf(zone).offsetAt(at)) / MINUTE);
}

/** What a wall clock shows at an instant, to the minute. @throws RangeError for an unknown zone. */
export function toLocal(at: Instant, zone: string = HOME_ZONE): LocalDateTime {
  return fromLocalMinutes(localMinutesAt(at, zone));
}

/** The calendar date at an instant in a zone. */
export function dateAt(at: Instant, zone: string = HOME_ZONE): PlainDate {
  return fromEpochDay(Math.floor(localMinutesAt(at, zone) / MINUTES_PER_DAY));
}

/** A whole date in a zone, from its first instant to the next date's: 23 or 25 hours when the clocks change. */
export function dayBounds(date: PlainDate, zone: string = HOME_ZONE): Interval {
  return {
    start: toInstant(localDateTime(date, MIDNIGHT), zone),
    end: toInstant(localDateTime(addDays(date, 1), MIDNIGHT), zone),
  };
}

/** Two wall-clock times of one date as an interval. @throws RangeError unless start < end once in the zone. */
export function intervalOn(date: PlainDate, start: PlainTime, end: PlainTime, zone: string = HOME_ZONE): Interval {
  return interval(toInstant(localDateTime(date, start), zone), toInstant(localDateTime(date, end), zone));
}
