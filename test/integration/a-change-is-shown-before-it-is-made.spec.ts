import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Consequences, PermanenceBody, Slot } from '@app/contract';
import { PermanenceSpace, value } from '../support/permanences';

const EVERY_TUESDAY = { rrule: 'FREQ=WEEKLY;BYDAY=TU' };
const days = (dates: readonly { start: string }[], count = 3) => dates.slice(0, count).map(({ start }) => start);

describe('a permanence is changed with open eyes', () => {
  let there: PermanenceSpace;
  let parquet: string;
  let motif: string;
  let room: { id: string; desks: string[] };
  let otherRoom: { id: string; desks: string[] };
  beforeEach(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00');
    parquet = await there.space.partner('Correspondant du Parquet');
    motif = await there.space.motif(parquet, 'Plainte');
    room = await there.space.room('Bureau 1');
    otherRoom = await there.space.room('Bureau 2');
  });
  afterEach(() => there?.close());

  /** Someone with an appointment at this local time, through the desk. */
  async function booked(start: string, more: { name?: string; agentId?: string; of?: string } = {}): Promise<string> {
    const { name = 'Yasmine Martin', agentId = null, of = motif } = more;
    const [firstName = '', lastName = ''] = name.split(' ');
    const usagerId = await there.space.usager(firstName, lastName, { partners: [parquet] });
    const desk = there.space.viewer('desk');
    const found = value(
      await there.space.slots.forMotif(desk, { motif: of, days: 200, perDay: 50, limit: 200 } as never),
    );
    const slot = found.slots.find((one: Slot) => one.start === start);
    if (!slot) throw new Error(`no slot at ${start}`);
    const asked = { occurrenceId: slot.occurrenceId, motifId: of, start, agentId, usagerId };
    return value(await there.space.booking.book(desk, asked, null)).id;
  }

  const published = async (rules: Record<string, unknown>[], more: Record<string, unknown> = {}) =>
    (await there.publish(there.body(parquet, rules, { motifIds: [motif], ...more }))).id;

  /** Its body again, as the form gives it back, with its first line changed. */
  async function rewritten(id: string, change: Record<string, unknown>): Promise<PermanenceBody> {
    const { rules, ...rest } = await there.read(id);
    return { ...rest, rules: rules.map(({ words, ...rule }, nth) => (nth === 0 ? { ...rule, ...change } : rule)) };
  }

  async function change(
    id: string,
    permanence: PermanenceBody,
    {
      viewer = there.manager,
      ...how
    }: { from?: string; dryRun?: boolean; seen?: string; viewer?: typeof there.manager } = {},
  ) {
    const { version } = await there.read(id);
    return there.writing.change(viewer, id, { permanence, version, dryRun: false, ...how });
  }

  const shown = async (
    id: string,
    permanence: PermanenceBody,
    how: { from?: string; viewer?: typeof there.manager } = {},
  ): Promise<Consequences> => {
    const { consequences } = value(await change(id, permanence, { ...how, dryRun: true }));
    if (!consequences) throw new Error('nothing was shown');
    return consequences;
  };

  const dates = (id: string) =>
    there.space.sql('select *, xmin::text from occurrence where permanence_id = $1 order by original_start', [id]);

  it('the dates added and removed, and who would be told, are listed; nothing has changed', async () => {
    const id = await published([{ ...EVERY_TUESDAY, roomId: room.id }]);
    const appointment = await booked('2027-01-12T11:00');
    const before = await dates(id);
    const said = await shown(id, await rewritten(id, { rrule: 'FREQ=WEEKLY;BYDAY=WE' }));
    expect(days(said.added)).toEqual(['2027-01-06T09:00', '2027-01-13T09:00', '2027-01-20T09:00']);
    expect(days(said.removed)).toEqual(['2027-01-05T09:00', '2027-01-12T09:00', '2027-01-19T09:00']);
    expect([said.kept, said.changed]).toEqual([0, []]);
    expect(said.told).toEqual({
      people: [{ appointmentId: appointment, name: 'Yasmine Martin', start: '2027-01-12T11:00' }],
      others: 0,
    });
    expect(await dates(id)).toEqual(before);
    expect(await there.conflicts.open(there.manager)).toEqual([]);
    expect((await there.read(id)).version).toBe(2);
  });

  it('whoever the viewer may not see is counted, not named', async () => {
    const id = await published([EVERY_TUESDAY]);
    await booked('2027-01-12T11:00');
    await there.space.sql('update appointment set confidential = true');
    const said = await shown(id, await rewritten(id, { rrule: 'FREQ=WEEKLY;BYDAY=WE' }));
    expect(said.told).toEqual({ people: [], others: 1 });
  });

  it('what was shown is what is done', async () => {
    const id = await published([EVERY_TUESDAY]);
    await booked('2027-01-12T11:00');
    const body = await rewritten(id, { start: '10:00', rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU' });
    const { token, ...said } = await shown(id, body);
    const done = value(await change(id, body, { seen: token }));
    expect(done.consequences).toEqual({ token, ...said });
    const left = await there.dates(id, { count: 200 });
    const held = left.filter(({ state }) => state === 'held');
    expect(held).toHaveLength(said.kept + said.added.length + said.changed.length);
    expect(done.version).toBe(3);
  });

  it('someone who books in between is not told nothing: it is refused with the new list, then done as shown again', async () => {
    const id = await published([EVERY_TUESDAY]);
    const body = await rewritten(id, { rrule: 'FREQ=WEEKLY;BYDAY=WE' });
    const { token } = await shown(id, body);
    await booked('2027-01-12T11:00');
    const refused = await change(id, body, { seen: token });
    expect(refused).toMatchObject({
      ok: false,
      why: 'not-as-shown',
      consequences: { told: { people: [{ name: 'Yasmine Martin' }] } },
    });
    expect(days(await there.dates(id))).toEqual(['2027-01-05T09:00', '2027-01-12T09:00', '2027-01-19T09:00']);
    const again = (refused as unknown as { consequences: Consequences }).consequences.token;
    expect(value(await change(id, body, { seen: again })).conflicts).toBe(1);
  });

  it('a date whose new room is taken is shown without it', async () => {
    await there.publish(
      there.body(await there.space.partner('EDF Précarité'), [{ ...EVERY_TUESDAY, roomId: otherRoom.id }]),
    );
    const id = await published([{ ...EVERY_TUESDAY, roomId: room.id }]);
    const said = await shown(id, await rewritten(id, { roomId: otherRoom.id }));
    expect(said.changed[0]).toMatchObject({
      before: { roomId: room.id, lacksRoom: false },
      after: { roomId: otherRoom.id, lacksRoom: true },
    });
    expect(said.conflicts).toBe(said.changed.length);
  });

  it('stopping shows every date that goes and who is booked on it, then does that', async () => {
    const id = await published([EVERY_TUESDAY]);
    await booked('2027-01-12T11:00');
    const stop = (more: { dryRun?: boolean; seen?: string }) =>
      there.publishing.stop(there.manager, id, { from: '2027-01-11', dryRun: false, ...more });
    const { consequences: said, version } = value(await stop({ dryRun: true }));
    expect([said?.kept, said?.told.people.length, days(said?.removed ?? [], 1), version]).toEqual([
      1,
      1,
      ['2027-01-12T09:00'],
      2,
    ]);
    await booked('2027-01-19T11:00', { name: 'Omar Diallo' });
    expect(await stop({ seen: said?.token ?? '' })).toMatchObject({ ok: false, why: 'not-as-shown' });
    expect((await there.read(id)).stopsOn).toBeNull();
    const now = value(await stop({ dryRun: true })).consequences;
    value(await stop({ seen: now?.token ?? '' }));
    expect((await there.read(id)).stopsOn).toBe('2027-01-11');
  });

  it('one date cancelled: exactly what was shown, or not at all', async () => {
    const id = await published([EVERY_TUESDAY]);
    const cancelled = { kind: 'cancelled', cause: 'absente' };
    const { consequences } = await there.changeDate(id, '2027-01-12T09:00', cancelled, { dryRun: true });
    expect([days(consequences.removed), consequences.told.others]).toEqual([['2027-01-12T09:00'], 0]);
    await booked('2027-01-12T11:00');
    const seen = consequences.token;
    await expect(there.changeDate(id, '2027-01-12T09:00', cancelled, { seen })).rejects.toThrow('not-as-shown');
    expect((await there.dates(id, { count: 2 }))[1]).toMatchObject({ state: 'held' });
  });

  describe('from a day on', () => {
    it('the rule that was ends the day before, another begins; earlier dates are not touched', async () => {
      const id = await published([{ ...EVERY_TUESDAY, roomId: room.id }]);
      await there.changeDate(id, '2027-01-12T09:00', { kind: 'cancelled', cause: 'formation' });
      const before = await dates(id);
      const body = await rewritten(id, { start: '10:00', end: '12:00' });
      const said = await shown(id, body, { from: '2027-01-20' });
      expect([
        said.added,
        said.removed,
        days(
          said.changed.map(({ after }) => after),
          1,
        ),
      ]).toEqual([[], [], ['2027-01-26T10:00']]);
      value(await change(id, body, { from: '2027-01-20', seen: said.token }));
      expect((await there.read(id)).rules.map(({ rrule, from, start }) => [rrule, from, start])).toEqual([
        ['FREQ=WEEKLY;UNTIL=20270119;BYDAY=TU', '2027-01-05', '09:00'],
        ['FREQ=WEEKLY;BYDAY=TU', '2027-01-26', '10:00'],
      ]);
      const after = await dates(id);
      expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
      expect(after.map((row: { id: string }) => row.id)).toEqual(before.map((row: { id: string }) => row.id));
    });

    it('whoever is booked later and still fits keeps the appointment, and its place is not given twice', async () => {
      const id = await published([{ ...EVERY_TUESDAY, roomId: room.id }]);
      const appointment = await booked('2027-01-26T11:00');
      const body = await rewritten(id, { start: '10:00', roomId: otherRoom.id });
      const said = await shown(id, body, { from: '2027-01-20' });
      expect(said.told).toEqual({ people: [], others: 0 });
      value(await change(id, body, { from: '2027-01-20' }));
      expect(await there.conflicts.open(there.manager)).toEqual([]);
      const kept = await there.space.sql(
        `select o.starts_at, o.room_id, s.owner_id = o.rule_id as "itsPlace" from appointment a
         join occurrence o on o.id = a.occurrence_id join claim c on c.held_by_id = a.id join resource s on s.id = c.resource_id
         where a.id = $1`,
        [appointment],
      );
      expect(kept).toMatchObject([{ room_id: otherRoom.id, itsPlace: true }]);
      await expect(booked('2027-01-26T11:00', { name: 'Omar Diallo' })).rejects.toThrow('no slot');
    });

    it('a later date cancelled by hand stays cancelled', async () => {
      const id = await published([EVERY_TUESDAY]);
      await there.changeDate(id, '2027-01-26T09:00', { kind: 'cancelled', cause: 'formation' });
      value(await change(id, await rewritten(id, { start: '10:00' }), { from: '2027-01-20' }));
      expect((await there.dates(id, { count: 4 })).map(({ start, state }) => [start, state])).toEqual([
        ['2027-01-05T09:00', 'held'],
        ['2027-01-12T09:00', 'held'],
        ['2027-01-19T09:00', 'held'],
        ['2027-01-26T10:00', 'cancelled'],
      ]);
    });

    it('one Thursday in two keeps its Thursdays', async () => {
      const id = await published([
        { rrule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TH', from: '2027-01-07', start: '14:00', end: '17:00' },
      ]);
      value(await change(id, await rewritten(id, { end: '16:00' }), { from: '2027-01-25' }));
      expect((await there.dates(id, { count: 4 })).map(({ start, end }) => `${start} ${end.slice(11)}`)).toEqual([
        '2027-01-07T14:00 17:00',
        '2027-01-21T14:00 17:00',
        '2027-02-04T14:00 16:00',
        '2027-02-18T14:00 16:00',
      ]);
    });

    it('from today on, the rule that was has nothing more to come and is left out of the form', async () => {
      const id = await published([EVERY_TUESDAY]);
      there.space.clock.at = '2027-01-13T07:00' as never;
      value(await change(id, await rewritten(id, { start: '10:00' }), { from: '2027-01-13' }));
      expect((await there.read(id)).rules).toMatchObject([{ start: '10:00', from: '2027-01-19' }]);
      expect(
        await there.space.sql('select count(*)::int as n from occurrence where original_start < $1', ['2027-01-13']),
      ).toEqual([{ n: 2 }]);
    });
  });

  describe('the turns of a rota', () => {
    let alice: string;
    let bruno: string;
    let duty: string;
    let mondays: string;
    let tuesdays: string;
    beforeEach(async () => {
      alice = await there.space.agent(parquet, 'Alice Renard');
      bruno = await there.space.agent(parquet, 'Bruno Castel');
      duty = await published([
        { rrule: 'FREQ=WEEKLY;BYDAY=MO', agentIds: [alice] },
        { rrule: 'FREQ=WEEKLY;BYDAY=TU', agentIds: [bruno] },
      ]);
      [mondays = '', tuesdays = ''] = (await there.read(duty)).rules.map(({ id }) => id);
    });
    const swap = (more: { dryRun?: boolean; seen?: string } = {}) =>
      there.swapping.swap(there.manager, duty, {
        one: { ruleId: mondays, originalStart: '2027-03-15T09:00' },
        other: { ruleId: tuesdays, originalStart: '2027-03-16T09:00' },
        dryRun: false,
        ...more,
      });
    const turns = async () =>
      (await there.dates(duty, { from: '2027-03-15', count: 2 })).map(({ start, end, agentIds }) => [
        start,
        end,
        ...agentIds,
      ]);

    it('swapped between two agents: hours unchanged, whoever is received that day too, and nobody is told', async () => {
      const appointment = await booked('2027-03-15T10:00', { agentId: alice });
      const version = async () =>
        there.space.sql('select agent_id, version, state, starts_at from appointment where id = $1', [appointment]);
      const [before] = await version();
      const said = value(await swap({ dryRun: true })).consequences;
      expect([said.told, said.clashes, said.changed.length, said.conflicts]).toEqual([
        { people: [], others: 0 },
        { people: [], others: 0 },
        2,
        0,
      ]);
      expect(await turns()).toEqual([
        ['2027-03-15T09:00', '2027-03-15T12:00', alice],
        ['2027-03-16T09:00', '2027-03-16T12:00', bruno],
      ]);
      value(await swap({ seen: said.token }));
      expect(await turns()).toEqual([
        ['2027-03-15T09:00', '2027-03-15T12:00', bruno],
        ['2027-03-16T09:00', '2027-03-16T12:00', alice],
      ]);
      expect(await version()).toEqual([{ ...before, agent_id: bruno }]);
      expect(await there.conflicts.open(there.manager)).toEqual([]);
      // The following week is as the rule says, and swapping back leaves nothing behind.
      expect((await there.dates(duty, { from: '2027-03-22', count: 1 }))[0]?.agentIds).toEqual([alice]);
      value(await swap());
      expect(await there.space.sql('select * from permanence_exception')).toEqual([]);
    });

    it('what the agents have elsewhere at those hours is listed before it is saved', async () => {
      const follow = await there.space.motif(parquet, 'Accompagnement');
      await there.publish(
        there.body(parquet, [{ rrule: 'FREQ=WEEKLY;BYDAY=TU', agentIds: [alice] }], {
          motifIds: [follow],
          title: 'Suivi',
        }),
      );
      const appointment = await booked('2027-03-16T10:00', { name: 'Omar Diallo', of: follow, agentId: alice });
      const said = value(await swap({ dryRun: true })).consequences;
      expect(said.clashes).toEqual({
        people: [{ appointmentId: appointment, name: 'Omar Diallo', start: '2027-03-16T10:00' }],
        others: 0,
      });
      // Alice is at two places then: it is kept, and to be settled.
      expect(said.conflicts).toBe(1);
    });

    it('nothing is swapped on a date twice, between the same agents, or on one that is not there', async () => {
      const twice = { ruleId: mondays, originalStart: '2027-03-15T09:00' };
      const asked = (other: typeof twice) =>
        there.swapping.swap(there.manager, duty, { one: twice, other, dryRun: false });
      expect(await asked(twice)).toMatchObject({ why: 'nothing-to-swap' });
      expect(await asked({ ...twice, originalStart: '2027-03-22T09:00' })).toMatchObject({ why: 'nothing-to-swap' });
      expect(await asked({ ...twice, originalStart: '2027-03-17T09:00' })).toMatchObject({ why: 'no-such-date' });
      const stranger = there.space.viewer('partner-editor', await there.space.partner('EDF Précarité'));
      expect(await there.swapping.swap(stranger, duty, { one: twice, other: twice, dryRun: true })).toMatchObject({
        why: 'not-found',
      });
    });
  });

  it('a date left without its room is offered it again once it is free', async () => {
    const edf = await there.space.partner('EDF Précarité');
    const first = (await there.publish(there.body(edf, [{ rrule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=1', roomId: room.id }])))
      .id;
    const id = await published([{ ...EVERY_TUESDAY, roomId: room.id }]);
    const open = () => there.conflicts.open(there.manager);
    expect(await open()).toMatchObject([{ kind: 'room-taken', isFreed: false, wanted: 'Bureau 1' }]);
    await there.changeDate(first, '2027-01-05T09:00', { kind: 'cancelled', cause: 'absente' });
    const [freed] = await open();
    expect(freed).toMatchObject({ isFreed: true, heldBy: null, rooms: [{ roomId: room.id }, {}] });
    value(await there.settling.giveRoom(there.manager, freed?.id ?? '', room.id));
    expect((await there.dates(id, { count: 1 }))[0]).toMatchObject({ roomId: room.id });
  });

  it('who changed what is kept with its author, and told only to those who see more than its dates', async () => {
    const accountOf = async (name: string) => {
      await there.space.account('manager');
      const [row] = await there.space.sql<{ id: string }>(
        `update account set name = $1 where name = 'manager' returning id`,
        [name],
      );
      return { ...there.manager, accountId: row?.id ?? '' };
    };
    const max = await accountOf('Max Responsable');
    const id = (await there.publish(there.body(parquet, [EVERY_TUESDAY]), max)).id;
    there.space.clock.at = '2027-01-06T09:30' as never;
    value(await change(id, await rewritten(id, { start: '10:00' }), { from: '2027-01-20', viewer: max }));
    const lines = (await there.history.of(there.manager, id)) ?? [];
    expect(lines.map(({ at, by, words }) => [at, by, words.replace(/\d+ dates/, 'n dates')])).toEqual([
      ['2027-01-06T09:30', 'Max Responsable', 'Modifiée à partir du mercredi 20 janvier 2027'],
      ['2027-01-04T07:00', 'Max Responsable', 'Publiée : n dates'],
      ['2027-01-04T07:00', 'Max Responsable', 'Brouillon écrit'],
    ]);
    expect(lines[0]?.details.map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
      'Retiré : tous les mardis, 9 h – 12 h, 3 rue du Béarn',
      'Ajouté : tous les mardis, jusqu’au mardi 19 janvier 2027, 9 h – 12 h, 3 rue du Béarn',
      'Ajouté : tous les mardis, 10 h – 12 h, 3 rue du Béarn',
    ]);
    const other = there.space.viewer('partner-editor', await there.space.partner('EDF Précarité'));
    expect(await there.history.of(other, id)).toEqual([]);
  });
});
