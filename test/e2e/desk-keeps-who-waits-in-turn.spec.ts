import type { LocalDateTime } from '@app/time';
import { SandboxSmsGateway, type SmsGateway, SmsRefused } from '@app/reminders';
import { OfferFreedSlots, SendLink } from '@app/waiting';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { judge, NOTHING } from '../support/axe';
import { atRest, openPage } from '../support/browser';
import { Product } from '../support/product';
import { hasFocus } from '../support/until';

let product: Product;
let email: string;
let atelier: string;
let aef: string;
const booked: string[] = [];

beforeAll(async () => {
  product = await Product.open('2027-01-04T09:40');
  const { space } = product;
  aef = await space.partner('AEF 94');
  email = await space.account('desk');
  atelier = await space.motif(aef, 'Atelier budget', { duration_minutes: 90 });
  const [full = ''] = await space.permanence({
    partnerId: aef,
    title: 'Atelier budget',
    motifIds: [atelier],
    mode: 'group',
    seats: 2,
    dates: ['2027-01-12 10:00-11:30', '2027-01-19 10:00-11:30'],
  });
  for (const name of ['Anna', 'Bilal']) {
    const usagerId = await person(name, 'Roux', '+33639980009');
    const start = '2027-01-12T10:00' as LocalDateTime;
    const wanted = { occurrenceId: full, motifId: atelier, start, agentId: null, usagerId };
    const outcome = await space.booking.book(space.viewer('desk'), wanted, null);
    if (outcome.ok) booked.push(outcome.value.id);
  }
  await person('Yasmina', 'Martin', '+33639980001');
  await person('Zoé', 'Lenoir', '+33639980002');
}, 300_000);
afterAll(() => product?.close(), 60_000);

async function person(firstName: string, lastName: string, phone: string): Promise<string> {
  const id = await product.space.usager(firstName, lastName, { partners: [aef] });
  await product.space.sql(`update usager set phone = $2, phone_kind = 'mobile' where id = $1`, [id, phone]);
  return id;
}

let rounds = 30;

/** As the worker does, later than whatever was done at the desk: what became free is kept, and the messages leave. */
async function work(gateway: SmsGateway = new SandboxSmsGateway(product.space.db)): Promise<void> {
  const { space } = product;
  rounds += 1;
  space.clock.at = `2027-01-04T10:${rounds}` as LocalDateTime;
  const offers = new OfferFreedSlots(space.db);
  for (let left = true; left; ) {
    await offers.round();
    const [unread] = await space.sql<{ some: boolean }>(
      `select exists (select from event e, event_cursor c where c.consumer = 'waiting' and (e.xid, e.id) > (c.xid, c.id)) as some`,
    );
    left = unread?.some ?? false;
  }
  const links = new SendLink(space.db, gateway, product.api.url);
  for (const { spaceId, id } of await links.due(100)) await links.send(spaceId, id);
}

const lastLink = async (kind: 'o' | 'i') => {
  const texts = await product.space.sql<{ text: string }>('select text from sandbox_sms order by received_at desc');
  const found = texts.map(({ text }) => new RegExp(`http\\S+/${kind}/\\w{10}`).exec(text)?.[0]).find(Boolean);
  return found ?? '';
};

// The library's announcer goes on naming what has just left the screen.
const ANNOUNCER = '[data-live-announcer]';

/** Wide enough on a phone and at twice the size, and nothing for axe to say. */
async function seemly(page: Page, screen: string, options: { exclude?: string } = {}): Promise<void> {
  for (const [width, height] of [
    [390, 844],
    [640, 360],
    [1280, 720],
  ] as const) {
    await page.setViewportSize({ width, height });
    await atRest(page);
    const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    expect({ screen, width, wider }).toEqual({ screen, width, wider: 0 });
    const folder = process.env.PALIER_SHOTS;
    if (folder)
      await page.screenshot({ path: `${folder}/${screen.replaceAll(/\W+/g, '-')}-${width}.png`, fullPage: true });
  }
  expect({ screen, ...(await judge(page, options)) }).toEqual({ screen, ...NOTHING });
}

it('a full group keeps who waits; a seat that is freed is offered by SMS, taken behind its link, and is in Messages', async () => {
  const { space, api, browser } = product;
  const page = await product.deskOf(email, '/?jour=2027-01-12');
  await page
    .getByRole('gridcell', { name: /Atelier budget/ })
    .first()
    .press('Enter');
  for (const name of ['Yasmina Martin', 'Zoé Lenoir']) {
    await page.getByRole('button', { name: 'Mettre en liste d’attente, Atelier budget' }).press('Enter');
    await hasFocus(page.getByRole('combobox', { name: 'Qui attend ?' }));
    await page.keyboard.type(name.slice(0, 7));
    await page.getByRole('option', { name: new RegExp(name) }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText(name).waitFor();
    await page.getByRole('checkbox', { name: 'Cette séance seulement' }).waitFor();
    if (name.startsWith('Zoé')) await seemly(page, 'waiting for that session', { exclude: ANNOUNCER });
    await page.getByRole('dialog').getByRole('button', { name: 'Mettre en liste d’attente' }).last().press('Enter');
    await page.getByText('En liste d’attente : la première place').first().waitFor();
  }
  await page.getByText('2 personnes attendent une place comme celle-ci.').waitFor();
  // What was said of a choice stays in the page for some seconds, for nobody any more.
  await page.reload();
  await page.getByText('2 personnes attendent une place comme celle-ci.').waitFor();
  await seemly(page, 'a full group');
  expect(await space.sql('select from_day::text, until_day::text, part from waiting_entry')).toEqual([
    { from_day: '2027-01-12', until_day: '2027-01-12', part: null },
    { from_day: '2027-01-12', until_day: '2027-01-12', part: null },
  ]);
  expect(await space.sql('select from waiting_entry where occurrence_id is not null')).toHaveLength(2);

  space.clock.at = '2027-01-04T10:30' as LocalDateTime;
  await space.following.cancel(space.viewer('desk'), booked[0] ?? '', { by: 'usager', version: 1 });
  await work();
  await page.goto(`${api.url}/liste-attente`);
  await page.getByText('place proposée').waitFor();
  await seemly(page, 'the waiting list');

  const hers = await openPage(browser);
  await hers.goto(await lastLink('o'));
  await hers.getByRole('heading', { name: 'Une place se libère pour vous' }).waitFor();
  await seemly(hers, 'an offer');
  await hers.getByRole('button', { name: 'Je ne peux pas', exact: true }).click();
  await hers.getByRole('heading', { name: 'C’est noté' }).waitFor();
  await seemly(hers, 'an offer declined');
  await work();
  await hers.goto(await lastLink('o'));
  await hers.getByRole('button', { name: 'Je prends cette place' }).click();
  await hers.getByRole('heading', { name: 'Votre rendez-vous est pris' }).waitFor();
  await seemly(hers, 'an offer accepted');

  await page.goto(`${api.url}/messages?etat=sent`);
  await page.getByText('Place proposée, SMS').first().waitFor();
  await page.getByText('Répondez ici : [lien]').first().waitFor();
  await seemly(page, 'messages sent');
  await hers.context().close();
  await page.context().close();
}, 180_000);

it('an SMS that fails is seen, and the desk proposes the place', async () => {
  const { space, api } = product;
  const gateway: SmsGateway = {
    send: async () => {
      throw new SmsRefused('numéro inconnu');
    },
  };
  // Whoever said no to the one session waits anew, for any.
  await space.sql(
    `update waiting_entry set state = case state when 'gone' then 'waiting' else state end, settled_at = null,
       occurrence_id = null, from_day = '2027-01-12', until_day = '2027-01-13', since = since - interval '1 hour'`,
  );
  const [date = ''] = await space.permanence({
    partnerId: aef,
    title: 'Atelier bis',
    motifIds: [atelier],
    mode: 'group',
    seats: 1,
    dates: ['2027-01-13 10:00-11:30'],
  });
  const usagerId = await person('Chloé', 'Roux', '+33639980008');
  const start = '2027-01-13T10:00' as LocalDateTime;
  const wanted = { occurrenceId: date, motifId: atelier, start, agentId: null, usagerId };
  const outcome = await space.booking.book(space.viewer('desk'), wanted, null);
  await space.following.cancel(space.viewer('desk'), outcome.ok ? outcome.value.id : '', { by: 'usager', version: 1 });
  await work(gateway);
  const page = await product.deskOf(email);
  const toPropose = page.getByRole('complementary').getByRole('listitem').filter({ hasText: 'Yasmina Martin' });
  await toPropose.getByText('SMS non remis').waitFor();
  await seemly(page, 'to propose');
  await page.goto(`${api.url}/messages?etat=failed`);
  await page.getByText('numéro inconnu').waitFor();
  await seemly(page, 'messages failed');
  await page.getByRole('link', { name: 'Proposer la place à Yasmina Martin' }).press('Enter');
  await page.getByRole('button', { name: 'Ne peut pas, Yasmina Martin' }).press('Enter');
  const slip = page.locator('.toast', { hasText: 'La place est proposée au suivant.' });
  await slip.getByRole('button', { name: 'Annuler l’action' }).press('Enter');
  await page.getByText('Yasmina Martin : la place lui est de nouveau gardée.').first().waitFor();
  await page.getByRole('button', { name: 'Réserver, Yasmina Martin' }).press('Enter');
  const said = page.locator('.toast', { hasText: 'Rendez-vous pris pour Yasmina Martin' });
  await said.waitFor();
  const folder = process.env.PALIER_SHOTS;
  if (folder) await page.screenshot({ path: `${folder}/accepted-for-her.png` });
  await said.getByRole('button', { name: 'Annuler l’action' }).press('Enter');
  await page.getByText('Rendez-vous retiré : Yasmina Martin attend toujours').first().waitFor();
  expect(await space.sql(`select state from waiting_entry where state <> 'gone' order by state`)).toContainEqual({
    state: 'waiting',
  });
  await page.goto(`${api.url}/messages?etat=done`);
  await page.getByText('Yasmina Martin').waitFor();
  await page.context().close();
}, 180_000);

it('from a search, a person is invited to choose, by keyboard, and chooses behind her link', async () => {
  const { api, browser, space } = product;
  const page = await product.deskOf(email, `/creneaux?motif=${atelier}&moment=matin`);
  await page.getByRole('button', { name: 'Inviter à choisir un créneau, Atelier budget' }).press('Enter');
  await hasFocus(page.getByRole('combobox', { name: 'Pour qui ?' }));
  await page.keyboard.type('Zoé Len');
  await page.getByRole('option', { name: /Zoé Lenoir/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText('Zoé Lenoir').waitFor();
  await seemly(page, 'inviting to choose');
  await page.getByRole('button', { name: 'Inviter', exact: true }).press('Enter');
  await page.getByText('Invitation à Zoé Lenoir : elle part par SMS.').first().waitFor();
  expect(await space.sql('select part, state from invitation')).toEqual([{ part: 'morning', state: 'open' }]);
  await work();
  const hers = await openPage(browser);
  await hers.goto(await lastLink('i'));
  await hers.getByRole('heading', { name: 'Choisissez votre rendez-vous' }).waitFor();
  await seemly(hers, 'an invitation');
  await hers.getByRole('button', { name: /10 h/ }).first().click();
  await hers.getByRole('heading', { name: 'Votre rendez-vous est pris' }).waitFor();
  await hers.getByText('3 rue du Béarn').waitFor();
  await seemly(hers, 'an invitation answered');
  const [appointment] = await space.sql<{ id: string }>('select appointment_id as id from invitation');
  await page.goto(`${api.url}/?jour=2027-01-19&rdv=${appointment?.id}`);
  await page.getByText('en ligne, par la personne').waitFor();
  await hers.context().close();
  await page.context().close();
}, 180_000);
