import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Product } from '../support/product';
import { comesTo } from '../support/until';

let product: Product;
let parquet: string;
let email: string;

beforeAll(async () => {
  product = await Product.open('2027-01-04T08:00');
  const { space } = product;
  parquet = await space.partner('Correspondant du Parquet');
  await space.motif(parquet, 'Suites d’une plainte');
  const aef = await space.partner('AEF 94');
  const room = await space.room('Bureau 1');
  await space.room('Bureau 4');
  await space.permanence({ partnerId: aef, title: 'AEF 94', room, dates: ['2027-01-06 09:00-12:00'] });
  email = await space.account('partner-editor', parquet);
});
afterAll(() => product?.close());

/** Opens a list by its label and picks an answer, by keyboard. */
async function choose(page: Page, label: string, answer: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`${label}$`) }).press('Enter');
  await page.getByRole('option', { name: answer }).press('Enter');
}

const tick = (page: Page, name: string) => page.getByRole('checkbox', { name, exact: true }).press('Space');

/** Types hours as one does: digits, the next field by itself. */
async function typeHour(page: Page, label: string, digits: string): Promise<void> {
  await page.getByRole('group', { name: label }).getByRole('spinbutton').first().focus();
  await page.keyboard.type(digits);
}

const row = (page: Page, date: string) => page.getByRole('row').filter({ hasText: date });

const stored = async () =>
  product.space.sql<{ state: string; title: string }>('select state, title from permanence where partner_id = $1', [
    parquet,
  ]);

it('the next dates and what stands in their way are seen before anything is written', async () => {
  const page = await product.deskOf(email);
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  await page.getByRole('link', { name: 'Nouvelle permanence' }).first().press('Enter');
  await page.getByRole('heading', { name: 'Nouvelle permanence' }).waitFor();
  await page.getByRole('button', { name: 'Formulaire détaillé' }).press('Enter');
  const name = page.getByLabel('Nom de la permanence');
  expect(await comesTo('Correspondant du Parquet', () => name.inputValue())).toBe('Correspondant du Parquet');
  await choose(page, 'Rythme', 'Certains jours du mois');
  for (const name of ['1er', '5e', 'mercredi']) await tick(page, name);
  await typeHour(page, 'Fin', '1230');
  await choose(page, 'Bureau', 'Bureau 1');
  await row(page, 'mer. 6 janvier').getByText('occupé').waitFor();
  expect(await row(page, 'mer. 6 janvier').getByText('Bureau 1 : « AEF 94 »').count()).toBe(1);
  expect(await row(page, 'mer. 3 février').getByText('libre').count()).toBe(1);
  expect(await row(page, 'mer. 31 mars').getByText('9 h – 12 h 30').count()).toBe(1);
  expect(await page.getByText('les 1er et 5e mercredis du mois, 9 h – 12 h 30').count()).toBe(1);
  expect(await comesTo(1 + 8, () => page.getByRole('row').count())).toBe(1 + 8);
  expect(await stored()).toEqual([]);
});

it('published, its dates hold the room; the one that meets another keeps its date and is to be settled', async () => {
  const page = await product.deskOf(email, '/permanences/nouvelle');
  await page.getByRole('button', { name: 'Formulaire détaillé' }).press('Enter');
  await choose(page, 'Rythme', 'Certains jours du mois');
  for (const name of ['1er', '5e', 'mercredi']) await tick(page, name);
  await typeHour(page, 'Fin', '1230');
  await choose(page, 'Bureau', 'Bureau 1');
  await row(page, 'mer. 6 janvier').getByText('occupé').waitFor();
  await page.getByRole('button', { name: 'Publier' }).press('Enter');
  await page.getByText('1 chose à régler').waitFor();
  await page.getByRole('heading', { level: 1, name: 'Correspondant du Parquet' }).waitFor();
  expect(await stored()).toEqual([{ state: 'published', title: 'Correspondant du Parquet' }]);
  await row(page, 'mer. 6 janvier').getByText('sans bureau').waitFor();
  expect(await row(page, 'mer. 3 février').getByText('Bureau 1').count()).toBe(1);
  await page.getByRole('link', { name: /^À régler/ }).press('Enter');
  // The page that is left offers that room too.
  await page.getByRole('heading', { level: 1, name: 'À régler' }).waitFor();
  await page.getByRole('button', { name: /Bureau 4/ }).press('Enter');
  await page.getByText('Rien à régler').waitFor();
  await page.goto(`${product.api.url}/?jour=2027-01-06`);
  await page.getByRole('gridcell', { name: /Bureau 4, Correspondant du Parquet/ }).waitFor();
});

it('one date is cancelled with its cause, then is again what the rule says', async () => {
  const page = await product.deskOf(email, '/permanences');
  await page.getByRole('link', { name: 'Correspondant du Parquet' }).press('Enter');
  await page.getByRole('button', { name: 'Annuler la date du mer. 3 février 9 h' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Motif').fill('formation');
  await dialog.getByText('Aucun rendez-vous n’est touché.').waitFor();
  await page.keyboard.press('Enter');
  await row(page, 'mer. 3 février').getByText('annulée').waitFor();
  expect(await row(page, 'mer. 3 février').getByText('formation').count()).toBe(1);
  await page.getByRole('button', { name: 'Rétablir la date du mer. 3 février 9 h' }).press('Enter');
  await dialog.getByText('Aucun rendez-vous n’est touché.').waitFor();
  await dialog.getByRole('button', { name: 'Rétablir cette date' }).press('Enter');
  await row(page, 'mer. 3 février').getByText('prévue').waitFor();
});

it('what a colleague saved in between is told, and what was typed stays', async () => {
  const [mine, theirs] = [await product.deskOf(email), await product.deskOf(email)];
  for (const page of [mine, theirs]) {
    await page.goto(`${product.api.url}/permanences`);
    await page.getByRole('link', { name: 'Correspondant du Parquet' }).press('Enter');
    await page.getByRole('link', { name: 'Modifier' }).press('Enter');
    // Both have read it before one of them writes.
    await page.getByLabel('Nom de la permanence').waitFor();
  }
  await theirs.getByLabel('Nom de la permanence').fill('Parquet, écrit là-bas');
  await theirs.getByRole('button', { name: 'Enregistrer et republier' }).press('Enter');
  await theirs.getByRole('button', { name: 'Enregistrer ces changements' }).click();
  await theirs.getByRole('heading', { level: 1, name: 'Parquet, écrit là-bas' }).waitFor();
  await mine.getByLabel('Nom de la permanence').fill('Parquet, écrit ici');
  await mine.getByRole('button', { name: 'Enregistrer et republier' }).press('Enter');
  await mine.getByRole('alert').getByText('Quelqu’un l’a changé entre-temps').waitFor();
  await mine.getByRole('button', { name: 'Enregistrer ma version par-dessus' }).press('Enter');
  await mine.getByText('Aucun rendez-vous n’est touché.').waitFor();
  await mine.getByRole('button', { name: 'Enregistrer ces changements' }).click();
  await mine.getByRole('heading', { level: 1, name: 'Parquet, écrit ici' }).waitFor();
});

it('a partner’s editor writes for no other partner: neither offered nor opened', async () => {
  const page = await product.deskOf(email, '/permanences/nouvelle');
  await page.getByLabel('Nom de la permanence').waitFor();
  expect(await page.getByRole('button', { name: /Partenaire$/ }).count()).toBe(0);
  await page.goto(`${product.api.url}/permanences`);
  await page.getByRole('link', { name: 'AEF 94' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'AEF 94' }).waitFor();
  expect(await page.getByRole('link', { name: 'Modifier' }).count()).toBe(0);
});
