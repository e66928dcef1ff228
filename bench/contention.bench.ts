// Many people want few places at the same moment, from several processes: nothing is given twice, nothing is lost, every
// refusal says why.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { BookAppointment, FindSlots, FollowAppointment } from '@app/booking';
import type { Slot } from '@app/contract';
import { Database, openDataSource } from '@app/persistence';
import { type Instant, instantToIso, type LocalDateTime, toInstant } from '@app/time';
import { OfferFreedSlots } from '@app/waiting';
import pg from 'pg';
import { furnishContended, ZONE } from './contended-place';
import { keptByNobody, overlapsIn, placesLeft } from './contention-checks';
import type { Round, Start } from './contention-client';
import { viewerOf } from './contention-desk';
import { isHerTurn, neverEnded, promisedTwice, promisesLost, turns } from './contention-offers';
import { standingOf, together, tried } from './contention-round';
import { httpDesk } from './contention-screens';
import type { Told } from './contention-tries';
import { machine, numberAfter, round, tell } from './figures';
import { processorTime } from './processor-time';
import { Served } from './served';

/** Clients at once, one stretch after another; every tenth sits before a screen, the others are processes of their own. */
const STRETCHES = [8, 25, 60, 120, 200];
const PROCESSES = 2;
/**
 * When each half of a stretch begins, by the clock of the place. What was offered in one has its deadline in the midst of the
 * next: four hours of telling time later.
 */
const BEGINS = [
  '2027-01-04T09:00',
  '2027-01-04T13:00',
  '2027-01-04T17:00',
  '2027-01-05T11:00',
  '2027-01-05T15:00',
  '2027-01-06T09:00',
  '2027-01-06T13:00',
  '2027-01-06T17:00',
  '2027-01-07T11:00',
  '2027-01-07T15:00',
];
const HALVES = 2;
/** Long after every hold ran out and every deadline passed; then a Monday, when people may be told. */
const LATER = '2027-01-09T12:00';
const MONDAY = '2027-01-11T10:00';

const tries = numberAfter('--tries', 100_000);
const [ownerUrl, appUrl] = [given('DATABASE_URL'), given('DATABASE_APP_URL')];
const place = await furnishContended(ownerUrl);
const at = (local: string) => toInstant(local as LocalDateTime, ZONE);
let offset = 0;
const now = () => (Date.now() + offset) as Instant;

const owner = new pg.Client({ connectionString: ownerUrl });
await owner.connect();
const backend = (await owner.query('select pg_backend_pid() as pid')).rows[0].pid as number;
const deadlocksBefore = await deadlocks();
const [served, standing, ...clients] = await Promise.all([
  Served.start(appUrl, at(BEGINS[0] as string), 20),
  standingOf(ownerUrl, place.spaceId),
  ...Array.from({ length: PROCESSES }, clientProcess),
]);
try {
  const began = performance.now();
  const before = processorTime(backend);
  let told: Told = { tries: 0, booked: 0, answers: {}, unexplained: [] };
  let overlaps = 0;
  const losses: Record<string, number> = {};
  const isLost = (counted: Record<string, number>) => {
    for (const [what, times] of Object.entries(counted)) losses[what] = (losses[what] ?? 0) + times;
  };
  for (const [nth, begins] of BEGINS.entries()) {
    const many = STRETCHES[Math.floor(nth / HALVES)] as number;
    offset = at(begins) - Date.now();
    await served.later(now());
    const atScreens = Math.max(1, Math.round(many / 10));
    const share = Math.round(tries / BEGINS.length);
    const throughHttp = Math.round(share / 10);
    const inProcesses = Array.from({ length: PROCESSES }, (_, process) => ({
      clients: part(many - atScreens, process),
      tries: part(share - throughHttp, process),
      offset,
    }));
    const screens = { clients: atScreens, tries: throughHttp };
    const all = await Promise.all([
      tried(screens, { place, desk: httpDesk(served), standing: standing.read, now }),
      ...inProcesses.map((asked, process) => askedOf(clients[process] as ChildProcess, asked)),
    ]);
    told = all.reduce(together, told);
    overlaps += await overlapsIn(owner, place.spaceId, instantToIso(now()));
    overlaps += await promisedTwice(owner, place.spaceId, instantToIso(now()));
    isLost(await promisesLost(owner, place.spaceId, instantToIso(now())));
    console.log(
      `${many} clients: ${told.tries} tries, ${told.booked} taken, ${round((performance.now() - began) / 1000)} s`,
    );
  }
  const seconds = (performance.now() - began) / 1000;
  const used = (processorTime(backend).postgres ?? 0) - (before.postgres ?? 0);
  isLost({ 'held by nothing': await keptByNobody(owner, place.spaceId, instantToIso(at(LATER))) });
  isLost({ 'free, not to be had': await notOffered() });
  overlaps += await overlapsIn(owner, place.spaceId, instantToIso(at(LATER)));
  isLost(await outOfTurn());
  const lost = Object.values(losses).reduce((sum, times) => sum + times, 0);
  const version = (await owner.query('show server_version')).rows[0].server_version as string;
  for (const words of told.unexplained.slice(0, 10)) console.log(`unexplained: ${words}`);
  for (const [what, times] of Object.entries(losses)) if (times) console.log(`lost, ${what}: ${times}`);
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
  const database = await databaseAt(LATER);
  const slots = new FindSlots(database);
  const booking = new BookAppointment(database, slots);
  const viewer = viewerOf(place);
  const offered = async (): Promise<Slot[]> => {
    const found = await Promise.all(
      place.motifIds.map((motif) => slots.forMotif(viewer, { motif, days: 30, perDay: 50, limit: 200 })),
    );
    return found.flatMap((one) => (one.ok ? one.value.slots : []));
  };
  let lost = 0;
  const left = new Map<string, number>();
  for (const one of await placesLeft(owner, place.spaceId, instantToIso(at(LATER))))
    left.set(`${one.occurrenceId} ${one.startsAt.getTime()}`, one.left);
  // Of the same session nobody has two places: each is for somebody else.
  let people = 0;
  const booked = async ({ occurrenceId, motifId, start }: Slot) => {
    for (let tries = 0; tries < 5; tries += 1) {
      const usagerId = place.usagerIds[people++ % place.usagerIds.length] as string;
      const outcome = await booking.book(viewer, { occurrenceId, motifId, start, agentId: null, usagerId }, null);
      if (outcome.ok || outcome.why !== 'already-booked') return outcome.ok;
    }
    return false;
  };
  let all = await offered();
  for (const one of all) {
    const key = `${one.occurrenceId} ${toInstant(one.start as LocalDateTime, ZONE)}`;
    lost += Math.abs((left.get(key) ?? 0) - one.placesLeft);
    left.delete(key);
  }
  lost += [...left.values()].reduce((sum, places) => sum + places, 0);
  for (; all.length; all = await offered()) {
    for (const slot of all) if (!(await booked(slot))) lost += 1;
    // Refused although offered, for ever: it is lost, and counted once.
    if (lost > 100) break;
  }
  lost += (await placesLeft(owner, place.spaceId, instantToIso(at(LATER)))).length;
  database.bell.stop();
  await database.source.destroy();
  return lost;
}

/**
 * On Monday every deadline has passed and every slot is booked: whoever had an offer waits again, and nothing is kept. Then one
 * appointment of each motif is cancelled: its slot must be offered to whoever's turn it is, and to nobody else.
 */
async function outOfTurn(): Promise<Record<string, number>> {
  const database = await databaseAt(MONDAY);
  const offers = new OfferFreedSlots(database);
  const following = new FollowAppointment(database);
  const everythingRead = async () => {
    while ((await offers.round()) > 0);
  };
  await everythingRead();
  const notEnded = await neverEnded(owner, place.spaceId);
  const freed = await turns(owner, place.spaceId, ZONE);
  let inTurn = 0;
  for (const { appointmentId, version } of freed) {
    const cancelled = await following.cancel(viewerOf(place), appointmentId, { by: 'usager', version });
    if (!cancelled.ok) throw new Error(`A quiet cancellation answered ${cancelled.why}`);
  }
  await everythingRead();
  for (const turn of freed) if (await isHerTurn(owner, place.spaceId, turn)) inTurn += 1;
  console.log(`${inTurn} of ${freed.length} slots freed at the end were offered to whoever's turn it was`);
  database.bell.stop();
  await database.source.destroy();
  return { 'offered, never ended': notEnded, 'out of turn': freed.length - inTurn };
}

async function databaseAt(local: string): Promise<Database> {
  return new Database(await openDataSource(appUrl), { now: () => at(local) });
}

async function clientProcess(): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL('contention-client.js', import.meta.url)));
  child.send({ place, appUrl, ownerUrl } satisfies Start);
  await once(child, 'message');
  return child;
}

async function askedOf(client: ChildProcess, asked: Round): Promise<Told> {
  client.send(asked);
  const heard = new AbortController();
  const [done] = await Promise.race([
    once(client, 'message', { signal: heard.signal }),
    once(client, 'exit', { signal: heard.signal }),
  ]);
  heard.abort();
  if (typeof done !== 'object' || done === null) throw new Error('A client process ended.');
  return done as Told;
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
