import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Browser, startApi, type TestApi } from '../support/api';
import { aSpaceWithPeople, PASSWORD, type SpaceWithPeople } from '../support/people';

describe('signing in', () => {
  let api: TestApi;
  let chevilly: SpaceWithPeople;
  const email = (who: string) => chevilly.people[who]?.email ?? '';
  const idOf = (who: string) => chevilly.people[who]?.id ?? '';
  beforeAll(async () => {
    api = await startApi();
    chevilly = await aSpaceWithPeople(api.database, 'Chevilly', {
      Lea: { role: 'desk' },
      Marc: { role: 'desk' },
      Nora: { role: 'desk' },
      Paul: { role: 'desk' },
      Rose: { role: 'desk' },
      Sami: { role: 'desk' },
      Tina: { role: 'desk' },
      Vera: { role: 'desk' },
    });
  });
  afterAll(() => api?.stop());

  it('gives a session that no script can read and no other site can send', async () => {
    const answer = await api.browser().post('/api/session', { email: email('Lea').toUpperCase(), password: PASSWORD });
    expect(answer.status).toBe(200);
    expect(answer.body.account).toMatchObject({ name: 'Lea', role: 'desk', hasCode: false });
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('palier_session='));
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Lax/);
    expect(cookie).not.toMatch(/; Secure/);
  });

  it('over https the cookie never travels in clear', async () => {
    const secure = await startApi({ PUBLIC_URL: 'https://palier.example' }, { database: api.database });
    const answer = await secure.browser().post('/api/session', { email: email('Lea'), password: PASSWORD });
    await secure.stop();
    expect(answer.headers.getSetCookie().every((line) => line.includes('; Secure'))).toBe(true);
  });

  it('an unknown address and a wrong password answer alike', async () => {
    const unknown = await api.browser().post('/api/session', { email: 'nobody@nowhere.example', password: PASSWORD });
    const wrong = await api.browser().post('/api/session', { email: email('Lea'), password: 'pas le bon' });
    expect(unknown.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
  });

  it('after five wrong passwords the right one waits too, and is told until when', async () => {
    const browser = api.browser();
    for (let i = 0; i < 5; i += 1) {
      expect((await browser.post('/api/session', { email: email('Marc'), password: `essai ${i}` })).status).toBe(401);
    }
    const answer = await browser.post('/api/session', { email: email('Marc'), password: PASSWORD });
    expect([answer.status, answer.body.why]).toEqual([429, 'too-many-attempts']);
    expect(answer.body.detail).toMatch(/^Réessayez à /);
    // Another account at the same address is not kept waiting.
    await api.browser().signIn(email('Lea'), PASSWORD);
  });

  it('of forty guesses sent at once no more than five are looked at', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        api.browser().post('/api/session', { email: email('Vera'), password: `essai ${i}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(35);
  });

  it('who reads the screens in another language is answered in it, whatever the language of the account', async () => {
    const browser = await api.browser().signIn(email('Lea'), PASSWORD);
    const nowhere = '/api/usagers/00000000-0000-4000-8000-000000000000';
    const titleIn = async (headers: Record<string, string>) =>
      (await browser.ask('GET', nowhere, { headers })).body.title;
    expect(await titleIn({})).toBe('Introuvable.');
    expect(await titleIn({ 'accept-language': 'en' })).toBe('Introuvable.');
    expect(await titleIn({ 'x-palier-language': 'en' })).toBe('Not found.');
    expect(await titleIn({ 'x-palier-language': 'tlh' })).toBe('Introuvable.');
  });

  it('a write without the token of our pages, or from another site, changes nothing', async () => {
    const browser = await api.browser().signIn(email('Nora'), PASSWORD);
    const body = { code: '2580', password: PASSWORD };
    const forged = await browser.ask('PUT', '/api/session/code', { body, headers: { 'x-palier-csrf': 'forged' } });
    expect([forged.status, forged.body.why]).toEqual([403, 'csrf']);
    const foreign = await browser.ask('PUT', '/api/session/code', {
      body,
      headers: { origin: 'https://elsewhere.example' },
    });
    expect([foreign.status, foreign.body.why]).toEqual([403, 'cross-site']);
    expect((await browser.get('/api/session')).body.account.hasCode).toBe(false);
    const signIn = await api.browser().ask('POST', '/api/session', {
      body: { email: email('Nora'), password: PASSWORD },
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect([signIn.status, signIn.body.why]).toEqual([403, 'cross-site']);
  });

  it('a session ends where it was ended, and its cookie opens nothing afterwards', async () => {
    const browser = await api.browser().signIn(email('Lea'), PASSWORD);
    const kept = browser.cookies.get('palier_session') ?? '';
    expect((await browser.delete('/api/session')).status).toBe(204);
    expect(browser.cookies.has('palier_session')).toBe(false);
    browser.cookies.set('palier_session', kept);
    expect((await browser.get('/api/session')).status).toBe(401);
  });

  describe('on a shared workstation', () => {
    const switchTo = (browser: Browser, who: string, code: string) =>
      browser.post('/api/session/switch', { accountId: idOf(who), code });
    const withCode = async (browser: Browser, who: string, code: string) => {
      await browser.signIn(email(who), PASSWORD);
      expect((await browser.put('/api/session/code', { code, password: PASSWORD })).status).toBe(204);
    };

    it('a colleague who signed in fully today takes over with a short code, under her own name', async () => {
      const desk = api.browser();
      await withCode(desk, 'Rose', '8035');
      await desk.signIn(email('Lea'), PASSWORD);
      expect((await desk.get('/api/session/colleagues')).body).toEqual([
        { id: idOf('Lea'), name: 'Lea', hasCode: false },
        { id: idOf('Rose'), name: 'Rose', hasCode: true },
      ]);
      const taken = await switchTo(desk, 'Rose', '8035');
      expect(taken.status).toBe(200);
      expect((await desk.get('/api/session')).body.account.name).toBe('Rose');
    });

    it('elsewhere, the same code opens nothing', async () => {
      const desk = api.browser();
      await withCode(desk, 'Paul', '1357');
      const other = await api.browser().signIn(email('Lea'), PASSWORD);
      expect((await other.get('/api/session/colleagues')).body).toEqual([
        { id: idOf('Lea'), name: 'Lea', hasCode: false },
      ]);
      const answer = await switchTo(other, 'Paul', '1357');
      expect([answer.status, answer.body.why]).toEqual([401, 'sign-in-fully']);
      expect((await switchTo(api.browser(), 'Paul', '1357')).status).toBe(401);
    });

    it('five wrong codes ask for the password; signing in with it gives the code back', async () => {
      const desk = api.browser();
      await withCode(desk, 'Sami', '4071');
      for (let i = 0; i < 5; i += 1) expect((await switchTo(desk, 'Sami', '9999')).body.why).toBe('wrong-code');
      expect((await switchTo(desk, 'Sami', '4071')).body.why).toBe('sign-in-fully');
      await desk.signIn(email('Sami'), PASSWORD);
      expect((await switchTo(desk, 'Sami', '4071')).status).toBe(200);
    });

    it('a code anyone would guess is refused, and so is one set without the password', async () => {
      const desk = await api.browser().signIn(email('Tina'), PASSWORD);
      expect((await desk.put('/api/session/code', { code: '1234', password: PASSWORD })).body.why).toBe('easy-code');
      expect((await desk.put('/api/session/code', { code: '2580', password: 'autre' })).body.why).toBe(
        'wrong-password',
      );
    });
  });

  it('a changed password closes the sessions left open elsewhere', async () => {
    const here = await api.browser().signIn(email('Tina'), PASSWORD);
    const elsewhere = await api.browser().signIn(email('Tina'), PASSWORD);
    const change = { current: PASSWORD, password: 'une autre phrase assez longue' };
    expect((await here.put('/api/session/password', change)).status).toBe(204);
    expect((await here.get('/api/session')).status).toBe(200);
    expect((await elsewhere.get('/api/session')).status).toBe(401);
    expect((await api.browser().post('/api/session', { email: email('Tina'), password: PASSWORD })).status).toBe(401);
  });
});
