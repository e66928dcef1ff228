import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@app/accounts';
import { AloneHours } from '@app/booking';
import { AloneHourQuery, type Booked, type Slot } from '@app/contract';
import type { Outcome } from '@app/persistence';
import type { LocalDateTime } from '@app/time';
import { PlannedSpace } from '../support/planned-space';

describe('more than one person, or more than one agent', () => {
  let space: PlannedSpace;
  let desk: Viewer;
  let aef: string;
  let ana: string;
  let bilal: string;
  let chloe: string;
  let duo: string;
  let someone: string;
  beforeAll(async () => {
    space = await PlannedSpace.open('2027-01-04T08:00');
    desk = space.viewer('desk');
    aef = await space.partner('AEF 94');
    [ana, bilal, chloe] = [
      await space.agent(aef, 'Ana'),
      await space.agent(aef, 'Bilal', { position: 1 }),
      await space.agent(aef, 'Chloé', { position: 2 }),
    ];
    duo = await space.motif(aef, 'Entretien à deux', { agents_needed: 2 });
    someone = await space.usager('Yasmine', 'Martin');
  });
  afterAll(() => space?.close());

  const happened = <T>(outcome: Outcome<T>): T => {
    expect(outcome).toMatchObject({ ok: true });
    return (outcome as { value: T }).value;
  };
  const book = async (occurrenceId: string, motifId: string, start: string, more: object = {}): Promise<Booked> =>
    happened(
      await space.booking.book(
        desk,
        { occurrenceId, motifId, start: start as LocalDateTime, agentId: null, usagerId: someone, ...more },
        null,
      ),
    );

  it('of a group, who came, who did not and who had said so; put right as often as needed', async () => {
    const motif = await space.motif(aef, 'Atelier');
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      mode: 'group',
      seats: 3,
      dates: ['2027-01-04 10:00-11:00'],
    });
    const { id } = await book(date, motif, '2027-01-04T10:00');
    const say = (state: 'seen' | 'noShow' | 'planned', excused = false) =>
      space.following.say(desk, id, { state, version: 1, excused });
    const listed = async () =>
      (await space.details.of(desk, date))?.appointments.map((one) => [one.usagerName, one.state, one.excused]);
    expect(await say('noShow', true)).toMatchObject({ ok: false, why: 'too-early' });
    space.clock.at = '2027-01-04T10:30' as LocalDateTime;
    happened(await say('seen'));
    happened(await say('noShow'));
    happened(await say('noShow', true));
    expect(await listed()).toEqual([['Yasmine Martin', 'noShow', true]]);
    happened(await say('planned'));
    expect(await listed()).toEqual([['Yasmine Martin', 'planned', false]]);
  });

  it('the same person has one place in a group: a second is refused, until the first is cancelled', async () => {
    const motif = await space.motif(aef, 'Atelier CV');
    const [date = '', next = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      mode: 'group',
      seats: 4,
      dates: ['2027-01-12 10:00-11:00', '2027-01-19 10:00-11:00'],
    });
    const hers = { motifId: motif, agentId: null, usagerId: someone };
    const again = () =>
      space.booking.book(desk, { ...hers, occurrenceId: date, start: '2027-01-12T10:00' as LocalDateTime }, null);
    const tries = await Promise.all([again(), again(), again()]);
    expect(tries.filter(({ ok }) => ok)).toHaveLength(1);
    expect(tries.filter(({ ok }) => !ok)).toEqual([
      { ok: false, why: 'already-booked' },
      { ok: false, why: 'already-booked' },
    ]);
    const later = await book(next, motif, '2027-01-19T10:00');
    const move = { occurrenceId: date, start: '2027-01-12T10:00' as LocalDateTime, agentId: null, version: 1 };
    expect(await space.moving.move(desk, later.id, move)).toEqual({ ok: false, why: 'already-booked' });
    // Behind the link of an appointment nobody learns of another one.
    const [first] = await space.sql<{ id: string }>('select id from appointment where occurrence_id = $1', [date]);
    expect(await space.moving.move({ ...desk, accountId: '' }, later.id, move)).toMatchObject({ ok: true });
    happened(await space.following.cancel(desk, later.id, { by: 'usager', version: 2 }));
    happened(await space.following.cancel(desk, first?.id ?? '', { by: 'usager', version: 1 }));
    expect(await again()).toMatchObject({ ok: true });
    expect(
      await space.booking.book(desk, { ...hers, usagerId: next, occurrenceId: date, start: move.start }, null),
    ).toMatchObject({ ok: false, why: 'not-found' });
  });

  it('an interview of two agents moves with both, or says who is taken; with others only when asked', async () => {
    const agentIds = [ana, bilal, chloe];
    const [first = '', second = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [duo],
      agentIds,
      dates: ['2027-01-05 09:00-11:00', '2027-01-06 09:00-10:00'],
    });
    const { id } = await book(first, duo, '2027-01-05T09:00');
    const who = async () => {
      const { agentId, secondAgentId, version } = (await space.appointments.one(desk, id)) ?? {};
      return [agentId, secondAgentId, version];
    };
    const move = async (occurrenceId: string, start: string, more: object = {}) =>
      space.moving.move(desk, id, {
        occurrenceId,
        start: start as LocalDateTime,
        agentId: null,
        version: (await who())[2] as number,
        ...more,
      });
    expect(await who()).toEqual([ana, bilal, 1]);
    const [shown] = (await space.details.of(desk, first))?.appointments ?? [];
    expect(shown).toMatchObject({ agentId: ana, secondAgentId: bilal });
    happened(await move(second, '2027-01-06T09:30'));
    expect(await who()).toEqual([ana, bilal, 2]);
    // Ana is taken at half past nine on the fifth.
    const solo = await space.motif(aef, 'Suivi');
    await space.sql('insert into permanence_motif select space_id, permanence_id, $2 from occurrence where id = $1', [
      first,
      solo,
    ]);
    const other = await space.usager('Paul', 'Petit');
    await book(first, solo, '2027-01-05T09:30', { agentId: ana, usagerId: other });
    const refused = await move(first, '2027-01-05T09:30');
    expect(refused).toMatchObject({ ok: false, why: 'agents-apart', detail: 'Ana' });
    expect((refused as { alternatives: Slot[] }).alternatives).toHaveLength(3);
    happened(await move(first, '2027-01-05T09:30', { otherAgents: true }));
    expect(await who()).toEqual([bilal, chloe, 3]);
    expect(await space.undoing.undo(desk, id)).toEqual({ ok: true, value: { what: 'moved' } });
    expect(await who()).toEqual([ana, bilal, 2]);
  });

  it('outside any permanence: an agent and a room that suits, held, shown, moved, cancelled and given back', async () => {
    const motif = await space.motif(aef, 'Suivi budgétaire', { people: 3, modes: ['on-site', 'phone'] });
    const bureau = await space.room('Bureau 3');
    const grande = await space.room('Grande salle');
    await space.sql(`update room set capacity = case when name = 'Bureau 3' then 3 else 20 end where space_id = $1`, [
      space.spaceId,
    ]);
    await space.permanence({
      partnerId: aef,
      title: 'Atelier budget',
      agentIds: [chloe],
      mode: 'walk-in',
      room: bureau,
      dates: ['2027-01-07 10:00-11:00'],
    });
    const wish = {
      motifId: motif,
      agentId: ana,
      secondAgentId: null,
      siteId: space.siteId,
      mode: 'on-site' as const,
      roomId: null,
      start: '2027-01-07T09:30' as LocalDateTime,
      usagerId: someone,
    };
    const { id } = happened(await space.alone.book(desk, wish, null));
    expect(await space.appointments.one(desk, id)).toMatchObject({
      occurrenceId: null,
      roomId: bureau.id,
      agentId: ana,
      end: '2027-01-07T10:00',
    });
    const board = await space.board.of(desk, space.siteId, '2027-01-07');
    expect(board).toMatchObject({
      value: { appointments: [{ id, roomId: bureau.id, occurrenceId: null }], taken: [] },
    });
    const planned = await space.plannings.of(desk, { kind: 'agent', ids: [ana], from: '2027-01-07', days: 1 });
    expect(planned).toMatchObject({ value: { appointments: [{ id, roomId: bureau.id }], taken: [] } });

    // Ana is taken until ten; then the office is, and the larger room is its way out.
    const refused = await space.alone.book(desk, { ...wish, usagerId: someone }, null);
    expect(refused).toMatchObject({ ok: false, why: 'agent-taken', detail: expect.stringContaining('Ana') });
    expect((refused as { alternatives: object[] }).alternatives[0]).toEqual({
      start: '2027-01-07T09:00',
      end: '2027-01-07T09:30',
      roomId: bureau.id,
    });
    const ten = { ...wish, start: '2027-01-07T10:00' as LocalDateTime, roomId: bureau.id };
    const inOffice = await space.alone.book(desk, ten, null);
    expect(inOffice).toMatchObject({ ok: false, why: 'room-taken', heldBy: 'Atelier budget' });
    expect((inOffice as { alternatives: object[] }).alternatives[0]).toMatchObject({
      start: ten.start,
      roomId: grande.id,
    });
    expect(await space.alone.book(desk, { ...ten, agentId: chloe, mode: 'phone' }, null)).toMatchObject({
      why: 'agent-taken',
      heldBy: 'Atelier budget',
    });
    const stranger = await space.agent(await space.partner('EDF'), 'Dora');
    expect(await space.alone.book(desk, { ...wish, agentId: stranger }, null)).toMatchObject({ why: 'agent-unfit' });

    const { version } = (await space.appointments.one(desk, id)) ?? {};
    const to = {
      ...wish,
      mode: 'phone' as const,
      start: '2027-01-07T14:00' as LocalDateTime,
      version: version as number,
    };
    happened(await space.alone.move(desk, id, to));
    expect(await space.appointments.one(desk, id)).toMatchObject({ roomId: null, mode: 'phone', version: 2 });
    happened(await space.undoing.undo(desk, id));
    expect(await space.appointments.one(desk, id)).toMatchObject({ roomId: bureau.id, mode: 'on-site', version: 1 });
    happened(await space.following.cancel(desk, id, { by: 'usager', version: 1 }));
    const held = () => space.sql('select count(*)::int as n from claim where held_by_id = $1', [id]);
    expect(await held()).toEqual([{ n: 0 }]);
    happened(await space.undoing.undo(desk, id));
    expect(await held()).toEqual([{ n: 3 }]);
  });

  it('on site nobody stands alone on a closed day, nor in another century; outside the hours it is said', async () => {
    const motif = await space.motif(aef, 'Bilan', { modes: ['on-site', 'phone'] });
    const dana = await space.agent(aef, 'Dana', { position: 3 });
    await space.room('Bureau 9');
    const alone = (start: string, more: object = {}) =>
      space.alone.book(
        desk,
        {
          motifId: motif,
          agentId: dana,
          secondAgentId: null,
          siteId: space.siteId,
          mode: 'on-site',
          roomId: null,
          start: start as LocalDateTime,
          usagerId: someone,
          ...more,
        },
        null,
      );
    const easter = await alone('2027-03-29T10:00');
    expect(easter).toEqual({
      ok: false,
      why: 'site-closed',
      detail: 'Lundi de Pâques. Choisissez un autre jour, ou recevez par téléphone.',
      alternatives: [{ start: '2027-03-30T10:00', end: '2027-03-30T10:30', roomId: expect.any(String) }],
    });
    expect(await alone('2027-03-29T03:00')).toMatchObject({ why: 'site-closed' });
    await space.sql(
      `insert into closure (space_id, site_id, first_day, last_day, cause) values ($1, $2, '2027-05-07', '2027-05-07', 'pont')`,
      [space.spaceId, space.siteId],
    );
    expect(await alone('2027-05-07T10:00')).toMatchObject({
      why: 'site-closed',
      detail: expect.stringMatching(/^fermeture : pont\. /),
    });
    expect(await alone('2027-05-07T10:00', { mode: 'phone' })).toMatchObject({ ok: true, value: { warnings: [] } });
    expect(await alone('2199-12-30T10:00')).toEqual({ ok: false, why: 'too-far' });
    expect(await alone('2027-05-18T23:45', { mode: 'phone' })).toEqual({ ok: false, why: 'over-midnight' });
    expect(await alone('2027-05-18T23:30', { mode: 'phone' })).toMatchObject({ ok: true });
    const warned = async (start: string, more: object = {}) =>
      happened(await alone(start, more)).warnings.map(({ text }) => text.replaceAll('\u00a0', ' '));
    expect(await warned('2027-05-10T17:15')).toEqual(['Après la fermeture du lieu, 17 h 30.']);
    expect(await warned('2027-05-11T03:00')).toEqual(['Avant l’ouverture du lieu, 8 h 30.']);
    expect(await warned('2027-05-09T10:00')).toEqual(['Le lieu n’ouvre pas ce jour de la semaine.']);
    expect(await warned('2027-05-10T10:00')).toEqual([]);
    expect(await warned('2027-05-12T19:00', { mode: 'phone' })).toEqual([]);

    // The same is said while the hour is chosen, and stays on the appointment.
    const plain = (texts: { text: string }[]) => texts.map(({ text }) => text.replaceAll('\u00a0', ' '));
    const hours = new AloneHours(space.db);
    const told = async (start: string, more: object = {}) => {
      const query = AloneHourQuery.parse({ motif, site: space.siteId, start, ...more });
      return plain((await hours.of(desk, query))?.notes ?? []);
    };
    expect(await told('2027-05-10T17:15')).toEqual(['Après la fermeture du lieu, 17 h 30.']);
    expect(await told('2027-05-10T16:45')).toEqual([]);
    expect(await told('2027-05-10T16:45', { interpreter: 'true' })).toEqual(['Après la fermeture du lieu, 17 h 30.']);
    expect(await told('2027-05-10T10:00', { mode: 'phone' })).toEqual([]);
    expect(await told('2027-05-07T10:00')).toEqual(['fermeture : pont']);
    expect(await told('2027-03-29T10:00')).toEqual(['Lundi de Pâques']);
    const early = happened(await alone('2027-05-20T08:00'));
    const shown = async (id: string) => plain((await space.appointments.one(desk, id))?.warnings ?? []);
    expect(await shown(early.id)).toEqual(['Avant l’ouverture du lieu, 8 h 30.']);

    // Closed at midday on Tuesdays: known before, after, and of whoever was booked already.
    const noon = happened(await alone('2027-05-25T11:45'));
    expect(noon.warnings).toEqual([]);
    await space.sql(`update site_opening set closes = '12:00' where site_id = $1 and weekday = 2`, [space.siteId]);
    await space.sql(
      `insert into site_opening (space_id, site_id, weekday, opens, closes) values ($1, $2, 2, '13:30', '17:30')`,
      [space.spaceId, space.siteId],
    );
    const closed = ['Le lieu est fermé de 12 h à 13 h 30.'];
    expect(await told('2027-06-01T11:45')).toEqual(closed);
    expect(await warned('2027-06-01T11:45')).toEqual(closed);
    expect(await shown(noon.id)).toEqual(closed);
    expect(await warned('2027-06-01T13:30')).toEqual([]);

    // Moved to such a day it stays where it was; one booked before the closure was said is taken back all the same.
    const { id } = happened(await alone('2027-05-13T10:00'));
    const to = { agentId: dana, secondAgentId: null, siteId: space.siteId, mode: 'on-site' as const, roomId: null };
    const moved = (start: string, version: number) =>
      space.alone.move(desk, id, { ...to, start: start as LocalDateTime, version });
    expect(await moved('2027-05-07T10:00', 1)).toMatchObject({ ok: false, why: 'site-closed' });
    happened(await moved('2027-05-14T10:00', 1));
    await space.sql(
      `insert into closure (space_id, site_id, first_day, last_day, cause) values ($1, $2, '2027-05-13', '2027-05-13', '')`,
      [space.spaceId, space.siteId],
    );
    happened(await space.undoing.undo(desk, id));
    expect(await space.appointments.one(desk, id)).toMatchObject({ start: '2027-05-13T10:00' });
  });

  it('on a closed day the same hour of the next open one is offered, when everybody is free then; nothing when that is far', async () => {
    const sasha = await space.partner('Sasha');
    const motif = await space.motif(sasha, 'Accompagnement', { duration_minutes: 60 });
    const agentId = await space.agent(sasha, 'Sacha');
    const close = (first: string, last: string, cause: string) =>
      space.sql(`insert into closure (space_id, site_id, first_day, last_day, cause) values ($1, $2, $3, $4, $5)`, [
        ...[space.spaceId, space.siteId, first, last, cause],
      ]);
    await close('2027-08-02', '2027-08-20', 'été');
    const wish = { motifId: motif, agentId, secondAgentId: null, siteId: space.siteId, roomId: null };
    const alone = (start: string) =>
      space.alone.book(
        desk,
        { ...wish, usagerId: someone, mode: 'on-site', start: start as LocalDateTime, interpreter: true },
        null,
      );
    const ways = async (start: string) => {
      const outcome = await alone(start);
      return outcome.ok ? 'ok' : outcome.alternatives;
    };
    const way = { end: '2027-08-23T12:00', roomId: expect.any(String) };
    expect(await ways('2027-08-03T10:00')).toEqual([{ ...way, start: '2027-08-23T10:00' }]);
    // Taken on that Monday, it is the day after; what is offered can be had.
    happened(await alone('2027-08-23T10:30'));
    expect(await ways('2027-08-03T10:00')).toEqual([{ ...way, start: '2027-08-24T10:00', end: '2027-08-24T12:00' }]);
    const { id } = happened(await alone('2027-08-24T10:00'));
    // Moved to a closed day: where it is already is no way out, and its own place is none in the way.
    const moved = await space.alone.move(desk, id, {
      ...wish,
      mode: 'on-site',
      start: '2027-08-20T10:00' as LocalDateTime,
      minutes: 30,
      version: 1,
    });
    expect(moved).toMatchObject({
      why: 'site-closed',
      alternatives: [{ start: '2027-08-23T10:00', end: '2027-08-23T10:30' }],
    });
    await close('2027-09-01', '2027-12-31', 'travaux');
    expect(await ways('2027-09-02T10:00')).toEqual([]);
  });

  it('an hour that the clocks skip is refused in so many words, booked, moved or chosen; the hours around it are not', async () => {
    const asso = await space.partner('Écoute');
    const motif = await space.motif(asso, 'Appel', { modes: ['phone'] });
    const agentId = await space.agent(asso, 'Nour');
    const wish = { motifId: motif, agentId, secondAgentId: null, siteId: space.siteId, roomId: null };
    const alone = (start: string) =>
      space.alone.book(
        desk,
        { ...wish, usagerId: someone, mode: 'phone', start: start as LocalDateTime, minutes: 15 },
        null,
      );
    expect(await alone('2027-03-28T02:30')).toEqual({ ok: false, why: 'hour-skipped' });
    const { id } = happened(await alone('2027-03-28T01:30'));
    const move = (start: string) =>
      space.alone.move(desk, id, { ...wish, mode: 'phone', start: start as LocalDateTime, minutes: 15, version: 1 });
    expect(await move('2027-03-28T02:00')).toEqual({ ok: false, why: 'hour-skipped' });
    expect(happened(await move('2027-03-28T03:00'))).toMatchObject({ start: '2027-03-28T03:00' });
    // Twice that night in October: the first of the two.
    expect(happened(await alone('2027-10-31T02:30'))).toMatchObject({ start: '2027-10-31T02:30' });
    const query = AloneHourQuery.parse({ motif, site: space.siteId, mode: 'phone', start: '2027-03-28T02:30' });
    expect(await new AloneHours(space.db).of(desk, query)).toEqual({
      notes: [{ kind: 'hour-skipped', text: 'On passe à l’heure d’été : choisissez une autre heure.' }],
    });
  });

  it('nobody stands alone with a partner on its own closed day, by telephone neither; another partner’s is no obstacle', async () => {
    const [mission, edf] = [await space.partner('Maison de l’emploi'), await space.partner('Cramif')];
    const motif = await space.motif(mission, 'Projet', { modes: ['on-site', 'phone'] });
    const agentId = await space.agent(mission, 'Samir');
    await space.sql(
      `insert into closure (space_id, partner_id, first_day, last_day, cause)
       values ($1, $2, '2027-06-08', '2027-06-08', 'séminaire'), ($1, $3, '2027-06-09', '2027-06-09', '')`,
      [space.spaceId, mission, edf],
    );
    const wish = {
      motifId: motif,
      agentId,
      secondAgentId: null,
      siteId: space.siteId,
      roomId: null,
      usagerId: someone,
    };
    const alone = (start: string, mode: 'on-site' | 'phone') =>
      space.alone.book(desk, { ...wish, mode, start: start as LocalDateTime }, null);
    for (const mode of ['on-site', 'phone'] as const) {
      expect(await alone('2027-06-08T10:00', mode)).toEqual({
        ok: false,
        why: 'partner-closed',
        detail: 'fermeture : séminaire. Choisissez un autre jour.',
        alternatives: [
          { start: '2027-06-09T10:00', end: '2027-06-09T10:30', roomId: mode === 'phone' ? null : expect.any(String) },
        ],
      });
      const query = AloneHourQuery.parse({ motif, site: space.siteId, mode, start: '2027-06-08T10:00' });
      expect(await new AloneHours(space.db).of(desk, query)).toEqual({
        notes: [{ kind: 'partner-closed', text: 'fermeture : séminaire' }],
      });
    }
    const { id } = happened(await alone('2027-06-09T10:00', 'phone'));
    const to = { ...wish, mode: 'phone' as const, start: '2027-06-08T10:00' as LocalDateTime, version: 1 };
    expect(await space.alone.move(desk, id, to)).toMatchObject({ ok: false, why: 'partner-closed' });
  });
});
