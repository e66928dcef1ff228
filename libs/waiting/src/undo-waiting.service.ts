import { contextOf, type Viewer } from '@app/accounts';
import { holdSlot } from '@app/booking';
import type { WaitingUndone, WaitingUndoQuery } from '@app/contract';
import { Database, done, isClaimTaken, type Outcome, refuse, type Transaction } from '@app/persistence';
import { Inject, Injectable } from '@nestjs/common';
import { reopenMessages } from './link-messages.query';
import { lockOffer } from './offers.query';
import { mayTakeBack, type WaitingUndo } from './waiting-undo.query';

type UndoRefusal = 'not-found' | 'too-late-to-undo' | 'already-waiting';

/** Takes back, in the seconds that follow, that she can't come or waits no longer: she keeps her turn. */
@Injectable()
export class UndoWaiting {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * What was kept for her is so again, until the same deadline, unless it was had by somebody else meanwhile: then she waits.
   * 'too-late-to-undo': the seconds have passed, or it is not what this account said last; 'already-waiting': she was written
   * down anew.
   */
  async undo(viewer: Viewer, id: string, act: WaitingUndoQuery['what']): Promise<Outcome<WaitingUndone, UndoRefusal>> {
    const takesBack = () =>
      this.database.command<WaitingUndone, UndoRefusal>(contextOf(viewer), (tx) => takeBack(tx, id, act));
    return takesBack().catch((error) => {
      // Whoever had the place at that very moment is seen by the second look.
      if (isClaimTaken(error)) return takesBack();
      throw error;
    });
  }
}

async function takeBack(
  tx: Transaction,
  id: string,
  act: WaitingUndo['act'],
): Promise<Outcome<WaitingUndone, UndoRefusal>> {
  const [entry] = await tx.query<{
    state: string;
    undo: WaitingUndo | null;
    partner_id: string;
    confidential: boolean;
    waits_anew: boolean;
  }>(
    `select w.state, w.undo, w.partner_id, w.confidential, exists (
       select from waiting_entry other where other.space_id = w.space_id and other.usager_id = w.usager_id and other.motif_id = w.motif_id
         and other.id <> w.id and other.state in ('waiting', 'offered')
         and other.until_day >= w.from_day and other.from_day <= w.until_day
         and (other.occurrence_id is null or w.occurrence_id is null or other.occurrence_id = w.occurrence_id)) as waits_anew
     from waiting_entry w where w.space_id = $1 and w.id = $2 for update of w`,
    [tx.context.spaceId, id],
  );
  if (!entry) return refuse('not-found');
  const { state, undo } = entry;
  const isAsSaid = state === 'gone' || (act === 'declined' && state === 'waiting');
  if (!isAsSaid || !mayTakeBack(tx, undo, act)) return refuse('too-late-to-undo');
  if (state === 'gone' && entry.waits_anew) return refuse('already-waiting');
  const isKept = undo.offerId !== null && (await keepAgain(tx, undo.offerId, undo));
  // She said no to nothing: the same hour may be proposed to her when it is free once more.
  if (undo.offerId !== null && !isKept) {
    await tx.query(`update slot_offer set state = 'undone' where space_id = $1 and id = $2 and state = 'declined'`, [
      tx.context.spaceId,
      undo.offerId,
    ]);
  }
  await tx.query(
    `update waiting_entry set state = $3, settled_at = null, undo = null where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, isKept ? 'offered' : 'waiting'],
  );
  const { partner_id: partnerId, confidential } = entry;
  await tx.record({ kind: 'waiting.changed', subjectId: id, partnerId, confidential });
  return done({ place: undo.offerId === null ? 'none' : isKept ? 'kept' : 'given-on' });
}

/** The place, for her again; false when it may not be had any more. */
async function keepAgain(tx: Transaction, offerId: string, { at }: WaitingUndo): Promise<boolean> {
  const offer = await lockOffer(tx, offerId);
  if (offer?.state !== 'declined' || offer.deadline <= tx.now || !offer.occurrenceId) return false;
  const { occurrenceId, motifId, start, agentId, interpreter, deadline: expiresAt, zone } = offer;
  const slot = { occurrenceId, motifId, start, agentId, interpreter, expiresAt };
  const held = await holdSlot(tx, zone, { ...slot, exact: true, offered: true });
  if (!held.ok) return false;
  await tx.query(
    `update slot_offer set state = 'offered', hold_id = $3, settled_at = null where space_id = $1 and id = $2`,
    [tx.context.spaceId, offerId, held.value.id],
  );
  await reopenMessages(tx, offerId, at);
  return true;
}
