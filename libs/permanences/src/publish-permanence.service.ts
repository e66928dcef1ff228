import { contextOf, type Viewer } from '@app/accounts';
import type { PermanenceStop, Published } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { dateAt } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { asBody } from './body';
import { type AsShown, type CarriedOut, carryOut } from './carry-out.query';
import { recordLayout } from './happenings.query';
import { layOutPermanence } from './lay-out.query';
import type { PlannedPermanence } from './permanence';
import { lockPermanence, readPartner, readPlace } from './permanence.query';
import { answerPublication, needsApproval, propose } from './proposals.query';
import { invalid } from './rights';
import { checkRules } from './rule-check';

export type PublishRefusal = 'not-found' | 'version' | 'invalid' | 'not-published' | 'not-as-shown';
export type StopRefusal = 'not-found' | 'not-published' | 'not-as-shown';

/** Puts a permanence's dates on the boards, 18 months ahead, and takes them off again. */
@Injectable()
export class PublishPermanence {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Lays out every date; obstacles become conflicts, never a refusal. A stopped permanence begins again. Where the person in
   * charge must agree, a partner's editor only asks for it.
   */
  async publish(
    viewer: Viewer,
    id: string,
    version: number,
    how: AsShown = { dryRun: false },
  ): Promise<Outcome<Published, PublishRefusal>> {
    return this.database.command<Published, PublishRefusal>(contextOf(viewer), (tx) =>
      this.publishIn(tx, viewer, id, { ...how, version }),
    );
  }

  /** As `publish`, within a transaction; of whatever version, unless one is named. */
  async publishIn(
    tx: Transaction,
    viewer: Viewer,
    id: string,
    asked: AsShown & { version?: number },
  ): Promise<Outcome<Published, PublishRefusal>> {
    const before = await lockPermanence(tx, id);
    if (!before) return refuse('not-found');
    if (asked.version !== undefined && before.version !== asked.version) return refuse('version');
    const place = await readPlace(tx);
    const partner = await readPartner(tx, before.partnerId, before.invitedPartnerIds);
    if (!partner) return refuse('not-found');
    const known = new Set(before.rules.map((rule) => rule.id));
    // Something may have left the place since the draft was written.
    const checked = checkRules(asBody(before), place, partner, known, viewer.language, () => '');
    if (!checked.ok) return invalid(checked.errors);
    const isNew = before.state !== 'published' || before.stopsOn !== null;
    if (isNew && !asked.dryRun && (await needsApproval(tx, viewer, before))) {
      await propose(tx, before, { kind: 'publication', asked: {} });
      return done(onlyAsked(before));
    }
    const after: PlannedPermanence = { ...before, state: 'published', stopsOn: null };
    if (isNew) after.version += 1;
    const work = async () => {
      if (isNew) {
        await tx.query(
          `update permanence set state = 'published', stops_on = null, version = $3 where space_id = $1 and id = $2`,
          [tx.context.spaceId, id, after.version],
        );
      }
      return layOutPermanence(tx, after, place);
    };
    const isShown = asked.dryRun || asked.seen !== undefined;
    const carried: Outcome<Pick<CarriedOut, 'laidOut'> & Partial<CarriedOut>, 'not-as-shown'> = isShown
      ? await carryOut(tx, before, place, asked, work)
      : done({ laidOut: await work() });
    if (!carried.ok) return carried;
    const { laidOut, consequences } = carried.value;
    if (!asked.dryRun) {
      await recordLayout(tx, 'permanence.published', after, laidOut);
      await answerPublication(tx, id);
    }
    const { version } = asked.dryRun ? before : after;
    const { inserted, kept, removed, conflicts } = laidOut;
    return done({ id, version, inserted, kept, removed, conflicts, ...(consequences && { consequences }) });
  }

  /** From this day on (today at the earliest) there are no more dates; whoever is booked on one becomes a conflict to settle. */
  async stop(viewer: Viewer, id: string, asked: PermanenceStop): Promise<Outcome<Published, StopRefusal>> {
    return this.database.command<Published, StopRefusal>(contextOf(viewer), (tx) => this.stopIn(tx, viewer, id, asked));
  }

  /** As `stop`, within a transaction. */
  async stopIn(
    tx: Transaction,
    viewer: Viewer,
    id: string,
    asked: PermanenceStop,
  ): Promise<Outcome<Published, StopRefusal>> {
    const before = await lockPermanence(tx, id);
    if (!before) return refuse('not-found');
    if (before.state !== 'published') return refuse('not-published');
    if (!asked.dryRun && (await needsApproval(tx, viewer, before))) {
      await propose(tx, before, { kind: 'stop', asked: { from: asked.from } });
      return done(onlyAsked(before));
    }
    const place = await readPlace(tx);
    const today = dateAt(tx.now, place.zone);
    const stopsOn = asked.from > today ? (asked.from as typeof today) : today;
    const state = stopsOn === today ? 'stopped' : 'published';
    const after: PlannedPermanence = { ...before, state, stopsOn, version: before.version + 1 };
    const carried = await carryOut(tx, before, place, asked, async () => {
      await tx.query('update permanence set state = $3, stops_on = $4, version = $5 where space_id = $1 and id = $2', [
        tx.context.spaceId,
        id,
        state,
        stopsOn,
        after.version,
      ]);
      return layOutPermanence(tx, after, place);
    });
    if (!carried.ok) return carried;
    const { laidOut, consequences } = carried.value;
    if (!asked.dryRun) await recordLayout(tx, 'permanence.stopped', after, laidOut, { stopsOn });
    const { version } = asked.dryRun ? before : after;
    const { inserted, kept, removed, conflicts } = laidOut;
    return done({ id, version, inserted, kept, removed, conflicts, consequences });
  }
}

/** Nothing is done yet: it waits for the person in charge. */
export function onlyAsked({ id, version }: PlannedPermanence): Published {
  return { id, version, inserted: 0, kept: 0, removed: 0, conflicts: 0, proposed: true };
}
