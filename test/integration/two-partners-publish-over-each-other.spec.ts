import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postgresLog } from '../support/database';
import { PermanenceSpace, value } from '../support/permanences';

const ROUNDS = 20;
const deadlocks = async () => (await readFile(postgresLog(), 'utf8')).split('deadlock detected').length;

describe('partners who publish over each other at the same moment', () => {
  let there: PermanenceSpace;
  let rooms: string[];
  let partners: string[];
  let deadlocksBefore: number;
  beforeAll(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00', { poolSize: 12 });
    rooms = [];
    for (const name of ['Bureau 1', 'Bureau 2', 'Bureau 3'])
      rooms.push((await there.space.room(name, { desks: ['A', 'B'] })).id);
    partners = [await there.space.partner('Le Parquet'), await there.space.partner('EDF')];
    deadlocksBefore = await deadlocks();
  });
  afterAll(() => there?.close());

  it(`both keep every date; one has the room, the other a conflict, date by date (${ROUNDS} rounds)`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const [a, b] = [rooms[round % 3], rooms[(round + 1) % 3]];
      // Two rules each, the rooms in opposite order: they would wait for each other if locks had no order.
      const bodies = [
        [{ roomId: a }, { start: '14:00', end: '17:00', roomId: b }],
        [
          { start: '14:30', end: '16:00', roomId: b },
          { start: '10:00', end: '11:30', roomId: a },
        ],
      ].map((rules, nth) =>
        there.body(
          partners[nth] ?? '',
          rules.map((rule) => ({ rrule: 'FREQ=WEEKLY;BYDAY=TU,FR;COUNT=12', ...rule })),
          { title: `${nth}`, onHoliday: 'keep' },
        ),
      );
      const ids = await Promise.all(bodies.map((body) => there.draft(body)));
      const published = await Promise.all(ids.map((id) => there.publishing.publish(there.manager, id, 1)));
      const [one, other] = published.map(value);
      expect(one?.inserted).toBe(other?.inserted);
      expect((one?.conflicts ?? 0) + (other?.conflicts ?? 0)).toBe(one?.inserted);
      const pairs = await there.space.sql<{ roomed: number; kept: number }>(
        `select count(*) filter (where room_id is not null)::int as roomed, count(*)::int as kept from occurrence
         where permanence_id = any ($1)
         group by starts_at::date, extract(hour from starts_at at time zone 'Europe/Paris') < 13`,
        [ids],
      );
      expect(pairs.every(({ roomed, kept: both }) => roomed === 1 && both === 2)).toBe(true);
      await there.space.sql('update conflict set settled_at = now()');
      await Promise.all(
        ids.map((id) => there.publishing.stop(there.manager, id, { from: '2027-01-04', dryRun: false }).then(value)),
      );
      expect(await there.space.sql('select count(*)::int as held from claim')).toEqual([{ held: 0 }]);
    }
  });

  it('six who change, cancel and stop at once leave one holder a room and no deadlock', async () => {
    const everyDay = (roomId: string | undefined, start: string, end: string) => ({
      rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=30',
      roomId,
      start,
      end,
    });
    const ids: string[] = [];
    for (let nth = 0; nth < 6; nth += 1) {
      const rules = [everyDay(rooms[nth % 3], '09:00', '12:00'), everyDay(rooms[(nth + 1) % 3], '13:00', '16:00')];
      ids.push((await there.publish(there.body(partners[nth % 2] ?? '', rules, { title: `P${nth}` }))).id);
    }
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(
        ids.map(async (id, nth) => {
          const { rules, version, partnerId } = await there.read(id);
          const turned = rules.map(({ id: ruleId }, index) => ({
            ...everyDay(rooms[(nth + index + round) % 3], index ? '13:30' : '09:00', index ? '16:00' : '11:30'),
            id: ruleId,
          }));
          value(
            await there.writing.change(there.manager, id, {
              permanence: there.body(partnerId, turned, { title: `P${nth}` }),
              version,
              dryRun: false,
            }),
          );
          await there.changeDate(id, `2027-02-0${1 + round}T09:00`, { kind: 'cancelled', cause: 'absente' });
        }),
      );
    }
    const [overlaps] = await there.space.sql<{ twice: number }>(
      `select count(*)::int as twice from occurrence a join occurrence b on a.room_id = b.room_id and a.id < b.id
       and a.state = 'held' and b.state = 'held' and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
       where a.starts_at > '2027-01-04' and b.starts_at > '2027-01-04'`,
    );
    expect(overlaps?.twice).toBe(0);
    const [unheld] = await there.space.sql<{ without: number }>(
      `select count(*)::int as without from occurrence o where o.state = 'held' and o.room_id is not null and o.starts_at > '2027-01-04T06:00Z'
       and not exists (select from claim c join resource r on r.id = c.resource_id and r.owner_id = o.room_id
                       where c.held_by_id = o.id and c.during = tstzrange(o.starts_at, o.ends_at))`,
    );
    expect(unheld?.without).toBe(0);
    expect(await deadlocks()).toBe(deadlocksBefore);
  });
});
