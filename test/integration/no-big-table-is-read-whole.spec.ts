import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contextOf, type Viewer } from '@app/accounts';
import type { Transaction } from '@app/persistence';
import pg from 'pg';
import { superuserUrl } from '../support/database';
import { PlannedSpace } from '../support/planned-space';

/** Tables that grow with the years; the others fit a screen. */
const BIG = [
  'occurrence',
  'occurrence_agent',
  'appointment',
  'claim',
  'usager',
  'event',
  'reminder',
  'message',
  'resource',
];

const PERMANENCES = 60;
const WEEKS = 60;

/**
 * Every question of the search, the board and the lists, as the application's role, on tables just big enough that reading
 * one whole costs more than an index: the server's own counters tell whether it did.
 */
describe('no big table is read whole', () => {
  let space: PlannedSpace;
  let superuser: pg.Client;
  let motif: string;
  let usager: string;
  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40', { poolSize: 1 });
    const partner = await space.partner('AEF 94');
    motif = await space.motif(partner, 'Premier rendez-vous');
    const agent = await space.agent(partner, 'Ana');
    usager = await space.usager('Yasmine', 'Martin', { partners: [partner] });
    const at = [space.spaceId, partner, motif, space.siteId, agent, usager];
    const fill = (sql: string, values: unknown[] = at) => space.sql(sql, values);
    await fill(
      `with p as (
         insert into permanence (space_id, partner_id, title, state) select $1, $2, 'P', 'published' from generate_series(1, ${PERMANENCES}) returning id
       ), r as (
         insert into permanence_rule (space_id, permanence_id, rrule, dtstart, start_time, end_time, mode, site_id)
         select $1, id, 'FREQ=WEEKLY', '2026-01-05', '09:00', '12:00', 'appointment', $3 from p returning id, permanence_id
       )
       insert into occurrence (space_id, permanence_id, rule_id, partner_id, original_start, starts_at, ends_at, site_id, mode, state, visibility, confidential)
       select $1, r.permanence_id, r.id, $2, d, d at time zone 'Europe/Paris', (d + interval '3 hours') at time zone 'Europe/Paris', $3, 'appointment', 'held', 'public', false
       from r, generate_series(timestamp '2026-06-01 09:00', timestamp '2026-06-01 09:00' + ${WEEKS} * interval '1 week', interval '1 week') d`,
      [space.spaceId, partner, space.siteId],
    );
    await fill('insert into permanence_motif select $1, id, $2 from permanence where space_id = $1 limit 20', [
      space.spaceId,
      motif,
    ]);
    await fill('insert into occurrence_agent select space_id, id, $2 from occurrence where space_id = $1', [
      space.spaceId,
      agent,
    ]);
    await fill(
      `insert into usager (space_id, first_name, last_name, known_to_desk, created_at)
       select $1, 'Personne', 'Numéro ' || n, true, now() from generate_series(1, 5000) n`,
      [space.spaceId],
    );
    await fill(
      `insert into appointment (space_id, partner_id, motif_id, usager_id, occurrence_id, agent_id, site_id, starts_at, ends_at, state, confidential, booked_at)
       select $1, $2, $3, (select id from usager where space_id = $1 and last_name = 'Numéro ' || (1 + n % 5000)), o.id, $5, $4, o.starts_at,
         o.starts_at + interval '30 minutes', 'planned', false, o.starts_at
       from (select *, row_number() over () as n from occurrence where space_id = $1) o where $6::uuid is not null`,
    );
    await fill(
      `insert into resource (space_id, kind, owner_id) select $1, 'seat', gen_random_uuid() from generate_series(1, 5000)`,
      [space.spaceId],
    );
    await fill(
      `insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id)
       select $1, id, tstzrange('2027-01-05 08:00Z', '2027-01-05 08:30Z'), 'appointment', gen_random_uuid(), $2
       from resource where space_id = $1 and kind = 'seat'`,
      [space.spaceId, partner],
    );
    // She is taken for years to come.
    await fill(
      `insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id)
       select $1, r.id, tstzrange(d, d + interval '30 minutes'), 'appointment', gen_random_uuid(), $2
       from resource r, generate_series(timestamptz '2028-01-03 08:00Z', '2030-01-03 08:00Z', interval '1 day') d
       where r.space_id = $1 and r.kind = 'time' and r.owner_id = $3`,
      [space.spaceId, partner, agent],
    );
    await fill(
      `insert into reminder (space_id, appointment_id, partner_id, confidential, kind, appointment_version, due_at, channel, state)
       select space_id, id, partner_id, false, 'confirmation', 1, starts_at, 'sms', 'sent' from appointment where space_id = $1`,
      [space.spaceId],
    );
    await fill(
      `insert into event (space_id, partner_id, at, kind, subject_id) select $1, $2, now(), 'appointment.booked', gen_random_uuid() from generate_series(1, 5000)`,
      [space.spaceId, partner],
    );
    superuser = new pg.Client({ connectionString: superuserUrl(space.database) });
    await superuser.connect();
    await superuser.query('analyze');
  });
  afterAll(async () => {
    await superuser?.end();
    await space?.close();
  });

  /** Which of the big tables were read from beginning to end meanwhile. */
  async function readWhole(work: () => Promise<unknown>): Promise<string[]> {
    const counted = async (): Promise<Map<string, number>> => {
      // A session tells its counters when it is idle: asked aloud, it does so at once.
      await space.db.within(contextOf(space.viewer('desk')), (tx: Transaction) =>
        tx.query('select pg_stat_force_next_flush()'),
      );
      const { rows } = await superuser.query<{ relname: string; seq_scan: string }>(
        'select relname, seq_scan from pg_stat_user_tables where relname = any ($1)',
        [BIG],
      );
      return new Map(rows.map(({ relname, seq_scan }) => [relname, Number(seq_scan)]));
    };
    const before = await counted();
    await work();
    const after = await counted();
    return BIG.filter((table) => (after.get(table) ?? 0) > (before.get(table) ?? 0));
  }

  async function freeSlots(viewer: Viewer) {
    const found = await space.slots.forMotif(viewer, { motif, days: 90, perDay: 1, limit: 1 });
    return found.ok ? found.value.slots : [];
  }

  /** Entries of indexes read so far, by table: a whole table read through an index shows here. */
  async function read(): Promise<Map<string, number>> {
    await space.db.within(contextOf(space.viewer('desk')), (tx: Transaction) =>
      tx.query('select pg_stat_force_next_flush()'),
    );
    const { rows } = await superuser.query<{ relname: string; entries: string }>(
      'select relname, sum(idx_tup_read) as entries from pg_stat_user_indexes where relname = any ($1) group by relname',
      [BIG],
    );
    return new Map(rows.map(({ relname, entries }) => [relname, Number(entries)]));
  }

  it('the count sees a table that is read whole', async () => {
    expect(
      await readWhole(() =>
        space.db.within(contextOf(space.viewer('desk')), (tx) => tx.query('select count(seat) from appointment')),
      ),
    ).toEqual(['appointment']);
  });

  it('by a search, wide or narrow, for one motif or for several', async () => {
    const desk = space.viewer('desk');
    expect(
      await readWhole(async () => {
        // Past the fifth, plans are made for any values.
        for (let turn = 0; turn < 7; turn += 1)
          await space.slots.forMotif(desk, { motif, days: 90, perDay: 3, limit: 30 });
        await space.slots.forMotif(desk, {
          motif,
          days: 90,
          perDay: 3,
          limit: 30,
          part: 'morning',
          site: space.siteId,
        });
        await space.slots.forMotifs(desk, [motif], { days: 366, perDay: 1, limit: 3, audience: 'public' });
      }),
    ).toEqual([]);
  });

  it('by the board, a date, a person’s appointments, or a booking', async () => {
    const desk = space.viewer('desk');
    const [slot] = await freeSlots(desk);
    if (!slot) throw new Error('nothing to book');
    expect(
      await readWhole(async () => {
        for (let turn = 0; turn < 7; turn += 1) {
          await space.board.of(desk, space.siteId, '2027-01-04' as never);
          await space.details.of(desk, slot.occurrenceId);
          await space.appointments.ofUsager(desk, usager);
        }
        const { occurrenceId, start } = slot;
        await space.booking.book(desk, { occurrenceId, motifId: motif, start, agentId: null, usagerId: usager }, null);
      }),
    ).toEqual([]);
  });

  it('a booking reads a few rows, however many there are of its agent and of its space', async () => {
    const desk = space.viewer('desk');
    const [slot] = await freeSlots(desk);
    if (!slot) throw new Error('nothing to book');
    const { occurrenceId, start } = slot;
    const wanted = { occurrenceId, motifId: motif, start, agentId: null, usagerId: usager };
    const before = await read();
    const booked = await space.booking.book(desk, wanted, null);
    expect(booked.ok).toBe(true);
    const after = await read();
    const rows = [...after].map(([table, count]) => [table, count - (before.get(table) ?? 0)]);
    expect(rows.filter(([, count]) => Number(count) > 100)).toEqual([]);
  });

  it('what every booking and board asks keeps one plan, whoever replaced it last', async () => {
    const { rows } = await superuser.query<{ name: string }>(
      `select proname as name from pg_proc where 'plan_cache_mode=force_generic_plan' = any (proconfig) order by 1`,
    );
    expect(rows.map(({ name }) => name)).toEqual([
      'about_dates',
      'busy_counters',
      'clear_expired_claims',
      'open_slot',
      'taken',
      'when_taken',
    ]);
  });
});
