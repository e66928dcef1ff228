import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Product } from '../support/product';
import { PASSWORD, signIn } from '../support/sign-in';
import { hasFieldInFocus, hasFocus } from '../support/until';

let product: Product;
let motif: string;

beforeAll(async () => {
  product = await Product.open('2027-01-05T08:00');
  const { space } = product;
  const aef = await space.partner('AEF 94');
  motif = await space.motif(aef, 'Premier rendez-vous');
  await space.permanence({
    partnerId: aef,
    motifIds: [motif],
    room: await space.room('Bureau 7'),
    dates: ['2027-01-05 09:00-11:00'],
  });
});
afterAll(() => product?.close());

async function menu(page: Page, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: /changer de personne/ }).press('Enter');
  await page.getByRole('menuitem', { name: item }).press('Enter');
}

it('a colleague takes the place with her short code, and what she books bears her name', async () => {
  const { space } = product;
  const page = await product.deskOf(await space.account('desk'));
  await menu(page, 'Mon code court');
  await hasFieldInFocus(page.getByRole('dialog'));
  await page.keyboard.type('2468');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByText('Code enregistré.').waitFor();

  // Someone else comes with her password; who was there comes back with four digits.
  await menu(page, 'Quelqu’un d’autre se connecte');
  await signIn(page, await space.account('manager'));
  await page.getByRole('button', { name: /^manager : changer de personne/ }).waitFor();
  await menu(page, 'Passer la main à desk');
  await hasFocus(page.getByLabel('Code court'));
  await page.keyboard.type('2468');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^desk : changer de personne/ }).waitFor();

  await page.goto(`${product.api.url}/creneaux?motif=${motif}`);
  await page.getByRole('button', { name: 'mardi 5 janvier, 10 h – 10 h 30' }).press('Enter');
  await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?' }));
  await page.keyboard.type('Paul Dupuis');
  await page.getByRole('option', { name: /Nouvelle personne/ }).click();
  await page.getByRole('button', { name: /^Réserver/ }).press('Enter');
  await page.getByRole('status').getByText('Paul Dupuis').waitFor();
  await page.goto(product.api.url);
  await page.getByRole('gridcell', { name: /P\. D\./ }).press('Enter');
  const facts = page.getByRole('dialog').getByRole('definition');
  await facts.getByText('desk, à l’accueil', { exact: true }).waitFor();
});

it('a session that ends is taken up again where it was, with what was typed', async () => {
  const { space } = product;
  const email = await space.account('desk');
  const page = await product.deskOf(email, `/creneaux?motif=${motif}`);
  await page.getByRole('button', { name: 'mardi 5 janvier, 9 h – 9 h 30' }).press('Enter');
  await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?' }));
  await page.keyboard.type('Zoé Lenoir');
  await page.getByRole('option', { name: /Nouvelle personne/ }).click();
  await page.getByLabel('Téléphone', { exact: true }).fill('06 39 98 12 34');

  await page.context().clearCookies({ name: 'palier_session' });
  await page.getByRole('button', { name: /^Réserver/ }).press('Enter');
  await page.getByRole('heading', { name: 'Votre session est terminée' }).waitFor();
  expect(await page.getByLabel('Adresse électronique').inputValue()).toBe(email);
  await hasFocus(page.getByLabel('Mot de passe'));
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Votre session est terminée' }).waitFor({ state: 'detached' });
  expect(await page.getByLabel('Téléphone', { exact: true }).inputValue()).toBe('06 39 98 12 34');
  await page.getByRole('button', { name: /^Réserver/ }).press('Enter');
  await page.getByRole('status').getByText('Zoé Lenoir').waitFor();
});

it('signed out in one tab, nothing of who was there stays in another; let in again, the other opens as she is', async () => {
  const { space, api } = product;
  const page = await product.deskOf(await space.account('desk'));
  const other = await page.context().newPage();
  await other.goto(`${api.url}/usagers`);
  await other.getByRole('button', { name: /^desk : changer de personne/ }).waitFor();
  await menu(page, 'Se déconnecter');
  await other.getByRole('heading', { name: 'Connexion' }).waitFor();
  expect(await other.getByText('changer de personne').count()).toBe(0);

  await signIn(page, await space.account('desk'));
  await other.goto(`${api.url}/usagers`);
  await other.getByRole('button', { name: /^desk : changer de personne/ }).waitFor();
  await menu(page, 'Quelqu’un d’autre se connecte');
  await signIn(page, await space.account('manager'));
  await other.getByRole('button', { name: /^manager : changer de personne/ }).waitFor();
  await page.context().close();
});
