import { initials } from '@app/booking';
import type { Visit } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type Instant, type PlainDate, toLocal } from '@app/time';

interface Row {
  id: string;
  site_id: string;
  day: PlainDate;
  number: number;
  partner_id: string;
  occurrence_id: string | null;
  motif_id: string | null;
  usager_id: string | null;
  first_name: string | null;
  last_name: string | null;
  name: string;
  step: Visit['step'];
  urgent: boolean;
  state: Visit['state'];
  arrived_at: Instant;
  received_at: Instant | null;
  closed_at: Instant | null;
  outcome: Visit['outcome'];
  entered_by: string | null;
  opens_at: Instant | null;
  ends_at: Instant | null;
  is_held: boolean;
}

const MOST = 200;

/** Of one site and day: those who wait or are received in the order they pass, or the others, last first. */
export async function visitsOn(
  tx: Transaction,
  { siteId, day, state, zone }: { siteId: string; day: PlainDate; state: 'open' | 'closed'; zone: string },
): Promise<Visit[]> {
  const isOpen = state === 'open';
  const rows = await tx.query<Row>(
    `select v.id, v.site_id, v.day, v.number, v.partner_id, v.occurrence_id, v.motif_id, v.usager_id, u.first_name, u.last_name,
       v.name, v.step, v.urgent, v.state, v.arrived_at, v.received_at, v.closed_at, v.outcome, c.name as entered_by,
       o.starts_at as opens_at, o.ends_at, o.state = 'held' as is_held
     from visit v
     left join occurrence o on o.space_id = v.space_id and o.id = v.occurrence_id
     left join usager u on u.space_id = v.space_id and u.id = v.usager_id
     left join account c on c.space_id = v.space_id and c.id = v.created_by
     where v.space_id = $1 and v.site_id = $2 and v.day = $3 and (v.closed_at is null) = $4
     order by ${isOpen ? `v.state = 'received' desc, v.urgent desc, v.arrived_at, v.number` : 'v.closed_at desc, v.number'}
     limit $5`,
    [tx.context.spaceId, siteId, day, isOpen, MOST],
  );
  const waitingFor = new Map<string, number>();
  return rows.map((row) => {
    const queue = row.occurrence_id ?? row.motif_id ?? '';
    const before = waitingFor.get(queue) ?? 0;
    if (row.state === 'waiting') waitingFor.set(queue, before + 1);
    const at = (instant: Instant | null) => instant && toLocal(instant, zone);
    return {
      id: row.id,
      siteId: row.site_id,
      day: row.day,
      number: row.number,
      partnerId: row.partner_id,
      occurrenceId: row.occurrence_id,
      motifId: row.motif_id,
      usagerId: row.usager_id,
      who: row.usager_id && row.last_name ? initials(row) : row.name,
      step: row.step,
      urgent: row.urgent,
      state: row.state,
      arrived: toLocal(row.arrived_at, zone),
      received: at(row.received_at),
      closed: at(row.closed_at),
      outcome: row.outcome,
      receives: row.opens_at &&
        row.ends_at && {
          start: toLocal(row.opens_at, zone),
          end: toLocal(row.ends_at, zone),
          isHeld: row.is_held,
        },
      before: row.state === 'waiting' ? before : 0,
      enteredBy: row.entered_by,
    };
  });
}

/** Dates of this site and day whose last entry was said. */
export async function closedQueuesOn(
  tx: Transaction,
  siteId: string,
  during: { start: string; end: string },
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select o.id from occurrence o
     join queue_end e on e.space_id = o.space_id and e.occurrence_id = o.id
     where o.space_id = $1 and o.site_id = $2 and o.starts_at >= $3 and o.starts_at < $4`,
    [tx.context.spaceId, siteId, during.start, during.end],
  );
  return rows.map(({ id }) => id);
}

export interface LockedVisit {
  partner_id: string;
  confidential: boolean;
  site_id: string;
  day: PlainDate;
  state: Visit['state'];
  arrived_at: Instant;
  received_at: Instant | null;
  created_at: Instant;
}

/** The visit, kept from changing until the transaction ends; null when there is none for this viewer. */
export async function lockVisit(tx: Transaction, id: string): Promise<LockedVisit | null> {
  const [row] = await tx.query<LockedVisit>(
    `select partner_id, confidential, site_id, day, state, arrived_at, received_at, created_at
     from visit where space_id = $1 and id = $2 for update`,
    [tx.context.spaceId, id],
  );
  return row ?? null;
}
