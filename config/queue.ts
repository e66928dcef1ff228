import { type ConnectionOptions, createPostgresBackend, setDefaultBackendFactory } from 'bullmq';
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
