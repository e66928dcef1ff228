import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startApi, type TestApi } from '../support/api';
import { superuserUrl } from '../support/database';

const founding = (changes: Record<string, unknown> = {}) => ({
  setupCode: 'CHEVILLY',
  spaceName: 'Espace commun des solidarités',
  siteName: '3 rue du Béarn',
  siteAddress: '3 rue du Béarn, 94550 Chevilly-Larue',
  name: 'Ada Responsable',
  email: 'Ada@Lieu.Example',
  password: 'une phrase assez longue',
  ...changes,
});

describe('the first run on an empty database', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ PALIER_SETUP_CODE: 'CHEVILLY' });
  });
  afterAll(() => api?.stop());

  it('says that a space is needed, and that passwords are not mailed without a mail server', async () => {
    expect((await api.browser().get('/api/setup')).body).toEqual({ needed: true, mail: false });
  });

  it('founds nothing without the code that only the installer has read', async () => {
    const answer = await api.browser().post('/api/setup', founding({ setupCode: 'GUESSED!' }));
    expect([answer.status, answer.body.why]).toEqual([403, 'wrong-setup-code']);
  });

  it('two installers at once make one space, and the one who made it is signed in as administrator', async () => {
    const browsers = [api.browser(), api.browser(), api.browser()];
    const answers = await Promise.all(
      browsers.map((browser, i) => browser.post('/api/setup', founding({ email: `ada${i}@lieu.example` }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const winner = browsers[answers.findIndex(({ status }) => status === 201)];
    const me = await winner?.get('/api/session');
    expect(me?.body.account).toMatchObject({ name: 'Ada Responsable', role: 'administrator' });
    expect(me?.body.space).toMatchObject({ slug: 'espace-commun-des-solidarites', zone: 'Europe/Paris' });
    expect((await api.browser().get('/api/setup')).body.needed).toBe(false);
  });

  it('the site opens Monday to Friday, 8:30 to 17:30, until someone says otherwise', async () => {
    const client = new pg.Client({ connectionString: superuserUrl(api.database) });
    await client.connect();
    const { rows } = await client.query('select weekday, opens::text, closes::text from site_opening order by weekday');
    await client.end();
    expect(rows).toEqual([1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: '08:30:00', closes: '17:30:00' })));
  });

  it('a second founding is refused', async () => {
    const answer = await api.browser().post('/api/setup', founding({ email: 'someone@else.example' }));
    expect([answer.status, answer.body.why]).toEqual([409, 'already-founded']);
  });
});
