import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { eventually } from '../../scripts/lib/processes.mjs';
import { type Browser, startApi, type TestApi } from '../support/api';
import { superuserUrl } from '../support/database';
import { aSpaceWithPeople, PASSWORD, type SpaceWithPeople } from '../support/people';

const tokenIn = (url: string) => new URL(url).searchParams.get('token') ?? '';

describe('administering accounts', () => {
  let api: TestApi;
  let chevilly: SpaceWithPeople;
  let fresnes: SpaceWithPeople;
  let ada: Browser;
  beforeAll(async () => {
    api = await startApi();
    chevilly = await aSpaceWithPeople(api.database, 'Chevilly', {
      Ada: { role: 'administrator' },
      Max: { role: 'manager' },
      Lea: { role: 'desk' },
      Eva: { role: 'partner-editor', partner: 'AEF 94' },
      Otto: { role: 'desk' },
    });
    fresnes = await aSpaceWithPeople(api.database, 'Fresnes', {
      Fanny: { role: 'administrator' },
      Félix: { role: 'desk' },
    });
    ada = await api.browser().signIn(chevilly.people.Ada?.email ?? '', PASSWORD);
  });
  afterAll(() => api?.stop());
  const signedIn = (who: string) => api.browser().signIn(chevilly.people[who]?.email ?? '', PASSWORD);
  const idOf = (who: string) => chevilly.people[who]?.id ?? '';

  it('a new person sets her own password with a link that works once', async () => {
    const made = await ada.post('/api/accounts', { email: 'New@Chevilly.example', name: 'Nina', role: 'desk' });
    expect(made.status).toBe(201);
    const token = tokenIn(made.body.reset.url);
    const chosen = 'ma phrase rien qu’à moi';
    const use = (password: string) => api.browser().post('/api/password-reset/use', { token, password });
    expect((await use('court')).status).toBe(400);
    expect((await use(chosen)).status).toBe(204);
    const again = await use('une seconde phrase longue');
    expect([again.status, again.body.why]).toEqual([410, 'link-used']);
    await api.browser().signIn('new@chevilly.example', chosen);
  });

  it('the same creation sent twice makes one account', async () => {
    const body = { email: 'twice@chevilly.example', name: 'Twice', role: 'desk' };
    const once = { 'idempotency-key': 'create-twice-1' };
    const [first, second] = [await ada.post('/api/accounts', body, once), await ada.post('/api/accounts', body, once)];
    expect(second.body.id).toBe(first.body.id);
    const other = await ada.post('/api/accounts', { ...body, name: 'Other' }, once);
    expect([other.status, other.body.why]).toEqual([409, 'key-reused']);
    expect((await ada.post('/api/accounts', body)).body.why).toBe('email-taken');
  });

  it('only administrators change accounts; managers may read them; nobody else sees the list', async () => {
    const max = await signedIn('Max');
    expect((await max.get('/api/accounts')).status).toBe(200);
    expect((await max.patch(`/api/accounts/${idOf('Lea')}`, { role: 'administrator' })).status).toBe(403);
    for (const who of ['Lea', 'Eva']) {
      const answer = await (await signedIn(who)).get('/api/accounts');
      expect([who, answer.status, answer.body.why]).toEqual([who, 403, 'not-your-role']);
    }
  });

  it('an administrator sees and touches no account of another space', async () => {
    const { body } = await ada.get('/api/accounts');
    expect(JSON.stringify(body)).not.toContain('fresnes');
    const foreign = fresnes.people.Félix?.id ?? '';
    expect((await ada.patch(`/api/accounts/${foreign}`, { name: 'Renamed' })).status).toBe(404);
    expect((await ada.post(`/api/accounts/${foreign}/reset-link`)).status).toBe(404);
    const fanny = await api.browser().signIn(fresnes.people.Fanny?.email ?? '', PASSWORD);
    const names = (await fanny.get('/api/accounts')).body.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['Fanny', 'Félix']);
  });

  it('a session of another space stays in its space', async () => {
    const fanny = await api.browser().signIn(fresnes.people.Fanny?.email ?? '', PASSWORD);
    expect((await fanny.get('/api/session')).body.space.slug).toBe('fresnes');
    const partner = chevilly.partners['AEF 94'];
    const answer = await fanny.post('/api/accounts', {
      email: 'x@y.example',
      name: 'X',
      role: 'agent',
      partnerId: partner,
    });
    expect([answer.status, answer.body.why]).toEqual([409, 'no-such-reference']);
  });

  it('disabling someone closes her sessions at once, and no password opens another', async () => {
    const otto = await signedIn('Otto');
    const answer = await ada.patch(`/api/accounts/${idOf('Otto')}`, { disabled: true });
    expect(answer.body).toMatchObject({ name: 'Otto', disabled: true });
    expect((await otto.get('/api/session')).status).toBe(401);
    const back = await api.browser().post('/api/session', { email: chevilly.people.Otto?.email, password: PASSWORD });
    expect(back.status).toBe(401);
  });

  it('an administrator neither disables herself nor gives her own role away', async () => {
    for (const change of [{ disabled: true }, { role: 'desk' }]) {
      const answer = await ada.patch(`/api/accounts/${idOf('Ada')}`, change);
      expect([answer.status, answer.body.why]).toEqual([409, 'not-yourself']);
    }
    expect((await ada.patch(`/api/accounts/${idOf('Ada')}`, { language: 'fr' })).status).toBe(200);
  });

  it('a partner’s person without a partner makes no sense', async () => {
    const answer = await ada.post('/api/accounts', { email: 'p@chevilly.example', name: 'P', role: 'partner-editor' });
    expect([answer.status, answer.body.why]).toEqual([400, 'partner-needed']);
  });

  it('an account’s language is the one its refusals are told in', async () => {
    await ada.patch(`/api/accounts/${idOf('Lea')}`, { language: 'en' });
    const lea = await signedIn('Lea');
    expect((await lea.get('/api/accounts', { headers: { 'accept-language': 'fr' } })).body.title).toBe(
      'Your role does not allow this.',
    );
  });

  it('what an administrator did, and what she asked for and was not given, is kept with her name', async () => {
    const client = new pg.Client({ connectionString: superuserUrl(api.database) });
    await client.connect();
    const { rows } = await client.query<{ action: string; outcome: string }>(
      'select distinct action, outcome from audit where space_id = $1 and account_id = $2 order by 1',
      [chevilly.id, idOf('Ada')],
    );
    await client.end();
    expect(rows.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'account.changed done',
      'account.created done',
      'account.disabled done',
      'not-found refused',
      'reset.handed done',
    ]);
  });
});

describe('a forgotten password', () => {
  let api: TestApi;
  let mail: { url: string; letters: string[]; server: Server };
  let chevilly: SpaceWithPeople;
  beforeAll(async () => {
    mail = await aMailServer();
    api = await startApi({ SMTP_URL: mail.url, PUBLIC_URL: 'https://palier.example' });
    chevilly = await aSpaceWithPeople(api.database, 'Chevilly', { Lea: { role: 'desk' } });
  });
  afterAll(async () => {
    await api?.stop();
    mail?.server.close();
  });

  it('is asked for with the same answer whether the address is known or not; only the known one gets a letter', async () => {
    expect((await api.browser().get('/api/setup')).body.mail).toBe(true);
    for (const email of ['nobody@nowhere.example', chevilly.people.Lea?.email]) {
      const answer = await api.browser().post('/api/password-reset/ask', { email });
      expect([answer.status, answer.body]).toEqual([204, '']);
    }
    const letter = await until(() => mail.letters[0]);
    const token = /mot-de-passe\?token=([\w-]+)/.exec(letter)?.[1] ?? '';
    expect(letter).toContain('https://palier.example/mot-de-passe?token=');
    const open = await api.browser().signIn(chevilly.people.Lea?.email ?? '', PASSWORD);
    const answer = await api.browser().post('/api/password-reset/use', { token, password: 'une nouvelle phrase' });
    expect(answer.status).toBe(204);
    expect((await open.get('/api/session')).status).toBe(401);
    await api.browser().signIn(chevilly.people.Lea?.email ?? '', 'une nouvelle phrase');
    expect(mail.letters).toHaveLength(1);
  });
});

async function until<T>(found: () => T | undefined): Promise<T> {
  await eventually(() => found() !== undefined, 30_000);
  const value = found();
  if (value !== undefined) return value;
  throw new Error('It did not come.');
}

/** Enough of SMTP to receive a letter, with its quoted-printable undone. */
async function aMailServer(): Promise<{ url: string; letters: string[]; server: Server }> {
  const letters: string[] = [];
  const server = createServer((socket: Socket) => {
    let reading = false;
    let text = '';
    socket.write('220 here\r\n');
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (reading) {
        if (!text.endsWith('\r\n.\r\n')) return;
        letters.push(text.replaceAll('=\r\n', '').replaceAll('=3D', '='));
        reading = false;
        socket.write('250 taken\r\n');
      } else if (/^DATA/im.test(text)) {
        reading = true;
        socket.write('354 go on\r\n');
      } else if (/^QUIT/im.test(text)) socket.end('221 bye\r\n');
      else socket.write('250 ok\r\n');
      text = '';
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `smtp://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`, letters, server };
}
