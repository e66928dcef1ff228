import { freePairs, freeSeats } from '@app/availability';
import {
  addMinutes,
  dateAt,
  type Instant,
  type Interval,
  type LocalDateTime,
  overlaps,
  type PlainDate,
  timeOf,
  toLocal,
} from '@app/time';

/** What receives one person at a time within an occurrence: an agent's time, or one of its places. */
export interface Counter {
  resourceId: string;
  agentId: string | null;
  /** The place's number from 1; null when it is an agent. */
  seat: number | null;
}

/** A stretch when a counter can't receive; what takes it includes its pauses. */
export interface Busy extends Interval {
  /** Held for someone who is being written down, until then; null when it is taken. */
  until: Instant | null;
  /** The agent is away. */
  away: boolean;
}

/** A counter on one date, with all that makes it busy. */
export interface Attended extends Counter {
  /** It is what the search asks for: this agent, this language. */
  answers: boolean;
  busy: readonly Busy[];
}

/** What one appointment of a motif takes. */
export interface Need {
  durationMinutes: number;
  /** Kept free around it by whoever receives. */
  pauseBefore: number;
  pauseAfter: number;
  /** Counters it takes at once: an interview of two agents takes two. */
  agents: number;
}

/** One date of a permanence, as booking needs to know it. */
export interface Held {
  id: string;
  siteId: string;
  roomId: string | null;
  during: Interval;
  mode: 'walk-in' | 'appointment' | 'group' | 'internal';
  counters: readonly Attended[];
  /** What else is received on it takes, in minutes with the pauses: no gap is left that none could use. */
  lengths: readonly number[];
}

export interface Offered extends Interval {
  occurrence: Held;
  /** The counters free for the whole of it that answer, in the order they are given out. Never empty. */
  free: Attended[];
  /** For an interview of two: who can receive it together. */
  pairs: [Attended, Attended][];
  /** Others than who was asked for could receive it: booking it must name one who answers. */
  narrowed?: boolean;
}

/** What a person is received for: a group's member the whole date, anyone else the motif's duration from the start. */
export function heldFor(occurrence: Pick<Held, 'mode' | 'during'>, start: Instant, durationMinutes: number): Interval {
  if (occurrence.mode === 'group') return occurrence.during;
  return { start, end: addMinutes(start, durationMinutes) };
}

/** A group is received by whoever holds it: one place each. */
export function needOn({ mode }: Pick<Held, 'mode'>, need: Need): Need {
  return mode === 'group' ? { ...need, agents: 1 } : need;
}

/** What that takes of a counter: the pauses as well, save in a group. */
export function takenBy(occurrence: Pick<Held, 'mode'>, during: Interval, need: Need): Interval {
  if (occurrence.mode === 'group') return during;
  return { start: addMinutes(during.start, -need.pauseBefore), end: addMinutes(during.end, need.pauseAfter) };
}

/** An absence that only touches the pauses, outside the hours of the date, takes nothing from it. */
export function concerns({ during }: Pick<Held, 'during'>, one: Busy): boolean {
  return !one.away || overlaps(one, during);
}

/** The slots of one date that can be booked at this moment, in order of start. Never one that has begun by `earliest`. */
export function offer(date: Held, need: Need, earliest: Instant): Offered[] {
  if (date.mode === 'group') {
    const free = date.counters.filter(({ busy }) => !busy.some((one) => overlaps(one, date.during)));
    return free.length && date.during.start >= earliest ? [{ ...date.during, occurrence: date, free, pairs: [] }] : [];
  }
  if (date.mode !== 'appointment') return [];
  const busy = date.counters.map((counter) => counter.busy.filter((one) => concerns(date, one)));
  const options = { ...need, lengths: date.lengths };
  const counter = (seat: number) => date.counters[seat] as Attended;
  const all: Offered[] =
    need.agents > 1
      ? freePairs([date.during], busy, options).map(({ start, end, pairs: seats }) => {
          const pairs = seats.map(([one, other]): [Attended, Attended] => [counter(one), counter(other)]);
          return {
            start,
            end,
            occurrence: date,
            free: date.counters.filter((one) => pairs.flat().includes(one)),
            pairs,
          };
        })
      : freeSeats([date.during], busy, options).map(({ start, end, seats }) => ({
          start,
          end,
          occurrence: date,
          free: seats.map(counter),
          pairs: [],
        }));
  return all.filter((slot) => slot.start >= earliest);
}

/** What the empty date would offer but for what is held for someone else at this moment: shown, until when, never booked. */
export function heldSlots(
  date: Held,
  need: Need,
  earliest: Instant,
): { start: Instant; end: Instant; until: Instant }[] {
  if (!date.counters.some(({ busy }) => busy.some(({ until }) => until !== null))) return [];
  const free = new Set(offer(date, need, earliest).map(({ start }) => start));
  const without = date.counters.map((counter) => ({
    ...counter,
    busy: counter.busy.filter(({ until }) => until === null),
  }));
  return offer({ ...date, counters: without }, need, earliest).flatMap((slot) => {
    const takes = takenBy(date, slot, need);
    const holds = date.counters.flatMap(({ busy }) =>
      busy.flatMap(({ until, ...one }) => (until !== null && overlaps(one, takes) ? [until] : [])),
    );
    if (free.has(slot.start) || holds.length === 0) return [];
    return [{ start: slot.start, end: slot.end, until: Math.min(...holds) as Instant }];
  });
}

export interface SlotFilter {
  part?: 'morning' | 'afternoon' | undefined;
  zone: string;
}

/** A narrower question is a filter of the wider one: it never finds what the wider one would not. */
export function matching(offered: Offered[], { part, zone }: SlotFilter): Offered[] {
  const all = (slot: Offered) => slot.occurrence.counters.every(({ answers }) => answers);
  if (!part && offered.every(all)) return offered;
  return offered.flatMap((slot) => {
    if (part && (timeOf(toLocal(slot.start, zone)) < '12:00' ? 'morning' : 'afternoon') !== part) return [];
    const narrowed = slot.occurrence.counters.some(({ answers }) => !answers);
    if (slot.pairs.length) {
      const pairs = slot.pairs.filter((pair) => pair.some(({ answers }) => answers));
      const free = slot.free.filter((one) => pairs.flat().includes(one));
      return pairs.length ? [{ ...slot, pairs, free, narrowed }] : [];
    }
    const free = slot.free.filter(({ answers }) => answers);
    return free.length ? [{ ...slot, free, narrowed }] : [];
  });
}

/** The first few of each day, so that someone who can't come that day sees the next. `more` counts what was left out. */
export function fewPerDay<Slot extends Interval>(
  offered: readonly Slot[],
  { perDay, limit, zone }: { perDay: number; limit: number; zone: string },
): { chosen: Slot[]; more: { date: PlainDate; left: number }[]; complete: boolean } {
  const shown = new Map<PlainDate, number>();
  const left = new Map<PlainDate, number>();
  const chosen: Slot[] = [];
  let complete = true;
  for (const slot of [...offered].sort((a, b) => a.start - b.start)) {
    const date = dateAt(slot.start, zone);
    const already = shown.get(date) ?? 0;
    if (already >= perDay) left.set(date, (left.get(date) ?? 0) + 1);
    else if (chosen.length >= limit) {
      complete = false;
      break;
    } else {
      shown.set(date, already + 1);
      chosen.push(slot);
    }
  }
  return { chosen, more: [...left].map(([date, count]) => ({ date, left: count })), complete };
}

/**
 * The nearest ways out of a refusal: other slots by distance in time. When someone was asked for by name, that person at
 * another hour comes before another person.
 */
export function nearest(
  offered: readonly Offered[],
  wanted: { start: Instant; agentId: string | null },
  count: number,
): Offered[] {
  const distance = (slot: Offered) => Math.abs(slot.start - wanted.start);
  const another = (slot: Offered) => (wanted.agentId && !slot.free.some((c) => c.agentId === wanted.agentId) ? 1 : 0);
  return [...offered]
    .sort((a, b) => another(a) - another(b) || distance(a) - distance(b) || a.start - b.start)
    .slice(0, count)
    .map((slot) => (wanted.agentId && !another(slot) ? withAgent(slot, wanted.agentId) : slot));
}

function withAgent(slot: Offered, agentId: string): Offered {
  const asked = (counter: Attended): Attended => ({ ...counter, answers: counter.agentId === agentId });
  return {
    ...slot,
    free: slot.free.map(asked).filter(({ answers }) => answers),
    pairs: slot.pairs
      .map(([one, other]): [Attended, Attended] => [asked(one), asked(other)])
      .filter((pair) => pair.some(({ answers }) => answers)),
    narrowed: true,
  };
}

/**
 * A slot as it is spoken over HTTP. It names an agent only when that is who would receive, or when not everybody would answer
 * what was asked: otherwise whoever is free does.
 */
export function slotOf(offered: Offered, motifId: string, zone: string) {
  const { occurrence, start, end, free, pairs } = offered;
  return {
    occurrenceId: occurrence.id,
    motifId,
    start: toLocal(start, zone) as LocalDateTime,
    end: toLocal(end, zone) as LocalDateTime,
    siteId: occurrence.siteId,
    roomId: occurrence.roomId,
    ...namedIn(offered),
    placesLeft: pairs.length || free.length,
  };
}

function namedIn({ free, pairs, narrowed = false }: Offered): Record<'agentId' | 'secondAgentId', string | null> {
  const [pair] = pairs;
  if (!pair) return { agentId: (narrowed || free.length === 1 ? free[0]?.agentId : null) ?? null, secondAgentId: null };
  if (!narrowed && pairs.length > 1) return { agentId: null, secondAgentId: null };
  const [one, other] = narrowed && !pair[0].answers ? [pair[1], pair[0]] : pair;
  return { agentId: one.agentId, secondAgentId: pairs.length === 1 ? other.agentId : null };
}
