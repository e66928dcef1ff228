import type { Viewer } from '@app/accounts';
import { AbsenceBody, type AbsenceSaved, OfficeLoanBody, type PermanenceDate, RoomBookingBody } from '@app/contract';
import { Absences } from '@app/permanences';
import { BookRoom, OfficeLoans, RoomBookings } from '@app/rooms';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type LocalDateTime, toInstant } from '@app/time';
import { publicPresences } from '../../apps/api/src/public/public.query';
import { PermanenceSpace, value } from '../support/permanences';

const TUESDAYS = { rrule: 'FREQ=WEEKLY;BYDAY=TU', from: '2027-01-05', start: '09:00', end: '12:00' };
const at = (local: string) => toInstant(local as LocalDateTime);
let week = 0;

describe('someone is away', () => {
  let there: PermanenceSpace;
  let absences: Absences;
  let loans: OfficeLoans;
  let rooms: BookRoom;
  let clic6: string;
  let guest: string;
  let motif: string;
  let aubert: string;
  let blanc: string;
  let office: { id: string; desks: string[] };
  let editor: Viewer;

  beforeAll(async () => {
    there = await PermanenceSpace.open('2027-01-04T08:00');
    const { space } = there;
    absences = new Absences(space.db);
    loans = new OfficeLoans(space.db);
    rooms = new BookRoom(space.db);
    clic6 = await space.partner('Clic6');
    guest = await space.partner('Nouvelles Voies');
    motif = await space.motif(clic6, 'Autonomie');
    editor = space.viewer('partner-editor', clic6);
  });
  afterAll(() => there?.close());

  /** Each test has agents and an office of its own. */
  beforeEach(async () => {
    const { space } = there;
    week += 1;
    aubert = await space.agent(clic6, `V. Aubert ${week}`);
    blanc = await space.agent(clic6, `S. Blanc ${week}`);
    office = await space.room(`Bureau ${week}`);
    await space.sql('update room set resident_partner_id = $2 where id = $1', [office.id, clic6]);
    await space.sql('insert into room_resident (space_id, room_id, agent_id) values ($1, $2, $3)', [
      space.spaceId,
      office.id,
      aubert,
    ]);
    await space.sql('delete from conflict where space_id = $1', [space.spaceId]);
    await space.sql('delete from absence where space_id = $1', [space.spaceId]);
  });

  const away = (agentId: string, start: string, end: string, more: Record<string, unknown> = {}, viewer = editor) =>
    absences.add(viewer, AbsenceBody.parse({ agentId, start, end, label: 'congés', ...more }));
  const publish = (agentIds: string[], more: Record<string, unknown> = {}) =>
    there.publish(
      there.body(clic6, [{ ...TUESDAYS, agentIds, ...more }], { title: `Clic6 ${week}`, motifIds: [motif] }),
    );
  const book = async (permanenceId: string, start: string, agentId: string | null) => {
    const [date] = await there.dates(permanenceId, { from: start.slice(0, 10), count: 1 });
    const usagerId = await there.space.usager('Anne', 'Martin', { partners: [clic6] });
    const wanted = { occurrenceId: date?.occurrenceId ?? '', motifId: motif, start, agentId, usagerId };
    return value(await there.space.booking.book(there.manager, wanted as never, null)).id;
  };
  const toSettle = async (viewer = there.manager) =>
    (await there.conflicts.open(viewer))
      .map(({ kind, start, wanted }) => [kind, start, wanted])
      .sort(([one, at], [other, then]) => `${at} ${one}`.localeCompare(`${then} ${other}`));
  const take = (start: string, end: string, partnerId = guest) =>
    rooms.book(
      there.manager,
      RoomBookingBody.parse({ roomId: office.id, start, end, title: 'Entretien', partnerId, agentIds: [] }),
    );
  const short = ({ dates, people, offices }: AbsenceSaved) => ({
    dates: dates.map(({ start, left, remaining, people: booked }) => [start, left, remaining.length, booked.length]),
    people,
    offices: offices.length,
  });

  it('shows first the dates, who remains and who is booked; then opens exactly that, and settles it when she is back', async () => {
    const { id } = await publish([aubert]);
    const appointment = await book(id, '2027-01-12T09:00', aubert);
    const asked = value(await away(aubert, '2027-01-11T00:00', '2027-01-20T00:00', { dryRun: true }));
    expect(short(asked)).toEqual({
      dates: [
        ['2027-01-12T09:00', 'nobody', 0, 1],
        ['2027-01-19T09:00', 'nobody', 0, 0],
      ],
      people: 1,
      offices: 1,
    });
    expect(asked.dates[0]?.people).toEqual([
      { appointmentId: appointment, name: 'Anne Martin', start: '2027-01-12T09:00' },
    ]);
    expect(await toSettle()).toEqual([]);

    const saved = value(await away(aubert, '2027-01-11T00:00', '2027-01-20T00:00'));
    expect({ ...saved, id: null, dryRun: true }).toEqual(asked);
    expect(await toSettle()).toEqual([
      ['agent-away', '2027-01-12T09:00', `V. Aubert ${week}`],
      ['appointment-stranded', '2027-01-12T09:00', 'Autonomie'],
      ['agent-away', '2027-01-19T09:00', `V. Aubert ${week}`],
    ]);
    const board = value(await there.space.board.of(there.manager, there.space.siteId, '2027-01-12'));
    expect(board.occurrences.find(({ permanenceId }) => permanenceId === id)?.leftAlone).toBe('wholly');
    const publicSpace = { id: there.space.spaceId, slug: '', name: '', zone: 'Europe/Paris' };
    const day = { from: at('2027-01-12T00:00'), to: at('2027-01-13T00:00'), perRule: 4, language: 'fr' as const };
    const { presences } = await publicPresences(there.space.db, publicSpace, day);
    expect(presences.find(({ permanenceId }) => permanenceId === id)?.dates.map(({ missed }) => missed)).toEqual([
      'absent·e ce jour',
    ]);
    value(await absences.remove(editor, saved.id ?? '', false));
    expect(await toSettle()).toEqual([]);
    expect(await absences.all(editor)).toEqual([]);
  });

  it('with a colleague there, only those booked with her by name are to be told', async () => {
    const { id } = await publish([aubert, blanc]);
    await book(id, '2027-01-12T09:00', aubert);
    await book(id, '2027-01-12T09:00', blanc);
    const saved = value(await away(aubert, '2027-01-12T00:00', '2027-01-13T00:00'));
    expect(short(saved)).toEqual({ dates: [['2027-01-12T09:00', 'someone', 1, 1]], people: 1, offices: 1 });
    expect((await toSettle()).map(([kind]) => kind)).toEqual(['appointment-stranded']);
  });

  it('an hour away in the middle leaves the date alone for a while', async () => {
    await publish([aubert]);
    const visit = value(
      await away(aubert, '2027-01-12T10:00', '2027-01-12T11:00', { label: 'visite à domicile', dryRun: true }),
    );
    expect(visit.dates.map(({ left }) => left)).toEqual(['nobody-for-a-while']);
  });

  it('what is published afterwards knows it too', async () => {
    value(await away(aubert, '2027-01-12T00:00', '2027-01-13T00:00'));
    await publish([aubert]);
    expect(await toSettle()).toEqual([['agent-away', '2027-01-12T09:00', `V. Aubert ${week}`]]);
  });

  it('is recorded by herself, her partner’s editor or the desk; not by a colleague, nor by another partner', async () => {
    const day = ['2027-02-02T00:00', '2027-02-03T00:00'] as const;
    const agent = { ...there.space.viewer('agent', clic6), agentId: aubert };
    expect(await away(aubert, ...day, {}, { ...agent, agentId: blanc })).toMatchObject({ ok: false, why: 'not-yours' });
    expect(await away(aubert, ...day, {}, there.space.viewer('partner-editor', guest))).toMatchObject({
      why: 'not-yours',
    });
    const { id } = value(await away(aubert, ...day, {}, agent));
    expect(await absences.all(there.space.viewer('partner-editor', guest))).toEqual([]);
    expect(await absences.remove(there.space.viewer('partner-editor', guest), id ?? '', false)).toMatchObject({
      why: 'not-found',
    });
    expect((await absences.all(there.space.viewer('desk'))).map(({ label }) => label)).toEqual(['congés']);
    value(await absences.remove(there.space.viewer('desk'), id ?? '', false));
  });

  it('is an obstacle of its date before anything is published', async () => {
    value(await away(aubert, '2027-01-12T00:00', '2027-01-13T00:00'));
    const dates = await there.preview(there.body(clic6, [{ ...TUESDAYS, agentIds: [aubert] }]), { from: '2027-01-05' });
    expect(dates.map(({ obstacles }) => obstacles.map(({ kind }) => kind))).toEqual([[], ['agent-away'], [], []]);
  });

  it('dates are decided one by one while it is written, and published exactly so', async () => {
    // EDF's first Friday, 1 January 2027, is asked: it moves to Monday; March goes without a room, April is skipped.
    there.space.clock.at = '2026-12-28T08:00' as LocalDateTime;
    const fridays = { rrule: 'FREQ=MONTHLY;BYDAY=1FR', from: '2027-01-01', roomId: office.id };
    const title = `EDF ${week}`;
    const asked = await there.preview(there.body(guest, [fridays], { title }), { from: '2027-01-01', count: 5 });
    expect(asked[0]).toMatchObject({ state: 'skipped', waysOut: { rooms: [], nextOpen: '2027-01-04' } });
    expect(asked[1]?.obstacles.map(({ kind, text }) => [kind, text.includes('(Clic6)')])).toEqual([
      ['room-taken', true],
    ]);
    const free = asked[1]?.waysOut?.rooms.map(({ roomId }) => roomId) ?? [];
    expect(free).not.toContain(office.id);
    const other = await there.space.room(`Salle libre ${week}`);
    const choices = [
      { rule: 0, originalStart: '2027-01-01T09:00', choice: { kind: 'move', date: '2027-01-04' } },
      { rule: 0, originalStart: '2027-02-05T09:00', choice: { kind: 'room', roomId: other.id } },
      { rule: 0, originalStart: '2027-03-05T09:00', choice: { kind: 'without-room' } },
      { rule: 0, originalStart: '2027-04-02T09:00', choice: { kind: 'skip' } },
    ];
    const body = there.body(guest, [fridays], { title, choices });
    const decided = await there.preview(body, { from: '2027-01-01', count: 5 });
    const draft = await there.draft(body);
    expect((await there.read(draft)).choices).toEqual(choices);
    value(await there.publishing.publish(there.manager, draft, 1));
    const published = await there.dates(draft, { from: '2027-01-01', count: 5 });
    const shown = (date: PermanenceDate) => [date.start, date.state, date.roomId];
    expect(published.map(shown)).toEqual([
      ['2027-01-04T09:00', 'moved', null],
      ['2027-02-05T09:00', 'held', other.id],
      ['2027-03-05T09:00', 'held', null],
      ['2027-04-02T09:00', 'cancelled', null],
      ['2027-05-07T09:00', 'held', null],
    ]);
    expect(decided.map(({ start, state }) => [start, state])).toEqual(
      published.map(({ start, state }) => [start, state]),
    );
    // Only what nobody decided is left to settle: the office on 4 January, and from May on.
    expect((await toSettle()).slice(0, 2)).toEqual([
      ['room-taken', '2027-01-04T09:00', `Bureau ${week}`],
      ['room-taken', '2027-05-07T09:00', `Bureau ${week}`],
    ]);
    there.space.clock.at = '2027-01-04T08:00' as LocalDateTime;
  });

  describe('and her office', () => {
    it('is hers: another partner is refused it, told whose it is, until her absence or the desk lends it', async () => {
      const hours = ['2027-02-09T14:00', '2027-02-09T15:00'] as const;
      const refused = await take(...hours);
      expect(refused).toMatchObject({ ok: false, why: 'office-kept' });
      expect(refused.ok ? '' : refused.detail).toContain('(Clic6)');
      expect((await take('2027-02-09T10:00', '2027-02-09T11:00', clic6)).ok).toBe(true);

      value(await away(aubert, '2027-02-09T13:00', '2027-02-09T18:00', { label: 'visite à domicile' }));
      expect((await take('2027-02-09T12:30', '2027-02-09T13:30')).ok).toBe(false);
      expect((await take(...hours)).ok).toBe(true);

      const lent = { roomId: office.id, start: '2027-02-16T14:00', end: '2027-02-16T16:00' };
      const another = there.space.viewer('partner-editor', guest);
      expect(await loans.lend(another, OfficeLoanBody.parse(lent))).toMatchObject({ why: 'not-yours' });
      value(await loans.lend(there.space.viewer('desk'), OfficeLoanBody.parse(lent)));
      expect((await take('2027-02-16T14:00', '2027-02-16T15:00')).ok).toBe(true);
      expect((await take('2027-02-16T15:30', '2027-02-16T16:30')).ok).toBe(false);
    });

    it('is lent while her own date leaves it; back early, she finds who is in it, who keeps it', async () => {
      await publish([aubert], { roomId: office.id });
      const { id } = value(await away(aubert, '2027-01-12T00:00', '2027-01-13T00:00'));
      const borrowed = value(await take('2027-01-12T10:00', '2027-01-12T11:00'));
      expect((await toSettle()).map(([kind]) => kind)).toEqual(['agent-away']);

      const back = value(await absences.remove(editor, id ?? '', false));
      expect(back.borrowed).toBe(1);
      expect(await toSettle(editor)).toEqual([
        ['room-taken', '2027-01-12T09:00', `Bureau ${week}`],
        ['office-borrowed', '2027-01-12T10:00', `Bureau ${week}`],
      ]);
      value(await new RoomBookings(there.space.db).cancel(there.manager, borrowed.id));
      expect((await there.conflicts.open(editor)).map(({ kind, isFreed }) => [kind, isFreed])).toEqual([
        ['room-taken', true],
      ]);
    });

    it('taken back without anyone in it, her date has it as before', async () => {
      const { id: permanence } = await publish([aubert], { roomId: office.id });
      const { id } = value(await away(aubert, '2027-01-12T00:00', '2027-01-13T00:00'));
      value(await absences.remove(editor, id ?? '', false));
      expect(await toSettle()).toEqual([]);
      expect(await take('2027-01-12T10:00', '2027-01-12T11:00')).toMatchObject({ why: 'room-taken' });
      expect((await there.dates(permanence, { from: '2027-01-12', count: 1 }))[0]?.roomId).toBe(office.id);
    });

    it('a permanence of another partner over it lacks its room, save on the dates on which it is lent', async () => {
      value(await away(aubert, '2027-01-12T00:00', '2027-01-13T00:00'));
      const { id } = await there.publish(
        there.body(guest, [{ ...TUESDAYS, roomId: office.id }], { title: 'Nouvelles Voies' }),
      );
      const dates = await there.dates(id, { from: '2027-01-05', count: 3 });
      expect(dates.map(({ roomId }) => roomId === office.id)).toEqual([false, true, false]);
    });
  });
});
