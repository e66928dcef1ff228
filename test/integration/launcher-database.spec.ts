import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { isPostmasterOf, startEmbeddedPostgres } from '../../scripts/embedded-postgres.mjs';
import { isAlive } from '../../scripts/lib/processes.mjs';

type Cluster = Awaited<ReturnType<typeof startEmbeddedPostgres>>;

/** One data folder for all: making one takes seconds, and each test leaves it as it found it. */
let folder: string;
const running: Cluster[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'palier-cluster-'));
});
afterEach(async () => {
  for (const cluster of running.splice(0)) await cluster.stop();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('the server keeps its data, asks for passwords, and listens to this machine only', async () => {
  const first = await start();
  await ask(first.urls.owner, 'CREATE TABLE kept (word text)');
  await ask(first.urls.owner, "INSERT INTO kept VALUES ('ÉLODIE')");
  await first.stop();
  const second = await start();
  expect(await ask(second.urls.owner, 'SELECT lower(word) AS word FROM kept')).toEqual([{ word: 'élodie' }]);
  expect(await ask(second.urls.superuser, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  const withoutPassword = second.urls.owner.replace(/:[^:@/]+@/, ':wrong@');
  await expect(ask(withoutPassword, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
});

it('the role that serves can neither bypass row-level security nor change tables', async () => {
  const cluster = await start();
  const [role] = await ask(
    cluster.urls.app,
    'SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user',
  );
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false });
  await expect(ask(cluster.urls.app, 'CREATE TABLE mine (id int)')).rejects.toMatchObject({ code: '42501' });
});

it('a server left behind by a killed run is stopped and its data found again', async () => {
  const left = await start();
  await ask(left.urls.owner, 'CREATE TABLE left_behind (id int)');
  const second = await start();
  expect(isAlive(left.pid)).toBe(false);
  expect(second.pid).not.toBe(left.pid);
  expect(await ask(second.urls.owner, 'SELECT * FROM left_behind')).toEqual([]);
});

it('a server killed outright is noticed and comes back on its port with what was committed', async () => {
  const cluster = await start();
  await ask(cluster.urls.owner, 'CREATE TABLE committed (id int)');
  process.kill(cluster.pid as number, 'SIGKILL');
  expect(await cluster.died).toBe('SIGKILL');
  await cluster.restart();
  expect(await ask(cluster.urls.owner, 'SELECT * FROM committed')).toEqual([]);
});

it('a stranger that got the number of a dead server is not taken for it', async () => {
  const cluster = await start();
  await cluster.stop();
  const file = join(cluster.folder, 'postmaster.pid');
  writeFileSync(file, `${process.pid}\n${cluster.folder}\n`);
  expect(isPostmasterOf(process.pid, cluster.folder)).toBe(false);
  rmSync(file);
});

it('a first start killed during its preparation begins again', async () => {
  const cluster = await start();
  await cluster.stop();
  rmSync(cluster.folder, { recursive: true });
  writeFileSync(join(folder, 'postgres.new'), 'half made');
  const second = await start();
  expect(existsSync(join(folder, 'postgres.new'))).toBe(false);
  expect(readFileSync(join(second.folder, 'PG_VERSION'), 'utf8').trim()).toBe('18');
});

it('a lost password file is said, not worked around', async () => {
  const cluster = await start();
  await cluster.stop();
  renameSync(join(folder, 'secrets.json'), join(folder, 'lost.json'));
  await expect(start()).rejects.toThrow(/mots de passe/);
  renameSync(join(folder, 'lost.json'), join(folder, 'secrets.json'));
});

it('data of another PostgreSQL are refused', async () => {
  const cluster = await start();
  await cluster.stop();
  writeFileSync(join(cluster.folder, 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toThrow(/PostgreSQL 17/);
  writeFileSync(join(cluster.folder, 'PG_VERSION'), '18\n');
});

async function start(): Promise<Cluster> {
  const cluster = await startEmbeddedPostgres(folder);
  running.push(cluster);
  return cluster;
}

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
