import { contextOf, type Viewer } from '@app/accounts';
import type { CancelBody, CancelledFollowing } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { heldResources, lockResources } from '@app/rooms';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { lockAppointment } from './appointment.query';
import { mayStillChange } from './appointment-states';
import { cancelLocked } from './follow-appointment.service';
import { keepDates } from './open-slot.query';
import { lockSisters, seriesOf, sistersOf } from './series.query';

type CancelRefusal = 'not-found' | 'version' | 'cannot-become' | 'not-a-series';

/** "Celui-ci et les suivants": an appointment of a series with all that come after it, at once; people are told once. */
@Injectable()
export class CancelFollowing {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** 'version': this one or one of them changed meanwhile. What has taken place or is cancelled already is left as it is. */
  async cancel(
    viewer: Viewer,
    id: string,
    { by, version }: z.infer<typeof CancelBody>,
  ): Promise<Outcome<CancelledFollowing, CancelRefusal>> {
    return this.database.command<CancelledFollowing, CancelRefusal>(contextOf(viewer), async (tx) => {
      const seriesId = await seriesOf(tx, id);
      const sisters = seriesId ? await sistersOf(tx, seriesId) : [];
      const from = sisters.find((one) => one.id === id);
      if (!seriesId || !from) return (await lockAppointment(tx, id)) ? refuse('not-a-series') : refuse('not-found');
      const following = sisters.filter((one) => mayStillChange(one) && (one.id === id || one.start > from.start));
      await keepDates(
        tx,
        following.flatMap(({ occurrenceId }) => occurrenceId ?? []),
      );
      const locked = await lockSisters(tx, following);
      const first = locked.find((one) => one.id === id);
      if (!first) return refuse('cannot-become');
      if (first.version !== version) return refuse('version');
      if (!mayStillChange(first)) return refuse('cannot-become');
      // Moved between the two readings: its date was not the one kept.
      if (locked.some((one) => one.occurrenceId !== sisters.find((read) => read.id === one.id)?.occurrenceId))
        return refuse('version');
      const all = locked.filter(mayStillChange);
      await lockResources(
        tx,
        await heldResources(
          tx,
          all.map((one) => one.id),
        ),
      );
      for (const appointment of all) await cancelLocked(tx, viewer, appointment, by);
      return done({ seriesId, count: all.length });
    });
  }
}
