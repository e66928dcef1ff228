import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage } from '../support/browser';
import { type RunningPalier, startPalier } from '../support/palier';
import { hasFieldInFocus } from '../support/until';

const CODE = 'code-de-la-maison';
let palier: RunningPalier;
let browser: Browser;

beforeAll(async () => {
  palier = await startPalier({ now: '2027-01-04T09:40', env: { PALIER_DEMO: 'no', PALIER_SETUP_CODE: CODE } });
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await palier?.stop();
});

async function aBrowser(): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(palier.url);
  return page;
}

it('on an empty database the first page founds the space; its accounts choose their own passwords', async () => {
  const page = await aBrowser();
  await page.waitForURL(/premiers-pas/);
  await page.getByLabel('Code d’installation').fill('un autre code');
  await page.getByLabel('Nom de l’espace').fill('Maison des services');
  await page.getByLabel('Premier lieu').fill('Mairie');
  await page.getByLabel('Votre nom').fill('A. Administration');
  await page.getByLabel('Adresse électronique').fill('admin@mairie.example');
  await page.getByLabel('Mot de passe').fill('une phrase assez longue');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('Le code d’installation n’est pas le bon').waitFor();
  expect(await page.getByLabel('Nom de l’espace').inputValue()).toBe('Maison des services');
  await page.getByLabel('Code d’installation').fill(CODE);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Modifier Mairie' }).waitFor();

  await page.getByRole('link', { name: 'Comptes' }).press('Enter');
  await page.getByRole('button', { name: 'Nouveau compte' }).press('Enter');
  await hasFieldInFocus(page.getByRole('dialog'));
  await page.keyboard.type('H. Accueil');
  await page.getByRole('dialog').getByLabel('Adresse électronique').fill('accueil@mairie.example');
  await page.keyboard.press('Enter');
  const link = await page.getByRole('dialog').getByRole('status').textContent();

  const other = await aBrowser();
  await other.waitForURL(/connexion/);
  await other.goto(link ?? '');
  await other.getByLabel('Nouveau mot de passe').fill('mon secret à moi seule');
  await other.keyboard.press('Enter');
  await other.getByRole('link', { name: 'Aller à la connexion' }).press('Enter');
  await other.getByLabel('Adresse électronique').fill('accueil@mairie.example');
  await other.getByLabel('Mot de passe').fill('mon secret à moi seule');
  await other.keyboard.press('Enter');
  await other.getByRole('heading', { level: 1, name: 'Aujourd’hui' }).waitFor();
  await other.goto(`${palier.url}/premiers-pas`);
  await other.getByText('Cet espace existe déjà').waitFor();
});
