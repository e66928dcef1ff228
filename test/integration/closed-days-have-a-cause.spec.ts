import type { Viewer } from '@app/accounts';
import { BookRoom } from '@app/rooms';
import { ClosureBody, RoomBookingBody } from '@app/contract';
import { Closures, SpaceCalendars } from '@app/permanences';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanenceSpace, value } from '../support/permanences';

const FIRST_FRIDAYS = { rrule: 'FREQ=MONTHLY;BYDAY=1FR' };

describe('a closed day', () => {
  let there: PermanenceSpace;
  let closures: Closures;
  let calendars: SpaceCalendars;
  let edf: string;
  let motif: string;
  let office: string;

  beforeEach(async () => {
    there = await PermanenceSpace.open('2027-01-04T08:00');
    closures = new Closures(there.space.db);
    calendars = new SpaceCalendars(there.space.db);
    edf = await there.space.partner('EDF');
    motif = await there.space.motif(edf, 'Facture');
    office = (await there.space.room('Bureau 1')).id;
  });
  afterEach(() => there.close());

  const close = (more: Record<string, unknown>, viewer: Viewer = there.manager) =>
    closures.add(viewer, ClosureBody.parse({ from: '2027-05-07', to: '2027-05-07', cause: 'pont', ...more }));

  const states = async (id: string, from: string, count = 1) =>
    (await there.dates(id, { from, count })).map(({ start, state, cause }) => [start, state, cause]);

  async function booked(from: string, hours: string[]): Promise<void> {
    const { slots } = value(await there.space.slots.forMotif(there.manager, query(from, 60)));
    for (const [nth, hour] of hours.entries()) {
      const slot = slots.find(({ start }) => start === `${from}T${hour}`);
      if (!slot) throw new Error(`no slot on ${from} at ${hour}`);
      const usagerId = await there.space.usager(`Personne ${nth}`, 'Martin', { partners: [edf] });
      value(
        await there.space.booking.book(
          there.manager,
          { occurrenceId: slot.occurrenceId, motifId: motif, start: slot.start, agentId: null, usagerId },
          null,
        ),
      );
    }
  }
  const query = (from: string, days: number) =>
    ({ motif, from: `${from}T00:00`, days, perDay: 20, limit: 200 }) as never;

  it('the pont of 7 May 2027: three people booked with EDF, cause "fermeture", and 4 June among the dates offered', async () => {
    const { id } = await there.publish(
      there.body(edf, [{ ...FIRST_FRIDAYS, roomId: office }], { title: 'EDF Précarité', motifIds: [motif] }),
    );
    await booked('2027-05-07', ['09:00', '09:30', '10:00']);

    const asked = value(await close({ dryRun: true }));
    expect(asked).toMatchObject({
      id: null,
      dryRun: true,
      people: 3,
      otherDates: 0,
      dates: [
        { title: 'EDF Précarité', start: '2027-05-07T09:00', becomes: 'skipped', cause: 'fermeture : pont', booked: 3 },
      ],
    });
    // A dry run changed nothing.
    expect(await states(id, '2027-05-07')).toEqual([['2027-05-07T09:00', 'held', '']]);
    expect(await there.conflicts.open(there.manager)).toEqual([]);

    const done = value(await close({}));
    expect({ ...done, id: null, dryRun: true }).toEqual(asked);
    expect(await states(id, '2027-05-07')).toEqual([['2027-05-07T09:00', 'skipped', 'fermeture : pont']]);
    expect((await there.conflicts.open(there.manager)).map(({ start, cause }) => [start, cause])).toEqual([
      ['2027-05-07T09:00', 'fermeture : pont'],
      ['2027-05-07T09:30', 'fermeture : pont'],
      ['2027-05-07T10:00', 'fermeture : pont'],
    ]);
    const offered = value(await there.space.slots.forMotif(there.manager, query('2027-05-01', 60)));
    expect(offered.notOffered).toContainEqual(
      expect.objectContaining({ date: '2027-05-07', why: 'closed', text: 'fermeture : pont' }),
    );
    expect(offered.slots.map(({ start }) => start.slice(0, 10))).toContain('2027-06-04');
  });

  it('opened again, its dates and those booked on them are back, and nothing is left to settle', async () => {
    const { id } = await there.publish(there.body(edf, [{ ...FIRST_FRIDAYS, roomId: office }], { motifIds: [motif] }));
    await booked('2027-05-07', ['09:00']);
    const { id: closure } = value(await close({}));
    expect(value(await closures.remove(there.manager, closure ?? '', true)).dates).toHaveLength(1);
    expect(await there.conflicts.open(there.manager)).toHaveLength(1);
    value(await closures.remove(there.manager, closure ?? '', false));
    expect(await states(id, '2027-05-07')).toEqual([['2027-05-07T09:00', 'held', '']]);
    expect(await there.conflicts.open(there.manager)).toEqual([]);
    expect(await closures.all(there.manager)).toEqual([]);
  });

  it('the partner decides: the date is left out, held all the same, or put off to the next open day', async () => {
    const publish = async (onClosure: string) =>
      (await there.publish(there.body(edf, [FIRST_FRIDAYS], { title: onClosure, onClosure }))).id;
    const [skip, keep, move] = [await publish('skip'), await publish('keep'), await publish('move')];
    value(await close({ to: '2027-05-10' }));
    expect(await states(skip, '2027-05-07')).toEqual([['2027-05-07T09:00', 'skipped', 'fermeture : pont']]);
    expect(await states(keep, '2027-05-07')).toEqual([['2027-05-07T09:00', 'held', 'fermeture : pont']]);
    // Friday to Monday are closed: Tuesday, with where the rule had put it.
    expect(await states(move, '2027-05-07')).toEqual([['2027-05-11T09:00', 'moved', 'fermeture : pont']]);
    expect((await there.dates(move, { from: '2027-05-07', count: 1 }))[0]?.originalStart).toBe('2027-05-07T09:00');
  });

  it('what is written afterwards knows the closure too, and other days of it follow', async () => {
    const { id: closure } = value(await close({}));
    const { id } = await there.publish(there.body(edf, [FIRST_FRIDAYS]));
    expect(await states(id, '2027-05-07')).toEqual([['2027-05-07T09:00', 'skipped', 'fermeture : pont']]);
    const later = { from: '2027-06-04', to: '2027-06-05', cause: '', dryRun: false };
    const { dates } = value(await closures.change(there.manager, closure ?? '', later));
    expect(dates.map(({ start, becomes, cause }) => [start, becomes, cause])).toEqual([
      ['2027-05-07T09:00', 'held', ''],
      ['2027-06-04T09:00', 'skipped', 'fermeture'],
    ]);
  });

  it('a site, a room or a partner that is closed leaves the others open', async () => {
    const elsewhere = await there.space.site('Maison pour tous');
    const other = await there.space.partner('Clic6');
    const here = (await there.publish(there.body(edf, [{ ...FIRST_FRIDAYS, roomId: office }]))).id;
    const away = (await there.publish(there.body(edf, [{ ...FIRST_FRIDAYS, siteId: elsewhere }]))).id;
    const theirs = (await there.publish(there.body(other, [FIRST_FRIDAYS]))).id;
    const all = async () =>
      Promise.all([here, away, theirs].map(async (id) => (await states(id, '2027-05-07'))[0]?.[1]));
    const only = async (more: Record<string, unknown>) => {
      const { id } = value(await close(more));
      const seen = await all();
      value(await closures.remove(there.manager, id ?? '', false));
      return seen;
    };
    expect(await only({ siteId: elsewhere })).toEqual(['held', 'skipped', 'held']);
    // A closed room takes no date away: it is held without it.
    expect(await only({ roomId: office })).toEqual(['held', 'held', 'held']);
    expect(await only({ partnerId: edf })).toEqual(['skipped', 'skipped', 'held']);
    expect(await only({})).toEqual(['skipped', 'skipped', 'skipped']);
  });

  it('a partner’s editor closes its own partner, and nothing else', async () => {
    const other = await there.space.partner('Clic6');
    const editor = there.space.viewer('partner-editor', edf);
    const { id } = value(await close({ partnerId: edf }, editor));
    expect(await close({ partnerId: other }, editor)).toMatchObject({ ok: false, why: 'not-yours' });
    expect(await close({}, editor)).toMatchObject({ ok: false, why: 'not-yours' });
    expect(await close({ siteId: there.space.siteId }, editor)).toMatchObject({ ok: false, why: 'not-yours' });
    const stranger = there.space.viewer('partner-editor', other);
    expect(await closures.all(stranger)).toEqual([]);
    expect(await closures.remove(stranger, id ?? '', false)).toMatchObject({ ok: false, why: 'not-found' });
    expect(await closures.all(editor)).toMatchObject([{ partnerId: edf, mayChange: true }]);
  });

  it('a closed building closes a confidential service too, without telling the manager of it', async () => {
    const staff = await there.space.partner('Personnel communal', { confidential: true });
    const theirs = there.space.viewer('partner-editor', staff);
    const { id } = await there.publish(there.body(staff, [FIRST_FRIDAYS], { title: 'Entretiens' }), theirs);
    expect(await close({ partnerId: staff })).toMatchObject({ ok: false, why: 'not-yours' });
    expect(value(await close({}))).toMatchObject({ dates: [], otherDates: 1, people: 0 });
    expect((await there.dates(id, { from: '2027-05-07', count: 1, viewer: theirs }))[0]?.state).toBe('skipped');
    value(await close({ partnerId: staff, from: '2027-06-04', to: '2027-06-04', cause: 'séminaire' }, theirs));
    expect((await closures.all(there.manager)).map(({ cause }) => cause)).toEqual(['pont']);
  });

  it('a room is not booked in a closed building; the refusal says why, and the board shows it', async () => {
    value(await close({ siteId: there.space.siteId }));
    const wanted = (day: string) =>
      RoomBookingBody.parse({ roomId: office, start: `${day}T14:00`, end: `${day}T15:00`, title: 'Réunion' });
    const rooms = new BookRoom(there.space.db);
    expect(await rooms.book(there.manager, wanted('2027-05-07'))).toMatchObject({
      ok: false,
      why: 'closed',
      detail: 'Bureau 1 : fermeture, pont.',
    });
    const board = value(await there.space.board.of(there.manager, there.space.siteId, '2027-05-07'));
    expect(board).toMatchObject({ closed: 'pont', holiday: null, closedRooms: [] });
    value(await close({ roomId: office, from: '2027-05-10', to: '2027-05-11', cause: 'peinture' }));
    const monday = value(await there.space.board.of(there.manager, there.space.siteId, '2027-05-10'));
    expect(monday).toMatchObject({ closed: null, closedRooms: [{ roomId: office, cause: 'peinture' }] });
    expect((await there.space.board.of(there.manager, there.space.siteId, '2027-05-12')).ok).toBe(true);
  });

  it('a closed room is no way out for a date whose own room is taken, nor given to it', async () => {
    const spare = (await there.space.room('Bureau 2')).id;
    const painted = (await there.space.room('Bureau 3')).id;
    value(await close({ roomId: painted, cause: 'peinture' }));
    const rule = { ...FIRST_FRIDAYS, from: '2027-05-01', roomId: office };
    await there.publish(there.body(edf, [rule]));
    await there.publish(there.body(edf, [rule], { title: 'Autre' }));
    const [conflict] = await there.conflicts.open(there.manager);
    expect(conflict).toMatchObject({ start: '2027-05-07T09:00', rooms: [{ roomId: spare }] });
    expect(conflict?.rooms).toHaveLength(1);
    expect(await there.settling.giveRoom(there.manager, conflict?.id ?? '', painted)).toMatchObject({
      ok: false,
      why: 'closed',
      detail: 'peinture',
    });
  });

  it('Good Friday 2027: a site in Alsace is closed, Chevilly is open', async () => {
    const strasbourg = await there.space.site('Strasbourg');
    const fridays = { rrule: 'FREQ=WEEKLY;BYDAY=FR' };
    const here = (await there.publish(there.body(edf, [fridays]))).id;
    const alsace = (await there.publish(there.body(edf, [{ ...fridays, siteId: strasbourg }]))).id;
    const body = {
      territory: 'metropole' as const,
      schoolZone: 'C' as const,
      sites: [{ siteId: strasbourg, territory: 'alsace-moselle' as const }],
    };
    const asked = value(await calendars.set(there.manager, { ...body, dryRun: true }));
    expect(asked.dates.map(({ start }) => start)).toContain('2027-03-26T09:00');
    value(await calendars.set(there.manager, { ...body, dryRun: false }));
    expect(await states(here, '2027-03-26')).toEqual([['2027-03-26T09:00', 'held', '']]);
    expect(await states(alsace, '2027-03-26')).toEqual([
      ['2027-03-26T09:00', 'skipped', 'jour férié : Vendredi saint'],
    ]);
    const board = async (site: string) => value(await there.space.board.of(there.manager, site, '2027-03-26')).holiday;
    expect([await board(there.space.siteId), await board(strasbourg)]).toEqual([null, 'Vendredi saint']);
  });

  describe('"fermé pendant les vacances scolaires"', () => {
    const tuesdays = { rrule: 'FREQ=WEEKLY;BYDAY=TU' };

    it('in zone C, the dates of the winter holidays are left out with their name; beyond the calendar they are unverified', async () => {
      value(await calendars.set(there.manager, { territory: 'metropole', schoolZone: 'C', sites: [], dryRun: false }));
      const { id } = await there.publish(there.body(edf, [tuesdays], { schoolHolidays: 'outside' }));
      expect(await states(id, '2027-02-02', 4)).toEqual([
        ['2027-02-02T09:00', 'held', ''],
        ['2027-02-09T09:00', 'skipped', 'vacances scolaires : hiver'],
        ['2027-02-16T09:00', 'skipped', 'vacances scolaires : hiver'],
        ['2027-02-23T09:00', 'held', ''],
      ]);
      const july = await there.dates(id, { from: '2027-06-29', count: 2 });
      expect(july.map(({ start, state, unverified }) => [start, state, unverified])).toEqual([
        ['2027-06-29T09:00', 'held', false],
        ['2027-07-06T09:00', 'held', true],
      ]);
    });

    it('during the holidays only, the others are left out', async () => {
      value(await calendars.set(there.manager, { territory: 'metropole', schoolZone: 'C', sites: [], dryRun: false }));
      const { id } = await there.publish(there.body(edf, [tuesdays], { schoolHolidays: 'only' }));
      expect(await states(id, '2027-02-02', 2)).toEqual([
        ['2027-02-02T09:00', 'skipped', 'hors vacances scolaires'],
        ['2027-02-09T09:00', 'held', ''],
      ]);
    });

    it('with no calendar, every date is marked unverified and none is guessed', async () => {
      const { id } = await there.publish(there.body(edf, [tuesdays], { schoolHolidays: 'outside' }));
      const dates = await there.dates(id, { from: '2027-02-09', count: 2 });
      expect(dates.map(({ state, unverified }) => [state, unverified])).toEqual([
        ['held', true],
        ['held', true],
      ]);
      // Once the zone is said, they are known.
      const set = await calendars.set(there.manager, {
        territory: 'metropole',
        schoolZone: 'C',
        sites: [],
        dryRun: false,
      });
      expect(value(set).dates.length).toBeGreaterThan(3);
      expect((await there.dates(id, { from: '2027-02-09', count: 1 }))[0]).toMatchObject({
        state: 'skipped',
        unverified: false,
      });
    });

    it('newer years are imported: what they change is told first, then dates to be checked are settled', async () => {
      value(await calendars.set(there.manager, { territory: 'metropole', schoolZone: 'C', sites: [], dryRun: false }));
      const { id } = await there.publish(there.body(edf, [tuesdays], { schoolHolidays: 'outside' }));
      const august = () => there.dates(id, { from: '2027-08-24', count: 3 });
      const said = async () => (await august()).map(({ start, state, unverified }) => [start, state, unverified]);
      const unknown = [
        ['2027-08-24T09:00', 'held', true],
        ['2027-08-31T09:00', 'held', true],
        ['2027-09-07T09:00', 'held', true],
      ];
      expect(await said()).toEqual(unknown);
      const file = new TextEncoder().encode(
        [
          'description;population;start_date;end_date;location;zones',
          "Vacances d'Été;-;2027-07-02T22:00:00+00:00;2027-08-31T22:00:00+00:00;Créteil;Zone C",
          'Vacances de la Toussaint;-;2027-10-22T22:00:00+00:00;2027-11-07T23:00:00+00:00;Créteil;Zone C',
        ].join('\n'),
      );
      const shown = value(await calendars.importSchool(there.manager, file, true));
      expect(shown).toMatchObject({ before: { verifiedUntil: '2027-07-02' }, after: { verifiedUntil: '2027-11-07' } });
      expect(shown.confirmed).toBeGreaterThan(10);
      expect(await said()).toEqual(unknown);
      value(await calendars.importSchool(there.manager, file, false));
      expect(await said()).toEqual([
        ['2027-08-24T09:00', 'skipped', false],
        ['2027-08-31T09:00', 'skipped', false],
        ['2027-09-07T09:00', 'held', false],
      ]);
      expect(await calendars.read(there.manager)).toMatchObject({ schoolImported: '2027-01-04T08:00' });
      value(await calendars.importSchool(there.manager, null, false));
      expect(await said()).toEqual(unknown);
    });
  });
});
