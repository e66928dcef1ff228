import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DaySheet, Planning } from '@app/contract';
import { type Browser, startApi, type TestApi } from '../support/api';
import { PlannedSpace } from '../support/planned-space';
import { PASSWORD } from '../support/sign-in';

describe('plannings and the day on a page', () => {
  let space: PlannedSpace;
  let api: TestApi;
  let desk: Browser;
  let aef: string;
  let edf: string;
  let agent: string;
  let hidden: string;
  let room: { id: string; desks: string[] };
  let appointment: string;

  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-05T10:30');
    aef = await space.partner('AEF 94');
    edf = await space.partner('EDF');
    const communal = await space.partner('Personnel communal', { confidential: true });
    agent = await space.agent(aef, 'Awa Traoré');
    hidden = await space.agent(communal, 'Line Petit');
    const motif = await space.motif(aef, 'Dette');
    room = await space.room('Bureau 7');
    const vanves = await space.site('Vanves');
    const there = await space.room('Salle 2', { siteId: vanves });
    const [tuesday] = await space.permanence({
      partnerId: aef,
      title: 'AEF ici',
      motifIds: [motif],
      agentIds: [agent],
      room,
      dates: ['2027-01-05 09:00-12:00'],
    });
    await space.permanence({
      partnerId: aef,
      title: 'AEF à Vanves',
      siteId: vanves,
      agentIds: [agent],
      room: there,
      dates: ['2027-01-07 09:00-12:00', '2027-01-14 09:00-12:00'],
    });
    await space.permanence({
      partnerId: communal,
      title: 'Personnel',
      confidential: true,
      agentIds: [hidden],
      room: await space.room('Bureau 8'),
      dates: ['2027-01-06 09:00-12:00'],
    });
    await space.sql(
      `insert into absence (space_id, agent_id, partner_id, confidential, starts_at, ends_at, label, created_at)
       values ($1, $2, $3, false, '2027-01-08 08:00+01', '2027-01-08 18:00+01', 'formation', '2027-01-01')`,
      [space.spaceId, agent, aef],
    );
    const someone = await space.usager('Yasmine', 'Martin');
    await space.sql(`update usager set phone = '+33639980012', phone_kind = 'mobile' where id = $1`, [someone]);
    const shy = await space.usager('Nadia', 'Belkacem');
    await space.sql(
      `update usager set phone = '+33639980013', phone_kind = 'mobile', safe_contact = true where id = $1`,
      [shy],
    );
    space.clock.at = '2027-01-05T08:00' as typeof space.clock.at;
    const viewer = space.viewer('manager');
    const booked = await Promise.all(
      [
        { usagerId: someone, start: '2027-01-05T09:00' },
        { usagerId: shy, start: '2027-01-05T09:30' },
      ].map((who) =>
        space.booking.book(viewer, { occurrenceId: tuesday ?? '', motifId: motif, agentId: null, ...who }, null),
      ),
    );
    const [first] = booked;
    if (!first?.ok) throw new Error('nobody was booked');
    appointment = first.value.id;
    space.clock.at = '2027-01-05T10:30' as typeof space.clock.at;
    api = await startApi(
      { PALIER_CLOCK_OFFSET_MS: String(space.clock.now() - Date.now()) },
      { database: space.database },
    );
    desk = await api.browser().signIn(await space.account('desk'), PASSWORD);
  });
  afterAll(async () => {
    await api?.stop();
    await space?.close();
  });

  const planning = async (browser: Browser, kind: string, ids: string): Promise<Planning> => {
    const answer = await browser.get(`/api/planning?kind=${kind}&ids=${ids}&from=2027-01-04&days=7`);
    expect(answer.status).toBe(200);
    return Planning.parse(answer.body);
  };

  it('shows a person’s week over every site, with who is booked and when she is away', async () => {
    const week = await planning(desk, 'agent', agent);
    expect(week.occurrences.map(({ title }) => title)).toEqual(['AEF ici', 'AEF à Vanves']);
    expect(new Set(week.occurrences.map(({ siteId }) => siteId)).size).toBe(2);
    expect(week.appointments.map(({ start }) => start)).toEqual(['2027-01-05T09:00', '2027-01-05T09:30']);
    expect(week.absences).toEqual([
      { agentId: agent, label: 'formation', start: '2027-01-08T08:00', end: '2027-01-08T18:00' },
    ]);
    expect(week.taken).toEqual([]);
  });

  it('says “occupé” of whoever works for a confidential service, and nothing more', async () => {
    const week = await planning(desk, 'agent', hidden);
    expect([week.occurrences, week.appointments]).toEqual([[], []]);
    expect(week.taken.map(({ start, end }) => [start, end])).toEqual([['2027-01-06T09:00', '2027-01-06T12:00']]);
  });

  it('shows a partner only its own people: another’s agent is not found', async () => {
    const editor = await api.browser().signIn(await space.account('partner-editor', edf), PASSWORD);
    const asked = await editor.get(`/api/planning?kind=agent&ids=${agent}&from=2027-01-04`);
    expect(asked.status).toBe(404);
    const inRoom = await planning(editor, 'room', room.id);
    expect(inRoom.occurrences.map(({ title, agentIds }) => [title, agentIds])).toEqual([['AEF ici', []]]);
    expect(inRoom.appointments).toEqual([]);
  });

  it('shows twelve people at most at once', async () => {
    const ids = Array.from({ length: 13 }, (_, n) => agent.slice(0, -2) + String(10 + n)).join(',');
    expect((await desk.get(`/api/planning?kind=agent&ids=${ids}&from=2027-01-04`)).status).toBe(400);
  });

  it('writes the day on a page: names, numbers to call, and silence about who must not be called', async () => {
    const answer = await desk.get(`/api/day-sheet?site=${space.siteId}&date=2027-01-05`);
    const sheet = DaySheet.parse(answer.body);
    expect(sheet).toMatchObject({ site: '3 rue du Béarn', at: '2027-01-05T10:30', opens: '08:30', closes: '17:30' });
    expect(sheet.lines.map(({ room: where, title, agents }) => [where, title, agents])).toEqual([
      ['Bureau 7', 'AEF ici', ['Awa Traoré']],
    ]);
    expect(sheet.lines[0]?.people.map(({ name, phone, safeContact }) => [name, phone, safeContact])).toEqual([
      ['Yasmine Martin', '+33639980012', false],
      ['Nadia Belkacem', null, true],
    ]);
    const read = await space.sql(`select count(*)::int as n from audit where action = 'day-sheet.read'`);
    expect(read[0].n).toBe(1);
  });

  it('gives another partner the page without a name, and the desk “occupé” for what is confidential', async () => {
    const editor = await api.browser().signIn(await space.account('partner-editor', edf), PASSWORD);
    const elsewhere = DaySheet.parse((await editor.get(`/api/day-sheet?site=${space.siteId}&date=2027-01-05`)).body);
    expect(elsewhere.lines.map(({ people, agents }) => [people, agents])).toEqual([[[], []]]);
    const wednesday = DaySheet.parse((await desk.get(`/api/day-sheet?site=${space.siteId}&date=2027-01-06`)).body);
    expect(wednesday.lines.map(({ room: where, title }) => [where, title])).toEqual([['Bureau 8', null]]);
  });

  it('keeps the hour of an arrival written down afterwards, and tells nobody (situation 29)', async () => {
    const say = (at: string, version = 1) =>
      desk.post(`/api/appointments/${appointment}/state`, { state: 'arrived', version, at });
    expect((await say('2027-01-05T11:00')).body.why).toBe('not-that-day');
    expect((await say('2027-01-04T09:10')).body.why).toBe('not-that-day');
    const before = await space.sql('select count(*)::int as n from reminder');
    const { version } = (await desk.get(`/api/appointments/${appointment}`)).body;
    expect((await say('2027-01-05T09:10', version)).status).toBe(204);
    expect((await desk.get(`/api/appointments/${appointment}`)).body).toMatchObject({
      state: 'arrived',
      arrivedAt: '2027-01-05T09:10',
    });
    expect(await space.sql('select count(*)::int as n from reminder')).toEqual(before);
  });
});
