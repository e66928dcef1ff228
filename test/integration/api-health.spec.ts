import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresBackend, Queue } from 'bullmq';
import pg from 'pg';
import { QUEUE } from '../../config/queue';
import { prepareQueue } from '../../apps/api/src/health/queue';
import { ensureServingRole } from '../../apps/api/src/serving-role';
import { startApi, type TestApi } from '../support/api';
import { freshDatabase, redisUrl, superuserUrl, type TestDatabase } from '../support/database';

async function as<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('whether the api is ready', () => {
  let database: TestDatabase;
  let api: TestApi;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await startApi({ REDIS_URL: '' }, { database });
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });
  const ready = () => api.browser().get('/health/ready');

  it('it is alive before its queue is made, and not ready', async () => {
    expect((await api.browser().get('/health/live')).body).toEqual({ status: 'ok' });
    const { status, body } = await ready();
    expect([status, body]).toEqual([503, { status: 'not-ready', database: true, migrations: true, queue: false }]);
  });

  it('it is ready once the queue’s tables are there, for a role that owns none of them', async () => {
    await as(database.ownerUrl, prepareQueue);
    const { status, body } = await ready();
    expect([status, body]).toEqual([200, { status: 'ok', database: true, migrations: true, queue: true }]);
  });

  it('jobs can be queued by that role, from the first', async () => {
    const queue = new Queue(
      QUEUE,
      { connection: { connectionString: database.appUrl } as never },
      createPostgresBackend,
    );
    await queue.waitUntilReady();
    const jobs = await queue.addBulk([{ name: 'x', data: { id: 1 } }]);
    await queue.close();
    expect(jobs).toHaveLength(1);
  });

  it('a database older than the code is not served from', async () => {
    const last = await as(superuserUrl(database), async (client) => {
      const { rows } = await client.query(
        'delete from migration where name = (select max(name) from migration) returning *',
      );
      return rows[0];
    });
    expect((await ready()).body).toMatchObject({ database: true, migrations: false });
    await as(superuserUrl(database), (client) =>
      client.query('insert into migration (name, hash) values ($1, $2)', [last.name, last.hash]),
    );
    expect((await ready()).status).toBe(200);
  });

  it('a Redis that does not answer is named', async () => {
    const lost = await startApi({ REDIS_URL: 'redis://127.0.0.1:1' }, { database });
    const { status, body } = await lost.browser().get('/health/ready');
    await lost.stop();
    expect([status, body]).toEqual([503, { status: 'not-ready', database: true, migrations: true, queue: false }]);
  });

  (redisUrl() ? it : it.skip)('a Redis that answers is enough', async () => {
    const served = await startApi({}, { database });
    const { body } = await served.browser().get('/health/ready');
    await served.stop();
    expect(body).toMatchObject({ queue: true });
  });
});

describe('the role that serves', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database?.drop());

  it('is made once with the password of its address, below row-level security', async () => {
    const url = new URL(database.appUrl);
    const role = `serve_${url.pathname.slice(-12)}`;
    url.username = role;
    url.password = encodeURIComponent(`o'clock "quoted" %40`);
    // On a server of its own the owner made palier_app and may hand it on; here the superuser did.
    await as(superuserUrl(database), (client) => client.query('grant palier_app to palier_owner with admin option'));
    const made = await Promise.all(
      [1, 2, 3].map(() => as(database.ownerUrl, (owner) => ensureServingRole(owner, url.href))),
    );
    expect(made.filter((one) => one.made)).toHaveLength(1);
    try {
      const [row] = await as(url.href, async (client) => {
        const { rows } = await client.query(
          `select rolsuper, rolbypassrls, rolcreaterole, pg_has_role(current_user, 'palier_app', 'usage') as member
           from pg_roles where rolname = current_user`,
        );
        return rows;
      });
      expect(row).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, member: true });
    } finally {
      await as(superuserUrl(database), (client) =>
        client.query(`drop owned by ${role}; drop role ${role}; revoke palier_app from palier_owner cascade`),
      );
    }
  });
});

describe('an api that must not serve', () => {
  it('refuses a role that could read past row-level security', async () => {
    const database = await freshDatabase();
    await expect(startApi({ DATABASE_APP_URL: database.ownerUrl }, { database })).rejects.toThrow(/DATABASE_APP_URL/);
    await database.drop();
  });
});
