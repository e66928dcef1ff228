import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Product } from '../support/product';
import { PASSWORD } from '../support/sign-in';
import { hasFocus } from '../support/until';

let product: Product;
let email: string;
let nextWeek: string;
let motif: string;

beforeAll(async () => {
  product = await Product.open('2027-01-05T08:00');
  const { space } = product;
  const aef = await space.partner('AEF 94');
  const parquet = await space.partner('Correspondant du Parquet');
  motif = await space.motif(aef, 'Premier rendez-vous emploi', { modes: ['on-site', 'phone'] });
  await space.motif(parquet, 'Suites d’une plainte');
  const room = await space.room('Bureau 7');
  await space.room('Bureau 8');
  [, nextWeek = ''] = await space.permanence({
    partnerId: aef,
    title: 'AEF 94',
    motifIds: [motif],
    room,
    dates: ['2027-01-05 09:00-11:00', '2027-01-12 09:00-12:00'],
  });
  await space.usager('Yasmine', 'Martin');
  await space.usager('Élodie', 'Marchand');
  email = await space.account('desk');
});
afterAll(() => product?.close());

const box = (page: Page, name: string) => page.getByRole('combobox', { name, exact: true });
const dialog = (page: Page) => page.getByRole('dialog');
async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/**
 * Counts every key that goes down from here on, whichever part of the screen takes it, and every click; not what screens
 * repeat to themselves. Only the letters of the name are left out: those of the need count.
 */
async function countKeys(page: Page): Promise<() => Promise<{ keys: number; clicks: number }>> {
  await page.evaluate(`
    globalThis.counted = { keys: 0, clicks: 0 };
    addEventListener('keydown', ({ isTrusted }) => { counted.keys += Number(isTrusted); }, true);
    addEventListener('pointerdown', () => { counted.clicks += 1; }, true);
  `);
  return () => page.evaluate('counted');
}

const NAME = 'martin yas';
/** The button that is under Enter at this moment. */
const underEnter = (page: Page, name: RegExp | string) => hasFocus(page.getByRole('button', { name }));

it('a known person is booked from the keyboard alone, in eight keys beyond her name, whatever the screen', async () => {
  const page = await product.deskOf(email);
  await press(page, 'g', 'm');
  await page.getByRole('heading', { level: 1, name: 'Messages' }).waitFor();
  const counted = await countKeys(page);
  await press(page, 'n');
  await hasFocus(box(page, 'Pour quoi ?'));
  await press(page, 'e', 'm', 'p', 'Enter');
  await underEnter(page, 'mardi 5 janvier, 9 h – 9 h 30');
  await press(page, 'Enter');
  await hasFocus(box(page, 'Pour qui ?'));
  await page.keyboard.type(NAME);
  await press(page, 'Enter');
  await dialog(page).getByText('Yasmine Martin').waitFor();
  await underEnter(page, /^Réserver/);
  await press(page, 'Enter');
  await dialog(page).getByRole('status').getByText('Rendez-vous pris').waitFor();
  const { keys, clicks } = await counted();
  expect({ beyondHerName: keys - NAME.length, clicks }).toEqual({ beyondHerName: 8, clicks: 0 });
  await press(page, 'Enter');
  await page.getByRole('link', { name: 'Aujourd’hui' }).press('Enter');
  await page.getByRole('gridcell', { name: /Bureau 7, Y\. M\., .*9 h – 9 h 30, prévu/ }).waitFor();
});

it('her name first, from Aujourd’hui, then the need by its first letters: eight keys beyond her name', async () => {
  const page = await product.deskOf(email);
  const counted = await countKeys(page);
  await press(page, '/');
  await page.keyboard.type('marchand');
  await press(page, 'Enter');
  await page.getByRole('heading', { level: 1, name: 'Élodie Marchand' }).waitFor();
  // Her page is there to be read; what she comes for may be typed at once.
  await hasFocus(box(page, 'Nouveau rendez-vous : pour quoi ?'));
  await press(page, 'e', 'm', 'p', 'Enter');
  await underEnter(page, 'mardi 5 janvier, 9 h 30 – 10 h');
  await press(page, 'Enter');
  await dialog(page).getByText('Élodie Marchand').waitFor();
  await underEnter(page, /^Réserver/);
  await press(page, 'Enter');
  await dialog(page).getByRole('status').getByText('Rendez-vous pris').waitFor();
  const { keys, clicks } = await counted();
  expect({ beyondHerName: keys - 'marchand'.length, clicks }).toEqual({ beyondHerName: 8, clicks: 0 });
  await page.getByRole('button', { name: 'Annuler l’action' }).press('Enter');
  await page.getByText('Rendez-vous retiré : le créneau est libre.').waitFor();
});

it('what she came for last is at the top: six keys are enough', async () => {
  const page = await product.deskOf(email);
  const counted = await countKeys(page);
  await press(page, '/');
  await page.keyboard.type(NAME);
  await press(page, 'Enter');
  await page.getByRole('heading', { level: 1, name: 'Yasmine Martin' }).waitFor();
  await page.getByText('Comme ses derniers rendez-vous').waitFor();
  await press(page, 'ArrowDown', 'Enter');
  await underEnter(page, 'mardi 5 janvier, 9 h 30 – 10 h');
  await press(page, 'Enter');
  await dialog(page).getByText('Yasmine Martin').waitFor();
  await underEnter(page, /^Réserver/);
  await press(page, 'Enter');
  await dialog(page).getByRole('status').getByText('Rendez-vous pris').waitFor();
  const { keys, clicks } = await counted();
  expect({ beyondHerName: keys - NAME.length, clicks }).toEqual({ beyondHerName: 6, clicks: 0 });
  await press(page, 'Enter');
  await hasFocus(box(page, 'Pour quoi ?'));
  await dialog(page).waitFor({ state: 'detached' });
  // Esc leaves the box, and single keys are shortcuts again.
  await press(page, 'Escape', '/');
  await hasFocus(box(page, 'Qui ? Pour quoi ?'));
  await page.keyboard.type(NAME);
  await press(page, 'Enter');
  await hasFocus(box(page, 'Nouveau rendez-vous : pour quoi ?'));
  await press(page, 'Escape', 'n');
  await hasFocus(box(page, 'Pour quoi ?'));
  await page.getByText('pour Yasmine Martin').waitFor();
});

it('criteria seldom asked are unfolded by keyboard, stay in the address, and the appointment keeps how it is held', async () => {
  const page = await product.deskOf(email, `/creneaux?motif=${motif}`);
  await underEnter(page, 'mardi 5 janvier, 10 h – 10 h 30');
  await page.getByText('Plus de critères', { exact: true }).press('Enter');
  await page.getByRole('button', { name: /Comment/ }).press('Enter');
  await page.getByRole('option', { name: 'à domicile' }).press('Enter');
  await page.getByText('Aucun créneau libre').waitFor();
  // What leaves none is said, and what there is without it is one key away.
  await page.getByText('Ce motif ne se fait pas à domicile.').waitFor();
  await page.getByRole('button', { name: 'Sans ce critère : mardi 5 janvier, 10 h – 10 h 30' }).press('Enter');
  await underEnter(page, 'mardi 5 janvier, 10 h – 10 h 30');
  await page.getByRole('button', { name: /Comment/ }).press('Enter');
  await page.getByRole('option', { name: 'au téléphone' }).press('Enter');
  await page.getByRole('checkbox', { name: /^Avec interprète/ }).press(' ');
  await page.waitForURL(/mode=telephone.*interprete=oui/);
  await page.reload();
  await page.getByText('Plus de critères (2 choisis)').waitFor();
  await page.getByRole('button', { name: 'mardi 12 janvier, 10 h – 11 h' }).press('Enter');
  await hasFocus(box(page, 'Pour qui ?'));
  await page.keyboard.type('marchand');
  await press(page, 'Enter');
  await underEnter(page, /^Réserver/);
  await press(page, 'Enter');
  await dialog(page).getByRole('status').getByText('Rendez-vous pris').waitFor();
  expect(
    await product.space.sql(
      'select mode, interpreter, ends_at - starts_at as lasts from appointment where interpreter',
    ),
  ).toMatchObject([{ mode: 'phone', lasts: { hours: 1 } }]);
});

it('someone met for the first time keeps what was typed through a refused number, Esc and another slot', async () => {
  const page = await product.deskOf(email);
  await press(page, 'n');
  await hasFocus(box(page, 'Pour quoi ?'));
  await page.keyboard.type('emploi');
  await press(page, 'Enter');
  await page.getByRole('button', { name: 'mardi 5 janvier, 10 h – 10 h 30' }).press('Enter');
  await hasFocus(box(page, 'Pour qui ?'));
  await page.keyboard.type('Zoé Lenoir');
  await press(page, 'Enter');
  await page.getByLabel('Téléphone', { exact: true }).waitFor();
  expect(await page.getByLabel('Prénom').inputValue()).toBe('Zoé');
  expect(await page.getByLabel('Nom', { exact: false }).last().inputValue()).toBe('Lenoir');
  await page.getByLabel('Téléphone', { exact: true }).fill('12');
  await press(page, 'Enter');
  await page.getByRole('alert').getByText('Ce n’est pas un numéro').waitFor();
  await press(page, 'Escape');
  await dialog(page).waitFor({ state: 'detached' });
  // The focus comes back to the slot once the panel is gone; nobody's fingers are faster, a test's are.
  await underEnter(page, 'mardi 5 janvier, 10 h – 10 h 30');
  await press(page, 'ArrowRight', 'Enter');
  await dialog(page).getByText('10 h 30 – 11 h').waitFor();
  await page.getByLabel('Téléphone', { exact: true }).fill('06 39 98 12 34');
  await press(page, 'Enter');
  await dialog(page).getByRole('status').getByText('Zoé Lenoir').waitFor();
});

it('a slot is kept while someone is written down; lost all the same, the reason and the nearest one are a click away', async () => {
  const page = await product.deskOf(email, `/creneaux?motif=${motif}`);
  await page.getByRole('button', { name: 'mardi 12 janvier, 9 h – 9 h 30' }).press('Enter');
  const other = await product.api.browser().signIn(await product.space.account('desk'), PASSWORD);
  await dialog(page)
    .getByText(/^Gardé [0-2]:\d\d$/)
    .waitFor();
  const wanted = { occurrenceId: nextWeek, motifId: motif, start: '2027-01-12T09:00', usager: { lastName: 'Premier' } };
  expect((await other.post('/api/appointments', wanted)).body).toMatchObject({ status: 409, why: 'slot-held' });
  // As when the three minutes are over.
  await product.space.sql(`delete from claim where held_by_kind = 'hold'`);
  expect((await other.post('/api/appointments', wanted)).status).toBe(201);
  await hasFocus(box(page, 'Pour qui ?'));
  await page.keyboard.type('marchand');
  await press(page, 'Enter');
  await page.getByRole('button', { name: /^Réserver/ }).press('Enter');
  const refusal = page.getByRole('alert');
  await refusal.getByRole('button').nth(2).waitFor();
  expect(await refusal.getByRole('button').count()).toBe(3);
  await refusal.getByRole('button').first().click();
  await dialog(page).getByRole('status').getByText('Élodie Marchand').waitFor();
  // Within ten seconds, it never was.
  await page.getByRole('button', { name: 'Annuler l’action' }).click();
  await page.getByText('Rendez-vous retiré : le créneau est libre.').waitFor();
});
