import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { EventReader, type EventRow } from '@app/persistence';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { eventually } from '../../scripts/lib/processes.mjs';
import { freshDatabase, superuserUrl, type TestDatabase } from '../support/database';

const PATIENCE_MS = 500;
const LINES = `from pg_stat_activity where application_name = 'palier-events' and datname = current_database()`;

let database: TestDatabase;
let owner: pg.Client;
let line: Line;
let reader: EventReader;
let heard: string[];
let complaints: number;

beforeEach(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: superuserUrl(database) });
  await owner.connect();
  await owner.query(`insert into space (name, slug) values ('Chevilly', 'chevilly')`);
  line = await Line.to(database.appUrl);
  heard = [];
  complaints = 0;
  reader = new EventReader(
    line.url,
    (events: EventRow[]) => heard.push(...events.map(({ kind }) => kind)),
    () => {
      complaints += 1;
    },
    PATIENCE_MS,
  );
  await reader.start();
});
afterEach(async () => {
  await reader.stop();
  line.close();
  await owner.end();
  await database.drop();
});

const happens = (kind: string) =>
  owner.query(`insert into event (space_id, at, kind) select id, now(), $1 from space`, [kind]);
const isHeard = (kind: string) => eventually(() => heard.includes(kind), 20_000);

it('a line that goes silent without being cut is left for another, and what happened meanwhile is heard once', async () => {
  await happens('before');
  expect(await isHeard('before')).toBe(true);
  line.goSilent();
  await happens('meanwhile');
  expect(await isHeard('meanwhile')).toBe(true);
  await happens('after');
  expect(await isHeard('after')).toBe(true);
  expect(heard).toEqual(['before', 'meanwhile', 'after']);
});

it('a line that goes silent while it is taken up again is given up too', async () => {
  line.answersNobody = true;
  line.goSilent();
  expect(await eventually(() => complaints >= 2, 20_000)).toBe(true);
  await happens('meanwhile');
  line.answersNobody = false;
  expect(await isHeard('meanwhile')).toBe(true);
});

it('however often it is cut, one line is left, and nothing is heard twice', async () => {
  for (const kind of ['one', 'two', 'three']) {
    await owner.query(`select pg_terminate_backend(pid) ${LINES}`);
    await happens(kind);
    expect(await isHeard(kind)).toBe(true);
  }
  expect(heard).toEqual(['one', 'two', 'three']);
  const { rows } = await owner.query(`select count(*)::int as lines ${LINES}`);
  expect(rows).toEqual([{ lines: 1 }]);
});

/** A way to the database that may go silent: what is open stays open, and nothing more comes through. */
class Line {
  answersNobody = false;
  private readonly sockets: Socket[] = [];
  private constructor(
    readonly url: string,
    private readonly server: Server,
  ) {}

  static async to(databaseUrl: string): Promise<Line> {
    const target = new URL(databaseUrl);
    const server = createServer((near) => {
      line.sockets.push(near);
      near.on('error', () => undefined);
      if (line.answersNobody) return;
      const far = connect(Number(target.port), target.hostname);
      line.sockets.push(far);
      far.on('error', () => near.destroy());
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
      near.pipe(far);
      far.pipe(near);
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const line = new Line(databaseUrl.replace(`:${target.port}/`, `:${port}/`), server);
    return line;
  }

  goSilent(): void {
    for (const socket of this.sockets) socket.unpipe().pause();
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}
