import { contextOf, type Viewer } from '@app/accounts';
import type { Published } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { asBody } from './body';
import { recordLayouts } from './happenings.query';
import { AT_ONCE, type LaidOut, layOutMany } from './lay-out.query';
import type { Place, PlannedPermanence } from './permanence';
import { lockPermanences, type PartnerFacts, readPartner, readPlace } from './permanence.query';
import { answerPublications, needsApproval, propose } from './proposals.query';
import { onlyAsked, PublishPermanence, type PublishRefusal } from './publish-permanence.service';
import { invalid } from './rights';
import { checkRules } from './rule-check';

/** A permanence to publish, in the version that was looked at. */
export interface ToPublish {
  id: string;
  version: number;
}

export type SeveralRefusal = PublishRefusal | 'failed';

/** What became of one of them. */
export interface PublishedOne {
  id: string;
  outcome: Outcome<Published, SeveralRefusal>;
}

/** Puts many permanences on the boards at once: after an import, or when a place opens. */
@Injectable()
export class PublishSeveral {
  private readonly log = new Logger(PublishSeveral.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PublishPermanence) private readonly publishing: PublishPermanence,
  ) {}

  /**
   * Publishes each as `PublishPermanence` would, in this order, first come, first served; up to a hundred are written in one
   * transaction. Each is published or refused for itself; when writing them together fails, they are written one by one.
   * @returns what became of each, in the same order
   */
  async publish(viewer: Viewer, asked: readonly ToPublish[]): Promise<PublishedOne[]> {
    const each = [...new Map(asked.map((one) => [one.id, one])).values()];
    const published: PublishedOne[] = [];
    for (let first = 0; first < each.length; first += AT_ONCE) {
      published.push(...(await this.batch(viewer, each.slice(first, first + AT_ONCE))));
    }
    return published;
  }

  private async batch(viewer: Viewer, asked: readonly ToPublish[]): Promise<PublishedOne[]> {
    try {
      return await this.database.within(contextOf(viewer), (tx) => this.together(tx, viewer, asked));
    } catch (failure) {
      this.log.warn(`${asked.length} permanences could not be published together: ${String(failure)}`);
    }
    const published: PublishedOne[] = [];
    for (const { id, version } of asked) published.push({ id, outcome: await this.alone(viewer, id, version) });
    return published;
  }

  private async alone(viewer: Viewer, id: string, version: number): Promise<PublishedOne['outcome']> {
    try {
      return await this.publishing.publish(viewer, id, version);
    } catch (failure) {
      this.log.error(`permanence ${id} could not be published: ${String(failure)}`);
      return refuse('failed');
    }
  }

  private async together(tx: Transaction, viewer: Viewer, asked: readonly ToPublish[]): Promise<PublishedOne[]> {
    const locked = await lockPermanences(
      tx,
      asked.map(({ id }) => id),
    );
    const place = await readPlace(tx);
    const partners = await partnersOf(tx, locked);
    const byId = new Map(locked.map((permanence) => [permanence.id, permanence]));
    const outcomes = new Map<string, PublishedOne['outcome']>();
    const ready: PlannedPermanence[] = [];
    for (const { id, version } of asked) {
      const before = byId.get(id);
      const refusal = refusalOf(before, version, place, before && partners.get(peopleKey(before)), viewer.language);
      if (!before || refusal) {
        outcomes.set(id, refusal ?? refuse('not-found'));
        // Absent, or not for this viewer: the database can't tell.
        if (!before) await tx.audit('not-found', 'permanence', id, 'refused');
      } else if (isNew(before) && (await needsApproval(tx, viewer, before))) {
        await propose(tx, before, { kind: 'publication', asked: {} });
        outcomes.set(id, done(onlyAsked(before)));
      } else ready.push(before);
    }
    for (const published of await this.layOut(tx, ready, place)) outcomes.set(published.id, done(published));
    return asked.map(({ id }) => ({ id, outcome: outcomes.get(id) ?? refuse('not-found') }));
  }

  private async layOut(tx: Transaction, ready: readonly PlannedPermanence[], place: Place): Promise<Published[]> {
    const after = ready.map(
      (before): PlannedPermanence => ({
        ...before,
        state: 'published',
        stopsOn: null,
        version: before.version + (isNew(before) ? 1 : 0),
      }),
    );
    await tx.query(
      `update permanence set state = 'published', stops_on = null, version = version + 1 where space_id = $1 and id = any ($2::uuid[])`,
      [tx.context.spaceId, ready.filter(isNew).map(({ id }) => id)],
    );
    const laidOut = await layOutMany(tx, after, place);
    const all = after.map((permanence, nth) => ({ permanence, laidOut: laidOut[nth] as LaidOut }));
    await recordLayouts(tx, 'permanence.published', all);
    await answerPublications(
      tx,
      after.map(({ id }) => id),
    );
    return all.map(({ permanence: { id, version }, laidOut: { inserted, kept, removed, conflicts } }) => ({
      ...{ id, version, inserted, kept, removed, conflicts },
    }));
  }
}

const isNew = ({ state, stopsOn }: PlannedPermanence): boolean => state !== 'published' || stopsOn !== null;

/** Permanences of one partner that invite the same others have the same people. */
const peopleKey = ({ partnerId, invitedPartnerIds }: PlannedPermanence): string =>
  [partnerId, ...invitedPartnerIds].join();

async function partnersOf(
  tx: Transaction,
  permanences: readonly PlannedPermanence[],
): Promise<Map<string, PartnerFacts | null>> {
  const partners = new Map<string, PartnerFacts | null>();
  for (const permanence of permanences) {
    const key = peopleKey(permanence);
    if (partners.has(key)) continue;
    partners.set(key, await readPartner(tx, permanence.partnerId, permanence.invitedPartnerIds));
  }
  return partners;
}

function refusalOf(
  before: PlannedPermanence | undefined,
  version: number,
  place: Place,
  partner: PartnerFacts | null | undefined,
  language: Viewer['language'],
) {
  if (!before || !partner) return refuse('not-found');
  if (before.version !== version) return refuse('version');
  // Something may have left the place since the draft was written.
  const known = new Set(before.rules.map((rule) => rule.id));
  const checked = checkRules(asBody(before), place, partner, known, language, () => '');
  return checked.ok ? null : invalid(checked.errors);
}
