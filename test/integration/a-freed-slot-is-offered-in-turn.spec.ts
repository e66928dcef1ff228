import type { Viewer } from '@app/accounts';
import { InvitationBody, type Slot, type WaitingBody, type WaitingEntry } from '@app/contract';
import { SandboxSmsGateway, type Sms, type SmsGateway, SmsRefused } from '@app/reminders';
import type { LocalDateTime, PlainDate } from '@app/time';
import { AnswerOffer, Invitations, Messages, OfferFreedSlots, SendLink, UndoWaiting, WaitingList } from '@app/waiting';
import { openShortLink } from '@app/booking';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PlannedSpace } from '../support/planned-space';

let space: PlannedSpace;
let lea: Viewer;
let aef: string;
let motif: string;
let waiting: WaitingList;
let offers: OfferFreedSlots;
let answers: AnswerOffer;
let links: SendLink;
let invitations: Invitations;

beforeEach(async () => {
  space = await PlannedSpace.open('2027-01-04T10:00');
  aef = await space.partner('AEF 94');
  motif = await space.motif(aef, 'Premier rendez-vous', { duration_minutes: 30 });
  lea = space.viewer('desk');
  waiting = new WaitingList(space.db);
  offers = new OfferFreedSlots(space.db);
  answers = new AnswerOffer(space.db);
  links = linksBy(new SandboxSmsGateway(space.db));
  invitations = new Invitations(space.db, 'https://palier.test');
});
afterEach(() => space?.close());

const linksBy = (gateway: SmsGateway) => new SendLink(space.db, gateway, 'https://palier.test');
const clock = (at: string) => {
  space.clock.at = at as LocalDateTime;
};
const dates = (...given: string[]) => space.permanence({ partnerId: aef, motifIds: [motif], dates: given });

const person = async (name: string, phone: string | null = '+33639980001', more = '') => {
  const id = await space.usager(name, 'Martin', { partners: [aef] });
  await space.sql(
    `update usager set phone = $2, phone_kind = case when $2 like '+336%' then 'mobile' when $2 is not null then 'landline' end ${more} where id = $1`,
    [id, phone],
  );
  return id;
};

const waits = async (usagerId: string, more: Record<string, unknown> = {}) => {
  const body = { usagerId, motifId: motif, from: '2027-01-04' as PlainDate, until: '2027-02-28' as PlainDate };
  const joined = await waiting.join(lea, { ...body, part: null, siteId: null, agentId: null, ...more }, null);
  if (!joined.ok) throw new Error(joined.why);
  return joined.value.id;
};

const tries = async (
  usagerId: string,
  more: Partial<WaitingBody> & Pick<WaitingBody, 'motifId' | 'from' | 'until'>,
) => {
  const joined = await waiting.join(lea, { usagerId, part: null, siteId: null, agentId: null, ...more }, null);
  return joined.ok ? 'ok' : joined.why;
};

const booked = async (usagerId: string, motifId = motif) => {
  const found = await space.slots.forMotif(lea, { motif: motifId, days: 60, perDay: 9, limit: 30 });
  const [slot] = found.ok ? found.value.slots : [];
  if (!slot) throw new Error('nothing is free');
  const { occurrenceId, start, agentId } = slot as Slot;
  const outcome = await space.booking.book(lea, { occurrenceId, motifId, start, agentId, usagerId }, null);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.value.id;
};

const cancelled = async (id: string) => {
  const outcome = await space.following.cancel(lea, id, { by: 'usager', version: 1 });
  if (!outcome.ok) throw new Error(outcome.why);
};

/** Until everything that happened is read: an event waits for the oldest transaction of the whole server. */
const round = async () => {
  for (let left = true; left; ) {
    await offers.round();
    const [unread] = await space.sql<{ some: boolean }>(
      `select exists (select from event e, event_cursor c where c.consumer = 'waiting' and (e.xid, e.id) > (c.xid, c.id)) as some`,
    );
    left = unread?.some ?? false;
  }
};

const list = async (): Promise<WaitingEntry[]> => (await waiting.list(lea, { limit: 100 })).items;
const states = async () =>
  (await list()).map(({ usagerName, state, offer }) =>
    [usagerName.split(' ')[0], state, offer && `${offer.start.slice(5)} ${offer.by} until ${offer.deadline.slice(5)}`]
      .filter(Boolean)
      .join(' '),
  );
const sms = async (by = links) => {
  for (const due of await by.due(100)) await by.send(due.spaceId, due.id);
  return space.sql<{ text: string }>('select text from sandbox_sms order by received_at, text');
};
const tokenIn = (text = '') => /\/[oi]\/(\w{10})$/.exec(text.split(' ou ')[0] ?? '')?.[1] ?? '';

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

describe('an invitation', () => {
  it('lets a person choose her slot behind a link, until it runs out', async () => {
    await dates('2027-01-12 09:00-11:00', '2027-01-13 09:00-11:00');
    const hers = await person('Yasmina');
    const invited = await invitations.invite(
      lea,
      InvitationBody.parse({ usagerId: hers, motifId: motif, days: 14 }),
      null,
    );
    if (!invited.ok) throw new Error(invited.why);
    const [told] = await sms();
    expect(told?.text).toMatch(/^Choisissez l'heure de votre rendez-vous, jusqu'au lundi 18 janvier : https:/);
    const opened = await openShortLink(space.db, tokenIn(told?.text));
    expect(opened).toMatchObject({ kind: 'invitation', subjectId: invited.value.id });
    expect((await invitations.of(lea, hers))[0]).toMatchObject({ state: 'open', told: 'sent', opened: null });
    const page = await invitations.open(space.spaceId, invited.value.id, null);
    expect(page?.slots.map(({ start }) => start.slice(5))).toEqual(
      ['12T09:00', '12T09:30', '12T10:00', '13T09:00', '13T09:30', '13T10:00'].map((at) => `01-${at}`),
    );
    const [, second] = page?.slots ?? [];
    const { occurrenceId, start, agentId } = second as Slot;
    const chosen = { occurrenceId, start: start as LocalDateTime, agentId };
    expect(await invitations.choose(space.spaceId, invited.value.id, chosen)).toMatchObject({ ok: true });
    expect(await invitations.choose(space.spaceId, invited.value.id, chosen)).toEqual({
      ok: false,
      why: 'invitation-over',
    });
    expect((await invitations.of(lea, hers))[0]).toMatchObject({ state: 'booked', opened: '2027-01-04T10:00' });

    clock('2027-01-04T10:05');
    const again = await invitations.invite(
      lea,
      InvitationBody.parse({ usagerId: hers, motifId: motif, days: 1 }),
      null,
    );
    const id = again.ok ? again.value.id : '';
    const printed = await invitations.link(lea, id);
    expect(printed.ok && printed.value.link).toMatch(/^https:\/\/palier\.test\/i\/\w{10}$/);
    clock('2027-01-06T00:00');
    expect((await invitations.of(lea, hers))[0]).toMatchObject({ state: 'expired' });
    expect(await invitations.choose(space.spaceId, id, chosen)).toEqual({ ok: false, why: 'invitation-over' });
    expect(await openShortLink(space.db, printed.ok ? tokenIn(printed.value.link) : '')).toBeNull();
  });
});

describe('a second invitation for the same thing', () => {
  it('closes the first: only one link books, whoever invites at the same time', async () => {
    await dates('2027-01-12 09:00-11:00');
    const hers = await person('Yasmina');
    const invite = async (motifId = motif) => {
      const saved = await invitations.invite(lea, InvitationBody.parse({ usagerId: hers, motifId, days: 14 }), null);
      if (!saved.ok) throw new Error(saved.why);
      return saved.value;
    };
    const first = await invite();
    const other = await invite(await space.motif(aef, 'Suivi'));
    expect([first.replaced, other.replaced]).toEqual([false, false]);
    const both = await Promise.all([invite(), invite()]);
    expect(both.map(({ replaced }) => replaced)).toEqual([true, true]);
    const all = await invitations.of(lea, hers);
    const open = all.filter(({ state, motifId }) => state === 'open' && motifId === motif);
    expect(open).toHaveLength(1);
    expect(all.find(({ id }) => id === other.id)?.state).toBe('open');
    // Its message is not sent any more, and its page says that the link no longer answers.
    expect(await space.sql('select state from link_message where subject_id = $1', [first.id])).toEqual([
      { state: 'dropped' },
    ]);
    const page = await invitations.open(space.spaceId, open[0]?.id ?? '', null);
    expect((await invitations.open(space.spaceId, first.id, null))?.state).toBe('withdrawn');
    const [slot] = page?.slots ?? [];
    const { occurrenceId, start, agentId } = slot as Slot;
    const chosen = { occurrenceId, start: start as LocalDateTime, agentId };
    expect(await invitations.choose(space.spaceId, first.id, chosen)).toEqual({ ok: false, why: 'invitation-over' });
    expect(await invitations.choose(space.spaceId, open[0]?.id ?? '', chosen)).toMatchObject({ ok: true });
  });
});

describe('an invitation from a search', () => {
  it('offers what was searched for, and nothing else', async () => {
    const elsewhere = await space.site('Maison pour tous');
    await dates('2027-01-12 09:00-10:00', '2027-01-12 14:00-15:00', '2027-01-20 14:00-15:00');
    await space.permanence({
      partnerId: aef,
      motifIds: [motif],
      siteId: elsewhere,
      dates: ['2027-01-21 14:00-15:00'],
    });
    const hers = await person('Yasmina');
    const offered = async (more: Record<string, unknown>) => {
      const made = await invitations.invite(
        lea,
        InvitationBody.parse({ usagerId: hers, motifId: motif, ...more }),
        null,
      );
      if (!made.ok) throw new Error(made.why);
      const page = await invitations.open(space.spaceId, made.value.id, null);
      return page?.slots.map(({ start }) => start.slice(5)) ?? [];
    };
    const [day12, day20, day21] = [
      ['01-12T14:00', '01-12T14:30'],
      ['01-20T14:00', '01-20T14:30'],
      ['01-21T14:00', '01-21T14:30'],
    ];
    expect(await offered({ part: 'afternoon' })).toEqual([...day12, ...day20, ...day21]);
    expect(await offered({ part: 'afternoon', from: '2027-01-13' })).toEqual([...day20, ...day21]);
    expect(await offered({ siteId: elsewhere })).toEqual(day21);
    expect(await offered({ from: '2027-01-13', siteId: space.siteId, interpreter: true })).toEqual(['01-20T14:00']);
    expect(await offered({ language: 'ta' })).toEqual([]);
    expect(await offered({ mode: 'video' })).toEqual([]);
  });

  it('says neither the reason nor the agent on a phone that others read', async () => {
    const nadia = await space.agent(aef, 'Nadia');
    await space.permanence({ partnerId: aef, motifIds: [motif], agentIds: [nadia], dates: ['2027-01-12 09:00-10:00'] });
    const seen = async (usagerId: string) => {
      const body = InvitationBody.parse({ usagerId, motifId: motif, agentId: nadia });
      const made = await invitations.invite(lea, body, null);
      return made.ok ? invitations.open(space.spaceId, made.value.id, null) : null;
    };
    expect(await seen(await person('Yasmina'))).toMatchObject({ motif: 'Premier rendez-vous', agent: 'Nadia' });
    expect(await seen(await person('Zoé', '+33639980002', ', phone_shared = true'))).toMatchObject({
      motif: null,
      agent: null,
      slots: [{}, {}],
    });
  });
});

describe('what is proposed is in Messages', () => {
  const page = async (who: Viewer = lea, more: Record<string, unknown> = {}) =>
    (await new Messages(space.db).page(who, { limit: 50, offers: true, ...more })).items;
  const short = async (who?: Viewer, more?: Record<string, unknown>) =>
    (await page(who, more)).map(({ kind, channel, state, usagerName, recipient, settledBy }) =>
      [kind, channel, state, usagerName.split(' ')[0], recipient, settledBy].filter(Boolean).join(' '),
    );
  const account = async () => {
    await space.sql(
      `insert into account (id, space_id, email, name, role) values ($1, $2, 'lea@palier.test', 'Léa Accueil', 'desk')`,
      [lea.accountId, space.spaceId],
    );
  };
  const freed = async (...given: string[]) => {
    await dates(...given);
    const taken: string[] = [];
    for (const _ of given) taken.push(await booked(await person('Anna')));
    return taken;
  };
  const refusing: SmsGateway = {
    send: async () => {
      throw new SmsRefused('numéro inconnu');
    },
  };

  it('to be sent, sent with its words but not its link, and at no other hour than 9 to 19', async () => {
    const [taken = ''] = await freed('2027-01-12 09:00-09:30');
    await waits(await person('Yasmina'));
    clock('2027-01-04T19:30');
    await cancelled(taken);
    await round();
    expect(await sms()).toEqual([]);
    expect(await page()).toMatchObject([{ kind: 'offer', state: 'waiting', due: '2027-01-05T09:00' }]);
    clock('2027-01-05T09:00');
    await sms();
    expect(await page()).toMatchObject([
      {
        kind: 'offer',
        channel: 'sms',
        state: 'sent',
        sentAt: '2027-01-05T09:00',
        recipient: '+33639980001',
        usagerName: 'Yasmina Martin',
        appointmentId: null,
        slotStart: '2027-01-12T09:00',
        until: '2027-01-05T13:00',
        text: "Une place se libère : mardi 12 janvier à 9 h, 3 rue du Béarn. Elle vous est gardée jusqu'au mardi 5 janvier à 13 h. Répondez ici : [lien]",
      },
    ]);
    expect(await page(space.viewer('partner-editor', await space.partner('Clic6')))).toEqual([]);
    expect(await page(lea, { offers: false })).toEqual([]);
  });

  it('not delivered: failed with its reason, the desk’s to propose, done once she answered; the next one’s if nobody could ask', async () => {
    await account();
    const [first = '', second = ''] = await freed('2027-01-12 09:00-09:30', '2027-01-13 09:00-09:30');
    await waits(await person('Yasmina'), { until: '2027-01-12' });
    await cancelled(first);
    await round();
    await sms(linksBy(refusing));
    expect(await page(lea, { state: 'failed' })).toMatchObject([
      { error: 'numéro inconnu', slotStart: '2027-01-12T09:00' },
    ]);
    const [toPropose] = (await waiting.list(lea, { offers: 'desk', limit: 10 })).items;
    expect(toPropose).toMatchObject({ usagerName: 'Yasmina Martin', offer: { by: 'desk', told: 'failed' } });
    expect(await answers.accept(lea, toPropose?.offer?.id ?? '')).toMatchObject({ ok: true });
    expect(await short()).toEqual(['offer sms done Yasmina +33639980001 Léa Accueil']);

    await waits(await person('Zoé'), { from: '2027-01-13', until: '2027-01-13' });
    clock('2027-01-04T10:01');
    await waits(await person('Inès'), { from: '2027-01-13', until: '2027-01-13' });
    await cancelled(second);
    await round();
    await sms(linksBy(refusing));
    clock('2027-01-04T14:02');
    await round();
    expect(await states()).toEqual(['Zoé waiting', expect.stringContaining('Inès offered 01-13T09:00')]);
    expect(await short(lea, { state: 'failed' })).toEqual([]);
  });

  it('a call, or a task of her référent’s for a safe contact; of who asked not to be contacted nothing, and the next is asked', async () => {
    const nadia = await space.agent(aef, 'Nadia');
    const given = ['12', '13', '14'].map((day) => `2027-01-${day} 09:00-09:30`);
    const taken = await freed(...given);
    await waits(await person('Yasmina', '+33639980001', `, told_by = 'nobody'`));
    clock('2027-01-04T10:01');
    await waits(await person('Lou', null));
    clock('2027-01-04T10:02');
    await waits(await person('Zoé', '+33199000002'));
    clock('2027-01-04T10:03');
    const safe = await person('Inès', '+33639980003', ', safe_contact = true');
    await space.sql('update usager_partner set referent_id = $2 where usager_id = $1', [safe, nadia]);
    await waits(safe);
    for (const [nth, id] of taken.slice(0, 2).entries()) {
      clock(`2027-01-04T10:0${4 + nth}`);
      await cancelled(id);
      await round();
    }
    expect(await states()).toEqual([
      'Yasmina waiting',
      'Lou waiting',
      expect.stringContaining('Zoé offered 01-12T09:00 desk'),
      expect.stringContaining('Inès offered 01-13T09:00 desk'),
    ]);
    expect((await list()).map(({ reachable }) => reachable)).toEqual([false, false, true, true]);
    expect(await short(lea, { state: 'todo' })).toEqual(['offer call todo Zoé +33199000002', 'offer task todo Inès']);
    const [call, task] = await page(lea, { state: 'todo' });
    expect(call?.text).toMatch(/^Une place se libère : .* à 14 h 04\.$/);
    expect(task).toMatchObject({ forAgentId: nadia, recipient: null });
    // It is answered where it is proposed: that someone called is no answer.
    expect(await new Messages(space.db).done(lea, call?.id ?? '')).toEqual({ ok: false, why: 'not-a-task' });
    await answers.decline(lea, (await list())[2]?.offer?.id ?? '');
    expect(await short(lea, { state: 'todo' })).toEqual(['offer task todo Inès']);
  });

  it('a safe contact whom no référent follows is passed over: the slot goes to the next', async () => {
    const [first = ''] = await freed('2027-01-12 09:00-09:30');
    await waits(await person('Inès', '+33639980003', ', safe_contact = true'));
    clock('2027-01-04T10:01');
    await waits(await person('Zoé'));
    await cancelled(first);
    await round();
    expect(await states()).toEqual(['Inès waiting', expect.stringContaining('Zoé offered 01-12T09:00 sms')]);
    expect((await list()).map(({ reachable }) => reachable)).toEqual([false, true]);
  });

  it('who changed how she is told since is asked as she wishes now, or not at all', async () => {
    const [first = '', second = ''] = await freed('2027-01-12 09:00-09:30', '2027-01-13 09:00-09:30');
    const hers = await person('Yasmina');
    await waits(hers);
    await cancelled(first);
    await round();
    await space.sql('update usager set safe_contact = true where id = $1', [hers]);
    expect(await sms()).toEqual([]);
    expect(await short()).toEqual(['offer task todo Yasmina']);
    const other = await person('Zoé');
    clock('2027-01-04T10:01');
    await waits(other);
    await cancelled(second);
    await round();
    await space.sql(`update usager set told_by = 'nobody' where id = $1`, [other]);
    expect(await sms()).toEqual([]);
    expect((await states()).at(-1)).toBe('Zoé waiting');
    expect((await short()).filter((line) => line.includes('Zoé'))).toEqual([expect.stringContaining('dropped')]);
  });

  it('an invitation: sent, or a letter to post; not delivered, then told otherwise; over, nothing is left to do', async () => {
    await account();
    await dates('2027-01-12 09:00-11:00');
    const invite = async (usagerId: string) => {
      const made = await invitations.invite(lea, InvitationBody.parse({ usagerId, motifId: motif, days: 14 }), null);
      if (!made.ok) throw new Error(made.why);
      return made.value.id;
    };
    await invite(await person('Yasmina'));
    const onPaper = await invite(await person('Zoé', null));
    await invite(await person('Lou', '+33639980004', `, told_by = 'nobody'`));
    await sms(linksBy(refusing));
    expect(await short(lea, { state: 'failed' })).toEqual(['invitation sms failed Yasmina +33639980001']);
    expect(await short(lea, { state: 'todo' })).toEqual(['invitation letter todo Zoé']);
    const board = await space.board.of(lea, space.siteId, '2027-01-04');
    expect(board.ok && board.value.counts).toMatchObject({ failedMessages: 1, calls: 1 });
    const [failed] = await page(lea, { state: 'failed' });
    expect(failed?.text).toBe("Choisissez l'heure de votre rendez-vous, jusqu'au lundi 18 janvier : [lien]");
    expect(await new Messages(space.db).done(lea, failed?.id ?? '')).toEqual({ ok: true, value: null });
    expect(await short(lea, { state: 'done' })).toEqual(['invitation sms done Yasmina +33639980001 Léa Accueil']);
    await invitations.withdraw(lea, onPaper);
    expect(await short(lea, { state: 'todo' })).toEqual([]);
    await invite(await person('Zoé', null));
    clock('2027-01-20T03:00');
    await space.db.outside('select drop_messages_of_the_past($1)', [new Date(space.clock.now()).toISOString()]);
    expect(await short(lea, { state: 'todo' })).toEqual([]);
  });
});
