import { refuse, type Refusal, type Transaction } from '@app/persistence';
import { lockResources, takenDuring } from '@app/rooms';
import type { Instant, Interval } from '@app/time';
import { type BusyByResource, choose, type Counter, heldFor } from './offer';

export type SlotRefusal =
  | 'slot-taken'
  | 'agent-taken'
  | 'occurrence-changed'
  | 'occurrence-cancelled'
  | 'full'
  | 'past'
  | 'not-bookable-here';

/** What decides whether a slot may be booked, read while the date is kept from changing. */
export interface BookingFacts {
  partnerId: string;
  siteId: string;
  roomId: string | null;
  mode: 'walk-in' | 'appointment' | 'group' | 'internal';
  state: 'held' | 'skipped' | 'cancelled';
  cause: string;
  during: Interval;
  /** The date's or the motif's. */
  confidential: boolean;
  /** This motif is received on this date, and booked through Palier, by this viewer. */
  bookable: boolean;
  durationMinutes: number;
  counters: Counter[];
}

interface Row {
  partner_id: string;
  site_id: string;
  room_id: string | null;
  mode: BookingFacts['mode'];
  state: BookingFacts['state'];
  cause: string;
  starts_at: Instant;
  ends_at: Instant;
  confidential: boolean;
  bookable: boolean;
  duration_minutes: number;
  counters: [resourceId: string, agentId: string | null, seat: number | null][];
}

/**
 * Keeps these dates as they are until the transaction ends: others may book inside them, nobody may change them.
 * Locked alone, before anything is read: what is read afterwards is what the lock keeps.
 */
export async function keepDates(tx: Transaction, occurrenceIds: readonly string[]): Promise<void> {
  await tx.prepared(
    'booking.keep',
    'select id from occurrence where space_id = $1 and id = any ($2::uuid[]) order by id for share',
    [tx.context.spaceId, [...new Set(occurrenceIds)]],
  );
}

/** The facts about one kept date for one motif; null when either is not there for this viewer. */
export async function bookingFacts(
  tx: Transaction,
  occurrenceId: string,
  motifId: string,
): Promise<BookingFacts | null> {
  const [row] = await tx.prepared<Row>(
    'booking.facts',
    `select o.partner_id, o.site_id, o.room_id, o.mode, o.state, o.cause, o.starts_at, o.ends_at,
       o.confidential or m.confidential as confidential, m.duration_minutes,
       m.booked = 'here' and m.retired_at is null and m.partner_id = o.partner_id
         and sees(o.partner_id, o.confidential or m.confidential)
         and exists (select from permanence_motif pm
                     where pm.space_id = o.space_id and pm.permanence_id = o.permanence_id and pm.motif_id = m.id) as bookable,
       coalesce(
         (select json_agg(json_build_array(r.id, a.id, null) order by a.position, a.id)
          from occurrence_agent oa
          join agent a on a.space_id = oa.space_id and a.id = oa.agent_id
          join resource r on r.space_id = oa.space_id and r.kind = 'time' and r.owner_id = oa.agent_id and r.number = 0
          where o.mode <> 'group' and oa.space_id = o.space_id and oa.occurrence_id = o.id),
         (select json_agg(json_build_array(r.id, null, r.number) order by r.number)
          from resource r
          where r.space_id = o.space_id and r.kind = 'seat' and r.owner_id = o.rule_id and r.number between 1 and o.seats),
         '[]') as counters
     from occurrence o
     join motif m on m.space_id = o.space_id and m.id = $3
     where o.space_id = $1 and o.id = $2`,
    [tx.context.spaceId, occurrenceId, motifId],
  );
  if (!row) return null;
  return {
    partnerId: row.partner_id,
    siteId: row.site_id,
    roomId: row.room_id,
    mode: row.mode,
    state: row.state,
    cause: row.cause,
    during: { start: row.starts_at, end: row.ends_at },
    confidential: row.confidential,
    bookable: row.bookable,
    durationMinutes: row.duration_minutes,
    counters: row.counters.map(([resourceId, agentId, seat]) => ({ resourceId, agentId, seat })),
  };
}

/** Takes the locks for one booking inside a kept date, then says which counter receives it, or why none does. */
export async function findCounter(
  tx: Transaction,
  facts: BookingFacts,
  wanted: { during: Interval; agentId: string | null },
  /** Resources the command leaves: locked together with those it may take, and free for itself. */
  leaving: { resourceIds: readonly string[]; holderId: string } | null = null,
): Promise<{ ok: true; counter: Counter } | Refusal<SlotRefusal>> {
  const candidates = wanted.agentId
    ? facts.counters.filter(({ agentId }) => agentId === wanted.agentId)
    : facts.counters;
  if (!candidates.length) return refuse('occurrence-changed');
  const resources = candidates.map(({ resourceId }) => resourceId);
  await lockResources(tx, leaving ? [...resources, ...leaving.resourceIds] : resources);
  const taken = (await takenDuring(tx, resources, wanted.during)).filter(
    ({ heldBy }) => leaving === null || heldBy !== leaving.holderId,
  );
  const counter = choose(candidates, wanted.during, busyOf(taken));
  if (counter) return { ok: true, counter };
  const why = wanted.agentId ? 'agent-taken' : facts.mode === 'group' ? 'full' : 'slot-taken';
  return refuse(why, { heldBy: taken[0]?.publishedName ?? null });
}

/** Why a start may not be booked on this date, before looking at who else is there; null when it may. */
export function refusalOf(facts: BookingFacts, start: Instant, now: Instant): Refusal<SlotRefusal> | null {
  if (!facts.bookable || (facts.mode !== 'appointment' && facts.mode !== 'group')) return refuse('not-bookable-here');
  if (facts.state !== 'held') return refuse('occurrence-cancelled', facts.cause ? { detail: facts.cause } : {});
  const during = heldFor(facts, start, facts.durationMinutes);
  // A group begins together; anyone else is received within the hours of the date.
  if (during.start !== start || start < facts.during.start || during.end > facts.during.end)
    return refuse('occurrence-changed');
  if (start < now) return refuse('past');
  return null;
}

function busyOf(taken: readonly { resourceId: string; during: Interval }[]): BusyByResource {
  const busy = new Map<string, Interval[]>();
  for (const { resourceId, during } of taken) busy.set(resourceId, [...(busy.get(resourceId) ?? []), during]);
  return busy;
}
