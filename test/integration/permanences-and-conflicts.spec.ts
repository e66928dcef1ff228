import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Slot } from '@app/contract';
import { Transaction } from '@app/persistence';
import { PermanenceSpace, value } from '../support/permanences';

const EVERY_TUESDAY = { rrule: 'FREQ=WEEKLY;BYDAY=TU' };

describe('a permanence and its dates', () => {
  let there: PermanenceSpace;
  let parquet: string;
  let edf: string;
  let room: { id: string; desks: string[] };
  let otherRoom: { id: string; desks: string[] };
  beforeEach(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00');
    parquet = await there.space.partner('Correspondant du Parquet');
    edf = await there.space.partner('EDF Précarité');
    room = await there.space.room('Bureau 1');
    otherRoom = await there.space.room('Bureau 2');
  });
  afterEach(() => there?.close());

  const rows = (id: string) =>
    there.space.sql<{ xmin: string; id: string }>(
      'select xmin::text, * from occurrence where permanence_id = $1 order by original_start, id',
      [id],
    );
  const claims = (id: string) =>
    there.space.sql('select c.* from claim c join occurrence o on o.id = c.held_by_id where o.permanence_id = $1', [
      id,
    ]);

  /** Someone with an appointment at this local time, through the desk. */
  async function booked(partnerId: string, motif: string, start: string): Promise<Slot & { id: string }> {
    const someone = await there.space.usager('Yasmine', 'Martin', { partners: [partnerId] });
    const desk = there.space.viewer('desk');
    const found = value(await there.space.slots.forMotif(desk, { motif, days: 200, perDay: 50, limit: 200 } as never));
    const slot = found.slots.find((one) => one.start === start);
    if (!slot) throw new Error(`no slot at ${start}`);
    const made = value(
      await there.space.booking.book(
        desk,
        { occurrenceId: slot.occurrenceId, motifId: motif, start, agentId: null, usagerId: someone },
        null,
      ),
    );
    return { ...slot, id: made.id };
  }

  it('is laid out 18 months ahead, each date holding its room', async () => {
    const { id, inserted } = await there.publish(there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }]));
    const dates = await rows(id);
    expect(dates).toHaveLength(inserted);
    expect((await there.read(id)).laidOutUntil).toBe('2028-07-04');
    expect(dates.at(-1)).toMatchObject({ state: 'held', room_id: room.id });
    expect(await claims(id)).toHaveLength(inserted);
  });

  it('costs the same number of statements to publish, whatever the number of its dates', async () => {
    const statements = async (rrule: string, over: string) => {
      const spies = [jest.spyOn(Transaction.prototype, 'query'), jest.spyOn(Transaction.prototype, 'prepared')];
      const { inserted, conflicts } = await there.publish(there.body(parquet, [{ rrule, roomId: over }]));
      const count = spies.reduce((sum, { mock }) => sum + mock.calls.length, 0);
      for (const spy of spies) spy.mockRestore();
      return { inserted, conflicts, count };
    };
    const few = await statements('FREQ=WEEKLY;BYDAY=TU;COUNT=3', room.id);
    const many = await statements('FREQ=DAILY', otherRoom.id);
    expect(many.inserted).toBeGreaterThan(500);
    expect(many.count).toBe(few.count);
    const over = await statements('FREQ=DAILY', otherRoom.id);
    expect(over.conflicts).toBeGreaterThan(500);
    expect(over.count).toBeLessThanOrEqual(few.count + 1);
  });

  it('published on a morning it is already under way, is there at once', async () => {
    there.space.clock.at = '2027-01-05T09:40' as never;
    const { id } = await there.publish(there.body(parquet, [EVERY_TUESDAY]));
    expect((await there.dates(id, { count: 1 }))[0]).toMatchObject({ start: '2027-01-05T09:00', state: 'held' });
  });

  it('published again as it is, changes nothing: not a row is rewritten', async () => {
    const body = there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }]);
    const { id, inserted } = await there.publish(body);
    const [before, claimed] = [await rows(id), await there.space.sql('select xmin::text from claim order by 1')];
    const { rules, version } = await there.read(id);
    const again = await there.change(id, { ...body, rules: rules.map(({ words, ...rule }) => rule) });
    expect(again).toMatchObject({ inserted: 0, kept: inserted, removed: 0, conflicts: 0, version });
    expect(await rows(id)).toEqual(before);
    expect(await there.space.sql('select xmin::text from claim order by 1')).toEqual(claimed);
  });

  it('moved to other hours, keeps its dates and whoever is still inside; a new day replaces the old', async () => {
    const { id, inserted } = await there.publish(there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }]));
    const [ruleId, before] = [(await there.read(id)).rules[0]?.id, await rows(id)];
    const later = await there.change(
      id,
      there.body(parquet, [{ ...EVERY_TUESDAY, id: ruleId, start: '09:30', roomId: room.id }]),
    );
    expect(later).toMatchObject({ inserted: 0, kept: inserted, removed: 0 });
    expect((await rows(id)).map((row) => row.id)).toEqual(before.map((row) => row.id));
    const wednesday = await there.change(
      id,
      there.body(parquet, [{ rrule: 'FREQ=WEEKLY;BYDAY=WE', id: ruleId, roomId: room.id }]),
    );
    expect(wednesday).toMatchObject({ kept: 0, removed: inserted });
    expect((await there.dates(id, { count: 1 }))[0]?.start).toBe('2027-01-06T09:00');
    // 14 July 2027 is a Wednesday: that date is written down as skipped, and holds nothing.
    expect(await claims(id)).toHaveLength(wednesday.inserted - 1);
  });

  it('a line that is taken away takes its coming dates with it, and its past ones stay', async () => {
    const { id } = await there.publish(there.body(parquet, [EVERY_TUESDAY, { rrule: 'FREQ=WEEKLY;BYDAY=FR' }]));
    there.space.clock.at = '2027-01-11T07:00' as never;
    const { rules } = await there.read(id);
    await there.change(id, there.body(parquet, [{ ...EVERY_TUESDAY, id: rules[0]?.id }]));
    const fridays = (await rows(id)).filter((row) => (row as never as { rule_id: string }).rule_id === rules[1]?.id);
    expect(
      fridays.map((row) => (row as never as { original_start: Date }).original_start.toString().slice(0, 15)),
    ).toEqual(['Fri Jan 08 2027']);
  });

  it('a change made on what someone else has changed meanwhile is refused', async () => {
    const { id } = await there.publish(there.body(parquet, [EVERY_TUESDAY]));
    const outcome = await there.writing.change(there.manager, id, {
      permanence: there.body(parquet, [EVERY_TUESDAY]),
      version: 1,
      dryRun: false,
    });
    expect(outcome).toMatchObject({ ok: false, why: 'version' });
  });

  it('stops from a day on; what comes before stays', async () => {
    const { id } = await there.publish(there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }]));
    value(await there.publishing.stop(there.manager, id, { from: '2027-01-19', dryRun: false }));
    expect((await there.dates(id, { count: 10 })).map(({ start }) => start.slice(0, 10))).toEqual([
      '2027-01-05',
      '2027-01-12',
    ]);
    expect(await claims(id)).toHaveLength(2);
    there.space.clock.at = '2027-01-19T03:00' as never;
    await there.horizon.all();
    expect((await there.read(id)).state).toBe('stopped');
  });

  describe('one date of it', () => {
    it('is cancelled with its cause, frees its room, and comes back as the rule says', async () => {
      const { id } = await there.publish(there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }]));
      const all = (await claims(id)).length;
      await there.changeDate(id, '2027-01-12T09:00', { kind: 'cancelled', cause: 'bénévole absente' });
      expect((await there.dates(id, { count: 2 }))[1]).toMatchObject({
        state: 'cancelled',
        cause: 'bénévole absente',
        roomId: null,
      });
      expect(await claims(id)).toHaveLength(all - 1);
      await there.changeDate(id, '2027-01-12T09:00', { kind: 'as-the-rule-says' });
      expect((await there.dates(id, { count: 2 }))[1]).toMatchObject({ state: 'held', cause: '', roomId: room.id });
      expect(await claims(id)).toHaveLength(all);
    });

    it('is put on another day and in another room, and holds that', async () => {
      const { id } = await there.publish(there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }]));
      await there.changeDate(id, '2027-01-12T09:00', {
        kind: 'changed',
        date: '2027-01-13',
        start: '14:00',
        end: '16:00',
        roomId: otherRoom.id,
      });
      expect((await there.dates(id, { count: 2 }))[1]).toMatchObject({
        originalStart: '2027-01-12T09:00',
        start: '2027-01-13T14:00',
        end: '2027-01-13T16:00',
        state: 'moved',
        roomId: otherRoom.id,
      });
      // The exception follows the date when the whole rule starts at another time.
      const { rules } = await there.read(id);
      await there.change(
        id,
        there.body(parquet, [{ ...EVERY_TUESDAY, id: rules[0]?.id, start: '08:30', roomId: room.id }]),
      );
      expect((await there.dates(id, { count: 2 })).map(({ start }) => start)).toEqual([
        '2027-01-05T08:30',
        '2027-01-13T14:00',
      ]);
    });

    it('that a holiday removes can be held all the same, by hand', async () => {
      const { id } = await there.publish(there.body(parquet, [{ rrule: 'FREQ=WEEKLY;BYDAY=MO', roomId: room.id }]));
      const easterMonday = async () => (await there.dates(id, { from: '2027-03-29', count: 1 }))[0];
      expect(await easterMonday()).toMatchObject({ state: 'skipped', roomId: null });
      const asUsual = { kind: 'changed', date: '2027-03-29', start: '09:00', end: '12:00', roomId: null };
      await there.changeDate(id, '2027-03-29T09:00', asUsual);
      expect(await easterMonday()).toMatchObject({ state: 'held', roomId: room.id });
    });

    it('may be moved a long way, and stays there', async () => {
      const { id } = await there.publish(there.body(parquet, [EVERY_TUESDAY]));
      await there.changeDate(id, '2027-01-05T09:00', {
        kind: 'changed',
        date: '2027-04-15',
        start: '09:00',
        end: '12:00',
        roomId: null,
      });
      there.space.clock.at = '2027-03-31T07:00' as never;
      const { version } = await there.read(id);
      value(await there.publishing.publish(there.manager, id, version));
      expect((await there.dates(id, { from: '2027-04-14', count: 1 }))[0]).toMatchObject({
        start: '2027-04-15T09:00',
        state: 'moved',
      });
    });

    it('that is over, or that the rule does not give, cannot be changed', async () => {
      const { id } = await there.publish(there.body(parquet, [EVERY_TUESDAY]));
      await expect(there.changeDate(id, '2027-01-06T09:00', { kind: 'cancelled', cause: 'x' })).rejects.toThrow(
        'no-such-date',
      );
      there.space.clock.at = '2027-01-05T12:00' as never;
      await expect(there.changeDate(id, '2027-01-05T09:00', { kind: 'cancelled', cause: 'x' })).rejects.toThrow('past');
      await expect(
        there.changeDate(id, '2027-01-12T09:00', {
          kind: 'changed',
          date: '2027-01-04',
          start: '09:00',
          end: '10:00',
          roomId: null,
        }),
      ).rejects.toThrow('past');
      await expect(
        there.changeDate(id, '2027-01-12T09:00', {
          kind: 'changed',
          date: '2027-02-03',
          start: '10:00',
          end: '09:00',
          roomId: null,
        }),
      ).rejects.toThrow('change.end');
    });
  });

  describe('with people booked', () => {
    let motif: string;
    let id: string;
    let appointment: Slot & { id: string };
    beforeEach(async () => {
      motif = await there.space.motif(parquet, 'Plainte');
      id = (await there.publish(there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }], { motifIds: [motif] })))
        .id;
      appointment = await booked(parquet, motif, '2027-01-12T11:00');
    });

    it('a dry run says who is on the date, and changes nothing', async () => {
      const before = await rows(id);
      const said = await there.changeDate(
        id,
        '2027-01-12T09:00',
        { kind: 'cancelled', cause: 'absente' },
        { dryRun: true },
      );
      expect(said).toMatchObject({
        dryRun: true,
        conflicts: 1,
        appointments: [{ id: appointment.id, start: '2027-01-12T11:00' }],
      });
      expect(await rows(id)).toEqual(before);
      expect(await there.conflicts.open(there.manager)).toEqual([]);
    });

    it('nobody is dropped: a date that ends before an appointment opens a conflict with the person’s name', async () => {
      const done = await there.changeDate(id, '2027-01-12T09:00', {
        kind: 'changed',
        date: '2027-01-12',
        start: '09:00',
        end: '10:30',
        roomId: null,
      });
      expect(done.conflicts).toBe(1);
      expect(await there.conflicts.open(there.manager)).toMatchObject([
        {
          kind: 'appointment-stranded',
          appointmentId: appointment.id,
          usagerName: 'Yasmine Martin',
          start: '2027-01-12T11:00',
        },
      ]);
      expect(await there.space.sql('select state from appointment')).toEqual([{ state: 'planned' }]);
      // Back inside, it no longer waits.
      await there.changeDate(id, '2027-01-12T09:00', { kind: 'as-the-rule-says' });
      expect(await there.conflicts.open(there.manager)).toEqual([]);
    });

    it('a date that the rule no longer gives stays, cancelled, as long as someone was booked on it', async () => {
      const { rules } = await there.read(id);
      const changed = await there.change(
        id,
        there.body(parquet, [{ rrule: 'FREQ=WEEKLY;BYDAY=WE', id: rules[0]?.id }], { motifIds: [motif] }),
      );
      expect(changed.conflicts).toBe(1);
      expect(
        await there.space.sql('select state, room_id from occurrence where id = $1', [appointment.occurrenceId]),
      ).toEqual([{ state: 'cancelled', room_id: null }]);
      // Saying it once more opens nothing twice.
      const { version } = await there.read(id);
      expect(value(await there.publishing.publish(there.manager, id, version))).toMatchObject({
        removed: 0,
        conflicts: 0,
      });
    });

    it('a confidential motif’s appointment is found even by the desk that may not read it', async () => {
      const secret = await there.space.motif(parquet, 'Violences', { confidential: true });
      await there.space.sql('update appointment set confidential = true, motif_id = $1', [secret]);
      const done = await there.changeDate(id, '2027-01-12T09:00', { kind: 'cancelled', cause: 'absente' });
      expect(done).toMatchObject({ conflicts: 1, appointments: [] });
      expect(await there.conflicts.open(there.manager)).toEqual([]);
      expect(await there.conflicts.open(there.space.viewer('partner-editor', parquet))).toMatchObject([
        { appointmentId: appointment.id },
      ]);
    });

    it('an appointment that is moved or cancelled no longer waits to be settled', async () => {
      await there.changeDate(id, '2027-01-12T09:00', { kind: 'cancelled', cause: 'absente' });
      value(
        await there.space.following.cancel(there.space.viewer('desk'), appointment.id, { by: 'agent', version: 1 }),
      );
      expect(await there.conflicts.open(there.manager)).toEqual([]);
    });
  });

  describe('in a room another partner holds', () => {
    let first: string;
    let second: string;
    beforeEach(async () => {
      first = (
        await there.publish(there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }], { title: 'Le Parquet' }))
      ).id;
    });
    const publishOver = async (more = {}) => {
      const published = await there.publish(
        there.body(edf, [{ rrule: 'FREQ=MONTHLY;BYDAY=2TU', start: '11:00', end: '13:00', roomId: room.id, ...more }], {
          title: 'EDF',
        }),
      );
      second = published.id;
      return published;
    };

    it('the preview says so before publishing, with the name of what is published', async () => {
      const body = there.body(edf, [
        { rrule: 'FREQ=MONTHLY;BYDAY=2TU', start: '11:00', end: '13:00', roomId: room.id },
      ]);
      const [date] = await there.preview(body, { count: 1 });
      expect(date?.obstacles.map(({ kind, text }) => [kind, text.replace(/\u00a0/g, ' ')])).toEqual([
        ['room-taken', 'Bureau 1 : « Le Parquet »'],
      ]);
    });

    it('what is not published for all is only "pris"', async () => {
      const { rules } = await there.read(first);
      await there.change(
        first,
        there.body(parquet, [{ ...EVERY_TUESDAY, id: rules[0]?.id, roomId: room.id }], {
          title: 'Le Parquet',
          visibility: 'internal',
        }),
      );
      const body = there.body(edf, [{ rrule: 'FREQ=MONTHLY;BYDAY=2TU', roomId: room.id }]);
      const editor = there.space.viewer('partner-editor', edf);
      const shown = value(await there.previews.preview(editor, { permanence: body, count: 1 }));
      expect(shown.dates[0]?.obstacles[0]?.text.replace(/\u00a0/g, ' ')).toBe('Bureau 1 : pris');
    });

    it('every date is kept, without the room, and a conflict names who holds it and what is free', async () => {
      const published = await publishOver();
      expect(published.conflicts).toBe(published.inserted);
      const [conflict] = await there.conflicts.open(there.manager);
      expect(conflict).toMatchObject({
        kind: 'room-taken',
        partnerId: edf,
        wanted: 'Bureau 1',
        heldBy: 'Le Parquet',
        start: '2027-01-12T11:00',
        rooms: [{ roomId: otherRoom.id, name: 'Bureau 2' }],
      });
      const [date] = await there.dates(second, { count: 1 });
      expect(date).toMatchObject({ state: 'held', roomId: null });
      expect(date?.obstacles.map(({ text }) => text.replace(/\u00a0/g, ' '))).toEqual(['Bureau 1 : « Le Parquet »']);
    });

    it('another room is given, and publishing again keeps it', async () => {
      await publishOver();
      const [conflict] = await there.conflicts.open(there.manager);
      const taken = await there.settling.giveRoom(there.manager, conflict?.id ?? '', room.id);
      expect(taken).toMatchObject({ ok: false, why: 'room-taken', heldBy: 'Le Parquet', until: '2027-01-12T12:00' });
      value(await there.settling.giveRoom(there.manager, conflict?.id ?? '', otherRoom.id));
      expect((await there.dates(second, { count: 1 }))[0]).toMatchObject({ roomId: otherRoom.id, obstacles: [] });
      const before = await rows(second);
      const { version } = await there.read(second);
      value(await there.publishing.publish(there.manager, second, version));
      expect(await rows(second)).toEqual(before);
      expect(await there.settling.giveRoom(there.manager, conflict?.id ?? '', otherRoom.id)).toMatchObject({
        why: 'already-settled',
      });
    });

    it('when the room comes free a person still decides, and takes it', async () => {
      await publishOver();
      const [conflict] = await there.conflicts.open(there.manager);
      await there.changeDate(first, '2027-01-12T09:00', { kind: 'cancelled', cause: 'absente' });
      const [still] = await there.conflicts.open(there.manager);
      expect(still).toMatchObject({ id: conflict?.id, heldBy: null });
      expect(still?.rooms[0]).toEqual({ roomId: room.id, name: 'Bureau 1', lent: '' });
      value(await there.settling.giveRoom(there.manager, conflict?.id ?? '', room.id));
      expect((await there.dates(second, { count: 1 }))[0]).toMatchObject({ roomId: room.id });
    });

    it('accepted as it is, it stays without a room and is not asked again', async () => {
      const published = await publishOver();
      for (const { id } of await there.conflicts.open(there.manager))
        value(await there.settling.settle(there.manager, id));
      const { version } = await there.read(second);
      expect(value(await there.publishing.publish(there.manager, second, version))).toMatchObject({
        conflicts: 0,
        kept: published.inserted,
      });
      expect(await there.conflicts.open(there.manager)).toEqual([]);
    });

    it('an agent who is somewhere else is named, and the date is kept', async () => {
      const agent = await there.space.agent(edf, 'Paul Roche');
      const body = (more = {}) => there.body(edf, [{ ...EVERY_TUESDAY, agentIds: [agent], ...more }], { title: 'EDF' });
      await there.publish(body());
      const elsewhere = await there.publish(body({ start: '11:00', end: '13:00' }));
      expect(elsewhere.conflicts).toBe(elsewhere.inserted);
      const [date] = await there.dates(elsewhere.id, { count: 1 });
      expect(date).toMatchObject({ state: 'held', obstacles: [{ kind: 'agent-taken' }] });
      expect(date?.obstacles[0]?.text.replace(/\u00a0/g, ' ')).toBe('Paul Roche est déjà pris : « EDF »');
    });

    it('a desk of a shared office is held beside another desk, and the whole office is not', async () => {
      const shared = await there.space.room('Bureau partagé', { desks: ['Poste 1', 'Poste 2'] });
      const at = (desk: number | null) => [
        { rrule: 'FREQ=WEEKLY;BYDAY=WE', roomId: shared.id, workstationId: desk === null ? null : shared.desks[desk] },
      ];
      expect((await there.publish(there.body(parquet, at(0)))).conflicts).toBe(0);
      expect((await there.publish(there.body(edf, at(1)))).conflicts).toBe(0);
      expect((await there.publish(there.body(edf, at(null)))).conflicts).toBeGreaterThan(50);
    });
  });

  describe('who may read and write it', () => {
    it('a draft or an internal meeting is unreadable by another partner', async () => {
      const editor = there.space.viewer('partner-editor', edf);
      const draft = await there.draft(there.body(parquet, [EVERY_TUESDAY]));
      const { id: internal } = await there.publish(there.body(parquet, [EVERY_TUESDAY], { visibility: 'internal' }));
      const { id: open } = await there.publish(there.body(parquet, [{ rrule: 'FREQ=WEEKLY;BYDAY=FR' }]));
      for (const id of [draft, internal]) {
        expect(await there.list.one(editor, id)).toBeNull();
        expect(await there.list.dates(editor, id, { count: 4 })).toBeNull();
        expect(await there.publishing.publish(editor, id, 1)).toMatchObject({ why: 'not-found' });
      }
      expect((await there.list.all(editor, {})).map((line) => line.id)).toEqual([open]);
      expect(await there.publishing.stop(editor, open, { from: '2027-01-05', dryRun: false })).toMatchObject({
        why: 'not-found',
      });
    });

    it('a partner writes its own only, and a confidential one is hidden from the desk that may not write it', async () => {
      const secret = await there.space.partner('Personnel communal', { confidential: true });
      const editor = there.space.viewer('partner-editor', secret);
      const body = there.body(secret, [{ ...EVERY_TUESDAY, roomId: room.id }]);
      expect(await there.writing.draft(there.manager, null, body)).toMatchObject({ why: 'not-yours' });
      expect(await there.writing.draft(there.space.viewer('partner-editor', edf), null, body)).toMatchObject({
        why: 'not-yours',
      });
      const { id } = await there.publish(body, editor);
      expect(await there.list.one(there.manager, id)).toBeNull();
      expect((await there.list.one(editor, id))?.confidential).toBe(true);
      const over = await there.preview(there.body(edf, [{ ...EVERY_TUESDAY, roomId: room.id }]), { count: 1 });
      expect(over[0]?.obstacles[0]?.text.replace(/\u00a0/g, ' ')).toBe('Bureau 1 : pris');
    });

    it('what is wrong is shown where it stands', async () => {
      const stranger = await there.space.agent(edf, 'Paul Roche');
      const body = there.body(parquet, [
        { rrule: 'FREQ=HOURLY' },
        { ...EVERY_TUESDAY, end: '08:00' },
        { ...EVERY_TUESDAY, siteId: await there.space.site('Ailleurs'), roomId: room.id, agentIds: [stranger] },
        { rrule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' },
        { rrule: 'FREQ=WEEKLY;INTERVAL=52;BYDAY=TU;COUNT=1', from: '2027-01-05', parity: 'even' },
      ]);
      const outcome = await there.writing.draft(there.manager, null, body);
      expect(outcome.ok ? [] : outcome.errors?.map(({ at }) => at)).toEqual([
        'rules.0.rrule',
        'rules.1.end',
        'rules.2.roomId',
        'rules.2.agentIds.0',
        'rules.3.rrule',
        'rules.4.rrule',
      ]);
    });
  });

  describe('each night', () => {
    it('dates are added at the far end only, once', async () => {
      const { id } = await there.publish(there.body(parquet, [{ ...EVERY_TUESDAY, roomId: room.id }]));
      const before = await rows(id);
      there.space.clock.at = '2027-01-15T03:00' as never;
      expect(await there.horizon.all()).toBe(2);
      const after = await rows(id);
      expect(after.slice(0, before.length)).toEqual(before);
      expect(after).toHaveLength(before.length + 2);
      expect(await there.horizon.all()).toBe(0);
      const { version } = await there.read(id);
      expect(value(await there.publishing.publish(there.manager, id, version))).toMatchObject({
        inserted: 0,
        removed: 0,
      });
      expect(await there.horizon.prunePastClaims()).toBe(2);
    });
  });
});
