import { contextOf, type Viewer } from '@app/accounts';
import type { PermanenceStop, Published } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { dateAt } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { asBody } from './body';
import { carryOut } from './carry-out.query';
import { recordLayout } from './happenings.query';
import { layOutPermanence } from './lay-out.query';
import type { PlannedPermanence } from './permanence';
import { lockPermanence, readPartner, readPlace } from './permanence.query';
import { invalid } from './rights';
import { checkRules } from './rule-check';

export type PublishRefusal = 'not-found' | 'version' | 'invalid' | 'not-published';
export type StopRefusal = 'not-found' | 'not-published' | 'not-as-shown';

/** Puts a permanence's dates on the boards, 18 months ahead, and takes them off again. */
@Injectable()
export class PublishPermanence {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Lays out every date; obstacles become conflicts, never a refusal. A stopped permanence begins again. */
  async publish(viewer: Viewer, id: string, version: number): Promise<Outcome<Published, PublishRefusal>> {
    return this.database.command<Published, PublishRefusal>(contextOf(viewer), async (tx) => {
      const before = await lockPermanence(tx, id);
      if (!before) return refuse('not-found');
      if (before.version !== version) return refuse('version');
      const place = await readPlace(tx);
      const partner = await readPartner(tx, before.partnerId);
      if (!partner) return refuse('not-found');
      const known = new Set(before.rules.map((rule) => rule.id));
      // Something may have left the place since the draft was written.
      const checked = checkRules(asBody(before), place, partner, known, viewer.language, () => '');
      if (!checked.ok) return invalid(checked.errors);
      const after: PlannedPermanence = { ...before, state: 'published', stopsOn: null };
      if (before.state !== 'published' || before.stopsOn) {
        after.version += 1;
        await tx.query(
          `update permanence set state = 'published', stops_on = null, version = $3 where space_id = $1 and id = $2`,
          [tx.context.spaceId, id, after.version],
        );
      }
      const laidOut = await layOutPermanence(tx, after, place);
      await recordLayout(tx, 'permanence.published', after, laidOut);
      const { inserted, kept, removed, conflicts } = laidOut;
      return done({ id, version: after.version, inserted, kept, removed, conflicts });
    });
  }

  /** From this day on (today at the earliest) there are no more dates; whoever is booked on one becomes a conflict to settle. */
  async stop(viewer: Viewer, id: string, asked: PermanenceStop): Promise<Outcome<Published, StopRefusal>> {
    return this.database.command<Published, StopRefusal>(contextOf(viewer), async (tx) => {
      const before = await lockPermanence(tx, id);
      if (!before) return refuse('not-found');
      if (before.state !== 'published') return refuse('not-published');
      const place = await readPlace(tx);
      const today = dateAt(tx.now, place.zone);
      const stopsOn = asked.from > today ? (asked.from as typeof today) : today;
      const state = stopsOn === today ? 'stopped' : 'published';
      const after: PlannedPermanence = { ...before, state, stopsOn, version: before.version + 1 };
      const carried = await carryOut(tx, before, place, asked, async () => {
        await tx.query(
          'update permanence set state = $3, stops_on = $4, version = $5 where space_id = $1 and id = $2',
          [tx.context.spaceId, id, state, stopsOn, after.version],
        );
        return layOutPermanence(tx, after, place);
      });
      if (!carried.ok) return carried;
      const { laidOut, consequences } = carried.value;
      if (!asked.dryRun) await recordLayout(tx, 'permanence.stopped', after, laidOut, { stopsOn });
      const { version } = asked.dryRun ? before : after;
      const { inserted, kept, removed, conflicts } = laidOut;
      return done({ id, version, inserted, kept, removed, conflicts, consequences });
    });
  }
}
