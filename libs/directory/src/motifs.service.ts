import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { Motif, MotifBody } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { readMotifs } from './directory.query';
import { MotifEntity } from './motif.entity';
import { unlessNameTaken } from './name-taken';
import { mayWriteFor } from './ownership';
import { PartnerEntity } from './partner.entity';
import { nextPosition } from './position.query';
import { sayAgesCross } from './wording';

const agesCross = ({ minAge, maxAge }: MotifBody) => minAge !== null && maxAge !== null && maxAge < minAge;

const refuseAges = ({ language }: Viewer) =>
  refuse('invalid', { errors: [{ at: 'maxAge', message: sayAgesCross(language) }] });

@Injectable()
export class Motifs {
  constructor(private readonly database: Database) {}

  create(viewer: Viewer, body: MotifBody, once: Once | null = null): Promise<Outcome<{ id: string }>> {
    return unlessNameTaken(viewer, 'motif', () =>
      this.database.once(contextOf(viewer), once, async (tx) => {
        if (!mayWriteFor(viewer, body.partnerId)) return refuse('not-yours');
        if (agesCross(body)) return refuseAges(viewer);
        const { spaceId } = tx.context;
        const partner = { spaceId, id: body.partnerId, retiredAt: IsNull() };
        if (!(await tx.manager.existsBy(PartnerEntity, partner))) return refuse('no-such-reference');
        const id = randomUUID();
        const position = await nextPosition(tx, MotifEntity);
        await tx.manager.insert(MotifEntity, { ...body, spaceId, id, position, retiredAt: null });
        await tx.record({ kind: 'directory.changed', subjectId: id, partnerId: body.partnerId });
        return done({ id });
      }),
    );
  }

  /** A motif that becomes confidential takes its appointments out of the desk's sight; the way back is for new ones only. */
  update(viewer: Viewer, id: string, body: MotifBody): Promise<Outcome<Motif>> {
    return unlessNameTaken(viewer, 'motif', () =>
      this.database.command(contextOf(viewer), async (tx) => {
        if (!mayWriteFor(viewer, body.partnerId)) return refuse('not-yours');
        if (agesCross(body)) return refuseAges(viewer);
        const key = { spaceId: tx.context.spaceId, id, retiredAt: IsNull() };
        const before = await tx.manager.findOne(MotifEntity, { where: key, lock: { mode: 'for_no_key_update' } });
        if (!before) return refuse('not-found');
        if (before.partnerId !== body.partnerId) return refuse('partner-fixed');
        await tx.manager.update(MotifEntity, key, body);
        if (body.confidential && !before.confidential) {
          await tx.query('select hide_from_the_desk($1, $2)', [body.partnerId, id]);
        }
        await tx.record({ kind: 'directory.changed', subjectId: id, partnerId: body.partnerId });
        const [motif] = await readMotifs(tx, id);
        return motif ? done(motif) : refuse('not-found');
      }),
    );
  }
}
