import { contextOf, type Viewer } from '@app/accounts';
import type { MergeBody, Merged } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { instantToIso } from '@app/time';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { differing, merged } from './merging';
import { UsagerEntity } from './usager.entity';
import { readUsager, referentsOf, usagerOf } from './usagers.query';

type MergeRefusal = 'not-found' | 'version' | 'same-usager' | 'confidential-only';

/** One record made of two that were one person's. */
@Injectable()
export class MergeUsagers {
  constructor(private readonly database: Database) {}

  /**
   * Everything of `usagerId` goes to `keptId`, in one transaction that cannot be taken back; with `dryRun`, only says
   * what would. 'version': one of them changed since it was shown; 'confidential-only': the desk does not know one.
   */
  merge(viewer: Viewer, keptId: string, body: MergeBody): Promise<Outcome<Merged, MergeRefusal>> {
    return this.database.command<Merged, MergeRefusal>(contextOf(viewer), async (tx) => {
      if (keptId === body.usagerId) return refuse('same-usager');
      const [kept, other] = await lockBoth(tx, keptId, body.usagerId);
      if (!kept || !other) return refuse('not-found');
      if (!kept.knownToDesk || !other.knownToDesk) return refuse('confidential-only');
      if (kept.version !== body.version || other.version !== body.otherVersion) return refuse('version');
      const facts = merged(kept, other, body.take) as Partial<UsagerEntity>;
      const answer = {
        other: usagerOf(other, await referentsOf(tx, other.id)),
        differ: differing(kept, other),
        moves: await movesOf(tx, kept.id, other.id),
      };
      if (body.dryRun)
        return done({ ...answer, usager: usagerOf({ ...kept, ...facts }, await referentsOf(tx, kept.id)) });
      const key = { spaceId: tx.context.spaceId, id: kept.id };
      await tx.manager.update(UsagerEntity, key, { ...facts, version: kept.version + 1 });
      const [made] = await tx.query<{ done: boolean }>('select merge_usagers($1, $2, $3) as done', [
        kept.id,
        other.id,
        instantToIso(tx.now),
      ]);
      if (!made?.done) return refuse('not-found');
      await tx.audit('usager.merged', 'usager', other.id);
      await tx.audit('usager.merged-into', 'usager', kept.id);
      await tx.record({ kind: 'usager.changed', subjectId: kept.id });
      const usager = await readUsager(tx, kept.id);
      return usager ? done({ ...answer, usager }) : refuse('not-found');
    });
  }
}

/** In a fixed order, so that two merges never wait for each other. */
async function lockBoth(tx: Transaction, keptId: string, otherId: string): Promise<(UsagerEntity | undefined)[]> {
  const { spaceId } = tx.context;
  await tx.query('select id from usager where space_id = $1 and id = any ($2) order by id for update', [
    spaceId,
    [keptId, otherId],
  ]);
  const both = await tx.manager.findBy(UsagerEntity, { spaceId, id: In([keptId, otherId]) });
  return [keptId, otherId].map((id) => both.find((one) => one.id === id));
}

/** What the viewer may see of what goes over. */
async function movesOf(tx: Transaction, keptId: string, otherId: string): Promise<Merged['moves']> {
  const [row] = await tx.query<{ upcoming: number; past: number; messages: number; partners: string[] }>(
    `select
       (select count(*)::int from appointment where space_id = $1 and usager_id = $3 and ends_at > $4) as upcoming,
       (select count(*)::int from appointment where space_id = $1 and usager_id = $3 and ends_at <= $4) as past,
       (select count(*)::int from message where space_id = $1 and usager_id = $3) as messages,
       array(select up.partner_id from usager_partner up
             join partner p on p.space_id = up.space_id and p.id = up.partner_id
             where up.space_id = $1 and up.usager_id = $3 and sees(up.partner_id, p.confidential)
               and not exists (select from usager_partner already where already.space_id = $1 and already.usager_id = $2
                               and already.partner_id = up.partner_id)
             order by p.position, p.id) as partners`,
    [tx.context.spaceId, keptId, otherId, instantToIso(tx.now)],
  );
  const { upcoming = 0, past = 0, messages = 0, partners = [] } = row ?? {};
  return { upcoming, past, messages, partnerIds: partners };
}
