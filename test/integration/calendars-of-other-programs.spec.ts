import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FollowCalendar } from '@app/calendars';
import { type LocalDateTime, toInstant } from '@app/time';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Browser, startApi, type TestApi } from '../support/api';
import { superuserUrl } from '../support/database';
import { aSpaceWithPeople, PASSWORD } from '../support/people';

const NOW = toInstant('2027-01-04T10:00' as LocalDateTime);

const calendar = (...events: string[]) => ['BEGIN:VCALENDAR', ...events, 'END:VCALENDAR', ''].join('\r\n');
const event = (title: string, ...lines: string[]) =>
  ['BEGIN:VEVENT', `SUMMARY:${title}`, ...lines, 'END:VEVENT'].join('\r\n');

const THURSDAYS = event(
  'Écrivain public',
  'DTSTART;TZID=Romance Standard Time:20240104T090000',
  'DURATION:PT3H',
  'RRULE:FREQ=WEEKLY',
  'EXDATE;TZID=Romance Standard Time:20270114T090000',
  'LOCATION:Bureau 2\\, rue du Béarn',
);
const SOMEONE = event('Rendez-vous Mme Zeltaquin', 'DTSTART:20270108T090000Z', 'DURATION:PT1H');
const ENDLESS = event('Conseil', 'DTSTART:20270108T090000', 'RRULE:FREQ=YEARLY;BYWEEKNO=20');

describe('a calendar kept in another program', () => {
  let api: TestApi;
  let server: Server;
  let superuser: pg.Client;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let address: string;
  let editor: Browser;
  let other: Browser;
  let spaceId: string;
  const id: Record<string, string> = {};

  beforeAll(async () => {
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await new Promise((ready) => server.once('listening', ready));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-9f3a/basic.ics`;
    api = await startApi({
      PALIER_CLOCK_OFFSET_MS: String(NOW - Date.now()),
      PALIER_INTERNAL_CALENDARS: 'yes',
    });
    superuser = new pg.Client({ connectionString: superuserUrl(api.database) });
    await superuser.connect();
    const {
      id: space,
      people,
      partners,
    } = await aSpaceWithPeople(api.database, 'Chevilly', {
      Ada: { role: 'administrator' },
      Nadia: { role: 'partner-editor', partner: 'Nous' },
      Omar: { role: 'partner-editor', partner: 'Eux' },
    });
    spaceId = space;
    id.partner = partners.Nous ?? '';
    const signIn = (who: string) => api.browser().signIn(people[who]?.email ?? '', PASSWORD);
    const administrator = await signIn('Ada');
    editor = await signIn('Nadia');
    other = await signIn('Omar');
    const made = async (path: string, body: unknown) => (await administrator.post<{ id: string }>(path, body)).body.id;
    id.site = await made('/api/sites', { name: 'Rue du Béarn', address: '3 rue du Béarn', openings: [] });
    id.otherSite = await made('/api/sites', { name: 'Maison pour tous', address: '', openings: [] });
    id.room = await made('/api/rooms', { siteId: id.site, name: 'Bureau 2', capacity: 3 });
  });
  afterAll(async () => {
    await superuser?.end();
    await api?.stop();
    server?.close();
  });

  const upload = (browser: Browser, text: string) =>
    browser.ask('POST', `/api/calendar-files/read?partnerId=${id.partner}`, {
      text,
      headers: { 'content-type': 'text/calendar' },
    });
  const listed = async () => (await editor.get<Record<string, unknown>[]>('/api/calendar-subscriptions')).body;
  const refresh = () => api.app.get(FollowCalendar, { strict: false }).refresh({ spaceId, id: id.subscription ?? '' });
  const dueNow = () =>
    superuser.query('update calendar_subscription set next_try = created_at where space_id = $1', [spaceId]);

  it('uploaded as a file gives lines at the place’s own rooms, and says what is not kept', async () => {
    const { status, body } = await upload(editor, calendar(THURSDAYS, SOMEONE, ENDLESS));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      lines: [
        {
          title: 'Écrivain public',
          said: 'tous les jeudis',
          rrule: 'FREQ=WEEKLY',
          from: '2027-01-07',
          start: '09:00',
          end: '12:00',
          siteId: id.site,
          roomId: id.room,
          excluded: [{ from: '2027-01-14', to: '2027-01-14', cause: '' }],
        },
        { title: 'Rendez-vous Mme Zeltaquin', start: '10:00', end: '11:00', siteId: null },
      ],
      notKept: [{ title: 'Conseil', when: 'vendredi 8 janvier 2027, 9\u00a0h' }],
    });
  });

  it('that is none, or is another partner’s to write, is refused', async () => {
    const page = await upload(editor, '<!doctype html>');
    expect([page.status, page.body]).toMatchObject([400, { why: 'calendar-not-read' }]);
    expect((await upload(other, calendar(THURSDAYS))).status).toBe(403);
  });

  it('followed by its address is read when asked, and its address is told to nobody', async () => {
    answer = (_, response) => response.end(calendar(THURSDAYS, SOMEONE));
    const bad = await editor.post('/api/calendar-subscriptions', {
      partnerId: id.partner,
      address: 'ftp://a.example/x',
    });
    expect([bad.status, bad.body]).toMatchObject([400, { why: 'not-an-address' }]);
    const made = await editor.post<{ id: string }>('/api/calendar-subscriptions', { partnerId: id.partner, address });
    id.subscription = made.body.id;
    const read = await editor.post<{ lines: { title: string }[] }>(
      `/api/calendar-subscriptions/${id.subscription}/read`,
    );
    expect(read.body.lines.map(({ title }) => title)).toEqual(['Écrivain public', 'Rendez-vous Mme Zeltaquin']);
    const list = await listed();
    expect(list).toMatchObject([{ host: '127.0.0.1', failure: null, changed: false, readAt: '2027-01-04T10:00' }]);
    expect(JSON.stringify([list, await other.get('/api/calendar-subscriptions')])).not.toContain('secret');
    expect((await other.post(`/api/calendar-subscriptions/${id.subscription}/read`)).status).toBe(404);
  });

  it('taken over keeps the titles chosen and no other', async () => {
    const { body } = await upload(editor, calendar(THURSDAYS));
    const {
      title: _,
      location: __,
      said: ___,
      ...line
    } = (body as { lines: Record<string, unknown>[] }).lines[0] ?? {};
    const { rrule, from, start, end, siteId, roomId, excluded } = line;
    const permanence = await editor.post<{ id: string }>('/api/permanences', {
      partnerId: id.partner,
      title: 'Écrivain public',
      rules: [{ rrule, from, start, end, siteId, roomId, excluded, mode: 'walk-in' }],
    });
    id.permanence = permanence.body.id;
    const taken = { permanenceId: id.permanence, titles: ['Écrivain public'], lines: [line] };
    expect(
      (await editor.ask('PUT', `/api/calendar-subscriptions/${id.subscription}/taken`, { body: taken })).status,
    ).toBe(204);
    await refresh();
    expect(await listed()).toMatchObject([{ permanenceId: id.permanence, changed: false }]);
    const { rows } = await superuser.query('select to_jsonb(c)::text as row from calendar_subscription c');
    expect(rows[0]?.row).not.toContain('Zeltaquin');
  });

  it('that changed proposes its change, and nothing is done of it', async () => {
    const moved = THURSDAYS.replaceAll('T090000', 'T140000');
    answer = (_, response) => response.setHeader('etag', '"2"').end(calendar(moved, SOMEONE));
    await dueNow();
    await refresh();
    expect(await listed()).toMatchObject([{ changed: true }]);
    const { body } = await editor.get<{ gone: unknown[]; come: unknown[] }>(
      `/api/calendar-subscriptions/${id.subscription}/change`,
    );
    expect(body).toMatchObject({
      gone: [{ words: expect.stringContaining('jeudi') }],
      come: [{ said: 'tous les jeudis', start: '14:00', end: '17:00' }],
    });
    const permanence = await editor.get(`/api/permanences/${id.permanence}`);
    expect(permanence.body).toMatchObject({ rules: [{ start: '09:00' }] });
    await editor.post(`/api/calendar-subscriptions/${id.subscription}/keep`);
    expect(await listed()).toMatchObject([{ changed: false }]);
  });

  it('that did not change is not sent again', async () => {
    let asked: string | undefined;
    answer = (request, response) => {
      asked = request.headers['if-none-match'];
      response.writeHead(304).end();
    };
    await dueNow();
    await refresh();
    expect([asked, (await listed())[0]]).toMatchObject(['"2"', { failure: null, changed: false }]);
  });

  it('that fails says why, since when, and when it is tried again; read again, it says nothing more', async () => {
    answer = (_, response) => response.writeHead(404).end();
    await dueNow();
    await refresh();
    expect(await listed()).toMatchObject([
      {
        failure: {
          text: expect.stringContaining('plus de calendrier'),
          since: '2027-01-04T10:00',
          nextTry: '2027-01-04T10:05',
        },
      },
    ]);
    answer = (_, response) => response.end(calendar(THURSDAYS));
    expect((await editor.post(`/api/calendar-subscriptions/${id.subscription}/read`)).status).toBe(200);
    expect(await listed()).toMatchObject([{ failure: null }]);
  });
});
