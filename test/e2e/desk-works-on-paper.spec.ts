import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withPlainSpaces } from '@app/time';
import type { Browser, Page } from 'playwright-core';
import pg from 'pg';
import { eventually } from '../../scripts/lib/processes.mjs';
import { openBrowser, openPage } from '../support/browser';
import { DEMO_PASSWORD, type RunningPalier, startDemonstration } from '../support/palier';
import { signIn } from '../support/sign-in';
import { hasFocus } from '../support/until';

const MONDAY = '2027-01-04';

let palier: RunningPalier;
let browser: Browser;
let page: Page;
let database: pg.Client;

// The busiest day of the demonstration; its worker writes what is to be sent.
beforeAll(async () => {
  palier = await startDemonstration();
  browser = await openBrowser();
  page = await openPage(browser);
  await page.goto(palier.url);
  await signIn(page, 'accueil@palier.example', DEMO_PASSWORD);
  database = new pg.Client({ connectionString: palier.databaseUrl });
  database.on('error', () => undefined);
  await database.connect();
}, 300_000);
afterAll(async () => {
  await database?.end();
  await browser?.close();
  await palier?.stop();
}, 60_000);

/** How many sheets of paper leave the printer, and of which size. */
async function printed(): Promise<{ pages: number; sizes: string[] }> {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sizes = [...pdf.matchAll(/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, width, height]) => `${Math.round((Number(width) / 72) * 25.4)} × ${Math.round((Number(height) / 72) * 25.4)}`,
  );
  return { pages: [...pdf.matchAll(/\/Type\s*\/Page[^s]/g)].length, sizes: [...new Set(sizes)] };
}

async function find(name: string): Promise<void> {
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

it('the day of a site, and of a person, is one page with every name on it, in black on white', async () => {
  await page.getByRole('link', { name: 'Feuille du jour' }).click();
  await page.getByRole('heading', { level: 1, name: /^3 rue du Béarn, lundi\s4\sjanvier$/ }).waitFor();
  const { rows } = await database.query<{ name: string }>(
    `select u.last_name as name from appointment a join usager u on u.id = a.usager_id join site s on s.id = a.site_id
     where s.name = '3 rue du Béarn' and a.starts_at::date = $1 and not a.confidential and a.state not like 'cancelled%'`,
    [MONDAY],
  );
  expect(rows.length).toBeGreaterThan(25);
  const sheet = (await page.getByRole('article').textContent()) ?? '';
  expect(rows.filter(({ name }) => !sheet.includes(name))).toEqual([]);
  expect(await printed()).toEqual({ pages: 1, sizes: ['210 × 297'] });
  await page.emulateMedia({ media: 'print' });
  const colours = await page.evaluate<string[]>(`[...new Set([...document.querySelectorAll('.sheet, .sheet *')]
    .flatMap((one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]))]`);
  await page.emulateMedia({ media: null });
  // Grey at most: red, green and blue are the same.
  const isGrey = (colour: string) => new Set(/\((\d+), (\d+), (\d+)/.exec(colour)?.slice(1)).size === 1;
  expect(colours.filter((colour) => !isGrey(colour))).toEqual([]);

  await page.getByRole('link', { name: 'Planning' }).click();
  await page.getByRole('button', { name: /Professionnel·le/ }).click();
  await page.getByRole('option', { name: /I\. Roche/ }).click();
  await page.getByRole('grid', { name: /I\. Roche/ }).waitFor();
  await page.getByRole('link', { name: 'Sa feuille du jour' }).click();
  await page.getByRole('heading', { level: 1, name: /^I\. Roche, lundi\s4\sjanvier$/ }).waitFor();
  expect(await page.getByRole('article').getByRole('listitem').count()).toBeGreaterThan(10);
  expect(await printed()).toEqual({ pages: 1, sizes: ['210 × 297'] });
});

it('17: without a mobile, a slip prints, and there is a call to make or a letter to post', async () => {
  for (const { number, name, task } of [
    { number: '01 99 00 12 34', name: 'Ondine Fixe', task: 'Appel fait' },
    { number: '', name: 'Ondine Sansrien', task: 'Courrier posté' },
  ]) {
    await page.goto(`${palier.url}/creneaux?besoin=emploi&des=2027-01-19`);
    await page
      .getByRole('button', { name: /^mardi 19 janvier, / })
      .first()
      .press('Enter');
    await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?' }));
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await page.getByLabel('Téléphone', { exact: true }).fill(number);
    if (!number)
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /Prévenir par/ })
        .click();
    if (!number) await page.getByRole('option', { name: 'courrier' }).click();
    await page.getByRole('button', { name: /^Réserver/ }).click();
    await page.getByRole('dialog').getByRole('status').getByText(name).waitFor();
    await page.getByRole('link', { name: 'Imprimer' }).click();
    await page.getByText('Gardez ce papier.').waitFor();
    const slip = withPlainSpaces((await page.getByRole('article').textContent()) ?? '');
    expect(slip).toMatch(/mardi 19 janvier ?\d+ h/);
    // Whoever finds it learns nothing of her.
    expect(slip).not.toMatch(/Ondine|emploi|AEF|Mission/i);
    expect(await printed()).toEqual({ pages: 1, sizes: ['105 × 148'] });
    await read();
    await page.goto(`${palier.url}/messages?etat=todo`);
    await page.getByRole('button', { name: `${task} : ${name}` }).waitFor();
  }
});

it('29: an arrival at 9:10 entered afterwards keeps 9:10, with an appointment or without, and sends nothing', async () => {
  // What was due by now leaves, or is dropped, whoever arrives.
  const toTell = async () => {
    const state = `case when due_at > '${MONDAY} 09:55 Europe/Paris' then state end as state`;
    return (await database.query(`select id, ${state} from reminder order by id`)).rows;
  };
  await read();
  const before = await toTell();
  await page.goto(palier.url);
  await page.getByRole('gridcell', { name: /^Bureau 3, T\. C\., .*10 h 30/ }).press('Enter');
  const panel = page.getByRole('dialog');
  await panel.getByRole('button', { name: 'Arrivé·e à…' }).press('Enter');
  await panel.getByRole('group', { name: 'Heure d’arrivée' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('0910');
  await panel.getByRole('button', { name: 'Arrivé·e', exact: true }).last().click();
  await panel.getByText(/^9\sh\s10$/).waitFor();
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'detached' });

  await find('plainte');
  await page.getByRole('button', { name: /^Ajouter à la file : .*Parquet/ }).press('Enter');
  await panel.getByRole('combobox', { name: 'Qui ?' }).fill('Mme A.');
  await panel.getByText('Saisi après coup').click();
  await panel.getByRole('group', { name: 'Arrivée à' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('0910');
  await panel.getByRole('button', { name: 'Ajouter à la file', exact: true }).click();
  await page.getByText(/^N°\s1\s:/).waitFor();

  const at = `to_char(arrived_at at time zone 'Europe/Paris', 'HH24:MI') as at`;
  const { rows: visits } = await database.query(`select ${at} from visit where name = 'Mme A.'`);
  expect(visits).toEqual([{ at: '09:10' }]);
  const { rows: arrivals } = await database.query(
    `select ${at} from appointment where state = 'arrived' and starts_at = '${MONDAY} 10:30 Europe/Paris'`,
  );
  expect(arrivals).toEqual([{ at: '09:10' }]);
  // Once the worker has read all that happened, there is no more to tell than before.
  await read();
  expect(await toTell()).toEqual(before);
});

/** The worker has read all that happened. */
async function read(): Promise<void> {
  const isRead = async () => {
    const { rows } = await database.query(`select from event e, event_cursor c
      where c.consumer = 'reminders' and (e.xid, e.id) > (c.xid, c.id)`);
    return rows.length === 0;
  };
  if (!(await eventually(isRead, 60_000, 100))) throw new Error('the worker has not read what happened');
}
