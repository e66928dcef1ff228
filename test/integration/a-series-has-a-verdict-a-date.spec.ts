import { createHash } from 'node:crypto';
import type { Viewer } from '@app/accounts';
import type { TriedSeries } from '@app/booking';
import type { SeriesBody, SeriesPlan, SeriesQuery } from '@app/contract';
import type { Once } from '@app/persistence';
import { DueReminders, PlanReminders, SandboxSmsGateway, SendReminder } from '@app/reminders';
import type { LocalDateTime } from '@app/time';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PlannedSpace } from '../support/planned-space';

// Mondays of spring 2027: 29 March is Easter Monday, 17 May is Pentecost Monday.
const MONDAYS = ['2027-03-15', '2027-03-22', '2027-03-29', '2027-04-05', '2027-04-12', '2027-04-19'];

describe('a series of appointments', () => {
  let space: PlannedSpace;
  let aef: string;
  let ana: string;
  let bea: string;
  let motif: string;
  let someone: string;
  let lea: Viewer;
  let hugo: Viewer;
  beforeEach(async () => {
    space = await PlannedSpace.open('2027-03-01T09:40');
    aef = await space.partner('AEF 94');
    ana = await space.agent(aef, 'Ana');
    bea = await space.agent(aef, 'Béa');
    motif = await space.motif(aef, 'Suivi budgétaire', { duration_minutes: 30 });
    someone = await space.usager('Yasmine', 'Martin', { partners: [aef] });
    [lea, hugo] = [space.viewer('desk'), space.viewer('desk')];
  });
  afterEach(() => space?.close());

  const open = (agentIds: string[], hours: string, days: readonly string[]) =>
    space.permanence({
      partnerId: aef,
      motifIds: [motif],
      agentIds,
      dates: days.map((day) => ({
        on: `${day} ${hours}`,
        ...(day === '2027-03-29' && { state: 'skipped' as const, cause: 'jour férié : lundi de Pâques' }),
      })),
    });
  const planned = async (more: Partial<SeriesQuery> = {}, viewer = lea): Promise<SeriesPlan> => {
    const outcome = await space.planSeries.plan(viewer, {
      motif,
      usager: someone,
      site: space.siteId,
      start: '2027-03-15T14:00',
      weeks: 1,
      times: 6,
      ...more,
    });
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.value;
  };
  const lines = ({ dates }: SeriesPlan) =>
    dates.map(({ date, verdict, why }) => [date.slice(5), verdict, why?.why ?? '']);
  const freeIn = ({ dates }: SeriesPlan) =>
    dates
      .flatMap(({ slot }) => (slot ? [{ ...slot, holdId: undefined }] : []))
      .map(({ occurrenceId, start, agentId }) => ({
        occurrenceId,
        start,
        agentId,
      }));
  const tried = async (
    dates: SeriesBody['dates'],
    { viewer = lea, once = null, ...more }: Partial<SeriesBody> & { viewer?: Viewer; once?: Once | null } = {},
  ): Promise<TriedSeries> => {
    const outcome = await space.bookSeries.book(viewer, { motifId: motif, usagerId: someone, ...more, dates }, once);
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.value;
  };
  const what = ({ dates }: TriedSeries) =>
    dates.map(({ start, booked, refusal }) => [start.slice(5, 10), booked ? 'booked' : refusal?.why]);
  const bookedIds = ({ dates }: TriedSeries) => dates.flatMap(({ booked }) => booked?.id ?? []);
  const onceOf = (key: string): Once => ({ key, requestHash: createHash('sha256').update(key).digest() });
  const count = async (sql: string) => Number((await space.sql(`select count(*) as n from ${sql}`))[0]?.n);

  it('says of each Monday whether the same hour is free, why not on Easter Monday, and what is near', async () => {
    await open([ana], '14:00-16:00', MONDAYS);
    await open([bea], '14:00-16:00', MONDAYS.slice(0, 5));
    await open([ana], '09:00-10:00', ['2027-03-31']);
    // Someone else has Ana at 14:00 on 5 April; she is away all of 12 April.
    const other = await space.usager('Fatou', 'Diallo', { partners: [aef] });
    const there = (await planned()).dates[3]?.slot;
    expect(there).toMatchObject({ agentId: ana, start: '2027-04-05T14:00' });
    await tried([{ occurrenceId: there?.occurrenceId ?? '', start: '2027-04-05T14:00', agentId: ana }], {
      usagerId: other,
    });
    await space.sql(
      `insert into absence (space_id, agent_id, partner_id, confidential, starts_at, ends_at, created_at)
       values ($1, $2, $3, false, '2027-04-12 08:00+02', '2027-04-12 18:00+02', now())`,
      [space.spaceId, ana, aef],
    );
    const plan = await planned({ agent: ana });
    expect(plan).toMatchObject({ words: 'tous les lundis', agentId: ana, more: false });
    expect(plan.agentIds.sort()).toEqual([ana, bea].sort());
    expect(lines(plan)).toEqual([
      ['03-15', 'free', ''],
      ['03-22', 'free', ''],
      ['03-29', 'not-possible', 'public-holiday'],
      ['04-05', 'other-hour', 'taken'],
      ['04-12', 'not-possible', 'absent'],
      ['04-19', 'free', ''],
    ]);
    expect(plan.dates[2]?.why).toMatchObject({ text: 'lundi de Pâques', owner: 'Calendrier des jours fériés' });
    expect(plan.dates[2]?.alternatives).toMatchObject([
      { start: '2027-03-31T09:30', agentId: ana },
      { start: '2027-03-31T09:00', agentId: ana },
    ]);
    expect(plan.dates[3]?.alternatives[0]).toMatchObject({ start: '2027-04-05T14:30', agentId: ana });
    expect(plan.dates[3]?.alternatives.at(-1)).toMatchObject({ agentId: bea });
    expect(plan.dates[4]?.alternatives[0]).toMatchObject({
      start: '2027-04-12T14:00',
      agentId: bea,
      occurrenceId: expect.anything(),
    });
  });

  it('is the référent’s when nobody else is asked for, and anyone’s when that is what is wanted', async () => {
    await open([bea, ana], '14:00-16:00', MONDAYS);
    await space.sql('update usager_partner set referent_id = $1 where usager_id = $2', [ana, someone]);
    expect((await planned()).agentId).toBe(ana);
    expect((await planned({ anyone: true })).agentId).toBeNull();
    expect((await planned({ agent: bea })).dates[0]?.slot).toMatchObject({ agentId: bea });
  });

  it('each month on the same rank: the first Friday of May 2027 is a pont, what is not laid out yet says so', async () => {
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      agentIds: [ana],
      dates: [
        '2027-04-02 10:00-12:00',
        { on: '2027-05-07 10:00-12:00', state: 'skipped', cause: 'fermeture : pont de l’Ascension' },
        '2027-05-14 10:00-12:00',
        '2027-06-04 10:00-12:00',
      ],
    });
    await space.sql(`update permanence set laid_out_until = '2027-07-01'`);
    const plan = await planned({ start: '2027-04-02T10:00', weeks: undefined, times: 4 });
    expect(plan.words).toBe('le 1er vendredi du mois');
    expect(lines(plan)).toEqual([
      ['04-02', 'free', ''],
      ['05-07', 'not-possible', 'closed'],
      ['06-04', 'free', ''],
      ['07-02', 'not-possible', 'not-laid-out'],
    ]);
    expect(plan.dates[1]?.why?.text).toBe('fermeture : pont de l’Ascension');
    expect(plan.dates[1]?.alternatives[0]).toMatchObject({ start: '2027-05-14T10:00', agentId: ana });
  });

  it('an interview of two agents, a group and an appointment by phone are repeated as they are booked', async () => {
    const days = ['2027-03-15', '2027-03-22'];
    const pair = await space.motif(aef, 'Entretien à deux', { agents_needed: 2 });
    const group = await space.motif(aef, 'Atelier budget', { duration_minutes: 60 });
    const phone = await space.motif(aef, 'Point par téléphone', { modes: ['phone'] });
    const during = (hours: string) => days.map((day) => `${day} ${hours}`);
    await space.permanence({ partnerId: aef, motifIds: [pair], agentIds: [bea, ana], dates: during('09:00-10:00') });
    await space.permanence({
      partnerId: aef,
      motifIds: [group],
      mode: 'group',
      seats: 3,
      dates: during('11:00-12:00'),
    });
    await space.permanence({ partnerId: aef, motifIds: [phone], agentIds: [ana], dates: during('16:00-17:00') });
    const repeated = async (of: string, hour: string) => {
      const plan = await planned({
        motif: of,
        start: `2027-03-15T${hour}`,
        times: 2,
        ...(of === pair && { agent: ana }),
      });
      const series = await tried(freeIn(plan), { motifId: of });
      expect(what(series)).toEqual([
        ['03-15', 'booked'],
        ['03-22', 'booked'],
      ]);
      return space.appointments.one(lea, bookedIds(series)[1] ?? '');
    };
    expect(await repeated(pair, '09:00')).toMatchObject({
      agentId: ana,
      secondAgentId: bea,
      series: { nth: 2, of: 2 },
    });
    expect(await repeated(group, '11:00')).toMatchObject({ agentId: null, end: '2027-03-22T12:00' });
    expect(await repeated(phone, '16:00')).toMatchObject({ mode: 'phone', series: { nth: 2, of: 2 } });
  });

  it('takes as many questions to the database for twenty-four dates as for two', async () => {
    await open([ana], '14:00-16:00', MONDAYS);
    const statements = countingStatements();
    await planned({ times: 2 });
    const few = statements();
    expect(few).toBeGreaterThan(0);
    await planned({ times: 24 });
    expect(statements() - few).toBe(few);
  });

  /** How many statements the application's connections were sent since. */
  function countingStatements(): () => number {
    let sent = 0;
    const within = space.db.within.bind(space.db);
    space.db.within = (context, work) =>
      within(context, (tx) => {
        const [query, prepared] = [tx.query.bind(tx), tx.prepared.bind(tx)];
        tx.query = (sql, values) => {
          sent += 1;
          return query(sql, values);
        };
        tx.prepared = (name, text, values) => {
          sent += 1;
          return prepared(name, text, values);
        };
        return work(tx);
      });
    return () => sent;
  }

  it('books the chosen dates under one series, each as any other; what can’t be is refused for itself with ways out', async () => {
    await open([ana], '14:00-15:00', MONDAYS);
    const dates = freeIn(await planned());
    expect(dates).toHaveLength(5);
    // Between the look and the booking another desk takes the second one.
    const other = await space.usager('Fatou', 'Diallo', { partners: [aef] });
    await tried(dates.slice(1, 2), { viewer: hugo, usagerId: other });
    const series = await tried(dates);
    expect(what(series)).toEqual([
      ['03-15', 'booked'],
      ['03-22', 'agent-taken'],
      ['04-05', 'booked'],
      ['04-12', 'booked'],
      ['04-19', 'booked'],
    ]);
    expect(series.dates[1]?.refusal?.alternatives).toMatchObject([{ start: '2027-03-22T14:30', agentId: ana }]);
    const [first = '', second = ''] = bookedIds(series);
    expect(await space.appointments.one(lea, second)).toMatchObject({ series: { id: series.id, nth: 2, of: 4 } });
    // The refused one is chosen again at another hour: it joins the series at its place.
    const again = { ...dates[1], occurrenceId: dates[1]?.occurrenceId ?? '', start: '2027-03-22T14:30', agentId: ana };
    const joined = await tried([again], { appointmentId: first });
    expect(joined.id).toBe(series.id);
    expect(await space.appointments.one(lea, second)).toMatchObject({ series: { nth: 3, of: 5 } });
    expect((await space.appointments.sisters(lea, first))?.map(({ start }) => start.slice(5))).toEqual([
      '03-15T14:00',
      '03-22T14:30',
      '04-05T14:00',
      '04-12T14:00',
      '04-19T14:00',
    ]);
  });

  it('sent twice with one key, even at once, is one series', async () => {
    await open([ana], '14:00-15:00', MONDAYS);
    const dates = freeIn(await planned());
    const twice = await Promise.all([1, 2, 3].map(() => tried(dates, { once: onceOf('a-key-of-one-series') })));
    expect(new Set(twice.map(({ id }) => id)).size).toBe(1);
    expect(new Set(twice.map((one) => bookedIds(one).join())).size).toBe(1);
    expect(await count('appointment')).toBe(5);
  });

  it('repeats an appointment that exists, which becomes the first of its series', async () => {
    await open([ana], '14:00-15:00', MONDAYS);
    const [first, ...others] = freeIn(await planned());
    if (!first) throw new Error('no slot');
    const alone = await space.booking.book(lea, { ...first, motifId: motif, usagerId: someone }, null);
    if (!alone.ok) throw new Error(alone.why);
    expect(await space.appointments.one(lea, alone.value.id)).toMatchObject({ series: null });
    expect(await planned({ booked: true })).toMatchObject({ already: 1, dates: { length: 5 } });
    await tried(others, { appointmentId: alone.value.id });
    // What she has is not asked again: only Easter Monday is left.
    expect(lines(await planned({ booked: true }))).toEqual([['03-29', 'not-possible', 'public-holiday']]);
    expect(await space.appointments.one(lea, alone.value.id)).toMatchObject({ series: { nth: 1, of: 5 } });
    const other = await space.usager('Fatou', 'Diallo', { partners: [aef] });
    const strange = { motifId: motif, usagerId: other, appointmentId: alone.value.id, dates: others };
    expect(await space.bookSeries.book(lea, strange, null)).toMatchObject({ ok: false, why: 'no-such-reference' });
  });

  it('eight desks that book overlapping series at once, in every order: nothing twice, no deadlock, all explained', async () => {
    const days = MONDAYS.filter((day) => day !== '2027-03-29');
    await open([ana], '14:00-15:00', days);
    await open([bea], '14:00-15:00', days);
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      seats: 2,
      dates: days.map((day) => `${day} 14:00-15:00`),
    });
    const wanted = (await space.slots.forMotif(lea, { motif, days: 90, perDay: 50, limit: 200 })) as unknown as {
      value: { slots: { occurrenceId: string; start: string; agentId: string | null }[] };
    };
    const all = wanted.value.slots.map(({ occurrenceId, start, agentId }) => ({ occurrenceId, start, agentId }));
    expect(all.length).toBeGreaterThan(20);
    const people = await Promise.all(
      Array.from({ length: 8 }, (_, nth) => space.usager(`Personne ${nth}`, 'Martin', { partners: [aef] })),
    );
    const shuffled = (nth: number) =>
      [...all]
        .sort((a, b) => ((all.indexOf(a) * 7 + nth * 11) % 29) - ((all.indexOf(b) * 7 + nth * 11) % 29))
        .slice(0, 24);
    const series = await Promise.all(
      people.map((usagerId, nth) => tried(shuffled(nth), { viewer: space.viewer('desk'), usagerId })),
    );
    const results = series.flatMap(({ dates }) => dates);
    expect(results.every(({ booked, refusal }) => (booked === null) !== (refusal === null))).toBe(true);
    const refusals = new Set(results.flatMap(({ refusal }) => refusal?.why ?? []));
    expect([...refusals].every((why) => ['agent-taken', 'slot-taken'].includes(why))).toBe(true);
    expect(refusals.size).toBeGreaterThan(0);
    expect(results.filter(({ refusal }) => refusal).every(({ refusal }) => Array.isArray(refusal?.alternatives))).toBe(
      true,
    );
    // An independent look: nobody is at two places, and what was booked is what was answered.
    expect(
      await count(`appointment a join appointment b on a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
        and (a.agent_id = b.agent_id or (a.occurrence_id = b.occurrence_id and a.seat = b.seat))`),
    ).toBe(0);
    expect(await count('appointment')).toBe(results.filter(({ booked }) => booked).length);
    expect(await count("claim where held_by_kind = 'appointment'")).toBe(await count('appointment'));
  });

  it('series, single bookings, moves and cancellations of what follows, all at once, never wait in a circle', async () => {
    const days = MONDAYS.filter((day) => day !== '2027-03-29');
    await open([ana], '14:00-16:00', days);
    await open([bea], '14:00-16:00', days);
    const found = await space.slots.forMotif(lea, { motif, days: 90, perDay: 50, limit: 200 });
    if (!found.ok) throw new Error(found.why);
    const all = found.value.slots.map(({ occurrenceId, start, agentId }) => ({ occurrenceId, start, agentId }));
    const mine = await tried(all.filter((_, nth) => nth % 4 === 0));
    const [, second = '', third = ''] = bookedIds(mine);
    const rest = all.filter((_, nth) => nth % 4 !== 0);
    const people = await Promise.all([1, 2, 3, 4].map((nth) => space.usager(`P${nth}`, 'Martin', { partners: [aef] })));
    const work: Promise<unknown>[] = people.map((usagerId, nth) =>
      tried(nth % 2 ? [...rest].reverse() : rest, { usagerId, viewer: space.viewer('desk') }),
    );
    for (const slot of rest) {
      const [usagerId = ''] = people;
      work.push(space.booking.book(hugo, { ...slot, motifId: motif, usagerId }, null));
    }
    const [to] = rest.slice(-1);
    if (to) work.push(space.moving.move(hugo, second, { ...to, version: 1 }));
    work.push(space.cancelFollowing.cancel(lea, third, { by: 'agent', version: 1 }));
    // A deadlock is an accident: it would be thrown.
    await Promise.all(work);
    expect(
      await count(`appointment a join appointment b on a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
        and a.agent_id = b.agent_id and a.state = 'planned' and b.state = 'planned'`),
    ).toBe(0);
    expect(await count(`claim where held_by_kind = 'appointment'`)).toBe(
      await count(`appointment where state = 'planned'`),
    );
  });

  it('is taken back whole within the seconds, by whoever booked it, and nobody else', async () => {
    await open([ana], '14:00-15:00', MONDAYS);
    const dates = freeIn(await planned());
    const series = await tried(dates);
    const book = { what: 'booked' } as const;
    expect(await space.undoSeries.undo(hugo, series.id, book)).toMatchObject({ ok: false, why: 'too-late-to-undo' });
    expect(await space.undoSeries.undo(lea, series.id, book)).toEqual({
      ok: true,
      value: { what: 'booked', count: 5, left: [] },
    });
    expect(await count('appointment')).toBe(0);
    expect(freeIn(await planned())).toHaveLength(5);
    const again = await tried(dates);
    space.clock.at = '2027-03-01T09:41' as LocalDateTime;
    expect(await space.undoSeries.undo(lea, again.id, book)).toMatchObject({ ok: false, why: 'too-late-to-undo' });
  });

  it('is taken back in one transaction: whoever dies midway has taken back nothing', async () => {
    await open([ana], '14:00-15:00', MONDAYS);
    const series = await tried(freeIn(await planned()));
    const dying = (nth: number) => {
      let recorded = 0;
      const command = space.db.command.bind(space.db);
      space.db.command = (context, work) =>
        command(context, (tx) => {
          const record = tx.record.bind(tx);
          tx.record = async (...happenings) => {
            recorded += 1;
            if (recorded === nth) throw new Error('gone');
            return record(...happenings);
          };
          return work(tx);
        });
      return () => {
        space.db.command = command;
      };
    };
    const alive = dying(3);
    await expect(space.undoSeries.undo(lea, series.id, { what: 'booked' })).rejects.toThrow('gone');
    alive();
    expect(await count('appointment')).toBe(5);
    expect(await count("claim where held_by_kind = 'appointment'")).toBe(5);
    const [first = ''] = bookedIds(series);
    await space.cancelFollowing.cancel(lea, first, { by: 'agent', version: 1 });
    const again = dying(4);
    await expect(space.undoSeries.undo(lea, series.id, { what: 'cancelled' })).rejects.toThrow('gone');
    again();
    expect(await count(`appointment where state = 'planned'`)).toBe(0);
    expect(await count("claim where held_by_kind = 'appointment'")).toBe(0);
    expect(await space.undoSeries.undo(lea, series.id, { what: 'cancelled' })).toMatchObject({ value: { count: 5 } });
    expect(await space.undoSeries.undo(lea, series.id, { what: 'booked' })).toMatchObject({ value: { count: 5 } });
    expect(await count('appointment')).toBe(0);
  });

  it('is cancelled from one on, with what was before left as it is; and given back, but for what somebody took', async () => {
    await open([ana], '14:00-15:00', MONDAYS);
    const dates = freeIn(await planned());
    const series = await tried(dates);
    const [, second = ''] = bookedIds(series);
    const cancel = (version: number) => space.cancelFollowing.cancel(lea, second, { by: 'usager', version });
    expect(await cancel(7)).toMatchObject({ ok: false, why: 'version' });
    expect(await cancel(1)).toEqual({ ok: true, value: { seriesId: series.id, count: 4 } });
    expect(await space.appointments.one(lea, bookedIds(series)[0] ?? '')).toMatchObject({
      state: 'planned',
      series: null,
    });
    expect(await count(`appointment where state = 'cancelledByUsager'`)).toBe(4);
    expect(await count("claim where held_by_kind = 'appointment'")).toBe(1);
    const other = await space.usager('Fatou', 'Diallo', { partners: [aef] });
    await tried(dates.slice(3, 4), { viewer: hugo, usagerId: other });
    const undone = await space.undoSeries.undo(lea, series.id, { what: 'cancelled' });
    expect(undone).toMatchObject({
      ok: true,
      value: { what: 'cancelled', count: 3, left: [{ start: '2027-04-12T14:00', refusal: { why: 'agent-taken' } }] },
    });
    expect(await space.appointments.one(lea, second)).toMatchObject({ state: 'planned', series: { nth: 2, of: 4 } });
  });

  it('an appointment that stands alone has no following ones', async () => {
    await open([ana], '14:00-15:00', MONDAYS);
    const [first] = freeIn(await planned());
    if (!first) throw new Error('no slot');
    const alone = await space.booking.book(lea, { ...first, motifId: motif, usagerId: someone }, null);
    if (!alone.ok) throw new Error(alone.why);
    const cancel = (id: string) => space.cancelFollowing.cancel(lea, id, { by: 'agent', version: 1 });
    expect(await cancel(alone.value.id)).toMatchObject({ ok: false, why: 'not-a-series' });
    expect(await cancel(someone)).toMatchObject({ ok: false, why: 'not-found' });
  });

  it('moving one date moves that one alone, and it stays of the series', async () => {
    await open([ana], '14:00-15:00', MONDAYS);
    const series = await tried(freeIn(await planned()));
    const [first = '', second = ''] = bookedIds(series);
    const target = (await planned({ start: '2027-03-22T14:30', times: 2 })).dates[0]?.slot;
    const moved = await space.moving.move(lea, second, {
      occurrenceId: target?.occurrenceId ?? '',
      start: '2027-03-22T14:30',
      agentId: ana,
      version: 1,
    });
    expect(moved).toMatchObject({ ok: true });
    expect(await space.appointments.one(lea, second)).toMatchObject({ version: 2, series: { nth: 2, of: 5 } });
    expect(await space.appointments.one(lea, first)).toMatchObject({ version: 1, start: '2027-03-15T14:00' });
  });

  describe('is told', () => {
    let someoneTold: string;
    beforeEach(async () => {
      await open([ana], '14:00-15:00', MONDAYS);
      await space.sql(`update usager set phone = '+33639980001', phone_kind = 'mobile', told_by = 'sms'`);
      await space.sql(`update site set address = '3 rue du Béarn, Chevilly-Larue'`);
      someoneTold = someone;
    });
    /** As the worker does, once the seconds of the undo have passed. */
    const tell = async () => {
      const unread = async () =>
        count(`event e, event_cursor c where c.consumer = 'reminders' and (e.xid, e.id) > (c.xid, c.id)`);
      const planner = new PlanReminders(space.db);
      do await planner.round();
      while ((await unread()) > 0);
      const sender = new SendReminder(space.db, new SandboxSmsGateway(space.db));
      for (const { spaceId, id } of await new DueReminders(space.db).find(1_000)) await sender.send(spaceId, id);
    };
    const texts = async () =>
      (await space.sql<{ text: string }>('select text from sandbox_sms order by received_at, text')).map(
        ({ text }) => text,
      );
    const waiting = () => space.sql(`select kind, count(*)::int as n from reminder where state = 'waiting' group by 1`);

    it('once, with all its dates, then before each', async () => {
      await tried(freeIn(await planned()), { usagerId: someoneTold });
      await tell();
      expect(await texts()).toEqual([
        '5 rendez-vous le lundi à 14 h : 15 mars, 22 mars, 5 avril, 12 avril et 19 avril, 3 rue du Béarn, Chevilly-Larue.',
      ]);
      expect(await waiting()).toEqual([{ kind: 'before', n: 5 }]);
      // What is read again, or becomes of one of them, says nothing twice.
      await space.sql(`update event_cursor set xid = '0', id = 0 where consumer = 'reminders'`);
      space.clock.at = '2027-03-15T15:00' as LocalDateTime;
      await tell();
      expect((await texts()).filter((text) => /^\d rendez-vous/.test(text))).toHaveLength(1);
    });

    it('of those that hold when it leaves: the first is cancelled at once, the next speaks for the rest', async () => {
      const series = await tried(freeIn(await planned()));
      const [first = ''] = bookedIds(series);
      await new PlanReminders(space.db).round();
      await space.following.cancel(lea, first, { by: 'usager', version: 1 });
      await tell();
      expect(await texts()).toEqual([
        '4 rendez-vous le lundi à 14 h : 22 mars, 5 avril, 12 avril et 19 avril, 3 rue du Béarn, Chevilly-Larue.',
      ]);
    });

    it('nothing of what was taken back', async () => {
      const series = await tried(freeIn(await planned()));
      await new PlanReminders(space.db).round();
      await space.undoSeries.undo(lea, series.id, { what: 'booked' });
      await tell();
      expect(await texts()).toEqual([]);
    });

    it('one move alone, as moved; and the end of it once', async () => {
      const series = await tried(freeIn(await planned()));
      await tell();
      const [, second = '', third = ''] = bookedIds(series);
      const target = (await planned({ start: '2027-03-22T14:30', times: 2 })).dates[0]?.slot;
      const to = { occurrenceId: target?.occurrenceId ?? '', start: '2027-03-22T14:30', agentId: ana, version: 1 };
      expect(await space.moving.move(lea, second, to)).toMatchObject({ ok: true });
      await tell();
      space.clock.at = '2027-03-02T10:00' as LocalDateTime;
      expect(await space.cancelFollowing.cancel(lea, third, { by: 'agent', version: 1 })).toMatchObject({
        value: { count: 3 },
      });
      await tell();
      expect((await texts()).slice(1)).toEqual([
        'Votre rendez-vous est déplacé au lundi 22 mars à 14 h 30, 3 rue du Béarn, Chevilly-Larue.',
        'Vos 3 rendez-vous du lundi à 14 h (5 avril, 12 avril et 19 avril), 3 rue du Béarn, Chevilly-Larue, sont annulés.',
      ]);
    });
  });

  it('a confidential motif is planned, booked and read by its own partner alone', async () => {
    const hidden = await space.motif(aef, 'Personnel', { confidential: true });
    await space.permanence({
      partnerId: aef,
      motifIds: [hidden],
      agentIds: [ana],
      dates: ['2027-03-15 14:00-15:00', '2027-03-22 14:00-15:00'],
    });
    const asked = {
      motif: hidden,
      usager: someone,
      site: space.siteId,
      start: '2027-03-15T14:00',
      weeks: 1,
      times: 2,
    } as const;
    expect(await space.planSeries.plan(lea, asked)).toMatchObject({ ok: false, why: 'not-found' });
    const editor = space.viewer('partner-editor', aef);
    const plan = await planned({ motif: hidden, times: 2 }, editor);
    const series = await tried(freeIn(plan), { viewer: editor, motifId: hidden });
    expect(what(series).map(([, state]) => state)).toEqual(['booked', 'booked']);
    expect(await space.appointments.sisters(lea, bookedIds(series)[0] ?? '')).toBeNull();
    expect(await space.undoSeries.undo(lea, series.id, { what: 'booked' })).toMatchObject({
      ok: false,
      why: 'not-found',
    });
    // The desk that knows the ids is refused as for any slot that is not hers to give.
    const stolen = await tried(freeIn(plan), { motifId: hidden });
    expect(what(stolen).map(([, why]) => why)).toEqual(['not-bookable-here', 'not-bookable-here']);
  });
});
