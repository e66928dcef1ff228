import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startApi, type TestApi } from '../support/api';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ PALIER_SETUP_CODE: 'first-run' });
  await api.browser().post('/api/setup', {
    setupCode: 'first-run',
    spaceName: 'Espace de Thiais',
    siteName: 'Mairie',
    name: 'A. Lefort',
    email: 'lefort@example.org',
    password: 'une phrase de passe',
  });
});
afterAll(() => api?.stop());

const page = async (question: string) => {
  const answer = await fetch(`${api.url}/public?${question}`);
  return { status: answer.status, html: await answer.text() };
};

it('a day that no calendar holds asks for no day: the whole list is shown', async () => {
  const { html } = await page('');
  for (const day of ['9999-12-31', '0001-01-01', '2027-02-30', 'demain']) {
    expect(await page(`jour=${day}`)).toEqual({ status: 200, html });
  }
});

it('what is asked never becomes part of the page', async () => {
  const script = encodeURIComponent('"><script>alert(1)</script>');
  for (const field of ['q', 'lieu', 'jour', 'lang']) {
    const { status, html } = await page(`${field}=${script}`);
    expect(status).toBe(200);
    expect(html).not.toContain('<script');
  }
});
