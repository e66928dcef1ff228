import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ClosureBody } from '@app/contract';
import { Closures } from '@app/permanences';
import type { LocalDateTime } from '@app/time';
import { judge, NOTHING } from '../support/axe';
import { Product } from '../support/product';

const NOW = '2027-01-05T10:10' as LocalDateTime;
let product: Product;

beforeAll(async () => {
  product = await Product.open(NOW);
  const { space } = product;
  const aef = await space.partner('AEF 94');
  const ana = await space.agent(aef, 'Ana');
  const motif = await space.motif(aef, 'Suivi budgétaire');
  const room = await space.room('Bureau 7');
  await space.room('Bureau 8');
  const usagerId = await space.usager('Yasmine', 'Martin');
  const wish = { motifId: motif, agentId: ana, secondAgentId: null, siteId: space.siteId, mode: 'on-site' as const };
  const start = '2027-01-07T10:00' as LocalDateTime;
  const booked = await space.alone.book(space.viewer('desk'), { ...wish, roomId: room.id, start, usagerId }, null);
  expect(booked).toMatchObject({ ok: true });
  const closure = { from: '2027-01-07', to: '2027-01-07', roomId: room.id, cause: 'travaux' };
  const closed = await new Closures(space.db).add(space.viewer('manager'), ClosureBody.parse(closure));
  expect(closed).toMatchObject({ ok: true, value: { people: 1 } });
});
afterAll(() => product?.close());

it('whose room closes is given another at the same hour in one click, and that is taken back', async () => {
  const page = await product.deskOf(await product.space.account('desk'));
  await page.getByRole('link', { name: 'À régler' }).first().click();
  const give = page.getByRole('button', { name: 'Bureau 8, même heure' });
  await give.waitFor();
  expect(await judge(page)).toEqual(NOTHING);
  await give.press('Enter');
  await page.getByText('Rien à régler').waitFor();
  await page.getByRole('button', { name: 'Annuler l’action' }).click();
  await give.waitFor();
  await give.click();
  await page.getByText('Rien à régler').waitFor();
});
