// Bookings per second through HTTP, beside the same statements sent by node-pg with the same role, in one run.
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { contextOf, type Viewer } from '@app/accounts';
import { BookAppointment, FindSlots } from '@app/booking';
import { Database, openDataSource } from '@app/persistence';
import { fixedClock, type Instant, instantToIso } from '@app/time';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { machine, percentile, round, tell } from './figures';
import { fill, furnish, instantOf, type Place, weekdaysFrom } from './place';
import { processorTime } from './processor-time';
import { Served } from './served';

const CLIENTS = 8;
const ROUNDS = 3;
const SECONDS = 5;
const WARM_UP = 400;
const NOW = Date.parse('2027-01-03T12:00:00Z') as Instant;

type Slot = Place['slots'][number];
interface Statement {
  name?: string;
  text: string;
  /** Absent for a statement without parameters: it is sent as plain text. */
  values?: unknown[];
}

const ownerUrl = given('DATABASE_URL');
const appUrl = given('DATABASE_APP_URL');

const place = await furnish(ownerUrl, { agents: 40, days: weekdaysFrom('2027-01-04', 120) });
// A place that has been in use for a while: what its tables hold is known to the planner, as anywhere but on the first morning.
const free = await fill(ownerUrl, place, { aDay: 128, agents: 4 });
let next = 0;
const take = (): Slot => {
  const slot = free[next];
  if (!slot) throw new Error('No slot left: lay out more days.');
  next += 1;
  return slot;
};
const someone = () => place.usagerIds[Math.floor(Math.random() * place.usagerIds.length)] as string;

const script = await recorded();
const served = await Served.start(appUrl, NOW, CLIENTS);
const raw = await Promise.all(Array.from({ length: CLIENTS }, () => connected()));
const backend = (await raw[0]?.query('select pg_backend_pid() as pid'))?.rows[0].pid as number;
try {
  await spread(WARM_UP, bookOverHttp);
  await spread(WARM_UP, (client) => bookRaw(raw[client] as pg.Client));
  const [http, limit] = [nothingYet(), nothingYet()];
  // Turn by turn: whatever else the machine does falls on both.
  for (let round = 0; round < ROUNDS; round += 1) {
    await during(SECONDS, bookOverHttp, http);
    await during(SECONDS, (client) => bookRaw(raw[client] as pg.Client), limit);
  }
  const stored = await raw[0]?.query(`select count(*)::int as n from appointment`).catch(() => null);
  const version = (await raw[0]?.query('show server_version'))?.rows[0].server_version as string;
  if (stored?.rows[0]?.n) throw new Error('The measure read past row-level security.');
  const perSecond = http.bookings / http.seconds;
  const limitPerSecond = limit.bookings / limit.seconds;
  const cpu = { http: eachOf(http), limit: eachOf(limit) };
  const figures = {
    perSecond: round(perSecond),
    limitPerSecond: round(limitPerSecond),
    ratio: round(perSecond / limitPerSecond, 2),
    p50: percentile(http.durations, 0.5),
    p95: percentile(http.durations, 0.95),
    cpuMs: round(cpu.http.api + cpu.http.postgres + cpu.http.client, 2),
    limitCpuMs: round(cpu.limit.postgres + cpu.limit.client, 2),
  };
  tell(
    {
      ...machine(version),
      'through HTTP, 8 clients': `${figures.perSecond} bookings/s  (p50 ${figures.p50} ms, p95 ${figures.p95} ms)`,
      'node-pg, 8 connections': `${figures.limitPerSecond} bookings/s  (${script.length} statements each)`,
      ratio: figures.ratio,
      'processor time of one, HTTP': `${figures.cpuMs} ms (api ${cpu.http.api}, PostgreSQL ${cpu.http.postgres}, client ${cpu.http.client})`,
      'processor time of one, node-pg': `${figures.limitCpuMs} ms (PostgreSQL ${cpu.limit.postgres}, client ${cpu.limit.client})`,
    },
    { bench: 'booking', ...figures },
  );
} finally {
  await served.stop();
  await Promise.all(raw.map((client) => client.end()));
}

async function bookOverHttp(): Promise<void> {
  const slot = take();
  const body = { occurrenceId: slot.occurrenceId, motifId: place.motifId, start: slot.start, usagerId: someone() };
  const answer = await served.ask('POST', '/api/appointments', JSON.stringify(body), {
    'idempotency-key': randomUUID(),
  });
  if (answer.status !== 201) throw new Error(`A booking answered ${answer.status}: ${answer.body}`);
}

/** The statements of one booking, with this slot's values in place of the recorded ones. */
async function bookRaw(client: pg.Client): Promise<void> {
  const values = valuesOf(take(), someone(), randomUUID(), randomUUID());
  for (const statement of script) {
    await client.query({ ...statement, values: statement.values?.map((value) => filled(value, values)) });
  }
}

/** Books once through the services and keeps what they sent; values of the slot become names to be filled in. */
async function recorded(): Promise<Statement[]> {
  const source = await openDataSource(appUrl, { poolSize: 2 });
  const sent: Statement[] = [];
  const database = new Database(listening(source, sent), fixedClock(NOW));
  const viewer: Viewer = {
    accountId: place.accountId,
    name: 'Accueil',
    role: 'desk',
    partnerId: null,
    agentId: null,
    language: 'fr',
    space: { id: place.spaceId, name: 'Mesure', slug: 'mesure', zone: 'Europe/Paris' },
  };
  const [slot, usagerId, key] = [take(), someone(), randomUUID()];
  const body = { occurrenceId: slot.occurrenceId, motifId: place.motifId, start: slot.start, agentId: null, usagerId };
  const once = { key, requestHash: Buffer.alloc(32) };
  const outcome = await new BookAppointment(database, new FindSlots(database)).book(viewer, body, once);
  if (!outcome.ok) throw new Error(`The recorded booking was refused: ${outcome.why} (${contextOf(viewer).sight})`);
  database.bell.stop();
  await source.destroy();
  const names = Object.entries(valuesOf(slot, usagerId, key, outcome.value.id));
  return sent.map((statement) => ({ ...statement, values: statement.values?.map((value) => named(value, names)) }));
}

function valuesOf(slot: Slot, usagerId: string, key: string, appointmentId: string): Record<string, string> {
  return {
    '{occurrence}': slot.occurrenceId,
    '{agent}': slot.agentId,
    '{resource}': slot.resourceId,
    '{usager}': usagerId,
    '{key}': key,
    '{appointment}': appointmentId,
    '{start}': instantToIso(instantOf(slot.start)),
    '{end}': instantToIso(instantOf(slot.end)),
    '{localStart}': slot.start,
    '{localEnd}': slot.end,
    '{day}': slot.start.slice(0, 10),
  };
}

function named(value: unknown, names: [name: string, value: string][]): unknown {
  if (Array.isArray(value)) return value.map((one) => named(one, names));
  return typeof value === 'string' ? names.reduce((text, [name, known]) => text.replaceAll(known, name), value) : value;
}

function filled(value: unknown, values: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((one) => filled(one, values));
  return typeof value === 'string' ? value.replace(/\{[a-zA-Z]+\}/g, (name) => values[name] ?? name) : value;
}

/** The data source, telling every statement its connections send. */
function listening(source: DataSource, sent: Statement[]): DataSource {
  return Object.assign(Object.create(source) as DataSource, {
    createQueryRunner() {
      const runner = source.createQueryRunner();
      const connect = runner.connect.bind(runner);
      runner.connect = async () => {
        const client = await connect();
        return {
          connection: (client as unknown as { connection: unknown }).connection,
          escapeLiteral: (words: string) => client.escapeLiteral(words),
          query(statement: Statement, answered: (error: Error, answer: pg.QueryResult) => void) {
            sent.push({ ...statement });
            client.query(statement, answered);
          },
        };
      };
      return runner;
    },
  });
}

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: appUrl, options: '-c timezone=UTC' });
  await client.connect();
  return client;
}

/** So many in all, by all clients. */
async function spread(count: number, work: (client: number) => Promise<void>): Promise<void> {
  let left = count;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      while (left-- > 0) await work(client);
    }),
  );
}

interface Measured {
  bookings: number;
  seconds: number;
  durations: number[];
  /** Processor time, in seconds. */
  cpu: { api: number; postgres: number; client: number };
}

function nothingYet(): Measured {
  return { bookings: 0, seconds: 0, durations: [], cpu: { api: 0, postgres: 0, client: 0 } };
}

/** Processor time of one booking, in milliseconds: what it costs, whatever else the machine does. */
function eachOf({ bookings, cpu }: Measured): Measured['cpu'] {
  const each = (seconds: number) => round((seconds * 1000) / bookings, 2);
  return { api: each(cpu.api), postgres: each(cpu.postgres), client: each(cpu.client) };
}

function used(): Measured['cpu'] {
  const { node, postgres } = processorTime(backend);
  return { api: served.processor() ?? 0, postgres: postgres ?? 0, client: node };
}

async function during(seconds: number, work: (client: number) => Promise<void>, into: Measured): Promise<void> {
  const before = used();
  const start = performance.now();
  const end = start + seconds * 1000;
  await Promise.all(
    Array.from({ length: CLIENTS }, async (_, client) => {
      for (let began = performance.now(); began < end; began = performance.now()) {
        await work(client);
        into.durations.push(performance.now() - began);
        into.bookings += 1;
      }
    }),
  );
  into.seconds += (performance.now() - start) / 1000;
  const after = used();
  for (const part of ['api', 'postgres', 'client'] as const) into.cpu[part] += after[part] - before[part];
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run npm run bench -- booking`);
  return value;
}
