import { contextOf, type Viewer } from '@app/accounts';
import type { SeriesUndoBody } from '@app/contract';
import { Database, done, type Outcome, type Refusal, refuse } from '@app/persistence';
import { type LocalDateTime, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { type Sister, sistersOf } from './series.query';
import { UndoAppointment } from './undo-appointment.service';

export interface UndoneSeries {
  what: SeriesUndoBody['what'];
  count: number;
  left: { start: LocalDateTime; refusal: Refusal }[];
}

/** Takes back, in the seconds that follow and by whoever did it, the booking or the cancellation of a whole series. */
@Injectable()
export class UndoSeries {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(UndoAppointment) private readonly undoing: UndoAppointment,
  ) {}

  /** Each date as it would be alone: what can't be taken back is named, with its reason. Refused when nothing can. */
  async undo(
    viewer: Viewer,
    seriesId: string,
    { what }: SeriesUndoBody,
  ): Promise<Outcome<UndoneSeries, 'not-found' | 'too-late-to-undo'>> {
    const sisters = await this.database.within(contextOf(viewer), (tx) => sistersOf(tx, seriesId));
    if (!sisters.length) return refuse('not-found');
    const left: UndoneSeries['left'] = [];
    let count = 0;
    for (const { id, start } of lastAct(sisters, what, viewer.accountId)) {
      const outcome = await this.undoing.undo(viewer, id);
      if (outcome.ok) count += 1;
      else left.push({ start: toLocal(start, viewer.space.zone), refusal: outcome });
    }
    return count > 0 ? done({ what, count, left }) : refuse('too-late-to-undo');
  }
}

/** Those of the last act of this kind: done at the same instant, by the same account. */
function lastAct(sisters: readonly Sister[], what: SeriesUndoBody['what'], by: string | null): Sister[] {
  const isCancelled = ({ state }: Sister) => state === 'cancelledByAgent' || state === 'cancelledByUsager';
  const mine =
    what === 'booked'
      ? sisters.filter((one) => one.bookedBy === by && one.changedAt === null)
      : sisters.filter((one) => isCancelled(one) && one.changedAt !== null);
  const at = (one: Sister) => (what === 'booked' ? one.bookedAt : (one.changedAt ?? 0));
  const last = Math.max(0, ...mine.map(at));
  return mine.filter((one) => at(one) === last);
}
