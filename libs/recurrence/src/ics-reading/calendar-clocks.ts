import {
  addDays,
  fromLocalMinutes,
  type Instant,
  instantOfLocalMinutes,
  isZone,
  localMinutesAt,
  MINUTE,
  MINUTES_PER_DAY,
  type PlainDate,
  toEpochDay,
} from '@app/time';
import { expandMinutes, prepareSeries } from '../series';
import { firstOccurrenceOnOrAfter } from '../first-occurrence';
import { parseRule } from '../parse';
import type { Observance, RawCalendar, RawZone } from './components';
import { readMoment, readOffset } from './moments';
import { windowsZone } from './windows-zones';

/** A wall clock on which events are written, beside the one at home. Minutes are those of `toLocalMinutes`. */
export interface CalendarClock {
  toInstant(minutes: number): Instant;
  fromInstant(at: Instant): number;
  /** What the clock at home shows then. */
  toHome(minutes: number): number;
  /** How many minutes the clock at home is ahead, when that is the same all along what is to come; else null. */
  ahead: number | null;
}

/** Finding out what a name means costs: a calendar names two or three, an attack thousands. */
const MOST_NAMES = 12;
const LONGEST_NAME = 120;
const DAYS_COMPARED = 560;

/** The wall clocks of a calendar by their TZID; each is found once. */
export class CalendarClocks {
  private readonly clocks = new Map<string, CalendarClock | null>();
  private readonly floating: CalendarClock;
  readonly home: CalendarClock;
  readonly universal: CalendarClock;

  /** @param homeZone the zone of those who read; @param today from when on clocks are compared */
  constructor(
    private readonly calendar: Pick<RawCalendar, 'zone' | 'zones'>,
    private readonly homeZone: string,
    private readonly today: PlainDate,
  ) {
    this.home = this.inZone(homeZone);
    this.universal = this.byOffsets(() => 0);
    const named = calendar.zone === null ? null : this.named(calendar.zone);
    this.floating = named ?? this.home;
  }

  /** @param name null: a time on whatever wall clock, the calendar's own. Null for a name that means nothing. */
  of(name: string | null): CalendarClock | null {
    return name === null ? this.floating : this.named(name);
  }

  private named(name: string): CalendarClock | null {
    const known = this.clocks.get(name);
    if (known !== undefined) return known;
    const found = this.clocks.size < MOST_NAMES && name.length <= LONGEST_NAME ? this.find(name) : null;
    if (this.clocks.size < MOST_NAMES) this.clocks.set(name, found);
    return found;
  }

  private find(name: string): CalendarClock | null {
    const written = this.calendar.zones.find(({ id }) => id === name);
    const zone = [name, written?.location ?? '', windowsZone(name) ?? '', lastParts(name, 2), lastParts(name, 3)].find(
      (one) => one !== '' && isZone(one),
    );
    if (zone !== undefined) return this.inZone(zone);
    const offsets = written && offsetsOf(written, this.today);
    return offsets ? this.byOffsets(offsets) : null;
  }

  private inZone(zone: string): CalendarClock {
    if (zone === this.homeZone) {
      return {
        toInstant: (minutes) => instantOfLocalMinutes(minutes, zone),
        fromInstant: (at) => localMinutesAt(at, zone),
        toHome: (minutes) => minutes,
        ahead: 0,
      };
    }
    return this.compared({
      toInstant: (minutes) => instantOfLocalMinutes(minutes, zone),
      fromInstant: (at) => localMinutesAt(at, zone),
    });
  }

  /** @param offsetAt minutes east of Greenwich at a time of this clock */
  private byOffsets(offsetAt: (minutes: number) => number): CalendarClock {
    return this.compared({
      toInstant: (minutes) => ((minutes - offsetAt(minutes)) * MINUTE) as Instant,
      fromInstant: (at) => {
        const universal = Math.floor(at / MINUTE);
        return universal + offsetAt(universal + offsetAt(universal));
      },
    });
  }

  private compared(clock: Pick<CalendarClock, 'toInstant' | 'fromInstant'>): CalendarClock {
    const toHome = (minutes: number) => localMinutesAt(clock.toInstant(minutes), this.homeZone);
    const noon = toEpochDay(this.today) * MINUTES_PER_DAY + MINUTES_PER_DAY / 2;
    const ahead = toHome(noon) - noon;
    let isSteady = true;
    for (let day = 1; day <= DAYS_COMPARED && isSteady; day += 1) {
      const at = noon + day * MINUTES_PER_DAY;
      isSteady = toHome(at) - at === ahead;
    }
    return { ...clock, toHome, ahead: isSteady ? ahead : null };
  }
}

/** "/freeassociation.sourceforge.net/Europe/Paris" is Europe/Paris. */
function lastParts(name: string, count: number): string {
  const parts = name.split('/');
  return parts.length > count ? parts.slice(-count).join('/') : '';
}

const YEARS_KNOWN = 7;
/** The latest ones: zones that are written with all their history have dozens that hold no more. */
const MOST_RULES = 12;

/** The offsets of a VTIMEZONE, by the moments at which each begins to hold; null when it says none. */
function offsetsOf(zone: RawZone, today: PlainDate): ((minutes: number) => number) | null {
  const latestFirst = [...zone.observances].sort((a, b) => (a.start > b.start ? -1 : 1));
  const changes = latestFirst
    .flatMap((observance, nth) => changesOf(nth < MOST_RULES ? observance : { ...observance, rule: null }, today))
    .sort((a, b) => a.at - b.at);
  const [first] = changes;
  if (!first) return null;
  return (minutes) => {
    let [low, high] = [0, changes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((changes[middle]?.at ?? 0) <= minutes) low = middle + 1;
      else high = middle;
    }
    return changes[low - 1]?.after ?? first.before;
  };
}

interface OffsetChange {
  /** On the wall clock before the change. */
  at: number;
  before: number;
  after: number;
}

function changesOf({ start, from, to, rule, dates }: Observance, today: PlainDate): OffsetChange[] {
  const after = readOffset(to);
  const before = readOffset(from) ?? after;
  if (after === null || before === null) return [];
  const first = wallOf(start);
  const moments = [first, ...dates.map(wallOf), ...repeated(first, rule, today)].filter((at) => at !== null);
  return moments.map((at) => ({ at, before, after }));
}

function wallOf(text: string): number | null {
  const moment = readMoment(text.trim(), null);
  if (moment?.kind === 'wall') return moment.minutes;
  // Outlook dates its zones from 1601: what matters is their rule.
  const old = /^1[6-8]\d\d(\d{4}T\d{4})/.exec(text.trim());
  const later = old && readMoment(`1900${old[1]}00`, null);
  return later?.kind === 'wall' ? later.minutes : null;
}

function repeated(first: number | null, rule: string | null, today: PlainDate): number[] {
  if (first === null || rule === null) return [];
  const parsed = parseRule(rule, 'UTC');
  if (!parsed.ok || parsed.rule.frequency !== 'YEARLY') return [];
  const start = fromLocalMinutes(first);
  const date = firstOccurrenceOnOrAfter(parsed.rule, start.slice(0, 10) as PlainDate);
  if (date === null) return [];
  const dtstart = `${date}T${start.slice(11)}` as typeof start;
  const series = prepareSeries({ rule: parsed.rule, dtstart });
  if (!series.ok) return [];
  const year = (years: number) => toEpochDay(addDays(today, years * 366)) * MINUTES_PER_DAY;
  return expandMinutes(series.series, year(-2), year(YEARS_KNOWN), YEARS_KNOWN * 4);
}
