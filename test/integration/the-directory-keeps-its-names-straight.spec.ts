import { AgentBody, MotifBody, PartnerBody, RoomBody, SiteBody } from '@app/contract';
import { Agents, Directory, DirectoryModule, Motifs, Partners, Retirement, Rooms, Sites } from '@app/directory';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aSpace, type TestSpace, granted } from '../support/builders';
import { startServices, type TestServices } from '../support/services';

let services: TestServices;
let space: TestSpace;

beforeAll(async () => {
  services = await startServices([DirectoryModule]);
  space = await aSpace(services);
});
afterAll(() => services?.stop());

const read = async () => services.get(Directory).read(await space.as('administrator'));
const aRoom = (name: string, more: object = {}) =>
  RoomBody.parse({ siteId: space.id('Rue du Béarn'), name, capacity: 3, ...more });

it('the directory names everything of the space in one answer', async () => {
  const directory = await read();
  expect(directory.sites.map((site) => site.name)).toEqual(['Rue du Béarn', 'Maison pour tous']);
  expect(directory.sites[0]?.openings).toHaveLength(5);
  expect(
    directory.rooms.find((room) => room.name === 'Bureau partagé')?.workstations.map((desk) => desk.label),
  ).toEqual(['Poste A', 'Poste B']);
  expect(directory.partners.map((partner) => partner.name)).toContain('Clic6');
  expect(directory.agents.find((agent) => agent.name === 'Nadia Roche')).toEqual({
    id: space.id('Nadia Roche'),
    partnerId: space.id('Clic6'),
    name: 'Nadia Roche',
    profession: '',
    languages: ['fr'],
    skills: [],
    retired: false,
  });
  expect(directory.motifs.find((motif) => motif.label === 'Mode de garde')?.durationMinutes).toBe(30);
});

it('another space sees nothing of it', async () => {
  const other = await aSpace(services, { name: 'Ailleurs', sites: [{ name: 'Rue du Béarn' }], partners: [] });
  const directory = await services.get(Directory).read(await other.as('administrator'));
  expect(directory.sites).toHaveLength(1);
  expect(directory).toMatchObject({ rooms: [], partners: [], agents: [], motifs: [] });
});

it('what people come for at a confidential service is told to that service alone', async () => {
  const labels = async (role: 'desk' | 'partner-editor' | 'manager', partner: string | null = null) =>
    (await services.get(Directory).read(await space.as(role, partner))).motifs.map((motif) => motif.label);
  expect(await labels('desk')).not.toContain('Entretien');
  expect(await labels('partner-editor', 'Clic6')).not.toContain('Entretien');
  expect(await labels('partner-editor', 'Personnel communal')).toContain('Entretien');
  expect(await labels('manager')).toContain('Entretien');
});

it('a name already in use is refused with a sentence, whatever its capitals', async () => {
  const administrator = await space.as('administrator');
  expect(await services.get(Rooms).create(administrator, aRoom('bureau 1'))).toEqual({
    ok: false,
    why: 'name-taken',
    detail: 'Une salle de ce lieu porte déjà ce nom.',
  });
  const partner = PartnerBody.parse({ name: 'CLIC6', shortName: 'C', mark: 'C', hue: 1 });
  expect(await services.get(Partners).create(administrator, partner)).toMatchObject({ why: 'name-taken' });
  expect(
    await services.get(Rooms).create(administrator, aRoom('Bureau double', { workstations: ['A', 'a'] })),
  ).toMatchObject({
    why: 'name-taken',
  });
});

it('a retired name can be given again, and the old one stays readable', async () => {
  const administrator = await space.as('administrator');
  const first = granted(await services.get(Rooms).create(administrator, aRoom('Bureau 9')));
  expect(await services.get(Retirement).retire(administrator, 'room', first.id)).toEqual({ ok: true, value: null });
  granted(await services.get(Rooms).create(administrator, aRoom('Bureau 9')));
  const named = (await read()).rooms.filter((room) => room.name === 'Bureau 9');
  expect(named.map((room) => room.retired).sort()).toEqual([false, true]);
});

it('hours that overlap, or end before they begin, are refused where they stand', async () => {
  const openings = [
    { weekday: 1, opens: '08:30', closes: '12:30' },
    { weekday: 1, opens: '12:00', closes: '17:00' },
  ];
  const outcome = await services
    .get(Sites)
    .create(await space.as('manager'), SiteBody.parse({ name: 'CCAS', openings }));
  expect(outcome).toMatchObject({ ok: false, why: 'invalid', errors: [{ at: 'openings.1' }] });
});

it('a site in use stays; an empty one can go', async () => {
  const administrator = await space.as('administrator');
  expect(await services.get(Retirement).retire(administrator, 'site', space.id('Rue du Béarn'))).toMatchObject({
    why: 'in-use',
    detail: expect.stringMatching(/^Encore utilisé par : \d+ salles\.$/),
  });
  const { id } = granted(await services.get(Sites).create(administrator, SiteBody.parse({ name: 'Sol’Épi' })));
  expect(await services.get(Retirement).retire(administrator, 'site', id)).toMatchObject({ ok: true });
  expect(await services.get(Sites).update(administrator, id, SiteBody.parse({ name: 'Sol’Épi' }))).toMatchObject({
    why: 'not-found',
  });
});

it('a partner that leaves takes its agents and motifs along, unless someone still signs in for it', async () => {
  const administrator = await space.as('administrator');
  await space.addPartner({ name: 'AEF 94', agents: ['Rose Blanc'], motifs: [{ label: 'Violences' }] });
  const editor = await space.as('partner-editor', 'AEF 94');
  expect(await services.get(Retirement).retire(administrator, 'partner', space.id('AEF 94'))).toMatchObject({
    why: 'in-use',
    detail: 'Encore utilisé par : 1 compte ouvert.',
  });
  await services.database.within({ spaceId: space.space.id, sight: 'system', partnerId: null, accountId: null }, (tx) =>
    tx.query('update account set disabled_at = $2 where id = $1', [editor.accountId, '2027-01-04T08:00Z']),
  );
  expect(await services.get(Retirement).retire(administrator, 'partner', space.id('AEF 94'))).toMatchObject({
    ok: true,
  });
  const directory = await read();
  expect(directory.agents.find((agent) => agent.name === 'Rose Blanc')?.retired).toBe(true);
  expect(directory.motifs.find((motif) => motif.label === 'Violences')?.retired).toBe(true);
});

it('a partner’s editor writes for that partner alone', async () => {
  const editor = await space.as('partner-editor', 'Clic6');
  const theirs = { partnerId: space.id('Clic6'), name: 'Zoé Lambert' };
  const others = { partnerId: space.id('Parquet'), name: 'Zoé Lambert' };
  expect(await services.get(Agents).create(editor, AgentBody.parse(theirs))).toMatchObject({ ok: true });
  expect(await services.get(Agents).create(editor, AgentBody.parse(others))).toMatchObject({ why: 'not-yours' });
  expect(await services.get(Agents).update(editor, space.id('Paul Vasseur'), AgentBody.parse(theirs))).toMatchObject({
    why: 'not-found',
  });
  expect(await services.get(Retirement).retire(editor, 'agent', space.id('Paul Vasseur'))).toMatchObject({
    why: 'not-found',
  });
  const motif = MotifBody.parse({
    partnerId: space.id('Parquet'),
    label: 'X',
    discreetLabel: 'X',
    durationMinutes: 30,
  });
  expect(await services.get(Motifs).create(editor, motif)).toMatchObject({ why: 'not-yours' });
  expect(
    await services.get(Motifs).update(editor, space.id('Plainte'), { ...motif, partnerId: space.id('Clic6') }),
  ).toMatchObject({ why: 'not-found' });
  expect(await services.get(Retirement).retire(editor, 'motif', space.id('Plainte'))).toMatchObject({
    why: 'not-found',
  });
  expect((await read()).motifs.find((one) => one.id === space.id('Plainte'))).toMatchObject({
    label: 'Plainte',
    retired: false,
  });
});

it('an agent does not change partner', async () => {
  const moved = AgentBody.parse({ partnerId: space.id('Parquet'), name: 'Nadia Roche' });
  expect(await services.get(Agents).update(await space.as('manager'), space.id('Nadia Roche'), moved)).toMatchObject({
    why: 'partner-fixed',
  });
});
