import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { LocalDateTime } from '@app/time';
import type { Locator, Page } from 'playwright-core';
import { Product } from '../support/product';

const NOW = '2027-01-05T10:10' as LocalDateTime;
let product: Product;
let workshop: string;

beforeAll(async () => {
  product = await Product.open(NOW);
  const { space } = product;
  const aef = await space.partner('AEF 94');
  await space.agent(aef, 'Ana');
  await space.motif(aef, 'Suivi budgétaire');
  await space.room('Bureau 7');
  await space.sql('update room set capacity = 3');
  const budget = await space.motif(aef, 'Atelier budget');
  [workshop = ''] = await space.permanence({
    partnerId: aef,
    title: 'Atelier budget',
    motifIds: [budget],
    mode: 'group',
    seats: 4,
    room: await space.room('Grande salle'),
    dates: ['2027-01-05 10:00-11:00'],
  });
  const usagerId = await space.usager('Yasmine', 'Martin');
  space.clock.at = '2027-01-05T09:00' as LocalDateTime;
  const start = '2027-01-05T10:00' as LocalDateTime;
  const wanted = { occurrenceId: workshop, motifId: budget, start, agentId: null, usagerId };
  expect(await space.booking.book(space.viewer('desk'), wanted, null)).toMatchObject({ ok: true });
  space.clock.at = NOW;
});
afterAll(() => product?.close());

const FREE = { name: /^Bureau 7, libre/ };

/** From the free hour that has the focus: an appointment at an hour after the place has closed, which is said. Gives the field of the hour. */
async function askFor(page: Page, at: string): Promise<Locator> {
  await page.keyboard.press('Enter');
  await page.getByRole('radio', { name: 'Rendez-vous' }).click();
  await page.getByRole('button', { name: /Motif/ }).click();
  await page.getByRole('option', { name: /Suivi budgétaire/ }).click();
  const hour = page.getByRole('group', { name: 'À' }).getByRole('spinbutton').first();
  await hour.focus();
  await page.keyboard.type(at);
  await page.getByText('Après la fermeture du lieu, 17 h 30.').waitFor();
  return hour;
}

it('a free hour of a room becomes an appointment with an agent; who came to the group is said, and its list is printed', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  await page.getByRole('gridcell', FREE).first().focus();
  const hour = await askFor(page, '1800');
  await hour.focus();
  await page.keyboard.type('1400');
  await page.getByText('Après la fermeture du lieu').waitFor({ state: 'detached' });
  await page.getByRole('combobox', { name: 'Pour qui ?' }).fill('Diallo');
  await page.getByRole('option', { name: /Nouvelle personne/ }).click();
  await page.getByRole('button', { name: /^Réserver .*14 h/ }).click();
  await page.getByRole('gridcell', { name: /^Bureau 7, .*Diallo|^Bureau 7, D\./ }).waitFor();

  await page.getByRole('gridcell', { name: /Atelier budget/ }).click();
  const here = page.getByRole('button', { name: 'Présent·e : Yasmine Martin' });
  await here.click();
  await page.locator('[aria-pressed=true]', { hasText: 'Présent·e' }).waitFor();
  await page.getByRole('link', { name: 'Imprimer la feuille d’émargement' }).click();
  // The heading is on the page before too: what is counted are the lines of the printed table.
  await page.waitForURL('**/emargement');
  const lines = page.getByRole('table').getByRole('row');
  await lines.nth(4).waitFor();
  expect(await lines.count()).toBe(5);
});

it('an hour at which the place is closed is said before it is booked, and stays on the appointment', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  await page.getByRole('gridcell', FREE).last().focus();
  await askFor(page, '1715');
  await page.getByRole('combobox', { name: 'Pour qui ?' }).fill('Martin');
  await page.getByRole('option', { name: /Yasmine Martin/ }).click();
  await page.getByRole('button', { name: /^Réserver .*17 h/ }).click();
  await page.getByRole('gridcell', { name: /^Bureau 7, .*Martin|^Bureau 7, Y\. M/ }).click();
  await page.getByRole('dialog').getByText('Après la fermeture du lieu, 17 h 30.').waitFor();
});

it('on a closed day the next open one is had in one click, at the same hour; an hour that the clocks skip is said', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  await page.getByRole('gridcell', FREE).last().focus();
  const hour = await askFor(page, '1800');
  const day = page.getByRole('group', { name: 'Jour' }).getByRole('spinbutton').first();
  await hour.focus();
  await page.keyboard.type('0230');
  await day.focus();
  await page.keyboard.type('28032027');
  await page.getByText('On passe à l’heure d’été : choisissez une autre heure.').waitFor();
  await hour.focus();
  await page.keyboard.type('1000');
  await day.focus();
  await page.keyboard.type('29032027');
  await page.getByText('Lundi de Pâques').waitFor();
  await page.getByRole('combobox', { name: 'Pour qui ?' }).fill('Martin');
  await page.getByRole('option', { name: /Yasmine Martin/ }).click();
  await page.getByRole('button', { name: /^Réserver lun. 29 mars 10 h/ }).click();
  await page.getByRole('button', { name: /^mardi 30 mars, à la même heure/ }).click();
  await page.locator('.toast', { hasText: 'Rendez-vous pris, mar. 30 mars' }).waitFor();
});
