import { randomUUID } from 'node:crypto';
import type { Founding } from '@app/contract';
import { Database, done, type Outcome, refuse, systemContext } from '@app/persistence';
import { instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { insertAccount } from './accounts.service';
import { passwordHash } from './passwords';
import { slugOf } from './slug';

/** What the first-run page asks for, its setup code apart. */
export type FoundingBody = Omit<z.infer<typeof Founding>, 'setupCode'>;

// Monday to Friday without a break, as such places open; changed afterwards in the settings.
const WEEKDAYS = [1, 2, 3, 4, 5];
const OPENS = '08:30';
const CLOSES = '17:30';

/** Creates the first space with its site and its administrator. */
@Injectable()
export class FoundingService {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Whether no space exists yet. */
  async isNeeded(): Promise<boolean> {
    return (await this.database.outside('select from all_spaces() limit 1')).length === 0;
  }

  /** Founds the space; of two at once, one is told it exists already. */
  async found(
    body: FoundingBody,
  ): Promise<Outcome<{ spaceId: string; siteId: string; accountId: string }, 'already-founded'>> {
    const hash = await passwordHash(body.password);
    const spaceId = randomUUID();
    return this.database.command(systemContext(spaceId), async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtext('palier founding'))`);
      if ((await tx.query('select from all_spaces() limit 1')).length) return refuse('already-founded');
      await tx.query('insert into space (id, slug, name, created_at) values ($1, $2, $3, $4)', [
        spaceId,
        slugOf(body.spaceName),
        body.spaceName,
        instantToIso(tx.now),
      ]);
      const [site] = await tx.query<{ id: string }>(
        'insert into site (space_id, name, address) values ($1, $2, $3) returning id',
        [spaceId, body.siteName, body.siteAddress],
      );
      if (!site) throw new Error('A site just written gave no id.');
      await tx.query(
        `insert into site_opening (space_id, site_id, weekday, opens, closes)
         select $1, $2, weekday, $4, $5 from unnest($3::int[]) as weekday`,
        [spaceId, site.id, WEEKDAYS, OPENS, CLOSES],
      );
      const { name, email } = body;
      const account = { name, email, role: 'administrator', partnerId: null, agentId: null, language: 'fr' } as const;
      const accountId = await insertAccount(tx, account, hash);
      await tx.audit('space.founded', 'space', spaceId);
      return done({ spaceId, siteId: site.id, accountId });
    });
  }
}
