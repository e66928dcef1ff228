import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { type RunningPalier, startDemonstration } from '../support/palier';

let palier: RunningPalier;
let browser: Browser;

beforeAll(async () => {
  palier = await startDemonstration();
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await palier?.stop();
}, 60_000);

it('with script off, a bill leads to an appointment confirmed by a code, moved to another hour, then cancelled', async () => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    locale: 'fr-FR',
    viewport: { width: 390, height: 844 },
  });
  const page = await context.newPage();
  const sizes: number[] = [];
  page.on('response', async (answer) => {
    if (!answer.request().isNavigationRequest() || answer.status() >= 300) return;
    // The browser forgets a page that was left before it was asked.
    const body = await answer.body().catch(() => null);
    if (body) sizes.push(body.length);
  });
  await page.goto(`${palier.url}/public?q=facture`);
  await page.getByRole('link', { name: 'Prendre rendez-vous en ligne' }).click();
  await page.getByRole('link', { name: 'Facture d’énergie' }).click();
  await page.getByRole('heading', { name: 'vendredi 5 février' }).waitFor();
  await page.getByRole('link', { name: /^vendredi 5 février 9 h$/ }).click();

  // What is missing is said at its field; what was typed stays.
  await page.getByLabel('Prénom').fill('Zoé');
  await page.getByLabel('Nom', { exact: true }).fill('Lenoir');
  await page.getByLabel('Téléphone').fill('01 99 00 12 34');
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('alert').getByText('ne reçoit pas de SMS').waitFor();
  expect(await page.getByLabel('Prénom').inputValue()).toBe('Zoé');
  await page.getByLabel('Téléphone').fill('06 39 98 76 54');
  await page.getByRole('button', { name: 'Continuer' }).click();

  const code = /code : (\d{6})/.exec((await page.getByText('aucun SMS ne part').textContent()) ?? '')?.[1] ?? '';
  await page.getByLabel('Code à six chiffres').fill(code);
  await page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
  await page.getByRole('status').getByText('le rendez-vous est pris').waitFor();
  const words = ((await page.locator('main').textContent()) ?? '').replaceAll(/\s/g, ' ');
  expect(words).toContain('vendredi 5 février à 9 h');
  expect(words).toContain('Présentez-vous à l’accueil');
  expect(words).toMatch(/\/r\/\w{10}/);
  for (const told of ['Zoé', 'Lenoir', 'Bureau', '76 54']) expect(words).not.toContain(told);

  await page.getByRole('link', { name: 'Changer de jour ou d’heure' }).click();
  await page.getByRole('button', { name: /^vendredi 5 février 9 h 30$/ }).click();
  await page.getByRole('status').getByText('le rendez-vous est déplacé').waitFor();
  expect(((await page.locator('main').textContent()) ?? '').replaceAll(/\s/g, ' ')).toContain('à 9 h 30');
  await page.getByRole('link', { name: 'Annuler' }).click();
  await page.getByText('C’est dans 31 jours.').waitFor();
  await page.getByRole('button', { name: 'Oui, annuler' }).click();
  await page.getByText('Ce rendez-vous est annulé.').waitFor();
  expect(sizes.length).toBeGreaterThan(5);
  expect(Math.max(...sizes)).toBeLessThan(30_000);
}, 120_000);

it('Back, then the same form again, leads to the same code; a corrected number to a code of its own', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'fr-FR' });
  const page = await context.newPage();
  await page.goto(`${palier.url}/public?q=facture`);
  await page.getByRole('link', { name: 'Prendre rendez-vous en ligne' }).click();
  await page.getByRole('link', { name: 'Facture d’énergie' }).click();
  await page.getByRole('link', { name: /^vendredi 5 février 10 h$/ }).click();
  await page.getByText('palier_formulaire').waitFor();
  const send = async (phone: string) => {
    await page.getByLabel('Prénom').fill('Inès');
    await page.getByLabel('Nom', { exact: true }).fill('Morel');
    await page.getByLabel('Téléphone').fill(phone);
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByLabel('Code à six chiffres').waitFor();
    return page.url();
  };
  const first = await send('06 39 98 76 60');
  await page.goBack();
  expect(await send('06 39 98 76 60')).toBe(first);
  await page.goBack();
  expect(await send('06 39 98 76 61')).not.toBe(first);
  const code = /code : (\d{6})/.exec((await page.getByText('aucun SMS ne part').textContent()) ?? '')?.[1] ?? '';
  await page.getByLabel('Code à six chiffres').fill(code);
  await page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
  await page.getByRole('status').getByText('le rendez-vous est pris').waitFor();
}, 120_000);
