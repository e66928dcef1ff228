import { randomUUID } from 'node:crypto';
import { passwordHash } from '@app/accounts';
import type { Messages } from '@app/contract';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PlanReminders } from '@app/reminders';
import { type Browser, startApi, type TestApi } from '../support/api';
import { parisTime, SomeoneToTell } from '../support/someone-to-tell';

const PASSWORD = 'une phrase de passe';

let api: TestApi;
let someone: SomeoneToTell;
const now = parisTime('2027-01-04 10:00');

beforeAll(async () => {
  api = await startApi({ PALIER_CLOCK_OFFSET_MS: String(now - Date.now()) });
  someone = await SomeoneToTell.in(api.database);
  for (const at of ['2027-01-20 14:00', '2027-01-20 15:00']) {
    await someone.book(now, { at, phone: '+33199000001', phoneKind: 'landline' });
  }
  const planner = api.app.get(PlanReminders, { strict: false });
  do await planner.round();
  while (await someone.hasUnreadEvents());
});
afterAll(async () => {
  await someone?.end();
  await api?.stop();
});

async function signedIn(role: string, partnerId: string | null = null): Promise<Browser> {
  const email = `${randomUUID()}@example.org`;
  await someone.run(
    `insert into account (space_id, email, name, role, partner_id, password_hash) values ($1, $2, 'Claire', $3, $4, $5)`,
    [someone.spaceId, email, role, partnerId, await passwordHash(PASSWORD)],
  );
  return api.browser().signIn(email, PASSWORD);
}

it('the desk reads its calls page by page and says which are made', async () => {
  const desk = await signedIn('desk');
  const first = await desk.get<Messages>('/api/messages?state=todo&limit=1');
  expect(first.status).toBe(200);
  expect(first.body.items).toEqual([
    expect.objectContaining({ channel: 'call', due: '2027-01-18T14:00', usagerName: 'Yasmina Martin' }),
  ]);
  const second = await desk.get<Messages>(`/api/messages?state=todo&limit=1&before=${first.body.next}`);
  expect(second.body).toMatchObject({ items: [{ due: '2027-01-18T15:00' }], next: null });

  const call = first.body.items[0]?.id;
  expect((await desk.post(`/api/messages/${call}/done`)).status).toBe(204);
  const done = await desk.get<Messages>('/api/messages?state=done');
  expect(done.body.items).toEqual([expect.objectContaining({ id: call, settledBy: 'Claire' })]);
});

it('a page that makes no sense is refused, and says where', async () => {
  const desk = await signedIn('desk');
  const answer = await desk.get('/api/messages?before=yesterday');
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toEqual([expect.objectContaining({ at: 'before' })]);
});

it("another partner finds nothing under a message's id, and the try is kept", async () => {
  const desk = await signedIn('desk');
  const [call] = (await desk.get<Messages>('/api/messages?state=todo')).body.items;
  const other = randomUUID();
  await someone.run(
    `insert into partner (id, space_id, name, short_name, mark, hue) values ($1, $2, 'Autre', 'Autre', 'A', 1)`,
    [other, someone.spaceId],
  );
  const stranger = await signedIn('partner-editor', other);
  expect((await stranger.get<Messages>('/api/messages')).body.items).toEqual([]);
  expect((await stranger.post(`/api/messages/${call?.id}/done`)).status).toBe(404);
  expect(await someone.run('select subject_kind, outcome from audit where subject_id = $1', [call?.id])).toEqual([
    { subject_kind: 'message', outcome: 'refused' },
  ]);
});

it('without a session nothing is read', async () => {
  expect((await api.browser().get('/api/messages')).status).toBe(401);
});
