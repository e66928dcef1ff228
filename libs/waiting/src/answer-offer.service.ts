import { contextOf, type Viewer } from '@app/accounts';
import { bookFor, seriesMissing, type SlotRefusal } from '@app/booking';
import {
  type Context,
  Database,
  done,
  isClaimTaken,
  type Outcome,
  refuse,
  systemContext,
  type Transaction,
} from '@app/persistence';
import type { Interval } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { endOffer, type LockedOffer, lockOffer, settleOffer } from './offers.query';
import { keepUndo } from './waiting-undo.query';

export type OfferRefusal = SlotRefusal | 'not-found' | 'offer-over';

/** What she answers, or the desk for her: the slot is hers, or goes to the next in turn. */
@Injectable()
export class AnswerOffer {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** 'offer-over': the deadline passed, or it was answered already. Others as for a booking: what was kept is gone. */
  accept(viewer: Viewer, id: string): Promise<Outcome<{ id: string }, OfferRefusal>> {
    return this.accepting(contextOf(viewer), id);
  }

  /** She does not want this one; she goes on waiting, unless this very session was all she waited for. */
  decline(viewer: Viewer, id: string): Promise<Outcome<null, OfferRefusal>> {
    return this.ending(contextOf(viewer), id, 'waiting', 'declined');
  }

  /** By whoever holds the link. Answered again, the answer is the same. */
  acceptByLink(spaceId: string, id: string): Promise<Outcome<{ id: string }, OfferRefusal>> {
    return this.accepting(systemContext(spaceId), id);
  }

  /** `gone`: she waits no longer at all. */
  declineByLink(spaceId: string, id: string, gone: boolean): Promise<Outcome<null, OfferRefusal>> {
    return this.ending(systemContext(spaceId), id, gone ? 'gone' : 'waiting');
  }

  private async accepting(context: Context, id: string): Promise<Outcome<{ id: string }, OfferRefusal>> {
    return this.database
      .command<{ id: string }, OfferRefusal>(context, async (tx) => {
        const offer = await openOffer(tx, id);
        if (!offer.ok) return offer;
        const booked = await book(tx, offer.value);
        if (!booked.ok) return booked;
        await settleOffer(tx, offer.value, 'accepted', 'booked', booked.value.id);
        await tx.record(happening(offer.value));
        return done({ id: booked.value.id });
      })
      .catch((error): Outcome<{ id: string }, OfferRefusal> => {
        if (isClaimTaken(error)) return refuse('slot-taken');
        throw error;
      });
  }

  private async ending(
    context: Context,
    id: string,
    entry: 'waiting' | 'gone',
    act?: 'declined',
  ): Promise<Outcome<null, OfferRefusal>> {
    return this.database.command<null, OfferRefusal>(context, async (tx) => {
      const offer = await openOffer(tx, id);
      if (!offer.ok) return offer;
      await endOffer(tx, offer.value, 'declined', offer.value.ofSession ? 'gone' : entry);
      if (act) await keepUndo(tx, offer.value.entryId, { act, offerId: id });
      await tx.record(happening(offer.value));
      return done(null);
    });
  }
}

async function openOffer(tx: Transaction, id: string): Promise<Outcome<LockedOffer, 'not-found' | 'offer-over'>> {
  const offer = await lockOffer(tx, id);
  if (!offer) return refuse('not-found');
  return offer.state === 'offered' && offer.deadline > tx.now ? done(offer) : refuse('offer-over');
}

async function book(
  tx: Transaction,
  { zone, usagerId, occurrenceId, motifId, start, agentId, interpreter, holdId, ofSeries }: LockedOffer,
): Promise<Outcome<{ id: string; during: Interval }, OfferRefusal>> {
  if (!occurrenceId) return refuse('occurrence-changed');
  const seriesId = ofSeries ? await seriesMissing(tx, { usagerId, motifId, start }) : null;
  return bookFor(tx, zone, usagerId, {
    ...{ occurrenceId, motifId, start, agentId, interpreter, holdId },
    ...(seriesId && { seriesId }),
  });
}

function happening({ entryId, partnerId, confidential, siteId }: LockedOffer) {
  return { kind: 'waiting.changed', subjectId: entryId, partnerId, confidential, siteId };
}
