import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Slot } from '@app/contract';
import { Closures, ReadPermanence } from '@app/permanences';
import { PermanenceSpace, value } from '../support/permanences';

// On a machine that does other things besides.

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('one date differs from its rule', () => {
  let there: PermanenceSpace;
  let room: { id: string };
  let otherRoom: { id: string };
  let farSite: string;
  let farRoom: { id: string };
  beforeAll(async () => {
    there = await PermanenceSpace.open('2027-01-04T07:00');
    room = await there.space.room('Bureau 1');
    otherRoom = await there.space.room('Bureau 2');
    farSite = await there.space.site('Maison pour tous');
    farRoom = await there.space.room('Salle 1', { siteId: farSite });
  });
  afterAll(() => there?.close());

  /** A partner with its motif and two agents: each test has its own. */
  async function aPartner(name: string) {
    const partner = await there.space.partner(name);
    const motif = await there.space.motif(partner, 'Accueil');
    const alice = await there.space.agent(partner, `Alice ${name}`);
    const bruno = await there.space.agent(partner, `Bruno ${name}`);
    const published = async (rules: Record<string, unknown>[], more: Record<string, unknown> = {}) =>
      (await there.publish(there.body(partner, rules, { motifIds: [motif], ...more }))).id;
    const booked = async (start: string, agentId: string | null = null) => {
      const usagerId = await there.space.usager('Yasmine', 'Martin', { partners: [partner] });
      const desk = there.space.viewer('desk');
      const found = value(
        await there.space.slots.forMotif(desk, { motif, days: 200, perDay: 50, limit: 200 } as never),
      );
      const slot = found.slots.find((one: Slot) => one.start === start);
      if (!slot) throw new Error(`no slot at ${start}`);
      const asked = { occurrenceId: slot.occurrenceId, motifId: motif, start, agentId, usagerId };
      return value(await there.space.booking.book(desk, asked, null)).id;
    };
    return { partner, motif, alice, bruno, published, booked };
  }

  const asItIs = { kind: 'changed', date: '2027-01-12', start: '09:00', end: '12:00', roomId: null, cause: '' };
  const agentOf = async (appointment: string) =>
    (await there.space.sql('select agent_id from appointment where id = $1', [appointment]))[0]?.agent_id;
  const at = async (id: string, originalStart: string) =>
    (await there.dates(id, { count: 12 })).find((date) => date.originalStart === originalStart);
  const openOf = async (permanenceId: string) =>
    (await there.conflicts.open(there.manager)).filter((conflict) => conflict.permanenceId === permanenceId);

  it('other agents: whoever is booked is received by the one who comes, claims follow, and it can be undone', async () => {
    const { alice, bruno, published, booked } = await aPartner('Remplacement');
    const id = await published([{ rrule: 'FREQ=WEEKLY;BYDAY=TU', agentIds: [alice] }]);
    const appointment = await booked('2027-01-12T10:00', alice);
    const change = { ...asItIs, agentIds: [bruno] };
    const { consequences } = await there.changeDate(id, '2027-01-12T09:00', change, { dryRun: true });
    expect([consequences.told.people, consequences.conflicts]).toEqual([[], 0]);
    expect(consequences.changed).toMatchObject([{ before: { agentIds: [alice] }, after: { agentIds: [bruno] } }]);
    await there.changeDate(id, '2027-01-12T09:00', change, { seen: consequences.token });
    expect(await agentOf(appointment)).toBe(bruno);
    expect(await at(id, '2027-01-12T09:00')).toMatchObject({ agentIds: [bruno], decided: true, state: 'held' });
    expect(await at(id, '2027-01-19T09:00')).toMatchObject({ agentIds: [alice], decided: false });
    const present = await there.space.sql(
      `select r.owner_id from claim c join resource r on r.id = c.resource_id and r.kind = 'presence'
       join occurrence o on o.id = c.held_by_id where o.permanence_id = $1 and o.original_start = '2027-01-12 09:00'`,
      [id],
    );
    expect(present).toEqual([{ owner_id: bruno }]);
    // Another room later says nothing of the agents: they stay as decided.
    await there.changeDate(id, '2027-01-12T09:00', { ...asItIs, roomId: otherRoom.id });
    expect(await at(id, '2027-01-12T09:00')).toMatchObject({ agentIds: [bruno], roomId: otherRoom.id });
    await there.changeDate(id, '2027-01-12T09:00', { kind: 'as-the-rule-says' });
    expect(await agentOf(appointment)).toBe(alice);
    expect(await there.space.sql('select * from permanence_exception where permanence_id = $1', [id])).toEqual([]);
    const [, first] =
      (await there.history.of(there.manager, id))?.filter(({ words }) => words.includes('changée')) ?? [];
    expect(first?.details).toContain('agents : Bruno Remplacement');
  });

  it('another agent who is elsewhere then: the date is kept, to be settled; an agent of another partner is refused', async () => {
    const { alice, bruno, published } = await aPartner('Ailleurs');
    const stranger = (await aPartner('Étranger')).alice;
    const id = await published([{ rrule: 'FREQ=WEEKLY;BYDAY=TU', agentIds: [alice] }]);
    await published([{ rrule: 'FREQ=WEEKLY;BYDAY=TU', agentIds: [bruno] }], { title: 'Suivi' });
    await there.changeDate(id, '2027-01-12T09:00', { ...asItIs, agentIds: [bruno] });
    expect(await openOf(id)).toMatchObject([{ kind: 'agent-taken', wanted: 'Bruno Ailleurs' }]);
    await expect(
      there.changeDate(id, '2027-01-19T09:00', { ...asItIs, date: '2027-01-19', agentIds: [stranger] }),
    ).rejects.toThrow('invalid');
  });

  it('another way to be received: walk-in that day, and nobody is stranded; an internal meeting receives nobody', async () => {
    const { published, booked } = await aPartner('Sans rendez-vous');
    const id = await published([{ rrule: 'FREQ=WEEKLY;BYDAY=TU' }]);
    const appointment = await booked('2027-01-12T10:00');
    const walkIn = await there.changeDate(id, '2027-01-12T09:00', { ...asItIs, mode: 'walk-in' });
    expect(walkIn.consequences).toMatchObject({
      told: { people: [] },
      changed: [{ before: { mode: 'appointment' }, after: { mode: 'walk-in' } }],
    });
    expect(await at(id, '2027-01-12T09:00')).toMatchObject({ mode: 'walk-in' });
    const meeting = await there.changeDate(id, '2027-01-12T09:00', { ...asItIs, mode: 'internal' });
    expect(meeting.consequences.told.people).toMatchObject([{ appointmentId: appointment }]);
    await there.changeDate(id, '2027-01-12T09:00', { ...asItIs, mode: 'appointment' });
    expect(await there.space.sql('select new_mode from permanence_exception where permanence_id = $1', [id])).toEqual([
      { new_mode: null },
    ]);
    expect(await openOf(id)).toEqual([]);
  });

  it('at another site, at the same hour: whoever is booked would go to the wrong place, and is to be told', async () => {
    const { published, booked } = await aPartner('Ailleurs ce jour');
    const id = await published([{ rrule: 'FREQ=WEEKLY;BYDAY=TU', roomId: room.id }]);
    const appointment = await booked('2027-01-12T10:00');
    const moved = { ...asItIs, roomId: farRoom.id };
    const { consequences } = await there.changeDate(id, '2027-01-12T09:00', moved, { dryRun: true });
    expect(consequences.told.people).toMatchObject([{ appointmentId: appointment }]);
    expect(consequences.changed).toMatchObject([
      { before: { siteId: there.space.siteId }, after: { siteId: farSite } },
    ]);
    await there.changeDate(id, '2027-01-12T09:00', moved);
    const [conflict] = await openOf(id);
    expect(conflict).toMatchObject({ kind: 'appointment-stranded', appointmentId: appointment });
    // Told by other means: the appointment is where the date is.
    value(await there.settling.settle(there.manager, conflict?.id ?? ''));
    expect(await there.space.sql('select site_id from appointment where id = $1', [appointment])).toEqual([
      { site_id: farSite },
    ]);
  });

  it('a closed room takes no date away: the date is kept without it, another room is proposed, and it comes back', async () => {
    const { published } = await aPartner('Travaux');
    const closures = new Closures(there.space.db);
    const own = await there.space.room('Bureau en travaux');
    const id = await published([{ rrule: 'FREQ=WEEKLY;BYDAY=WE', roomId: own.id }]);
    const closing = {
      siteId: null,
      roomId: own.id,
      partnerId: null,
      from: '2027-01-13',
      to: '2027-01-13',
      cause: 'peinture',
    };
    const shown = value(await closures.add(there.manager, { ...closing, dryRun: true }));
    expect(shown.dates).toMatchObject([{ originalStart: '2027-01-13T09:00', becomes: 'without-room' }]);
    const saved = value(await closures.add(there.manager, { ...closing, dryRun: false }));
    expect(await at(id, '2027-01-13T09:00')).toMatchObject({
      state: 'held',
      roomId: null,
      obstacles: [{ kind: 'room-taken', text: 'Bureau en travaux\u00a0: salle fermée (peinture)' }],
    });
    const [conflict] = await openOf(id);
    expect(conflict).toMatchObject({ kind: 'room-taken', isFreed: false, roomClosed: 'peinture' });
    expect(conflict?.rooms.map(({ roomId }) => roomId)).toContain(otherRoom.id);
    expect(conflict?.rooms.map(({ roomId }) => roomId)).not.toContain(own.id);
    const body = there.body(await there.space.partner('Autre'), [
      { rrule: 'FREQ=WEEKLY;BYDAY=WE', roomId: own.id, start: '14:00', end: '17:00' },
    ]);
    const [, preview] = await there.preview(body, { from: '2027-01-06' });
    expect(preview?.obstacles.map(({ text }) => plain(text))).toEqual(['Bureau en travaux : salle fermée (peinture)']);
    value(await closures.remove(there.manager, saved.id ?? '', false));
    expect(await openOf(id)).toMatchObject([{ isFreed: true, roomClosed: null }]);
  });

  it('a date that someone left without its room is offered it when it is free, once', async () => {
    const { published } = await aPartner('Patient');
    const wanted = await there.space.room('Bureau 9');
    const holder = await there.publish(
      there.body(await there.space.partner('Occupant'), [{ rrule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=2', roomId: wanted.id }]),
    );
    const id = await published([{ rrule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=2', roomId: wanted.id }]);
    const settle = async (conflict: { id: string } | undefined) =>
      value(await there.settling.settle(there.manager, conflict?.id ?? ''));
    for (const conflict of await openOf(id)) await settle(conflict);
    expect(await openOf(id)).toEqual([]);
    for (const start of ['2027-01-05T09:00', '2027-01-12T09:00'])
      await there.changeDate(holder.id, start, { kind: 'cancelled', cause: 'absente' });
    const [first, second] = await openOf(id);
    expect([first, second]).toMatchObject([{ isFreed: true }, { isFreed: true }]);
    value(await there.settling.giveRoom(there.manager, first?.id ?? '', wanted.id));
    expect(await at(id, '2027-01-05T09:00')).toMatchObject({ roomId: wanted.id });
    await settle(second);
    expect(await openOf(id)).toEqual([]);
  });

  it('turns are swapped across two permanences of a partner, at one hour too, and not with another partner', async () => {
    const { alice, bruno, published, booked } = await aPartner('Deux permanences');
    const duty = await published([{ rrule: 'FREQ=WEEKLY;BYDAY=TH', agentIds: [alice] }]);
    const follow = await published([{ rrule: 'FREQ=WEEKLY;BYDAY=TH', agentIds: [bruno] }], {
      title: 'Suivi',
      motifIds: [],
    });
    const stranger = await (await aPartner('Voisin')).published([{ rrule: 'FREQ=WEEKLY;BYDAY=TH' }]);
    const appointment = await booked('2027-01-14T10:00', alice);
    const turn = async (id: string) => ({
      ruleId: (await there.read(id)).rules[0]?.id ?? '',
      originalStart: '2027-01-14T09:00',
    });
    const swap = async (other: string, more: { dryRun?: boolean; seen?: string } = {}) =>
      there.swapping.swap(there.manager, duty, {
        one: await turn(duty),
        other: { ...(await turn(other)), permanenceId: other },
        dryRun: false,
        ...more,
      });
    const { consequences } = value(await swap(follow, { dryRun: true }));
    expect([consequences.changed.length, consequences.conflicts, consequences.told.people]).toEqual([2, 0, []]);
    value(await swap(follow, { seen: consequences.token }));
    expect([await at(duty, '2027-01-14T09:00'), await at(follow, '2027-01-14T09:00')]).toMatchObject([
      { agentIds: [bruno], obstacles: [] },
      { agentIds: [alice], obstacles: [] },
    ]);
    expect(await agentOf(appointment)).toBe(bruno);
    expect((await there.history.of(there.manager, follow))?.[0]?.words).toBe('Tours échangés');
    expect(await swap(stranger)).toMatchObject({ ok: false, why: 'other-partner' });
  });

  it('what the sentence leaves out is left out of the dates, under its words, and printed back', async () => {
    const { partner } = await aPartner('Bulletin');
    const words =
      'Le vendredi de 9h à 12h sur rendez-vous sauf le 22 janvier et du 12 au 19 février. Le lundi de 14h à 16h hors vacances de Noël.';
    const reading = value(
      await new ReadPermanence(there.space.db).read(there.manager, { words, partnerId: partner, sites: [] }),
    );
    expect(reading.questions).toEqual([]);
    const rules = reading.rules.map(({ rrule, from, start, end, excluded, schoolHolidays }) => ({
      ...{ rrule, from, start, end, excluded, schoolHolidays },
      roomId: null,
    }));
    const { id } = await there.publish(there.body(partner, rules));
    const fridays = (await there.dates(id, { count: 16 })).filter(({ rule }) => rule === 0);
    expect(fridays.slice(0, 7).map(({ start, state, cause }) => [start.slice(5, 10), state, cause])).toEqual([
      ['01-08', 'held', ''],
      ['01-15', 'held', ''],
      ['01-22', 'skipped', 'pas de permanence : le 22 janvier'],
      ['01-29', 'held', ''],
      ['02-05', 'held', ''],
      ['02-12', 'skipped', 'pas de permanence : du 12 au 19 février'],
      ['02-19', 'skipped', 'pas de permanence : du 12 au 19 février'],
    ]);
    const read = await there.read(id);
    expect(plain(read.rules[0]?.words ?? '')).toBe(
      'tous les vendredis, 9 h – 12 h, sauf le vendredi 22 janvier 2027, sauf du vendredi 12 février 2027 au vendredi 19 février 2027',
    );
    expect(plain(read.rules[1]?.words ?? '')).toBe('tous les lundis, 14 h – 16 h, hors vacances de Noël');
    // Given back as it was read, it says nothing new.
    const body = { ...read, rules: read.rules.map(({ words: _, ...rule }) => rule) };
    expect((await there.change(id, body)).version).toBe(read.version);
  });
});
