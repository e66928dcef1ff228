import { isPacked } from '@app/availability';
import { type Refusal, refuse } from '@app/persistence';
import { type Instant, type Interval, overlaps, toLocal } from '@app/time';
import { type Busy, concerns, type Counter, heldFor, type Need, takenBy } from './offer';

export type SlotRefusal =
  | 'slot-taken'
  | 'slot-held'
  | 'agent-taken'
  | 'agent-away'
  | 'agents-apart'
  | 'occurrence-changed'
  | 'occurrence-cancelled'
  | 'full'
  | 'already-booked'
  | 'past'
  | 'not-offered'
  | 'not-bookable-here';

/** A stretch when one of the counters can't receive. */
export interface Presence extends Busy {
  resourceId: string;
  /** Who holds it; null when the viewer may not know, or when the agent is away. */
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
  need: Need;
  /** How the motif may be received. */
  modes: readonly string[];
  counters: readonly Counter[];
  /** Who is already at the counters: around that moment, or all day when the start is not on the empty day's rhythm. */
  taken: readonly Presence[];
}

export interface WantedSlot {
  /** The place's, for what is said to people. */
  zone: string;
  start: Instant;
  agentId: string | null;
  /** The appointment that moves, or the hold that is confirmed: its own place is no obstacle to it. */
  moving?: string | undefined;
  /** "At this very hour": somebody decides it, whatever it strands. */
  exact?: boolean | undefined;
  /** The two agents of an interview that moves: both, or a refusal. */
  together?: readonly string[] | undefined;
}

export interface Decision {
  ok: true;
  during: Interval;
  /** What it takes of its counters: with the pauses. */
  takes: Interval;
  /** One, or two for an interview of two agents. */
  counters: [Counter, ...Counter[]];
}

/** What the booking would hold and at which counters, or why it may not be. */
export function decide(
  slot: OpenSlot,
  { zone, start, agentId, moving, exact = false, together = [] }: WantedSlot,
  now: Instant,
): Decision | Refusal<SlotRefusal> {
  if (!slot.bookable || (slot.mode !== 'appointment' && slot.mode !== 'group')) return refuse('not-bookable-here');
  if (slot.state !== 'held') return refuse('occurrence-cancelled', slot.cause ? { detail: slot.cause } : {});
  const during = heldFor(slot, start, slot.need.durationMinutes);
  // A group begins together; anyone else is received within the hours of the date.
  const inside = during.start === start && start >= slot.during.start && during.end <= slot.during.end;
  if (!inside) return refuse('occurrence-changed');
  if (start < now) return refuse('past');
  if (agentId ? !slot.counters.some((counter) => counter.agentId === agentId) : !slot.counters.length)
    return refuse('occurrence-changed');
  const takes = takenBy(slot, during, slot.need);
  const others = slot.taken.filter((one) => (moving === undefined || one.heldBy !== moving) && concerns(slot, one));
  const freeOf = (busy: readonly Presence[]) =>
    slot.counters.filter(
      ({ resourceId }) => !busy.some((one) => one.resourceId === resourceId && overlaps(one, takes)),
    );
  const agents = slot.mode === 'group' ? 1 : slot.need.agents;
  const all = choicesOf(freeOf(others), agentId, agents);
  const both = slot.need.agents < 2 ? [] : together;
  const choices = all.filter((counters) => both.every((id) => counters.some((one) => one.agentId === id)));
  if (all.length > 0 && choices.length === 0) return refuse('agents-apart');
  const [first] = choices;
  const inTheWay = others.filter((one) => overlaps(one, takes));
  if (!first) return refusalOf(slot, { zone, agentId }, inTheWay);
  if (slot.mode === 'group' || exact) return { ok: true, during, takes, counters: first };
  // Whoever was offered it may have been before something was held for a moment, or is the one who holds it.
  const forGood = others.filter(({ until }) => until === null);
  const wasOffered = (counters: readonly Counter[]) =>
    [others, forGood].some((busy) => isPacked(start, slot.during, busyOf(busy, counters), slot.need));
  const packed = choices.find(wasOffered);
  if (packed) return { ok: true, during, takes, counters: packed };
  const isHeld = choicesOf(freeOf(forGood), agentId, agents).some(wasOffered);
  return isHeld ? refusalOf(slot, { zone, agentId }, inTheWay) : refuse('not-offered');
}

/** Who could receive it, in the order they are given out. */
function choicesOf(free: readonly Counter[], agentId: string | null, agents: number): [Counter, ...Counter[]][] {
  const asked = (counter: Counter) => agentId === null || counter.agentId === agentId;
  if (agents < 2) return free.filter(asked).map((counter) => [counter]);
  return free.flatMap((one, at) =>
    free.slice(at + 1).flatMap((other): [Counter, ...Counter[]][] => {
      if (!asked(one) && !asked(other)) return [];
      return [asked(one) ? [one, other] : [other, one]];
    }),
  );
}

function busyOf(others: readonly Presence[], counters: readonly Counter[]): Interval[] {
  return others.filter(({ resourceId }) => counters.some((counter) => counter.resourceId === resourceId));
}

function refusalOf(
  slot: OpenSlot,
  { zone, agentId }: { zone: string; agentId: string | null },
  inTheWay: readonly Presence[],
): Refusal<SlotRefusal> {
  // A place has no agent: nobody was asked for.
  const asked = agentId === null ? undefined : slot.counters.find((counter) => counter.agentId === agentId);
  const own = inTheWay.filter(({ resourceId }) => resourceId === asked?.resourceId);
  // Of an interview of two, the one asked for may be free and nobody else.
  const about = own.length > 0 ? own : inTheWay;
  const until = about.flatMap((one) => one.until ?? []);
  if (about.length > 0 && about.every(({ away }) => away)) return refuse('agent-away');
  // Somebody is being written down for it: in three minutes at most it is taken, or free.
  if (until.length > 0) return refuse('slot-held', { until: toLocal(Math.min(...until) as Instant, zone) });
  return refuse(own.length > 0 ? 'agent-taken' : slot.mode === 'group' ? 'full' : 'slot-taken');
}
