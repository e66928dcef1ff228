import { PermanenceBody } from '@app/contract';
import { WritePermanence } from '@app/permanences';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { granted } from '../support/builders';
import { Product } from '../support/product';

let product: Product;
let manager: string;
let editor: string;
let draft: string;

beforeAll(async () => {
  product = await Product.open('2027-01-04T08:40');
  const { space } = product;
  const partnerId = await space.partner('EDF');
  const room = await space.room('Bureau 1');
  const motif = await space.motif(partnerId, 'Facture');
  const rule = { rrule: 'FREQ=WEEKLY;BYDAY=MO', from: '2027-01-04', start: '09:00', end: '10:00', roomId: room.id };
  const body = PermanenceBody.parse({
    partnerId,
    title: 'EDF Précarité',
    publicNote: '',
    motifIds: [motif],
    rules: [{ ...rule, mode: 'appointment', siteId: space.siteId, assumption: '' }],
  });
  const viewer = space.viewer('partner-editor', partnerId);
  draft = granted(await new WritePermanence(space.db).draft(viewer, null, body)).id;
  manager = await space.account('manager');
  editor = await space.account('partner-editor', partnerId);
});
afterAll(() => product?.close());

it('the person in charge sees what a partner asks to publish, agrees, and the partner gives a place of it elsewhere', async () => {
  const office = await product.deskOf(manager, '/reglages/partenaires');
  await office.getByRole('checkbox', { name: 'Publication soumise à l’accord du responsable' }).press('Space');
  await office.getByText('Les partenaires demandent désormais votre accord.').waitFor();

  const desk = await product.deskOf(editor, `/permanences/${draft}`);
  await desk.getByRole('button', { name: 'Demander la publication' }).press('Enter');
  await desk.getByText('En attente de l’accord du responsable').waitFor();

  await office.getByRole('link', { name: /^À régler.*Une demande d’un partenaire attend/ }).press('Enter');
  await office.getByRole('button', { name: 'Voir et répondre' }).press('Enter');
  const dialog = office.getByRole('dialog');
  await dialog.getByText('Aucun rendez-vous n’est touché.').waitFor();
  expect(await dialog.getByText('lun. 11 janvier 9 h – 10 h').count()).toBe(1);
  await dialog.getByRole('button', { name: 'Accorder' }).press('Enter');
  await office.getByText('Demande accordée').waitFor();

  await desk.getByText('publiée', { exact: true }).waitFor();
  await desk.goto(`${product.api.url}/?jour=2027-01-11`);
  await desk.getByRole('gridcell', { name: /EDF Précarité/ }).press('Enter');
  await desk.getByRole('button', { name: 'Place donnée ailleurs : 9 h – 9 h 30' }).press('Enter');
  await desk.getByText('Place notée comme donnée ailleurs.').waitFor();
  await desk.getByRole('heading', { name: 'Une place donnée ailleurs' }).waitFor();
  await desk.getByRole('button', { name: 'Annuler l’action' }).press('Enter');
  await desk.getByRole('heading', { name: 'Une place donnée ailleurs' }).waitFor({ state: 'detached' });
});
