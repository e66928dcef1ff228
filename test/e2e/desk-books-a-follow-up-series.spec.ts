import { newAppointmentLink } from '@app/booking';
import { systemContext } from '@app/persistence';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { judge, NOTHING, violations } from '../support/axe';
import { openPage } from '../support/browser';
import { Product } from '../support/product';
import { comesTo, hasFocus } from '../support/until';

let product: Product;
let follows: string;
let others: string;

beforeAll(async () => {
  product = await Product.open('2027-03-01T09:40');
  const { space } = product;
  await space.sql(`update site set address = '3 rue du Béarn, Chevilly-Larue'`);
  const aef = await space.partner('AEF 94');
  const [ana, bea] = [await space.agent(aef, 'Ana Ruiz'), await space.agent(aef, 'Béa Lopez')];
  follows = await space.motif(aef, 'Suivi budgétaire');
  const mondays = ['2027-03-15', '2027-03-22', '2027-03-29', '2027-04-05', '2027-04-12', '2027-04-19'];
  const open = (agentIds: string[], hours: string, days: string[]) =>
    space.permanence({
      partnerId: aef,
      motifIds: [follows],
      agentIds,
      dates: days.map((day) => ({
        on: `${day} ${hours}`,
        ...(day === '2027-03-29' && { state: 'skipped' as const, cause: 'jour férié : lundi de Pâques' }),
      })),
    });
  const dates = await open([ana], '14:00-15:00', mondays);
  await open([ana], '09:00-09:30', ['2027-03-31']);
  await open([bea], '14:00-15:00', ['2027-04-12']);
  await space.usager('Yasmine', 'Martin', { partners: [aef] });
  others = await space.usager('Fatou', 'Diallo', { partners: [aef] });
  // Ana has somebody at 14 h on 5 April, and all of her hour on 12 April.
  for (const [nth, start] of [
    [3, '2027-04-05T14:00'],
    [4, '2027-04-12T14:00'],
    [4, '2027-04-12T14:30'],
  ] as const) {
    const wanted = { occurrenceId: dates[nth] ?? '', motifId: follows, start, agentId: ana, usagerId: others };
    expect(await space.booking.book(space.viewer('desk'), wanted, null)).toMatchObject({ ok: true });
  }
});
afterAll(() => product?.close());

// The library's announcer goes on naming what has just left the screen.
const ANNOUNCER = '[data-live-announcer]';

/** Goes with Tab, as someone without a mouse does. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const heard: string[] = [];
  for (let pressed = 0; pressed < 60; pressed += 1) {
    const said = (await page.evaluate(
      `document.activeElement?.getAttribute('aria-label') || document.activeElement?.textContent || ''`,
    )) as string;
    heard.push(said.slice(0, 40));
    if (name.test(said)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${name}, only to ${heard.join(' | ')}`);
}

it('six Mondays by keyboard: a holiday, an hour that is taken and a full day are seen and answered before anything is booked', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  await page.keyboard.press('n');
  await hasFocus(page.getByRole('combobox', { name: 'Pour quoi ?' }));
  await page.keyboard.type('budgetaire');
  await page.getByRole('option', { name: /Suivi budgétaire/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: /lundi 15 mars, 14\sh/ })
    .first()
    .waitFor();
  await tabTo(page, /lundi 15 mars, 14\sh\s–/);
  await page.keyboard.press('Enter');
  await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?' }));
  await page.keyboard.type('martin');
  await page.getByRole('option', { name: /Yasmine Martin/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^Réserver lun/ }).waitFor();
  await tabTo(page, /^Répéter ce rendez-vous$/);
  await page.keyboard.press('Enter');

  // Every week, six times.
  const dialog = page.getByRole('dialog', { name: 'Répéter ce rendez-vous' });
  await dialog
    .getByText('1 date libre')
    .or(dialog.getByText(/dates libres/))
    .waitFor();
  await tabTo(page, /Une semaine sur deux/);
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Toutes les semaines' }).waitFor();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await dialog.getByText('3 dates libres, 1 à une autre heure, 2 pas possibles').waitFor();
  expect(await comesTo(6, () => dialog.getByRole('listitem').count())).toBe(6);
  const holiday = dialog.getByRole('listitem').filter({ hasText: 'lundi 29 mars' });
  expect(await holiday.textContent()).toContain('lundi de Pâques');
  expect(await holiday.textContent()).toContain('Calendrier des jours fériés');
  expect(await dialog.getByRole('listitem').filter({ hasText: 'lundi 12 avril' }).textContent()).toContain('complet');
  expect(await violations(page, { exclude: ANNOUNCER })).toEqual([]);

  // Another day that week for the holiday, the next half hour on 5 April, the waiting list on 12 April.
  await tabTo(page, /^mercredi 31 mars, 9\sh/);
  await page.keyboard.press('Enter');
  await tabTo(page, /^14\sh\s30, lundi 5 avril/);
  await page.keyboard.press('Enter');
  await tabTo(page, /liste d’attente pour le lundi 12 avril/);
  await page.keyboard.press('Enter');
  await dialog.getByText('En liste d’attente ce jour-là').waitFor();
  await tabTo(page, /^Réserver 5\srendez-vous$/);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Terminer' }).waitFor();
  await dialog.getByText('5 rendez-vous pris.').first().waitFor();
  expect(await violations(page, { exclude: ANNOUNCER })).toEqual([]);
  expect(await product.space.sql('select from waiting_entry where of_series')).toHaveLength(1);

  // The slip lists them all.
  await dialog.getByRole('link', { name: 'Imprimer les dates' }).press('Enter');
  await page.getByRole('heading', { name: 'Vos rendez-vous' }).waitFor();
  expect(await page.getByRole('article').getByRole('listitem').allTextContents()).toEqual([
    expect.stringMatching(/lundi 15 mars 14\sh/),
    expect.stringMatching(/lundi 22 mars 14\sh/),
    expect.stringMatching(/mercredi 31 mars 9\sh/),
    expect.stringMatching(/lundi 5 avril 14\sh\s30/),
    expect.stringMatching(/lundi 19 avril 14\sh/),
  ]);
  await page.getByRole('link', { name: 'Revenir au rendez-vous' }).press('Enter');

  // "1er de 5"; from the fourth on it is cancelled, and taken back.
  const panel = page.getByRole('dialog', { name: 'Yasmine Martin' });
  await panel.getByText('Série : 1er de 5').press('Enter');
  await panel.getByRole('link', { name: /lundi 5 avril/ }).press('Enter');
  await panel.getByText('Série : 4e de 5').waitFor();
  await panel.getByRole('button', { name: 'Annuler le rendez-vous' }).press('Enter');
  const ask = page.getByRole('alertdialog');
  await ask.getByRole('radio', { name: 'Celui-ci et les suivants (2)' }).press('Space');
  expect(await violations(page, { exclude: ANNOUNCER })).toEqual([]);
  await ask.getByRole('button', { name: 'Annuler et prévenir' }).press('Enter');
  await page.getByText('2 rendez-vous annulés.').waitFor();
  const states = () =>
    product.space.sql(
      `select state, count(*)::int as n from appointment where usager_id <> '${others}' group by 1 order by 1`,
    );
  expect(await states()).toEqual([
    { state: 'cancelledByUsager', n: 2 },
    { state: 'planned', n: 3 },
  ]);
  const said = page.locator('.toast', { hasText: '2 rendez-vous annulés.' });
  await said.getByRole('button', { name: 'Annuler l’action' }).press('Enter');
  await page.getByText('2 rendez-vous rétablis.').waitFor();
  expect(await comesTo(0, () => said.count())).toBe(0);
  expect(await states()).toEqual([{ state: 'planned', n: 5 }]);
});

it('the first date left out is free for everybody as soon as the others are booked, and stays left out', async () => {
  const { space } = product;
  const page = await product.deskOf(await space.account('desk'), `/creneaux?motif=${follows}&usager=${others}`);
  await page
    .getByRole('button', { name: /lundi 15 mars, 14\sh\s30/ })
    .first()
    .press('Enter');
  await page.getByRole('button', { name: 'Répéter ce rendez-vous' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Répéter ce rendez-vous' });
  await dialog.getByRole('timer').waitFor();
  expect(await comesTo(1, async () => (await space.sql('select from slot_hold')).length)).toBe(1);
  await dialog.getByRole('button', { name: /Une semaine sur deux/ }).press('Enter');
  await page.getByRole('option', { name: 'Toutes les semaines' }).press('Enter');
  await dialog.getByRole('listitem').filter({ hasText: 'lundi 22 mars' }).waitFor();
  const first = dialog.getByRole('listitem').filter({ hasText: 'lundi 15 mars' });
  await first.getByRole('button', { name: /^14\sh\s30/ }).press('Enter');
  await dialog.getByRole('button', { name: /^Réserver/ }).press('Enter');
  await dialog.getByRole('button', { name: 'Terminer' }).waitFor();
  expect(await comesTo(0, async () => (await space.sql('select from slot_hold')).length)).toBe(0);
  expect(await dialog.getByRole('timer').count()).toBe(0);
  await first.getByText('laissée').waitFor();
  if (process.env.PALIER_SHOTS) await page.screenshot({ path: `${process.env.PALIER_SHOTS}/first-left-out.png` });
  await page.context().close();
});

it('behind the one link of her series she reads all her dates on a phone, opens one, says she comes and comes back', async () => {
  const { space, api, browser } = product;
  const [first] = await space.sql<{ id: string }>(
    `select id from appointment where usager_id <> '${others}' order by starts_at limit 1`,
  );
  const token = await space.db.within(systemContext(space.spaceId), (tx) => newAppointmentLink(tx, first?.id ?? ''));
  const hers = await openPage(browser);
  await hers.setViewportSize({ width: 390, height: 844 });
  await hers.goto(`${api.url}/r/${token}`);
  await hers.getByRole('heading', { name: 'Vos 4 autres rendez-vous' }).waitFor();
  expect(await judge(hers)).toEqual(NOTHING);
  // This motif is not booked online: its hour is changed at the desk.
  await hers.getByText('Ouvrez une date pour dire que vous venez, ou l’annuler.').waitFor();
  const shots = process.env.PALIER_SHOTS;
  if (shots) await hers.screenshot({ path: `${shots}/own-series-390.png`, fullPage: true });
  await hers.getByRole('link', { name: /mercredi 31 mars à 9\sh/ }).press('Enter');
  await hers.locator('.when', { hasText: 'mercredi 31 mars' }).waitFor();
  await hers.getByRole('button', { name: 'Je viens' }).press('Enter');
  await hers.getByText('C’est noté : vous venez.').waitFor();
  if (shots) await hers.screenshot({ path: `${shots}/own-series-date-390.png`, fullPage: true });
  await hers.getByRole('link', { name: /lundi 15 mars/ }).press('Enter');
  await hers.getByRole('listitem').filter({ hasText: 'mercredi 31 mars' }).getByText('vous venez').waitFor();
  await hers.setViewportSize({ width: 640, height: 360 });
  expect(await hers.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')).toBe(0);
  if (shots) await hers.screenshot({ path: `${shots}/own-series-640.png`, fullPage: true });
  await hers.context().close();
});
