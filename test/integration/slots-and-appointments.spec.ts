import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Slot } from '@app/contract';
import { PlannedSpace } from '../support/planned-space';

describe('slots and appointments', () => {
  let space: PlannedSpace;
  let aef: string;
  let motif: string;
  let someone: string;
  beforeEach(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
    aef = await space.partner('AEF 94');
    motif = await space.motif(aef, 'Premier rendez-vous', { duration_minutes: 45 });
    someone = await space.usager('Yasmine', 'Martin', { partners: [aef] });
  });
  afterEach(() => space?.close());

  const desk = () => space.viewer('desk');
  const ask = async (more = {}) => {
    const found = await space.slots.forMotif(desk(), { motif, days: 90, perDay: 3, limit: 30, ...more });
    if (!found.ok) throw new Error(found.why);
    return found.value;
  };
  const book = (
    slot: Pick<Slot, 'occurrenceId' | 'start'> & { agentId?: string | null },
    usagerId = someone,
    viewer = desk(),
  ) =>
    space.booking.book(
      viewer,
      { occurrenceId: slot.occurrenceId, motifId: motif, start: slot.start, agentId: slot.agentId ?? null, usagerId },
      null,
    );
  const booked = async (...args: Parameters<typeof book>) => {
    const outcome = await book(...args);
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.value;
  };

  it('a motif is offered over partners’ dates, the first few of each day, and what is left is counted', async () => {
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-05 09:00-12:00', '2027-01-12 09:00-10:00'],
    });
    const { slots, more, notOffered } = await ask();
    expect(slots.map((slot) => slot.start)).toEqual([
      '2027-01-05T09:00',
      '2027-01-05T09:45',
      '2027-01-05T10:30',
      '2027-01-12T09:00',
    ]);
    expect(more).toEqual([{ date: '2027-01-05', left: 1 }]);
    expect(notOffered).toEqual([]);
  });

  it('a date that is not offered says why: public holiday, cancelled, full', async () => {
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: [
        { on: '2027-03-29 09:00-12:00', state: 'skipped', cause: 'jour férié : Lundi de Pâques' },
        { on: '2027-01-26 09:00-12:00', state: 'cancelled', cause: 'bénévole absente' },
        '2027-01-12 09:00-09:45',
        { on: '2027-02-02 09:00-12:00', state: 'skipped', cause: 'fermeture' },
      ],
    });
    await booked((await ask()).slots[0] as Slot);
    expect((await ask()).notOffered).toMatchObject([
      { date: '2027-01-12', why: 'full', text: 'complet', owner: 'AEF 94' },
      { date: '2027-01-26', why: 'cancelled', text: 'bénévole absente' },
      { date: '2027-02-02', why: 'closed', text: 'fermeture' },
      { date: '2027-03-29', why: 'public-holiday', text: 'Lundi de Pâques' },
    ]);
  });

  it('an hour that has passed is never offered, nor booked', async () => {
    const [today] = await space.permanence({ partnerId: aef, motifIds: [motif], dates: ['2027-01-04 09:00-12:00'] });
    expect((await ask()).slots.map((slot) => slot.start)).toEqual([
      '2027-01-04T09:45',
      '2027-01-04T10:30',
      '2027-01-04T11:15',
    ]);
    expect(await book({ occurrenceId: today as string, start: '2027-01-04T09:00' })).toMatchObject({
      ok: false,
      why: 'past',
      heldBy: null,
    });
  });

  it('a motif reached on its own number, or without appointment, says how and when', async () => {
    const cramif = await space.partner('Cramif');
    motif = await space.motif(cramif, 'Service social', { booked: 'own-number', phone: '+33199000000' });
    await space.permanence({ partnerId: cramif, motifIds: [motif], dates: ['2027-01-07 13:30-17:30'] });
    expect(await ask()).toEqual({
      slots: [],
      more: [],
      held: [],
      emptied: [],
      notOffered: [],
      instead: {
        kind: 'own-number',
        phone: '+33199000000',
        next: [{ start: '2027-01-07T13:30', end: '2027-01-07T17:30', siteId: space.siteId }],
      },
    });
    const [occurrence] = await space.sql('select id from occurrence');
    expect(await book({ occurrenceId: occurrence.id, start: '2027-01-07T13:30' })).toMatchObject({
      ok: false,
      why: 'not-bookable-here',
    });
  });

  it('a slot taken meanwhile is refused, with the three nearest that are free', async () => {
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-05 09:00-12:00', '2027-01-12 09:00-12:00'],
    });
    const { slots } = await ask();
    const wanted = slots[1] as Slot;
    await booked(wanted);
    const refusal = await book(wanted, await space.usager('A.', 'D.'));
    expect(refusal).toMatchObject({ ok: false, why: 'slot-taken', heldBy: null });
    const alternatives = (refusal as { alternatives: Slot[] }).alternatives;
    expect(alternatives.map((slot) => slot.start)).toEqual([
      '2027-01-05T09:00',
      '2027-01-05T10:30',
      '2027-01-05T11:15',
    ]);
    for (const slot of alternatives) expect((await book(slot)).ok).toBe(true);
  });

  it('a date cancelled or shortened after it was seen is refused, and says so', async () => {
    const [tuesday = '', wednesday = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-05 09:00-12:00', '2027-01-06 09:00-12:00'],
    });
    await space.sql(`update occurrence set state = 'cancelled', cause = 'grève' where id = $1`, [tuesday]);
    await space.sql(`update occurrence set ends_at = ends_at - interval '1 hour' where id = $1`, [wednesday]);
    expect(await book({ occurrenceId: tuesday, start: '2027-01-05T09:00' })).toMatchObject({
      ok: false,
      why: 'occurrence-cancelled',
      detail: 'grève',
    });
    const changed = await book({ occurrenceId: wednesday, start: '2027-01-06T11:00' });
    expect(changed).toMatchObject({ ok: false, why: 'occurrence-changed' });
    expect((changed as { alternatives: Slot[] }).alternatives[0]?.start).toBe('2027-01-06T09:45');
  });

  it('two agents on duty receive two people at once; the one asked for by name is kept', async () => {
    const [ana, bilal] = [await space.agent(aef, 'Ana'), await space.agent(aef, 'Bilal')];
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      agentIds: [ana, bilal],
      dates: ['2027-01-05 09:00-10:30'],
    });
    const { slots } = await ask();
    expect(slots.map((slot) => [slot.start, slot.placesLeft, slot.agentId])).toEqual([
      ['2027-01-05T09:00', 2, null],
      ['2027-01-05T09:45', 2, null],
    ]);
    await booked({ ...(slots[0] as Slot), agentId: bilal });
    expect((await ask()).slots[0]).toMatchObject({ placesLeft: 1, agentId: ana });
    const refusal = await book({ ...(slots[0] as Slot), agentId: bilal });
    expect(refusal).toMatchObject({ ok: false, why: 'agent-taken' });
    // The same person at another hour comes before another person.
    expect((refusal as { alternatives: Slot[] }).alternatives.map((slot) => [slot.start, slot.agentId])).toEqual([
      ['2027-01-05T09:45', bilal],
      ['2027-01-05T09:00', ana],
    ]);
    // someone who is not on duty that day
    const chloe = await space.agent(aef, 'Chloé');
    expect(await book({ ...(slots[1] as Slot), agentId: chloe })).toMatchObject({
      ok: false,
      why: 'occurrence-changed',
    });
    expect((await ask({ agent: bilal })).slots.map((slot) => slot.start)).toEqual(['2027-01-05T09:45']);
  });

  it('a group takes as many as it has places, all for the whole of it', async () => {
    motif = await space.motif(aef, 'Réunion d’information');
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      mode: 'group',
      seats: 2,
      dates: ['2027-01-12 17:00-18:30'],
    });
    const { slots } = await ask();
    expect(slots).toMatchObject([{ start: '2027-01-12T17:00', end: '2027-01-12T18:30', placesLeft: 2 }]);
    await booked(slots[0] as Slot);
    await booked(slots[0] as Slot, await space.usager('A.', 'D.'));
    expect(await book(slots[0] as Slot, await space.usager('L.', 'P.'))).toMatchObject({ ok: false, why: 'full' });
    expect((await ask()).notOffered).toMatchObject([{ date: '2027-01-12', why: 'full' }]);
  });

  it('moving frees the old slot at once, and says another version', async () => {
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-05 09:00-09:45', '2027-01-12 09:00-09:45'],
    });
    const [first, second] = (await ask()).slots as [Slot, Slot];
    const { id } = await booked(first);
    const moved = await space.moving.move(desk(), id, {
      occurrenceId: second.occurrenceId,
      start: second.start,
      agentId: null,
      version: 1,
    });
    expect(moved).toMatchObject({ ok: true, value: { id, start: '2027-01-12T09:00' } });
    expect((await ask()).slots.map((slot) => slot.start)).toEqual(['2027-01-05T09:00']);
    expect(await space.moving.move(desk(), id, { ...first, agentId: null, version: 1 })).toEqual({
      ok: false,
      why: 'version',
    });
    const kinds = await space.sql('select kind, day from event order by id');
    expect(kinds.map((event) => event.kind)).toEqual(['appointment.booked', 'appointment.moved', 'appointment.left']);
  });

  it('an appointment moved onto itself has not moved: no new version, and nobody is told', async () => {
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-05 09:00-10:00'],
    });
    const { id } = await booked({ occurrenceId: date, start: '2027-01-05T09:00' });
    const itself = { occurrenceId: date, start: '2027-01-05T09:00', agentId: null, version: 1 };
    expect(await space.moving.move(desk(), id, itself)).toMatchObject({ ok: true, value: { id, start: itself.start } });
    const events = await space.sql('select kind from event order by id');
    expect(events.map((event) => event.kind)).toEqual(['appointment.booked']);
    // Still version 1.
    expect(await space.moving.move(desk(), id, { ...itself, start: '2027-01-05T09:15' })).toMatchObject({ ok: true });
  });

  it('an appointment may move by a few minutes over its own slot', async () => {
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-05 09:00-10:00'],
    });
    const { id } = await booked({ occurrenceId: date, start: '2027-01-05T09:00' });
    const moved = await space.moving.move(desk(), id, {
      occurrenceId: date,
      start: '2027-01-05T09:15',
      agentId: null,
      version: 1,
    });
    expect(moved).toMatchObject({ ok: true, value: { start: '2027-01-05T09:15', end: '2027-01-05T10:00' } });
  });

  it('a cancelled appointment gives its slot back and cannot be cancelled twice', async () => {
    await space.permanence({ partnerId: aef, motifIds: [motif], dates: ['2027-01-05 09:00-09:45'] });
    const [slot] = (await ask()).slots as [Slot];
    const { id } = await booked(slot);
    expect(await space.following.cancel(desk(), id, { by: 'usager', version: 1 })).toEqual({ ok: true, value: null });
    expect(await space.following.cancel(desk(), id, { by: 'usager', version: 1 })).toEqual({
      ok: false,
      why: 'cannot-become',
    });
    expect((await ask()).slots).toEqual([slot]);
  });

  it('arrived, seen, absent: said when it can be true, with its author', async () => {
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-05 09:00-09:45'],
    });
    const { id } = await booked({ occurrenceId: date, start: '2027-01-05T09:00' });
    const say = (state: 'arrived' | 'noShow' | 'planned') => space.following.say(desk(), id, { state, version: 1 });
    space.clock.at = '2027-01-05T08:55' as typeof space.clock.at;
    expect(await say('noShow')).toMatchObject({ ok: false, why: 'too-early' });
    expect(await say('arrived')).toMatchObject({ ok: true });
    expect(await say('noShow')).toMatchObject({ ok: false, why: 'cannot-become' });
    expect(await say('planned')).toMatchObject({ ok: true });
    const [said] = await space.sql(`select account_id, detail from event where kind = 'appointment.state' order by id`);
    expect(said).toMatchObject({ account_id: expect.any(String), detail: { from: 'planned', to: 'arrived' } });
  });

  it('the same Idempotency-Key books once and answers twice alike', async () => {
    await space.permanence({ partnerId: aef, motifIds: [motif], dates: ['2027-01-05 09:00-12:00'] });
    const [slot] = (await ask()).slots as [Slot];
    const viewer = desk();
    const once = { key: 'a-key-of-mine', requestHash: Buffer.from('same') };
    const body = {
      occurrenceId: slot.occurrenceId,
      motifId: motif,
      start: slot.start,
      agentId: null,
      usagerId: someone,
    };
    const [first, second] = [
      await space.booking.book(viewer, body, once),
      await space.booking.book(viewer, body, once),
    ];
    expect(first.ok).toBe(true);
    expect(second).toEqual(first);
    expect(await space.booking.book(viewer, body, { ...once, requestHash: Buffer.from('other') })).toMatchObject({
      ok: false,
      why: 'key-reused',
    });
    expect(await space.sql('select count(*)::int as n from appointment')).toEqual([{ n: 1 }]);
  });

  it('another partner’s account neither books here nor finds the appointment', async () => {
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-05 09:00-12:00'],
    });
    const other = space.viewer('partner-editor', await space.partner('Mission locale'));
    const refusal = await book({ occurrenceId: date, start: '2027-01-05T09:00' }, someone, other);
    expect(refusal).toMatchObject({ ok: false, why: 'occurrence-changed', alternatives: [] });
    expect(await space.sql('select subject_id, outcome from audit')).toEqual([
      { subject_id: date, outcome: 'refused' },
    ]);
    expect(await space.slots.forMotif(other, { motif, days: 90, perDay: 3, limit: 30 })).toMatchObject({
      ok: true,
      value: { slots: [] },
    });
    const { id } = await booked({ occurrenceId: date, start: '2027-01-05T09:00' });
    expect(await space.appointments.one(other, id)).toBeNull();
    expect(
      await space.moving.move(other, id, { occurrenceId: date, start: '2027-01-05T10:00', agentId: null, version: 1 }),
    ).toEqual({ ok: false, why: 'not-found' });
    expect(await space.following.cancel(other, id, { by: 'agent', version: 1 })).toEqual({
      ok: false,
      why: 'not-found',
    });
    expect(await space.following.say(other, id, { state: 'confirmed', version: 1 })).toEqual({
      ok: false,
      why: 'not-found',
    });
    expect(await space.appointments.ofUsager(other, someone)).toBeNull();
    expect(await space.details.of(other, date)).toMatchObject({
      title: 'Permanence',
      appointments: [],
      free: [],
      agentIds: [],
    });
  });
});
