import { contextOf, type Viewer } from '@app/accounts';
import type { Hold, HoldBody } from '@app/contract';
import { Database, done, isClaimTaken, type Outcome, refuse, type Transaction } from '@app/persistence';
import { lockResources } from '@app/rooms';
import { addMinutes, dateAt, type Instant, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { decide, type SlotRefusal } from './bookable';
import { FindSlots } from './find-slots.service';
import { forgetHold, keptBy, writeHold } from './hold.query';
import { openSlot } from './open-slot.query';

/** Long enough to write a person down, short enough that nobody waits for it. */
const MINUTES = 3;

export interface SlotToHold {
  occurrenceId: string;
  motifId: string;
  start: Instant;
  agentId: string | null;
  interpreter?: boolean | undefined;
  exact?: boolean | undefined;
  expiresAt: Instant;
  /** To someone who answers later: no account holds it. */
  offered?: boolean | undefined;
}

export interface HeldSlot {
  id: string;
  start: Instant;
  end: Instant;
}

/** Keeps a slot for whoever is being written down; it is gone for everybody at the same instant. */
@Injectable()
export class HoldSlot {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FindSlots) private readonly slots: FindSlots,
  ) {}

  /** Refused as a booking would be, with the three nearest slots that are free now. */
  async hold(viewer: Viewer, body: HoldBody): Promise<Outcome<Hold, SlotRefusal>> {
    const { zone } = viewer.space;
    const local = parseLocalDateTime(body.start);
    if (!local) return refuse('occurrence-changed');
    const start = toInstant(local, zone);
    const outcome = await this.database
      .command<Hold, SlotRefusal>(contextOf(viewer), async (tx) => {
        const expiresAt = addMinutes(tx.now, MINUTES);
        const held = await holdSlot(tx, zone, { ...body, start, expiresAt });
        if (!held.ok) return held;
        return done({
          id: held.value.id,
          start: toLocal(held.value.start, zone),
          end: toLocal(held.value.end, zone),
          until: toLocal(expiresAt, zone),
          seconds: MINUTES * 60,
        });
      })
      .catch((error): Outcome<Hold, SlotRefusal> => {
        if (isClaimTaken(error)) return refuse('slot-taken');
        throw error;
      });
    if (outcome.ok) return outcome;
    if (outcome.why === 'occurrence-changed') {
      // The database can't tell a date that is gone from one that is not for this viewer.
      await this.database.within(contextOf(viewer), (tx) =>
        tx.audit('slot.hold', 'occurrence', body.occurrenceId, 'refused'),
      );
    }
    const { agentId, interpreter } = body;
    const alternatives = await this.slots.alternatives(viewer, body.motifId, { start, agentId, interpreter });
    return { heldBy: null, ...outcome, alternatives };
  }

  /** The slot is free at once. A hold that ran out meanwhile is no accident: it is gone, as was wanted. */
  async letGo(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found'>> {
    return this.database.command<null, 'not-found'>(contextOf(viewer), async (tx) => {
      const [hold] = await tx.query<{ partnerId: string; confidential: boolean; siteId: string; startsAt: Instant }>(
        `select partner_id as "partnerId", confidential, site_id as "siteId", starts_at as "startsAt"
         from slot_hold where space_id = $1 and id = $2 and account_id = $3`,
        [tx.context.spaceId, id, tx.context.accountId],
      );
      if (!hold) return refuse('not-found');
      await lockResources(tx, await keptBy(tx, id));
      await forgetHold(tx, id);
      const { startsAt, ...about } = hold;
      await tx.record({ kind: 'slot.free', subjectId: id, ...about, day: dateAt(startsAt, viewer.space.zone) });
      return done(null);
    });
  }
}

/**
 * Holds a slot until an instant, within a transaction of the caller's: for someone being written down, or to whom it was
 * offered. Booking it with the hold's id makes it the appointment's. @throws 23P01 (`isClaimTaken`)
 */
export async function holdSlot(
  tx: Transaction,
  zone: string,
  { start, agentId, exact, interpreter = false, expiresAt, ...wanted }: SlotToHold,
): Promise<Outcome<HeldSlot, SlotRefusal>> {
  const slot = await openSlot(tx, { ...wanted, start, agentId, interpreter });
  if (!slot) return refuse('occurrence-changed');
  const decision = decide(slot, { zone, start, agentId, exact }, tx.now);
  if (!decision.ok) return decision;
  const id = await writeHold(tx, { ...wanted, interpreter, slot, decision, expiresAt });
  const { partnerId, confidential, siteId } = slot;
  await tx.record({ kind: 'slot.held', subjectId: id, partnerId, confidential, siteId, day: dateAt(start, zone) });
  return done({ id, start: decision.during.start, end: decision.during.end });
}
