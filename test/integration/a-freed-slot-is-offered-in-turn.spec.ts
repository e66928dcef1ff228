import { openShortLink } from '@app/booking';
import { type Slot } from '@app/contract';
import { type Sms, type SmsGateway } from '@app/reminders';
import { type LocalDateTime, type PlainDate } from '@app/time';
import { OfferFreedSlots, UndoWaiting } from '@app/waiting';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  closeWaitingRoom,
  openWaitingRoom,
  aef,
  answers,
  booked,
  cancelled,
  clock,
  dates,
  lea,
  links,
  linksBy,
  list,
  motif,
  offers,
  person,
  round,
  sms,
  space,
  states,
  tokenIn,
  tries,
  waiting,
  waits,
} from '../support/waiting-room';

beforeEach(openWaitingRoom);
afterEach(closeWaitingRoom);

describe('a slot that becomes free', () => {
  it('is kept for the first who waits, told with a deadline; for the next when the first lets it pass', async () => {
    await dates('2027-01-12 09:00-09:30');
    const taken = await booked(await person('Anna'));
    await waits(await person('Yasmina'));
    clock('2027-01-04T10:01');
    await waits(await person('Zoé'));
    expect(await states()).toEqual(['Yasmina waiting', 'Zoé waiting']);
    await cancelled(taken);
    await round();
    expect(await states()).toEqual(['Yasmina offered 01-12T09:00 sms until 01-04T14:01', 'Zoé waiting']);
    // Nobody else is offered it meanwhile, and it is not free.
    await round();
    expect(await space.sql('select id from slot_offer')).toHaveLength(1);
    const free = await space.slots.forMotif(lea, { motif, days: 60, perDay: 9, limit: 30 });
    expect(free.ok && free.value.slots).toEqual([]);

    const [told] = await sms();
    expect(told?.text).toMatch(
      /^Une place se libère : mardi 12 janvier à 9 h, 3 rue du Béarn\. Elle vous est gardée jusqu'au lundi 4 janvier à 14 h 01\. Répondez ici : https:\/\/palier\.test\/o\/\w{10}$/,
    );
    // The database keeps no secret, and the message is told once.
    expect(await sms()).toHaveLength(1);
    expect(await openShortLink(space.db, tokenIn(told?.text))).toMatchObject({ kind: 'offer' });

    clock('2027-01-04T14:01');
    await round();
    // The first keeps her place for another day; the slot is the second's.
    expect(await states()).toEqual(['Yasmina waiting', 'Zoé offered 01-12T09:00 sms until 01-04T18:01']);
    const [, second] = await list();
    expect(await answers.acceptByLink(space.spaceId, second?.offer?.id ?? '')).toMatchObject({ ok: true });
    expect(await answers.acceptByLink(space.spaceId, second?.offer?.id ?? '')).toEqual({
      ok: false,
      why: 'offer-over',
    });
    expect(await states()).toEqual(['Yasmina waiting']);
    expect(
      await space.sql(`select u.first_name, a.state from appointment a join usager u on u.id = a.usager_id order by 1`),
    ).toEqual([
      { first_name: 'Anna', state: 'cancelledByUsager' },
      { first_name: 'Zoé', state: 'planned' },
    ]);
    expect(await space.sql('select id from slot_hold')).toEqual([]);
  });

  it('is the next one’s at once when it is refused, and nobody is asked twice for the same day', async () => {
    await dates('2027-01-12 09:00-09:30');
    const taken = await booked(await person('Anna'));
    await waits(await person('Yasmina'));
    clock('2027-01-04T10:01');
    await waits(await person('Zoé'), { part: 'afternoon' });
    await cancelled(taken);
    await round();
    const [first] = await list();
    expect(await answers.declineByLink(space.spaceId, first?.offer?.id ?? '', false)).toMatchObject({ ok: true });
    await round();
    expect(await states()).toEqual(['Yasmina waiting', 'Zoé waiting']);
    // Free for everybody again, and for her who waits no more as well.
    expect(await space.sql('select id from slot_hold')).toEqual([]);
    await waiting.leave(lea, first?.id ?? '');
    expect(await states()).toEqual(['Zoé waiting']);
  });

  it('is the desk’s to propose when it is today, when she has no mobile, or when a message is not for her', async () => {
    await dates('2027-01-04 16:00-16:30', '2027-01-13 09:00-09:30', '2027-01-14 09:00-09:30');
    const [today, next, last] = [
      await booked(await person('Anna')),
      await booked(await person('Anna')),
      await booked(await person('Anna')),
    ];
    await waits(await person('Yasmina'));
    clock('2027-01-04T10:01');
    await waits(await person('Zoé', '+33199000002'));
    clock('2027-01-04T10:02');
    const safe = await person('Inès', '+33639980002', ', safe_contact = true');
    const nadia = await space.agent(aef, 'Nadia');
    await space.sql('update usager_partner set referent_id = $2 where usager_id = $1', [safe, nadia]);
    await waits(safe);
    for (const id of [today, next, last]) {
      await cancelled(id as string);
      await round();
    }
    expect(await states()).toEqual([
      'Yasmina offered 01-04T16:00 desk until 01-04T14:02',
      'Zoé offered 01-13T09:00 desk until 01-04T14:02',
      'Inès offered 01-14T09:00 desk until 01-04T14:02',
    ]);
    expect(await sms()).toEqual([]);
    const toPropose = await waiting.list(lea, { offers: 'desk', limit: 10 });
    expect(toPropose.items.map(({ phone }) => phone)).toEqual(['+33639980001', '+33199000002', null]);
    const accepted = await answers.accept(lea, toPropose.items[0]?.offer?.id ?? '');
    expect(accepted).toMatchObject({ ok: true });
    expect(await space.sql(`select booked_by from appointment where state = 'planned'`)).toEqual([
      { booked_by: lea.accountId },
    ]);
    // Another partner sees neither who waits nor what is proposed.
    const stranger = space.viewer('partner-editor', await space.partner('Clic6'));
    expect((await waiting.list(stranger, { limit: 10 })).items).toEqual([]);
    expect(await answers.accept(stranger, toPropose.items[1]?.offer?.id ?? '')).toEqual({
      ok: false,
      why: 'not-found',
    });
  });

  it('accepted for her by the desk and taken back at once, is hers to be proposed again', async () => {
    await dates('2027-01-12 09:00-09:30');
    const taken = await booked(await person('Anna'));
    await waits(await person('Yasmina', '+33199000001'));
    clock('2027-01-04T10:01');
    await waits(await person('Zoé', '+33199000002'));
    await cancelled(taken);
    await round();
    const [yasmina] = await list();
    const accepted = await answers.accept(lea, yasmina?.offer?.id ?? '');
    expect(await states()).toEqual(['Zoé waiting']);
    expect(await space.undoing.undo(lea, accepted.ok ? accepted.value.id : '')).toMatchObject({ ok: true });
    expect(await states()).toEqual(['Yasmina waiting', 'Zoé waiting']);
    await round();
    expect(await states()).toEqual(['Yasmina offered 01-12T09:00 desk until 01-04T14:01', 'Zoé waiting']);
    expect(await space.sql('select state, appointment_id from slot_offer order by made_at, state')).toEqual([
      { state: 'offered', appointment_id: null },
      { state: 'undone', appointment_id: null },
    ]);
  });

  it('declined for her at the desk, or left with her place in the list: taken back, it is kept for her again until the same deadline', async () => {
    await dates('2027-01-12 09:00-09:30');
    const taken = await booked(await person('Anna'));
    await waits(await person('Yasmina', '+33199000001'));
    clock('2027-01-04T10:01');
    await waits(await person('Zoé', '+33639980002'));
    await cancelled(taken);
    await round();
    const undoing = new UndoWaiting(space.db);
    const [yasmina, zoe] = await list();
    const hers = yasmina?.id ?? '';
    const messages = () => space.sql<{ state: string }>('select state from link_message order by due_at, channel');
    const kept = ['Yasmina offered 01-12T09:00 desk until 01-04T14:01', 'Zoé waiting'];
    expect(await states()).toEqual(kept);
    // Whoever did not say it takes nothing back, nor an act that was not the last.
    await answers.decline(lea, yasmina?.offer?.id ?? '');
    expect(await states()).toEqual(['Yasmina waiting', 'Zoé waiting']);
    expect(await messages()).toEqual([{ state: 'done' }]);
    const other = space.viewer('desk');
    expect(await undoing.undo({ ...other, accountId: zoe?.id ?? '' }, hers, 'declined')).toMatchObject({
      why: 'too-late-to-undo',
    });
    expect(await undoing.undo(lea, hers, 'left')).toMatchObject({ why: 'too-late-to-undo' });
    expect(await undoing.undo(lea, hers, 'declined')).toEqual({ ok: true, value: { place: 'kept' } });
    expect(await states()).toEqual(kept);
    expect(await messages()).toEqual([{ state: 'todo' }]);
    // Nothing of it is offered to the next, and once is enough.
    await round();
    expect(await states()).toEqual(kept);
    expect(await undoing.undo(lea, hers, 'declined')).toMatchObject({ why: 'too-late-to-undo' });
    await waiting.leave(lea, hers);
    expect(await states()).toEqual(['Zoé waiting']);
    expect(await undoing.undo(lea, hers, 'left')).toEqual({ ok: true, value: { place: 'kept' } });
    expect(await states()).toEqual(kept);
    // Nobody's account holds it: it is hers to take.
    expect(await answers.acceptByLink(space.spaceId, yasmina?.offer?.id ?? '')).toMatchObject({ ok: true });
    expect(await states()).toEqual(['Zoé waiting']);
  });

  it('given on meanwhile it stays so: she waits in her turn, and it is said; after the seconds nothing is taken back', async () => {
    await dates('2027-01-12 09:00-09:30');
    const taken = await booked(await person('Anna'));
    await waits(await person('Yasmina'));
    clock('2027-01-04T10:01');
    await waits(await person('Zoé'));
    await cancelled(taken);
    await round();
    const undoing = new UndoWaiting(space.db);
    const [yasmina, zoe] = await list();
    await waiting.leave(lea, yasmina?.id ?? '');
    expect(await sms()).toEqual([]);
    await round();
    const offered = 'Zoé offered 01-12T09:00 sms until 01-04T14:01';
    expect(await states()).toEqual([offered]);
    expect(await undoing.undo(lea, yasmina?.id ?? '', 'left')).toEqual({ ok: true, value: { place: 'given-on' } });
    expect(await states()).toEqual(['Yasmina waiting', offered]);
    // She said no to nothing: the same hour, free once more, is proposed to her.
    expect(await space.sql(`select state from slot_offer order by made_at, state`)).toEqual([
      { state: 'offered' },
      { state: 'undone' },
    ]);
    // With nothing kept for her it is her turn alone that comes back; not when she was written down anew.
    await waiting.leave(lea, yasmina?.id ?? '');
    expect(await undoing.undo(lea, yasmina?.id ?? '', 'left')).toEqual({ ok: true, value: { place: 'none' } });
    await waiting.leave(lea, yasmina?.id ?? '');
    await waits(yasmina?.usagerId ?? '');
    expect(await undoing.undo(lea, yasmina?.id ?? '', 'left')).toMatchObject({ why: 'already-waiting' });
    await waiting.leave(lea, zoe?.id ?? '');
    clock('2027-01-04T10:02');
    expect(await undoing.undo(lea, zoe?.id ?? '', 'left')).toMatchObject({ why: 'too-late-to-undo' });
    const stranger = space.viewer('partner-editor', await space.partner('Clic6'));
    expect(await undoing.undo(stranger, zoe?.id ?? '', 'left')).toMatchObject({ why: 'not-found' });
  });

  it('won later by someone whose series misses that date, it becomes one of the series', async () => {
    const mondays = ['2027-01-11', '2027-01-18', '2027-01-25'];
    const given = await dates(...mondays.map((day) => `${day} 09:00-09:30`));
    const yasmina = await person('Yasmina');
    const inTheWay = await booked(await person('Anna'));
    const others = mondays.slice(1).map((day, nth) => ({
      occurrenceId: given[nth + 1] ?? '',
      start: `${day}T09:00`,
      agentId: null,
    }));
    const series = await space.bookSeries.book(lea, { motifId: motif, usagerId: yasmina, dates: others }, null);
    const seriesId = series.ok ? series.value.id : '';
    await waits(yasmina, { from: '2027-01-11', until: '2027-01-11', ofSeries: true });
    expect(await list()).toMatchObject([{ ofSeries: true, session: null }]);
    await cancelled(inTheWay);
    await round();
    const [entry] = await list();
    const accepted = await answers.accept(lea, entry?.offer?.id ?? '');
    const id = accepted.ok ? accepted.value.id : '';
    expect(await space.appointments.one(lea, id)).toMatchObject({ series: { id: seriesId, nth: 1, of: 3 } });
    expect((await space.appointments.sisters(lea, id))?.map(({ start }) => start.slice(0, 10))).toEqual(mondays);
    // Taken back she waits for it again; behind a link it joins as well. Another wait of hers stays outside.
    expect(await space.undoing.undo(lea, id)).toMatchObject({ ok: true });
    await round();
    const [again] = await list();
    const byLink = await answers.acceptByLink(space.spaceId, again?.offer?.id ?? '');
    expect(await space.appointments.one(lea, byLink.ok ? byLink.value.id : '')).toMatchObject({
      series: { id: seriesId, nth: 1, of: 3 },
    });
    await dates('2027-02-01 09:00-09:30');
    const alone = await booked(await person('Bilal'));
    await waits(yasmina, { from: '2027-02-01', until: '2027-02-01' });
    await cancelled(alone);
    await round();
    const [apart] = await list();
    const outside = await answers.accept(lea, apart?.offer?.id ?? '');
    expect(await space.appointments.one(lea, outside.ok ? outside.value.id : '')).toMatchObject({ series: null });
  });

  it('of a group goes to her who asked for that very session, and no other session is proposed to her', async () => {
    const group = await space.motif(aef, 'Atelier', { duration_minutes: 60 });
    const session = async (hours: string) => {
      const [id = ''] = await space.permanence({
        partnerId: aef,
        motifIds: [group],
        mode: 'group',
        seats: 1,
        dates: [`2027-01-12 ${hours}`],
      });
      const usagerId = await person('Anna');
      const start = `2027-01-12T${hours.slice(0, 5)}` as LocalDateTime;
      const outcome = await space.booking.book(
        lea,
        { occurrenceId: id, motifId: group, start, agentId: null, usagerId },
        null,
      );
      return { id, taken: outcome.ok ? outcome.value.id : '' };
    };
    const [nine, ten] = [await session('09:00-10:00'), await session('10:00-11:00')];
    const yasmina = await person('Yasmina');
    const day = { motifId: group, from: '2027-01-12', until: '2027-01-12' };
    await waits(yasmina, { ...day, occurrenceId: ten.id });
    clock('2027-01-04T10:01');
    await waits(await person('Zoé'), day);
    expect(await list()).toMatchObject([{ session: '2027-01-12T10:00' }, { session: null }]);
    // The panel of each counts whom it would suit.
    expect((await space.details.of(lea, nine.id))?.waiting).toBe(1);
    expect((await space.details.of(lea, ten.id))?.waiting).toBe(2);
    // One may wait for two sessions of a day, for each of them once.
    expect(await tries(yasmina, { ...day, occurrenceId: ten.id })).toBe('already-waiting');
    expect(await tries(yasmina, { ...day, until: '2199-01-12' })).toBe('too-far');
    expect(await tries(yasmina, { ...day, occurrenceId: nine.id, until: '2027-01-13' })).toBe('ok');
    await waiting.leave(lea, (await list()).find(({ session: at }) => at === '2027-01-12T09:00')?.id ?? '');
    // A session of another motif, of another day or of nobody is none to wait for.
    const [elsewhere = ''] = await dates('2027-01-12 15:00-15:30');
    for (const occurrenceId of [elsewhere, yasmina])
      expect(await tries(await person('Lou'), { ...day, occurrenceId })).toBe('no-such-reference');
    expect(
      await tries(await person('Lou'), { ...day, from: '2027-01-11', until: '2027-01-11', occurrenceId: ten.id }),
    ).toBe('no-such-reference');
    await cancelled(nine.taken);
    await round();
    expect(await states()).toEqual(['Yasmina waiting', 'Zoé offered 01-12T09:00 sms until 01-04T14:01']);
    await cancelled(ten.taken);
    await round();
    expect(await states()).toEqual([
      'Yasmina offered 01-12T10:00 sms until 01-04T14:01',
      'Zoé offered 01-12T09:00 sms until 01-04T14:01',
    ]);
    // Refused, the session leaves her nothing to wait for; an hour leaves the other hours of the day she asked for.
    for (const { offer } of await list())
      expect(await answers.decline(lea, offer?.id ?? '')).toMatchObject({ ok: true });
    expect(await states()).toEqual(['Zoé waiting']);
    await round();
    expect(await states()).toEqual(['Zoé offered 01-12T10:00 sms until 01-04T14:01']);
  });

  it('nobody waits for a session that has places left, is hers, off, or begun: each is said, with a place to take', async () => {
    const group = await space.motif(aef, 'Atelier', { duration_minutes: 60 });
    const [id = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [group],
      mode: 'group',
      seats: 2,
      dates: ['2027-01-12 09:00-10:00'],
    });
    const yasmina = await person('Yasmina');
    const day = { motifId: group, from: '2027-01-12', until: '2027-01-12', occurrenceId: id } as const;
    const asked = (usagerId: string) =>
      waiting.join(lea, { ...day, usagerId, part: null, siteId: null, agentId: null }, null);
    const left = await asked(yasmina);
    expect(left).toMatchObject({
      why: 'places-left',
      detail: 'Il reste 2 places : inscrivez la personne directement.',
      alternatives: [{ occurrenceId: id, start: '2027-01-12T09:00' }],
    });
    expect(await list()).toEqual([]);
    // The way out is a slot like another.
    const [slot] = (left.ok ? [] : left.alternatives) as Slot[];
    const { occurrenceId = '', motifId = '', start = '', agentId = null } = slot ?? {};
    const mine = await space.booking.book(lea, { occurrenceId, motifId, start, agentId, usagerId: yasmina }, null);
    expect(mine).toMatchObject({ ok: true });
    expect(await asked(yasmina)).toMatchObject({ why: 'already-booked' });
    const zoe = await person('Zoé');
    expect(await asked(zoe)).toMatchObject({ detail: 'Il reste 1 place : inscrivez la personne directement.' });
    const anna = await person('Anna');
    await space.booking.book(lea, { occurrenceId, motifId, start, agentId, usagerId: anna }, null);
    expect(await asked(zoe)).toMatchObject({ ok: true });
    // A place kept for whoever waits is not left over.
    await cancelled(mine.ok ? mine.value.id : '');
    await round();
    expect(await states()).toEqual(['Zoé offered 01-12T09:00 sms until 01-04T14:00']);
    expect(await asked(await person('Lou'))).toMatchObject({ ok: true });
    clock('2027-01-12T09:00');
    expect(await tries(await person('Inès'), day)).toBe('session-begun');
    clock('2027-01-12T08:59');
    await space.sql(`update occurrence set state = 'cancelled' where id = $1`, [id]);
    expect(await tries(await person('Inès'), day)).toBe('occurrence-cancelled');
  });

  it('is what someone who did not come leaves, once an agent says so and if it is long enough', async () => {
    const long = await space.motif(aef, 'Bilan', { duration_minutes: 60 });
    await space.permanence({ partnerId: aef, motifIds: [motif, long], dates: ['2027-01-04 11:00-12:00'] });
    const absent = await booked(await person('Anna'), long);
    await waits(await person('Yasmina'), { motifId: long });
    clock('2027-01-04T10:01');
    await waits(await person('Zoé'));
    clock('2027-01-04T11:08');
    await round();
    expect(await states()).toEqual(['Yasmina waiting', 'Zoé waiting']);
    await space.following.say(lea, absent, { state: 'noShow', version: 1 });
    await round();
    expect(await states()).toEqual(['Yasmina waiting', 'Zoé offered 01-04T11:20 desk until 01-04T11:20']);
    const [, zoe] = await list();
    expect(await answers.accept(lea, zoe?.offer?.id ?? '')).toMatchObject({ ok: true });
  });

  it('is offered once, whoever dies between two steps', async () => {
    await dates('2027-01-12 09:00-09:30');
    const taken = await booked(await person('Anna'));
    await waits(await person('Yasmina'));
    await waits(await person('Zoé'));
    await cancelled(taken);
    // Two workers at once, and one that reads again what it had read before it died.
    await Promise.all([offers.round(), new OfferFreedSlots(space.db).round()]);
    await round();
    await space.sql(`update event_cursor set xid = '0', id = 0 where consumer = 'waiting'`);
    await round();
    expect(await space.sql(`select state from slot_offer`)).toEqual([{ state: 'offered' }]);
    expect(await space.sql(`select held_by_kind from claim where expires_at is not null`)).toHaveLength(1);
    // The gateway took the message, and whoever handed it over died before writing so.
    const sent: Sms[] = [];
    const dying: SmsGateway = {
      send: async (one) => {
        sent.push(one);
        throw new Error('gone');
      },
    };
    await expect(sms(linksBy(dying))).rejects.toThrow('gone');
    await sms();
    const tokens = [...sent.map(({ text }) => text), ...(await sms()).map(({ text }) => text)].map(tokenIn);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(await openShortLink(space.db, token)).toMatchObject({ kind: 'offer' });
    // The desk takes the place of a message that the operator refuses for good.
    await space.sql(`update link_message set state = 'waiting'`);
    const [due] = await links.due(1);
    await links.giveUp(due?.spaceId ?? '', due?.id ?? '', 'unknown number');
    expect((await waiting.list(lea, { offers: 'desk', limit: 10 })).items).toHaveLength(1);
  });

  it('of a group that is full, a seat that is freed is offered in turn to those who wait for it', async () => {
    const [date = ''] = await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      mode: 'group',
      seats: 2,
      dates: ['2027-01-12 10:00-11:30'],
    });
    const [first = '', second = ''] = [await booked(await person('Anna')), await booked(await person('Anna'))];
    const session = {
      from: '2027-01-12' as PlainDate,
      until: '2027-01-12' as PlainDate,
      siteId: space.siteId,
      part: 'morning',
    };
    await waits(await person('Yasmina'), session);
    clock('2027-01-04T10:01');
    await waits(await person('Zoé'), session);
    clock('2027-01-04T10:02');
    await waits(await person('Lou'), { ...session, part: 'afternoon' });
    expect(await space.details.of(lea, date)).toMatchObject({ free: [], waiting: 2 });
    await cancelled(first);
    await round();
    expect(await states()).toEqual([
      expect.stringContaining('Yasmina offered 01-12T10:00 sms'),
      'Zoé waiting',
      'Lou waiting',
    ]);
    // Kept for her, the seat is nobody else's.
    expect((await space.details.of(lea, date))?.free).toEqual([]);
    expect(await answers.declineByLink(space.spaceId, (await list())[0]?.offer?.id ?? '', true)).toMatchObject({
      ok: true,
    });
    await round();
    expect(await states()).toEqual([expect.stringContaining('Zoé offered 01-12T10:00 sms'), 'Lou waiting']);
    expect(await answers.acceptByLink(space.spaceId, (await list())[0]?.offer?.id ?? '')).toMatchObject({ ok: true });
    await cancelled(second);
    await round();
    // Nobody else waits for this session.
    expect((await space.details.of(lea, date))?.free).toHaveLength(1);
    expect(await space.details.of(lea, date)).toMatchObject({ waiting: 0, appointments: [{ state: 'planned' }] });
  });

  it('is no stranger’s where her référent follows her', async () => {
    const followUp = await space.motif(aef, 'Suivi', { meeting: 'follow-up' });
    const [nadia, paul] = [await space.agent(aef, 'Nadia'), await space.agent(aef, 'Paul')];
    const hers = await person('Yasmina');
    await space.sql('update usager_partner set referent_id = $2 where usager_id = $1', [hers, nadia]);
    const on = (agent: string, date: string) =>
      space.permanence({ partnerId: aef, motifIds: [followUp], agentIds: [agent], dates: [date] });
    await on(paul, '2027-01-12 09:00-09:30');
    await on(nadia, '2027-01-13 09:00-09:30');
    const [first, second] = [
      await booked(await person('Anna'), followUp),
      await booked(await person('Anna'), followUp),
    ];
    await waits(hers, { motifId: followUp });
    await cancelled(first as string);
    await round();
    expect(await states()).toEqual(['Yasmina waiting']);
    await cancelled(second as string);
    await round();
    expect(await states()).toEqual([expect.stringContaining('offered 01-13T09:00')]);
  });
});
