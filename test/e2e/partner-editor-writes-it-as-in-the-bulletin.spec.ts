import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violations } from '../support/axe';
import { atRest } from '../support/browser';
import { Product } from '../support/product';
import { comesTo } from '../support/until';

let product: Product;
let parquet: string;
let email: string;

beforeAll(async () => {
  product = await Product.open('2027-01-01T10:00');
  const { space } = product;
  parquet = await space.partner('Correspondant du Parquet');
  await space.motif(parquet, 'Suites d’une plainte');
  const aef = await space.partner('AEF 94');
  const room = await space.room('Bureau 1');
  await space.room('Bureau 4');
  await space.permanence({ partnerId: aef, title: 'AEF 94', room, dates: ['2027-01-06 09:00-12:00'] });
  email = await space.account('partner-editor', parquet);
});
afterAll(() => product?.close());

const SENTENCE = 'Écrivez-la comme dans le bulletin';
const row = (page: Page, date: string) => page.getByRole('row').filter({ hasText: date });
const published = () =>
  product.space.sql<{ rrule: string; mode: string; dtstart: string }>(
    `select r.rrule, r.mode, r.dtstart::text from permanence_rule r join permanence p on p.id = r.permanence_id
     where p.partner_id = $1 and p.state = 'published' order by r.position`,
    [parquet],
  );

async function writing(words: string): Promise<Page> {
  const page = await product.deskOf(email, '/permanences/nouvelle');
  await page.getByLabel(SENTENCE).fill(words);
  return page;
}

it('1: "1er et 5e mercredis 9h-12h30" shows 6 January, 3 February, 3 and 31 March, and asks how people come', async () => {
  const page = await writing('1er et 5e mercredis 9h-12h30');
  await page.getByText('Il reste une question.').waitFor();
  for (const date of ['mer. 6 janvier', 'mer. 3 février', 'mer. 3 mars', 'mer. 31 mars']) {
    await row(page, date).getByText('9 h – 12 h 30').waitFor();
  }
  // AEF 94 has the first room that day: the other is proposed.
  await row(page, 'mer. 6 janvier').getByText('Bureau 4').waitFor();
  await page.getByRole('button', { name: 'Publier' }).press('Enter');
  await page.getByRole('alert').getByText('Il reste une question.').waitFor();
  expect(await published()).toEqual([]);
  expect(await violations(page)).toEqual([]);
});

it('5: "un jeudi sur deux" asks for the next date; nothing is published before it is answered', async () => {
  const page = await writing('sur rendez-vous, un jeudi sur deux de 14h à 17h');
  await page.getByText('Quelle est la prochaine date ?').first().waitFor();
  await page.getByRole('button', { name: 'Publier' }).press('Enter');
  await page.getByRole('alert').getByText('Rien ne se publie avant cela.').waitFor();
  expect(await published()).toEqual([]);
  await page.getByRole('radio', { name: 'jeudi 7 janvier' }).waitFor();
  await page.getByRole('radio', { name: 'jeudi 14 janvier' }).press('Enter');
  await page.getByText('Tout est compris.').waitFor();
  await row(page, 'jeu. 14 janvier').waitFor();
  await row(page, 'jeu. 28 janvier').waitFor();
  expect(await row(page, 'jeu. 21 janvier').count()).toBe(0);
  // Written further, what was answered stays answered.
  await page.getByLabel(SENTENCE).fill('sur rendez-vous, un jeudi sur deux de 14h à 17h.');
  await page.getByText('Tout est compris.').waitFor();
  expect(await violations(page)).toEqual([]);
});

it('7: "13h030" is asked about where it stands', async () => {
  const page = await writing('sans rendez-vous le mercredi de 13h030 à 17h');
  await page.locator('mark').filter({ hasText: '13h030' }).waitFor();
  await page.getByRole('button', { name: 'Publier' }).press('Enter');
  await page.getByRole('alert').waitFor();
  expect(await published()).toEqual([]);
});

it('what does not read as a permanence is refused, and stays as it was typed, even when one leaves', async () => {
  const page = await writing('Bienvenue chez nous');
  await page.getByText('Ceci ne se lit pas comme une permanence.').first().waitFor();
  await page.getByRole('link', { name: 'Permanences' }).first().press('Enter');
  await page.waitForURL('**/permanences');
  await page.getByRole('link', { name: 'Nouvelle permanence' }).first().press('Enter');
  await page.waitForURL('**/permanences/nouvelle');
  const words = page.getByLabel(SENTENCE);
  expect(await comesTo('Bienvenue chez nous', () => words.inputValue())).toBe('Bienvenue chez nous');
});

it('a whole sentence is understood, seen in the form as well, and published', async () => {
  const page = await writing(
    'sans rendez-vous le lundi de 9h à 10h30 et de 13h30 à 17h30, sur rendez-vous les 1er et 5e mercredis du mois de 9h à 12h30',
  );
  await page.getByText('Tout est compris.').waitFor();
  const mondays = page.getByRole('listitem').filter({ hasText: 'sans rendez-vous tous les lundis' });
  expect(await comesTo(2, () => mondays.count())).toBe(2);
  await page.getByRole('button', { name: 'Formulaire détaillé' }).press('Enter');
  const lines = page.getByRole('group', { name: /^Ligne/ });
  expect(await comesTo(3, () => lines.count())).toBe(3);
  await page.getByRole('button', { name: 'Écrire en une phrase' }).press('Enter');
  await page.getByRole('button', { name: 'Publier' }).press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Correspondant du Parquet' }).waitFor();
  expect(await published()).toEqual([
    { rrule: 'FREQ=WEEKLY;BYDAY=MO', mode: 'walk-in', dtstart: '2027-01-04' },
    { rrule: 'FREQ=WEEKLY;BYDAY=MO', mode: 'walk-in', dtstart: '2027-01-04' },
    { rrule: 'FREQ=MONTHLY;BYDAY=1WE,5WE', mode: 'appointment', dtstart: '2027-01-06' },
  ]);
});

it('lines changed in the form are what is published, until the sentence is taken up again', async () => {
  const page = await writing('sur rendez-vous le mardi de 9h à 12h');
  await page.getByText('Tout est compris.').waitFor();
  await page.getByRole('button', { name: 'Formulaire détaillé' }).press('Enter');
  await page.getByRole('checkbox', { name: 'jeudi', exact: true }).press('Space');
  await row(page, 'jeu. 7 janvier').waitFor();
  await page.getByRole('button', { name: 'Écrire en une phrase' }).press('Enter');
  await page.getByText('ce sont elles qui seront publiées').waitFor();
  expect(await page.getByLabel(SENTENCE).inputValue()).toBe('sur rendez-vous le mardi de 9h à 12h');
  await row(page, 'jeu. 7 janvier').waitFor();
  await page.getByRole('button', { name: 'Reprendre la phrase' }).press('Enter');
  await row(page, 'jeu. 7 janvier').waitFor({ state: 'detached' });
  await row(page, 'mar. 5 janvier').waitFor();
});

it('2: "1er vendredi" falls on New Year’s Day: left out, moved or kept, as one says', async () => {
  const page = await writing('sur rendez-vous le 1er vendredi du mois de 9h à 12h');
  await page.getByText('Les jours fériés ?').waitFor();
  await row(page, 'ven. 1er janvier').getByText('pas de permanence').waitFor();
  await page.getByRole('radio', { name: 'Maintenir' }).press('Enter');
  await row(page, 'ven. 1er janvier').getByText('pas de permanence').waitFor({ state: 'detached' });
  await row(page, 'ven. 5 février').waitFor();
});

it('it can be written on a phone: nothing slides out of sight', async () => {
  const page = await writing('un jeudi sur deux de 14h à 17h, 2 mercredis par mois le matin');
  await page.setViewportSize({ width: 360, height: 740 });
  await page.getByText('Quelle est la prochaine date ?').first().waitFor();
  await atRest(page);
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(wide).toBe(0);
  const cut = await page.evaluate(
    `[...document.querySelectorAll('.card')].filter((card) => card.scrollWidth > card.clientWidth).length`,
  );
  expect(cut).toBe(0);
});
