import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Slot } from '@app/contract';
import { type Answer, type Browser, startApi, type TestApi } from '../support/api';
import { postgresLog } from '../support/database';
import { PlannedSpace } from '../support/planned-space';
import { PASSWORD } from '../support/sign-in';

const CLIENTS = 200;
const ROUNDS = 20;
const deadlocks = async () => (await readFile(postgresLog(), 'utf8')).split('deadlock detected').length;

describe('two hundred people want one slot at the same moment', () => {
  let space: PlannedSpace;
  let api: TestApi;
  let desk: Browser;
  let motif: string;
  let people: string[];
  let deadlocksBefore: number;

  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T08:00');
    const partner = await space.partner('Nouvelles Voies');
    const agents = [await space.agent(partner, 'Ana'), await space.agent(partner, 'Bilal')];
    motif = await space.motif(partner, 'Surendettement');
    const dates = [
      '2027-01-07 14:00-17:00',
      '2027-01-21 14:00-17:00',
      '2027-02-04 14:00-17:00',
      '2027-02-18 14:00-17:00',
      '2027-03-04 14:00-17:00',
    ];
    await space.permanence({ partnerId: partner, motifIds: [motif], agentIds: agents.slice(0, 1), dates });
    people = await Promise.all(Array.from({ length: CLIENTS }, (_, n) => space.usager('Personne', `Numéro ${n}`)));
    deadlocksBefore = await deadlocks();
    const offset = space.clock.now() - Date.now();
    api = await startApi({ PALIER_CLOCK_OFFSET_MS: String(offset) }, { database: space.database });
    desk = await api.browser().signIn(await space.account('desk'), PASSWORD);
  });
  afterAll(async () => {
    await api?.stop();
    await space?.close();
  });

  const slotsLeft = async (): Promise<Slot[]> =>
    (await desk.get(`/api/slots?motif=${motif}&perDay=50&limit=200`)).body.slots;
  const book = (slot: { occurrenceId: string; start: string }, usagerId: string, headers = {}): Promise<Answer> =>
    desk.post(
      '/api/appointments',
      { occurrenceId: slot.occurrenceId, motifId: motif, start: slot.start, usagerId },
      headers,
    );

  it(`one is booked and 199 are told why and what is free instead, ${ROUNDS} times over HTTP`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [slot] = await slotsLeft();
      if (!slot) throw new Error('no slot is left for this round');
      const answers = await Promise.all(people.map((usager) => book(slot, usager)));
      const booked = answers.filter(({ status }) => status === 201);
      const refused = answers.filter(({ status }) => status === 409);
      expect([booked.length, refused.length]).toEqual([1, CLIENTS - 1]);
      const free = new Map((await slotsLeft()).map((one) => [`${one.occurrenceId} ${one.start}`, one]));
      for (const { body, headers } of refused) {
        expect(headers.get('content-type')).toContain('application/problem+json');
        expect(body).toMatchObject({ why: 'slot-taken', heldBy: null, title: 'Ce créneau vient d’être pris.' });
        expect(body.alternatives).toHaveLength(Math.min(3, free.size));
        for (const { occurrenceId, start } of body.alternatives)
          expect(free.has(`${occurrenceId} ${start}`)).toBe(true);
      }
      const stored = await space.sql('select count(*)::int as n from appointment');
      const held = await space.sql(`select count(*)::int as n from claim where held_by_kind = 'appointment'`);
      expect([stored[0].n, held[0].n]).toEqual([round + 1, round + 1]);
    }
  }, 300_000);

  it('the same key sent twenty times at once books once and gives twenty times the same answer', async () => {
    const [slot] = await slotsLeft();
    if (!slot) throw new Error('no slot is left');
    const key = { 'idempotency-key': 'one-click-sent-again' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => book(slot, people[0] as string, key)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(201);
    const other = await book({ ...slot, start: '2027-02-18T16:00' }, people[0] as string, key);
    expect(other.body.why).toBe('key-reused');
  });

  it('people who move and cancel across each other at once never share a slot, and nobody waits for ever', async () => {
    const slots = await slotsLeft();
    const taken = await Promise.all(slots.slice(0, 3).map((slot, n) => book(slot, people[n] as string)));
    const ids = taken.map(({ body }) => body.id as string);
    const versions = ids.map(() => 1);
    for (let round = 0; round < 15; round += 1) {
      const targets = await slotsLeft();
      await Promise.all(
        ids.map(async (id, n) => {
          // All three want the same two free slots, or each other's.
          const target = targets[(n + round) % 2];
          if (!target) return;
          const moved = await desk.post(`/api/appointments/${id}/move`, {
            occurrenceId: target.occurrenceId,
            start: target.start,
            version: versions[n],
          });
          if (moved.status === 200) versions[n] = (versions[n] ?? 0) + 1;
          else expect([moved.status, moved.body.why]).toEqual([409, 'slot-taken']);
        }),
      );
      const overlapping = await space.sql(
        `select a.id from appointment a join appointment b on a.agent_id = b.agent_id and a.id < b.id
           and a.starts_at < b.ends_at and b.starts_at < a.ends_at where a.state = 'planned' and b.state = 'planned'`,
      );
      expect(overlapping).toEqual([]);
    }
    expect(Math.max(...versions)).toBeGreaterThan(5);
    const claims = await space.sql(`select held_by_id from claim where held_by_kind = 'appointment'`);
    expect(claims.length).toBe((await space.sql('select count(*)::int as n from appointment'))[0].n);
  });

  it('a new person is kept with her appointment, or not at all', async () => {
    const [slot] = await slotsLeft();
    if (!slot) throw new Error('no slot is left');
    const newcomer = (more: object) => ({
      occurrenceId: slot.occurrenceId,
      motifId: motif,
      start: slot.start,
      usager: { lastName: 'Diallo', firstName: 'Awa', ...more },
    });
    const wrong = await desk.post('/api/appointments', newcomer({ note: '2 85 05 78 006 084 36' }));
    expect([wrong.status, wrong.body.errors]).toMatchObject([400, [{ at: 'usager.note' }]]);
    expect((await desk.post('/api/appointments', newcomer({ phone: '06 39 98 00 01' }))).status).toBe(201);
    expect((await desk.post('/api/appointments', newcomer({}))).status).toBe(409);
    expect(await space.sql(`select phone, known_to_desk from usager where last_name = 'Diallo'`)).toEqual([
      { phone: '+33639980001', known_to_desk: true },
    ]);
  });

  it('PostgreSQL saw no deadlock in all this', async () => {
    expect(await deadlocks()).toBe(deadlocksBefore);
  });
});
