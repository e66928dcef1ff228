import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withPlainSpaces } from '@app/time';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../support/planned-space';
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

/** What is said of the cell under the keyboard, with ordinary spaces. */
async function focused(page: Page): Promise<string> {
  return withPlainSpaces((await page.locator('[role=gridcell]:focus').textContent()) ?? '');
}

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

  await appointment.waitFor({ timeout: 5_000 });
  expect(await focused(page)).toMatch(/AEF 94/);

  await other.post(`/api/appointments/${booked.body.id}/state`, { state: 'arrived', version: 1 });
  await page.getByRole('gridcell', { name: /Bureau 7, F\. D\., .*arrivé·e/ }).waitFor({ timeout: 5_000 });
});

it('the arrows go along a room by time, and between rooms at the same hour', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  await page.getByRole('gridcell', { name: /AEF 94/ }).focus();
  await page.keyboard.press('ArrowLeft');
  expect(await focused(page)).toMatch(/^Bureau 7, libre, 8 h 30 – 9 h/);
  await page.keyboard.press('End');
  expect(await focused(page)).toMatch(/^Bureau 7, libre, 11 h – 17 h 30/);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Réserver une salle' }).waitFor();
});
