import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Product } from '../support/product';

let product: Product;
let email: string;

beforeAll(async () => {
  product = await Product.open('2027-01-05T08:00');
  const { space } = product;
  const clic = await space.partner('Clic6');
  const motif = await space.motif(clic, 'Autonomie');
  const aubert = await space.agent(clic, 'V. Aubert');
  const [date = ''] = await space.permanence({
    partnerId: clic,
    title: 'Clic6',
    motifIds: [motif],
    agentIds: [aubert],
    room: await space.room('Bureau 7'),
    dates: ['2027-01-05 09:00-12:00'],
  });
  const usagerId = await space.usager('Anne', 'Martin');
  const wanted = { occurrenceId: date, motifId: motif, start: '2027-01-05T10:00', agentId: aubert, usagerId };
  await space.booking.book(space.viewer('desk'), wanted as never, null);
  email = await space.account('manager');
});
afterAll(() => product?.close());

it('an absence is recorded from the date it touches, seen on the board, settled or taken back', async () => {
  const page = await product.deskOf(email);
  await page
    .getByRole('gridcell', { name: /Bureau 7, Clic6/ })
    .first()
    .press('Enter');
  await page.getByRole('button', { name: 'Absent·e…' }).press('Enter');
  const absence = page.getByRole('dialog', { name: 'Absence : V. Aubert' });
  await absence.getByText('1 personne ne peut plus être reçue comme prévu').waitFor();
  expect(await absence.getByRole('listitem').textContent()).toMatch(/Clic6, .*plus personne · 10.h.*Martin/s);
  await absence.getByLabel('Nature').fill('formation');
  await absence.getByRole('button', { name: 'Enregistrer' }).press('Enter');
  await page.getByText('Ce qui reste à faire est dans « À régler »').waitFor();
  await page.goto(product.api.url);
  await page
    .getByRole('gridcell', { name: /Bureau 7, Clic6.*absent·e/ })
    .first()
    .waitFor();

  await page.goto(`${product.api.url}/a-regler`);
  await page
    .getByText(/absent·e, personne d’autre n’est prévu/)
    .first()
    .waitFor();

  await page.goto(`${product.api.url}/reglages/absences`);
  await page.getByRole('button', { name: /V\. Aubert/ }).press('Enter');
  await page.getByRole('button', { name: 'Supprimer l’absence' }).press('Enter');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Supprimer l’absence' }).press('Enter');
  await page.getByText('L’absence est supprimée.').waitFor();
  expect(await product.space.sql(`select count(*)::int as left from conflict where settled_at is null`)).toEqual([
    { left: 0 },
  ]);
});
