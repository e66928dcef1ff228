import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Product } from '../support/product';
import { hasFocus } from '../support/until';

let product: Product;
let email: string;

beforeAll(async () => {
  product = await Product.open('2027-01-04T09:40');
  const { space } = product;
  const parquet = await space.partner('Correspondant du Parquet');
  const plainte = await space.motif(parquet, 'Victime, litige, suites d’une plainte', {
    synonyms: ['porter plainte'],
    turn_minutes: 15,
    min_age: 18,
  });
  const room = await space.room('Bureau 1');
  const walkIn = { partnerId: parquet, title: 'Parquet', motifIds: [plainte], room, mode: 'walk-in' as const };
  await space.permanence({ ...walkIn, dates: ['2027-01-04 09:00-10:30', '2027-01-04 13:30-17:30'] });
  await space.permanence({ partnerId: parquet, motifIds: [plainte], dates: ['2027-01-06 09:00-12:30'] });
  email = await space.account('desk');
});
afterAll(() => product?.close());

it('a need in everyday words leads to the queue of whoever is here, and nobody leaves it without an answer', async () => {
  const page = await product.deskOf(email);
  await page.keyboard.press('/');
  await page.keyboard.type('plainet');
  await page.getByRole('option', { name: 'Qui peut aider pour « plainet »' }).waitFor();
  await page.keyboard.press('Enter');

  const here = page.getByText('Maintenant, sans rendez-vous : Parquet, Bureau 1, jusqu’à 10 h 30');
  await here.waitFor();
  await page.getByText('parce que : plainte').waitFor();
  await page.getByText('18 ans et plus : à confirmer').waitFor();
  await page.getByRole('button', { name: 'mercredi 6 janvier, 9 h – 9 h 30' }).waitFor();

  await page.getByRole('button', { name: 'Ajouter à la file : Parquet' }).press('Enter');
  await hasFocus(page.getByRole('combobox', { name: 'Qui ?', exact: true }));
  await page.keyboard.type('Rosa');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Rosa', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Ajouter à la file', exact: true }).press('Enter');
  await page.getByText('N° 1 : personne avant.').waitFor();
  await page.getByText('1 personne attend').waitFor();

  await page.getByRole('link', { name: 'Aujourd’hui' }).press('Enter');
  await page.getByRole('gridcell', { name: /Parquet, sans rendez-vous, 9 h – 10 h 30, 1 attend/ }).waitFor();
  const queue = page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'Rosa' });
  await queue.getByRole('button', { name: 'Faire entrer, Rosa' }).press('Enter');
  await queue.getByText('avec l’agent').waitFor();
  await queue.getByRole('button', { name: 'Terminer, Rosa' }).press('Enter');
  await queue.getByRole('button', { name: 'Répondu' }).press('Enter');
  await queue.waitFor({ state: 'detached' });
  expect(await product.space.sql('select state, outcome from visit')).toEqual([{ state: 'done', outcome: 'answered' }]);
});

it('whoever still waits once the permanence has closed is told so, and offered another moment', async () => {
  const { space } = product;
  const [{ id, site_id, partner_id, motif_id }] = await space.sql(
    `select o.id, o.site_id, o.partner_id, pm.motif_id from occurrence o
     join permanence_motif pm on pm.permanence_id = o.permanence_id order by o.starts_at limit 1`,
  );
  await space.sql(`update occurrence set ends_at = '2027-01-04 09:30+01' where id = $1`, [id]);
  await space.sql(
    `insert into visit (space_id, site_id, day, number, partner_id, occurrence_id, motif_id, confidential, name, arrived_at, created_at)
     values ($1, $2, '2027-01-04', 40, $3, $4, $5, false, 'Nadia', '2027-01-04 09:05+01', '2027-01-04 09:05+01')`,
    [space.spaceId, site_id, partner_id, id, motif_id],
  );
  const page = await product.deskOf(email);
  const card = page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'Nadia' });
  await card.getByText('la permanence a fermé à 9 h 30').waitFor();
  expect(await card.getByText('passe maintenant').count()).toBe(0);
  await card.getByRole('link', { name: 'Proposer un autre moment' }).press('Enter');
  await page.getByRole('button', { name: 'mercredi 6 janvier, 9 h – 9 h 30' }).waitFor();

  await page.getByRole('link', { name: 'Aujourd’hui' }).press('Enter');
  await card.getByRole('button', { name: 'Terminer, Nadia' }).press('Enter');
  await card.getByRole('button', { name: 'Rendez-vous pris' }).press('Enter');
  await card.waitFor({ state: 'detached' });
});

it('a social security number typed as a need is refused with the reason, and stays out of the address', async () => {
  const page = await product.deskOf(email);
  await page.keyboard.press('/');
  await page.keyboard.type('1 85 05 78 006 084');
  const why = /numéro de sécurité sociale/;
  await page.getByText(why).first().waitFor();
  expect(await page.getByText('Personne ni motif ne répond à ces mots.').count()).toBe(0);

  await page.goto(new URL('/creneaux', page.url()).href);
  await hasFocus(page.getByRole('combobox', { name: 'Pour quoi ?' }));
  await page.keyboard.type('1 85 05 78 006 084');
  await page.keyboard.press('Enter');
  await page.getByText(why).first().waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(await page.getByRole('option', { name: /1 85 05/ }).count()).toBe(0);

  // Written in the address itself, it does not stay there.
  await page.goto(new URL('/creneaux?besoin=1+85+05+78+006+084', page.url()).href);
  await page.getByRole('alert').getByText(why).waitFor();
  expect(new URL(page.url()).search).toBe('');
  expect(await page.getByText('1 85 05').count()).toBe(0);
});

it('what is no longer there is said so, with a way back', async () => {
  const page = await product.deskOf(email);
  await page.goto(new URL('/permanences/00000000-0000-4000-8000-000000000000', page.url()).href);
  await page.getByText('Ce n’est plus ici').waitFor();
  expect(await page.getByRole('button', { name: 'Réessayer' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Revenir à aujourd’hui' }).press('Enter');
  await page.getByRole('grid').waitFor();
});

it('an address with no such person is said so in plain words', async () => {
  const page = await product.deskOf(email);
  await page.goto(new URL('/usagers/xyz', page.url()).href);
  await page.getByRole('heading', { name: 'Ce n’est plus ici' }).waitFor();
  expect(await page.getByText('UUID').count()).toBe(0);
});
