import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { DecisionBody } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse } from '@app/persistence';
import { dateAt, instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

/** Who signed that accompagnement opens for a person, when no évaluation came before. */
@Injectable()
export class Decisions {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** 'no-such-reference': no such person or partner for this viewer. 'not-yet': signed on a day to come. */
  async record(
    viewer: Viewer,
    body: DecisionBody,
    once: Once | null,
  ): Promise<Outcome<{ id: string }, 'no-such-reference' | 'not-yet' | 'key-reused'>> {
    return this.database.once<{ id: string }, 'no-such-reference' | 'not-yet'>(contextOf(viewer), once, async (tx) => {
      const id = randomUUID();
      const [written] = await tx.query<{ confidential: boolean }>(
        `insert into decision (id, space_id, usager_id, partner_id, confidential, signed_by, signed_on, recorded_at, recorded_by)
         select $1, $2, u.id, pa.id, pa.confidential, $5, $6, $7, $8
         from usager u, partner pa
         where u.space_id = $2 and u.id = $3 and pa.space_id = $2 and pa.id = $4 and sees(pa.id, pa.confidential)
         returning confidential`,
        [
          id,
          tx.context.spaceId,
          body.usagerId,
          body.partnerId,
          body.signedBy,
          body.signedOn,
          instantToIso(tx.now),
          tx.context.accountId,
        ],
      );
      if (!written) return refuse('no-such-reference');
      if (body.signedOn > dateAt(tx.now, viewer.space.zone)) return refuse('not-yet');
      await tx.record({
        kind: 'decision.recorded',
        subjectId: body.usagerId,
        partnerId: body.partnerId,
        confidential: written.confidential,
      });
      return done({ id });
    });
  }
}
