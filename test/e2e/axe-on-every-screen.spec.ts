import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page, Request } from 'playwright-core';
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

/** Says what axe holds against a screen, so that a failed test is enough to mend it. */
interface Judged {
  light: string[];
  dark: string[];
}

const NOTHING: Judged = { light: [], dark: [] };
/** The rules the dark theme may break alone: it changes colours and nothing else. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** What axe holds against the screen as it is, in both themes. */
async function judge(page: Page): Promise<Judged> {
  await settled(page);
  const light = await violations(page, { resultTypes: ['violations'] });
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled(page);
  const dark = await violations(page, { resultTypes: ['violations'], runOnly: OF_COLOURS });
  await page.emulateMedia({ colorScheme: 'light' });
  return { light, dark };
}

async function violations(page: Page, options: object): Promise<string[]> {
  // A page that was judged in one theme has axe already.
  await page.evaluate(`window.axe === undefined && (() => { ${axe} })()`);
  const found = (await page.evaluate(`axe.run(${JSON.stringify(options)})`)) as {
    violations: { id: string; help: string; nodes: { target: string[]; failureSummary: string }[] }[];
  };
  return found.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** In the page: what moves for a while has come to rest. */
const ALL_FADED = `new Promise(requestAnimationFrame).then(() => {
  const ending = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  return Promise.allSettled(ending.map((one) => one.finished)).then(() => undefined);
})`;

/** Nothing is on its way any more and what fades in has: the stream of events, which never ends, is not waited for. */
async function settled(page: Page): Promise<void> {
  const asked = asking.get(page);
  while (asked?.size) await page.waitForTimeout(20);
  await page.evaluate(ALL_FADED);
}

/** What each page still waits for. */
const asking = new Map<Page, Set<Request>>();

async function newPage(): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    colorScheme: 'light',
    locale: 'fr-FR',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const asked = new Set<Request>();
  asking.set(page, asked);
  page.on('request', (request) => request.resourceType() !== 'eventsource' && asked.add(request));
  page.on('requestfinished', (request) => asked.delete(request));
  page.on('requestfailed', (request) => asked.delete(request));
  return page;
}

async function sitDown(login: string): Promise<Page> {
  const page = await newPage();
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
  [
    'the criteria seldom asked',
    async (page) => {
      await open(page, '/creneaux?besoin=plainte');
      await page.getByText('Plus de critères').click();
      await page.getByRole('checkbox', { name: /^Avec interprète/ }).waitFor();
    },
  ],
  [
    'adding someone to a queue',
    async (page) => {
      await page
        .getByRole('button', { name: /^Ajouter à la file/ })
        .first()
        .click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['the week of an agent', (page) => open(page, '/planning')],
  ['several agents side by side', (page) => open(page, '/planning?vue=plusieurs')],
  ['the day on a page', (page) => open(page, '/feuille')],
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
  ['a calendar to bring in', (page) => open(page, '/permanences/importer')],
  ...[
    'lieux',
    'bureaux',
    'partenaires',
    'agents',
    'motifs',
    'secteurs',
    'calendriers',
    'fermetures',
    'absences',
    'comptes',
    'mon-compte',
  ].map<(typeof DESK)[number]>((section) => [`the settings, ${section}`, (page) => open(page, `/reglages/${section}`)]),
];

async function open(page: Page, path: string): Promise<void> {
  await page.goto(palier.url + path);
  await page.getByRole('heading', { level: 1 }).waitFor();
}

describe('axe finds nothing to say, light or dark', () => {
  it('at the door', async () => {
    const page = await newPage();
    for (const path of ['/connexion', '/mot-de-passe', '/mot-de-passe?token=un-lien-remis-a-quelqu-un', '/public']) {
      await open(page, path);
      expect({ path, ...(await judge(page)) }).toEqual({ path, ...NOTHING });
    }
  });

  it.each([
    ['accueil@palier.example', DESK],
    ['admin@palier.example', ADMINISTRATOR],
  ])('on every screen of %s', async (login, screens) => {
    const page = await sitDown(login);
    for (const [screen, come] of screens) {
      await come(page);
      expect({ screen, ...(await judge(page)) }).toEqual({ screen, ...NOTHING });
    }
  });
});
