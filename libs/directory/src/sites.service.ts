import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { Site, SiteBody } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { readSites } from './directory.query';
import { unlessNameTaken } from './name-taken';
import { wrongOpenings } from './openings';
import { nextPosition } from './position.query';
import { SiteEntity, SiteOpeningEntity } from './site.entity';
import { sayWrongOpening } from './wording';

@Injectable()
export class Sites {
  constructor(private readonly database: Database) {}

  create(viewer: Viewer, body: SiteBody, once: Once | null = null): Promise<Outcome<{ id: string }>> {
    return unlessNameTaken(viewer, 'site', () =>
      this.database.once(contextOf(viewer), once, async (tx) => {
        const wrong = refuseOpenings(viewer, body);
        if (wrong) return wrong;
        const id = randomUUID();
        const { name, address, phone } = body;
        const { spaceId } = tx.context;
        await tx.manager.insert(SiteEntity, {
          spaceId,
          id,
          name,
          address,
          phone,
          position: await nextPosition(tx, SiteEntity),
          retiredAt: null,
        });
        await setOpenings(tx, id, body);
        await tx.record({ kind: 'directory.changed', subjectId: id, siteId: id });
        return done({ id });
      }),
    );
  }

  update(viewer: Viewer, id: string, body: SiteBody): Promise<Outcome<Site>> {
    return unlessNameTaken(viewer, 'site', () =>
      this.database.command(contextOf(viewer), async (tx) => {
        const wrong = refuseOpenings(viewer, body);
        if (wrong) return wrong;
        const { name, address, phone } = body;
        const changed = await tx.manager.update(
          SiteEntity,
          { spaceId: tx.context.spaceId, id, retiredAt: IsNull() },
          { name, address, phone },
        );
        if (!changed.affected) return refuse('not-found');
        await setOpenings(tx, id, body);
        await tx.record({ kind: 'directory.changed', subjectId: id, siteId: id });
        const [site] = await readSites(tx, id);
        return site ? done(site) : refuse('not-found');
      }),
    );
  }
}

function refuseOpenings({ language }: Viewer, { openings }: SiteBody) {
  const wrong = wrongOpenings(openings);
  if (!wrong.length) return null;
  return refuse('invalid', {
    errors: wrong.map((index) => ({ at: `openings.${index}`, message: sayWrongOpening(language) })),
  });
}

async function setOpenings(tx: Transaction, siteId: string, { openings }: SiteBody): Promise<void> {
  const { spaceId } = tx.context;
  await tx.manager.delete(SiteOpeningEntity, { spaceId, siteId });
  if (openings.length)
    await tx.manager.insert(
      SiteOpeningEntity,
      openings.map((one) => ({ ...one, spaceId, siteId })),
    );
}
