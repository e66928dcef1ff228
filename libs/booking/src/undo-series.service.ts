import { contextOf, type Viewer } from '@app/accounts';
import type { SeriesUndoBody, Undone } from '@app/contract';
import { keepCalendars } from '@app/permanences';
import { Database, done, isClaimTaken, type Outcome, type Refusal, refuse, type Transaction } from '@app/persistence';
import { heldResources } from '@app/rooms';
import { type LocalDateTime, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { keepDates } from './open-slot.query';
import { resourcesAlone } from './place-alone.query';
import { lockSisters, lockSlots, type Sister, sistersOf } from './series.query';
import { wishAgain } from './stand-alone.service';
import { takeBack, type UndoRefusal } from './undo-appointment.service';

export interface UndoneSeries {
  what: SeriesUndoBody['what'];
  count: number;
  left: { start: LocalDateTime; refusal: Refusal }[];
}

/** Takes back, in the seconds that follow and by whoever did it, the booking or the cancellation of a whole series. */
@Injectable()
export class UndoSeries {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * All in one transaction, each date as it would be alone: what can't be taken back is named, with its reason, and left as it
   * is. Refused when nothing can.
   */
  async undo(
    viewer: Viewer,
    seriesId: string,
    { what }: SeriesUndoBody,
  ): Promise<Outcome<UndoneSeries, 'not-found' | 'too-late-to-undo'>> {
    return this.database.command<UndoneSeries, 'not-found' | 'too-late-to-undo'>(contextOf(viewer), async (tx) => {
      const sisters = await sistersOf(tx, seriesId);
      if (!sisters.length) return refuse('not-found');
      const wanted = lastAct(sisters, what, viewer.accountId);
      const unchanged = await lockWhole(tx, wanted);
      const left: UndoneSeries['left'] = [];
      for (const { id, start } of wanted) {
        const outcome = unchanged.has(id) ? await takeBackOne(tx, viewer, id, what) : refuse('too-late-to-undo');
        if (!outcome.ok) left.push({ start: toLocal(start, viewer.space.zone), refusal: outcome });
      }
      const count = wanted.length - left.length;
      return count > 0 ? done({ what, count, left }) : refuse('too-late-to-undo');
    });
  }
}

/** What is refused writes nothing, whatever it had written before. */
async function takeBackOne(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  what: SeriesUndoBody['what'],
): Promise<Outcome<Undone, UndoRefusal>> {
  await tx.query('savepoint one_date');
  const outcome = await takeBack(tx, viewer, id, what).catch((error): Outcome<Undone, UndoRefusal> => {
    if (isClaimTaken(error)) return refuse('slot-taken');
    throw error;
  });
  await tx.query(outcome.ok ? 'release savepoint one_date' : 'rollback to savepoint one_date');
  return outcome;
}

/**
 * Locks all of them at once in the order every command takes its locks: dates, appointments, then what they hold or go back
 * to. Answers those that are still where they were read: the dates of the others are not kept.
 */
async function lockWhole(tx: Transaction, wanted: readonly Sister[]): Promise<Set<string>> {
  if (wanted.some(({ occurrenceId }) => occurrenceId === null)) await keepCalendars(tx);
  await keepDates(
    tx,
    wanted.flatMap(({ occurrenceId }) => occurrenceId ?? []),
  );
  const dates = new Map(wanted.map(({ id, occurrenceId }) => [id, occurrenceId]));
  const locked = (await lockSisters(tx, wanted)).filter(
    ({ id, occurrenceId, undo }) => occurrenceId === dates.get(id) && undo?.act !== 'moved',
  );
  const ids = locked.map(({ id }) => id);
  const held = await heldResources(tx, ids);
  const [first] = locked;
  if (!first) return new Set();
  const slots: { occurrenceId: string; agentId: string | null }[] = [];
  for (const one of locked) {
    if (one.undo === null) continue;
    if (one.occurrenceId !== null) slots.push({ occurrenceId: one.occurrenceId, agentId: one.undo.agentId });
    else held.push(...(await resourcesAlone(tx, one.partnerId, wishAgain(one, one))));
  }
  await lockSlots(tx, first.motifId, slots, held);
  return new Set(ids);
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
