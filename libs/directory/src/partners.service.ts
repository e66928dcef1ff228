import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { Partner, PartnerBody } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { readPartners } from './directory.query';
import { unlessNameTaken } from './name-taken';
import { mayWriteFor } from './ownership';
import { PartnerEntity } from './partner.entity';
import { nextPosition } from './position.query';

@Injectable()
export class Partners {
  constructor(private readonly database: Database) {}

  create(viewer: Viewer, body: PartnerBody, once: Once | null = null): Promise<Outcome<{ id: string }>> {
    return unlessNameTaken(viewer, 'partner', () =>
      this.database.once(contextOf(viewer), once, async (tx) => {
        const id = randomUUID();
        const position = await nextPosition(tx, PartnerEntity);
        await tx.manager.insert(PartnerEntity, { ...body, spaceId: tx.context.spaceId, id, position, retiredAt: null });
        await tx.record({ kind: 'directory.changed', subjectId: id, partnerId: id });
        return done({ id });
      }),
    );
  }

  /** A partner that becomes confidential takes what it had planned out of the desk's sight; the way back is for new things only. */
  update(viewer: Viewer, id: string, body: PartnerBody): Promise<Outcome<Partner>> {
    return unlessNameTaken(viewer, 'partner', () =>
      this.database.command(contextOf(viewer), async (tx) => {
        if (!mayWriteFor(viewer, id)) return refuse('not-yours');
        const key = { spaceId: tx.context.spaceId, id };
        const before = await tx.manager.findOne(PartnerEntity, {
          where: { ...key, retiredAt: IsNull() },
          lock: { mode: 'for_no_key_update' },
        });
        if (!before) return refuse('not-found');
        await tx.manager.update(PartnerEntity, key, body);
        if (body.confidential && !before.confidential) await tx.query('select hide_from_the_desk($1, null)', [id]);
        await tx.record({ kind: 'directory.changed', subjectId: id, partnerId: id });
        const [partner] = await readPartners(tx, id);
        return partner ? done(partner) : refuse('not-found');
      }),
    );
  }
}
