import { UsagerBody } from '@app/contract';
import { DirectoryModule, Usagers } from '@app/directory';
import { systemContext } from '@app/persistence';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aSpace, type TestSpace } from '../support/builders';
import { startServices, type TestServices } from '../support/services';

let services: TestServices;
let space: TestSpace;

beforeAll(async () => {
  services = await startServices([DirectoryModule]);
  space = await aSpace(services);
  await space.addUsager({ firstName: 'Élodie', lastName: 'Dupont', phone: '06 39 98 12 34', birthYear: 1985 });
  await space.addUsager({ firstName: 'Jean-Pierre', lastName: 'Martin', phone: '01 99 00 55 66', birthYear: 1951 });
  await space.addUsager({ firstName: 'Fatou', lastName: 'N’Diaye', phone: '06 39 98 77 88', birthYear: 1985 });
  await space.addUsager({ firstName: 'Ali', lastName: 'Ben Salah', birthYear: 1990 });
  await space.addUsager({ lastName: '100%_\\Net', birthYear: 2001 });
  for (let n = 0; n < 30; n += 1)
    await space.addUsager({ firstName: 'Zoé', lastName: `Lefebvre ${'abcdefghijklmnopqrstuvwxyzabcd'[n]}` });
});
afterAll(() => services?.stop());

const search = async (words: string, who: Parameters<TestSpace['as']> = ['desk'], most = 10) =>
  (await services.get(Usagers).search(await space.as(...who), words, most)).map((usager) => usager.lastName);

it.each([
  ['the name as it is written', 'Dupont', 'Dupont'],
  ['without its accents', 'elodie', 'Dupont'],
  ['with capitals', 'ÉLODIE DUPONT', 'Dupont'],
  ['first name first', 'Élodie Dupont', 'Dupont'],
  ['last name first', 'dupont elodie', 'Dupont'],
  ['as far as it is typed', 'dup', 'Dupont'],
  ['with another ending', 'Dupond', 'Dupont'],
  ['with letters swapped', 'matrin', 'Martin'],
  ['with letters swapped in both names', 'eoldie dupnot', 'Dupont'],
  ['one half of a double first name', 'pierre martin', 'Martin'],
  ['with a straight apostrophe', "N'Diaye", 'N’Diaye'],
  ['without the apostrophe', 'ndiaye', 'N’Diaye'],
  ['in one word', 'bensalah', 'Ben Salah'],
  ['digits of the phone as dialled', '0639981234', 'Dupont'],
  ['the end of the number', '5566', 'Martin'],
  ['the number with spaces', '01 99 00 55', 'Martin'],
  ['the international number', '+33 6 39 98 77 88', 'N’Diaye'],
  ['the name and the birth year', 'fatou 1985', 'N’Diaye'],
  ['the name and the end of the number', 'dupont 1234', 'Dupont'],
])('a person is found by %s', async (_, words, lastName) => {
  expect((await search(words))[0]).toBe(lastName);
});

it('a birth year alone gives everyone born then', async () => {
  expect((await search('1985')).sort()).toEqual(['Dupont', 'N’Diaye']);
});

it.each(['', ' ', '%', '_', '\\', '%%%', "'", '12', 'Kowalczyk', 'dupont 1951', 'dupont fatou'])(
  '"%s" finds nobody',
  async (words) => {
    expect(await search(words)).toEqual([]);
  },
);

it('signs typed in a name are not wildcards', async () => {
  expect(await search('100%_\\Net')).toEqual(['100%_\\Net']);
  expect(await search('du%nt')).toEqual([]);
});

it('no more are given than asked', async () => {
  expect(await search('lefebvre', ['desk'], 7)).toHaveLength(7);
});

it('a partner finds the people it meets, not the others’', async () => {
  const clic6 = await space.as('partner-editor', 'Clic6');
  await space.addUsager({ firstName: 'Odette', lastName: 'Garnier' }, clic6);
  expect(await search('garnier', ['partner-editor', 'Clic6'])).toEqual(['Garnier']);
  expect(await search('dupont', ['partner-editor', 'Clic6'])).toEqual([]);
  expect(await search('garnier', ['partner-editor', 'Parquet'])).toEqual([]);
  expect(await search('garnier')).toEqual(['Garnier']);
});

it('the desk does not find whom only a confidential service has met', async () => {
  const social = await space.as('agent', 'Personnel communal');
  const id = await space.addUsager({ firstName: 'Yves', lastName: 'Collègue', phone: '06 39 98 00 01' }, social);
  expect(await search('collègue')).toEqual([]);
  expect(await search('collègue', ['manager'])).toEqual([]);
  expect(await search('0639980001')).toEqual([]);
  expect(await services.get(Usagers).read(await space.as('desk'), id)).toBeNull();
  expect(await search('collègue', ['agent', 'Personnel communal'])).toEqual(['Collègue']);
});

it('another space finds nobody here', async () => {
  const other = await aSpace(services, { name: 'Ailleurs', sites: [], partners: [] });
  expect(await services.get(Usagers).search(await other.as('administrator'), 'dupont', 10)).toEqual([]);
});

it('reading a record is kept, with who read it', async () => {
  const desk = await space.as('desk');
  const id = await space.addUsager({ lastName: 'Lue', phone: '0692 12 34 56' });
  expect(await services.get(Usagers).read(desk, id)).toEqual({
    id,
    firstName: '',
    lastName: 'Lue',
    phone: '+262692123456',
    phoneKind: 'mobile',
    phoneShared: false,
    language: 'fr',
    birthYear: null,
    sectorId: null,
    contact: null,
    interpreter: false,
    safeContact: false,
    safeHours: null,
    referents: [],
    toldBy: 'sms',
    note: '',
    version: 1,
  });
  const kept = await services.database.within(systemContext(space.space.id), (tx) =>
    tx.query('select action, account_id from audit where space_id = $1 and subject_id = $2 order by id', [
      space.space.id,
      id,
    ]),
  );
  expect(kept).toEqual([
    { action: 'usager.created', account_id: desk.accountId },
    { action: 'usager.read', account_id: desk.accountId },
  ]);
});

it('a record is put right by whoever read it last', async () => {
  const desk = await space.as('desk');
  const id = await space.addUsager({ lastName: 'Durant', phone: '06 39 98 00 02' });
  const right = UsagerBody.parse({ lastName: 'Durand', phone: '01 99 00 00 02' });
  expect(await services.get(Usagers).rectify(desk, id, right, 1)).toMatchObject({
    ok: true,
    value: { lastName: 'Durand', phone: '+33199000002', phoneKind: 'landline', version: 2 },
  });
  expect(await services.get(Usagers).rectify(desk, id, right, 1)).toMatchObject({ why: 'version' });
  expect(await services.get(Usagers).rectify(await space.as('partner-editor', 'Clic6'), id, right, 2)).toMatchObject({
    why: 'not-found',
  });
  expect(await search('durand')).toEqual(['Durand']);
});

it('a social security number is refused where it stands, in the reader’s language', async () => {
  const body = UsagerBody.parse({ lastName: 'Petit' });
  const french = await services
    .get(Usagers)
    .create(await space.as('desk'), { ...body, note: 'sécu 1 85 05 78 006 084 36' });
  expect(french).toMatchObject({
    why: 'nir',
    errors: [{ at: 'note', message: expect.stringContaining('numéro de sécurité sociale') }],
  });
  const english = await services
    .get(Usagers)
    .create(await space.addAccount({ role: 'desk', language: 'en' }), { ...body, phone: '185057800608436' });
  expect(english).toMatchObject({
    why: 'nir',
    errors: [{ at: 'phone', message: expect.stringContaining('social security number') }],
  });
  expect(UsagerBody.safeParse({ lastName: '1850578006084' }).success).toBe(false);
});

it('the database refuses a social security number by itself', async () => {
  await expect(
    services.database.within(systemContext(space.space.id), (tx) =>
      tx.query(
        `insert into usager (space_id, last_name, note, known_to_desk, created_at) values ($1, 'Petit', '1 85 05 78 006 084', true, '2027-01-04')`,
        [space.space.id],
      ),
    ),
  ).rejects.toThrow(/no_social_security_number/);
});

it('a number nobody can be called at is refused', async () => {
  const outcome = await services
    .get(Usagers)
    .create(await space.as('desk'), UsagerBody.parse({ lastName: 'Petit', phone: '06 39' }));
  expect(outcome).toMatchObject({ why: 'invalid', errors: [{ at: 'phone' }] });
});
