import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PublishSeveral } from '@app/permanences';
import fc from 'fast-check';
import { PermanenceSpace, value } from '../support/permanences';

const RUNS = 4;
const HOURS = [
  ['09:00', '12:00'],
  ['10:30', '12:30'],
  ['14:00', '17:00'],
] as const;
const RHYTHMS = ['FREQ=WEEKLY;BYDAY=MO', 'FREQ=WEEKLY;BYDAY=TH', 'FREQ=MONTHLY;BYDAY=1TH', 'FREQ=WEEKLY;BYDAY=MO,TH'];

const someLine = fc.record({
  rhythm: fc.constantFrom(...RHYTHMS),
  hours: fc.constantFrom(...HOURS),
  /** Which of three rooms; none. */
  room: fc.constantFrom(0, 1, 2, null),
  agents: fc.subarray([0, 1, 2], { maxLength: 2 }),
});
const someBody = fc.record({
  partner: fc.constantFrom(0, 1),
  lines: fc.array(someLine, { minLength: 1, maxLength: 2 }),
  onHoliday: fc.constantFrom('skip', 'keep', 'move'),
  onClosure: fc.constantFrom('skip', 'keep', 'move'),
});
/** What changes for a permanence between the two times it is laid out. */
const someChange = fc.record({
  which: fc.nat(6),
  hours: fc.constantFrom(...HOURS),
  room: fc.constantFrom(0, 1, 2, null),
});
const someCase = fc.record({
  bodies: fc.array(someBody, { minLength: 3, maxLength: 7 }),
  changes: fc.array(someChange, { maxLength: 5 }),
  /** A closed week, and an agent away: days after 11 January. */
  closed: fc.nat(60),
  away: fc.nat(60),
});

type Of<A> = A extends fc.Arbitrary<infer T> ? T : never;
const monday = (hours: (typeof HOURS)[number], room: 0 | 2, agents: number[], partner: 0 | 1): Of<typeof someBody> => ({
  ...{ partner, onHoliday: 'keep', onClosure: 'keep' },
  lines: [{ rhythm: 'FREQ=WEEKLY;BYDAY=MO', hours, room, agents }],
});
const [MORNING, LATE_MORNING, AFTERNOON] = HOURS;
/** The second leaves at last what the first wants already: it comes too late for the first. */
const IN_EACH_OTHERS_PLACE: Of<typeof someCase> = {
  bodies: [monday(MORNING, 0, [], 0), monday(AFTERNOON, 0, [], 0)],
  changes: [
    { which: 0, hours: AFTERNOON, room: 0 },
    { which: 1, hours: MORNING, room: 0 },
  ],
  ...{ closed: 40, away: 60 },
};
/** Nobody is left at the first one's own office, which the second may borrow then. */
const IN_ANOTHERS_OFFICE: Of<typeof someCase> = {
  bodies: [monday(MORNING, 2, [0], 0), monday(MORNING, 2, [0], 1)],
  changes: [
    { which: 0, hours: LATE_MORNING, room: 2 },
    { which: 1, hours: LATE_MORNING, room: 2 },
  ],
  ...{ closed: 40, away: 0 },
};

const KEPT = ['permanence', 'occurrence', 'occurrence_agent', 'claim', 'conflict'];

describe('many permanences published at once', () => {
  let there: PermanenceSpace;
  let several: PublishSeveral;
  let rooms: string[];
  let partners: string[];
  let agents: string[][];
  beforeAll(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00');
    several = new PublishSeveral(there.space.db, there.publishing);
    rooms = [(await there.space.room('Bureau 1', { desks: ['A'] })).id];
    for (const name of ['Bureau 2', 'Bureau 3']) rooms.push((await there.space.room(name)).id);
    partners = [await there.space.partner('Le Parquet'), await there.space.partner('EDF')];
    agents = [];
    for (const partner of partners) {
      const names = ['Anne', 'Bruno', 'Chloé'].map((name) => there.space.agent(partner, name));
      agents.push(await Promise.all(names));
    }
    // The third room is the office of one agent of the first partner.
    await there.space.sql('update room set resident_partner_id = $1 where id = $2', [partners[0], rooms[2]]);
    await there.space.sql('insert into room_resident values ($1, $2, $3)', [
      ...[there.space.spaceId, rooms[2], agents[0]?.[0]],
    ]);
  });
  afterAll(() => there?.close());

  it('become exactly what they become one after the other', async () => {
    await fc.assert(
      fc.asyncProperty(someCase, async ({ bodies, changes, closed, away }) => {
        await forgetAll();
        const ids: string[] = [];
        for (const body of bodies) ids.push(await there.draft(bodyOf(body)));
        await expectTheSame(ids);
        for (const { which, hours, room } of changes) {
          await there.space.sql(
            'update permanence_rule set start_time = $2, end_time = $3, room_id = $4 where permanence_id = $1',
            [ids[which % ids.length], ...hours, room === null ? null : rooms[room]],
          );
        }
        const [from, gone] = [dayAfter(closed), dayAfter(away)];
        await there.space.sql(
          `insert into closure (space_id, first_day, last_day, cause) values ($1, $2::date, $2::date + 6, 'Travaux')`,
          [there.space.spaceId, from],
        );
        await there.space.sql(
          `insert into absence (space_id, agent_id, partner_id, confidential, starts_at, ends_at, created_at)
           values ($1, $2, $3, false, $4::date, $4::date + 9, $4::date)`,
          [there.space.spaceId, agents[0]?.[0], partners[0], gone],
        );
        await expectTheSame(ids);
      }),
      { numRuns: RUNS, endOnFailure: true, examples: [[IN_EACH_OTHERS_PLACE], [IN_ANOTHERS_OFFICE]] },
    );
  });

  it('are refused each for itself, and the others published', async () => {
    await forgetAll();
    const line = { rrule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=5', from: '2027-01-04' };
    const bodies = ['1', '2', '3'].map((title) => there.body(partners[0] ?? '', [line], { title }));
    const [good, changed, gone] = await Promise.all(bodies.map((body) => there.draft(body)));
    const room = (await there.space.room('Bureau retiré')).id;
    await there.space.sql('update permanence_rule set room_id = $2 where permanence_id = $1', [gone, room]);
    await there.space.sql('update room set retired_at = now() where id = $1', [room]);
    const nobody = there.space.spaceId;
    const asked = [
      { id: good ?? '', version: 1 },
      { id: changed ?? '', version: 2 },
      { id: gone ?? '', version: 1 },
      { id: nobody, version: 1 },
    ];
    const said = await several.publish(there.manager, asked);
    expect(said.map(({ id }) => id)).toEqual(asked.map(({ id }) => id));
    expect(said.map(({ outcome }) => (outcome.ok ? outcome.value.inserted : outcome.why))).toEqual([
      5,
      'version',
      'invalid',
      'not-found',
    ]);
    // A partner's editor publishes her own only: of others' she is told no more than of what does not exist.
    const other = there.space.viewer('partner-editor', partners[1]);
    const [refused] = await several.publish(other, [{ id: changed ?? '', version: 1 }]);
    expect(refused?.outcome).toMatchObject({ ok: false, why: 'not-found' });
  });

  /** Publishes one by one, then again from where they were all at once, and leaves it so. */
  async function expectTheSame(ids: string[]): Promise<void> {
    const asked = await there.space.sql<{ id: string; version: number }>(
      'select id, version from permanence where id = any ($1) order by array_position($1, id)',
      [ids],
    );
    await save();
    const alone = [];
    for (const { id, version } of asked) alone.push(value(await there.publishing.publish(there.manager, id, version)));
    const expected = await stored();
    await restore();
    const together = await several.publish(there.manager, asked);
    expect(together.map(({ outcome }) => value(outcome))).toEqual(alone);
    expect(await stored()).toEqual(expected);
  }

  /** Every date with its agents, what it holds and what it lacks, under the identity that its rule gives it. */
  async function stored(): Promise<unknown[]> {
    return there.space.sql(
      `select o.rule_id, o.original_start, o.starts_at, o.ends_at, o.site_id, o.room_id, o.state, o.cause, o.visibility,
         array(select agent_id from occurrence_agent oa where oa.occurrence_id = o.id order by 1) as agents,
         array(select c.resource_id || ' ' || c.during from claim c where c.held_by_id = o.id order by 1) as held,
         array(select concat_ws(' ', c.kind, c.wanted_id, c.settled_at is null) from conflict c
               where c.occurrence_id = o.id order by 1) as lacking
       from occurrence o order by o.rule_id, o.original_start`,
    );
  }

  async function save(): Promise<void> {
    for (const table of KEPT) {
      await there.space.sql(`drop table if exists kept_${table}`);
      await there.space.sql(`create table kept_${table} as select * from ${table}`);
    }
  }

  async function restore(): Promise<void> {
    await there.space.sql('truncate conflict, claim, occurrence_agent, occurrence cascade');
    for (const table of ['occurrence', 'occurrence_agent', 'claim', 'conflict'])
      await there.space.sql(`insert into ${table} select * from kept_${table}`);
    await there.space.sql(
      `update permanence p set state = k.state, version = k.version, laid_out_until = k.laid_out_until, stops_on = k.stops_on
       from kept_permanence k where k.id = p.id`,
    );
  }

  async function forgetAll(): Promise<void> {
    await there.space.sql(
      'truncate conflict, claim, occurrence_agent, occurrence, withdrawn_date, closure, absence cascade',
    );
    await there.space.sql('truncate rule_agent, permanence_rule, permanence cascade');
  }

  function bodyOf({ partner, lines, onHoliday, onClosure }: Of<typeof someBody>) {
    return there.body(
      partners[partner] ?? '',
      lines.map(({ rhythm, hours: [start, end], room, agents: those }) => ({
        rrule: `${rhythm};UNTIL=20270601`,
        from: '2027-01-04',
        start,
        end,
        roomId: room === null ? null : rooms[room],
        agentIds: those.map((nth) => agents[partner]?.[nth]),
      })),
      { onHoliday, onClosure },
    );
  }

  function dayAfter(days: number): string {
    return new Date(Date.UTC(2027, 0, 11 + days)).toISOString().slice(0, 10);
  }
});
