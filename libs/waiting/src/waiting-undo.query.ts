import { UNDO_MS } from '@app/booking';
import type { WaitingUndoQuery } from '@app/contract';
import type { Transaction } from '@app/persistence';
import type { Instant } from '@app/time';

/** What the desk said last of who waits. */
export interface WaitingUndo {
  act: WaitingUndoQuery['what'];
  at: Instant;
  by: string | null;
  /** What was kept for her then. */
  offerId: string | null;
}

export async function keepUndo(
  tx: Transaction,
  entryId: string,
  { act, offerId }: Pick<WaitingUndo, 'act' | 'offerId'>,
): Promise<void> {
  const undo: WaitingUndo = { act, at: tx.now, by: tx.context.accountId, offerId };
  await tx.query('update waiting_entry set undo = $3 where space_id = $1 and id = $2', [
    tx.context.spaceId,
    entryId,
    JSON.stringify(undo),
  ]);
}

/** Whether this account may still take that very act back. */
export function mayTakeBack(
  { now, context: { accountId } }: Pick<Transaction, 'now' | 'context'>,
  undo: WaitingUndo | null,
  act: WaitingUndo['act'],
): undo is WaitingUndo {
  return undo !== null && undo.act === act && accountId !== null && undo.by === accountId && now - undo.at <= UNDO_MS;
}
