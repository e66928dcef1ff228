import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { PermanenceBody } from '@app/contract';
import { PublishPermanence, WritePermanence } from '@app/permanences';
import type { Page } from 'playwright-core';
import { value } from '../support/permanences';
import { Product } from '../support/product';

let product: Product;
let email: string;
let duty: string;

beforeAll(async () => {
  product = await Product.open('2027-03-01T08:00');
  const { space } = product;
  const departement = await space.partner('Département');
  const motif = await space.motif(departement, 'Premier accueil');
  const alice = await space.agent(departement, 'Alice Renard');
  const bruno = await space.agent(departement, 'Bruno Castel');
  email = await space.account('manager');
  const manager = space.viewer('manager');
  const line = { from: '2027-03-01', start: '09:00', end: '12:00', mode: 'appointment', siteId: space.siteId };
  const body = PermanenceBody.parse({
    partnerId: departement,
    title: 'Accueil social',
    publicNote: '',
    motifIds: [motif],
    rules: [
      { ...line, assumption: '', rrule: 'FREQ=WEEKLY;BYDAY=MO', agentIds: [alice] },
      { ...line, assumption: '', rrule: 'FREQ=WEEKLY;BYDAY=TU', agentIds: [bruno] },
    ],
  });
  duty = value(await new WritePermanence(space.db).draft(manager, null, body)).id;
  value(await new PublishPermanence(space.db).publish(manager, duty, 1));
  const usagerId = await space.usager('Yasmine', 'Martin', { partners: [departement] });
  const desk = space.viewer('desk');
  const { slots } = value(await space.slots.forMotif(desk, { motif, days: 60, perDay: 50, limit: 200 } as never));
  const slot = slots.find(({ start }) => start === '2027-03-23T11:30');
  value(
    await space.booking.book(
      desk,
      { occurrenceId: slot?.occurrenceId ?? '', motifId: motif, start: '2027-03-23T11:30', agentId: bruno, usagerId },
      null,
    ),
  );
});
afterAll(() => product?.close());

const row = (page: Page, date: string) => page.getByRole('row').filter({ hasText: date });

async function typeHour(page: Page, label: string, digits: string): Promise<void> {
  await page.getByRole('group', { name: label }).last().getByRole('spinbutton').first().focus();
  await page.keyboard.type(digits);
}

it('two agents swap a Monday for a Tuesday: hours stay, nobody is told', async () => {
  const page = await product.deskOf(email, `/permanences/${duty}`);
  await page.getByRole('button', { name: 'Échanger le tour du lun. 15 mars 9 h' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: /Avec le tour du$/ }).press('Enter');
  await page.getByRole('option', { name: 'mar. 16 mars 9 h, Bruno Castel' }).press('Enter');
  await dialog.getByText('Aucun rendez-vous n’est touché.').waitFor();
  await dialog.getByText('lun. 15 mars 9 h – 12 h · Alice Renard → Bruno Castel').waitFor();
  await dialog.getByRole('button', { name: 'Échanger ces tours' }).press('Enter');
  await row(page, 'lun. 15 mars').getByText('Bruno Castel').waitFor();
  expect(await row(page, 'mar. 16 mars').getByText('Alice Renard').count()).toBe(1);
  expect(await row(page, 'lun. 15 mars').getByText('9 h – 12 h').count()).toBe(1);
  await page.getByText('Tours échangés', { exact: true }).waitFor();
});

it('another agent comes on one date: whoever is booked is received by her, until the date is as its rule again', async () => {
  const page = await product.deskOf(email, `/permanences/${duty}`);
  await page.getByRole('button', { name: 'Changer la date du mar. 23 mars 9 h' }).press('Enter');
  const dialog = page.getByRole('dialog');
  for (const name of ['Bruno Castel', 'Alice Renard']) await dialog.getByRole('checkbox', { name }).press('Space');
  await dialog.getByText('mar. 23 mars 9 h – 12 h · Bruno Castel → Alice Renard').waitFor();
  await dialog.getByText('Aucun rendez-vous n’est touché.').waitFor();
  await dialog.getByRole('button', { name: 'Changer cette date' }).press('Enter');
  await row(page, 'mar. 23 mars').getByText('Alice Renard').waitFor();
  expect(await row(page, 'mar. 30 mars').getByText('Bruno Castel').count()).toBe(1);
  await page.getByText('agents : Alice Renard').waitFor();
  await page.getByRole('button', { name: 'Rétablir la date du mar. 23 mars 9 h' }).press('Enter');
  await dialog.getByText('Aucun rendez-vous n’est touché.').waitFor();
  await dialog.getByRole('button', { name: 'Rétablir cette date' }).press('Enter');
  await row(page, 'mar. 23 mars').getByText('Bruno Castel').waitFor();
});

it('changed from a day on, its dates and who would be told are seen first, then exactly that is done and kept', async () => {
  const page = await product.deskOf(email, `/permanences/${duty}/modifier`);
  await typeHour(page, 'Fin', '1100');
  await page.getByRole('button', { name: 'Enregistrer et republier' }).press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Yasmine Martin, mar. 23 mars 11 h 30').waitFor();
  await dialog.getByRole('radio', { name: 'À partir d’un jour' }).press('Enter');
  await dialog.getByText('Les dates d’avant restent telles quelles.').waitFor();
  await dialog.getByText('Yasmine Martin, mar. 23 mars 11 h 30').waitFor();
  await dialog.getByRole('button', { name: 'Enregistrer ces changements' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Accueil social' }).waitFor();
  await row(page, 'mar. 23 mars').getByText('9 h – 11 h').waitFor();
  await page.getByText('Modifiée à partir du lundi 1er mars 2027').waitFor();
  await page.getByRole('link', { name: /^À régler/ }).press('Enter');
  await page.getByText('Yasmine Martin').waitFor();
});
