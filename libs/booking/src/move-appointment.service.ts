import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { Booked, MoveBody } from '@app/contract';
import { Database, done, isClaimTaken, type Outcome, type Refusal, refuse, type Transaction } from '@app/persistence';
import { claim, heldResources, release } from '@app/rooms';
import {
  dateAt,
  type Instant,
  instantToIso,
  type Interval,
  overlaps,
  parseLocalDateTime,
  toInstant,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { lockAppointment, type LockedAppointment, settleStranded, whereBooked } from './appointment.query';
import { mayStillChange } from './appointment-states';
import { decide, type OpenSlot, type SlotRefusal } from './bookable';
import { FindSlots } from './find-slots.service';
import { heldFor, takenBy } from './offer';
import { keepDates, openSlot } from './open-slot.query';
import { undoOf } from './undo';
import { overlapAt } from './overlap.query';
import { type Overlap, overlapWarnings } from './warnings';

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
    let interpreter = false;
    const outcome = await this.database
      .command<Booked, MoveRefusal>(contextOf(viewer), async (tx) => {
        const from = await whereBooked(tx, id);
        if (!from) return refuse('not-found');
        await keepDates(tx, [...(from.occurrenceId ? [from.occurrenceId] : []), body.occurrenceId]);
        const appointment = await lockAppointment(tx, id);
        if (!appointment) return refuse('not-found');
        // Moved between the two readings: its date was not the one kept.
        if (appointment.version !== body.version || appointment.occurrenceId !== from.occurrenceId)
          return refuse('version');
        if (!mayStillChange(appointment)) return refuse('cannot-become');
        ({ motifId, interpreter } = appointment);
        return moveTo(tx, viewer, appointment, { ...body, start });
      })
      .catch((error): Outcome<Booked, MoveRefusal> => {
        if (isClaimTaken(error)) return refuse('slot-taken');
        throw error;
      });
    if (outcome.ok || !motifId || outcome.why === 'version' || outcome.why === 'cannot-become') return outcome;
    if (outcome.why === 'already-booked') return outcome;
    if (outcome.why === 'occurrence-changed') {
      // The database can't tell a date that is gone from one that is not for this viewer.
      await this.database.within(contextOf(viewer), (tx) =>
        tx.audit('appointment.move', 'occurrence', body.occurrenceId, 'refused'),
      );
    }
    const { agentId } = body;
    const alternatives = await this.slots.alternatives(viewer, motifId, { start, agentId, interpreter });
    return { heldBy: null, ...outcome, alternatives };
  }
}

export interface Destination {
  occurrenceId: string;
  start: Instant;
  agentId: string | null;
  exact?: boolean | undefined;
  /** An interview of two agents may go on with others. */
  otherAgents?: boolean | undefined;
  /** A move that is taken back: the appointment is again what it was, under the version people were told. */
  back?: { version: number; state: string } | undefined;
  /** These agents, both, whoever has the appointment now. */
  together?: readonly string[] | undefined;
}

/** Moves an appointment whose dates are kept and that is locked, or says why it can't be there. */
export async function moveTo(
  tx: Transaction,
  viewer: Viewer,
  appointment: LockedAppointment,
  to: Destination,
): Promise<Outcome<Booked, SlotRefusal>> {
  const { zone } = viewer.space;
  const { start, agentId, occurrenceId, back } = to;
  const leaving = await heldResources(tx, [appointment.id]);
  const { motifId, interpreter } = appointment;
  const slot = await openSlot(tx, { occurrenceId, motifId, start, agentId, interpreter, leaving });
  if (!slot) return refuse('occurrence-changed');
  const wanted = {
    zone,
    start,
    agentId,
    moving: appointment.id,
    exact: to.exact || back !== undefined,
    together: togetherFor(appointment, to),
  };
  // What is taken back may lie a few minutes behind.
  const decision = decide(slot, wanted, back ? (Math.min(tx.now, start) as Instant) : tx.now);
  if (!decision.ok) return decision.why === 'agents-apart' ? sayApart(tx, viewer, appointment, slot, start) : decision;
  const { counters, during, takes } = decision;
  const [counter, second] = counters;
  const own = slot.counters.find(({ resourceId }) => leaving.includes(resourceId));
  const sameCounter = second
    ? counters.every(({ resourceId }) => leaving.includes(resourceId))
    : own !== undefined && (agentId === null || agentId === own.agentId);
  const sameHours = start === appointment.start && during.end === appointment.end;
  // Moved onto itself: nothing happened, and nobody is told that it did.
  const samePlace = occurrenceId === appointment.occurrenceId && slot.siteId === appointment.siteId;
  if (samePlace && sameCounter && sameHours) {
    return done(bookedOf(viewer, appointment, slot.roomId, during, null));
  }
  // Whoever moves it by its link is not told of another one: the phone may be in other hands.
  const isSignedIn = tx.context.accountId !== null;
  if (!back && isSignedIn && (await isThereAlready(tx, appointment, occurrenceId, during)))
    return refuse('already-booked');
  await release(tx, [appointment.id]);
  const { partnerId, confidential } = slot;
  await claim(
    tx,
    { kind: 'appointment', id: appointment.id, partnerId, confidential },
    counters.map(({ resourceId }) => ({ resourceId, during: takes })),
  );
  const [moved] = await tx.query<{ overlap: Overlap | null }>(
    `update appointment a set occurrence_id = $3, agent_id = $4, seat = $5, site_id = $6, starts_at = $7, ends_at = $8,
       state = $10, confidential = $9, version = $11, second_agent_id = $12, undo = $13, room_id = null
     where a.space_id = $1 and a.id = $2
     returning ${OVERLAP} as overlap`,
    [
      tx.context.spaceId,
      appointment.id,
      occurrenceId,
      counter.agentId,
      counter.seat,
      slot.siteId,
      instantToIso(during.start),
      instantToIso(during.end),
      confidential,
      back?.state ?? 'planned',
      back?.version ?? appointment.version + 1,
      second?.agentId ?? null,
      back ? null : undoOf(tx, appointment, 'moved'),
    ],
  );
  await settleStranded(tx, appointment.id);
  const about = { subjectId: appointment.id, partnerId, confidential };
  const [day, left] = [dateAt(during.start, zone), dateAt(appointment.start, zone)];
  await tx.record({
    ...about,
    kind: 'appointment.moved',
    siteId: slot.siteId,
    day,
    detail: { version: back?.version ?? appointment.version + 1 },
  });
  // The board it leaves looks again too.
  if (day !== left || slot.siteId !== appointment.siteId) {
    await tx.record({ ...about, kind: 'appointment.left', siteId: appointment.siteId, day: left });
  }
  return done(bookedOf(viewer, appointment, slot.roomId, during, moved?.overlap ?? null));
}

const OVERLAP = overlapAt({ usager: 'a.usager_id', but: 'a.id', start: '$7::timestamptz', end: '$8' });

/** Another appointment of hers is in that session at those hours: she would have two places. */
async function isThereAlready(
  tx: Transaction,
  { id, usagerId }: LockedAppointment,
  occurrenceId: string,
  { start, end }: Interval,
): Promise<boolean> {
  const rows = await tx.query(
    `select from appointment where space_id = $1 and usager_id = $2 and id <> $3 and occurrence_id = $4
       and starts_at > $5::timestamptz - interval '1 day' and starts_at < $6 and ends_at > $5
       and state not in ('cancelledByUsager', 'cancelledByAgent') limit 1`,
    [tx.context.spaceId, usagerId, id, occurrenceId, instantToIso(start), instantToIso(end)],
  );
  return rows.length > 0;
}

/** Both agents of an interview of two come along, unless somebody else is asked for. */
function togetherFor(
  { agentId: first, secondAgentId: second }: LockedAppointment,
  { agentId, otherAgents, together }: Destination,
): readonly string[] {
  if (together) return together;
  if (!first || !second || otherAgents) return [];
  return agentId === null || agentId === first || agentId === second ? [first, second] : [];
}

/** Which of the two can't be there. */
async function sayApart(
  tx: Transaction,
  { language }: Viewer,
  { id, agentId, secondAgentId }: LockedAppointment,
  slot: OpenSlot,
  start: Instant,
): Promise<Refusal<'agents-apart'>> {
  const takes = takenBy(slot, heldFor(slot, start, slot.need.durationMinutes), slot.need);
  const inTheWay = slot.taken.filter((one) => one.heldBy !== id && overlaps(one, takes));
  const free = slot.counters
    .filter(({ resourceId }) => !inTheWay.some((one) => one.resourceId === resourceId))
    .map((counter) => counter.agentId);
  const rows = await tx.query<{ name: string }>(
    'select name from agent where space_id = $1 and id = any ($2::uuid[]) and id <> all ($3::uuid[]) order by name',
    [tx.context.spaceId, [agentId, secondAgentId], free.filter((one) => one !== null)],
  );
  const names = rows.map(({ name }) => name).join(language === 'fr' ? ' et ' : ' and ');
  return refuse('agents-apart', { detail: names });
}

function bookedOf(
  { space: { zone }, role, language }: Viewer,
  { id, usagerId }: LockedAppointment,
  roomId: string | null,
  during: Interval,
  overlap: Overlap | null,
): Booked {
  return {
    id,
    usagerId,
    start: toLocal(during.start, zone),
    end: toLocal(during.end, zone),
    roomId,
    warnings: overlapWarnings(overlap, { sight: sightOf(role), language }),
  };
}
