import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PermanenceBody } from '@app/contract';
import { WritePermanence } from '@app/permanences';
import { value } from '../support/permanences';
import { Product } from '../support/product';

let product: Product;
let email: string;

beforeAll(async () => {
  product = await Product.open('2027-03-01T08:00');
  const { space } = product;
  const partnerId = await space.partner('Département');
  const room = await space.room('Bureau 1');
  email = await space.account('manager');
  const line = { from: '2027-03-01', mode: 'appointment', siteId: space.siteId, roomId: room.id, assumption: '' };
  const writing = new WritePermanence(space.db);
  for (const [title, start, end] of [
    ['Accueil social', '09:00', '12:00'],
    ['Médiation familiale', '11:00', '12:30'],
    ['Point conseil budget', '14:00', '16:00'],
  ]) {
    const rules = [{ ...line, rrule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=4', start, end }];
    const body = PermanenceBody.parse({ partnerId, title, publicNote: '', rules, onHoliday: 'keep' });
    value(await writing.draft(space.viewer('manager'), null, body));
  }
});
afterAll(() => product?.close());

it('drafts that were prepared are published together; those left aside stay drafts', async () => {
  const page = await product.deskOf(email, '/permanences');
  await page.getByRole('button', { name: 'Publier des brouillons (3)' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Publier plusieurs permanences' });
  await dialog.getByRole('checkbox', { name: /Point conseil budget/ }).press('Space');
  await dialog.getByRole('button', { name: 'Publier ces 2 permanences' }).press('Enter');
  // Both want the room at 11 h: the first in the list has it, four dates of the other are to settle.
  await dialog.getByText('2 permanences publiées').waitFor();
  await dialog.getByText('8 dates · 4 choses à régler').waitFor();
  await dialog.getByRole('button', { name: 'Fermer', exact: true }).last().press('Enter');
  const line = (title: string) => page.getByRole('listitem').filter({ hasText: title });
  await line('Accueil social').getByText('publiée').waitFor();
  await line('Médiation familiale').getByText('4 à régler').waitFor();
  await line('Point conseil budget').getByText('brouillon').waitFor();
  expect(await page.getByRole('button', { name: /Publier des brouillons/ }).count()).toBe(0);
});
