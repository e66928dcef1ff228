import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { DEMO_PASSWORD, type RunningPalier, startDemonstration } from '../support/palier';
import { signIn } from '../support/sign-in';
import { comesTo, hasFocus } from '../support/until';

let palier: RunningPalier;
let browser: Browser;

// The whole product, as "npm start" runs it: the worker sends, the api tells.
beforeAll(async () => {
  palier = await startDemonstration();
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await palier?.stop();
});

async function deskOf(login: string): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(palier.url);
  await signIn(page, login, DEMO_PASSWORD);
  return page;
}

it('a booking’s SMS appears in Messages, at another desk and without reloading', async () => {
  const [page, other] = [await deskOf('accueil@palier.example'), await deskOf('accueil2@palier.example')];
  await other.goto(`${palier.url}/messages?etat=sent`);
  await other.getByRole('heading', { name: 'Messages' }).waitFor();
  expect(await other.getByText('Zoé Lenoir').count()).toBe(0);

  await page.keyboard.press('n');
  await hasFocus(page.getByRole('combobox', { name: 'Pour quoi ?', exact: true }));
  await page.keyboard.type('demandeur');
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: /^demain|^mardi 5 janvier/ })
    .first()
    .press('Enter');
  await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?', exact: true }));
  await page.keyboard.type('Zoé Lenoir');
  await page.keyboard.press('Enter');
  await page.getByLabel('Téléphone', { exact: true }).fill('06 39 98 76 54');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('status').getByText('Zoé Lenoir').waitFor();

  const line = other.getByRole('listitem').filter({ hasText: 'Zoé Lenoir' });
  await line.first().waitFor({ timeout: 60_000 });
  const text = (await line.first().textContent()) ?? '';
  expect(text.replaceAll('\u00a0', ' ')).toMatch(/Rendez-vous .*mardi 5 janvier à \d+ h.*3 rue du Béarn/);
  expect(text.replaceAll('\u00a0', ' ')).toContain('06 39 98 76 54');
  expect(text).toContain('envoyé aujourd’hui');
});

it('a call to make is marked done, with who made it', async () => {
  const page = await deskOf('accueil@palier.example');
  await page.getByRole('link', { name: /^Messages/ }).press('Enter');
  const first = page.getByRole('button', { name: /^(Appel fait|Courrier posté) : / }).first();
  await first.waitFor();
  const act = (await first.getAttribute('aria-label')) ?? '';
  const sameLines = page.getByRole('button', { name: act, exact: true });
  const before = await sameLines.count();
  await first.press('Enter');
  await page.getByText('C’est noté.').waitFor();
  expect(await comesTo(before - 1, () => sameLines.count())).toBe(before - 1);
  await page.getByRole('radio', { name: 'Faits' }).press('Enter');
  await page.getByText('par H. Accueil').first().waitFor();
});

it('with script off, the public page says who receives now and finds who helps with a bill', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${palier.url}/public`);
  const now = page.getByRole('region', { name: 'Sans rendez-vous, maintenant' });
  expect(await now.getByRole('listitem').filter({ hasText: 'Correspondant du Parquet' }).textContent()).toMatch(
    /Jusqu’à\s10\sh\s30/,
  );
  await page.getByLabel('De quoi avez-vous besoin ?').fill('facture');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=facture/);
  expect(await page.locator('main h3').allInnerTexts()).toEqual(['EDF Précarité']);
  expect(await page.getByText('vendredi 5 février').count()).toBe(1);
});
