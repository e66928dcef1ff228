import { randomUUID } from 'node:crypto';
import type { Viewer } from '@app/accounts';
import type { PermanenceChange, PermanenceStop, Proposal } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso, toLocal } from '@app/time';
import type { PlannedPermanence } from './permanence';

/** What a partner asks of the person in charge, word for word. */
export type Asked =
  | { kind: 'publication'; asked: Record<string, never> }
  | { kind: 'change'; asked: Omit<PermanenceChange, 'dryRun' | 'seen'> }
  | { kind: 'stop'; asked: Pick<PermanenceStop, 'from'> };

export type KeptProposal = Asked & {
  id: string;
  permanenceId: string;
  state: 'waiting' | 'approved' | 'refused' | 'withdrawn';
  askedAt: Instant;
  askedBy: string;
  decidedBy: string | null;
  reason: string;
};

/**
 * Whether a partner's editor must ask first. A confidential permanence is never asked about: the person in charge may not
 * read it.
 */
export async function needsApproval(
  tx: Transaction,
  { role }: Viewer,
  { confidential }: Pick<PlannedPermanence, 'confidential'>,
): Promise<boolean> {
  if (role !== 'partner-editor' || confidential) return false;
  const [space] = await tx.query<{ approves: boolean }>(
    'select approves_publication as approves from space where id = $1',
    [tx.context.spaceId],
  );
  return space?.approves === true;
}

/** Keeps what is asked of a locked permanence; an earlier request of the same permanence is withdrawn. */
export async function propose(
  tx: Transaction,
  { id, partnerId, confidential }: PlannedPermanence,
  { kind, asked }: Asked,
): Promise<void> {
  const { spaceId, accountId } = tx.context;
  await tx.query(
    `update proposal set state = 'withdrawn', decided_at = $3, decided_by = $4
     where space_id = $1 and permanence_id = $2 and state = 'waiting'`,
    [spaceId, id, instantToIso(tx.now), accountId],
  );
  await tx.query(
    `insert into proposal (space_id, id, permanence_id, kind, asked, asked_at, asked_by) values ($1, $2, $3, $4, $5, $6, $7)`,
    [spaceId, randomUUID(), id, kind, JSON.stringify(asked), instantToIso(tx.now), accountId],
  );
  await tx.record({ kind: 'permanence.proposed', subjectId: id, partnerId, confidential, detail: { proposal: kind } });
}

/** The requests that wait, the oldest first; or one by its id, whatever became of it. */
export async function readProposals(tx: Transaction, id?: string): Promise<KeptProposal[]> {
  return tx.query<KeptProposal>(
    `${PROPOSAL} where r.space_id = $1 and case when $2::uuid is null then r.state = 'waiting' else r.id = $2 end
     order by r.asked_at, r.id`,
    [tx.context.spaceId, id ?? null],
  );
}

/** The last request of a permanence, if it still says something: it waits, or it was refused. */
export async function lastProposal(tx: Transaction, permanenceId: string): Promise<KeptProposal | null> {
  const [last] = await tx.query<KeptProposal>(
    `${PROPOSAL} where r.space_id = $1 and r.permanence_id = $2 and r.state <> 'withdrawn'
     order by r.asked_at desc, r.state = 'waiting' desc limit 1`,
    [tx.context.spaceId, permanenceId],
  );
  return last && last.state !== 'approved' ? last : null;
}

/** As the page of its permanence tells it. */
export function asProposal(kept: KeptProposal | null, { space }: Viewer): Proposal | null {
  if (kept?.state !== 'waiting' && kept?.state !== 'refused') return null;
  const { id, kind, state, askedBy, askedAt, decidedBy, reason } = kept;
  return { id, kind, state, askedBy, askedAt: toLocal(askedAt, space.zone), decidedBy, reason };
}

const PROPOSAL = `select r.id, r.permanence_id as "permanenceId", r.kind, r.asked, r.state, r.asked_at as "askedAt",
    coalesce(a.name, '') as "askedBy", d.name as "decidedBy", r.reason
  from proposal r
  left join account a on a.space_id = r.space_id and a.id = r.asked_by
  left join account d on d.space_id = r.space_id and d.id = r.decided_by`;

/** Answers a request that waits; false when it was answered in between. */
export async function decide(
  tx: Transaction,
  { id, permanenceId }: Pick<KeptProposal, 'id' | 'permanenceId'>,
  state: 'approved' | 'refused' | 'withdrawn',
  reason = '',
): Promise<boolean> {
  const decided = await tx.query<{ partnerId: string; confidential: boolean }>(
    `update proposal r set state = $3, reason = $4, decided_at = $5, decided_by = $6
     from permanence p
     where r.space_id = $1 and r.id = $2 and r.state = 'waiting' and p.space_id = r.space_id and p.id = r.permanence_id
     returning p.partner_id as "partnerId", p.confidential`,
    [tx.context.spaceId, id, state, reason, instantToIso(tx.now), tx.context.accountId],
  );
  const [about] = decided;
  if (!about) return false;
  await tx.record({ kind: `permanence.${state}`, subjectId: permanenceId, ...about });
  return true;
}

/** Published otherwise meanwhile: nobody waits for it any more. */
export async function answerPublication(tx: Transaction, permanenceId: string): Promise<void> {
  await answerPublications(tx, [permanenceId]);
}

export async function answerPublications(tx: Transaction, permanenceIds: readonly string[]): Promise<void> {
  const waiting = await tx.query<{ id: string; permanenceId: string }>(
    `select id, permanence_id as "permanenceId" from proposal
     where space_id = $1 and permanence_id = any ($2::uuid[]) and kind = 'publication' and state = 'waiting'`,
    [tx.context.spaceId, permanenceIds],
  );
  for (const one of waiting) await decide(tx, one, 'approved');
}
