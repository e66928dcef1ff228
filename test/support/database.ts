import { randomBytes } from 'node:crypto';
import pg from 'pg';

const TEMPLATE = 'palier_template';
// Any number: it only has to be the same in every worker.
const TEMPLATE_LOCK = 7_203_001;

export interface TestDatabase {
  /** Owns and migrates; not a superuser. */
  ownerUrl: string;
  /** Serves; row-level security binds it. */
  appUrl: string;
  /** Ends every connection to the database and removes it. */
  drop(): Promise<void>;
}

/** A migrated, empty database of one's own, cloned from a template in about 10 ms. */
export async function freshDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asSuperuser(async (client) => {
    await ensureTemplate(client);
    await clone(client, name);
  });
  return {
    ownerUrl: onDatabase(given('TEST_OWNER_URL'), name),
    appUrl: onDatabase(given('TEST_APP_URL'), name),
    drop: () =>
      asSuperuser(async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))),
  };
}

/** The address of a Redis for the tests, or `null` on a machine without one (the run says so aloud). */
export function redisUrl(): string | null {
  return process.env.TEST_REDIS_URL ?? null;
}

/** The file PostgreSQL writes its complaints into: where a deadlock would show. */
export function postgresLog(): string {
  return given('TEST_POSTGRES_LOG');
}

/** A superuser's address on a test database: to look behind the policies, or to break things. */
export function superuserUrl(database: Pick<TestDatabase, 'ownerUrl'>): string {
  return onDatabase(given('TEST_SUPERUSER_URL'), new URL(database.ownerUrl).pathname.slice(1));
}

async function ensureTemplate(client: pg.Client): Promise<void> {
  // Workers arrive together: one migrates, the others wait.
  await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const found = await client.query('SELECT datistemplate FROM pg_database WHERE datname = $1', [TEMPLATE]);
    if (found.rows[0]?.datistemplate) return;
    await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${TEMPLATE} OWNER palier_owner STRATEGY FILE_COPY`);
    const { migrate } = await import('@app/persistence');
    await migrate(onDatabase(given('TEST_OWNER_URL'), TEMPLATE));
    await client.query(`ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true`);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function clone(client: pg.Client, name: string): Promise<void> {
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER palier_owner STRATEGY FILE_COPY`);
}

async function asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: given('TEST_SUPERUSER_URL') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function onDatabase(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: these tests run through node scripts/jest.mjs`);
  return value;
}
