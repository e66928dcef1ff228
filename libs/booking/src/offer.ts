import { freeSeats, placesLeft } from '@app/availability';
import {
  dateOf,
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

/** One date of a permanence, as booking needs to know it. */
export interface Held {
  id: string;
  siteId: string;
  roomId: string | null;
  during: Interval;
  mode: 'walk-in' | 'appointment' | 'group' | 'internal';
  state: 'held' | 'skipped' | 'cancelled';
  cause: string;
  counters: Counter[];
}

export interface Offered extends Interval {
  occurrence: Held;
  /** The counters free for the whole of it, in the order they are given out. Never empty. */
  free: Counter[];
}

export type BusyByResource = ReadonlyMap<string, readonly Interval[]>;

/** What a person would hold: a group's member the whole date, anyone else the motif's duration from the start. */
export function heldFor(occurrence: Pick<Held, 'mode' | 'during'>, start: Instant, durationMinutes: number): Interval {
  if (occurrence.mode === 'group') return occurrence.during;
  return { start, end: (start + durationMinutes * 60_000) as Instant };
}

/** The slots of one date that can be booked at this moment, in order of start. Never one that has begun. */
export function offer(occurrence: Held, busy: BusyByResource, durationMinutes: number, now: Instant): Offered[] {
  if (occurrence.state !== 'held') return [];
  const taken = occurrence.counters.map((counter) => busy.get(counter.resourceId) ?? []);
  if (occurrence.mode === 'group') {
    const free = occurrence.counters.filter((_, seat) => placesLeft(occurrence.during, 1, taken[seat] ?? []) > 0);
    return free.length && occurrence.during.start >= now ? [{ ...occurrence.during, occurrence, free }] : [];
  }
  if (occurrence.mode !== 'appointment') return [];
  return freeSeats([occurrence.during], taken, { durationMinutes })
    .filter((slot) => slot.start >= now)
    .map(({ start, end, seats }) => ({
      start,
      end,
      occurrence,
      free: seats.map((seat) => occurrence.counters[seat] as Counter),
    }));
}

/** The counter that takes a booking: the first free one, or null when there is none. */
export function choose(counters: readonly Counter[], during: Interval, busy: BusyByResource): Counter | null {
  return (
    counters.find(({ resourceId }) => !(busy.get(resourceId) ?? []).some((taken) => overlaps(taken, during))) ?? null
  );
}

export interface SlotFilter {
  agentId?: string;
  part?: 'morning' | 'afternoon';
  zone: string;
}

/** A narrower question is a filter of the wider one: it never finds what the wider one would not. */
export function matching(offered: readonly Offered[], { agentId, part, zone }: SlotFilter): Offered[] {
  return offered.flatMap((slot) => {
    if (part && (timeOf(toLocal(slot.start, zone)) < '12:00' ? 'morning' : 'afternoon') !== part) return [];
    if (!agentId) return [slot];
    const free = slot.free.filter((counter) => counter.agentId === agentId);
    return free.length ? [{ ...slot, free }] : [];
  });
}

/** The first few of each day, so that someone who can't come that day sees the next. `more` counts what was left out. */
export function fewPerDay(
  offered: readonly Offered[],
  { perDay, limit, zone }: { perDay: number; limit: number; zone: string },
): { chosen: Offered[]; more: { date: PlainDate; left: number }[]; complete: boolean } {
  const shown = new Map<PlainDate, number>();
  const left = new Map<PlainDate, number>();
  const chosen: Offered[] = [];
  let complete = true;
  for (const slot of [...offered].sort((a, b) => a.start - b.start)) {
    const date = dateOf(toLocal(slot.start, zone));
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
    .map((slot) =>
      wanted.agentId && !another(slot)
        ? { ...slot, free: slot.free.filter((c) => c.agentId === wanted.agentId) }
        : slot,
    );
}

/** A slot as it is spoken over HTTP. It names an agent only when that is who would receive: otherwise whoever is free does. */
export function slotOf({ occurrence, start, end, free }: Offered, motifId: string, zone: string) {
  const [only] = free;
  return {
    occurrenceId: occurrence.id,
    motifId,
    start: toLocal(start, zone) as LocalDateTime,
    end: toLocal(end, zone) as LocalDateTime,
    siteId: occurrence.siteId,
    roomId: occurrence.roomId,
    agentId: free.length === 1 && only ? only.agentId : null,
    placesLeft: free.length,
  };
}
