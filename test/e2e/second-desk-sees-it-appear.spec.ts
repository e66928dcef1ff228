import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { atRest } from '../support/browser';
import { PASSWORD } from '../support/sign-in';
import { Product } from '../support/product';

let product: Product;
let motif: string;
let date: string;

beforeAll(async () => {
  product = await Product.open('2027-01-05T08:00');
  const { space } = product;
  const aef = await space.partner('AEF 94');
  motif = await space.motif(aef, 'Premier rendez-vous');
  [date = ''] = await space.permanence({
    partnerId: aef,
    title: 'AEF 94',
    motifIds: [motif],
    room: await space.room('Bureau 7'),
    dates: ['2027-01-05 09:00-11:00'],
  });
});
afterAll(() => product?.close());

/** The cell under the keyboard says this. */
const isOn = (page: Page, what: RegExp) => page.locator('[role=gridcell]:focus').filter({ hasText: what }).waitFor();

it('what one desk books appears at the other without reloading, and leaves its focus alone', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  const band = page.getByRole('gridcell', { name: /AEF 94/ });
  await band.focus();
  const appointment = page.getByRole('gridcell', { name: /Bureau 7, F\. D\./ });
  expect(await appointment.count()).toBe(0);

  const other = await product.api.browser().signIn(await product.space.account('desk'), PASSWORD);
  const booked = await other.post('/api/appointments', {
    occurrenceId: date,
    motifId: motif,
    start: '2027-01-05T09:00',
    usager: { firstName: 'Fatou', lastName: 'Diallo' },
  });
  expect(booked.status).toBe(201);

  await appointment.waitFor();
  await isOn(page, /AEF 94/);

  await other.post(`/api/appointments/${booked.body.id}/state`, { state: 'arrived', version: 1 });
  await page.getByRole('gridcell', { name: /Bureau 7, F\. D\., .*arrivé·e/ }).waitFor();
});

it('what is booked between the filling of a screen and its first news appears there too', async () => {
  const witness = await product.deskOf(await product.space.account('desk'));
  const page = await product.deskOf(await product.space.account('desk'));
  let listens = () => {};
  const held = new Promise<void>((resolve) => {
    listens = resolve;
  });
  await page.route('**/api/events**', (route) => held.then(() => route.continue()));
  await page.reload();
  await page.getByRole('gridcell', { name: /AEF 94/ }).waitFor();
  await atRest(page);

  const other = await product.api.browser().signIn(await product.space.account('desk'), PASSWORD);
  const booked = await other.post('/api/appointments', {
    occurrenceId: date,
    motifId: motif,
    start: '2027-01-05T10:00',
    usager: { firstName: 'Jean', lastName: 'Morel' },
  });
  expect(booked.status).toBe(201);
  // Those who listened were told: it will not be said again.
  await witness.getByRole('gridcell', { name: /Bureau 7, J\. M\./ }).waitFor();
  listens();
  await page.getByRole('gridcell', { name: /Bureau 7, J\. M\./ }).waitFor();
});

it('the arrows go along a room by time, and between rooms at the same hour', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  await page.getByRole('gridcell', { name: /AEF 94/ }).focus();
  await page.keyboard.press('ArrowLeft');
  await isOn(page, /^Bureau 7, libre, 8\sh\s30\s–\s9\sh/);
  await page.keyboard.press('End');
  await isOn(page, /^Bureau 7, libre, 11\sh\s–\s17\sh\s30/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Réserver une salle' }).waitFor();
});
