import { contextOf, type Viewer } from '@app/accounts';
import type { CancelBody, StateBody } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { heldResources, lockResources, release } from '@app/rooms';
import { dateAt, instantToIso, minutesBetween } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { dateOfAppointment, lockAppointment, type LockedAppointment, settleStranded } from './appointment.query';
import { mayStillChange, refusalToPass } from './appointment-states';
import { keepDates } from './open-slot.query';
import { undoOf } from './undo';

type FollowRefusal = 'not-found' | 'version' | 'cannot-become' | 'too-early';

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
      const from = await dateOfAppointment(tx, id);
      if (!from) return refuse('not-found');
      await keepDates(tx, [from]);
      const appointment = await lockAppointment(tx, id);
      if (!appointment) return refuse('not-found');
      if (appointment.version !== version) return refuse('version');
      if (!mayStillChange(appointment)) return refuse('cannot-become');
      await lockResources(tx, await heldResources(tx, [id]));
      await release(tx, [id]);
      await tx.query(
        'update appointment set state = $3, cancelled_at = $4, undo = $5 where space_id = $1 and id = $2',
        [
          tx.context.spaceId,
          id,
          by === 'usager' ? 'cancelledByUsager' : 'cancelledByAgent',
          instantToIso(tx.now),
          undoOf(tx, appointment, 'cancelled'),
        ],
      );
      await settleStranded(tx, id);
      const noticeMinutes = Math.max(0, Math.floor(minutesBetween(tx.now, appointment.start)));
      await tx.record(happening(viewer, appointment, 'appointment.cancelled', { by, version, noticeMinutes }));
      return done(null);
    });
  }

  /** 'too-early': nobody is absent before the hour, nor here before the day. */
  async say(
    viewer: Viewer,
    id: string,
    { state, version }: z.infer<typeof StateBody>,
  ): Promise<Outcome<null, FollowRefusal>> {
    return this.database.command<null, FollowRefusal>(contextOf(viewer), async (tx) => {
      const appointment = await lockAppointment(tx, id);
      if (!appointment) return refuse('not-found');
      if (appointment.version !== version) return refuse('version');
      const refusal = refusalToPass(appointment, state, tx.now, viewer.space.zone);
      if (refusal) return refuse(refusal);
      await passTo(tx, id, state);
      await tx.record(happening(viewer, appointment, 'appointment.state', { from: appointment.state, to: state }));
      return done(null);
    });
  }
}

async function passTo(tx: Transaction, id: string, state: string): Promise<void> {
  await tx.query('update appointment set state = $3 where space_id = $1 and id = $2', [tx.context.spaceId, id, state]);
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
