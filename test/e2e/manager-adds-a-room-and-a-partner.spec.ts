import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../../scripts/lib/processes.mjs';
import { Product } from '../support/product';
import { hasFieldInFocus } from '../support/until';

let product: Product;
let manager: string;
let desk: string;
let editor: string;

beforeAll(async () => {
  product = await Product.open('2027-01-04T08:00');
  const { space } = product;
  const parquet = await space.partner('Correspondant du Parquet');
  const room = await space.room('Bureau 1');
  await space.permanence({ partnerId: parquet, title: 'Parquet', room, dates: ['2027-01-11 09:00-12:00'] });
  manager = await space.account('manager');
  desk = await space.account('desk');
  editor = await space.account('partner-editor', parquet);
});
afterAll(() => product?.close());

async function settings(page: Page, section: string): Promise<void> {
  await page.getByRole('link', { name: 'Réglages' }).press('Enter');
  await page.getByRole('link', { name: section, exact: true }).press('Enter');
  await page.getByRole('heading', { level: 1, name: section }).waitFor();
}

const dialog = (page: Page) => page.getByRole('dialog');

it('a room with its equipment and desks is added by keyboard and is on the board at once', async () => {
  const page = await product.deskOf(manager);
  await settings(page, 'Bureaux');
  await page.getByRole('button', { name: 'Nouveau bureau' }).press('Enter');
  // The first field has the focus.
  await hasFieldInFocus(dialog(page));
  await page.keyboard.type('Bureau 11');
  await dialog(page).getByLabel('Équipement').fill('visio, point d’eau');
  await dialog(page).getByLabel('Postes tenus un par un').fill('Poste A, Poste B');
  await page.keyboard.press('Enter');
  await page.getByText('2 postes · visio · point d’eau').waitFor();
  await page.getByRole('link', { name: 'Aujourd’hui' }).press('Enter');
  await page
    .getByRole('rowheader', { name: /Bureau 11/ })
    .first()
    .waitFor();
});

it('a partner gets a name, a mark and a hue, and permanences can be written for it', async () => {
  const page = await product.deskOf(manager);
  await settings(page, 'Partenaires');
  await page.getByRole('button', { name: 'Nouveau partenaire' }).press('Enter');
  await hasFieldInFocus(dialog(page));
  await page.keyboard.type('Point conseil budget');
  await dialog(page).getByLabel('Nom court').fill('PCB');
  await dialog(page).getByLabel('Repère').fill('PB');
  const hue = dialog(page).getByRole('slider', { name: 'Teinte' });
  const before = Number(await hue.inputValue());
  await hue.press('ArrowRight');
  expect(await eventually(async () => Number(await hue.inputValue()) !== before, 5_000)).toBe(true);
  await dialog(page).getByRole('button', { name: 'Enregistrer' }).press('Enter');
  await page.getByRole('button', { name: 'Modifier Point conseil budget' }).waitFor();
  await page.goto(`${product.api.url}/permanences/nouvelle`);
  await page.getByRole('button', { name: /Partenaire$/ }).press('Enter');
  await page.getByRole('option', { name: 'Point conseil budget' }).press('Enter');
  expect(await page.getByLabel('Nom de la permanence').inputValue()).toBe('Point conseil budget');
});

it('a name already used is refused with its reason, and nothing typed is lost', async () => {
  const page = await product.deskOf(manager);
  await settings(page, 'Bureaux');
  await page.getByRole('button', { name: 'Nouveau bureau' }).press('Enter');
  await hasFieldInFocus(dialog(page));
  await page.keyboard.type('Bureau 1');
  await dialog(page).getByLabel('Équipement').fill('tableau');
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('alert').getByText('Ce nom est déjà pris').waitFor();
  expect(await dialog(page).getByLabel('Équipement').inputValue()).toBe('tableau');
});

it('a room that a permanence uses is not retired: what uses it is named', async () => {
  const page = await product.deskOf(manager);
  await settings(page, 'Bureaux');
  await page.getByRole('button', { name: 'Modifier Bureau 1', exact: true }).press('Enter');
  await dialog(page).getByRole('button', { name: 'Retirer' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Retirer' }).press('Enter');
  await dialog(page).getByRole('alert').getByText('C’est encore utilisé').waitFor();
  expect(await dialog(page).getByRole('alert').textContent()).toContain('Parquet');
});

it('the desk is offered the absences and its own account; a partner’s editor, its own service', async () => {
  const atDesk = await product.deskOf(desk, '/reglages/bureaux');
  await atDesk.getByRole('heading', { level: 1, name: 'Absences' }).waitFor();
  expect(await atDesk.getByRole('navigation', { name: 'Réglages' }).getByRole('link').allTextContents()).toEqual([
    'Absences',
    'Mon compte',
  ]);
  const page = await product.deskOf(editor, '/reglages');
  await page.getByRole('heading', { level: 1, name: 'Mon service' }).waitFor();
  expect(await page.getByRole('navigation', { name: 'Réglages' }).getByRole('link').allTextContents()).toEqual([
    'Mon service',
    'Agents',
    'Motifs',
    'Absences',
    'Calendriers',
    'Fermetures',
    'Mon compte',
  ]);
  await page.getByRole('button', { name: 'Modifier Correspondant du Parquet' }).waitFor();
  expect(await page.getByRole('button', { name: /^Modifier/ }).count()).toBe(1);
});
