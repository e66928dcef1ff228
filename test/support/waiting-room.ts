import type { Viewer } from '@app/accounts';
import type { Slot, WaitingBody, WaitingEntry } from '@app/contract';
import { SandboxSmsGateway, type SmsGateway } from '@app/reminders';
import type { LocalDateTime, PlainDate } from '@app/time';
import { AnswerOffer, Invitations, OfferFreedSlots, SendLink, WaitingList } from '@app/waiting';
import { PlannedSpace } from './planned-space';

export let space: PlannedSpace;
export let lea: Viewer;
export let aef: string;
export let motif: string;
export let waiting: WaitingList;
export let offers: OfferFreedSlots;
export let answers: AnswerOffer;
export let links: SendLink;
export let invitations: Invitations;

/** Before each test: a space of one service, with those who keep its waiting list. */
export async function openWaitingRoom(): Promise<void> {
  space = await PlannedSpace.open('2027-01-04T10:00');
  aef = await space.partner('AEF 94');
  motif = await space.motif(aef, 'Premier rendez-vous', { duration_minutes: 30 });
  lea = space.viewer('desk');
  waiting = new WaitingList(space.db);
  offers = new OfferFreedSlots(space.db);
  answers = new AnswerOffer(space.db);
  links = linksBy(new SandboxSmsGateway(space.db));
  invitations = new Invitations(space.db, 'https://palier.test');
}
export const closeWaitingRoom = () => space?.close();

export const linksBy = (gateway: SmsGateway) => new SendLink(space.db, gateway, 'https://palier.test');
export const clock = (at: string) => {
  space.clock.at = at as LocalDateTime;
};
export const dates = (...given: string[]) => space.permanence({ partnerId: aef, motifIds: [motif], dates: given });

export const person = async (name: string, phone: string | null = '+33639980001', more = '') => {
  const id = await space.usager(name, 'Martin', { partners: [aef] });
  await space.sql(
    `update usager set phone = $2, phone_kind = case when $2 like '+336%' then 'mobile' when $2 is not null then 'landline' end ${more} where id = $1`,
    [id, phone],
  );
  return id;
};

export const waits = async (usagerId: string, more: Record<string, unknown> = {}) => {
  const body = { usagerId, motifId: motif, from: '2027-01-04' as PlainDate, until: '2027-02-28' as PlainDate };
  const joined = await waiting.join(lea, { ...body, part: null, siteId: null, agentId: null, ...more }, null);
  if (!joined.ok) throw new Error(joined.why);
  return joined.value.id;
};

export const tries = async (
  usagerId: string,
  more: Partial<WaitingBody> & Pick<WaitingBody, 'motifId' | 'from' | 'until'>,
) => {
  const joined = await waiting.join(lea, { usagerId, part: null, siteId: null, agentId: null, ...more }, null);
  return joined.ok ? 'ok' : joined.why;
};

export const booked = async (usagerId: string, motifId = motif) => {
  const found = await space.slots.forMotif(lea, { motif: motifId, days: 60, perDay: 9, limit: 30 });
  const [slot] = found.ok ? found.value.slots : [];
  if (!slot) throw new Error('nothing is free');
  const { occurrenceId, start, agentId } = slot as Slot;
  const outcome = await space.booking.book(lea, { occurrenceId, motifId, start, agentId, usagerId }, null);
  if (!outcome.ok) throw new Error(outcome.why);
  return outcome.value.id;
};

export const cancelled = async (id: string) => {
  const outcome = await space.following.cancel(lea, id, { by: 'usager', version: 1 });
  if (!outcome.ok) throw new Error(outcome.why);
};

/** Until everything that happened is read: an event waits for the oldest transaction of the whole server. */
export const round = async () => {
  for (let left = true; left; ) {
    await offers.round();
    const [unread] = await space.sql<{ some: boolean }>(
      `select exists (select from event e, event_cursor c where c.consumer = 'waiting' and (e.xid, e.id) > (c.xid, c.id)) as some`,
    );
    left = unread?.some ?? false;
  }
};

export const list = async (): Promise<WaitingEntry[]> => (await waiting.list(lea, { limit: 100 })).items;
export const states = async () =>
  (await list()).map(({ usagerName, state, offer }) =>
    [usagerName.split(' ')[0], state, offer && `${offer.start.slice(5)} ${offer.by} until ${offer.deadline.slice(5)}`]
      .filter(Boolean)
      .join(' '),
  );
export const sms = async (by = links) => {
  for (const due of await by.due(100)) await by.send(due.spaceId, due.id);
  return space.sql<{ text: string }>('select text from sandbox_sms order by received_at, text');
};
export const tokenIn = (text = '') => /\/[oi]\/(\w{10})$/.exec(text.split(' ou ')[0] ?? '')?.[1] ?? '';
