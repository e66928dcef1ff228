// Rules to instants beside rrule.js, near and far from their start; then a year and a half of permanences laid out.
import { performance } from 'node:perf_hooks';
import type { Viewer } from '@app/accounts';
import { PublishPermanence, PublishSeveral } from '@app/permanences';
import { Database, openDataSource } from '@app/persistence';
import {
  type Calendars,
  expandMinutes,
  expandToInstants,
  firstOccurrenceOnOrAfter,
  formatRule,
  layOut,
  type PreparedSeries,
  parseRule,
  prepareSeries,
  type Rule,
} from '@app/recurrence';
import {
  addDays,
  fixedClock,
  fromLocalMinutes,
  HOME_ZONE,
  type Instant,
  type LocalDateTime,
  localDateTime,
  plainDate,
  plainTime,
  toInstant,
  toLocalMinutes,
} from '@app/time';
import pg from 'pg';
import rrule from 'rrule';
import { machine, numberAfter, round, tell } from './figures';
import { calendarsOf, draftPermanences, END, plannedRules, START, TODAY } from './permanences';
import { processorTime } from './processor-time';
import { Draw } from './random-rules';

const RULES = 1000;
const PERMANENCES = numberAfter('--permanences', 10_000);
const CLIENTS = 8;
const MIDNIGHT = plainTime('00:00');
const NEAR = ninetyDaysFrom('2027-01-04');
const FAR = ninetyDaysFrom('2047-01-07');
const MOST_EXCEPTIONS = 20;

interface Both {
  ours: PreparedSeries;
  theirs: rrule.RRuleSet;
}

const series = Array.from({ length: RULES }, (_, number) => bothOf(new Draw(number)));
const near = compared(NEAR, 3);
const far = compared(FAR, 1);
const ours = turnByTurn();
const layoutSeconds = laidOutInMemory();
const published = await publishedForReal();
const figures = {
  ms: round(ours.near, 3),
  rruleMs: round(near.theirs, 1),
  ratio: round(near.theirs / ours.near),
  farRatio: round(ours.far / ours.near, 2),
  layoutSeconds: round(layoutSeconds.seconds, 2),
  layoutWithClaimsSeconds: round(published.seconds, 1),
};
tell(
  {
    ...machine(published.postgres),
    '90 days, three years on': `${figures.ms} ms; rrule.js ${figures.rruleMs} ms (${RULES} rules, ${near.dates} dates, the same)`,
    '90 days, twenty years later': `${round(ours.far, 3)} ms; rrule.js ${round(far.theirs, 1)} ms (${far.dates} dates, the same)`,
    'laid out in memory': `${figures.layoutSeconds} s (${PERMANENCES} permanences, ${layoutSeconds.dates} dates with causes and instants)`,
    'published with claims': `${figures.layoutWithClaimsSeconds} s (${published.occurrences} rows, ${published.claims} claims, ${published.conflicts} conflicts)`,
    'its processor time': `${round(published.node, 1)} s here, ${published.inServer === null ? '?' : round(published.inServer, 1)} s in PostgreSQL`,
  },
  { bench: 'recurrence', ...figures, ...(PERMANENCES === 10_000 ? {} : { permanences: PERMANENCES }) },
);

/** The rules of a bulletin, started in 2024, with at most twenty dates taken out; read beforehand on both sides. */
function bothOf(draw: Draw): Both {
  const days = ['MO', 'TU', 'WE', 'TH', 'FR'];
  const text = draw.one([
    `FREQ=WEEKLY;BYDAY=${draw.one(days)}`,
    `FREQ=WEEKLY;BYDAY=${draw.some(days, 3).join(',')}`,
    `FREQ=WEEKLY;INTERVAL=${draw.number(2, 6)};BYDAY=${draw.one(days)}`,
    `FREQ=MONTHLY;BYDAY=${draw.number(1, 2)}${draw.one(days)},${draw.number(3, 5)}${draw.one(days)}`,
    `FREQ=MONTHLY;BYDAY=-1${draw.one(days)}`,
    `FREQ=MONTHLY;BYMONTHDAY=${draw.number(1, 31)}`,
    'FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR',
  ]);
  const parsed = parseRule(text);
  const first = parsed.ok
    ? firstOccurrenceOnOrAfter(parsed.rule, addDays(plainDate('2024-01-01'), draw.number(0, 6)))
    : null;
  if (!parsed.ok || !first) throw new Error(`${text} has no date`);
  const { rule } = parsed;
  const dtstart = localDateTime(first, draw.one(['09:00', '13:30', '17:00'].map(plainTime)));
  const all = preparedOf(rule, dtstart, []);
  const window = expandMinutes(all, toLocalMinutes(NEAR.from) - 400 * 1440, toLocalMinutes(NEAR.to));
  const exdates = window.length ? draw.some(window, MOST_EXCEPTIONS).map(fromLocalMinutes) : [];
  return { ours: preparedOf(rule, dtstart, exdates), theirs: rruleSetOf(rule, dtstart, exdates) };
}

function preparedOf(rule: Rule, dtstart: LocalDateTime, exdates: LocalDateTime[]): PreparedSeries {
  const prepared = prepareSeries({ rule, dtstart, exdates, zone: HOME_ZONE });
  if (!prepared.ok) throw new Error(prepared.textEn);
  return prepared.series;
}

/** Without its cache, which would answer the second pass for it; in "fake UTC", the fastest way to ask it. */
function rruleSetOf(rule: Rule, dtstart: LocalDateTime, exdates: LocalDateTime[]): rrule.RRuleSet {
  const set = new rrule.RRuleSet(true);
  set.rrule(new rrule.RRule({ ...rrule.RRule.parseString(formatRule(rule)), dtstart: fakeUtc(dtstart) }, true));
  for (const exdate of exdates) set.exdate(fakeUtc(exdate));
  return set;
}

interface Window {
  from: LocalDateTime;
  to: LocalDateTime;
}

/** Both engines on one window, to instants; they must agree. Gives how long rrule.js took. */
function compared(window: Window, passes: number): { theirs: number; dates: number } {
  const [from, to] = [fakeUtc(window.from), new Date(fakeUtc(window.to).getTime() - 1)];
  // rrule.js is lent our table of zone transitions: its own way to a zone is sixty times slower.
  const theirs = () =>
    series.map((one) =>
      one.theirs
        .between(from, to, true)
        .map((date) => toInstant(date.toISOString().slice(0, 16) as LocalDateTime, HOME_ZONE)),
    );
  const given = instantsOf(window);
  if (JSON.stringify(theirs()) !== JSON.stringify(given)) throw new Error('The two engines give different instants.');
  return { theirs: median(Array.from({ length: passes }, () => timed(theirs))), dates: given.flat().length };
}

function instantsOf(window: Window): Instant[][] {
  return series.map((one) => expandToInstants(one.ours, HOME_ZONE, window));
}

/** Ours, near and far in turn: what else the machine does meanwhile falls on both. */
function turnByTurn(): { near: number; far: number } {
  const passes = Array.from({ length: 101 }, () => ({
    near: timed(() => instantsOf(NEAR)),
    far: timed(() => instantsOf(FAR)),
  }));
  return { near: median(passes.map((pass) => pass.near)), far: median(passes.map((pass) => pass.far)) };
}

function timed(work: () => unknown): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

function median(durations: readonly number[]): number {
  return [...durations].sort((a, b) => a - b)[Math.floor(durations.length / 2)] as number;
}

/** Every date of 18 months, with holidays, closures and school holidays, to instants: nothing is stored. */
function laidOutInMemory(): { seconds: number; dates: number } {
  const rules = plannedRules(PERMANENCES);
  const calendars: Calendars[] = rules.map((_, number) => calendarsOf(number));
  const window = { from: localDateTime(TODAY, MIDNIGHT), to: localDateTime(END, MIDNIGHT) };
  let dates = 0;
  let last = 0;
  const began = performance.now();
  for (const [number, rule] of rules.entries()) {
    for (const date of layOut([rule], [], calendars[number] as Calendars, window)) {
      last = Math.max(last, toInstant(date.start, HOME_ZONE), toInstant(date.end, HOME_ZONE));
      dates += 1;
    }
  }
  const seconds = (performance.now() - began) / 1000;
  if (last <= START) throw new Error('Nothing was laid out.');
  return { seconds, dates };
}

/** The same permanences published by the service that "publish the selection" calls, as the application's role. */
async function publishedForReal() {
  const drafts = await draftPermanences(given('DATABASE_URL'), PERMANENCES);
  const source = await openDataSource(given('DATABASE_APP_URL'), { poolSize: CLIENTS });
  const database = new Database(source, fixedClock(START as Instant));
  const publish = new PublishSeveral(database, new PublishPermanence(database));
  const spaces = [...new Set(drafts.map(({ spaceId }) => spaceId))];
  const draftsOf = new Map(spaces.map((spaceId) => [spaceId, drafts.filter((draft) => draft.spaceId === spaceId)]));
  const [server] = await database.outside<{ pid: number }>('select pg_backend_pid() as pid');
  const before = processorTime(server?.pid ?? 0);
  let conflicts = 0;
  const began = performance.now();
  try {
    await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        for (let spaceId = spaces.pop(); spaceId; spaceId = spaces.pop()) {
          const asked = (draftsOf.get(spaceId) ?? []).map(({ id }) => ({ id, version: 1 }));
          for (const { outcome } of await publish.publish(managerOf(spaceId), asked)) {
            if (!outcome.ok) throw new Error(`A publication was refused: ${outcome.why}`);
            conflicts += outcome.value.conflicts;
          }
        }
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    const after = processorTime(server?.pid ?? 0);
    const node = after.node - before.node;
    const inServer = after.postgres === null || before.postgres === null ? null : after.postgres - before.postgres;
    return { seconds, conflicts, node, inServer, ...(await stored()) };
  } finally {
    database.bell.stop();
    await source.destroy();
  }
}

async function stored(): Promise<{ occurrences: number; claims: number; postgres: string }> {
  const owner = new pg.Client({ connectionString: given('DATABASE_URL') });
  await owner.connect();
  try {
    const { rows } = await owner.query(
      `select (select count(*)::int from occurrence) as occurrences, (select count(*)::int from claim) as claims,
         current_setting('server_version') as postgres`,
    );
    return rows[0];
  } finally {
    await owner.end();
  }
}

function managerOf(spaceId: string): Viewer {
  const space = { id: spaceId, name: 'Mesure', slug: 'mesure', zone: HOME_ZONE };
  return {
    accountId: spaceId,
    name: 'Responsable',
    role: 'manager',
    partnerId: null,
    agentId: null,
    language: 'fr',
    space,
  };
}

function ninetyDaysFrom(first: string): Window {
  const date = plainDate(first);
  return { from: localDateTime(date, MIDNIGHT), to: localDateTime(addDays(date, 90), MIDNIGHT) };
}

function fakeUtc(local: LocalDateTime): Date {
  return new Date(`${local}:00Z`);
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing: run npm run bench -- recurrence`);
  return value;
}
