import { Database } from '@app/persistence';
import { type Instant, instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

export interface DueReminder {
  spaceId: string;
  id: string;
}

/** What is to be sent now, in any space: ids only. */
@Injectable()
export class DueReminders {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Longest due first. Those already with the gateway come back until they are settled.
   * @param since for how long they must have been due: what is taken back within it was never told
   */
  async find(most: number, since = 0): Promise<DueReminder[]> {
    const rows = await this.database.outside<{ space_id: string; id: string }>(
      'select space_id, id from due_reminders($1, $2)',
      [instantToIso((this.database.now() - since) as Instant), most],
    );
    return rows.map(({ space_id, id }) => ({ spaceId: space_id, id }));
  }
}
