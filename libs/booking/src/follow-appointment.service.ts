import { contextOf, type Viewer } from '@app/accounts';
import type { CancelBody, StateBody } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { heedAbsences, heldResources, lockResources, release } from '@app/rooms';
import { dateAt, type Instant, instantToIso, minutesBetween, parseLocalDateTime, toInstant } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { lockAppointment, type LockedAppointment, settleStranded, whereBooked } from './appointment.query';
import { mayStillChange, refusalToPass } from './appointment-states';
import { keepDates } from './open-slot.query';
import { undoOf } from './undo';

type FollowRefusal = 'not-found' | 'version' | 'cannot-become' | 'too-early' | 'not-that-day';

/** What becomes of an appointment: cancelled, or said arrived, seen, absent — each time with its author. */
@Injectable()
export class FollowAppointment {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Gives the slot back at once. 'cannot-become': it has taken place, or is cancelled already. */
  async cancel(
    viewer: Viewer,
    id: string,
    { by, version }: z.infer<typeof CancelBody>,
  ): Promise<Outcome<null, FollowRefusal>> {
    return this.database.command<null, FollowRefusal>(contextOf(viewer), async (tx) => {
      const from = await whereBooked(tx, id);
      if (!from) return refuse('not-found');
      if (from.occurrenceId) await keepDates(tx, [from.occurrenceId]);
      const appointment = await lockAppointment(tx, id);
      if (!appointment) return refuse('not-found');
      if (appointment.version !== version) return refuse('version');
      if (!mayStillChange(appointment)) return refuse('cannot-become');
      await lockResources(tx, await heldResources(tx, [id]));
      await cancelLocked(tx, viewer, appointment, by);
      return done(null);
    });
  }

  /**
   * 'too-early': nobody is absent before the hour, nor here before the day. 'not-that-day': written down afterwards, an arrival
   * keeps the hour it happened, on the day of the appointment and not to come.
   */
  async say(
    viewer: Viewer,
    id: string,
    { state, version, at, excused = false }: z.infer<typeof StateBody>,
  ): Promise<Outcome<null, FollowRefusal>> {
    return this.database.command<null, FollowRefusal>(contextOf(viewer), async (tx) => {
      const appointment = await lockAppointment(tx, id);
      if (!appointment) return refuse('not-found');
      if (appointment.version !== version) return refuse('version');
      // Of someone who did not come, whether that had been said is put right.
      const staysAbsent = state === 'noShow' && appointment.state === 'noShow';
      const refusal = staysAbsent ? null : refusalToPass(appointment, state, tx.now, viewer.space.zone);
      if (refusal) return refuse(refusal);
      const arrived = arrivalOf(at, tx.now, viewer.space.zone);
      const isThatDay = dateAt(arrived, viewer.space.zone) === dateAt(appointment.start, viewer.space.zone);
      if (arrived > tx.now || (at && !isThatDay)) return refuse('not-that-day');
      await passTo(tx, id, { state, arrived, excused });
      await tx.record(happening(viewer, appointment, 'appointment.state', { from: appointment.state, to: state }));
      return done(null);
    });
  }
}

/** Cancels an appointment that is locked with all it holds: its slot is free at once. */
export async function cancelLocked(
  tx: Transaction,
  viewer: Viewer,
  appointment: LockedAppointment,
  by: 'usager' | 'agent',
): Promise<void> {
  const { id, version } = appointment;
  await release(tx, [id]);
  await tx.query('update appointment set state = $3, cancelled_at = $4, undo = $5 where space_id = $1 and id = $2', [
    tx.context.spaceId,
    id,
    by === 'usager' ? 'cancelledByUsager' : 'cancelledByAgent',
    instantToIso(tx.now),
    undoOf(tx, appointment, 'cancelled'),
  ]);
  await settleStranded(tx, id);
  // A borrowed office given back is no longer anything to settle.
  if (appointment.roomId) await heedAbsences(tx);
  const noticeMinutes = Math.max(0, Math.floor(minutesBetween(tx.now, appointment.start)));
  await tx.record(happening(viewer, appointment, 'appointment.cancelled', { by, version, noticeMinutes }));
}

function arrivalOf(at: string | undefined, now: Instant, zone: string): Instant {
  const told = at ? parseLocalDateTime(at) : null;
  return told ? toInstant(told, zone) : now;
}

/** Whoever is seen was there; whoever is awaited again never came. */
async function passTo(
  tx: Transaction,
  id: string,
  { state, arrived, excused }: { state: string; arrived: Instant; excused: boolean },
): Promise<void> {
  await tx.query(
    `update appointment set state = $3, excused = $5, arrived_at = case
       when $3 = 'arrived' then $4::timestamptz
       when $3 = 'seen' then coalesce(arrived_at, $4::timestamptz)
     end
     where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, state, instantToIso(arrived), excused],
  );
}

function happening(viewer: Viewer, appointment: LockedAppointment, kind: string, detail: Record<string, unknown>) {
  return {
    kind,
    subjectId: appointment.id,
    partnerId: appointment.partnerId,
    confidential: appointment.confidential,
    siteId: appointment.siteId,
    day: dateAt(appointment.start, viewer.space.zone),
    detail,
  };
}
