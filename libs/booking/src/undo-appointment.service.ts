import { contextOf, type Viewer } from '@app/accounts';
import type { Undone } from '@app/contract';
import { Database, done, isClaimTaken, type Outcome, refuse, type Transaction } from '@app/persistence';
import { keepCalendars, strandAlone } from '@app/permanences';
import { claim, lockResources, heldResources } from '@app/rooms';
import { dateAt, type Instant, instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { lockAppointment, type LockedAppointment, whereBooked } from './appointment.query';
import { decide, type SlotRefusal } from './bookable';
import { moveTo } from './move-appointment.service';
import { keepDates, openSlot } from './open-slot.query';
import { type AloneRefusal, placeAlone } from './place-alone.query';
import { moveAlone, wishAgain } from './stand-alone.service';
import { mayUndo, type Undo, UNDO_MS } from './undo';

export type UndoRefusal = SlotRefusal | AloneRefusal | 'not-found' | 'too-late-to-undo';

/** Takes back a booking, a move or a cancellation in the seconds that follow, by whoever did it. Nobody was told yet. */
@Injectable()
export class UndoAppointment {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * 'too-late-to-undo': the seconds have passed, or it is not the last thing this account did to it. Others as for a booking.
   * @param what the act that is meant: one asked for twice takes back no other
   */
  async undo(viewer: Viewer, id: string, what?: Undone['what']): Promise<Outcome<Undone, UndoRefusal>> {
    return this.database
      .command<Undone, UndoRefusal>(contextOf(viewer), (tx) => takeBack(tx, viewer, id, what))
      .catch((error): Outcome<Undone, UndoRefusal> => {
        if (isClaimTaken(error)) return refuse('slot-taken');
        throw error;
      });
  }
}

/** As `UndoAppointment`, within a transaction of the caller's. @throws 23P01 (`isClaimTaken`) */
export async function takeBack(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  what?: Undone['what'],
): Promise<Outcome<Undone, UndoRefusal>> {
  const from = await whereBooked(tx, id);
  if (!from) return refuse('not-found');
  // The date it goes back to is kept as well, before the appointment: read first, checked under the lock.
  const [row] = await tx.query<{ undo: Undo | null }>('select undo from appointment where space_id = $1 and id = $2', [
    tx.context.spaceId,
    id,
  ]);
  const expected = row?.undo ?? null;
  // Where it stands alone, or goes back to standing alone, no closure is said meanwhile.
  if (from.occurrenceId === null || expected?.apart) await keepCalendars(tx);
  await keepDates(
    tx,
    [from.occurrenceId, expected?.occurrenceId].filter((date) => typeof date === 'string'),
  );
  const appointment = await lockAppointment(tx, id);
  if (!appointment) return refuse('not-found');
  const { undo } = appointment;
  if (appointment.occurrenceId !== from.occurrenceId || undo?.at !== expected?.at) return refuse('too-late-to-undo');
  if (what && what !== (undo?.act ?? 'booked')) return refuse('too-late-to-undo');
  if (!undo) return forget(tx, viewer, appointment);
  if (!mayUndo(undo, tx.context.accountId, tx.now)) return refuse('too-late-to-undo');
  return undo.act === 'moved' ? moveBack(tx, viewer, appointment, undo) : restore(tx, viewer, appointment, undo);
}

/** An appointment that nobody was told of never was. */
async function forget(
  tx: Transaction,
  viewer: Viewer,
  appointment: LockedAppointment,
): Promise<Outcome<Undone, 'too-late-to-undo'>> {
  await lockResources(tx, await heldResources(tx, [appointment.id]));
  const [row] = await tx.query<{ forgotten: boolean }>('select forget_booking($1, $2, $3) as forgotten', [
    appointment.id,
    instantToIso(tx.now),
    `${UNDO_MS} milliseconds`,
  ]);
  if (!row?.forgotten) return refuse('too-late-to-undo');
  await tx.record(happening(viewer, appointment, 'appointment.undone'));
  return done({ what: 'booked' });
}

async function moveBack(
  tx: Transaction,
  viewer: Viewer,
  appointment: LockedAppointment,
  { occurrenceId, apart, start, agentId, secondAgentId, state, version }: Undo,
): Promise<Outcome<Undone, SlotRefusal | AloneRefusal>> {
  if (occurrenceId === null) {
    if (!apart) return refuse('occurrence-changed');
    const wish = wishAgain(appointment, { ...apart, start, agentId, secondAgentId });
    const put = await moveAlone(tx, viewer, appointment, wish, { state, version });
    return put.ok ? done({ what: 'moved' }) : put;
  }
  const together = bothOf(agentId, secondAgentId);
  const to = { occurrenceId, start: start as Instant, agentId, together, back: { state, version } };
  const moved = await moveTo(tx, viewer, appointment, to);
  return moved.ok ? done({ what: 'moved' }) : moved;
}

/** Gives the appointment its slot back, if nobody took it meanwhile. */
async function restore(
  tx: Transaction,
  viewer: Viewer,
  appointment: LockedAppointment,
  { agentId, secondAgentId, state }: Undo,
): Promise<Outcome<Undone, SlotRefusal | AloneRefusal>> {
  const { occurrenceId, motifId, start, interpreter } = appointment;
  if (occurrenceId === null) return restoreAlone(tx, viewer, appointment, state);
  const slot = await openSlot(tx, { occurrenceId, motifId, start, agentId, interpreter });
  if (!slot) return refuse('occurrence-changed');
  const together = bothOf(agentId, secondAgentId);
  const wanted = { zone: viewer.space.zone, start, agentId, together, exact: true };
  const decision = decide(slot, wanted, Math.min(tx.now, start) as Instant);
  if (!decision.ok) return decision;
  const { counters, takes } = decision;
  const [counter, second] = counters;
  const { partnerId, confidential } = appointment;
  await claim(
    tx,
    { kind: 'appointment', id: appointment.id, partnerId, confidential },
    counters.map(({ resourceId }) => ({ resourceId, during: takes })),
  );
  // The same version: what people were told of it holds again, and is not told twice.
  await tx.query(
    `update appointment set state = $3, cancelled_at = null, undo = null, agent_id = $4, seat = $5, second_agent_id = $6
     where space_id = $1 and id = $2`,
    [tx.context.spaceId, appointment.id, state, counter.agentId, counter.seat, second?.agentId ?? null],
  );
  await tx.record(happening(viewer, appointment, 'appointment.restored'));
  return done({ what: 'cancelled' });
}

async function restoreAlone(
  tx: Transaction,
  viewer: Viewer,
  appointment: LockedAppointment,
  state: string,
): Promise<Outcome<Undone, AloneRefusal>> {
  const placed = await placeAlone(tx, viewer, wishAgain(appointment, appointment), { back: true });
  if (!placed.ok) return placed;
  const { partnerId, confidential, claims, roomId } = placed.value;
  await claim(tx, { kind: 'appointment', id: appointment.id, partnerId, confidential }, claims);
  await tx.query(
    `update appointment set state = $3, cancelled_at = null, undo = null, room_id = $4 where space_id = $1 and id = $2`,
    [tx.context.spaceId, appointment.id, state, roomId],
  );
  await strandAlone(tx, viewer, [appointment.id]);
  await tx.record(happening(viewer, appointment, 'appointment.restored'));
  return done({ what: 'cancelled' });
}

/** An interview of two is given back to both. */
const bothOf = (first: string | null, second: string | null) => (first && second ? [first, second] : []);

function happening(viewer: Viewer, appointment: LockedAppointment, kind: string) {
  return {
    kind,
    subjectId: appointment.id,
    partnerId: appointment.partnerId,
    confidential: appointment.confidential,
    siteId: appointment.siteId,
    day: dateAt(appointment.start, viewer.space.zone),
  };
}
