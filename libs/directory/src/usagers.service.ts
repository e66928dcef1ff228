import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { ReferentBody, Usager, UsagerAlike, UsagerBody, UsagerFound, UsagerTyped } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { columnsOf, createUsager, readUsagerBody } from './create-usager.query';
import { AgentEntity } from './agent.entity';
import { mayWriteFor } from './ownership';
import { PartnerEntity } from './partner.entity';
import { UsagerEntity } from './usager.entity';
import { alikeUsagers, findUsagers, readUsager } from './usagers.query';

/** Suggestions beside a form: more would not be read. */
const MOST_ALIKE = 3;

@Injectable()
export class Usagers {
  constructor(private readonly database: Database) {}

  search(viewer: Viewer, words: string, most: number): Promise<UsagerFound[]> {
    return this.database.within(contextOf(viewer), (tx) => findUsagers(tx, words, most));
  }

  /** Who, of those the viewer serves, the person being typed may already be. */
  alike(viewer: Viewer, typed: UsagerTyped): Promise<UsagerAlike[]> {
    return this.database.within(contextOf(viewer), (tx) => alikeUsagers(tx, typed, MOST_ALIKE));
  }

  /** A person's record; null when there is none for this viewer. Each reading is kept in the audit. */
  read(viewer: Viewer, id: string): Promise<Usager | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const usager = await readUsager(tx, id);
      if (usager) await tx.audit('usager.read', 'usager', usager.id);
      return usager;
    });
  }

  create(viewer: Viewer, body: UsagerBody, once: Once | null = null): Promise<Outcome<{ id: string }>> {
    return this.database.once(contextOf(viewer), once, async (tx) => {
      const created = await createUsager(tx, viewer, body);
      if (created.ok) await tx.audit('usager.created', 'usager', created.value.id);
      return created;
    });
  }

  /** Puts a record right. `version` is the one that was read: refused when someone else changed it since. */
  rectify(viewer: Viewer, id: string, body: UsagerBody, version: number): Promise<Outcome<Usager>> {
    return this.database.command(contextOf(viewer), async (tx) => {
      const read = readUsagerBody(tx, viewer, body);
      if (!read.ok) return read;
      const key = { spaceId: tx.context.spaceId, id };
      const { affected } = await tx.manager.update(
        UsagerEntity,
        { ...key, version },
        {
          ...columnsOf(read.value),
          version: version + 1,
        },
      );
      if (!affected) return refuse((await tx.manager.existsBy(UsagerEntity, key)) ? 'version' : 'not-found');
      await tx.audit('usager.rectified', 'usager', id);
      return changed(tx, viewer, id);
    });
  }

  /** Says which agent of a partner follows a person; null: nobody any more. 'agent-elsewhere': of another partner. */
  follow(viewer: Viewer, id: string, { partnerId, agentId }: ReferentBody): Promise<Outcome<Usager>> {
    return this.database.command(contextOf(viewer), async (tx) => {
      const { spaceId } = tx.context;
      if (!(await tx.manager.existsBy(UsagerEntity, { spaceId, id }))) return refuse('not-found');
      const partner = await tx.manager.findOneBy(PartnerEntity, { spaceId, id: partnerId });
      const hidden = partner?.confidential && viewer.partnerId !== partnerId;
      if (!partner || hidden || !mayWriteFor(viewer, partnerId)) return refuse('not-yours');
      const agent = { spaceId, id: agentId ?? '', partnerId, retiredAt: IsNull() };
      if (agentId !== null && !(await tx.manager.existsBy(AgentEntity, agent))) return refuse('agent-elsewhere');
      await tx.query(
        agentId === null
          ? `update usager_partner set referent_id = $4 where space_id = $1 and usager_id = $2 and partner_id = $3`
          : `insert into usager_partner (space_id, usager_id, partner_id, referent_id) values ($1, $2, $3, $4)
             on conflict (space_id, usager_id, partner_id) do update set referent_id = excluded.referent_id`,
        [spaceId, id, partnerId, agentId],
      );
      await tx.audit('usager.referent', 'usager', id);
      return changed(tx, viewer, id);
    });
  }
}

/** What was decided about this person's appointments is decided again; screens look again. */
async function changed(tx: Transaction, viewer: Viewer, id: string): Promise<Outcome<Usager>> {
  const { spaceId } = tx.context;
  const { knownToDesk } = await tx.manager.findOneByOrFail(UsagerEntity, { spaceId, id });
  const partnerId = sightOf(viewer.role) === 'partner' ? viewer.partnerId : null;
  await tx.record({ kind: 'usager.changed', subjectId: id, partnerId, confidential: !knownToDesk });
  const usager = await readUsager(tx, id);
  return usager ? done(usager) : refuse('not-found');
}
