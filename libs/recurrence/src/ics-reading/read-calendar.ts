import {
  dateOf,
  fromEpochDay,
  fromLocalMinutes,
  type LocalDateTime,
  MINUTES_PER_DAY,
  type PlainDate,
  type PlainTime,
  timeOfMinute,
  toEpochDay,
} from '@app/time';
import { expandMinutes, type PreparedSeries } from '../series';
import { type CalendarClock, CalendarClocks } from './calendar-clocks';
import { type RawEvent, readComponents } from './components';
import { datesAsRules, ONCE } from './dates-as-rules';
import { decodeCalendar } from './decode';
import { type Moment, readDuration } from './moments';
import type { CalendarLine, CalendarReading, NotKept, NotKeptWhy } from './reading';
import { readRepetition } from './repetition';

/** Ten years of a busy calendar; read within a few hundredths of a second. */
export const LONGEST_CALENDAR = 2_000_000;
/** Different rules are read one by one; one whose days are counted out costs as much as some others. */
const MOST_RULES = 150;
const COST_OF_COUNTING = 10;
/** Of single dates, and those that rules leave out. */
const MOST_DATES = 5_000;
/** Of the dates that one rule leaves out. */
const MOST_LEFT_OUT = 60;
const MOST_NOT_KEPT = 300;
/** What is further is a slip of the hand, or for ever. */
const YEARS_AHEAD = 5;

export interface CalendarReader {
  /** Nothing before this day is kept. */
  today: PlainDate;
  /** The IANA zone in which lines are told. */
  zone: string;
}

/**
 * What an iCalendar file says takes place from today on, RFC 5545, as tolerantly as files are written in earnest: broken
 * folding, bytes of another alphabet, names of zones by Windows, dates added as periods. Rules are kept when the whitelist
 * holds them; else their dates, when they end; else they are told as not kept, each with its reason: nothing is guessed.
 * Bounded in size and in work, and never throws.
 */
export function readCalendar(file: Uint8Array | string, { today, zone }: CalendarReader): CalendarReading {
  if (file.length > LONGEST_CALENDAR) return { ok: false, why: 'too-large' };
  const raw = readComponents(typeof file === 'string' ? file : decodeCalendar(file));
  if (!raw.isCalendar) return { ok: false, why: 'not-a-calendar' };
  if (raw.isTooLong) return { ok: false, why: 'too-many-events' };
  const reader = new Reader(new CalendarClocks(raw, zone, today), today);
  for (const series of seriesOf(raw.events)) reader.read(series);
  return { ok: true, name: raw.name, ...reader.finish() };
}

/** An event, and those that stand for one of its dates. */
interface Series {
  event: RawEvent;
  overrides: RawEvent[];
}

function seriesOf(events: readonly RawEvent[]): Series[] {
  const byUid = new Map<string, RawEvent[]>();
  for (const [index, event] of events.entries()) {
    const key = event.uid || `\n${index}`;
    const others = byUid.get(key);
    if (others) others.push(event);
    else byUid.set(key, [event]);
  }
  return [...byUid.values()].flatMap((same) => {
    if (same.length === 1) return same.map((event) => ({ event, overrides: [] }));
    const masters = latest(same.filter(({ replaces }) => !replaces));
    const overrides = latest(same.filter(({ replaces }) => replaces));
    const [first, ...others] = masters;
    // Dates of an event that the file does not hold stand for themselves.
    if (!first) return overrides.map((event) => ({ event, overrides: [] }));
    return [{ event: first, overrides }, ...others.map((event) => ({ event, overrides: [] }))];
  });
}

/** Of those that are of the same date, the last that was changed. */
function latest(events: readonly RawEvent[]): RawEvent[] {
  const found = new Map<string, RawEvent>();
  const highest = Math.max(0, ...events.map(({ sequence, replaces }) => (replaces ? 0 : sequence)));
  for (const event of events) {
    if (!event.replaces && event.sequence < highest) continue;
    const key = JSON.stringify(event.replaces ?? event.start);
    const before = found.get(key);
    if (!before || event.sequence >= before.sequence) found.set(key, event);
  }
  return [...found.values()];
}

/** When something takes place, in minutes of its own clock. */
interface Span {
  clock: CalendarClock;
  start: number;
  /** Null: no end is given. */
  length: number | null;
  isWholeDay: boolean;
}

/** What tells lines apart. */
interface Said {
  title: string;
  location: string;
  start: PlainTime | null;
  end: PlainTime | null;
}

class Reader {
  private readonly lines: CalendarLine[] = [];
  /** Single dates, by what is said of them. */
  private readonly dates = new Map<string, { said: Said; dates: PlainDate[] }>();
  private readonly notKept: NotKept[] = [];
  private readonly today: number;
  private readonly furthest: number;
  private past = 0;
  private cancelled = 0;
  private rulesLeft = MOST_RULES;
  private datesLeft = MOST_DATES;

  constructor(
    private readonly clocks: CalendarClocks,
    today: PlainDate,
  ) {
    this.today = toEpochDay(today) * MINUTES_PER_DAY;
    this.furthest = this.today + YEARS_AHEAD * 366 * MINUTES_PER_DAY;
  }

  read({ event, overrides }: Series): void {
    if (event.isCancelled) {
      this.cancelled += 1;
      return;
    }
    const span = this.spanOf(event);
    if (!span) return;
    if (event.hasExclusionRule) {
      this.leave(event, span, 'exclusion-rule');
      return;
    }
    const changed = this.overridden(event, span, overrides);
    const removed = this.removedFrom(event, span, changed);
    if (event.rules.length === 0) this.single(event, span, span.start, removed);
    for (const rule of event.rules) this.repeated(event, span, rule, removed);
    for (const { start, end, duration } of event.added) {
      const added = this.spanBetween(start, end, duration);
      const own = added && (added.length === null || !(end || duration)) ? { ...added, length: span.length } : added;
      if (!own) this.leave(event, null, 'unknown-zone');
      else if (!removed.has(asOn(span.clock, own))) this.single(event, own, own.start, removed);
    }
  }

  finish(): { lines: CalendarLine[]; notKept: NotKept[]; past: number; cancelled: number } {
    const dated = [...this.dates.values()].flatMap(({ said, dates }) =>
      datesAsRules(dates).map((rule) => ({ ...said, ...rule })),
    );
    // What comes back is more of a permanence than what takes place once.
    const once = (line: CalendarLine) => (line.rrule === ONCE ? 1 : 0);
    // An event that someone entered twice is one line.
    const all = new Map([...this.lines, ...dated].map((line) => [JSON.stringify(line), line]));
    const lines = [...all.values()].sort(
      (a, b) =>
        once(a) - once(b) ||
        compare(a.from, b.from) ||
        compare(a.start ?? '', b.start ?? '') ||
        compare(a.title, b.title),
    );
    return { lines, notKept: this.notKept, past: this.past, cancelled: this.cancelled };
  }

  /** The dates that other events stand for, taken out; what those say is read beside. */
  private overridden(event: RawEvent, span: Span, overrides: readonly RawEvent[]): Set<number> {
    const taken = new Set<number>();
    for (const override of overrides) {
      const at = override.replaces && this.onClock(override.replaces, span);
      if (at === null) continue;
      const own = override.isCancelled ? null : this.spanOf(override);
      if (override.andFollowing) {
        this.leave(override, own ?? span, 'this-and-following');
        continue;
      }
      // Only its description changed: the date is as the rule says.
      const isAlike =
        own?.length === span.length &&
        asOn(span.clock, own) === at &&
        titleOf(override) === titleOf(event) &&
        override.location === event.location;
      if (isAlike) continue;
      taken.add(at);
      if (own) this.single(override, own, own.start, new Set());
    }
    return taken;
  }

  /** EXDATEs beside them. A date alone takes out whatever is on it. */
  private removedFrom({ removed }: RawEvent, span: Span, taken: Set<number>): Set<number> {
    for (const moment of removed) {
      const at = this.onClock(moment, span);
      if (at !== null) taken.add(at);
    }
    return taken;
  }

  /** A moment on the clock of the event it belongs to, at its hour when it is a date alone. */
  private onClock(moment: Moment, span: Span): number | null {
    if (moment.kind === 'date') {
      return (
        toEpochDay(moment.date) * MINUTES_PER_DAY +
        (((span.start % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY)
      );
    }
    if (moment.kind === 'instant') return span.clock.fromInstant(moment.at);
    const clock = moment.zone === null ? span.clock : this.clocks.of(moment.zone);
    if (!clock) return null;
    return clock === span.clock ? moment.minutes : span.clock.fromInstant(clock.toInstant(moment.minutes));
  }

  private spanOf(event: RawEvent): Span | null {
    if (!event.start) {
      this.leave(event, null, 'no-date');
      return null;
    }
    const span = this.spanBetween(event.start, event.end, event.duration);
    if (!span) this.leave(event, null, 'unknown-zone');
    return span;
  }

  /** Null when the zone is unknown. */
  private spanBetween(start: Moment, end: Moment | null, duration: string | null): Span | null {
    const clock = this.clockOf(start);
    if (!clock) return null;
    if (start.kind === 'date') {
      const first = toEpochDay(start.date) * MINUTES_PER_DAY;
      const lasts =
        end?.kind === 'date' ? toEpochDay(end.date) * MINUTES_PER_DAY - first : readDuration(duration ?? '');
      // DTEND is the day after; some write the day itself.
      return { clock, start: first, length: Math.max(lasts ?? 0, MINUTES_PER_DAY), isWholeDay: true };
    }
    const begins = start.kind === 'wall' ? start.minutes : clock.fromInstant(start.at);
    const span = { clock, start: begins, length: null, isWholeDay: false };
    const ends = end && end.kind !== 'date' ? this.onClock(end, span) : null;
    const length = ends === null ? readDuration(duration ?? '') : ends - begins;
    return { ...span, length: length !== null && length > 0 ? length : null };
  }

  private clockOf(moment: Moment): CalendarClock | null {
    // A day is the same day on every clock.
    if (moment.kind === 'date') return this.clocks.home;
    return moment.kind === 'instant' ? this.clocks.universal : this.clocks.of(moment.zone);
  }

  private repeated(event: RawEvent, span: Span, written: string, removed: ReadonlySet<number>): void {
    if (this.rulesLeft <= 0) {
      this.leave(event, span, 'too-many-rules', written);
      return;
    }
    this.rulesLeft -= 1;
    const today = this.today - (span.clock.ahead ?? 0);
    const repetition = readRepetition(written, span.start, span.clock, today);
    if (repetition.counted) this.rulesLeft -= COST_OF_COUNTING;
    switch (repetition.kind) {
      case 'over':
        this.past += 1;
        return;
      case 'not-kept':
        this.leave(event, span, repetition.why, written);
        return;
      case 'dates':
        this.listed(event, span, repetition.starts, removed);
        return;
      case 'rule': {
        const { rrule, series, first, last, startsOutside } = repetition;
        if (startsOutside) this.leave(event, span, 'start-outside-rule', written);
        if (span.clock.ahead !== null && isSameDay(first, first + span.clock.ahead)) {
          this.kept(event, span, { rrule, series, first, last }, removed);
          return;
        }
        // On a clock that does not go with ours a rule is other hours in summer: its dates can be said, not the rule.
        if (last === null) {
          this.leave(event, span, 'clock-changes', written);
          return;
        }
        this.listed(event, span, expandMinutes(series, today, last + 1, this.datesLeft + 1), removed);
      }
    }
  }

  private kept(
    event: RawEvent,
    span: Span,
    rule: { rrule: string; series: PreparedSeries; first: number; last: number | null },
    removed: ReadonlySet<number>,
  ): void {
    const said = this.saidOf(event, span, rule.first);
    if (!said) return;
    const without = [...removed]
      .filter((at) => at >= rule.first && at <= this.furthest && expandMinutes(rule.series, at, at + 1, 1).length > 0)
      .sort((a, b) => a - b);
    if (without.length > MOST_LEFT_OUT) {
      this.leave(event, span, 'too-many-left-out');
      return;
    }
    const taken = new Set(without);
    const first = taken.has(rule.first) ? this.nextHeld(rule.series, rule.first, taken) : rule.first;
    if (first === null) {
      this.past += 1;
      return;
    }
    this.datesLeft -= without.length;
    this.lines.push({
      ...said,
      rrule: rule.rrule,
      from: dayOf(first),
      last: rule.last === null ? null : dayOf(rule.last),
      without: without.filter((at) => at > first).map(dayOf),
    });
  }

  private nextHeld(series: PreparedSeries, from: number, taken: ReadonlySet<number>): number | null {
    const next = expandMinutes(series, from, this.furthest, taken.size + 1);
    return next.find((at) => !taken.has(at)) ?? null;
  }

  private listed(event: RawEvent, span: Span, starts: readonly number[], removed: ReadonlySet<number>): void {
    for (const start of starts) {
      if (this.datesLeft <= 0) {
        this.leave(event, span, 'too-many-dates');
        return;
      }
      this.single(event, span, start, removed);
    }
  }

  private single(event: RawEvent, span: Span, start: number, removed: ReadonlySet<number>): void {
    if (removed.has(start)) return;
    const at = span.clock.toHome(start);
    if (at < this.today) {
      this.past += 1;
      return;
    }
    if (at > this.furthest || this.datesLeft <= 0) {
      this.leave(event, { ...span, start }, 'too-many-dates');
      return;
    }
    const said = this.saidOf(event, span, start);
    if (!said) return;
    this.datesLeft -= 1;
    const key = `${said.start}|${said.end}|${said.title}|${said.location}`;
    const known = this.dates.get(key);
    if (known) known.dates.push(dayOf(at));
    else this.dates.set(key, { said, dates: [dayOf(at)] });
  }

  /** Its words and hours at home; null, and told, for what goes on into another day. */
  private saidOf(event: RawEvent, span: Span, start: number): Said | null {
    const words = { title: titleOf(event), location: event.location };
    if (span.isWholeDay) {
      if ((span.length ?? 0) > MINUTES_PER_DAY) {
        this.leave(event, { ...span, start }, 'several-days');
        return null;
      }
      return { ...words, start: null, end: null };
    }
    const begins = span.clock.toHome(start);
    if (span.length === null) return { ...words, start: timeAt(begins), end: null };
    const ends = span.clock.toHome(start + span.length);
    if (!isSameDay(begins, ends) || ends <= begins) {
      this.leave(event, { ...span, start }, 'several-days');
      return null;
    }
    return { ...words, start: timeAt(begins), end: timeAt(ends) };
  }

  private leave(event: RawEvent, span: Span | null, why: NotKeptWhy, written = ''): void {
    if (this.notKept.length >= MOST_NOT_KEPT) return;
    const { start } = event;
    const zone = why === 'unknown-zone' && start?.kind === 'wall' ? (start.zone ?? '') : '';
    this.notKept.push({
      title: titleOf(event),
      why,
      when: span ? momentOf(span.clock.toHome(span.start), span.isWholeDay) : asWritten(start),
      written: (written || zone).slice(0, 200),
    });
  }
}

/** What its owner keeps private has no title for us. */
function titleOf({ title, isPrivate }: RawEvent): string {
  return isPrivate ? '' : title;
}

function asOn(clock: CalendarClock, span: Span): number {
  return clock === span.clock ? span.start : clock.fromInstant(span.clock.toInstant(span.start));
}

function momentOf(minutes: number, isWholeDay: boolean): LocalDateTime | PlainDate {
  const local = fromLocalMinutes(minutes);
  return isWholeDay ? dateOf(local) : local;
}

function asWritten(start: Moment | null): LocalDateTime | PlainDate | null {
  if (start?.kind === 'date') return start.date;
  return start?.kind === 'wall' ? fromLocalMinutes(start.minutes) : null;
}

const isSameDay = (a: number, b: number): boolean =>
  Math.floor(a / MINUTES_PER_DAY) === Math.floor(b / MINUTES_PER_DAY);
const dayOf = (minutes: number): PlainDate => fromEpochDay(Math.floor(minutes / MINUTES_PER_DAY));
const timeAt = (minutes: number): PlainTime =>
  timeOfMinute(minutes - Math.floor(minutes / MINUTES_PER_DAY) * MINUTES_PER_DAY);

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
