import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const FOLDER = fileURLToPath(new URL('../migrations', import.meta.url));
// Any two numbers of our own: two starts at once take turns.
const LOCK = [0x9a11e7, 1];

export interface Migration {
  name: string;
  sql: string;
  hash: string;
}

export async function migrations(folder = FOLDER): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(`${folder}/${name}`, 'utf8');
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * Brings the schema up to date, forward only, each file in a transaction of its own, under a lock.
 * @returns the names applied now. @throws when an applied file has changed since, or the database is newer than the code.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'palier-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1, $2)', LOCK);
    await client.query(
      'create table if not exists migration (name text primary key, hash text not null, at timestamptz not null default now())',
    );
    const files = await migrations();
    const { rows } = await client.query<{ name: string; hash: string }>(
      'select name, hash from migration order by name',
    );
    for (const { name, hash } of rows) {
      const file = files.find((one) => one.name === name);
      if (!file) throw new Error(`The database has the migration ${name}, which this version of Palier does not know.`);
      if (file.hash !== hash) throw new Error(`The migration ${name} was changed after it had been applied.`);
    }
    const missing = files.filter((file) => !rows.some((row) => row.name === file.name));
    for (const { name, sql, hash } of missing) {
      try {
        await client.query('begin');
        await client.query(sql);
        await client.query('insert into migration (name, hash) values ($1, $2)', [name, hash]);
        await client.query('commit');
      } catch (error) {
        throw new Error(`The migration ${name} failed: ${(error as Error).message}`, { cause: error });
      }
    }
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

/** Names of migrations the database still lacks; read by the health check through the application's role. */
export async function missingMigrations(query: (sql: string) => Promise<{ name: string }[]>): Promise<string[]> {
  const applied = new Set((await query('select name from migration')).map(({ name }) => name));
  return (await migrations()).map(({ name }) => name).filter((name) => !applied.has(name));
}
