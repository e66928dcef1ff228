import { randomUUID } from 'node:crypto';
import type { Viewer } from '@app/accounts';
import { Database, openDataSource } from '@app/persistence';
import {
  DueReminders,
  GatewayTrouble,
  PlanReminders,
  SandboxSmsGateway,
  SendReminder,
  type SmsGateway,
  SmsRefused,
} from '@app/reminders';
import type { Instant } from '@app/time';
import { Messages } from '@app/waiting';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { freshDatabase, type TestDatabase } from '../support/database';
import { parisTime, SomeoneToTell } from '../support/someone-to-tell';

let test: TestDatabase;
let source: DataSource;
let someone: SomeoneToTell;
let now: Instant;
let database: Database;

beforeAll(async () => {
  test = await freshDatabase();
  source = await openDataSource(test.appUrl);
  database = new Database(source, { now: () => now });
});
afterAll(async () => {
  database.bell.stop();
  await someone?.end();
  await source?.destroy();
  await test?.drop();
});
beforeEach(async () => {
  await someone?.end();
  now = parisTime('2027-01-04 10:00');
  someone = await SomeoneToTell.in(test);
});

/** Until everything that happened is read: an event waits for the oldest transaction of the whole server. */
const plan = async () => {
  const planner = new PlanReminders(database);
  do await planner.round();
  while (await someone.hasUnreadEvents());
};
/** As the worker does when this time has come: whatever is due is sent. */
async function sendAll(gateway: SmsGateway = new SandboxSmsGateway(database)): Promise<void> {
  const sender = new SendReminder(database, gateway);
  for (const { spaceId, id } of await new DueReminders(database).find(1_000)) await sender.send(spaceId, id);
}
const textsTaken = async () => (await someone.taken()).map(({ text }) => text);

describe('from a booking to an SMS', () => {
  it('an appointment is confirmed at once and recalled two days before', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    await sendAll();
    expect(await someone.told(id)).toEqual([
      'confirmation sms sent 2027-01-04 10:00',
      'before sms waiting 2027-01-18 14:00',
    ]);
    now = parisTime('2027-01-18 14:00');
    await sendAll();
    expect(await textsTaken()).toEqual([
      'Rendez-vous le mercredi 20 janvier à 14 h, 3 rue du Béarn, Chevilly-Larue. Pour changer ou annuler : 01 99 00 18 00.',
      'Rappel : rendez-vous le mercredi 20 janvier à 14 h, 3 rue du Béarn, Chevilly-Larue. Pour changer ou annuler : 01 99 00 18 00.',
    ]);
  });

  it('reading the same events again writes nothing more', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    const before = await someone.reminders(id);
    await someone.run(`update event_cursor set xid = '0', id = 0 where consumer = 'reminders'`);
    await plan();
    expect(await someone.reminders(id)).toEqual(before);
  });

  it('two workers that read at once plan once', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await Promise.all([1, 2, 3].map(() => new PlanReminders(database).round()));
    await plan();
    expect(await someone.reminders(id)).toHaveLength(2);
  });

  it('two workers that send the same reminder at once send it once', async () => {
    await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    await Promise.all([sendAll(), sendAll(), sendAll()]);
    expect(await textsTaken()).toHaveLength(1);
  });

  it('events of several spaces in one round each go to their own', async () => {
    const other = await SomeoneToTell.in(test);
    const here = await someone.book(now, { at: '2027-01-20 14:00' });
    const there = await other.book(now, { at: '2027-01-20 15:00' });
    const again = await someone.book(now, { at: '2027-01-20 16:00' });
    await plan();
    expect(await someone.reminders(here)).toHaveLength(2);
    expect(await other.reminders(there)).toHaveLength(2);
    expect(await someone.reminders(again)).toHaveLength(2);
    await other.end();
  });
});

describe('the situations of the field', () => {
  it('15: moved to Tuesday 30 March 2027 at 9:00, after the clocks changed, the SMS says 9 h', async () => {
    const id = await someone.book(now, { at: '2027-03-23 09:00' });
    await plan();
    await sendAll();
    await someone.move(now, id, '2027-03-30 09:00');
    await plan();
    await sendAll();
    expect((await textsTaken()).at(-1)).toContain('est déplacé au mardi 30 mars à 9 h,');
  });

  it('16: on a shared phone no service, reason or agent is named, even where the motif would allow it', async () => {
    await someone.book(now, { at: '2027-01-20 14:00', namesService: true, shared: true });
    await someone.book(now, { at: '2027-01-21 14:00', namesService: true });
    await plan();
    await sendAll();
    const [shared, own] = (await textsTaken()).sort((a, b) => a.length - b.length);
    expect(shared).not.toMatch(/Nouvelles Voies|Expulsion|Entretien/);
    expect(own).toContain('Rendez-vous avec Nouvelles Voies le jeudi 21 janvier');
    expect(own).not.toMatch(/Expulsion|Entretien/);
  });

  it('17: without a mobile there is a call to make, without a phone a letter to write', async () => {
    const landline = await someone.book(now, { at: '2027-01-20 14:00', phone: '+33199000001', phoneKind: 'landline' });
    const nothing = await someone.book(now, { at: '2027-01-20 14:00', phone: null });
    const nobody = await someone.book(now, { at: '2027-01-20 14:00', toldBy: 'nobody' });
    await plan();
    await sendAll();
    expect(await someone.told(landline)).toEqual(['before call todo 2027-01-18 14:00']);
    expect(await someone.told(nothing)).toEqual(['confirmation letter todo 2027-01-04 10:00']);
    expect(await someone.told(nobody)).toEqual([]);
    expect(await textsTaken()).toEqual([]);
  });

  it('23: for Tuesday 30 March 2027 the call is for Friday 26 and the SMS for Saturday 27', async () => {
    const landline = await someone.book(now, { at: '2027-03-30 09:00', phone: '+33199000001', phoneKind: 'landline' });
    const mobile = await someone.book(now, { at: '2027-03-30 09:00' });
    await plan();
    expect(await someone.told(landline)).toEqual(['before call todo 2027-03-26 09:00']);
    expect((await someone.told(mobile))[1]).toBe('before sms waiting 2027-03-27 18:00');
  });
});

describe('when it changes', () => {
  it('moved before the confirmation left, only the new date is told', async () => {
    now = parisTime('2027-01-04 20:00');
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    await someone.move(now, id, '2027-01-22 09:00');
    await plan();
    now = parisTime('2027-01-05 09:00');
    await sendAll();
    expect(await textsTaken()).toEqual([expect.stringContaining('Rendez-vous le vendredi 22 janvier à 9 h')]);
  });

  it('cancelled after the confirmation, the cancellation is told and no reminder follows', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    await sendAll();
    await someone.become(now, id, 'cancelledByAgent');
    await plan();
    await sendAll();
    now = parisTime('2027-01-18 14:00');
    await sendAll();
    expect(await someone.told(id)).toEqual([
      'cancelled sms sent 2027-01-04 10:00',
      'confirmation sms sent 2027-01-04 10:00',
      'before sms dropped 2027-01-18 14:00',
    ]);
    expect((await textsTaken()).filter((text) => text.includes('est annulé'))).toHaveLength(1);
    expect(await textsTaken()).toHaveLength(2);
  });

  it('a move that no worker has read yet still stops the old reminder', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    await someone.move(now, id, '2027-01-22 09:00');
    await sendAll();
    expect(await textsTaken()).toEqual([]);
    expect((await someone.told(id))[0]).toBe('confirmation sms dropped 2027-01-04 10:00');
  });

  it('no SMS calls anyone to a date that was cancelled under them: the desk has a call to make', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    await sendAll();
    await someone.run(
      `update occurrence o set state = 'cancelled' from appointment a where a.occurrence_id = o.id and a.id = $1`,
      [id],
    );
    now = parisTime('2027-01-18 14:00');
    await sendAll();
    expect(await someone.told(id)).toEqual([
      'confirmation sms sent 2027-01-04 10:00',
      'before call todo 2027-01-18 14:00',
    ]);
  });

  it('a worker that comes back at night waits until nine', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    now = parisTime('2027-01-04 23:00');
    await plan();
    await sendAll();
    expect((await someone.told(id))[0]).toBe('confirmation sms waiting 2027-01-05 09:00');
  });
});

describe('when the operator is in trouble', () => {
  it('what it refuses for good is failed, with its reason', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    await sendAll({ send: () => Promise.reject(new SmsRefused('Numéro non attribué')) });
    expect((await someone.told(id))[0]).toBe('confirmation sms failed 2027-01-04 10:00');
    expect(await someone.run('select error, state from message where appointment_id = $1', [id])).toEqual([
      { error: 'Numéro non attribué', state: 'failed' },
    ]);
  });

  it('what it does not answer is tried again, with the same words', async () => {
    const id = await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    const trouble = sendAll({ send: () => Promise.reject(new Error('timeout')) });
    await expect(trouble).rejects.toBeInstanceOf(GatewayTrouble);
    await someone.become(now, id, 'cancelledByAgent');
    await plan();
    await sendAll();
    await sendAll();
    const texts = await textsTaken();
    expect(texts[0]).toContain('Rendez-vous le mercredi 20 janvier');
    expect(texts[1]).toContain('est annulé');
  });
});

describe('Messages', () => {
  const viewer = (role: Viewer['role'], more: Partial<Viewer> = {}): Viewer => ({
    accountId: '',
    name: 'Claire Accueil',
    role,
    partnerId: null,
    agentId: null,
    language: 'fr',
    space: { id: someone.spaceId, name: '', slug: '', zone: 'Europe/Paris' },
    ...more,
  });
  async function account(name: string, role: Viewer['role'], partnerId: string | null = null): Promise<Viewer> {
    const accountId = randomUUID();
    await someone.run(
      'insert into account (id, space_id, email, name, role, partner_id) values ($1, $2, $3, $4, $5, $6)',
      [...[accountId, someone.spaceId, `${accountId}@example.org`, name, role, partnerId]],
    );
    return viewer(role, { accountId, name, partnerId });
  }
  const page = (who: Viewer, query: { state?: 'todo' | 'failed'; limit?: number; before?: string } = {}) =>
    new Messages(database).page(who, { limit: 50, offers: true, ...query });

  it('a call to make shows whom to call, what to say and, once done, who did it', async () => {
    await someone.book(now, { at: '2027-01-20 14:00', phone: '+33199000001', phoneKind: 'landline' });
    await plan();
    const claire = await account('Claire Accueil', 'desk');
    const [task] = (await page(claire, { state: 'todo' })).items;
    expect(task).toMatchObject({
      channel: 'call',
      due: '2027-01-18T14:00',
      recipient: '+33199000001',
      usagerName: 'Yasmina Martin',
      text: expect.stringContaining('Rappel : rendez-vous le mercredi 20 janvier à 14 h'),
    });
    const settle = new Messages(database);
    expect(await settle.done(claire, task?.id ?? '')).toEqual({ ok: true, value: null });
    expect(await settle.done(claire, task?.id ?? '')).toEqual({ ok: true, value: null });
    expect((await page(claire)).items).toEqual([
      expect.objectContaining({ state: 'done', settledBy: 'Claire Accueil', sentAt: '2027-01-04T10:00' }),
    ]);
  });

  it('an SMS that is still to leave is no task', async () => {
    await someone.book(now, { at: '2027-01-20 14:00' });
    await plan();
    const claire = await account('Claire Accueil', 'desk');
    const [waiting] = (await page(claire)).items;
    expect(await new Messages(database).done(claire, waiting?.id ?? '')).toMatchObject({
      ok: false,
      why: 'not-a-task',
    });
  });

  it('pages follow one another without repeating or missing a line', async () => {
    for (let hour = 8; hour < 15; hour += 1)
      await someone.book(now, { at: `2027-01-20 ${String(hour).padStart(2, '0')}:00` });
    await plan();
    const claire = await account('Claire Accueil', 'desk');
    const seen: string[] = [];
    let before: string | undefined;
    for (let turn = 0; turn < 10; turn += 1) {
      const { items, next } = await page(claire, { limit: 3, ...(before ? { before } : {}) });
      seen.push(...items.map(({ id }) => id));
      if (!next) break;
      before = next;
    }
    expect(seen).toHaveLength(14);
    expect(new Set(seen).size).toBe(14);
  });

  it('calls to make are listed the most urgent first', async () => {
    for (const at of ['2027-02-03 14:00', '2027-01-20 14:00', '2027-01-27 14:00']) {
      await someone.book(now, { at, phone: '+33199000001', phoneKind: 'landline' });
    }
    await plan();
    const claire = await account('Claire Accueil', 'desk');
    const first = await page(claire, { state: 'todo', limit: 2 });
    const rest = await page(claire, { state: 'todo', before: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ due }) => due.slice(0, 10))).toEqual([
      '2027-01-18',
      '2027-01-25',
      '2027-02-01',
    ]);
  });

  it('the desk sees nothing of a confidential service, and another partner nothing at all', async () => {
    await someone.book(now, { at: '2027-01-20 14:00', confidential: true });
    await plan();
    await sendAll();
    const other = randomUUID();
    await someone.run(
      `insert into partner (id, space_id, name, short_name, mark, hue) values ($1, $2, 'Autre', 'Autre', 'A', 1)`,
      [other, someone.spaceId],
    );
    expect((await page(await account('Claire', 'desk'))).items).toEqual([]);
    expect((await page(await account('Paul', 'agent', other))).items).toEqual([]);
    const [mine] = (await page(await account('Nadia', 'agent', someone.partnerId))).items;
    expect(mine).toBeDefined();
    expect(await new Messages(database).done(await account('Paul', 'agent', other), mine?.id ?? '')).toMatchObject({
      why: 'not-found',
    });
  });
});
