// The first ten slots of a motif over every site of a department, in SQL and through HTTP, beside the plain way: every rule
// expanded, everything taken read, and subtracted in memory.
import { performance } from 'node:perf_hooks';
import type { Viewer } from '@app/accounts';
import { slots as slotsOf } from '@app/availability';
import { FindSlots } from '@app/booking';
import { Database, openDataSource } from '@app/persistence';
import { expandToInstants, parseRule, prepareSeries } from '@app/recurrence';
import {
  addDays,
  fixedClock,
  type Instant,
  type Interval,
  instantToIso,
  type LocalDateTime,
  localDateTime,
  plainDate,
  plainTime,
  toInstant,
} from '@app/time';
import pg from 'pg';
import { addPast, MONDAY, populate, type Territory } from './busy-territory';
import { machine, numberAfter, percentile, round, tell } from './figures';
import { Served } from './served';

const ZONE = 'Europe/Paris';
const NOW = toInstant(`${MONDAY}T08:00` as LocalDateTime, ZONE);
const DAYS = 90;
const [LIMIT, PER_DAY] = [10, 3];
// Warm: each motif once before it is measured.
const [WARM_UP, ASKED, RUNS] = [100, 300, 5];
const PLAIN_ASKED = 5;

// 100 is the department; less, for a look.
const share = numberAfter('--scale', 100) / 100;
const size = { permanences: Math.max(500, 10_000 * share), futureAppointments: 200_000 * share };
const past = 1_000_000 * share;
/** Connections that know who asks. */
const known = new Set<pg.Client>();

const appUrl = given('DATABASE_APP_URL');
const place = await furnished();
const longPastUrl = await copied('palier_long_past', async (owner) => addPast(owner, size, past * 0.9, past * 0.1));

// What is measured is the space with all of its past; the other one is the tenth of it, for the growth alone.
const served = await Served.start(longPastUrl, NOW, 1);
const asked = new pg.Client({ connectionString: longPastUrl });
const shortPast = new pg.Client({ connectionString: appUrl });
await asked.connect();
await shortPast.connect();
try {
  const ordinary = (turn: number) => place.motifIds[turn % place.motifIds.length] as string;
  const solid = () => place.solidId;
  await timed(WARM_UP, (turn) => inSql(asked, ordinary(turn)));
  const sql = await timed(ASKED, (turn) => inSql(asked, ordinary(turn)));
  const solidSql = await timed(ASKED, () => inSql(asked, solid()));
  await timed(WARM_UP, (turn) => overHttp(ordinary(turn)));
  const http = await timed(ASKED, (turn) => overHttp(ordinary(turn)));
  const solidHttp = await timed(ASKED, () => overHttp(solid()));
  const queries = await statementsOf(place.solidId);
  const plain = await timed(PLAIN_ASKED, (turn) => plainly(asked, ordinary(turn)));
  const growths: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const short = await timed(ASKED / RUNS, (turn) => inSql(shortPast, ordinary(turn)));
    const long = await timed(ASKED / RUNS, (turn) => inSql(asked, ordinary(turn)));
    growths.push(percentile(long, 0.5) / percentile(short, 0.5));
  }
  const version = (await asked.query('show server_version')).rows[0].server_version as string;
  const figures = {
    sqlP95: percentile(sql, 0.95),
    httpP95: percentile(http, 0.95),
    solidSqlP95: percentile(solidSql, 0.95),
    solidHttpP95: percentile(solidHttp, 0.95),
    queries,
    growth: round(percentile(growths, 0.5), 2),
    ratio: round(percentile(plain, 0.5) / percentile(sql, 0.5), 1),
  };
  tell(
    {
      ...machine(version),
      'one space': `${size.permanences} permanences, ${past} past and ${size.futureAppointments} future appointments`,
      'an ordinary motif': `SQL p50 ${percentile(sql, 0.5)} ms, p95 ${figures.sqlP95} ms; HTTP p50 ${percentile(http, 0.5)} ms, p95 ${figures.httpP95} ms`,
      'booked solid for six weeks': `SQL p50 ${percentile(solidSql, 0.5)} ms, p95 ${figures.solidSqlP95} ms; HTTP p50 ${percentile(solidHttp, 0.5)} ms, p95 ${figures.solidHttpP95} ms`,
      'ten times the past': `× ${figures.growth}`,
      'the plain way': `p50 ${percentile(plain, 0.5)} ms, × ${figures.ratio}`,
    },
    { bench: 'search', ...figures },
  );
} finally {
  await served.stop();
  await asked.end();
  await shortPast.end();
}

/** The space with the tenth of its past, in the database the bench was given. */
async function furnished(): Promise<Territory> {
  const owner = await above(appUrl);
  try {
    const territory = await populate(owner, size);
    await addPast(owner, size, past * 0.1);
    return territory;
  } finally {
    await owner.end();
  }
}

/** A copy of the database, to which the owner adds something; the address of the role that serves it. */
async function copied(name: string, add: (owner: pg.Client) => Promise<void>): Promise<string> {
  const superuser = new pg.Client({ connectionString: given('BENCH_SUPERUSER_URL') });
  await superuser.connect();
  await superuser.query(`create database ${name} template ${new URL(appUrl).pathname.slice(1)} owner palier_owner`);
  await superuser.end();
  const copy = Object.assign(new URL(appUrl), { pathname: `/${name}` }).href;
  const owner = await above(copy);
  await add(owner);
  await owner.end();
  return copy;
}

/**
 * A connection that fills a database without checking each reference row by row: two million rows of a dozen references
 * each, true by construction.
 */
async function above(url: string): Promise<pg.Client> {
  const connectionString = Object.assign(new URL(given('BENCH_SUPERUSER_URL')), {
    pathname: new URL(url).pathname,
  }).href;
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(`set session_replication_role = 'replica'`);
  return client;
}

async function timed(count: number, work: (turn: number) => Promise<unknown>): Promise<number[]> {
  const durations: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    const began = performance.now();
    await work(turn);
    durations.push(performance.now() - began);
  }
  return durations;
}

/** The search's own statement, as the application sends it: its role, told who asks. */
async function inSql(client: pg.Client, motifId: string): Promise<void> {
  const end = instantToIso(toInstant(`${addDays(plainDate(MONDAY), DAYS)}T00:00` as LocalDateTime, ZONE));
  await told(client);
  const { rows } = await client.query({
    name: 'find-dates',
    text: 'select * from find_dates($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [[motifId], instantToIso(NOW), end, instantToIso(NOW), ZONE, '{}', PER_DAY, LIMIT],
  });
  if (rows.length < 2) throw new Error('The search found no date.');
}

/** Once per connection: what is measured is the search. */
async function told(client: pg.Client): Promise<void> {
  if (known.has(client)) return;
  known.add(client);
  await client.query(
    `select set_config('palier.space', $1, false), set_config('palier.sight', 'desk', false), set_config('palier.account', $2, false)`,
    [place.spaceId, place.accountId],
  );
}

async function overHttp(motifId: string): Promise<void> {
  const answer = await served.ask('GET', `/api/slots?motif=${motifId}&days=${DAYS}&perDay=${PER_DAY}&limit=${LIMIT}`);
  if (answer.status !== 200) throw new Error(`The search answered ${answer.status}: ${answer.body}`);
  const { slots } = JSON.parse(answer.body) as { slots: unknown[] };
  if (slots.length !== LIMIT) throw new Error(`The search found ${slots.length} slots.`);
}

/** How many statements of its own a search sends, the session's and the transaction's left out. */
async function statementsOf(motifId: string): Promise<number> {
  const source = await openDataSource(longPastUrl, { poolSize: 1 });
  const database = new Database(source, fixedClock(NOW));
  const { query } = pg.Client.prototype;
  let sent = 0;
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]) {
    const [statement] = given as [{ name?: string } | string];
    if (typeof statement === 'object' && statement.name?.startsWith('booking.')) sent += 1;
    return (query as (...all: unknown[]) => unknown).apply(this, given);
  } as typeof query;
  try {
    const viewer: Viewer = {
      accountId: place.accountId,
      name: 'Accueil',
      role: 'desk',
      partnerId: null,
      agentId: null,
      language: 'fr',
      space: { id: place.spaceId, name: 'Mesure', slug: 'mesure', zone: ZONE },
    };
    await new FindSlots(database).forMotif(viewer, { motif: motifId, days: DAYS, perDay: PER_DAY, limit: LIMIT });
    return sent;
  } finally {
    pg.Client.prototype.query = query;
    database.bell.stop();
    await source.destroy();
  }
}

/** Every rule of the motif expanded, all that is taken of its agents read, the slots of all of it, and the first ten. */
async function plainly(client: pg.Client, motifId: string): Promise<Interval[]> {
  await told(client);
  const from = localDateTime(plainDate(MONDAY), plainTime('08:00'));
  const to = localDateTime(addDays(plainDate(MONDAY), DAYS), plainTime('00:00'));
  const rules = await client.query(
    `select r.id, r.rrule, to_char(r.dtstart, 'YYYY-MM-DD') as dtstart, to_char(r.start_time, 'HH24:MI') as start_time, extract(epoch from r.end_time - r.start_time) * 1000 as length
     from permanence_motif pm join permanence_rule r on r.space_id = pm.space_id and r.permanence_id = pm.permanence_id
     where pm.space_id = $1 and pm.motif_id = $2`,
    [place.spaceId, motifId],
  );
  const booked = await client.query(
    `select o.rule_id, a.starts_at, a.ends_at from appointment a join occurrence o on o.space_id = a.space_id and o.id = a.occurrence_id
     where a.space_id = $1 and a.motif_id = $2 and a.starts_at >= $3 and a.state not in ('cancelledByUsager', 'cancelledByAgent')`,
    [place.spaceId, motifId, instantToIso(NOW)],
  );
  const busy = new Map<string, Interval[]>();
  for (const row of booked.rows) {
    const taken = { start: row.starts_at.getTime() as Instant, end: row.ends_at.getTime() as Instant };
    busy.set(row.rule_id, [...(busy.get(row.rule_id) ?? []), taken]);
  }
  const all = rules.rows.flatMap((row) => {
    const rule = parseRule(row.rrule);
    if (!rule.ok) throw new Error(`${row.rrule} is not read`);
    const dtstart = localDateTime(plainDate(row.dtstart), plainTime(row.start_time));
    const prepared = prepareSeries({ rule: rule.rule, dtstart });
    if (!prepared.ok) throw new Error(prepared.textEn);
    const openings = expandToInstants(prepared.series, ZONE, { from, to }).map((start) => ({
      start,
      end: (start + Number(row.length)) as Instant,
    }));
    return slotsOf(openings, busy.get(row.id) ?? [], { durationMinutes: 30 });
  });
  return all.sort((a, b) => a.start - b.start).slice(0, LIMIT);
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run npm run bench -- search`);
  return value;
}
