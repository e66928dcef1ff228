// The latency of the board's data through HTTP, for twelve rooms and a hundred people booked that day.
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { drawnMs } from './drawn';
import { machine, percentile, round, tell } from './figures';
import { fill, furnish, weekdaysFrom } from './place';
import { processorTime } from './processor-time';
import { Served } from './served';

const ROOMS = 12;
const BOOKED = 100;
const DAYS = 60;
const CLIENTS = 8;
const WARM_UP = 300;
const ASKED = 1500;

const ownerUrl = given('DATABASE_URL');
const appUrl = given('DATABASE_APP_URL');
const days = weekdaysFrom('2027-01-04', DAYS);

const place = await furnish(ownerUrl, { agents: ROOMS, days });
await fill(ownerUrl, place, { aDay: BOOKED, agents: ROOMS });
const served = await Served.start(appUrl, Date.parse('2027-01-04T08:40:00Z'), CLIENTS);
const client = new pg.Client({ connectionString: appUrl });
await client.connect();
const version = (await client.query('show server_version')).rows[0].server_version as string;
const backend = (await client.query('select pg_backend_pid() as pid')).rows[0].pid as number;
try {
  const one = await asked(1, WARM_UP);
  const { board, bytes } = one;
  if (board.occurrences.length !== ROOMS || board.appointments.length !== BOOKED) {
    throw new Error(`The board shows ${board.occurrences.length} rooms and ${board.appointments.length} appointments.`);
  }
  const before = used();
  const alone = await asked(1, ASKED);
  const together = await asked(CLIENTS, ASKED);
  const after = used();
  const each = (part: 'api' | 'postgres') => round(((after[part] - before[part]) * 1000) / (2 * ASKED), 2);
  const drawn = await drawnMs(served, BOOKED);
  const figures = {
    p50: percentile(alone.durations, 0.5),
    p50x8: percentile(together.durations, 0.5),
    bytes,
    drawnMs: drawn,
    cpuMs: round(each('api') + each('postgres'), 2),
  };
  tell(
    {
      ...machine(version),
      'one screen': `p50 ${figures.p50} ms, p95 ${percentile(alone.durations, 0.95)} ms`,
      'eight screens at once': `p50 ${figures.p50x8} ms, p95 ${percentile(together.durations, 0.95)} ms`,
      'processor time of one': `${figures.cpuMs} ms (api ${each('api')}, PostgreSQL ${each('postgres')})`,
      'drawn in the browser': drawn === null ? 'no browser on this machine' : `${drawn} ms`,
      'the answer': `${bytes} bytes: ${ROOMS} rooms, ${BOOKED} appointments`,
    },
    { bench: 'day', ...figures },
  );
} finally {
  await served.stop();
  await client.end();
}

/** So many boards asked for by so many screens; each waits for its answer before it asks again. */
async function asked(clients: number, count: number) {
  const durations: number[] = [];
  let left = count;
  let last = '';
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (left-- > 0) {
        const began = performance.now();
        const answer = await served.ask('GET', `/api/board?site=${place.siteId}&date=${days[(left + client) % DAYS]}`);
        durations.push(performance.now() - began);
        if (answer.status !== 200) throw new Error(`The board answered ${answer.status}: ${answer.body}`);
        last = answer.body;
      }
    }),
  );
  return { durations, bytes: Buffer.byteLength(last), board: JSON.parse(last) };
}

/** Processor time, in seconds. */
function used(): { api: number; postgres: number } {
  return { api: served.processor() ?? 0, postgres: processorTime(backend).postgres ?? 0 };
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run npm run bench -- day`);
  return value;
}
