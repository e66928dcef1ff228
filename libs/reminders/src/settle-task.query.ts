import type { Transaction } from '@app/persistence';
import { done, type Outcome, refuse } from '@app/persistence';
import { instantToIso } from '@app/time';

export type TaskRefusal = 'not-found' | 'not-a-task';

/**
 * Someone called or wrote: the task is done, with its author. Also after an SMS that failed, once the person was told another
 * way. Done twice changes nothing.
 */
export async function settleReminder(tx: Transaction, id: string): Promise<Outcome<null, TaskRefusal>> {
  const [row] = await tx.query<{
    state: string;
    appointment_id: string;
    partner_id: string;
    confidential: boolean;
  }>(
    'select state, appointment_id, partner_id, confidential from reminder where space_id = $1 and id = $2 for update',
    [tx.context.spaceId, id],
  );
  if (!row) return refuse('not-found');
  if (row.state === 'done') return done(null);
  if (row.state !== 'todo' && row.state !== 'failed') return refuse('not-a-task');
  await tx.query(
    `update reminder set state = 'done', settled_at = $3, settled_by = $4 where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, instantToIso(tx.now), tx.context.accountId],
  );
  await tx.record({
    kind: 'message.done',
    subjectId: row.appointment_id,
    partnerId: row.partner_id,
    confidential: row.confidential,
  });
  return done(null);
}
