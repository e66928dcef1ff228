import { type Refusal, refuse } from '@app/persistence';
import type { Instant, Interval } from '@app/time';
import { choose, type Counter, heldFor } from './offer';

export type SlotRefusal =
  | 'slot-taken'
  | 'agent-taken'
  | 'occurrence-changed'
  | 'occurrence-cancelled'
  | 'full'
  | 'past'
  | 'not-bookable-here';

/** A stretch of someone else's at one of the counters. */
export interface Presence {
  resourceId: string;
  during: Interval;
  publishedName: string | null;
  /** Null when the viewer may not know the holder. */
  heldBy: string | null;
}

/** What decides whether a slot may be booked, read while nobody can change it. */
export interface OpenSlot {
  partnerId: string;
  siteId: string;
  roomId: string | null;
  mode: 'walk-in' | 'appointment' | 'group' | 'internal';
  state: 'held' | 'skipped' | 'cancelled';
  cause: string;
  /** The whole date. */
  during: Interval;
  /** The date's or the motif's. */
  confidential: boolean;
  /** This motif is received on this date, and booked through Palier, by this viewer. */
  bookable: boolean;
  durationMinutes: number;
  counters: Counter[];
  /** Who is already at the counters at that moment. */
  taken: Presence[];
}

export interface WantedSlot {
  start: Instant;
  agentId: string | null;
  /** The appointment that moves: its own place is no obstacle to it. */
  moving?: string;
}

/** What the booking would hold and at which counter, or why it may not be. */
export function decide(
  slot: OpenSlot,
  { start, agentId, moving }: WantedSlot,
  now: Instant,
): { ok: true; during: Interval; counter: Counter } | Refusal<SlotRefusal> {
  if (!slot.bookable || (slot.mode !== 'appointment' && slot.mode !== 'group')) return refuse('not-bookable-here');
  if (slot.state !== 'held') return refuse('occurrence-cancelled', slot.cause ? { detail: slot.cause } : {});
  const during = heldFor(slot, start, slot.durationMinutes);
  // A group begins together; anyone else is received within the hours of the date.
  const inside = during.start === start && start >= slot.during.start && during.end <= slot.during.end;
  if (!inside) return refuse('occurrence-changed');
  if (start < now) return refuse('past');
  const candidates = agentId ? slot.counters.filter((counter) => counter.agentId === agentId) : slot.counters;
  if (!candidates.length) return refuse('occurrence-changed');
  const others = slot.taken.filter(({ heldBy }) => moving === undefined || heldBy !== moving);
  const busy = new Map<string, Interval[]>();
  for (const { resourceId, during: taken } of others) busy.set(resourceId, [...(busy.get(resourceId) ?? []), taken]);
  const counter = choose(candidates, during, busy);
  if (counter) return { ok: true, during, counter };
  const why = agentId ? 'agent-taken' : slot.mode === 'group' ? 'full' : 'slot-taken';
  return refuse(why, { heldBy: others[0]?.publishedName ?? null });
}
