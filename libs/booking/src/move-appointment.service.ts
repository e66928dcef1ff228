import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { Booked, MoveBody } from '@app/contract';
import { Database, done, isClaimTaken, type Outcome, refuse, type Transaction } from '@app/persistence';
import { claim, heldResources, release } from '@app/rooms';
import { dateAt, type Instant, type Interval, instantToIso, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { dateOfAppointment, lockAppointment, type LockedAppointment, settleStranded } from './appointment.query';
import { mayStillChange } from './appointment-states';
import { decide, type SlotRefusal } from './bookable';
import { FindSlots } from './find-slots.service';
import { keepDates, openSlot } from './open-slot.query';
import { overlapWarnings } from './warnings';

type MoveRefusal = SlotRefusal | 'not-found' | 'version' | 'cannot-become';
type Move = z.infer<typeof MoveBody>;

/** Reporter : the same person and motif, another slot. The old slot is free as soon as the new one is taken. */
@Injectable()
export class MoveAppointment {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FindSlots) private readonly slots: FindSlots,
  ) {}

  /** 'version': someone moved it meanwhile. 'cannot-become': it has taken place, or was cancelled. Others as for a booking. */
  async move(viewer: Viewer, id: string, body: Move): Promise<Outcome<Booked, MoveRefusal>> {
    const local = parseLocalDateTime(body.start);
    if (!local) return refuse('occurrence-changed');
    const start = toInstant(local, viewer.space.zone);
    let motifId: string | null = null;
    const outcome = await this.database
      .command<Booked, MoveRefusal>(contextOf(viewer), async (tx) => {
        const from = await dateOfAppointment(tx, id);
        if (!from) return refuse('not-found');
        await keepDates(tx, [from, body.occurrenceId]);
        const appointment = await lockAppointment(tx, id);
        if (!appointment) return refuse('not-found');
        // Moved between the two readings: its date was not the one kept.
        if (appointment.version !== body.version || appointment.occurrenceId !== from) return refuse('version');
        if (!mayStillChange(appointment)) return refuse('cannot-become');
        motifId = appointment.motifId;
        return moveTo(tx, viewer, appointment, body, start);
      })
      .catch((error): Outcome<Booked, MoveRefusal> => {
        if (isClaimTaken(error)) return refuse('slot-taken');
        throw error;
      });
    if (outcome.ok || !motifId || outcome.why === 'version' || outcome.why === 'cannot-become') return outcome;
    if (outcome.why === 'occurrence-changed') {
      // The database can't tell a date that is gone from one that is not for this viewer.
      await this.database.within(contextOf(viewer), (tx) =>
        tx.audit('appointment.move', 'occurrence', body.occurrenceId, 'refused'),
      );
    }
    const alternatives = await this.slots.alternatives(viewer, motifId, { start, agentId: body.agentId });
    return { heldBy: null, ...outcome, alternatives };
  }
}

async function moveTo(
  tx: Transaction,
  viewer: Viewer,
  appointment: LockedAppointment,
  body: Move,
  start: Instant,
): Promise<Outcome<Booked, SlotRefusal>> {
  const { zone } = viewer.space;
  const { agentId, occurrenceId } = body;
  const leaving = await heldResources(tx, [appointment.id]);
  const slot = await openSlot(tx, { occurrenceId, motifId: appointment.motifId, start, agentId, leaving });
  if (!slot) return refuse('occurrence-changed');
  const decision = decide(slot, { start, agentId, moving: appointment.id }, tx.now);
  if (!decision.ok) return decision;
  const { counter, during } = decision;
  const own = slot.counters.find(({ resourceId }) => leaving.includes(resourceId));
  const sameCounter = own !== undefined && (agentId === null || agentId === own.agentId);
  const sameHours = start === appointment.start && during.end === appointment.end;
  // Moved onto itself: nothing happened, and nobody is told that it did.
  if (occurrenceId === appointment.occurrenceId && sameCounter && sameHours) {
    return done(bookedOf(viewer, appointment, slot.roomId, during, false));
  }
  await release(tx, [appointment.id]);
  const holder = {
    kind: 'appointment',
    id: appointment.id,
    partnerId: slot.partnerId,
    confidential: slot.confidential,
  } as const;
  await claim(tx, holder, [{ resourceId: counter.resourceId, during }]);
  const [moved] = await tx.query<{ overlaps: boolean }>(
    `update appointment a set occurrence_id = $3, agent_id = $4, seat = $5, site_id = $6, starts_at = $7, ends_at = $8,
       state = 'planned', confidential = $9, version = version + 1
     where a.space_id = $1 and a.id = $2
     returning exists (select from appointment b
       where b.space_id = $1 and b.usager_id = a.usager_id and b.id <> a.id
         and b.starts_at > $7::timestamptz - interval '1 day' and b.starts_at < $8 and b.ends_at > $7
         and b.state not in ('cancelledByUsager', 'cancelledByAgent') and not b.confidential) as overlaps`,
    [
      tx.context.spaceId,
      appointment.id,
      occurrenceId,
      counter.agentId,
      counter.seat,
      slot.siteId,
      instantToIso(during.start),
      instantToIso(during.end),
      slot.confidential,
    ],
  );
  await settleStranded(tx, appointment.id);
  const about = { subjectId: appointment.id, partnerId: slot.partnerId, confidential: slot.confidential };
  const [day, left] = [dateAt(during.start, zone), dateAt(appointment.start, zone)];
  await tx.record({
    ...about,
    kind: 'appointment.moved',
    siteId: slot.siteId,
    day,
    detail: { version: appointment.version + 1 },
  });
  // The board it leaves looks again too.
  if (day !== left || slot.siteId !== appointment.siteId) {
    await tx.record({ ...about, kind: 'appointment.left', siteId: appointment.siteId, day: left });
  }
  return done(bookedOf(viewer, appointment, slot.roomId, during, moved?.overlaps ?? false));
}

function bookedOf(
  { space: { zone }, role, language }: Viewer,
  { id, usagerId }: LockedAppointment,
  roomId: string | null,
  during: Interval,
  overlaps: boolean,
): Booked {
  return {
    id,
    usagerId,
    start: toLocal(during.start, zone),
    end: toLocal(during.end, zone),
    roomId,
    warnings: overlapWarnings(overlaps, { sight: sightOf(role), language }),
  };
}
