import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withPlainSpaces } from '@app/time';
import type { Page } from 'playwright-core';
import { PASSWORD } from '../support/sign-in';
import { Product } from '../support/product';

let product: Product;
let agent: string;

beforeAll(async () => {
  product = await Product.open('2027-01-05T08:00');
  const { space } = product;
  const aef = await space.partner('AEF 94');
  agent = await space.agent(aef, 'Awa Traoré');
  const motif = await space.motif(aef, 'Premier rendez-vous');
  const [date] = await space.permanence({
    partnerId: aef,
    title: 'AEF 94',
    motifIds: [motif],
    agentIds: [agent],
    room: await space.room('Bureau 7'),
    dates: ['2027-01-05 09:00-11:00', '2027-01-07 14:00-15:00'],
  });
  const desk = await product.api.browser().signIn(await space.account('desk'), PASSWORD);
  const booked = await desk.post('/api/appointments', {
    occurrenceId: date,
    motifId: motif,
    start: '2027-01-05T09:00',
    usager: { firstName: 'Fatou', lastName: 'Diallo', phone: '06 39 98 00 12' },
  });
  expect(booked.status).toBe(201);
});
afterAll(() => product?.close());

/** The cell under the keyboard says this. */
const isOn = (page: Page, what: RegExp) => page.locator('[role=gridcell]:focus').filter({ hasText: what }).waitFor();

it('an appointment is moved on a person’s week without the mouse, and taken back', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  await page.getByRole('heading', { level: 1 }).focus();
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('heading', { name: 'Planning' }).waitFor();
  const person = page.getByRole('gridcell', { name: /mar\.\s5\sjanvier, F\. D\./ });
  await person.focus();
  await page.keyboard.press('m');
  await page.getByRole('status').filter({ hasText: 'choisissez un créneau libre' }).waitFor();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await isOn(page, /jeu\.\s7\sjanvier, créneau libre, 14\sh/);
  await page.keyboard.press('Enter');
  await page
    .getByRole('alertdialog')
    .getByText(/sera prévenu·e du nouvel horaire\s: jeudi\s7\sjanvier, 14\sh/)
    .waitFor();
  await page.keyboard.press('Enter');
  await page
    .getByRole('gridcell', { name: /jeu\.\s7\sjanvier, .*14\sh/ })
    .filter({ hasText: /F\. D\./ })
    .waitFor();
  await page.getByRole('button', { name: 'Annuler l’action' }).click();
  await page
    .getByRole('gridcell', { name: /mar\.\s5\sjanvier, .*9\sh/ })
    .filter({ hasText: /F\. D\./ })
    .waitFor();
});

it('an appointment is dragged to another day with the mouse, however fast, and taken back', async () => {
  const page = await product.deskOf(await product.space.account('desk'), `/planning?qui=${agent}`);
  const appointment = page.getByRole('gridcell', { name: /mar\.\s5\sjanvier, F\. D\./ });
  const afternoon = page.getByRole('gridcell', { name: /jeu\.\s7\sjanvier, AEF 94/ });
  const middle = async (where: typeof appointment, part = 0.5) => {
    const box = await where.boundingBox();
    if (!box) throw new Error('not on the screen');
    return [box.x + box.width * part, box.y + box.height / 2] as const;
  };
  await appointment.waitFor();
  // Thursday's hour holds two slots: the hand lets go over the second.
  const [from, to] = [await middle(appointment), await middle(afternoon, 0.75)];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 20, from[1] + 10);
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
  await page
    .getByRole('alertdialog')
    .getByText(/sera prévenu·e du nouvel horaire\s: jeudi\s7\sjanvier, 14\sh\s30/)
    .waitFor();
  await page.getByRole('button', { name: 'Déplacer et prévenir' }).click();
  const moved = page.getByRole('gridcell', { name: /jeu\.\s7\sjanvier, F\. D\., .*14\sh\s30/ });
  await moved.waitFor();
  const at = () =>
    product.space.sql(`select to_char(starts_at at time zone 'Europe/Paris', 'DD HH24:MI') as at from appointment`);
  expect(await at()).toEqual([{ at: '07 14:30' }]);
  await page.getByRole('button', { name: 'Annuler l’action' }).click();
  await appointment.waitFor();
  expect(await at()).toEqual([{ at: '05 09:00' }]);

  // Let go where nothing is free: nothing opens, and it stays where it is.
  const [lane] = [await middle(afternoon, 0.75)];
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(from[0] + 30, from[1], { steps: 3 });
  await page.mouse.move(lane[0], from[1], { steps: 3 });
  await page.mouse.up();
  await page.getByRole('status').filter({ hasText: 'choisissez un créneau libre' }).waitFor();
  expect(
    await page
      .getByRole('dialog')
      .or(page.getByRole('alertdialog', { name: 'Déplacer' }))
      .count(),
  ).toBe(0);
  await page.getByRole('button', { name: 'Laisser où il est' }).click();
  await page.getByRole('status').filter({ hasText: 'choisissez un créneau libre' }).waitFor({ state: 'detached' });
  expect(await at()).toEqual([{ at: '05 09:00' }]);
});

it('without the network the day kept on the desk’s machine serves, even after a reload; signing out forgets it', async () => {
  const page = await product.deskOf(await product.space.account('desk'), '/', { keepsScreens: true });
  await page.waitForFunction(() => (globalThis as any).localStorage.getItem('palier.feuilles')?.includes('Diallo'));
  // The page and its files are kept once the worker is in charge.
  await page.waitForFunction(() => (globalThis as any).navigator.serviceWorker.controller !== null);
  await page.reload();
  await page.getByRole('grid').waitFor();
  await page.waitForFunction(() => (globalThis as any).caches.match('/').then(Boolean));
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText(/voici la feuille gardée sur ce poste, telle qu’à/).waitFor();
  const row = page.getByRole('row', { name: /Bureau 7/ });
  expect(withPlainSpaces((await row.textContent()) ?? '')).toMatch(/Fatou Diallo.*06 39 98 00 12/);
  await page.getByRole('button', { name: /^Feuille du jeudi\s7\sjanvier/ }).press('Enter');
  await page.getByRole('button', { name: /^Feuille du mardi\s5\sjanvier/ }).waitFor();
  await page.getByRole('heading', { name: /jeudi\s7\sjanvier/ }).waitFor();
  await page.context().setOffline(false);
  await page.reload();
  await page.getByRole('grid').waitFor();
  await page.getByRole('button', { name: /changer de personne, quitter/ }).click();
  await page.getByRole('menuitem', { name: 'Se déconnecter' }).click();
  await page.getByLabel('Adresse électronique').waitFor();
  expect(await page.evaluate(`localStorage.getItem('palier.feuilles')`)).toBeNull();
});
