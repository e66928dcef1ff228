import { Database, systemContext } from '@app/persistence';
import { addDays, dateAt, type Instant, instantToIso, MINUTE, type PlainDate } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { recordLayouts } from './happenings.query';
import { horizonOf } from './horizon';
import { AT_ONCE, extendMany } from './lay-out.query';
import type { PlannedPermanence } from './permanence';
import { lockPermanences, readPlace } from './permanence.query';

/** Claims are forgotten this long after they ended: a board of yesterday still explains itself. */
const KEPT_MINUTES = 2 * 24 * 60;
const WITHDRAWN_KEPT_MINUTES = 31 * 24 * 60;

/** The nightly round of every space: dates are added at the far end, permanences that came to their end stop. */
@Injectable()
export class ExtendHorizon {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Many permanences of a space in one transaction; when one of them fails, each in a transaction of its own. A second run the
   * same day finds nothing to do.
   * @returns dates added. @throws AggregateError at the end for those that failed: one does not keep the others from theirs.
   */
  async all(): Promise<number> {
    const spaces = await this.database.outside<{ id: string; zone: string }>('select id, zone from all_spaces()');
    const failures: unknown[] = [];
    let added = 0;
    for (const { id: spaceId, zone } of spaces) {
      const until = horizonOf(dateAt(this.database.now(), zone));
      const due = await this.dueIn(spaceId, zone, until);
      for (let first = 0; first < due.length; first += AT_ONCE) {
        added += await this.several(spaceId, due.slice(first, first + AT_ONCE), until, failures);
      }
    }
    if (failures.length) throw new AggregateError(failures, `${failures.length} permanences could not be extended`);
    return added;
  }

  /** Forgets the dates withdrawn that are over: calendars go on saying for a month that they are cancelled. */
  async pruneWithdrawnDates(): Promise<void> {
    const before = (this.database.now() - WITHDRAWN_KEPT_MINUTES * MINUTE) as Instant;
    await this.database.outside('select prune_withdrawn_dates($1)', [instantToIso(before)]);
  }

  /** Forgets claims of the past: what booking costs depends on the future only. @returns how many */
  async prunePastClaims(): Promise<number> {
    const before = (this.database.now() - KEPT_MINUTES * MINUTE) as Instant;
    const [row] = await this.database.outside<{ pruned: number }>('select prune_past_claims($1) as pruned', [
      instantToIso(before),
    ]);
    return row?.pruned ?? 0;
  }

  /** The published permanences laid out less far than that; those whose end has come stop on the way. */
  private async dueIn(spaceId: string, zone: string, until: PlainDate): Promise<string[]> {
    return this.database.within(systemContext(spaceId), async (tx) => {
      await tx.query(
        `update permanence set state = 'stopped', version = version + 1
         where space_id = $1 and state = 'published' and stops_on <= $2`,
        [spaceId, dateAt(tx.now, zone)],
      );
      const due = await tx.query<{ id: string }>(
        `select id from permanence where space_id = $1 and state = 'published' and laid_out_until < $2 order by id`,
        [spaceId, until],
      );
      return due.map(({ id }) => id);
    });
  }

  private async several(spaceId: string, ids: string[], until: PlainDate, failures: unknown[]): Promise<number> {
    try {
      return await this.together(spaceId, ids, until);
    } catch (failure) {
      if (ids.length === 1) {
        failures.push(failure);
        return 0;
      }
    }
    let added = 0;
    for (const id of ids) added += await this.several(spaceId, [id], until, failures);
    return added;
  }

  private async together(spaceId: string, ids: string[], until: PlainDate): Promise<number> {
    return this.database.within(systemContext(spaceId), async (tx) => {
      const locked = await lockPermanences(tx, ids);
      // Someone may have published, stopped or extended one since the list was made.
      const due = locked.filter(
        ({ state, laidOutUntil }) => state === 'published' && (laidOutUntil ?? addDays(until, -1)) < until,
      );
      if (!due.length) return 0;
      const laidOut = await extendMany(tx, due, await readPlace(tx), until);
      const added = laidOut.flatMap((one, nth) =>
        one.inserted ? [{ permanence: due[nth] as PlannedPermanence, laidOut: one }] : [],
      );
      await recordLayouts(tx, 'permanence.extended', added);
      return laidOut.reduce((sum, { inserted }) => sum + inserted, 0);
    });
  }
}
