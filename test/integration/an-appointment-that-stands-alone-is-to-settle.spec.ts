import type { Viewer } from '@app/accounts';
import { WaysOutOfAlone } from '@app/booking';
import { AbsenceBody, ClosureBody } from '@app/contract';
import { Absences, Closures } from '@app/permanences';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Language, LocalDateTime } from '@app/time';
import { eventually } from '../../scripts/lib/processes.mjs';
import { PermanenceSpace, value } from '../support/permanences';

describe('an appointment outside any permanence', () => {
  let there: PermanenceSpace;
  let absences: Absences;
  let closures: Closures;
  let clic6: string;
  let motif: string;
  let aubert: string;
  let blanc: string;
  let office: string;
  let desk: Viewer;
  let editor: Viewer;

  beforeEach(async () => {
    there = await PermanenceSpace.open('2027-01-04T08:00');
    const { space } = there;
    absences = new Absences(space.db);
    closures = new Closures(space.db);
    clic6 = await space.partner('Clic6');
    motif = await space.motif(clic6, 'Autonomie', { modes: ['on-site', 'phone'] });
    aubert = await space.agent(clic6, 'V. Aubert');
    blanc = await space.agent(clic6, 'S. Blanc');
    office = (await space.room('Bureau 1')).id;
    desk = space.viewer('desk');
    editor = space.viewer('partner-editor', clic6);
  });
  afterEach(() => there?.close());

  const someone = () => there.space.usager('Anne', 'Martin', { partners: [clic6] });
  const wishOf = (usagerId: string, start: string) => ({
    motifId: motif,
    agentId: aubert,
    secondAgentId: null,
    siteId: there.space.siteId,
    mode: 'on-site' as const,
    roomId: null,
    start: start as LocalDateTime,
    usagerId,
  });
  const book = async (start: string, more: Record<string, unknown> = {}) =>
    value(await there.space.alone.book(desk, { ...wishOf(await someone(), start), ...more }, null)).id;
  const away = (start: string, end: string, more: Record<string, unknown> = {}, viewer = editor) =>
    absences.add(viewer, AbsenceBody.parse({ agentId: aubert, start, end, label: 'congés', ...more }));
  const close = (day: string, more: Record<string, unknown> = {}, viewer = there.manager) =>
    closures.add(viewer, ClosureBody.parse({ from: day, to: day, cause: 'pont', ...more }));
  const toSettle = async (viewer: Viewer = there.manager) =>
    (await there.conflicts.open(viewer)).map(({ kind, title, start, cause, usagerName, appointmentId }) => ({
      said: [kind, title, start, cause, usagerName].join(' | '),
      appointmentId,
    }));
  const ways = (id: string) => new WaysOutOfAlone(there.space.db).of(desk, id);
  /** As the screen does: the first way out, by moving it there. */
  const take = async (id: string) => {
    const found = await ways(id);
    if (!found?.ways[0]) throw new Error('no way out');
    const { changes: _, end: __, ...way } = found.ways[0];
    const { siteId, mode, minutes, version } = found;
    return value(await there.space.alone.move(desk, id, { ...way, siteId, mode, minutes, version }));
  };
  const said = async (viewer?: Viewer) => (await toSettle(viewer)).map((one) => one.said);

  it('is said before an absence is recorded, is to settle once it is, and no longer when the agent is back', async () => {
    const id = await book('2027-01-12T10:00');
    await book('2027-01-12T10:00', { agentId: blanc, mode: 'phone' });
    await book('2027-01-20T10:00');
    const asked = value(await away('2027-01-12T00:00', '2027-01-13T00:00', { dryRun: true }));
    expect(asked).toMatchObject({
      dates: [],
      people: 1,
      alone: [
        {
          appointmentId: id,
          partnerId: clic6,
          motifId: motif,
          start: '2027-01-12T10:00',
          end: '2027-01-12T10:30',
          name: 'Anne Martin',
        },
      ],
    });
    expect(await said()).toEqual([]);
    const saved = value(await away('2027-01-12T00:00', '2027-01-13T00:00'));
    expect({ ...saved, id: null, dryRun: true }).toEqual(asked);
    expect(await toSettle()).toEqual([
      {
        said: 'appointment-stranded | Clic6 | 2027-01-12T10:00 | V. Aubert\u00a0: absent·e | Anne Martin',
        appointmentId: id,
      },
    ]);
    const english: Viewer = { ...there.manager, language: 'en' as Language };
    expect(await said(english)).toEqual([expect.stringContaining('V. Aubert: away')]);
    // Another partner learns nothing of it.
    expect(await said(there.space.viewer('partner-editor', await there.space.partner('EDF')))).toEqual([]);

    // Away on another day instead: that one is settled, the other is not.
    value(
      await absences.change(editor, saved.id ?? '', {
        start: '2027-01-20T09:00' as LocalDateTime,
        end: '2027-01-20T12:00' as LocalDateTime,
        label: '',
        dryRun: false,
      }),
    );
    expect(await said()).toEqual([expect.stringContaining('2027-01-20T10:00')]);
    value(await absences.remove(editor, saved.id ?? '', false));
    expect(await said()).toEqual([]);
  });

  it('is settled when it is moved or cancelled, and to settle again when that is taken back', async () => {
    const [moved, cancelled] = [await book('2027-01-12T10:00'), await book('2027-01-12T11:00')];
    value(await away('2027-01-12T00:00', '2027-01-13T00:00'));
    expect(await said()).toHaveLength(2);
    const to = { agentId: aubert, secondAgentId: null, siteId: there.space.siteId, mode: 'on-site' as const };
    const elsewhere = { ...to, roomId: null, start: '2027-01-13T10:00' as LocalDateTime, version: 1 };
    value(await there.space.alone.move(desk, moved, elsewhere));
    expect((await toSettle()).map(({ appointmentId }) => appointmentId)).toEqual([cancelled]);
    value(await there.space.following.cancel(desk, cancelled, { by: 'agent', version: 1 }));
    expect(await said()).toEqual([]);
    value(await there.space.undoing.undo(desk, cancelled));
    value(await there.space.undoing.undo(desk, moved));
    expect((await toSettle()).map(({ appointmentId }) => appointmentId)).toEqual([moved, cancelled]);
  });

  it('of a confidential service is counted for its own, and read by nobody else', async () => {
    const secret = await there.space.partner('Personnel communal', { confidential: true });
    const petit = await there.space.agent(secret, 'Anne Petit');
    const hers = await there.space.motif(secret, 'Entretien');
    const own = there.space.viewer('partner-editor', secret);
    const usagerId = await there.space.usager('Paul', 'Roux', { partners: [secret] });
    value(
      await there.space.alone.book(
        own,
        {
          motifId: hers,
          agentId: petit,
          secondAgentId: null,
          siteId: there.space.siteId,
          mode: 'on-site',
          roomId: null,
          start: '2027-05-07T10:00' as LocalDateTime,
          usagerId,
        },
        null,
      ),
    );
    const closing = value(await close('2027-05-07'));
    expect(closing).toMatchObject({ alone: [], people: 0 });
    expect(await said()).toEqual([]);
    expect(await said(own)).toEqual([
      'appointment-stranded | Personnel communal | 2027-05-07T10:00 | fermeture : pont | Paul Roux',
    ]);
  });

  it('is touched by a closure of its room, its site, its service or the space, and of nothing else', async () => {
    const id = await book('2027-05-07T10:00');
    const edf = await there.space.partner('EDF');
    const elsewhere = await there.space.site('Maison pour tous');
    const other = (await there.space.room('Bureau 2')).id;
    for (const scope of [{ partnerId: edf }, { siteId: elsewhere }, { roomId: other }]) {
      expect(value(await close('2027-05-07', { ...scope, dryRun: true })).alone).toEqual([]);
    }
    for (const scope of [{ roomId: office }, { siteId: there.space.siteId }, { partnerId: clic6 }, {}]) {
      const asked = value(await close('2027-05-07', { ...scope, dryRun: true }));
      expect(asked).toMatchObject({ people: 1, alone: [{ appointmentId: id, name: 'Anne Martin' }] });
      expect(await said()).toEqual([]);
      const { id: closure } = value(await close('2027-05-07', scope));
      expect(await said()).toEqual([
        'appointment-stranded | Clic6 | 2027-05-07T10:00 | fermeture : pont | Anne Martin',
      ]);
      value(await closures.remove(there.manager, closure ?? '', false));
      expect(await said()).toEqual([]);
    }
    // Other days of the same closure follow.
    const { id: closure } = value(await close('2027-05-07'));
    const later = { from: '2027-05-10', to: '2027-05-10', cause: 'pont', dryRun: false };
    value(await closures.change(there.manager, closure ?? '', later as never));
    expect(await said()).toEqual([]);
  });

  it('taken while the absence is being recorded is refused, or is to settle: never neither', async () => {
    for (let day = 11; day < 21; day += 1) {
      const at = `2027-01-${day}`;
      const wish = { ...wishOf(await someone(), `${at}T10:00`), mode: 'phone' as const };
      const [booked, absent] = await Promise.all([
        there.space.alone.book(desk, wish, null),
        away(`${at}T09:00`, `${at}T12:00`),
      ]);
      value(absent);
      const open = (await toSettle()).filter((one) => one.said.includes(at));
      if (booked.ok) expect(open.map(({ appointmentId }) => appointmentId)).toEqual([booked.value.id]);
      else expect({ why: booked.why, open }).toEqual({ why: 'agent-away', open: [] });
    }
  });

  it('taken while its place, its room or its service closes is refused, or is to settle: never neither', async () => {
    const scopes = [{}, { siteId: there.space.siteId }, { roomId: office }, { partnerId: clic6 }];
    for (let day = 11; day < 23; day += 1) {
      const at = `2027-05-${day}`;
      const wish = { ...wishOf(await someone(), `${at}T10:00`), roomId: office };
      const [booked, closed] = await Promise.all([
        there.space.alone.book(desk, wish, null),
        close(at, scopes[day % scopes.length]),
      ]);
      value(closed);
      const open = (await toSettle()).filter((one) => one.said.includes(at));
      if (booked.ok) expect(open.map(({ appointmentId }) => appointmentId)).toEqual([booked.value.id]);
      else expect({ why: booked.why, open }).toEqual({ why: expect.stringMatching(/closed|unfit/), open: [] });
    }
  });

  it('being taken makes a closure wait, and be told of it; a closure being said makes the booking wait', async () => {
    const usagerId = await someone();
    const alone = (start: string) => there.space.alone.book(desk, wishOf(usagerId, start), null);
    // Whoever holds her presence keeps the booking from committing, once it has read that nothing is closed.
    const held = await there.space.owner.connect();
    const isWaiting = () =>
      eventually(async () => {
        const [row] = await there.space.sql<{ waits: boolean }>(
          'select exists (select from pg_stat_activity where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0) as waits',
        );
        return row?.waits === true;
      }, 10_000);
    await held.query('begin');
    await held.query(`select id from resource where owner_id = $1 for update`, [aubert]);
    const booking = alone('2027-05-07T10:00');
    await isWaiting();
    let isClosed = false;
    const closing = close('2027-05-07').then((outcome) => {
      isClosed = true;
      return outcome;
    });
    await new Promise((done) => setTimeout(done, 300));
    expect(isClosed).toBe(false);
    await held.query('commit');
    const { id } = value(await booking);
    expect(value(await closing)).toMatchObject({ people: 1, alone: [{ appointmentId: id }] });

    // The other way round: the closure is written and not committed yet.
    await held.query('begin');
    await held.query('select id from space where id = $1 for no key update', [there.space.spaceId]);
    await held.query(
      `insert into closure (space_id, first_day, last_day, cause) values ($1, '2027-05-10', '2027-05-10', 'pont')`,
      [there.space.spaceId],
    );
    const late = alone('2027-05-10T10:00');
    await isWaiting();
    await held.query('commit');
    held.release();
    expect(await late).toMatchObject({ ok: false, why: 'site-closed' });
  });

  it('goes to another room when its own closes, in one gesture: nobody is told, and it can be taken back', async () => {
    const other = (await there.space.room('Bureau 2')).id;
    const id = await book('2027-05-07T10:00', { roomId: office });
    value(await close('2027-05-07', { roomId: office }));
    const found = await ways(id);
    expect(found?.ways).toEqual([
      {
        changes: 'room',
        start: '2027-05-07T10:00',
        end: '2027-05-07T10:30',
        roomId: other,
        agentId: aubert,
        secondAgentId: null,
      },
    ]);
    await take(id);
    expect(await said()).toEqual([]);
    // The same version: what she was told still holds.
    expect(await there.space.appointments.one(desk, id)).toMatchObject({ roomId: other, version: 1, state: 'planned' });
    value(await there.space.undoing.undo(desk, id));
    expect(await said()).toHaveLength(1);
    expect(await there.space.appointments.one(desk, id)).toMatchObject({ roomId: office, version: 1 });
  });

  it('goes to another hour or agent that day when its agent is away, and to a next day when the place is closed', async () => {
    const id = await book('2027-01-12T10:00');
    value(await away('2027-01-12T09:00', '2027-01-12T12:00'));
    expect((await ways(id))?.ways.map(({ changes, start, agentId }) => [changes, start, agentId])).toEqual([
      ['hour', '2027-01-12T08:30', aubert],
      ['hour', '2027-01-12T12:00', aubert],
      ['agent', '2027-01-12T10:00', blanc],
    ]);
    await take(id);
    expect(await there.space.appointments.one(desk, id)).toMatchObject({ start: '2027-01-12T08:30', version: 2 });
    expect(await said()).toEqual([]);

    const friday = await book('2027-05-07T10:00');
    value(await close('2027-05-07'));
    // The week-end has no hours, and is no day to come by itself.
    expect((await ways(friday))?.ways).toMatchObject([{ changes: 'day', start: '2027-05-10T10:00', roomId: office }]);
    await take(friday);
    expect(await said()).toEqual([]);
    const theirs = there.space.viewer('partner-editor', await there.space.partner('EDF'));
    expect(await new WaysOutOfAlone(there.space.db).of(theirs, friday)).toBeNull();
  });

  it('has no way out once it is cancelled, and none when it is over', async () => {
    const [cancelled, over] = [await book('2027-01-12T10:00'), await book('2027-01-12T11:00')];
    value(await there.space.following.cancel(desk, cancelled, { by: 'agent', version: 1 }));
    expect((await ways(cancelled))?.ways).toEqual([]);
    expect((await ways(over))?.ways).not.toEqual([]);
    there.space.clock.at = '2027-01-12T11:40' as LocalDateTime;
    value(await there.space.following.say(desk, over, { state: 'seen', version: 1 }));
    expect((await ways(over))?.ways).toEqual([]);
  });
});
