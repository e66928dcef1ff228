import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PlannedSpace } from '../support/planned-space';

describe('who learns what of an appointment', () => {
  let space: PlannedSpace;
  beforeEach(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
  });
  afterEach(() => space?.close());

  const book = async (
    viewer: ReturnType<PlannedSpace['viewer']>,
    occurrenceId: string,
    motifId: string,
    start: string,
    usagerId: string,
  ) => {
    const outcome = await space.booking.book(viewer, { occurrenceId, motifId, start, agentId: null, usagerId }, null);
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.value;
  };

  it('situation 21: Y. sees the Parquet at 9:00; the Mission locale books Y. then, and only the desk is warned', async () => {
    const [parquet, mission] = [await space.partner('Parquet'), await space.partner('Mission locale')];
    const [plainte, projet] = [await space.motif(parquet, 'Plainte'), await space.motif(mission, 'Projet')];
    const [there = ''] = await space.permanence({
      partnerId: parquet,
      motifIds: [plainte],
      dates: ['2027-02-03 09:00-12:30'],
    });
    const [here = ''] = await space.permanence({
      partnerId: mission,
      motifIds: [projet],
      seats: 4,
      dates: ['2027-02-03 09:00-12:00'],
    });
    const y = await space.usager('Yasmine', 'Martin', { partners: [mission] });
    const z = await space.usager('Zoé', 'Petit', { partners: [mission] });
    await book(space.viewer('desk'), there, plainte, '2027-02-03T09:00', y);

    const editor = space.viewer('partner-editor', mission);
    const withOverlap = await book(editor, here, projet, '2027-02-03T09:00', y);
    const without = await book(editor, here, projet, '2027-02-03T09:00', z);
    expect({ ...withOverlap, id: '', usagerId: '' }).toEqual({ ...without, id: '', usagerId: '' });
    expect(withOverlap.warnings).toEqual([]);
    expect((await space.appointments.one(editor, withOverlap.id))?.warnings).toEqual([]);
    expect(await space.appointments.ofUsager(editor, y)).toHaveLength(1);

    const [beside = ''] = await space.permanence({
      partnerId: mission,
      motifIds: [projet],
      dates: ['2027-02-03 09:00-12:00'],
    });
    const desk = await book(space.viewer('desk'), beside, projet, '2027-02-03T09:00', y);
    expect(desk.warnings).toEqual([
      { kind: 'usager-overlap', text: 'Cette personne a déjà un rendez-vous à cette heure.' },
    ]);
    expect((await space.appointments.one(space.viewer('desk'), withOverlap.id))?.warnings).toHaveLength(1);
  });

  it('someone a partner wrote down a second time: the desk is warned of her other record, a partner of nothing', async () => {
    const [parquet, mission, staff] = [
      await space.partner('Parquet'),
      await space.partner('Mission locale'),
      await space.partner('Personnel communal', { confidential: true }),
    ];
    const [plainte, projet] = [await space.motif(parquet, 'Plainte'), await space.motif(mission, 'Projet')];
    const entretien = await space.motif(staff, 'Entretien');
    const dates = ['2027-02-03 09:00-12:30'];
    const [there = ''] = await space.permanence({ partnerId: parquet, motifIds: [plainte], dates });
    const [here = ''] = await space.permanence({ partnerId: mission, motifIds: [projet], seats: 6, dates });
    const [secret = ''] = await space.permanence({
      partnerId: staff,
      motifIds: [entretien],
      confidential: true,
      dates,
    });
    const phone = '+33639980001';
    const asKnown = await space.usager('Yasmine', 'Lefèvre', { partners: [parquet] });
    const again = await space.usager('Yasmine', 'Lefebvre', { partners: [mission] });
    const sister = await space.usager('Inès', 'Lefèvre', { partners: [mission] });
    const colleague = await space.usager('Paul', 'Petit', { partners: [staff] });
    const hisTwin = await space.usager('Paul', 'Petit', { partners: [mission] });
    await space.sql('update usager set phone = $1, phone_kind = $2 where id = any ($3)', [
      phone,
      'mobile',
      [asKnown, again, sister, colleague, hisTwin],
    ]);
    const [desk, editor] = [space.viewer('desk'), space.viewer('partner-editor', mission)];
    await book(desk, there, plainte, '2027-02-03T09:00', asKnown);
    await book(space.viewer('agent', staff), secret, entretien, '2027-02-03T09:00', colleague);

    const byDesk = await book(desk, here, projet, '2027-02-03T09:00', again);
    expect(byDesk.warnings).toEqual([
      { kind: 'usager-overlap', text: expect.stringContaining('Une autre fiche, au même nom et au même téléphone') },
    ]);
    expect((await space.appointments.one(desk, byDesk.id))?.warnings).toEqual(byDesk.warnings);
    expect((await space.appointments.one(editor, byDesk.id))?.warnings).toEqual([]);
    // Another person behind the same number, another hour, and what is confidential: nothing.
    expect((await book(desk, here, projet, '2027-02-03T09:00', sister)).warnings).toEqual([]);
    expect((await book(desk, here, projet, '2027-02-03T09:00', hisTwin)).warnings).toEqual([]);
    expect((await book(desk, here, projet, '2027-02-03T11:00', again)).warnings).toEqual([]);

    const moved = await space.moving.move(desk, byDesk.id, {
      occurrenceId: here,
      start: '2027-02-03T09:30',
      agentId: null,
      version: 1,
    });
    expect(moved).toMatchObject({ ok: true, value: { warnings: [] } });
    const byEditor = await book(editor, here, projet, '2027-02-03T09:00', again);
    expect(byEditor.warnings).toEqual([]);
  });

  it('a confidential appointment is never a reason given, not even to the desk', async () => {
    const [staff, mission] = [
      await space.partner('Personnel communal', { confidential: true }),
      await space.partner('Mission locale'),
    ];
    const [entretien, projet] = [await space.motif(staff, 'Entretien'), await space.motif(mission, 'Projet')];
    const [secret = ''] = await space.permanence({
      partnerId: staff,
      motifIds: [entretien],
      confidential: true,
      dates: ['2027-01-19 09:00-12:00'],
    });
    const [here = ''] = await space.permanence({
      partnerId: mission,
      motifIds: [projet],
      dates: ['2027-01-19 09:00-12:00'],
    });
    const y = await space.usager('Yasmine', 'Martin', { partners: [staff] });
    const worker = space.viewer('agent', staff);
    const { id } = await book(worker, secret, entretien, '2027-01-19T09:00', y);
    expect((await book(space.viewer('desk'), here, projet, '2027-01-19T09:00', y)).warnings).toEqual([]);

    const desk = space.viewer('desk');
    expect(await space.appointments.one(desk, id)).toBeNull();
    expect((await space.appointments.ofUsager(desk, y))?.map(({ partnerId }) => partnerId)).toEqual([mission]);
    expect(await space.details.of(desk, secret)).toBeNull();
    expect(await space.slots.forMotif(desk, { motif: entretien, days: 90, perDay: 3, limit: 30 })).toEqual({
      ok: false,
      why: 'not-found',
    });
    const refused = await space.booking.book(
      desk,
      { occurrenceId: secret, motifId: entretien, start: '2027-01-19T10:00', agentId: null, usagerId: y },
      null,
    );
    expect(refused).toMatchObject({ ok: false, why: 'occurrence-changed', alternatives: [] });
    expect(await space.following.cancel(desk, id, { by: 'agent', version: 1 })).toEqual({
      ok: false,
      why: 'not-found',
    });
  });

  it('the desk reads a discreet label, the partner its own words', async () => {
    const parquet = await space.partner('Parquet');
    const motif = await space.motif(parquet, 'Violences', { discreet_label: 'Rendez-vous' });
    const [date = ''] = await space.permanence({
      partnerId: parquet,
      motifIds: [motif],
      dates: ['2027-01-06 09:00-12:30'],
    });
    const { id } = await book(
      space.viewer('desk'),
      date,
      motif,
      '2027-01-06T09:00',
      await space.usager('Yasmine', 'Martin'),
    );
    expect((await space.appointments.one(space.viewer('desk'), id))?.motifLabel).toBe('Rendez-vous');
    expect((await space.appointments.one(space.viewer('agent', parquet), id))?.motifLabel).toBe('Violences');
    const reads = await space.sql(`select action, subject_id from audit where action = 'appointment.read'`);
    expect(reads).toEqual([
      { action: 'appointment.read', subject_id: id },
      { action: 'appointment.read', subject_id: id },
    ]);
  });
});

describe('the board of a day', () => {
  let space: PlannedSpace;
  beforeEach(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
  });
  afterEach(() => space?.close());

  const boardOf = async (viewer: ReturnType<PlannedSpace['viewer']>, date = '2027-01-04') => {
    const outcome = await space.board.of(viewer, space.siteId, date);
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.value;
  };

  it('situation 1 and after: at 9:40 the Parquet is in its office, without appointment, until 10:30', async () => {
    const parquet = await space.partner('Correspondant du Parquet');
    const office = await space.room('Bureau 1');
    await space.permanence({
      partnerId: parquet,
      title: 'Correspondant du Parquet',
      mode: 'walk-in',
      room: office,
      dates: ['2027-01-04 09:00-10:30', '2027-01-04 13:30-17:30'],
    });
    const board = await boardOf(space.viewer('desk'));
    expect(board).toMatchObject({ now: '2027-01-04T09:40', opens: '08:30', closes: '17:30', holiday: null });
    expect(board.occurrences).toMatchObject([
      {
        title: 'Correspondant du Parquet',
        start: '2027-01-04T09:00',
        end: '2027-01-04T10:30',
        roomId: office.id,
        mode: 'walk-in',
        afterHours: false,
      },
      { start: '2027-01-04T13:30' },
    ]);
    expect(board.taken).toEqual([]);
  });

  it('people are initials on a board that anyone at the desk can read', async () => {
    const aef = await space.partner('AEF 94');
    const motif = await space.motif(aef, 'Premier rendez-vous', { discreet_label: 'Rendez-vous' });
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      dates: ['2027-01-04 17:00-18:30'],
    });
    const usagerId = await space.usager('Élodie', 'Diallo', { partners: [aef] });
    await space.booking.book(
      space.viewer('desk'),
      { occurrenceId: date, motifId: motif, start: '2027-01-04T17:00', agentId: null, usagerId },
      null,
    );
    const board = await boardOf(space.viewer('desk'));
    expect(board.appointments).toMatchObject([
      { usagerName: 'É. D.', motif: 'Rendez-vous', seat: 1, state: 'planned' },
    ]);
    // It ends after the site closes: kept, and named.
    expect(board.occurrences).toMatchObject([{ booked: 1, afterHours: true }]);
    expect(board.counts).toEqual({ permanences: 1, appointments: 1, conflicts: 0, failedMessages: 0, calls: 0 });
    const detail = await space.details.of(space.viewer('desk'), date);
    expect(detail).toMatchObject({
      mayChange: false,
      appointments: [{ usagerName: 'Élodie Diallo' }],
      motifIds: [motif],
    });
    expect(detail?.free.map((slot) => slot.start)).toEqual(['2027-01-04T17:30', '2027-01-04T18:00']);
  });

  it('situation 26: a confidential service is "occupé", and nothing more', async () => {
    const staff = await space.partner('Personnel communal', { confidential: true });
    const motif = await space.motif(staff, 'Entretien');
    const office = await space.room('Bureau 9', { desks: ['A', 'B'] });
    const [date = ''] = await space.permanence({
      partnerId: staff,
      motifIds: [motif],
      confidential: true,
      room: office,
      title: 'Assistante sociale du personnel',
      dates: ['2027-01-19 09:00-12:00'],
    });
    const colleague = await space.usager('Colette', 'Colin', { partners: [staff] });
    await space.booking.book(
      space.viewer('agent', staff),
      { occurrenceId: date, motifId: motif, start: '2027-01-19T09:00', agentId: null, usagerId: colleague },
      null,
    );
    const board = await boardOf(space.viewer('desk'), '2027-01-19');
    expect(board).toMatchObject({ occurrences: [], appointments: [] });
    // Taken whole: said once, not desk by desk.
    expect(board.taken).toEqual([
      { roomId: office.id, workstationId: null, start: '2027-01-19T09:00', end: '2027-01-19T12:00' },
    ]);
    expect(JSON.stringify(board)).not.toMatch(/Colin|personnel|Entretien/i);
    expect(board.counts).toMatchObject({ permanences: 0, appointments: 0 });
    const own = await boardOf(space.viewer('agent', staff), '2027-01-19');
    expect(own).toMatchObject({ appointments: [{ usagerName: 'C. C.' }], taken: [] });
  });

  it('a partner’s board shows others’ published names and "occupé", never their people', async () => {
    const [aef, edf] = [await space.partner('AEF 94'), await space.partner('EDF')];
    const motif = await space.motif(aef, 'Dette');
    const [one, two] = [await space.room('Bureau 1'), await space.room('Bureau 2')];
    const agent = await space.agent(aef, 'Ana Morel');
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      agentIds: [agent],
      room: one,
      title: 'AEF 94 — premier rendez-vous',
      dates: ['2027-01-05 09:00-12:00'],
    });
    await space.permanence({
      partnerId: aef,
      mode: 'internal',
      visibility: 'internal',
      room: two,
      title: 'Réunion d’équipe',
      dates: ['2027-01-05 09:00-12:00'],
    });
    const usagerId = await space.usager('Yasmine', 'Martin');
    await space.booking.book(
      space.viewer('desk'),
      { occurrenceId: date, motifId: motif, start: '2027-01-05T09:00', agentId: null, usagerId },
      null,
    );
    const board = await boardOf(space.viewer('partner-editor', edf), '2027-01-05');
    expect(board.occurrences).toMatchObject([{ title: 'AEF 94 — premier rendez-vous', agentIds: [], booked: 0 }]);
    expect(board.appointments).toEqual([]);
    expect(board.taken).toEqual([
      { roomId: two.id, workstationId: null, start: '2027-01-05T09:00', end: '2027-01-05T12:00' },
    ]);
    const desk = await boardOf(space.viewer('desk'), '2027-01-05');
    expect(desk.occurrences).toHaveLength(2);
    expect(desk.taken).toEqual([]);
  });

  it('a public holiday is named, and a site of another space is not there', async () => {
    expect((await boardOf(space.viewer('desk'), '2027-03-29')).holiday).toBe('Lundi de Pâques');
    expect(await space.board.of(space.viewer('desk'), space.spaceId, '2027-03-29')).toEqual({
      ok: false,
      why: 'not-found',
    });
  });
});
