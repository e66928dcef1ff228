import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { type RunningPalier, startPalier } from '../support/palier';
import { signIn } from '../support/product';

const PASSWORD = 'une phrase pour essayer';

let palier: RunningPalier;
let browser: Browser;

beforeAll(async () => {
  palier = await startPalier({ now: '2027-01-04T09:40', env: { PALIER_DEMO_PASSWORD: PASSWORD } });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await palier?.stop();
});

it('someone who came is said so once, however often it is pressed, and Esc still leaves the panel', async () => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 }, locale: 'fr-FR' })).newPage();
  page.setDefaultTimeout(20_000);
  const answers: number[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('/state')) answers.push(answer.status());
  });
  await page.goto(palier.url);
  await signIn(page, 'accueil@palier.example', PASSWORD);
  await page
    .getByRole('gridcell', { name: /^Bureau 5, .* 10 h – 10 h 30, prévu$/ })
    .locator('span[aria-hidden=true]')
    .click();
  const arrived = page.getByRole('dialog').getByRole('button', { name: 'Arrivé·e', exact: true });
  await arrived.dblclick();
  await page.getByRole('dialog').getByText('arrivé·e', { exact: true }).waitFor();
  expect(await arrived.getAttribute('aria-pressed')).toBe('true');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(answers).toEqual([204]);
});
