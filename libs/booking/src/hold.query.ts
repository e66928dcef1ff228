import { randomUUID } from 'node:crypto';
import type { Transaction } from '@app/persistence';
import { claim, lockResources, release } from '@app/rooms';
import { type Instant, instantToIso } from '@app/time';
import type { Decision, OpenSlot } from './bookable';

export interface NewHold {
  occurrenceId: string;
  motifId: string;
  interpreter: boolean;
  slot: OpenSlot;
  decision: Decision;
  expiresAt: Instant;
  /** Kept for whom it is offered to: by nobody's account. */
  offered?: boolean | undefined;
}

/** Takes the slot until an instant: its counters, and the row that says for what. What is gone then is gone for everybody. */
export async function writeHold(tx: Transaction, hold: NewHold): Promise<string> {
  const id = randomUUID();
  const { slot, decision, expiresAt } = hold;
  const { partnerId, confidential, siteId } = slot;
  const [counter, second] = decision.counters;
  await claim(
    tx,
    { kind: 'hold', id, partnerId, confidential },
    decision.counters.map(({ resourceId }) => ({ resourceId, during: decision.takes, expiresAt })),
  );
  await tx.query(
    `insert into slot_hold (space_id, id, partner_id, confidential, occurrence_id, motif_id, site_id, agent_id, second_agent_id,
       seat, interpreter, starts_at, ends_at, account_id, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      tx.context.spaceId,
      id,
      partnerId,
      confidential,
      hold.occurrenceId,
      hold.motifId,
      siteId,
      counter.agentId,
      second?.agentId ?? null,
      counter.seat,
      hold.interpreter,
      instantToIso(decision.during.start),
      instantToIso(decision.during.end),
      hold.offered ? null : tx.context.accountId,
      instantToIso(tx.now),
      instantToIso(expiresAt),
    ],
  );
  return id;
}

/** The counters a hold of this account, or of nobody's, keeps; empty when it is another's, or gone. */
export async function keptBy(tx: Transaction, holdId: string): Promise<string[]> {
  const rows = await tx.prepared<{ resource_id: string }>(
    'booking.kept-by',
    `select c.resource_id from slot_hold h join claim c on c.space_id = h.space_id and c.held_by_id = h.id
     where h.space_id = $1 and h.id = $2 and (h.account_id is null or h.account_id = $3)`,
    [tx.context.spaceId, holdId, tx.context.accountId],
  );
  return rows.map((row) => row.resource_id);
}

/** Lets go of what a hold keeps: its slot is booked, or given up. */
export async function forgetHold(tx: Transaction, holdId: string): Promise<void> {
  await release(tx, [holdId]);
  await tx.query('delete from slot_hold where space_id = $1 and id = $2', [tx.context.spaceId, holdId]);
}

/** As `forgetHold`, in the order every command takes its locks: the slot is free for everybody at once. */
export async function letGoOf(tx: Transaction, holdId: string): Promise<void> {
  await lockResources(tx, await keptBy(tx, holdId));
  await forgetHold(tx, holdId);
}
