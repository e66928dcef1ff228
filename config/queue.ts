import { type ConnectionOptions, createPostgresBackend, Queue, runMigrations, setDefaultBackendFactory } from 'bullmq';
import pg from 'pg';
import type { Environment } from './environment';

/** The one queue: ids of what is to be done. The truth is in tables, so that a lost queue loses nothing. */
export const QUEUE = 'palier';
const SCHEMA = 'bullmq';

/**
 * Where jobs wait: Redis with REDIS_URL, else PostgreSQL, behind the same classes. Sets BullMQ's backend for the whole
 * process: call it before any queue is made.
 */
export function queueConnection({ redisUrl, databaseAppUrl }: Environment): ConnectionOptions {
  if (redisUrl) {
    setDefaultBackendFactory();
    // A worker waits for a lost Redis as long as it takes.
    return { url: redisUrl, maxRetriesPerRequest: null };
  }
  setDefaultBackendFactory(createPostgresBackend);
  const connection = {
    connectionString: databaseAppUrl ?? '',
    schema: SCHEMA,
    max: 4,
    application_name: 'palier-queue',
  };
  // BullMQ's option type names Redis; the backend set above reads these.
  return connection as unknown as ConnectionOptions;
}

/** Whether jobs can be queued now. @throws when the queue does not answer within `ms`. */
export async function checkQueue(queue: Queue, ms = 2_000): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The queue does not answer.')), ms);
  });
  try {
    await Promise.race([queue.getJobCounts('waiting'), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Makes or updates the queue's tables, with the role that owns the database. The application may use them and nothing
 * more: it creates and changes no table there either.
 */
export async function migrateQueue(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'palier-migrate' });
  await client.connect();
  try {
    await runMigrations(client as never, SCHEMA);
    // BullMQ would make it with the queue's first job, which the application may not.
    await client.query(`
      do $$ begin
        execute format('create sequence if not exists ${SCHEMA}.%I', ${SCHEMA}.job_id_seq_name('${QUEUE}'));
      end $$`);
    await client.query(`
      grant usage on schema ${SCHEMA} to palier_app;
      grant select, insert, update, delete on all tables in schema ${SCHEMA} to palier_app;
      grant usage, select, update on all sequences in schema ${SCHEMA} to palier_app;
      grant execute on all functions in schema ${SCHEMA} to palier_app`);
  } finally {
    await client.end();
  }
}
