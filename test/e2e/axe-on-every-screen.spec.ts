import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { judge, NOTHING } from '../support/axe';
import { openBrowser, openPage } from '../support/browser';
import { DEMO_PASSWORD, type RunningPalier, startDemonstration } from '../support/palier';
import { signIn } from '../support/sign-in';
import { hasFocus } from '../support/until';

let palier: RunningPalier;
let browser: Browser;

beforeAll(async () => {
  palier = await startDemonstration();
  browser = await openBrowser();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await palier?.stop();
});

async function sitDown(login: string): Promise<Page> {
  const page = await openPage(browser);
  await page.goto(palier.url);
  await signIn(page, login, DEMO_PASSWORD);
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
  [
    'what is to settle, after an absence that touches someone',
    async (page) => {
      await open(page, '/a-regler');
      await page.getByText('N. Haddad : absent·e', { exact: true }).first().waitFor();
    },
  ],
  [
    'what someone comes for',
    async (page) => {
      await open(page, '/creneaux');
      await hasFocus(page.getByRole('combobox', { name: 'Pour quoi ?' }));
    },
  ],
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
      await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?' }));
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
      await page.getByRole('table').first().waitFor();
    },
  ],
  ['the messages', (page) => open(page, '/messages')],
  ['all the messages', (page) => open(page, '/messages?etat=all')],
  [
    'those who wait',
    async (page) => {
      await open(page, '/liste-attente');
      await page.getByRole('listitem').first().waitFor();
    },
  ],
  [
    'putting someone on the list',
    async (page) => {
      await page.getByRole('button', { name: 'Mettre en liste d’attente' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'inviting someone to choose, from a search',
    async (page) => {
      await open(page, '/creneaux?besoin=entretien%20jeune');
      await page
        .getByRole('button', { name: /^Inviter à choisir un créneau, / })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('combobox', { name: 'Pour qui ?' }).waitFor();
    },
  ],
  [
    'who came to a group, to sign',
    async (page) => {
      await open(page, '/');
      await page
        .getByRole('gridcell', { name: /atelier CV/ })
        .first()
        .press('Enter');
      await page.getByRole('link', { name: 'Imprimer la feuille d’émargement' }).click();
      await page.getByRole('table').waitFor();
    },
  ],
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
    const page = await openPage(browser);
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

  it('on the pages of whoever books without an account, and of her short link', async () => {
    const page = await openPage(browser);
    const steps: [string, () => Promise<unknown>][] = [
      ['what may be booked', () => page.goto(`${palier.url}/public?q=facture`)],
      ['the needs', () => page.getByRole('link', { name: 'Prendre rendez-vous en ligne' }).click()],
      ['the hours', () => page.getByRole('link', { name: 'Facture d’énergie' }).click()],
      [
        'who',
        () =>
          page
            .getByRole('link', { name: /^vendredi 5 février 9 h$/ })
            .first()
            .click(),
      ],
      [
        'what is wrong',
        async () => {
          await page.getByLabel('Prénom').fill('Zoé');
          await page.getByLabel('Nom', { exact: true }).fill('Lenoir');
          await page.getByLabel('Téléphone').fill('01 99 00 12 34');
          await page.getByRole('button', { name: 'Continuer' }).click();
          await page.getByRole('alert').first().waitFor();
        },
      ],
      [
        'the code',
        async () => {
          await page.getByLabel('Téléphone').fill('06 39 98 76 54');
          await page.getByRole('button', { name: 'Continuer' }).click();
          await page.getByLabel('Code à six chiffres').waitFor();
        },
      ],
      [
        'her appointment',
        async () => {
          const said = (await page.getByText('aucun SMS ne part').textContent()) ?? '';
          await page.getByLabel('Code à six chiffres').fill(/code : (\d{6})/.exec(said)?.[1] ?? '');
          await page.getByRole('button', { name: 'Prendre ce rendez-vous' }).click();
          await page.getByRole('status').getByText('le rendez-vous est pris').waitFor();
        },
      ],
      [
        'other hours',
        () =>
          page
            .getByRole('link', { name: 'Changer de jour ou d’heure' })
            .click()
            .then(() =>
              page
                .getByRole('button', { name: /^vendredi 5 février/ })
                .first()
                .waitFor(),
            ),
      ],
      [
        'cancelling it',
        async () => {
          await page.goBack();
          await page.getByRole('link', { name: 'Annuler' }).click();
          await page.getByRole('button', { name: 'Oui, annuler' }).waitFor();
        },
      ],
      [
        'cancelled',
        async () => {
          await page.getByRole('button', { name: 'Oui, annuler' }).click();
          await page.getByText('Ce rendez-vous est annulé.').waitFor();
        },
      ],
      ['a link that opens nothing', () => page.goto(`${palier.url}/r/1111111111`)],
    ];
    for (const [step, come] of steps) {
      await come();
      expect({ step, ...(await judge(page)) }).toEqual({ step, ...NOTHING });
    }
  });
});
