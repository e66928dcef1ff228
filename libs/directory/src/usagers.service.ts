import { contextOf, type Viewer } from '@app/accounts';
import type { Usager, UsagerBody, UsagerFound } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { columnsOf, createUsager, readUsagerBody } from './create-usager.query';
import { UsagerEntity } from './usager.entity';
import { findUsagers, readUsager } from './usagers.query';

@Injectable()
export class Usagers {
  constructor(private readonly database: Database) {}

  search(viewer: Viewer, words: string, most: number): Promise<UsagerFound[]> {
    return this.database.within(contextOf(viewer), (tx) => findUsagers(tx, words, most));
  }

  /** A person's record; null when there is none for this viewer. Each reading is kept in the audit. */
  read(viewer: Viewer, id: string): Promise<Usager | null> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const usager = await readUsager(tx, id);
      if (usager) await tx.audit('usager.read', 'usager', id);
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
      const usager = await readUsager(tx, id);
      return usager ? done(usager) : refuse('not-found');
    });
  }
}
