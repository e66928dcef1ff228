// The latency of the board's data through HTTP, for twelve rooms and a hundred people booked that day.
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { machine, percentile, tell } from './figures';
import { fill, furnish, weekdaysFrom } from './place';
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
try {
  const one = await asked(1, WARM_UP);
  const { board, bytes } = one;
  if (board.occurrences.length !== ROOMS || board.appointments.length !== BOOKED) {
    throw new Error(`The board shows ${board.occurrences.length} rooms and ${board.appointments.length} appointments.`);
  }
  const alone = await asked(1, ASKED);
  const together = await asked(CLIENTS, ASKED);
  const figures = {
    p50: percentile(alone.durations, 0.5),
    p50x8: percentile(together.durations, 0.5),
    bytes,
  };
  tell(
    {
      ...machine(await postgresVersion()),
      'one screen': `p50 ${figures.p50} ms, p95 ${percentile(alone.durations, 0.95)} ms`,
      'eight screens at once': `p50 ${figures.p50x8} ms, p95 ${percentile(together.durations, 0.95)} ms`,
      'the answer': `${bytes} bytes: ${ROOMS} rooms, ${BOOKED} appointments`,
    },
    { bench: 'day', ...figures },
  );
} finally {
  await served.stop();
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

async function postgresVersion(): Promise<string> {
  const client = new pg.Client({ connectionString: appUrl });
  await client.connect();
  try {
    return (await client.query('show server_version')).rows[0].server_version;
  } finally {
    await client.end();
  }
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run npm run bench -- day`);
  return value;
}
