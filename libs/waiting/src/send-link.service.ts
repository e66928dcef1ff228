import { newShortLink } from '@app/booking';
import { Database, systemContext, type Transaction } from '@app/persistence';
import {
  GatewayTrouble,
  mayTellAt,
  nextMoment,
  SMS_GATEWAY,
  SMS_HOURS,
  type Sms,
  type SmsGateway,
  SmsRefused,
} from '@app/reminders';
import { dateAt, DAY, type Instant, instant, instantToIso, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { invitationWords, offerWords } from './link-words';
import { LINKS_ADDRESS } from './links-address';
import { endOffer, type LockedOffer, lockOffer } from './offers.query';
import { type Asked, placeOf, whoIsAsked } from './person.query';

export interface DueLink {
  spaceId: string;
  id: string;
}

interface Row {
  id: string;
  kind: 'offer' | 'invitation';
  subject_id: string;
  usager_id: string;
  partner_id: string;
  confidential: boolean;
  motif_id: string;
  site_id: string | null;
  site: string | null;
  phone: string | null;
  starts_at: Instant | null;
  until: Instant;
  is_open: boolean;
}

/**
 * Sends the SMS that carries a short link. A try makes a link of its own and keeps no words: were it handed over twice, the
 * gateway takes the first, and both links answer.
 */
@Injectable()
export class SendLink {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SMS_GATEWAY) private readonly gateway: SmsGateway,
    @Inject(LINKS_ADDRESS) private readonly address: string,
  ) {}

  /** What is to be sent now, in any space: ids only. @param since for how long it must have been due */
  async due(most: number, since = 0): Promise<DueLink[]> {
    const now = instantToIso((this.database.now() - since) as Instant);
    const rows = await this.database.outside<{ space_id: string; id: string }>(
      'select * from due_link_messages($1, $2)',
      [now, most],
    );
    return rows.map(({ space_id, id }) => ({ spaceId: space_id, id }));
  }

  /** Does nothing when it is settled, not due, or in another worker's hands. @throws GatewayTrouble */
  async send(spaceId: string, id: string): Promise<void> {
    const sms = await this.database.within(systemContext(spaceId), (tx) => this.prepare(tx, id));
    if (!sms) return;
    try {
      await this.gateway.send(sms);
    } catch (error) {
      if (!(error instanceof SmsRefused)) throw new GatewayTrouble(error);
      return this.giveUp(spaceId, id, error.message);
    }
    await this.database.within(systemContext(spaceId), (tx) => settleOnce(tx, id, { state: 'sent' }));
  }

  /** After the last try: an offer is the desk's to make, an invitation shows that it did not leave. */
  async giveUp(spaceId: string, id: string, reason: string): Promise<void> {
    await this.database.within(systemContext(spaceId), (tx) =>
      settleOnce(tx, id, { state: 'failed', error: reason.slice(0, 300) }),
    );
  }

  private async prepare(tx: Transaction, id: string): Promise<Sms | null> {
    const { spaceId } = tx.context;
    const offer = await lockItsOffer(tx, id);
    const row = await lockDue(tx, id);
    if (!row) return null;
    const place = await placeOf(tx, row.site_id);
    const person = await whoIsAsked(tx, row.usager_id, row.motif_id);
    if (!row.is_open || !person) {
      await settle(tx, row, { state: 'dropped' });
      return null;
    }
    if (person.reach !== 'sms' || !person.phone) {
      await askSomeone(tx, row, offer, person);
      return null;
    }
    if (!mayTellAt(tx.now, SMS_HOURS, place)) {
      await tx.query('update link_message set due_at = $3 where space_id = $1 and id = $2', [
        ...[spaceId, id, instantToIso(nextMoment(tx.now, SMS_HOURS, place))],
      ]);
      return null;
    }
    const { kind, subject_id: subjectId, partner_id: partnerId, confidential, until } = row;
    // Of an offer whose time is over the page still says so for a day.
    const expiresAt = kind === 'offer' ? instant(Math.max(until, row.starts_at ?? until) + DAY) : until;
    const token = await newShortLink(tx, { kind, subjectId, partnerId, confidential, expiresAt });
    const { zone } = place;
    const told = {
      language: person.language,
      link: `${this.address}/${kind === 'offer' ? 'o' : 'i'}/${token}`,
      today: dateAt(tx.now, zone),
      service: person.service,
      whose: person.whose,
      phone: row.phone,
      until: toLocal(until, zone),
    };
    const text =
      row.starts_at === null
        ? invitationWords(told)
        : offerWords({ ...told, start: toLocal(row.starts_at, zone), site: row.site ?? '' });
    await tx.query('update link_message set recipient = $3 where space_id = $1 and id = $2', [
      spaceId,
      id,
      person.phone,
    ]);
    return { spaceId, messageId: id, to: person.phone, text };
  }
}

/** Who waits, her offer, then its message: the order of every command here. Null for an invitation. */
async function lockItsOffer(tx: Transaction, id: string): Promise<LockedOffer | null> {
  const [row] = await tx.query<{ subject_id: string }>(
    `select subject_id from link_message where space_id = $1 and id = $2 and kind = 'offer'`,
    [tx.context.spaceId, id],
  );
  return row ? lockOffer(tx, row.subject_id) : null;
}

async function lockDue(tx: Transaction, id: string): Promise<Row | null> {
  const [row] = await tx.query<Row>(
    `select l.id, l.kind, l.subject_id, l.usager_id, l.partner_id, l.confidential, coalesce(w.motif_id, i.motif_id) as motif_id,
       o.site_id, s.name as site, coalesce(s.phone, (select min(phone) from site where space_id = l.space_id and phone is not null)) as phone,
       o.starts_at, coalesce(o.deadline_at, i.expires_at) as until,
       case l.kind when 'offer' then o.state = 'offered' and o.deadline_at > $3 else i.state = 'open' and i.expires_at > $3 end as is_open
     from link_message l
     left join slot_offer o on l.kind = 'offer' and o.space_id = l.space_id and o.id = l.subject_id
     left join waiting_entry w on w.space_id = o.space_id and w.id = o.entry_id
     left join site s on s.space_id = o.space_id and s.id = o.site_id
     left join invitation i on l.kind = 'invitation' and i.space_id = l.space_id and i.id = l.subject_id
     where l.space_id = $1 and l.id = $2 and l.state = 'waiting' and l.due_at <= $3
     for update of l skip locked`,
    [tx.context.spaceId, id, instantToIso(tx.now)],
  );
  return row ?? null;
}

/** Since it was planned she changed how she is told: someone asks her, or the slot passes on when nobody can. */
async function askSomeone(tx: Transaction, row: Row, offer: LockedOffer | null, person: Asked): Promise<void> {
  if (offer && !person.reach) {
    await endOffer(tx, offer, 'expired', 'waiting');
    await record(tx, row);
    return;
  }
  if (!person.mayBeTold) return settle(tx, row, { state: 'dropped' });
  const channel = person.reach === 'task' ? 'task' : offer ? 'call' : 'letter';
  await tx.query(`update link_message set state = 'todo', channel = $3 where space_id = $1 and id = $2`, [
    ...[tx.context.spaceId, row.id, channel],
  ]);
  await leaveToTheDesk(tx, row);
  await record(tx, row);
}

/** Once: a second worker that handed the same message over finds it settled. */
async function settleOnce(
  tx: Transaction,
  id: string,
  became: { state: 'sent' } | { state: 'failed'; error: string },
): Promise<void> {
  await lockItsOffer(tx, id);
  const [row] = await tx.query<Settled>(
    `select id, kind, subject_id, partner_id, confidential from link_message
     where space_id = $1 and id = $2 and state = 'waiting' for update`,
    [tx.context.spaceId, id],
  );
  if (row) await settle(tx, row, became);
}

type Settled = Pick<Row, 'id' | 'kind' | 'subject_id' | 'partner_id' | 'confidential'>;

async function settle(
  tx: Transaction,
  row: Settled,
  became: { state: 'sent' | 'dropped' } | { state: 'failed'; error: string },
): Promise<void> {
  await tx.query('update link_message set state = $3, error = $4, settled_at = $5 where space_id = $1 and id = $2', [
    ...[tx.context.spaceId, row.id, became.state, 'error' in became ? became.error : null, instantToIso(tx.now)],
  ]);
  // She can't read it: the desk proposes the slot, or prints the link.
  if (became.state !== 'sent') await leaveToTheDesk(tx, row);
  await record(tx, row);
}

async function leaveToTheDesk(tx: Transaction, { kind, subject_id: subjectId }: Settled): Promise<void> {
  await tx.query(
    kind === 'offer'
      ? `update slot_offer set told_by = 'desk' where space_id = $1 and id = $2 and state = 'offered'`
      : `update invitation set told_by = 'letter' where space_id = $1 and id = $2 and state = 'open'`,
    [tx.context.spaceId, subjectId],
  );
}

async function record(tx: Transaction, row: Settled): Promise<void> {
  const { kind, subject_id: subjectId, partner_id: partnerId, confidential } = row;
  await tx.record({
    kind: kind === 'offer' ? 'waiting.changed' : 'invitation.changed',
    subjectId,
    partnerId,
    confidential,
  });
}
