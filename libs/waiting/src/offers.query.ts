import { letGoOf } from '@app/booking';
import type { Transaction } from '@app/persistence';
import { dateAt, type Instant, instantToIso } from '@app/time';
import { settleMessages } from './link-messages.query';

export interface LockedOffer {
  id: string;
  entryId: string;
  partnerId: string;
  confidential: boolean;
  usagerId: string;
  motifId: string;
  interpreter: boolean;
  /** Accepted, it joins the series that misses it. */
  ofSeries: boolean;
  /** She waits for that very session, and for no other. */
  ofSession: boolean;
  holdId: string;
  occurrenceId: string | null;
  agentId: string | null;
  siteId: string;
  start: Instant;
  end: Instant;
  state: 'offered' | 'accepted' | 'declined' | 'expired' | 'undone';
  deadline: Instant;
  zone: string;
}

/** Locks who waits, then her offer: the order of every command here. Null when it is not there for the viewer. */
export async function lockOffer(tx: Transaction, id: string): Promise<LockedOffer | null> {
  const [row] = await tx.query<LockedOffer>(
    `select o.id, o.entry_id as "entryId", o.partner_id as "partnerId", o.confidential, w.usager_id as "usagerId",
       w.motif_id as "motifId", w.interpreter, w.of_series as "ofSeries",
       w.occurrence_id is not null as "ofSession", o.hold_id as "holdId", o.occurrence_id as "occurrenceId", o.agent_id as "agentId",
       o.site_id as "siteId", o.starts_at as start, o.ends_at as end, o.state, o.deadline_at as deadline, sp.zone
     from (select id, space_id, usager_id, motif_id, interpreter, of_series, occurrence_id from waiting_entry
           where space_id = $1 and id = (select entry_id from slot_offer where space_id = $1 and id = $2) for update) w
     join slot_offer o on o.space_id = w.space_id and o.id = $2
     join space sp on sp.id = w.space_id
     for update of o`,
    [tx.context.spaceId, id],
  );
  return row ?? null;
}

/** Ends an offer that nobody took: its slot is free for the next in turn, and its message does not leave any more. */
export async function endOffer(
  tx: Transaction,
  offer: LockedOffer,
  state: 'declined' | 'expired',
  entry: 'waiting' | 'gone',
): Promise<void> {
  await letGoOf(tx, offer.holdId);
  await settleOffer(tx, offer, state, entry);
  const { partnerId, confidential, siteId } = offer;
  const day = dateAt(offer.start, offer.zone);
  await tx.record({ kind: 'slot.free', subjectId: offer.id, partnerId, confidential, siteId, day });
}

export async function settleOffer(
  tx: Transaction,
  { id, entryId }: Pick<LockedOffer, 'id' | 'entryId'>,
  state: 'accepted' | 'declined' | 'expired',
  entry: 'waiting' | 'booked' | 'gone',
  appointmentId: string | null = null,
): Promise<void> {
  const now = instantToIso(tx.now);
  await tx.query(
    'update slot_offer set state = $3, settled_at = $4, appointment_id = $5 where space_id = $1 and id = $2',
    [tx.context.spaceId, id, state, now, appointmentId],
  );
  await tx.query(
    `update waiting_entry set state = $3, settled_at = case when $3 = 'waiting' then null else $4::timestamptz end, undo = null
     where space_id = $1 and id = $2`,
    [tx.context.spaceId, entryId, entry, now],
  );
  await settleMessages(tx, id, state !== 'expired' && tx.context.accountId !== null);
}
