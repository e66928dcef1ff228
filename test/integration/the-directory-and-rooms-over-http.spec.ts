import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Browser, startApi, type TestApi } from '../support/api';
import { aSpaceWithPeople, PASSWORD } from '../support/people';

// A weekday far enough ahead of any day these tests run on.
const DAY = '2094-03-02';

let api: TestApi;
let manager: Browser;
let desk: Browser;
let editor: Browser;
let stranger: Browser;
let site: string;
let room: string;
let partner: string;

beforeAll(async () => {
  api = await startApi();
  const here = await aSpaceWithPeople(api.database, 'Chevilly', {
    Max: { role: 'manager' },
    Lea: { role: 'desk' },
    Eva: { role: 'partner-editor', partner: 'AEF 94' },
  });
  const elsewhere = await aSpaceWithPeople(api.database, 'Fresnes', { Fanny: { role: 'administrator' } });
  const signIn = (person: { email: string } | undefined) => api.browser().signIn(person?.email ?? '', PASSWORD);
  [manager, desk, editor, stranger] = [
    await signIn(here.people.Max),
    await signIn(here.people.Lea),
    await signIn(here.people.Eva),
    await signIn(elsewhere.people.Fanny),
  ];
  const openings = [{ weekday: 2, opens: '08:30', closes: '17:30' }];
  site = (await manager.post('/api/sites', { name: 'Rue du Béarn', openings })).body.id;
  room = (
    await manager.post('/api/rooms', { siteId: site, name: 'Bureau partagé', capacity: 3, workstations: ['A', 'B'] })
  ).body.id;
  partner = (await editor.get('/api/directory')).body.partners.find(
    (one: { name: string }) => one.name === 'AEF 94',
  ).id;
});
afterAll(() => api?.stop());

it('the directory is told to whoever is signed in, and to nobody else', async () => {
  const told = await desk.get('/api/directory');
  expect(told.status).toBe(200);
  expect(told.body.rooms).toEqual([expect.objectContaining({ id: room, name: 'Bureau partagé', retired: false })]);
  expect((await stranger.get('/api/directory')).body.rooms).toEqual([]);
  expect((await api.browser().get('/api/directory')).status).toBe(401);
});

it('the desk reads the settings, managers change them', async () => {
  expect((await desk.post('/api/sites', { name: 'Ailleurs' })).status).toBe(403);
  expect((await editor.post('/api/rooms', { siteId: site, name: 'Ailleurs', capacity: 3 })).status).toBe(403);
  const changed = await manager.put(`/api/sites/${site}`, {
    name: 'Rue du Béarn',
    address: '3 rue du Béarn',
    openings: [],
  });
  expect([changed.status, changed.body.address]).toEqual([200, '3 rue du Béarn']);
  expect((await stranger.put(`/api/sites/${site}`, { name: 'À moi' })).status).toBe(404);
  expect((await stranger.delete(`/api/rooms/${room}`)).status).toBe(404);
});

it('a partner’s editor looks after its agents and motifs', async () => {
  const agent = await editor.post('/api/agents', { partnerId: partner, name: 'Rose Blanc' });
  expect(agent.status).toBe(201);
  const twice = await editor.post('/api/agents', { partnerId: partner, name: 'rose blanc' });
  expect([twice.status, twice.body.why]).toEqual([409, 'name-taken']);
  expect(twice.body.detail).toMatch(/porte déjà ce nom/);
  const motif = await editor.post('/api/motifs', {
    partnerId: partner,
    label: 'Violences',
    discreetLabel: 'Rendez-vous',
    durationMinutes: 45,
  });
  expect(motif.status).toBe(201);
  expect((await editor.delete(`/api/motifs/${motif.body.id}`)).status).toBe(204);
  expect((await editor.delete(`/api/agents/${agent.body.id}`)).status).toBe(204);
  const own = await editor.get('/api/directory');
  const { id, retired: _, ...facts } = own.body.partners.find((one: { id: string }) => one.id === partner);
  expect((await editor.put(`/api/partners/${id}`, { ...facts, phone: '01 99 00 00 00' })).body.phone).toBe(
    '01 99 00 00 00',
  );
});

it('a social security number is refused in any text, where it stands, in the language of the answer', async () => {
  const usager = await desk.post('/api/usagers', { lastName: 'Petit', note: '1 85 05 78 006 084' });
  expect([usager.status, usager.body.errors[0].at]).toEqual([400, 'note']);
  expect(usager.body.errors[0].message).toMatch(/numéro de sécurité sociale/);
  const asPhone = await desk.post('/api/usagers', { lastName: 'Petit', phone: '1850578006084' });
  expect([asPhone.status, asPhone.body.why, asPhone.body.errors[0].at]).toEqual([400, 'nir', 'phone']);
  const title = await desk.post('/api/room-bookings', {
    roomId: room,
    start: `${DAY}T10:00`,
    end: `${DAY}T11:00`,
    title: 'M. 185057800608436',
  });
  expect([title.status, title.body.errors[0].at]).toEqual([400, 'title']);
});

it('a person is created once, found, read, and put right', async () => {
  const once = { 'idempotency-key': 'new-person-1' };
  const body = { firstName: 'Élodie', lastName: 'Dupont', phone: '06 39 98 12 34' };
  const [first, again] = [await desk.post('/api/usagers', body, once), await desk.post('/api/usagers', body, once)];
  expect([first.status, again.body.id]).toEqual([201, first.body.id]);
  const { id } = first.body;
  expect((await desk.get('/api/usagers?q=elodie%20dup')).body).toEqual([
    {
      id,
      firstName: 'Élodie',
      lastName: 'Dupont',
      birthYear: null,
      phone: '+33639981234',
      phoneShared: false,
      safeContact: false,
    },
  ]);
  expect((await editor.get('/api/usagers?q=dupont')).body).toEqual([]);
  expect((await editor.get(`/api/usagers/${id}`)).status).toBe(404);
  const { version } = (await desk.get(`/api/usagers/${id}`)).body;
  const right = await desk.put(`/api/usagers/${id}`, { ...body, lastName: 'Duponte', version });
  expect([right.status, right.body.version]).toEqual([200, version + 1]);
  const stale = await desk.put(`/api/usagers/${id}`, { ...body, version });
  expect([stale.status, stale.body.why]).toEqual([409, 'version']);
});

it('a room is booked, refused with a way out, read and cancelled', async () => {
  const wanted = { roomId: room, start: `${DAY}T14:00`, end: `${DAY}T15:00`, title: 'Réunion' };
  const desks = (await desk.get('/api/directory')).body.rooms[0].workstations;
  const made = await editor.post('/api/room-bookings', { ...wanted, workstationId: desks[0].id });
  expect(made.status).toBe(201);
  const refused = await desk.post('/api/room-bookings', wanted);
  expect([refused.status, refused.headers.get('content-type')]).toEqual([
    409,
    'application/problem+json; charset=utf-8',
  ]);
  expect(refused.body).toMatchObject({
    why: 'room-taken',
    title: 'La salle est prise.',
    heldBy: null,
    until: `${DAY}T15:00`,
    alternatives: [
      { roomId: room, workstationId: desks[1].id, name: 'Bureau partagé · B', start: wanted.start, end: wanted.end },
    ],
  });
  expect((await desk.get(`/api/room-bookings/${made.body.id}`)).body).toMatchObject({
    partnerId: partner,
    title: 'Réunion',
  });
  expect((await stranger.get(`/api/room-bookings/${made.body.id}`)).status).toBe(404);
  expect((await stranger.delete(`/api/room-bookings/${made.body.id}`)).status).toBe(404);
  expect((await editor.delete(`/api/room-bookings/${made.body.id}`)).status).toBe(204);
  expect((await desk.post('/api/room-bookings', wanted)).status).toBe(201);
});

it('a booking that ends before it begins, or on another day, is refused', async () => {
  const wanted = { roomId: room, start: `${DAY}T14:00`, end: `${DAY}T13:00`, title: 'Réunion' };
  const refused = await desk.post('/api/room-bookings', wanted);
  expect([refused.status, refused.body.errors[0]]).toEqual([
    400,
    { at: 'end', message: 'La fin doit suivre le début, le même jour.' },
  ]);
});

it('the past is not booked', async () => {
  const past = await desk.post('/api/room-bookings', {
    roomId: room,
    start: '2020-01-06T10:00',
    end: '2020-01-06T11:00',
    title: 'Réunion',
  });
  expect([past.status, past.body.why]).toEqual([409, 'past']);
});
