import { newAppointmentLink } from '@app/booking';
import { Database, systemContext, type Transaction } from '@app/persistence';
import { type Instant, instantToIso } from '@app/time';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { type AppointmentFacts, factsOf } from './appointment-facts.query';
import { channelOf, type Kind, verdictOf } from './planning';
import { GatewayTrouble, SMS_GATEWAY, type Sms, type SmsGateway, SmsRefused } from './sms-gateway';

/** What links begin with, where messages may carry them. */
export const LINKS_BEGIN_WITH = Symbol('links begin with');

interface DueRow {
  id: string;
  kind: Kind;
  version: number;
  appointment_id: string;
}

/**
 * Sends one reminder in three steps, each safe to run again: write the message, hand it over under its own id, note
 * that it left. Whoever dies in between leaves a row that the next tick finds; the gateway takes an id once.
 */
@Injectable()
export class SendReminder {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SMS_GATEWAY) private readonly gateway: SmsGateway,
    @Optional() @Inject(LINKS_BEGIN_WITH) private readonly publicUrl: string | null = null,
  ) {}

  /** Does nothing when it is settled, not due, or in another worker's hands. @throws GatewayTrouble */
  async send(spaceId: string, id: string): Promise<void> {
    const sms = await this.database.within(systemContext(spaceId), (tx) => prepare(tx, id, this.publicUrl));
    if (!sms) return;
    try {
      await this.gateway.send(sms);
    } catch (error) {
      if (!(error instanceof SmsRefused)) throw new GatewayTrouble(error);
      await this.giveUp(spaceId, id, error.message);
      return;
    }
    await this.database.within(systemContext(spaceId), (tx) => settle(tx, id, 'sent', null));
  }

  /** After the last try: kept as failed, with its reason, for the desk to see. */
  async giveUp(spaceId: string, id: string, reason: string): Promise<void> {
    await this.database.within(systemContext(spaceId), (tx) => settle(tx, id, 'failed', reason.slice(0, 300)));
  }
}

async function prepare(tx: Transaction, id: string, publicUrl: string | null): Promise<Sms | null> {
  const [row] = await tx.query<DueRow>(
    `select id, kind, appointment_version as version, appointment_id from reminder
     where space_id = $1 and id = $2 and state = 'waiting' and due_at <= $3 for update skip locked`,
    [tx.context.spaceId, id, instantToIso(tx.now)],
  );
  if (!row) return null;
  const handed = await tx.query<{ id: string; recipient: string; text: string }>(
    `select id, recipient, text from message where space_id = $1 and appointment_id = $2 and state = 'handed'`,
    [tx.context.spaceId, row.appointment_id],
  );
  // It may have left already: only the very same words may go under its id.
  const mine = handed.find((message) => message.id === id);
  if (mine) return smsOf(tx, id, mine.recipient, mine.text);
  // What was said first arrives first; the next tick comes back for this one.
  if (handed.length) return null;

  const [facts] = await factsOf(tx, [row.appointment_id]);
  if (!facts) return null;
  const verdict = verdictOf(row, facts, facts.person, tx.now, facts.place);
  switch (verdict.now) {
    case 'send':
      return writeMessage(tx, row, facts, publicUrl);
    case 'wait':
      await postpone(tx, id, verdict.until);
      return null;
    case 'ask-the-desk':
      await leaveToTheDesk(tx, row, facts);
      return null;
    case 'drop':
      await drop(tx, row, facts);
      return null;
  }
}

async function writeMessage(
  tx: Transaction,
  row: DueRow,
  facts: AppointmentFacts,
  publicUrl: string | null,
): Promise<Sms> {
  const words = facts.words(row.kind, tx.now);
  const withLink = row.kind !== 'cancelled' && facts.linksAllowed && publicUrl !== null;
  const text = withLink ? `${words} ${publicUrl}/r/${await newAppointmentLink(tx, facts.id)}` : words;
  const to = facts.person.phone ?? '';
  await tx.query(
    `insert into message (id, space_id, partner_id, confidential, usager_id, appointment_id, recipient, text, state, written_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'handed', $9)`,
    [
      ...[row.id, tx.context.spaceId, facts.partnerId, facts.confidential, facts.usagerId, facts.id, to, text],
      instantToIso(tx.now),
    ],
  );
  return smsOf(tx, row.id, to, text);
}

function smsOf(tx: Transaction, messageId: string, to: string, text: string): Sms {
  return { spaceId: tx.context.spaceId, messageId, to, text };
}

async function postpone(tx: Transaction, id: string, until: Instant): Promise<void> {
  await tx.query('update reminder set due_at = $3 where space_id = $1 and id = $2', [
    tx.context.spaceId,
    id,
    instantToIso(until),
  ]);
}

async function leaveToTheDesk(tx: Transaction, row: DueRow, facts: AppointmentFacts): Promise<void> {
  const channel = channelOf(facts.person);
  await tx.query(`update reminder set state = 'todo', channel = $3 where space_id = $1 and id = $2`, [
    tx.context.spaceId,
    row.id,
    channel === 'letter' || channel === 'task' ? channel : 'call',
  ]);
  await record(tx, 'message.planned', facts.id, facts);
}

async function drop(tx: Transaction, row: DueRow, facts: AppointmentFacts): Promise<void> {
  await tx.query(`update reminder set state = 'dropped', settled_at = $3 where space_id = $1 and id = $2`, [
    tx.context.spaceId,
    row.id,
    instantToIso(tx.now),
  ]);
  await record(tx, 'message.planned', facts.id, facts);
}

/** Once: a second worker that handed the same message over finds it settled. */
async function settle(tx: Transaction, id: string, state: 'sent' | 'failed', error: string | null): Promise<void> {
  const now = instantToIso(tx.now);
  const [row] = await tx.query<{ appointment_id: string; partner_id: string; confidential: boolean }>(
    `update reminder set state = $3, settled_at = $4 where space_id = $1 and id = $2 and state = 'waiting'
     returning appointment_id, partner_id, confidential`,
    [tx.context.spaceId, id, state, now],
  );
  if (!row) return;
  await tx.query(
    `update message set state = $3, error = $4, sent_at = case when $3 = 'sent' then $5::timestamptz end
     where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, state, error, now],
  );
  await record(tx, `message.${state}`, row.appointment_id, {
    partnerId: row.partner_id,
    confidential: row.confidential,
  });
}

/** Live screens that show this appointment's messages look again. */
async function record(
  tx: Transaction,
  kind: string,
  appointmentId: string,
  of: { partnerId: string; confidential: boolean; siteId?: string },
): Promise<void> {
  const { partnerId, confidential, siteId } = of;
  await tx.record({ kind, subjectId: appointmentId, partnerId, confidential, siteId });
}
