import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Product } from '../support/product';
import { comesTo } from '../support/until';

let product: Product;
let manager: string;

beforeAll(async () => {
  product = await Product.open('2027-01-04T08:00');
  const { space } = product;
  const parquet = await space.partner('Correspondant du Parquet');
  const room = await space.room('Bureau 1');
  await space.permanence({ partnerId: parquet, title: 'Parquet', room, dates: ['2027-01-11 09:00-12:00'] });
  manager = await space.account('manager');
});
afterAll(() => product?.close());

const dialog = (page: Page) => page.getByRole('dialog');
const told = async (page: Page): Promise<string> => (await dialog(page).locator('output').textContent()) ?? '';
const read = (link: string) => fetch(`${product.api.url}${new URL(link).pathname}${new URL(link).search}`);

it('a link to a partner’s calendar is made by keyboard, read by another program, changed and removed', async () => {
  const page = await product.deskOf(manager, '/reglages/calendriers');
  await page.getByRole('button', { name: 'Nouveau lien' }).press('Enter');
  await dialog(page)
    .getByRole('button', { name: /Quel calendrier$/ })
    .press('Enter');
  await page.getByRole('option', { name: /^Un partenaire/ }).press('Enter');
  await dialog(page).getByLabel('Où servira-t-il ?').fill('téléphone de Nadia');
  await dialog(page).getByRole('button', { name: 'Créer le lien' }).press('Enter');
  await dialog(page).getByText('Le lien, à copier maintenant').waitFor();
  const first = await told(page);
  const calendar = await read(first);
  expect([calendar.status, await calendar.text()]).toEqual([200, expect.stringContaining('SUMMARY:Parquet')]);
  await dialog(page).getByText('Regrouper les dates qui se répètent').click();
  const inRules = `${first}?forme=regles`;
  expect(await comesTo(inRules, () => told(page))).toBe(inRules);
  await dialog(page).getByRole('button', { name: 'Terminé' }).press('Enter');

  const name = 'Correspondant du Parquet · téléphone de Nadia';
  await page.getByRole('button', { name: `Modifier ${name}` }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Changer l’adresse' }).press('Enter');
  await dialog(page).getByText('Le lien, à copier maintenant').waitFor();
  const second = await told(page);
  expect([(await read(first)).status, (await read(second)).status]).toEqual([404, 200]);
  await dialog(page).getByRole('button', { name: 'Terminé' }).press('Enter');

  await page.getByRole('button', { name: `Modifier ${name}` }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Retirer le lien' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer le lien' }).press('Enter');
  await page.getByText('Aucun lien').waitFor();
  expect((await read(second)).status).toBe(404);
});
