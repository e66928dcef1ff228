import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser';
import { type RunningPalier, startPalier } from '../support/palier';
import { signIn } from '../support/product';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let palier: RunningPalier;
let browser: Browser;

beforeAll(async () => {
  palier = await startPalier({ now: '2027-01-04T09:40' });
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await palier?.stop();
});

/** What axe holds against the screen as it is, said so that a failed test is enough to mend it. */
async function violations(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle', { timeout: 2_000 }).catch(() => undefined);
  // What fades in is judged once it has.
  await page.waitForTimeout(250);
  const found = (await page.evaluate(`${axe}; axe.run({ resultTypes: ['violations'] })`)) as {
    violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
  };
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  );
}

async function sitDown(login: string, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme, locale: 'fr-FR' });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(palier.url);
  await signIn(page, login, palier.demonstration?.password);
  return page;
}

/** Each screen, how one comes to it and what shows that it is there. */
const DESK: [string, (page: Page) => Promise<unknown>][] = [
  [
    'the day, by rooms',
    (page) =>
      page
        .getByRole('gridcell', { name: /Parquet/ })
        .first()
        .waitFor(),
  ],
  ['the day, by agents', (page) => page.getByRole('radio', { name: 'Agents' }).click()],
  [
    'one date of a permanence',
    async (page) => {
      await open(page, '/');
      await page
        .getByRole('gridcell', { name: /Accompagnement/ })
        .first()
        .press('Enter');
      await page.getByRole('dialog').getByText('Voir la permanence').waitFor();
    },
  ],
  [
    'an appointment',
    async (page) => {
      await page
        .getByRole('dialog')
        .getByRole('listitem')
        .getByRole('button', { name: /prévu|confirmé/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('button', { name: 'Déplacer' }).waitFor();
    },
  ],
  [
    'cancelling it, asked',
    async (page) => {
      await page.getByRole('button', { name: 'Annuler le rendez-vous' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  ],
  [
    'booking a room',
    async (page) => {
      await open(page, '/');
      await page.getByRole('button', { name: 'Réserver une salle' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'looking for someone',
    async (page) => {
      await open(page, '/');
      await page.keyboard.press('/');
      await page.keyboard.type('dia');
      await page.getByRole('option').first().waitFor();
    },
  ],
  [
    'the keys',
    async (page) => {
      await open(page, '/a-regler');
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['what is to settle', (page) => open(page, '/a-regler')],
  ['what someone comes for', (page) => open(page, '/creneaux')],
  [
    'the first slots',
    async (page) => {
      await page.keyboard.type('entretien jeune');
      await page.keyboard.press('Enter');
      await page.getByRole('list', { name: /^Premiers créneaux/ }).waitFor();
    },
  ],
  [
    'booking one',
    async (page) => {
      await page
        .getByRole('list', { name: /^Premiers créneaux/ })
        .getByRole('button')
        .first()
        .click();
      await page.getByRole('combobox', { name: 'Pour qui ?' }).waitFor();
      await page.keyboard.type('Zoé Nouvelle');
      await page.getByRole('option', { name: /Nouvelle personne/ }).click();
      await page.getByLabel('Prénom').waitFor();
    },
  ],
  ['the permanences', (page) => open(page, '/permanences')],
  [
    'one permanence',
    async (page) => {
      await page.locator('main').getByRole('link').first().click();
      await page.waitForURL(/permanences\/[0-9a-f-]{36}/);
    },
  ],
  ['the messages', (page) => open(page, '/messages')],
  ['the people served', (page) => open(page, '/usagers')],
  [
    'someone being typed who may be known already',
    async (page) => {
      await page.getByRole('button', { name: 'Nouvelle personne' }).click();
      await page.getByLabel('Nom', { exact: true }).fill('Berthié');
      await page.getByLabel('Prénom').fill('Nathalie');
      await page.getByText('Déjà connue ?').waitFor();
    },
  ],
  [
    'a person to whom nothing may be sent',
    async (page) => {
      await page.getByRole('button', { name: /Nathalie Berthier/ }).click();
      await page.getByText('ne dites rien de cette personne').waitFor();
    },
  ],
  [
    'her record, being changed',
    async (page) => {
      await page.getByRole('button', { name: 'Modifier' }).click();
      await page.getByRole('button', { name: 'Trouver le secteur' }).waitFor();
    },
  ],
  ['a page that does not exist', (page) => open(page, '/nulle-part')],
];

const ADMINISTRATOR: typeof DESK = [
  ['a new permanence', (page) => open(page, '/permanences/nouvelle')],
  [
    'a new permanence, written, with what it leaves to ask',
    async (page) => {
      await page
        .getByLabel('Écrivez-la comme dans le bulletin')
        .fill('2 mercredis par mois, un jeudi sur deux à 14h030');
      await page.getByText(/Il reste \d+ questions/).waitFor();
    },
  ],
  [
    'a new permanence, in the detailed form',
    (page) => page.getByRole('button', { name: 'Formulaire détaillé' }).click(),
  ],
  ...[
    'lieux',
    'bureaux',
    'partenaires',
    'agents',
    'motifs',
    'secteurs',
    'calendriers',
    'fermetures',
    'comptes',
    'mon-compte',
  ].map<(typeof DESK)[number]>((section) => [`the settings, ${section}`, (page) => open(page, `/reglages/${section}`)]),
];

async function open(page: Page, path: string): Promise<void> {
  await page.goto(palier.url + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

describe.each(['light', 'dark'] as const)('axe finds nothing to say, %s', (colorScheme) => {
  it('at the door', async () => {
    const context = await browser.newContext({ colorScheme, locale: 'fr-FR' });
    const page = await context.newPage();
    for (const path of ['/connexion', '/mot-de-passe', '/mot-de-passe?token=un-lien-remis-a-quelqu-un', '/public']) {
      await open(page, path);
      expect({ path, violations: await violations(page) }).toEqual({ path, violations: [] });
    }
  });

  it.each([
    ['accueil@palier.example', DESK],
    ['admin@palier.example', ADMINISTRATOR],
  ])(
    'on every screen of %s',
    async (login, screens) => {
      const page = await sitDown(login, colorScheme);
      for (const [screen, come] of screens) {
        await come(page);
        expect({ screen, violations: await violations(page) }).toEqual({ screen, violations: [] });
      }
    },
    180_000,
  );
});
