import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTemporaryPostgres } from '../../scripts/embedded-postgres.mjs';
import { startTemporaryRedis } from '../../scripts/lib/redis.mjs';

/**
 * One PostgreSQL and, when the machine has it, one Redis for a whole run. The workers find them in the environment:
 * TEST_SUPERUSER_URL, TEST_OWNER_URL, TEST_APP_URL, TEST_POSTGRES_LOG, TEST_REDIS_URL (absent without Redis); and in
 * TEST_DEMONSTRATION where the first who needs a loaded demonstration puts it.
 */
export default async function globalSetup() {
  // Two projects of one run share them.
  globalThis.palierServers ??= await startServers();
}

async function startServers() {
  const postgres = await startTemporaryPostgres();
  const redis = await startTemporaryRedis();
  const demonstration = join(tmpdir(), `palier-demonstration-${randomBytes(6).toString('hex')}`);
  Object.assign(process.env, {
    TEST_SUPERUSER_URL: postgres.urls.superuser,
    TEST_OWNER_URL: postgres.urls.owner,
    TEST_APP_URL: postgres.urls.app,
    TEST_POSTGRES_LOG: postgres.log,
    TEST_DEMONSTRATION: demonstration,
  });
  if (redis) process.env.TEST_REDIS_URL = redis.url;
  else {
    delete process.env.TEST_REDIS_URL;
    console.warn(
      '\n!!! Pas de redis-server sur cette machine : les tests de la file sur Redis ne tournent pas.\n' +
        '!!! No redis-server on this machine: the queue is NOT tested on Redis.\n',
    );
  }
  const forget = () => {
    for (const file of [demonstration, `${demonstration}.loaded`]) rmSync(file, { recursive: true, force: true });
  };
  return { stop: () => Promise.all([postgres.stop(), redis?.stop(), forget()]) };
}
