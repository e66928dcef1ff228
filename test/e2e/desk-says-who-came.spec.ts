import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { DEMO_PASSWORD, type RunningPalier, startDemonstration } from '../support/palier';
import { signIn } from '../support/sign-in';

let palier: RunningPalier;
let browser: Browser;

beforeAll(async () => {
  palier = await startDemonstration();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await palier?.stop();
});

it('someone who came is said so once, however often it is pressed, and Esc still leaves the panel', async () => {
  const page = await openPage(browser);
  const answers: number[] = [];
  page.on('response', (answer) => {
    if (answer.url().endsWith('/state')) answers.push(answer.status());
  });
  await page.goto(palier.url);
  await signIn(page, 'accueil@palier.example', DEMO_PASSWORD);
  await page
    .getByRole('gridcell', { name: /^Bureau 5, .* 10 h – 10 h 30, prévu$/ })
    .locator('span[aria-hidden=true]')
    .click();
  const arrived = page.getByRole('dialog').getByRole('button', { name: 'Arrivé·e', exact: true });
  await arrived.dblclick();
  await page.getByRole('dialog').getByText('arrivé·e', { exact: true }).waitFor();
  await arrived.and(page.locator('[aria-pressed=true]')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(answers).toEqual([204]);
});
