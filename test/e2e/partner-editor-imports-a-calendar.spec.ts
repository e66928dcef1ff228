import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Product } from '../support/product';
import { comesTo } from '../support/until';

let product: Product;
let editor: string;

beforeAll(async () => {
  product = await Product.open('2027-01-04T08:00');
  const { space } = product;
  const partner = await space.partner('Nouvelles Voies');
  editor = await space.account('partner-editor', partner);
});
afterAll(() => product?.close());

const CALENDAR = [
  'BEGIN:VCALENDAR',
  ...['BEGIN:VEVENT', 'SUMMARY:Écrivain public', 'DTSTART;TZID=Romance Standard Time:20250109T140000', 'DURATION:PT3H'],
  ...['RRULE:FREQ=WEEKLY;INTERVAL=2', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'SUMMARY:Rendez-vous Mme Dupont', 'DTSTART:20270112T090000Z', 'END:VEVENT'],
  ...['BEGIN:VEVENT', 'SUMMARY:Séjour', 'DTSTART:20270112', 'DTEND:20270115', 'END:VEVENT'],
  'END:VCALENDAR',
].join('\r\n');

it('a calendar kept elsewhere becomes a draft of what was chosen in it, and what can’t be kept is said', async () => {
  const page = await product.deskOf(editor, '/permanences');
  // An empty list offers it a second time.
  await page.getByRole('link', { name: 'Importer un calendrier' }).first().press('Enter');
  await page.getByRole('button', { name: 'Choisir un fichier .ics' }).waitFor();
  const file = { name: 'agenda.ics', mimeType: 'text/calendar', buffer: Buffer.from(CALENDAR) };
  await page.setInputFiles('input[type=file]', file);

  await page.getByText('un jeudi sur deux, 14 h – 17 h').waitFor();
  expect(await page.getByRole('checkbox', { name: /Rendez-vous Mme Dupont/ }).isChecked()).toBe(false);
  await page.getByText(/^Séjour, .*\s: il dure plusieurs jours/).waitFor();
  await page.getByRole('radio', { name: 'Sans rendez-vous' }).click();
  await page.getByRole('button', { name: 'Créer le brouillon' }).press('Enter');

  await page.getByText('Prochaines dates').waitFor();
  const name = page.getByLabel('Nom de la permanence');
  expect(await comesTo('Écrivain public', () => name.inputValue())).toBe('Écrivain public');
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).press('Enter');
  await page.getByText('brouillon', { exact: true }).waitFor();
  await page.getByText('un jeudi sur deux, 14 h – 17 h').first().waitFor();
  expect(await page.getByText('Dupont').count()).toBe(0);
});
