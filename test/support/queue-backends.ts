import pg from 'pg';
import { prepareQueue } from '../../apps/api/src/health/queue';
import { redisUrl } from './database';

/** Every place a queue may be kept; null: PostgreSQL itself. */
export const QUEUE_BACKENDS: [name: string, url: string | null][] = [['PostgreSQL', null]];
const redis = redisUrl();
if (redis) QUEUE_BACKENDS.push(['Redis', redis]);

/** The queue's tables, empty. */
export async function makeQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query('drop schema if exists bullmq cascade');
  await prepareQueue(client);
  await client.end();
}
