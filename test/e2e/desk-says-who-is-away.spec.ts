import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Product } from '../support/product';

let product: Product;
let email: string;
let motif: string;
let aubert: string;

beforeAll(async () => {
  product = await Product.open('2027-01-05T08:00');
  const { space } = product;
  const clic = await space.partner('Clic6');
  motif = await space.motif(clic, 'Autonomie');
  aubert = await space.agent(clic, 'V. Aubert');
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

it('an absence of the whole day says the appointments outside any permanence too, and has them to settle', async () => {
  const { space, api } = product;
  const usagerId = await space.usager('Lou', 'Petit');
  const alone = { motifId: motif, agentId: aubert, secondAgentId: null, siteId: space.siteId, roomId: null, usagerId };
  const wish = { ...alone, mode: 'on-site', start: '2027-01-05T14:00' };
  expect(await space.alone.book(space.viewer('desk'), wish as never, null)).toMatchObject({ ok: true });
  const page = await product.deskOf(email);
  await page
    .getByRole('gridcell', { name: /Bureau 7, Clic6/ })
    .first()
    .press('Enter');
  await page.getByRole('button', { name: 'Absent·e…' }).press('Enter');
  const absence = page.getByRole('dialog', { name: 'Absence : V. Aubert' });
  await absence.getByText('1 personne ne peut plus être reçue comme prévu').waitFor();
  await absence.getByRole('checkbox', { name: 'Journées entières' }).press('Space');
  await absence.getByText('2 personnes ne peuvent plus être reçues comme prévu').waitFor();
  await absence.getByText('1 rendez-vous hors permanence').waitFor();
  await absence.getByRole('listitem').filter({ hasText: 'Lou Petit' }).waitFor();
  if (process.env.PALIER_SHOTS) await page.screenshot({ path: `${process.env.PALIER_SHOTS}/absence-alone.png` });
  await absence.getByRole('button', { name: 'Enregistrer' }).press('Enter');
  await page.getByText('Ce qui reste à faire est dans « À régler »').waitFor();
  await page.goto(`${api.url}/a-regler`);
  const item = page.getByRole('listitem').filter({ hasText: 'Lou Petit' });
  await item.getByText('V. Aubert : absent·e').waitFor();
  if (process.env.PALIER_SHOTS) await page.screenshot({ path: `${process.env.PALIER_SHOTS}/a-regler-alone.png` });
  await item.getByRole('button', { name: 'Voir le rendez-vous' }).press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Déplacer' }).waitFor();
});
