import { type Instant, instant } from '@app/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTemporaryPostgres } from '../../scripts/embedded-postgres.mjs';
import { eventually } from '../../scripts/lib/processes.mjs';
import { freshDatabase, type TestDatabase } from '../support/database';
import { makeQueue, QUEUE_BACKENDS } from '../support/queue-backends';
import { parisTime, SomeoneToTell } from '../support/someone-to-tell';
import { Trap } from '../support/trap';
import { type RunningWorker, startWorker } from '../support/worker';

// The moments between two steps of "book → remind → send", as the statement the worker is about to run.
const STEPS: [name: string, table: string, statement: string][] = [
  ['while planning', 'reminder', 'insert'],
  ['after planning, before noting how far it read', 'event_cursor', 'update'],
  ['before the message is written', 'message', 'insert'],
  ['after writing the message, before the operator has it', 'sandbox_sms', 'insert'],
  ['after the operator took it, before noting that', 'message', 'update'],
];

describe.each(QUEUE_BACKENDS)('with the queue on %s', (_, queueUrl) => {
  let test: TestDatabase;
  let someone: SomeoneToTell;
  let started: number;
  const workers: RunningWorker[] = [];

  // Each test its own Redis database: they all use the same queue name.
  const redisOfThisTest = () => (queueUrl === null ? null : `${queueUrl}/${1 + (testsRun % 15)}`);
  let testsRun = 0;
  /** The product's clock: Monday 4 January 2027, 10:00 when the test began. */
  const now = (): Instant => instant(parisTime('2027-01-04 10:00') + Date.now() - started);
  const work = async () => {
    const worker = await startWorker({ appUrl: test.appUrl, redisUrl: redisOfThisTest(), now: now() });
    workers.push(worker);
    return worker;
  };

  beforeEach(async () => {
    testsRun += 1;
    started = Date.now();
    test = await freshDatabase();
    await makeQueue(test.ownerUrl);
    someone = await SomeoneToTell.in(test);
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
    await someone.end();
    await test.drop();
  });

  /** Every confirmation left, and the operator has exactly one message for each, with the words that were kept. */
  async function expectAllToldOnce(appointments: number): Promise<void> {
    const all = async () => {
      const rows = await someone.reminders();
      return rows.filter(({ kind, state }) => kind === 'confirmation' && state === 'sent').length === appointments;
    };
    if (!(await eventually(all, 60_000, 100))) {
      throw new Error(`${JSON.stringify(await someone.reminders())}\n${workers.map((one) => one.output()).join('\n')}`);
    }
    const reminders = await someone.reminders();
    expect(reminders.filter(({ kind }) => kind === 'confirmation')).toHaveLength(appointments);
    expect(reminders.filter(({ kind }) => kind === 'before')).toHaveLength(appointments);
    const taken = await someone.taken();
    const sent = reminders.filter(({ state }) => state === 'sent').map(({ id }) => id);
    expect(taken.map(({ message_id }) => message_id).sort()).toEqual(sent.sort());
    const kept = await someone.run<{ id: string; text: string }>('select id, text from message');
    expect(new Map(taken.map(({ message_id, text }) => [message_id, text]))).toEqual(
      new Map(kept.map(({ id, text }) => [id, text])),
    );
  }

  it('an appointment is booked, planned and told, and the worker stops when asked', async () => {
    const worker = await work();
    await someone.book(now(), { at: '2027-01-20 14:00' });
    await expectAllToldOnce(1);
    expect(await worker.stop()).toBe(0);
  });

  it('the worker ends when its supervisor is gone', async () => {
    const worker = await work();
    await someone.book(now(), { at: '2027-01-20 14:00' });
    await expectAllToldOnce(1);
    worker.child.disconnect();
    await eventually(() => worker.child.exitCode !== null, 60_000);
    expect(worker.child.exitCode).toBe(0);
  });

  it('the round of the night is done at three by the clock of the place, once', async () => {
    await someone.run(`insert into failed_attempt values ('old', '2027-01-01T00:00Z'), ('new', '2027-01-04T00:00Z')`);
    started = Date.now() + parisTime('2027-01-04 10:00') - parisTime('2027-01-04 03:00') + 5_000;
    await Promise.all([work(), work()]);
    const rounds = () => someone.run('select day::text as day from nightly_round');
    await someone.book(now(), { at: '2027-01-20 14:00' });
    await eventually(async () => (await someone.reminders()).length > 0, 5_000);
    const before = await rounds();
    if (now() < parisTime('2027-01-04 03:00')) expect(before).toEqual([]);
    await eventually(async () => (await rounds()).length > 0, 60_000);
    expect(await rounds()).toEqual([{ day: '2027-01-04' }]);
    expect(await someone.run('select convert_from(key_hash, $1) as key from failed_attempt', ['UTF8'])).toEqual([
      { key: 'new' },
    ]);
  });

  it('killed between any two steps, nothing is lost and nothing is told twice', async () => {
    let booked = 0;
    for (const [step, table, statement] of STEPS) {
      const trap = await Trap.on(test, table, statement);
      const worker = await work();
      await someone.book(now(), { at: `2027-01-20 1${booked}:00` });
      booked += 1;
      if (!(await trap.caught())) throw new Error(`Never came by: ${step}\n${worker.output()}`);
      await worker.kill();
      await trap.open();
    }
    await work();
    await expectAllToldOnce(booked);
  });

  it('several workers at once, killed at random, tell everyone once', async () => {
    for (let i = 0; i < 40; i += 1) await someone.book(now(), { at: '2027-01-20 14:00' });
    for (const patience of [900, 1_700]) {
      const crew = await Promise.all([work(), work()]);
      await new Promise((resolve) => setTimeout(resolve, patience));
      await Promise.all(crew.map((worker) => worker.kill()));
    }
    await Promise.all([work(), work()]);
    await expectAllToldOnce(40);
  });

  it('a queue that lost all its jobs loses no reminder', async () => {
    const trap = await Trap.on(test, 'message', 'insert');
    const worker = await work();
    await someone.book(now(), { at: '2027-01-20 14:00' });
    expect(await trap.caught()).toBe(true);
    await worker.kill();
    await trap.open();
    testsRun += 1;
    if (queueUrl === null) await makeQueue(test.ownerUrl);
    await work();
    await expectAllToldOnce(1);
  });
});

describe('when PostgreSQL itself is killed', () => {
  it('the worker goes on once it is back, and tells everyone once', async () => {
    const postgres = await startTemporaryPostgres({ name: 'killed' });
    const { migrate } = await import('@app/persistence');
    await migrate(postgres.urls.owner);
    await makeQueue(postgres.urls.owner);
    const url = postgres.urls.superuser.replace(/\/postgres$/, '/palier');
    const now = parisTime('2027-01-04 10:00');
    const worker = await startWorker({ appUrl: postgres.urls.app, redisUrl: null, now });
    let someone = await SomeoneToTell.in({ ownerUrl: '' }, url);
    try {
      for (let i = 0; i < 20; i += 1) await someone.book(now, { at: '2027-01-20 14:00' });
      await eventually(async () => (await someone.taken()).length > 0, 20_000);
      const died = postgres.died;
      if (postgres.pid === undefined) throw new Error('no server');
      process.kill(postgres.pid, 'SIGQUIT');
      await died;
      await postgres.restart();
      const back = await someone.again(url);
      await someone.end();
      someone = back;
      await someone.book(now, { at: '2027-01-21 14:00' });
      const all = async () => (await someone.reminders()).filter(({ state }) => state === 'sent').length === 21;
      if (!(await eventually(all, 60_000, 100))) throw new Error(worker.output());
      expect(await someone.taken()).toHaveLength(21);
      expect(worker.child.exitCode).toBe(null);
    } finally {
      await worker.kill();
      await someone.end();
      await postgres.stop();
    }
  });
});
