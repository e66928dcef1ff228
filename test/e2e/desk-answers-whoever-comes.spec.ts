import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withPlainSpaces } from '@app/time';
import type { Locator, Page } from 'playwright-core';
import { PASSWORD } from '../support/sign-in';
import { Product } from '../support/product';
import { hasFocus } from '../support/until';

let product: Product;
let desk: string;
let editor: string;
let project: string;
let waitsFor: { occurrenceId: string; motifId: string };

// One Monday at a quarter to ten: what is asked of one desk, for whom and when.
beforeAll(async () => {
  product = await Product.open('2027-01-04T09:44');
  const { space } = product;
  const parquet = await space.partner('Correspondant du Parquet');
  const voies = await space.partner('Nouvelles Voies');
  const mission = await space.partner('Mission locale');
  const clic = await space.partner('Clic6');
  await space.partner('Petite enfance');
  const complaint = await space.motif(parquet, 'Victime, litige, suites d’une plainte', { turn_minutes: 15 });
  const papers = await space.motif(voies, 'Papiers, courrier, droits', { synonyms: ['écrivain public'] });
  project = await space.motif(mission, 'Entretien jeune', { min_age: 16, max_age: 25, synonyms: ['formation'] });
  const room = await space.room('Bureau 1');
  const [morning = ''] = await space.permanence({
    partnerId: parquet,
    title: 'Parquet',
    motifIds: [complaint],
    room,
    mode: 'walk-in',
    dates: ['2027-01-04 09:00-10:30', '2027-01-04 13:30-17:30'],
  });
  waitsFor = { occurrenceId: morning, motifId: complaint };
  const [, february = ''] = await space.permanence({
    partnerId: parquet,
    title: 'Parquet',
    motifIds: [complaint],
    dates: ['2027-01-06 09:00-12:30', '2027-02-03 09:00-12:30'],
  });
  const elsewhere = await space.site('Maison pour tous');
  const papersOn = { partnerId: voies, title: 'Nouvelles Voies', motifIds: [papers] };
  await space.permanence({ ...papersOn, dates: ['2027-01-07 14:00-17:00'] });
  await space.permanence({ ...papersOn, siteId: elsewhere, dates: ['2027-01-14 14:00-17:00'] });
  await space.permanence({
    partnerId: mission,
    title: 'Mission locale',
    motifIds: [project],
    seats: 4,
    dates: ['2027-01-05 09:00-12:00', '2027-02-03 09:00-12:00'],
  });
  const shared = await space.room('Bureau partagé', { desks: ['Poste A', 'Poste B'] });
  await space.room('Bureau 2');

  desk = await space.account('desk');
  editor = await space.account('partner-editor', mission);
  const yasmine = await space.usager('Yasmine', 'Martin', { partners: [mission] });
  await space.usager('Zoé', 'Petit', { partners: [mission] });
  const api = await product.api.browser().signIn(desk, PASSWORD);
  const done = [
    await api.post('/api/visits', { siteId: space.siteId, ...waitsFor, name: 'Mme A.' }),
    await api.post('/api/appointments', {
      occurrenceId: february,
      motifId: complaint,
      start: '2027-02-03T09:00',
      usagerId: yasmine,
    }),
    await api.post('/api/room-bookings', {
      roomId: shared.id,
      workstationId: shared.desks[0],
      start: '2027-01-12T17:00',
      end: '2027-01-12T18:00',
      title: 'Famille',
      partnerId: clic,
    }),
  ];
  expect(done.map(({ status }) => status)).toEqual([201, 201, 201]);
});
afterAll(() => product?.close());

const words = async (where: Locator) => withPlainSpaces((await where.textContent()) ?? '');
const offers = (page: Page) => page.getByRole('region', { name: '«' });

async function asks(page: Page, need: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(need);
  await page.getByRole('option', { name: `Qui peut aider pour « ${need} »` }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Trouver un créneau' }).waitFor();
}

it('12: "plainte" with one person waiting: the Parquet is here, without appointment, until 10 h 30', async () => {
  const page = await product.deskOf(desk);
  await asks(page, 'plainte');
  await page
    .getByText('Maintenant, sans rendez-vous : Parquet, Bureau 1, jusqu’à 10 h 30 · 1 personne attend')
    .waitFor();
  await page.getByRole('button', { name: 'Ajouter à la file : Parquet' }).and(page.locator(':focus')).waitFor();
});

it('22: four wait at a quarter of an hour each: 13 h 30, then Wednesday 9 h by appointment, not "now"', async () => {
  const page = await product.deskOf(desk);
  await asks(page, 'plainte');
  await page.getByText('1 personne attend').waitFor();
  // Seen at this desk as the other adds them.
  const other = await product.api.browser().signIn(desk, PASSWORD);
  for (const name of ['M. B.', 'Mme C.', 'M. D.']) {
    const added = await other.post('/api/visits', { siteId: product.space.siteId, ...waitsFor, name, anyway: true });
    expect(added.status).toBe(201);
  }
  await page.getByText('la file est complète : 4 attendent').waitFor();
  const offer = await words(offers(page));
  expect(offer).not.toContain('Maintenant');
  expect(offer).toMatch(/Sans rendez-vous aujourd’hui, 13 h 30 – 17 h 30/);
  const firstSlot = page
    .getByRole('list', { name: /^Premiers créneaux/ })
    .getByRole('button')
    .first();
  expect(withPlainSpaces((await firstSlot.getAttribute('aria-label')) ?? '')).toContain(
    'mercredi 6 janvier, 9 h – 9 h 30',
  );
});

it('6: Nouvelles Voies is here on 7 January; asked about the 14th, at the Maison pour tous', async () => {
  const page = await product.deskOf(desk);
  await asks(page, 'ecrivain public');
  await page.getByRole('button', { name: /^jeudi 7 janvier, 14 h – 14 h 30, 3 rue du Béarn/ }).waitFor();
  await page.getByRole('group', { name: 'À partir du' }).getByRole('spinbutton').first().focus();
  await page.keyboard.type('14012027');
  await page
    .getByRole('button', { name: /^jeudi 7 janvier/ })
    .first()
    .waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^jeudi 14 janvier, 14 h – 14 h 30, Maison pour tous/ }).waitFor();
});

it('13: at 27 the Mission locale is a warning, and the appointment is taken all the same', async () => {
  const page = await product.deskOf(desk);
  await asks(page, 'formation');
  await page.getByText('16–25 ans : à confirmer').waitFor();
  await page.getByLabel('Âge').fill('27');
  await page.keyboard.press('Tab');
  await page
    .getByText(/16–25 ans/)
    .and(page.locator('.warns'))
    .filter({ hasText: '27' })
    .waitFor();
  await page.getByRole('button', { name: /^mardi 5 janvier, 9 h – 9 h 30/ }).press('Enter');
  await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?' }));
  await page.keyboard.type('petit');
  await page.keyboard.press('Enter');
  await page
    .getByRole('button', { name: /^Réserver/ })
    .and(page.locator(':focus'))
    .waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('status').getByText('Zoé Petit').waitFor();
});

it('9: the shared office is refused whole, saying until when it is taken and what is free; its second desk is not', async () => {
  const page = await product.deskOf(desk, '/?jour=2027-01-12');
  await page.getByRole('button', { name: 'Réserver une salle' }).click();
  const panel = page.getByRole('dialog');
  await panel.getByLabel('Objet').fill('Entretien confidentiel');
  await panel.getByRole('button', { name: /^Salle|Salle$/ }).click();
  await page.getByRole('option', { name: /Bureau partagé/ }).click();
  for (const [name, digits] of [
    ['De', '1700'],
    ['À', '1800'],
  ] as const) {
    await panel.getByRole('group', { name, exact: true }).getByRole('spinbutton').first().focus();
    await page.keyboard.type(digits);
  }
  await panel.getByRole('button', { name: /Pour$|^le lieu/ }).click();
  await page.getByRole('option', { name: 'Petite enfance' }).click();
  await panel.getByRole('button', { name: 'Réserver', exact: true }).click();
  const refusal = panel.getByRole('alert');
  await refusal.waitFor();
  expect(await words(refusal)).toMatch(/Bureau partagé : pris .*jusqu’à 18 h/);
  await refusal.getByRole('button', { name: /Bureau 1/ }).waitFor();
  await refusal.getByRole('button', { name: /Poste B/ }).click();
  await page.getByText(/^Réservé\s: Bureau partagé · Poste B, mardi\s12\sjanvier, 17\sh\s–\s18\sh/).waitFor();
  expect(
    await product.space.sql(`select title from room_booking where workstation_id is not null order by title`),
  ).toEqual([{ title: 'Entretien confidentiel' }, { title: 'Famille' }]);
});

it('21: whoever the Parquet sees at that hour is booked by the Mission locale like anyone; the desk alone is warned', async () => {
  const page = await product.deskOf(editor);
  const answers: string[] = [];
  for (const [typed, name] of [
    ['martin', 'Yasmine Martin'],
    ['petit', 'Zoé Petit'],
  ] as const) {
    await page.goto(`${product.api.url}/creneaux?motif=${project}&des=2027-02-03`);
    await page.getByRole('button', { name: /^mercredi 3 février, 9 h – 9 h 30/ }).press('Enter');
    await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?' }));
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /^Réserver/ })
      .and(page.locator(':focus'))
      .waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('status').getByText(name).waitFor();
    answers.push((await words(page.getByRole('dialog'))).replaceAll(name, 'X'));
  }
  expect(answers[0]).toBe(answers[1]);
  expect(answers[0]).not.toContain('À savoir');

  const other = await product.deskOf(desk, '/usagers');
  await other.getByRole('searchbox').fill('martin');
  await other.getByRole('link', { name: 'Martin Yasmine' }).click();
  await other
    .getByRole('listitem')
    .filter({ hasText: 'Entretien jeune' })
    .getByRole('link', { name: /^mercredi 3 février/ })
    .click();
  await other.getByRole('dialog').getByText('Cette personne a déjà un rendez-vous à cette heure.').waitFor();
});
