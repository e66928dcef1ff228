import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalDateTime, toInstant } from '@app/time';
import { type Browser, startApi, type TestApi } from '../support/api';
import { aSpaceWithPeople, PASSWORD } from '../support/people';

const NOW = toInstant('2027-01-04T08:00' as LocalDateTime);
const WEDNESDAYS = 'sur rendez-vous les 1er et 5e mercredis du mois de 9h à 12h30';

describe('a permanence is read from its words, and a room proposed', () => {
  let api: TestApi;
  let manager: Browser;
  let parquet: Browser;
  let edf: Browser;
  let desk: Browser;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    api = await startApi({ PALIER_CLOCK_OFFSET_MS: String(NOW - Date.now()) });
    const here = await aSpaceWithPeople(api.database, 'Chevilly', {
      Max: { role: 'manager' },
      Lea: { role: 'desk' },
      Eva: { role: 'partner-editor', partner: 'Correspondant du Parquet' },
      Tom: { role: 'partner-editor', partner: 'EDF Précarité' },
    });
    const signIn = (person: { email: string } | undefined) => api.browser().signIn(person?.email ?? '', PASSWORD);
    manager = await signIn(here.people.Max);
    desk = await signIn(here.people.Lea);
    parquet = await signIn(here.people.Eva);
    edf = await signIn(here.people.Tom);
    for (const [key, browser] of Object.entries({ parquet, edf })) {
      ids[key] = (await browser.get('/api/session')).body.account.partnerId;
    }
    const openings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:30', closes: '17:30' }));
    for (const name of ['3 rue du Béarn', 'Maison pour tous']) {
      ids[name] = (await manager.post('/api/sites', { name, openings })).body.id;
    }
    const room = async (name: string, site: string, more = {}) => {
      ids[name] = (await manager.post('/api/rooms', { siteId: ids[site], name, capacity: 3, ...more })).body.id;
    };
    await room('Bureau EDF', '3 rue du Béarn', { residentPartnerId: ids.edf });
    await room('Bureau 1', '3 rue du Béarn');
    await room('Bureau 2', '3 rue du Béarn');
    await room('Salle', 'Maison pour tous');
  });
  afterAll(() => api?.stop());

  const read = (browser: Browser, words: string, more = {}) =>
    browser.post('/api/permanences/read', { words, ...more });

  it('the site that is named, and a room that is free at these hours there', async () => {
    const { status, body } = await read(parquet, `${WEDNESDAYS} au 3, rue du Béarn`, { partnerId: ids.parquet });
    expect([status, body.verdict]).toEqual([200, 'exact']);
    expect(body.rules).toMatchObject([
      {
        rrule: 'FREQ=MONTHLY;BYDAY=1WE,5WE',
        start: '09:00',
        end: '12:30',
        mode: 'appointment',
        siteId: ids['3 rue du Béarn'],
        roomId: ids['Bureau 1'],
        roomWhy: 'free',
      },
    ]);
  });

  it('someone’s own office is theirs: proposed to them, and to nobody else', async () => {
    const { body } = await read(edf, WEDNESDAYS, { partnerId: ids.edf });
    expect(body.rules).toMatchObject([
      { siteId: ids['3 rue du Béarn'], roomId: ids['Bureau EDF'], roomWhy: 'resident' },
    ]);
  });

  it('no site named and none usual: it is asked, then a room follows the answer', async () => {
    const asked = await read(parquet, WEDNESDAYS, { partnerId: ids.parquet });
    expect(asked.body.rules).toMatchObject([{ siteId: null, roomId: null }]);
    const sites = [{ name: '', siteId: ids['Maison pour tous'] }];
    const told = await read(parquet, WEDNESDAYS, { partnerId: ids.parquet, sites });
    expect(told.body.rules).toMatchObject([{ siteId: ids['Maison pour tous'], roomId: ids.Salle }]);
  });

  it('the room where this partner was last; what was read is published as it is', async () => {
    const { body } = await read(parquet, `${WEDNESDAYS} au 3, rue du Béarn`, { partnerId: ids.parquet });
    const [{ rrule, from, start, end, mode, siteId }] = body.rules;
    const rule = { rrule, from, start, end, mode, siteId, roomId: ids['Bureau 2'] };
    const title = 'Correspondant du Parquet';
    const { id } = (await parquet.post('/api/permanences', { partnerId: ids.parquet, title, rules: [rule] })).body;
    expect((await parquet.post(`/api/permanences/${id}/publish`, { version: 1 })).status).toBe(200);
    const dates = (await parquet.get(`/api/permanences/${id}/dates?count=4`)).body;
    expect(dates.map((date: { start: string }) => date.start.slice(0, 10))).toEqual([
      '2027-01-06',
      '2027-02-03',
      '2027-03-03',
      '2027-03-31',
    ]);
    const again = await read(parquet, 'sans rendez-vous le lundi de 9h à 10h30', { partnerId: ids.parquet });
    expect(again.body.rules).toMatchObject([{ roomId: ids['Bureau 2'], roomWhy: 'last-used' }]);
  });

  it('a room taken at these hours gives way to one that is free', async () => {
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=TU', from: '2027-01-05', start: '09:00', end: '12:00', mode: 'walk-in' };
    const rules = [{ ...rule, siteId: ids['3 rue du Béarn'], roomId: ids['Bureau 1'] }];
    const { id } = (await edf.post('/api/permanences', { partnerId: ids.edf, title: 'EDF', rules })).body;
    expect((await edf.post(`/api/permanences/${id}/publish`, { version: 1 })).status).toBe(200);
    const { body } = await read(manager, 'sans rendez-vous le mardi de 9h à 10h, 3 rue du Béarn');
    expect(body.rules).toMatchObject([{ roomId: ids['Bureau 2'], roomWhy: 'free' }]);
  });

  it('a room is proposed before the first date or the hours are known: one that is free whatever they will be', async () => {
    const morning = await read(manager, 'le mardi matin, 3 rue du Béarn');
    expect(morning.body.rules).toMatchObject([{ start: null, roomId: ids['Bureau 2'], roomWhy: null }]);
    const everyOther = await read(manager, 'un mardi sur deux de 9h à 12h, 3 rue du Béarn');
    expect(everyOther.body.rules).toMatchObject([{ from: null, roomId: ids['Bureau 2'], roomWhy: 'free' }]);
  });

  it('what is not read is refused with its place, in the reader’s language, and nothing is written', async () => {
    const { status, body } = await read(parquet, 'Bienvenue', { partnerId: ids.parquet });
    expect([status, body.verdict, body.rules]).toEqual([200, 'refused', []]);
    expect(body.questions[0].at).toEqual([0, 9]);
    const unreadable = await read(parquet, 'le mercredi de 13h030 à 17h', { partnerId: ids.parquet });
    expect(unreadable.body.questions).toMatchObject([{ about: 'times', at: [15, 21] }]);
  });

  it('only who writes permanences reads them so, and only for their own partner', async () => {
    expect((await read(desk, WEDNESDAYS)).status).toBe(403);
    expect((await read(edf, WEDNESDAYS, { partnerId: ids.parquet })).status).toBe(403);
    expect((await read(parquet, '', { partnerId: ids.parquet })).status).toBe(400);
    expect((await read(parquet, 'x'.repeat(3001), { partnerId: ids.parquet })).status).toBe(400);
  });
});
