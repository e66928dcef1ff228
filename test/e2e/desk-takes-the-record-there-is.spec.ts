import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Product } from '../support/product';

let product: Product;
let email: string;
let other: string;

beforeAll(async () => {
  product = await Product.open('2027-01-05T08:00');
  const { space } = product;
  await space.room('Bureau 7');
  await space.usager('Luc', 'Lefebvre');
  other = await space.usager('Lucas', 'Lefebvre-Roy');
  email = await space.account('desk');
});
afterAll(() => product?.close());

it('whoever is typed another way is recognised, and two records of one person become one', async () => {
  const page = await product.deskOf(email);
  await page.keyboard.press('g');
  await page.keyboard.press('u');
  await page.getByRole('searchbox').fill('lefev');
  await page.getByRole('button', { name: 'Nouvelle personne' }).click();
  const form = page.getByRole('dialog', { name: 'Nouvelle personne' });
  await form.getByLabel('Nom', { exact: true }).fill('Lefèvre');
  await form.getByLabel('Prénom').fill('Luc');
  await form.getByText('Est-ce Luc Lefebvre').waitFor();
  await form.getByRole('button', { name: 'C’est elle ou lui : Luc Lefebvre', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Luc Lefebvre' }).waitFor();

  await page.getByRole('button', { name: 'Fusionner' }).click();
  const panel = page.getByRole('dialog', { name: 'Une autre fiche de Luc Lefebvre ?' });
  await panel.getByRole('combobox').fill('lefebvre roy');
  await panel.getByRole('option', { name: /Lucas Lefebvre-Roy/ }).click();
  await panel.getByRole('radio', { name: 'Lefebvre-Roy' }).click();
  await panel.getByRole('button', { name: 'Fusionner les deux fiches' }).click();
  await page.getByRole('heading', { level: 1, name: 'Luc Lefebvre-Roy' }).waitFor();
  // One record is left, and the address of the other leads to it.
  await page.goto(new URL(`/usagers/${other}`, page.url()).href);
  await page.getByRole('heading', { level: 1, name: 'Luc Lefebvre-Roy' }).waitFor();
  await page.getByRole('link', { name: 'Usagers' }).click();
  await page.getByRole('searchbox').fill('lefebvre');
  await page.getByRole('link', { name: 'Lefebvre-Roy Luc' }).waitFor();
  expect(await page.locator('main').getByRole('link', { name: /lef/i }).allTextContents()).toEqual([
    'Lefebvre-Roy Luc',
  ]);
});
