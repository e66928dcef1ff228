import { PermanenceBody, RoomBookingBody } from '@app/contract';
import { Directory, DirectoryModule, Partners, Retirement, Rooms } from '@app/directory';
import { PermanencesModule, PublishPermanence, WritePermanence } from '@app/permanences';
import { BookRoom, RoomBookings, RoomsModule } from '@app/rooms';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { aSpace, granted, type TestSpace } from '../support/builders';
import { startServices, type TestServices } from '../support/services';

let services: TestServices;
let space: TestSpace;

beforeAll(async () => {
  services = await startServices([DirectoryModule, RoomsModule, PermanencesModule], { now: '2027-01-12 09:00' });
});
beforeEach(async () => {
  services.clock.set('2027-01-12 09:00');
  space = await aSpace(services);
});
afterAll(() => services?.stop());

type Wanted = {
  room: string;
  desk?: string;
  from?: string;
  to?: string;
  date?: string;
  agents?: string[];
  partner?: string;
  title?: string;
  confidential?: boolean;
};

/** "Bureau partagé", 17:00–18:00 on Tuesday 2027-01-12 unless said otherwise. */
function aBooking({
  room,
  desk,
  date = '2027-01-12',
  from = '17:00',
  to = '18:00',
  agents = [],
  partner,
  title = 'Réunion',
  confidential,
}: Wanted) {
  return RoomBookingBody.parse({
    roomId: space.id(room),
    workstationId: desk ? space.id(`${room}/${desk}`) : null,
    start: `${date}T${from}`,
    end: `${date}T${to}`,
    title,
    agentIds: agents.map((agent) => space.id(agent)),
    partnerId: partner ? space.id(partner) : null,
    confidential,
  });
}
const book = async (who: Parameters<TestSpace['as']>, wanted: Wanted) =>
  services.get(BookRoom).book(await space.as(...who), aBooking(wanted));

it('Tuesday 17:00: Clic6 receives a family at its desk; the whole office is refused to Petite enfance, the second desk is not', async () => {
  granted(
    await book(['partner-editor', 'Clic6'], { room: 'Bureau partagé', desk: 'Poste A', agents: ['Nadia Roche'] }),
  );
  const refused = await book(['partner-editor', 'Petite enfance'], {
    room: 'Bureau partagé',
    title: 'Entretien confidentiel',
  });
  expect(refused).toEqual({
    ok: false,
    why: 'room-taken',
    heldBy: null,
    until: '2027-01-12T18:00',
    detail: expect.stringMatching(/^Bureau partagé : pris jusqu’à 18.h\.$/),
    alternatives: [
      expect.objectContaining({
        roomId: space.id('Bureau 1'),
        workstationId: null,
        name: 'Bureau 1',
        start: '2027-01-12T17:00',
        end: '2027-01-12T18:00',
      }),
      expect.objectContaining({ name: 'Bureau 2' }),
      expect.objectContaining({ name: 'Bureau partagé · Poste B', workstationId: space.id('Bureau partagé/Poste B') }),
    ],
  });
  granted(await book(['partner-editor', 'Petite enfance'], { room: 'Bureau partagé', desk: 'Poste B' }));
});

it('when Clic6 holds the whole office, no desk of it is left', async () => {
  granted(await book(['partner-editor', 'Clic6'], { room: 'Bureau partagé' }));
  const refused = await book(['partner-editor', 'Petite enfance'], { room: 'Bureau partagé', desk: 'Poste B' });
  expect(refused).toMatchObject({ why: 'room-taken', until: '2027-01-12T18:00' });
  expect(names(refused)).toEqual(['Bureau 1', 'Bureau 2', 'Grande salle']);
});

it('a booking refused to one language is explained in the other', async () => {
  granted(await book(['desk'], { room: 'Bureau 1' }));
  const reader = await space.addAccount({ role: 'desk', language: 'en' });
  expect(await services.get(BookRoom).book(reader, aBooking({ room: 'Bureau 1' }))).toMatchObject({
    detail: 'Bureau 1: taken until 18:00.',
  });
});

it('every way out that is proposed can be taken', async () => {
  granted(await book(['desk'], { room: 'Bureau 1', from: '10:00', to: '11:00' }));
  granted(await book(['desk'], { room: 'Bureau 2', from: '10:30', to: '11:30' }));
  const refused = await book(['desk'], { room: 'Bureau 1', from: '10:00', to: '11:00', agents: ['Line Morel'] });
  expect(refused).toMatchObject({ why: 'room-taken' });
  const ways = waysOf(refused);
  expect(ways.length).toBeGreaterThan(1);
  for (const way of ways) {
    const body = RoomBookingBody.parse({ ...way, title: 'Réunion' });
    expect(await services.get(BookRoom).book(await space.as('desk'), body)).toMatchObject({ ok: true });
  }
});

it('an agent expected at another site is not promised twice, and the next free time is given', async () => {
  granted(await book(['desk'], { room: 'Bureau 1', from: '14:00', to: '15:00', agents: ['Nadia Roche'] }));
  const refused = await book(['desk'], { room: 'Salle bleue', from: '14:30', to: '15:30', agents: ['Nadia Roche'] });
  expect(refused).toMatchObject({ why: 'agent-taken', heldBy: null, until: '2027-01-12T15:00' });
  expect(waysOf(refused)).toEqual([
    {
      roomId: space.id('Salle bleue'),
      workstationId: null,
      name: 'Salle bleue',
      lent: '',
      start: '2027-01-12T15:00',
      end: '2027-01-12T16:00',
    },
  ]);
});

it('a meeting after closing time is kept', async () => {
  granted(await book(['desk'], { room: 'Grande salle', from: '18:00', to: '20:00' }));
});

it('an hour that the clocks skip is no hour of a meeting', async () => {
  const meeting = { room: 'Bureau 1', date: '2027-03-28' };
  for (const hours of [
    { from: '01:30', to: '02:30' },
    { from: '02:30', to: '04:00' },
  ])
    expect(await book(['manager'], { ...meeting, ...hours })).toEqual({ ok: false, why: 'hour-skipped' });
  granted(await book(['manager'], { ...meeting, from: '01:30', to: '03:30' }));
});

it('two meetings may follow each other', async () => {
  granted(await book(['desk'], { room: 'Bureau 1', from: '09:00', to: '10:00' }));
  granted(await book(['desk'], { room: 'Bureau 1', from: '10:00', to: '11:00' }));
});

it('the past is not booked, a meeting that just began is', async () => {
  services.clock.set('2027-01-12 09:40');
  expect(await book(['desk'], { room: 'Bureau 1', from: '09:00', to: '10:30' })).toMatchObject({ why: 'past' });
  granted(await book(['desk'], { room: 'Bureau 1', from: '09:30', to: '10:30' }));
});

it('a cancelled booking frees the room and the agents, once and for all', async () => {
  const { id } = granted(await book(['desk'], { room: 'Bureau 1', agents: ['Nadia Roche'] }));
  const desk = await space.as('desk');
  expect(await services.get(RoomBookings).cancel(desk, id)).toEqual({ ok: true, value: null });
  expect(await services.get(RoomBookings).cancel(desk, id)).toEqual({ ok: true, value: null });
  expect(await services.get(RoomBookings).read(desk, id)).toMatchObject({ cancelled: true, title: 'Réunion' });
  granted(await book(['desk'], { room: 'Bureau 1', agents: ['Nadia Roche'] }));
});

it('what is over is not cancelled', async () => {
  const { id } = granted(await book(['desk'], { room: 'Bureau 1', from: '09:00', to: '10:00' }));
  services.clock.set('2027-01-12 10:00');
  expect(await services.get(RoomBookings).cancel(await space.as('desk'), id)).toMatchObject({ why: 'past' });
});

it('a partner reads and cancels its own bookings only; the desk reads those that are not confidential', async () => {
  const clic6 = granted(await book(['partner-editor', 'Clic6'], { room: 'Bureau 1', title: 'Famille' }));
  const secret = granted(
    await book(['partner-editor', 'Personnel communal'], { room: 'Bureau 2', title: 'Entretien de Mme X' }),
  );
  const other = await space.as('partner-editor', 'Petite enfance');
  const desk = await space.as('desk');
  const bookings = services.get(RoomBookings);
  expect(await bookings.read(other, clic6.id)).toBeNull();
  expect(await bookings.cancel(other, clic6.id)).toMatchObject({ why: 'not-found' });
  expect(await bookings.read(desk, clic6.id)).toMatchObject({ title: 'Famille', cancelled: false });
  expect(await bookings.read(desk, secret.id)).toBeNull();
  expect(await bookings.cancel(desk, secret.id)).toMatchObject({ why: 'not-found' });
  expect(await bookings.read(await space.as('partner-editor', 'Personnel communal'), secret.id)).toMatchObject({
    title: 'Entretien de Mme X',
  });
});

it('a room held confidentially is refused as taken, without a name', async () => {
  granted(await book(['partner-editor', 'Personnel communal'], { room: 'Bureau 2', title: 'Entretien de Mme X' }));
  const refused = await book(['desk'], { room: 'Bureau 2' });
  expect(refused).toMatchObject({ why: 'room-taken', heldBy: null, until: '2027-01-12T18:00' });
  expect(JSON.stringify(refused)).not.toMatch(/Mme X|communal/);
});

it('a partner books for itself and its own agents', async () => {
  expect(await book(['partner-editor', 'Clic6'], { room: 'Bureau 1', partner: 'Parquet' })).toMatchObject({
    why: 'not-yours',
  });
  expect(await book(['partner-editor', 'Clic6'], { room: 'Bureau 1', agents: ['Paul Vasseur'] })).toMatchObject({
    why: 'not-yours',
  });
  const { id } = granted(await book(['partner-editor', 'Clic6'], { room: 'Bureau 1', agents: ['Nadia Roche'] }));
  expect(await services.get(RoomBookings).read(await space.as('desk'), id)).toMatchObject({
    partnerId: space.id('Clic6'),
    agentIds: [space.id('Nadia Roche')],
  });
});

it('the desk does not write what it could not read afterwards', async () => {
  expect(await book(['desk'], { room: 'Bureau 1', partner: 'Personnel communal' })).toMatchObject({
    why: 'confidential-elsewhere',
  });
  expect(await book(['desk'], { room: 'Bureau 1', confidential: true })).toMatchObject({
    why: 'confidential-elsewhere',
  });
});

it('a room, a desk or an agent of another space does not exist here', async () => {
  const elsewhere = await aSpace(services);
  const body = aBooking({ room: 'Bureau 1' });
  const desk = await elsewhere.as('desk');
  expect(await services.get(BookRoom).book(desk, body)).toMatchObject({ why: 'no-such-reference' });
  const own = { ...body, roomId: elsewhere.id('Bureau 1') };
  expect(await services.get(BookRoom).book(desk, { ...own, agentIds: [space.id('Nadia Roche')] })).toMatchObject({
    why: 'no-such-reference',
  });
  expect(
    await services.get(BookRoom).book(desk, { ...own, workstationId: space.id('Bureau partagé/Poste A') }),
  ).toMatchObject({ why: 'no-such-reference' });
});

it('a desk added to an office held whole is held with it', async () => {
  granted(await book(['partner-editor', 'Personnel communal'], { room: 'Bureau partagé', title: 'Entretien' }));
  const manager = await space.as('manager');
  const { rooms } = await services.get(Directory).read(manager);
  const { id, retired: _, workstations, ...room } = theOne(rooms, 'Bureau partagé');
  const labels = [...workstations.map((desk) => desk.label), 'Poste C'];
  const changed = granted(await services.get(Rooms).update(manager, id, { ...room, workstations: labels }));
  const added = changed.workstations.find((desk) => desk.label === 'Poste C')?.id ?? '';
  const desk = (from: string, to: string) => ({
    ...aBooking({ room: 'Bureau partagé', from, to }),
    workstationId: added,
  });
  expect(await services.get(BookRoom).book(manager, desk('17:30', '18:00'))).toMatchObject({ why: 'room-taken' });
  granted(await services.get(BookRoom).book(manager, desk('18:00', '18:30')));
});

it('what is booked ahead is not retired, and it is said by what', async () => {
  granted(await book(['desk'], { room: 'Bureau partagé', desk: 'Poste B', agents: ['Nadia Roche'] }));
  const manager = await space.as('manager');
  const retirement = services.get(Retirement);
  const inUse = { why: 'in-use', detail: 'Encore utilisé par : 1 réservation de salle.' };
  expect(await retirement.retire(manager, 'room', space.id('Bureau partagé'))).toMatchObject(inUse);
  expect(await retirement.retire(manager, 'agent', space.id('Nadia Roche'))).toMatchObject(inUse);
  const { rooms } = await services.get(Directory).read(manager);
  const { id, retired: _, ...room } = theOne(rooms, 'Bureau partagé');
  expect(await services.get(Rooms).update(manager, id, { ...room, workstations: ['Poste A'] })).toMatchObject({
    why: 'in-use',
    detail: 'Poste B : Encore utilisé par : 1 réservation de salle.',
  });
  services.clock.set('2027-01-12 18:00');
  expect(await retirement.retire(manager, 'room', space.id('Bureau partagé'))).toMatchObject({ ok: true });
  expect(await book(['desk'], { room: 'Bureau partagé', date: '2027-01-13' })).toMatchObject({
    why: 'no-such-reference',
  });
});

it('a partner that becomes confidential takes its bookings out of the desk’s sight', async () => {
  const { id } = granted(await book(['desk'], { room: 'Bureau 1', partner: 'Clic6', title: 'Famille' }));
  const manager = await space.as('manager');
  const { partners } = await services.get(Directory).read(manager);
  const { id: clic6, retired: _, ...partner } = theOne(partners, 'Clic6');
  granted(await services.get(Partners).update(manager, clic6, { ...partner, confidential: true }));
  expect(await services.get(RoomBookings).read(await space.as('desk'), id)).toBeNull();
  expect(await services.get(RoomBookings).read(await space.as('partner-editor', 'Clic6'), id)).toMatchObject({
    title: 'Famille',
  });
  expect(await book(['desk'], { room: 'Bureau 1' })).toMatchObject({ why: 'room-taken', heldBy: null });
});

it('a room held by a published permanence is refused with its name; by any other, as taken', async () => {
  await publish('Parquet', 'Bureau 1', 'Accueil du Parquet');
  await publish('Petite enfance', 'Bureau 2', 'Réunion d’équipe', { visibility: 'internal' });
  const hours = { from: '15:00', to: '17:00' };
  const named = await book(['partner-editor', 'Clic6'], { room: 'Bureau 1', ...hours });
  expect(named).toMatchObject({ why: 'room-taken', heldBy: 'Accueil du Parquet', until: '2027-01-12T16:00' });
  const unnamed = await book(['partner-editor', 'Clic6'], { room: 'Bureau 2', ...hours });
  expect(unnamed).toMatchObject({ why: 'room-taken', heldBy: null, until: '2027-01-12T16:00' });
  expect(JSON.stringify(unnamed)).not.toMatch(/équipe/);
});

it('a partner that becomes confidential has its permanences shown as taken, and its name said to nobody else', async () => {
  await publish('Parquet', 'Bureau 1', 'Accueil du Parquet');
  const manager = await space.as('manager');
  const { id, retired: _, ...partner } = theOne((await services.get(Directory).read(manager)).partners, 'Parquet');
  granted(await services.get(Partners).update(manager, id, { ...partner, confidential: true }));
  const refused = await book(['desk'], { room: 'Bureau 1', from: '15:00', to: '17:00' });
  expect(refused).toMatchObject({ why: 'room-taken', heldBy: null });
});

it('a room, a site or a partner with permanences ahead stays, and they are named', async () => {
  await publish('Parquet', 'Bureau 1', 'Accueil du Parquet');
  const manager = await space.as('manager');
  const retirement = services.get(Retirement);
  const named = { why: 'in-use', detail: expect.stringContaining('la permanence « Accueil du Parquet »') };
  expect(await retirement.retire(manager, 'room', space.id('Bureau 1'))).toMatchObject(named);
  expect(await retirement.retire(manager, 'site', space.id('Rue du Béarn'))).toMatchObject(named);
  expect(await retirement.retire(manager, 'partner', space.id('Parquet'))).toMatchObject(named);
  const { id, retired: _, ...room } = theOne((await services.get(Directory).read(manager)).rooms, 'Bureau 1');
  const moved = { ...room, workstations: [], siteId: space.id('Maison pour tous') };
  expect(await services.get(Rooms).update(manager, id, moved)).toMatchObject(named);
});

it('a booking sent twice with one key is made once', async () => {
  const once = { key: 'reunion-de-service', requestHash: Buffer.from('same') };
  const desk = await space.as('desk');
  const first = granted(await services.get(BookRoom).book(desk, aBooking({ room: 'Bureau 1' }), once));
  const second = granted(await services.get(BookRoom).book(desk, aBooking({ room: 'Bureau 1' }), once));
  expect(second).toEqual(first);
});

it('live screens of the site are told', async () => {
  const { id } = granted(await book(['desk'], { room: 'Bureau 1' }));
  granted(await services.get(RoomBookings).cancel(await space.as('desk'), id));
  const told = await services.database.within(
    { spaceId: space.space.id, sight: 'system', partnerId: null, accountId: null },
    (tx) =>
      tx.query('select kind, site_id, day from event where space_id = $1 and subject_id = $2 order by id', [
        space.space.id,
        id,
      ]),
  );
  const about = { site_id: space.id('Rue du Béarn'), day: '2027-01-12' };
  expect(told).toEqual([
    { kind: 'room-booking.made', ...about },
    { kind: 'room-booking.cancelled', ...about },
  ]);
});

/** Every Tuesday from 2027-01-12, 14:00–16:00, the partner alone in the room. */
async function publish(partner: string, room: string, title: string, more: object = {}): Promise<void> {
  const viewer = await space.as('partner-editor', partner);
  const rule = { rrule: 'FREQ=WEEKLY;BYDAY=TU', from: '2027-01-12', start: '14:00', end: '16:00', mode: 'walk-in' };
  const permanence = PermanenceBody.parse({
    partnerId: space.id(partner),
    title,
    rules: [{ ...rule, siteId: space.id('Rue du Béarn'), roomId: space.id(room) }],
    ...more,
  });
  const { id } = granted(await services.get(WritePermanence).draft(viewer, null, permanence));
  expect(granted(await services.get(PublishPermanence).publish(viewer, id, 1))).toMatchObject({ conflicts: 0 });
}

function theOne<T extends { name: string }>(list: readonly T[], name: string): T {
  const one = list.find((each) => each.name === name);
  if (!one) throw new Error(`Nothing here is named ${name}.`);
  return one;
}

const waysOf = (outcome: unknown) => (outcome as { alternatives: { name: string }[] }).alternatives;
const names = (outcome: unknown) => waysOf(outcome).map((way) => way.name);
