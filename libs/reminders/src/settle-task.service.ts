import { contextOf, type Viewer } from '@app/accounts';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

/** Someone called or wrote: the task is done, with its author. */
@Injectable()
export class SettleTask {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Also after an SMS that failed, once the person was told another way. Done twice changes nothing. */
  async done(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found' | 'not-a-task'>> {
    return this.database.command(contextOf(viewer), async (tx) => {
      const [row] = await tx.query<{
        state: string;
        appointment_id: string;
        partner_id: string;
        confidential: boolean;
      }>(
        'select state, appointment_id, partner_id, confidential from reminder where space_id = $1 and id = $2 for update',
        [tx.context.spaceId, id],
      );
      if (!row) return refuse('not-found');
      if (row.state === 'done') return done(null);
      if (row.state !== 'todo' && row.state !== 'failed') return refuse('not-a-task');
      await tx.query(
        `update reminder set state = 'done', settled_at = $3, settled_by = $4 where space_id = $1 and id = $2`,
        [tx.context.spaceId, id, instantToIso(tx.now), viewer.accountId],
      );
      await tx.record({
        kind: 'message.done',
        subjectId: row.appointment_id,
        partnerId: row.partner_id,
        confidential: row.confidential,
      });
      return done(null);
    });
  }
}
