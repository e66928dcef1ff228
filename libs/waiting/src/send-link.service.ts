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
import { placeOf, whoIsAsked } from './person.query';

export interface DueLink {
  spaceId: string;
  id: string;
}

interface Row {
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
    await this.database.within(systemContext(spaceId), (tx) => settle(tx, id, 'sent', null));
  }

  /** After the last try: an offer is the desk's to make, an invitation shows that it did not leave. */
  async giveUp(spaceId: string, id: string, reason: string): Promise<void> {
    await this.database.within(systemContext(spaceId), (tx) => settle(tx, id, 'failed', reason.slice(0, 300)));
  }

  private async prepare(tx: Transaction, id: string): Promise<Sms | null> {
    const { spaceId } = tx.context;
    const row = await lockDue(tx, id);
    if (!row) return null;
    const place = await placeOf(tx, row.site_id);
    const person = await whoIsAsked(tx, row.usager_id, row.motif_id);
    if (!row.is_open || !person?.phone || !person.readsSms) {
      await settle(tx, id, 'dropped', null);
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
    return { spaceId, messageId: id, to: person.phone, text };
  }
}

async function lockDue(tx: Transaction, id: string): Promise<Row | null> {
  const [row] = await tx.query<Row>(
    `select l.kind, l.subject_id, l.usager_id, l.partner_id, l.confidential, coalesce(w.motif_id, i.motif_id) as motif_id,
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

/** Once: a second worker that handed the same message over finds it settled. */
async function settle(
  tx: Transaction,
  id: string,
  state: 'sent' | 'failed' | 'dropped',
  error: string | null,
): Promise<void> {
  const [row] = await tx.query<{ kind: string; subject_id: string; partner_id: string; confidential: boolean }>(
    `update link_message set state = $3, error = $4, settled_at = $5 where space_id = $1 and id = $2 and state = 'waiting'
     returning kind, subject_id, partner_id, confidential`,
    [tx.context.spaceId, id, state, error, instantToIso(tx.now)],
  );
  if (!row) return;
  if (state !== 'sent') {
    // She can't read it: the desk proposes the slot, or prints the link.
    await tx.query(
      row.kind === 'offer'
        ? `update slot_offer set told_by = 'desk' where space_id = $1 and id = $2 and state = 'offered'`
        : `update invitation set told_by = 'letter' where space_id = $1 and id = $2 and state = 'open'`,
      [tx.context.spaceId, row.subject_id],
    );
  }
  await tx.record({
    kind: row.kind === 'offer' ? 'waiting.changed' : 'invitation.changed',
    subjectId: row.subject_id,
    partnerId: row.partner_id,
    confidential: row.confidential,
  });
}
