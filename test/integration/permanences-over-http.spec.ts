import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type LocalDateTime, toInstant } from '@app/time';
import { type Browser, startApi, type TestApi } from '../support/api';
import { aSpaceWithPeople, PASSWORD } from '../support/people';

const NOW = toInstant('2027-01-04T09:40' as LocalDateTime);

describe('a partner editor publishes a permanence over HTTP', () => {
  let api: TestApi;
  let manager: Browser;
  let editor: Browser;
  let other: Browser;
  let stranger: Browser;
  let siteId: string;
  let rooms: string[];
  let partnerId: string;
  beforeAll(async () => {
    api = await startApi({ PALIER_CLOCK_OFFSET_MS: String(NOW - Date.now()) });
    const here = await aSpaceWithPeople(api.database, 'Chevilly', {
      Max: { role: 'manager' },
      Eva: { role: 'partner-editor', partner: 'Correspondant du Parquet' },
      Tom: { role: 'partner-editor', partner: 'EDF Précarité' },
    });
    const elsewhere = await aSpaceWithPeople(api.database, 'Fresnes', { Fanny: { role: 'administrator' } });
    const signIn = (person: { email: string } | undefined) => api.browser().signIn(person?.email ?? '', PASSWORD);
    manager = await signIn(here.people.Max);
    editor = await signIn(here.people.Eva);
    other = await signIn(here.people.Tom);
    stranger = await signIn(elsewhere.people.Fanny);
    const openings = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:30', closes: '17:30' }));
    siteId = (await manager.post('/api/sites', { name: 'Rue du Béarn', openings })).body.id;
    rooms = [];
    for (const name of ['Bureau 1', 'Bureau 2']) {
      rooms.push((await manager.post('/api/rooms', { siteId, name, capacity: 3 })).body.id);
    }
    partnerId = await partnerOf(editor);
  });
  afterAll(() => api?.stop());

  const partnerOf = async (browser: Browser): Promise<string> => {
    const { account } = (await browser.get('/api/session')).body;
    return account.partnerId;
  };
  const mondays = (more: Record<string, unknown> = {}) => ({
    partnerId,
    title: 'Correspondant du Parquet',
    rules: [
      {
        rrule: 'FREQ=WEEKLY;BYDAY=MO',
        from: '2027-01-04',
        start: '09:00',
        end: '10:30',
        mode: 'walk-in',
        siteId,
        roomId: rooms[0],
      },
      {
        rrule: 'FREQ=WEEKLY;BYDAY=MO',
        from: '2027-01-04',
        start: '13:30',
        end: '17:30',
        mode: 'walk-in',
        siteId,
        roomId: rooms[0],
      },
    ],
    ...more,
  });

  it('previews it, publishes it, changes one date, and settles who has the room', async () => {
    const preview = await editor.post('/api/permanences/preview', { permanence: mondays() });
    expect([preview.status, preview.body.dates.length, preview.body.dates[0].start]).toEqual([
      200,
      8,
      '2027-01-04T09:00',
    ]);
    const key = { 'idempotency-key': 'mondays-of-the-parquet' };
    const created = await editor.post('/api/permanences', mondays(), key);
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect((await editor.post('/api/permanences', mondays(), key)).body).toEqual({ id });

    const published = await editor.post(`/api/permanences/${id}/publish`, { version: 1 });
    expect(published.body).toMatchObject({ id, conflicts: 0, removed: 0, version: 2 });
    // Published at 9:40, it is on the board until 10:30, in its office.
    const board = await manager.get(`/api/board?site=${siteId}&date=2027-01-04`);
    expect(
      board.body.occurrences.map(({ start, end, roomId }: Record<string, string>) => [start, end, roomId]),
    ).toEqual([
      ['2027-01-04T09:00', '2027-01-04T10:30', rooms[0]],
      ['2027-01-04T13:30', '2027-01-04T17:30', rooms[0]],
    ]);

    const read = (await editor.get(`/api/permanences/${id}`)).body;
    const { words, ...rule } = read.rules[0];
    expect(words).toBe('tous les lundis, 9\u00a0h\u00a0–\u00a010\u00a0h\u00a030');
    const again = await editor.put(`/api/permanences/${id}`, { permanence: read, version: 2 });
    expect(again.body).toMatchObject({ inserted: 0, removed: 0, version: 2 });
    expect((await editor.put(`/api/permanences/${id}`, { permanence: read, version: 1 })).status).toBe(409);

    const change = {
      ruleId: rule.id,
      originalStart: '2027-01-11T09:00',
      change: { kind: 'cancelled', cause: 'absente' },
    };
    const dry = await manager.post(`/api/permanences/${id}/dates`, { ...change, dryRun: true });
    expect(dry.body).toMatchObject({ dryRun: true, conflicts: 0, appointments: [] });
    expect((await manager.post(`/api/permanences/${id}/dates`, change)).status).toBe(200);
    const dates = (await other.get(`/api/permanences/${id}/dates?from=2027-01-11&count=1`)).body;
    expect(dates).toMatchObject([{ state: 'cancelled', cause: 'absente' }]);

    const over = { ...mondays(), partnerId: await partnerOf(other), title: 'EDF' };
    const edf = (await other.post('/api/permanences', over)).body.id;
    const twice = (await other.post(`/api/permanences/${edf}/publish`, { version: 1 })).body;
    // Holidays want no room, and the date just cancelled left it free: every other one is taken.
    const all = (await other.get(`/api/permanences/${edf}/dates?count=200`)).body as {
      state: string;
      roomId: string | null;
    }[];
    const held = all.filter(({ state }) => state === 'held');
    expect([twice.inserted, twice.conflicts]).toEqual([all.length, held.length - 1]);
    expect(held.filter(({ roomId }) => roomId)).toEqual([expect.objectContaining({ start: '2027-01-11T09:00' })]);
    const [first] = (await other.get('/api/conflicts')).body;
    expect(first).toMatchObject({
      kind: 'room-taken',
      wanted: 'Bureau 1',
      heldBy: 'Correspondant du Parquet',
      rooms: [{ name: 'Bureau 2' }],
    });
    const refused = await other.post(`/api/conflicts/${first.id}/room`, { roomId: rooms[0] });
    expect([refused.status, refused.body.why, refused.body.heldBy]).toEqual([
      409,
      'room-taken',
      'Correspondant du Parquet',
    ]);
    expect((await other.post(`/api/conflicts/${first.id}/room`, { roomId: rooms[1] })).status).toBe(204);
    const [second] = (await other.get('/api/conflicts')).body;
    expect(second.id).not.toBe(first.id);
    expect((await other.post(`/api/conflicts/${second.id}/settle`)).status).toBe(204);
    expect((await editor.post(`/api/conflicts/${second.id}/settle`)).status).toBe(404);

    expect((await editor.post(`/api/permanences/${id}/stop`, { from: '2027-02-01' })).status).toBe(200);
    expect((await editor.get(`/api/permanences/${id}/dates?from=2027-02-01`)).body).toEqual([]);
  });

  it('what is wrong is shown field by field, in the language of the account', async () => {
    const body = mondays({ rules: [{ ...mondays().rules[0], rrule: 'FREQ=SECONDLY', end: '12:00' }] });
    const { status, body: problem } = await editor.post('/api/permanences', body);
    expect(status).toBe(400);
    expect(problem).toMatchObject({ why: 'invalid', errors: [{ at: 'rules.0.rrule' }] });
    expect(problem.errors[0].message).toMatch(/[a-zé]{4,}/);
  });

  it('another partner’s draft is not there, its published dates are not his to change, and another space sees nothing', async () => {
    const draft = (await editor.post('/api/permanences', mondays())).body.id;
    for (const browser of [other, stranger]) {
      expect((await browser.get(`/api/permanences/${draft}`)).status).toBe(404);
      expect((await browser.get(`/api/permanences/${draft}/dates`)).status).toBe(404);
      expect((await browser.post(`/api/permanences/${draft}/publish`, { version: 1 })).status).toBe(404);
    }
    expect((await other.post('/api/permanences', mondays())).status).toBe(403);
    expect((await stranger.get('/api/conflicts')).body).toEqual([]);
    expect((await stranger.get('/api/permanences')).body).toEqual([]);
  });
});
