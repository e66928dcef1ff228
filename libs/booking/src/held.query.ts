import type { Transaction } from '@app/persistence';
import { takenDuring } from '@app/rooms';
import { type Instant, instant, instantToIso, type Interval, interval, type LocalDateTime } from '@app/time';
import type { BusyByResource, Counter, Held } from './offer';

/** A date of a permanence with the local start its rule gave it. */
export interface HeldDate extends Held {
  originalStart: LocalDateTime;
}

interface Row {
  id: string;
  rule_id: string;
  site_id: string;
  room_id: string | null;
  starts_at: Instant;
  ends_at: Instant;
  original_start: LocalDateTime;
  mode: Held['mode'];
  state: Held['state'];
  cause: string;
  seats: number;
  agent_ids: string[];
}

export interface Wanted {
  motifId: string;
  /** Dates that end after its start and begin before its end. */
  window: Interval;
  siteId?: string;
  /** Nearest to this instant first; otherwise the earliest first. */
  nearTo?: Instant;
  /** No more dates than this. */
  limit: number;
}

const COLUMNS = `o.id, o.rule_id, o.site_id, o.room_id, o.starts_at, o.ends_at, o.original_start, o.mode, o.state, o.cause, o.seats,
  array(select oa.agent_id from occurrence_agent oa join agent a on a.space_id = oa.space_id and a.id = oa.agent_id
        where oa.space_id = o.space_id and oa.occurrence_id = o.id order by a.position, a.id) as agent_ids`;

/** The dates booked through Palier for a motif, of the partners the viewer acts for; constant number of queries. */
export async function datesFor(
  tx: Transaction,
  { motifId, window, siteId, nearTo, limit }: Wanted,
): Promise<HeldDate[]> {
  const rows = await tx.prepared<Row>(
    'booking.dates-for',
    `select ${COLUMNS}
     from permanence_motif pm
     join permanence p on p.space_id = pm.space_id and p.id = pm.permanence_id and p.state <> 'draft'
     join occurrence o on o.space_id = pm.space_id and o.permanence_id = pm.permanence_id
     where pm.space_id = $1 and pm.motif_id = $2 and o.mode in ('appointment', 'group')
       -- what is published may be read by all, but is booked only by its partner and the desk
       and sees(o.partner_id, o.confidential)
       and o.starts_at > $3::timestamptz - interval '1 day' and o.ends_at > $3 and o.starts_at < $4
       and ($5::uuid is null or o.site_id = $5)
     order by abs(extract(epoch from o.starts_at) - extract(epoch from coalesce($6::timestamptz, $3))), o.starts_at, o.id
     limit $7`,
    [
      tx.context.spaceId,
      motifId,
      instantToIso(window.start),
      instantToIso(window.end),
      siteId ?? null,
      nearTo === undefined ? null : instantToIso(nearTo),
      limit,
    ],
  );
  return withCounters(tx, rows);
}

/** One date, as booking sees it; null when it does not exist or is not shown to the viewer. */
export async function dateById(tx: Transaction, occurrenceId: string): Promise<HeldDate | null> {
  const rows = await tx.prepared<Row>(
    'booking.date-by-id',
    `select ${COLUMNS} from occurrence o where o.space_id = $1 and o.id = $2`,
    [tx.context.spaceId, occurrenceId],
  );
  return (await withCounters(tx, rows))[0] ?? null;
}

/** When the counters of these dates are taken, by whomever. */
export async function busyAt(tx: Transaction, dates: readonly Held[]): Promise<BusyByResource> {
  const bookable = dates.filter((date) => date.state === 'held');
  const resources = bookable.flatMap((date) => date.counters.map((counter) => counter.resourceId));
  if (!resources.length) return new Map();
  const taken = await takenDuring(
    tx,
    resources,
    interval(
      instant(Math.min(...bookable.map((date) => date.during.start))),
      instant(Math.max(...bookable.map((date) => date.during.end))),
    ),
  );
  const busy = new Map<string, Interval[]>();
  for (const { resourceId, during } of taken) {
    const known = busy.get(resourceId);
    if (known) known.push(during);
    else busy.set(resourceId, [during]);
  }
  return busy;
}

async function withCounters(tx: Transaction, rows: readonly Row[]): Promise<HeldDate[]> {
  if (!rows.length) return [];
  const resources = await tx.prepared<{ id: string; owner_id: string; number: number }>(
    'booking.counters',
    `select id, owner_id, number from resource
     where space_id = $1 and ((kind = 'seat' and owner_id = any ($2::uuid[])) or (kind = 'time' and owner_id = any ($3::uuid[])))
     order by number`,
    [
      tx.context.spaceId,
      [...new Set(rows.map((row) => row.rule_id))],
      [...new Set(rows.flatMap((row) => row.agent_ids))],
    ],
  );
  const byOwner = new Map<string, { id: string; number: number }[]>();
  for (const { owner_id, ...resource } of resources)
    byOwner.set(owner_id, [...(byOwner.get(owner_id) ?? []), resource]);
  return rows.map((row) => ({
    id: row.id,
    siteId: row.site_id,
    roomId: row.room_id,
    during: { start: row.starts_at, end: row.ends_at },
    originalStart: row.original_start,
    mode: row.mode,
    state: row.state,
    cause: row.cause,
    counters: countersOf(row, byOwner),
  }));
}

/** Named agents receive one person each; without them, and for a group, places do. */
function countersOf(row: Row, byOwner: ReadonlyMap<string, readonly { id: string; number: number }[]>): Counter[] {
  if (row.mode !== 'group' && row.agent_ids.length) {
    return row.agent_ids.flatMap((agentId) =>
      (byOwner.get(agentId) ?? []).map(({ id }) => ({ resourceId: id, agentId, seat: null })),
    );
  }
  return (byOwner.get(row.rule_id) ?? [])
    .filter(({ number }) => number >= 1 && number <= row.seats)
    .map(({ id, number }) => ({ resourceId: id, agentId: null, seat: number }));
}
