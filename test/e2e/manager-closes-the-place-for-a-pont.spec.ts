import { PermanenceBody } from '@app/contract';
import { PublishPermanence, WritePermanence } from '@app/permanences';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { granted } from '../support/builders';
import { Product } from '../support/product';

let product: Product;
let manager: string;

beforeAll(async () => {
  product = await Product.open('2027-05-03T08:00');
  const { space } = product;
  const partnerId = await space.partner('EDF');
  const room = await space.room('Bureau 1');
  const motif = await space.motif(partnerId, 'Facture');
  const viewer = space.viewer('manager');
  const rule = { rrule: 'FREQ=MONTHLY;BYDAY=1FR', from: '2027-05-01', start: '09:00', end: '12:00', roomId: room.id };
  const body = PermanenceBody.parse({
    partnerId,
    title: 'EDF Précarité',
    publicNote: '',
    motifIds: [motif],
    rules: [{ ...rule, mode: 'appointment', siteId: space.siteId, assumption: '' }],
  });
  const { id } = granted(await new WritePermanence(space.db).draft(viewer, null, body));
  granted(await new PublishPermanence(space.db).publish(viewer, id, 1));
  const { slots } = granted(
    await space.slots.forMotif(viewer, { motif, days: 10, perDay: 10, limit: 10, from: '2027-05-07T00:00' }),
  );
  for (const { occurrenceId, start } of slots.slice(0, 3)) {
    const usagerId = await space.usager('Yasmine', 'Martin', { partners: [partnerId] });
    granted(await space.booking.book(viewer, { occurrenceId, motifId: motif, start, agentId: null, usagerId }, null));
  }
  manager = await space.account('manager');
});
afterAll(() => product?.close());

async function chooses(page: Page, label: string, day: string): Promise<void> {
  const field = page.getByRole('dialog').getByRole('group', { name: label, exact: true });
  await field.getByRole('spinbutton').first().focus();
  await page.keyboard.type(day);
}

it('the pont of 7 May: three people are announced before it is saved, then the day is shut and they wait to be settled', async () => {
  const page = await product.deskOf(manager);
  await page.getByRole('link', { name: 'Réglages' }).press('Enter');
  await page.getByRole('link', { name: 'Fermetures', exact: true }).press('Enter');
  await page.getByText('Aucune fermeture à venir').waitFor();
  await page.getByRole('button', { name: 'Nouvelle fermeture' }).press('Enter');
  await chooses(page, 'Du', '07052027');
  await page.getByRole('dialog').getByLabel('Raison').fill('pont de l’Ascension');
  await page.getByText('3 personnes y ont rendez-vous').waitFor();
  expect(await page.getByRole('dialog').getByRole('status').textContent()).toMatch(
    /EDF Précarité · n’a pas lieu · 3 personnes/,
  );
  await page.getByRole('dialog').getByRole('button', { name: 'Enregistrer' }).press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'pont de l’Ascension · Tout l’espace' }).waitFor();

  await page.goto(`${product.api.url}/?jour=2027-05-07`);
  await page.getByText('Fermeture : pont de l’Ascension.').waitFor();
  await page
    .getByRole('link', { name: /À régler/ })
    .first()
    .press('Enter');
  await page.getByText('Yasmine Martin').nth(2).waitFor();
  expect(await page.getByText('Yasmine Martin').count()).toBe(3);
  expect(await page.getByText('fermeture : pont de l’Ascension', { exact: true }).count()).toBe(3);
});
