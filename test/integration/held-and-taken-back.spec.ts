import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@app/accounts';
import type { Slot, SlotsQuery } from '@app/contract';
import type { LocalDateTime } from '@app/time';
import { PlannedSpace } from '../support/planned-space';

describe('a slot', () => {
  let space: PlannedSpace;
  let aef: string;
  let motif: string;
  let someone: string;
  let lea: Viewer;
  let hugo: Viewer;
  beforeEach(async () => {
    space = await PlannedSpace.open('2027-01-04T09:40');
    aef = await space.partner('AEF 94');
    motif = await space.motif(aef, 'Premier rendez-vous', { duration_minutes: 30 });
    someone = await space.usager('Yasmine', 'Martin', { partners: [aef] });
    [lea, hugo] = [space.viewer('desk'), space.viewer('desk')];
  });
  afterEach(() => space?.close());

  const clock = (at: string) => {
    space.clock.at = at as LocalDateTime;
  };
  const dates = (...given: string[]) => space.permanence({ partnerId: aef, motifIds: [motif], dates: given });
  const ask = async (viewer: Viewer, more: Partial<SlotsQuery> = {}) => {
    const found = await space.slots.forMotif(viewer, { motif, days: 90, perDay: 9, limit: 30, ...more });
    if (!found.ok) throw new Error(found.why);
    return found.value;
  };
  const starts = async (viewer: Viewer, more: Partial<SlotsQuery> = {}) =>
    (await ask(viewer, more)).slots.map(({ start }) => start.slice(5));
  const hold = async (viewer: Viewer, slot: Slot) => {
    const { occurrenceId, start, agentId } = slot;
    const outcome = await space.holding.hold(viewer, { occurrenceId, motifId: slot.motifId, start, agentId });
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.value;
  };
  const book = (viewer: Viewer, slot: Slot, more: Record<string, unknown> = {}) => {
    const { occurrenceId, motifId, start, agentId } = slot;
    return space.booking.book(viewer, { occurrenceId, motifId, start, agentId, usagerId: someone, ...more }, null);
  };
  const booked = async (...args: Parameters<typeof book>) => {
    const outcome = await book(...args);
    if (!outcome.ok) throw new Error(outcome.why);
    return outcome.value;
  };
  const first = async () => (await ask(lea)).slots[0] as Slot;

  describe('held while someone is written down', () => {
    it('is nobody else’s for three minutes: shown with its end, refused with the nearest that are free', async () => {
      await dates('2027-01-05 09:00-10:00');
      const slot = await first();
      const held = await hold(lea, slot);
      expect(held).toMatchObject({ start: '2027-01-05T09:00', until: '2027-01-04T09:43', seconds: 180 });
      expect(await ask(hugo)).toMatchObject({
        slots: [{ start: '2027-01-05T09:30' }],
        held: [{ start: '2027-01-05T09:00', until: '2027-01-04T09:43' }],
      });
      expect(await book(hugo, slot)).toMatchObject({
        ok: false,
        why: 'slot-held',
        until: '2027-01-04T09:43',
        alternatives: [{ start: '2027-01-05T09:30' }],
      });
      // It does not vanish from under the one who holds it.
      expect(await starts(lea)).toEqual(['01-05T09:00', '01-05T09:30']);
      await booked(lea, slot, { holdId: held.id });
      expect(await starts(hugo)).toEqual(['01-05T09:30']);
      expect(await space.sql('select held_by_kind, expires_at from claim')).toMatchObject([
        { held_by_kind: 'appointment', expires_at: null },
      ]);
      expect(await space.sql('select id from slot_hold')).toEqual([]);
    });

    it('is free again for everybody at once when the time is over, or when it is let go', async () => {
      await dates('2027-01-05 09:00-09:30');
      const slot = await first();
      const held = await hold(lea, slot);
      expect(await starts(hugo)).toEqual([]);
      expect(await space.holding.letGo(hugo, held.id)).toMatchObject({ ok: false, why: 'not-found' });
      expect(await space.holding.letGo(lea, held.id)).toMatchObject({ ok: true });
      expect(await starts(hugo)).toEqual(['01-05T09:00']);
      const late = await hold(lea, slot);
      clock('2027-01-04T09:43');
      expect(await starts(hugo)).toEqual(['01-05T09:00']);
      // Nobody took it meanwhile: who was being written down is booked all the same.
      await booked(lea, slot, { holdId: late.id });
    });

    it('that ran out is the other’s when the other was faster, and says so', async () => {
      await dates('2027-01-05 09:00-09:30');
      const slot = await first();
      const held = await hold(lea, slot);
      clock('2027-01-04T09:44');
      await booked(hugo, slot);
      expect(await book(lea, slot, { holdId: held.id })).toMatchObject({ ok: false, why: 'slot-taken' });
      expect(await book(hugo, slot, { holdId: held.id })).toMatchObject({ ok: false, why: 'slot-taken' });
    });
  });

  describe('taken back within ten seconds', () => {
    it('a booking never was', async () => {
      await dates('2027-01-05 09:00-09:30');
      const { id } = await booked(lea, await first());
      expect(await space.undoing.undo(hugo, id)).toMatchObject({ ok: false, why: 'too-late-to-undo' });
      expect(await space.undoing.undo(lea, id)).toEqual({ ok: true, value: { what: 'booked' } });
      expect(await starts(hugo)).toEqual(['01-05T09:00']);
      expect(await space.appointments.one(lea, id)).toBeNull();
      expect(await space.undoing.undo(lea, id)).toMatchObject({ ok: false, why: 'not-found' });
    });

    it('a move leaves the appointment at its hour, under the version people know', async () => {
      await dates('2027-01-05 09:00-09:30', '2027-01-12 09:00-09:30');
      const [slot, other] = (await ask(lea)).slots as [Slot, Slot];
      const { id } = await booked(lea, slot);
      await space.moving.move(lea, id, { ...other, agentId: null, version: 1 });
      expect(await space.undoing.undo(lea, id)).toEqual({ ok: true, value: { what: 'moved' } });
      expect(await space.appointments.one(lea, id)).toMatchObject({ start: slot.start, version: 1, state: 'planned' });
      expect(await starts(hugo)).toEqual(['01-12T09:00']);
      // Once: what is undone is not undone again, and a second press takes back no earlier act.
      expect(await space.undoing.undo(hugo, id)).toMatchObject({ ok: false });
      expect(await space.undoing.undo(lea, id, 'moved')).toEqual({ ok: false, why: 'too-late-to-undo' });
      expect(await space.appointments.one(lea, id)).toMatchObject({ start: slot.start });
    });

    it('a cancellation gives the slot back while it is free, and says why when it is not', async () => {
      await dates('2027-01-05 09:00-09:30');
      const slot = await first();
      const { id } = await booked(lea, slot);
      const cancel = () => space.following.cancel(lea, id, { by: 'usager', version: 1 });
      await cancel();
      expect(await space.appointments.one(lea, id)).toMatchObject({ cancelledAt: '2027-01-04T09:40' });
      const [said] = await space.sql(`select detail from event where kind = 'appointment.cancelled'`);
      expect(said.detail).toMatchObject({ by: 'usager', noticeMinutes: 23 * 60 + 20 });
      expect(await space.undoing.undo(lea, id)).toEqual({ ok: true, value: { what: 'cancelled' } });
      expect(await space.appointments.one(lea, id)).toMatchObject({ state: 'planned', version: 1, cancelledAt: null });
      await cancel();
      await booked(hugo, slot);
      expect(await space.undoing.undo(lea, id)).toMatchObject({ ok: false, why: 'slot-taken' });
    });

    it('is too late a minute after', async () => {
      await dates('2027-01-05 09:00-09:30');
      const { id } = await booked(lea, await first());
      clock('2027-01-04T09:41');
      expect(await space.undoing.undo(lea, id)).toMatchObject({ ok: false, why: 'too-late-to-undo' });
    });
  });

  describe('is offered', () => {
    it('with the pauses of its motif, which are booked with it', async () => {
      motif = await space.motif(aef, 'Entretien', { duration_minutes: 30, pause_after: 15 });
      await dates('2027-01-05 09:00-11:00');
      expect(await starts(lea)).toEqual(['01-05T09:00', '01-05T09:45', '01-05T10:30']);
      await booked(lea, (await ask(lea)).slots[1] as Slot);
      expect(await starts(lea)).toEqual(['01-05T09:00', '01-05T10:30']);
      const [claim] = await space.sql(
        `select extract(epoch from upper(during) - lower(during)) / 60 as minutes from claim`,
      );
      expect(Number(claim.minutes)).toBe(45);
    });

    it('with an interpreter for twice as long, and a start nobody was offered only at this very hour', async () => {
      await dates('2027-01-05 09:00-11:00');
      expect(await starts(lea, { interpreter: true })).toEqual(['01-05T09:00', '01-05T10:00']);
      const odd = { ...(await first()), start: '2027-01-05T10:07' as LocalDateTime };
      const refusal = await book(lea, odd);
      expect(refusal).toMatchObject({
        ok: false,
        why: 'not-offered',
        alternatives: [{ start: '2027-01-05T10:00' }, {}, {}],
      });
      expect(await booked(lea, odd, { exact: true })).toMatchObject({ start: odd.start, end: '2027-01-05T10:37' });
      const long = { ...(await first()), start: '2027-01-05T09:00' as LocalDateTime };
      expect(await booked(lea, long, { interpreter: true })).toMatchObject({ end: '2027-01-05T10:00' });
    });

    it('while its agent is there: away, another one receives, or the date says absent', async () => {
      const [ana, bilal] = [
        await space.agent(aef, 'Ana'),
        await space.agent(aef, 'Bilal', { languages: ['fr', 'ta'] }),
      ];
      const both = { partnerId: aef, motifIds: [motif], agentIds: [ana, bilal], dates: ['2027-01-05 09:00-10:00'] };
      await space.permanence(both);
      await space.permanence({ ...both, agentIds: [ana], dates: ['2027-01-06 09:00-10:00'] });
      await space.sql(
        `insert into absence (space_id, agent_id, partner_id, confidential, starts_at, ends_at, created_at)
         values ($1, $2, $3, false, '2027-01-05T08:00Z', '2027-01-07T08:00Z', now())`,
        [space.spaceId, ana, aef],
      );
      const found = await ask(lea);
      expect(found.slots.map(({ start, agentId }) => [start.slice(5), agentId])).toEqual([
        ['01-05T09:00', bilal],
        ['01-05T09:30', bilal],
      ]);
      expect(found.notOffered).toMatchObject([{ date: '2027-01-06', why: 'absent', owner: 'AEF 94' }]);
      expect(await starts(lea, { agent: ana })).toEqual([]);
      expect(await starts(lea, { language: 'ta' })).toEqual(['01-05T09:00', '01-05T09:30']);
      const away = { ...(found.slots[0] as Slot), agentId: ana };
      expect(await book(lea, away)).toMatchObject({ ok: false, why: 'agent-away' });
    });

    it('to two agents who are free together, by those who know how', async () => {
      const duo = await space.motif(aef, 'Entretien à deux', { agents_needed: 2, skills: ['surendettement'] });
      motif = duo;
      const knows = { skills: ['surendettement', 'logement'] };
      const [ana, bilal] = [
        await space.agent(aef, 'Ana', knows),
        await space.agent(aef, 'Bilal', { ...knows, position: 1 }),
      ];
      const chloe = await space.agent(aef, 'Chloé');
      const alone = { partnerId: aef, motifIds: [duo], agentIds: [ana, chloe], dates: ['2027-01-04 10:00-11:00'] };
      await space.permanence(alone);
      await space.permanence({ ...alone, agentIds: [ana, bilal, chloe], dates: ['2027-01-05 09:00-10:00'] });
      const found = await ask(lea);
      expect(found.slots).toMatchObject([
        { start: '2027-01-05T09:00', agentId: ana, secondAgentId: bilal, placesLeft: 1 },
        { start: '2027-01-05T09:30' },
      ]);
      expect(found.notOffered).toMatchObject([{ date: '2027-01-04', why: 'no-agent' }]);
      const { id } = await booked(lea, found.slots[0] as Slot);
      expect(await space.sql(`select count(*)::int as n from claim where held_by_id = $1`, [id])).toEqual([{ n: 2 }]);
      expect(await starts(lea)).toEqual(['01-05T09:30']);
    });

    it('in a room that suits it, and to the public with its notice', async () => {
      const small = await space.room('Bureau 1');
      motif = await space.motif(aef, 'Collectif', { people: 12, public_booking: true, public_notice_hours: 48 });
      await space.permanence({ partnerId: aef, motifIds: [motif], room: small, dates: ['2027-01-05 09:00-10:00'] });
      expect((await ask(lea)).notOffered).toMatchObject([{ date: '2027-01-05', why: 'no-room' }]);
      motif = await space.motif(aef, 'En ligne', { public_booking: true, public_notice_hours: 48 });
      await dates('2027-01-05 14:00-15:00', '2027-01-07 14:00-15:00');
      expect(await starts(lea)).toHaveLength(4);
      const online = await ask(lea, { audience: 'public' });
      expect(online.slots.map(({ start }) => start.slice(5))).toEqual(['01-07T14:00', '01-07T14:30']);
      expect(online.notOffered).toMatchObject([{ date: '2027-01-05', why: 'notice' }, { why: 'horizon' }]);
      motif = await space.motif(aef, 'Jamais en ligne');
      expect((await ask(lea, { audience: 'public' })).notOffered).toMatchObject([{ why: 'audience' }]);
    });

    it('of several motifs together in order of time, or of each on its own', async () => {
      const other = await space.motif(aef, 'Suivi', { duration_minutes: 60 });
      const [one] = [motif];
      await dates('2027-01-06 09:00-10:00');
      motif = other;
      await dates('2027-01-05 09:00-11:00');
      motif = `${one},${other}`;
      expect((await ask(lea)).slots.map((slot) => [slot.start.slice(5), slot.motifId])).toEqual([
        ['01-05T09:00', other],
        ['01-05T10:00', other],
        ['01-06T09:00', one],
        ['01-06T09:30', one],
      ]);
      const each = await space.slots.forMotifs(lea, [one, other], { days: 90, perDay: 1, limit: 1 });
      expect([...each].map(([id, { slots }]) => [id, slots.map(({ start }) => start.slice(5))])).toEqual([
        [one, ['01-06T09:00']],
        [other, ['01-05T09:00']],
      ]);
    });
  });
});
