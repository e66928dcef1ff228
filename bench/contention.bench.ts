// Many people want few places at the same moment, from several processes: nothing is given twice, nothing is lost, every
// refusal says why.
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Viewer } from '@app/accounts';
import { BookAppointment, FindSlots } from '@app/booking';
import type { Slot } from '@app/contract';
import { Database, openDataSource } from '@app/persistence';
import { type Instant, instantToIso, type LocalDateTime, toInstant } from '@app/time';
import pg from 'pg';
import { furnishContended, ZONE } from './contended-place';
import { keptByNobody, overlapsIn, placesLeft } from './contention-checks';
import type { Done, Round, Start } from './contention-client';
import { standingOf, together, tried } from './contention-round';
import type { Answered, Desk, Told } from './contention-tries';
import { machine, numberAfter, round, tell } from './figures';
import { processorTime } from './processor-time';
import { Served } from './served';

/** Clients at once, one stretch after another; every tenth sits before a screen, the others are processes of their own. */
const STRETCHES = [8, 25, 60, 120, 200];
const PROCESSES = 2;
const NOW = Date.parse('2027-01-04T08:00:00Z');
/** Long after every hold ran out. */
const LATER_MS = 10 * 60_000;

const tries = numberAfter('--tries', 100_000);
const [ownerUrl, appUrl] = [given('DATABASE_URL'), given('DATABASE_APP_URL')];
const place = await furnishContended(ownerUrl);
const offset = NOW - Date.now();
const now = (later = 0) => instantToIso((Date.now() + offset + later) as Instant);

const owner = new pg.Client({ connectionString: ownerUrl });
await owner.connect();
const backend = (await owner.query('select pg_backend_pid() as pid')).rows[0].pid as number;
const deadlocksBefore = await deadlocks();
const [served, standing, ...clients] = await Promise.all([
  Served.start(appUrl, NOW, 20),
  standingOf(ownerUrl, place.spaceId),
  ...Array.from({ length: PROCESSES }, clientProcess),
]);
try {
  const began = performance.now();
  const before = processorTime(backend);
  let told: Told = { tries: 0, booked: 0, answers: {}, unexplained: [] };
  let overlaps = 0;
  for (const at of STRETCHES) {
    const atScreens = Math.max(1, Math.round(at / 10));
    const share = Math.round(tries / STRETCHES.length);
    const throughHttp = Math.round(share / 10);
    const inProcesses = Array.from({ length: PROCESSES }, (_, nth) => ({
      clients: part(at - atScreens, nth),
      tries: part(share - throughHttp, nth),
    }));
    const screens = { clients: atScreens, tries: throughHttp };
    const all = await Promise.all([
      tried(screens, { place, desk: httpDesk(), standing: standing.read }),
      ...inProcesses.map((asked, nth) => askedOf(clients[nth] as ChildProcess, asked)),
    ]);
    told = all.reduce(together, told);
    overlaps += await overlapsIn(owner, place.spaceId, now());
    console.log(
      `${at} clients: ${told.tries} tries, ${told.booked} taken, ${round((performance.now() - began) / 1000)} s`,
    );
  }
  const seconds = (performance.now() - began) / 1000;
  const used = (processorTime(backend).postgres ?? 0) - (before.postgres ?? 0);
  const lost = (await keptByNobody(owner, place.spaceId, now(LATER_MS))) + (await notOffered());
  overlaps += await overlapsIn(owner, place.spaceId, now(LATER_MS));
  const version = (await owner.query('show server_version')).rows[0].server_version as string;
  for (const words of told.unexplained.slice(0, 10)) console.log(`unexplained: ${words}`);
  tell(
    {
      ...machine(version),
      took: `${round(seconds)} s; processor time of PostgreSQL ${round((used * 1000) / told.tries, 1)} ms a try`,
      ...Object.fromEntries(Object.entries(told.answers).sort()),
    },
    {
      bench: 'contention',
      tries: told.tries,
      booked: told.booked,
      overlaps,
      lost,
      unexplained: told.unexplained.length,
      deadlocks: (await deadlocks()) - deadlocksBefore,
    },
  );
} finally {
  for (const client of clients) {
    client.send('stop');
    await once(client, 'exit');
  }
  await standing.stop();
  await served.stop();
  await owner.end();
}

/**
 * Places lost: free by the count of what is booked and not offered, or the other way round; then everything offered is
 * booked, and what is refused, or still free at the end, is lost too.
 */
async function notOffered(): Promise<number> {
  const database = new Database(await openDataSource(appUrl), { now: () => Date.parse(now(LATER_MS)) as Instant });
  const slots = new FindSlots(database);
  const booking = new BookAppointment(database, slots);
  const viewer: Viewer = {
    accountId: place.accountId,
    name: 'Accueil',
    role: 'desk',
    partnerId: null,
    agentId: null,
    language: 'fr',
    space: { id: place.spaceId, name: 'Mesure', slug: 'mesure', zone: ZONE },
  };
  const offered = async (): Promise<Slot[]> => {
    const found = await Promise.all(
      place.motifIds.map((motif) => slots.forMotif(viewer, { motif, days: 30, perDay: 50, limit: 200 })),
    );
    return found.flatMap((one) => (one.ok ? one.value.slots : []));
  };
  let lost = 0;
  const left = new Map<string, number>();
  for (const one of await placesLeft(owner, place.spaceId, now(LATER_MS)))
    left.set(`${one.occurrenceId} ${one.startsAt.getTime()}`, one.left);
  let all = await offered();
  for (const one of all) {
    const key = `${one.occurrenceId} ${toInstant(one.start as LocalDateTime, ZONE)}`;
    lost += Math.abs((left.get(key) ?? 0) - one.placesLeft);
    left.delete(key);
  }
  lost += [...left.values()].reduce((sum, places) => sum + places, 0);
  for (; all.length; all = await offered()) {
    for (const { occurrenceId, motifId, start } of all) {
      const wanted = { occurrenceId, motifId, start, agentId: null, usagerId: place.usagerIds[0] as string };
      const outcome = await booking.book(viewer, wanted, null);
      if (!outcome.ok) lost += 1;
    }
    // Refused although offered, for ever: it is lost, and counted once.
    if (lost > 100) break;
  }
  lost += (await placesLeft(owner, place.spaceId, now(LATER_MS))).length;
  database.bell.stop();
  await database.source.destroy();
  return lost;
}

/** The same commands, as screens send them. */
function httpDesk(): Desk {
  const ask = async (method: string, url: string, body?: unknown, key: string = randomUUID()): Promise<Answered> => {
    const headers = { 'idempotency-key': key };
    const { status, body: text } = await served.ask(
      method,
      `/api/${url}`,
      body === undefined ? undefined : JSON.stringify(body),
      headers,
    );
    const value = text ? JSON.parse(text) : null;
    if (status < 300) return { ok: true, value };
    return { ok: false, why: value.why, title: value.title ?? '', alternatives: value.alternatives };
  };
  const slotOf = ({ occurrenceId, motifId, start, agentId }: Parameters<Desk['hold']>[0]) => ({
    occurrenceId,
    motifId,
    start,
    agentId,
  });
  return {
    book: ({ usagerId, holdId, ...wanted }, key) =>
      ask('POST', 'appointments', { ...slotOf(wanted), usagerId, holdId }, key),
    hold: (wanted) => ask('POST', 'holds', slotOf(wanted)),
    letGo: (id) => ask('DELETE', `holds/${id}`),
    move: ({ id, version }, { occurrenceId, start, agentId }) =>
      ask('POST', `appointments/${id}/move`, { occurrenceId, start, agentId, version }),
    cancel: ({ id, version }) => ask('POST', `appointments/${id}/cancel`, { by: 'usager', version }),
    undo: (id) => ask('POST', `appointments/${id}/undo`),
    room: (wanted) => ask('POST', 'room-bookings', { ...wanted, title: 'Réunion' }),
    leaveRoom: (id) => ask('DELETE', `room-bookings/${id}`),
    give: ({ occurrenceId, motifId, start, agentId }) =>
      ask('POST', `occurrences/${occurrenceId}/given-seats`, { motifId, start, agentId }),
    takeBack: (id) => ask('DELETE', `given-seats/${id}`),
  };
}

async function clientProcess(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('contention-client.js', import.meta.url)));
  child.send({ place, appUrl, ownerUrl, offset } satisfies Start);
  await once(child, 'message');
  return child;
}

async function askedOf(client: ChildProcess, asked: Round): Promise<Told> {
  client.send(asked);
  const [done] = (await Promise.race([
    once(client, 'message'),
    once(client, 'exit').then(() => {
      throw new Error('A client process ended.');
    }),
  ])) as [Done];
  return done;
}

function part(whole: number, nth: number): number {
  return Math.floor(whole / PROCESSES) + (nth < whole % PROCESSES ? 1 : 0);
}

async function deadlocks(): Promise<number> {
  return (await readFile(given('POSTGRES_LOG'), 'utf8')).split('deadlock detected').length;
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run npm run bench -- contention`);
  return value;
}
