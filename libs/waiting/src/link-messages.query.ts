import type { Viewer } from '@app/accounts';
import type { MessageLine } from '@app/contract';
import { done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { isSoonestFirst, type PageWanted, type PlacedLine, type TaskRefusal } from '@app/reminders';
import { dateAt, type Instant, instantToIso, toLocal } from '@app/time';
import { invitationWords, offerWords } from './link-words';
import { ASKED, type AskedRow, askedFrom } from './person.query';

interface NewMessage {
  kind: 'offer' | 'invitation';
  subjectId: string;
  usagerId: string;
  partnerId: string;
  confidential: boolean;
  channel: MessageLine['channel'];
  due: Instant;
}

/** An SMS that is to leave, or what someone is to do in its place. */
export async function writeMessage(
  tx: Transaction,
  { kind, subjectId, usagerId, partnerId, confidential, channel, due }: NewMessage,
): Promise<void> {
  await tx.query(
    `insert into link_message (space_id, partner_id, confidential, usager_id, kind, subject_id, channel, due_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[tx.context.spaceId, partnerId, confidential, usagerId, kind, subjectId, channel, instantToIso(due)],
      channel === 'sms' ? 'waiting' : 'todo',
    ],
  );
}

/** Nothing is left to do or to send about it. `answered`: because whoever asked her has her answer. */
export async function settleMessages(tx: Transaction, subjectId: string, answered: boolean): Promise<void> {
  await tx.query(
    `update link_message set state = case when $4 and state <> 'waiting' then 'done' else 'dropped' end, settled_at = $3, settled_by = $5
     where space_id = $1 and subject_id = $2 and state in ('waiting', 'todo', 'failed')`,
    [tx.context.spaceId, subjectId, instantToIso(tx.now), answered, tx.context.accountId],
  );
}

/** What the desk's answer settled is to be sent or done again. */
export async function reopenMessages(tx: Transaction, subjectId: string, since: Instant): Promise<void> {
  await tx.query(
    `update link_message set settled_at = null, settled_by = null,
       state = case when state = 'dropped' then 'waiting' when channel = 'sms' then 'failed' else 'todo' end
     where space_id = $1 and subject_id = $2 and state in ('dropped', 'done') and settled_by = $3 and settled_at >= $4`,
    [tx.context.spaceId, subjectId, tx.context.accountId, instantToIso(since)],
  );
}

interface Row extends AskedRow {
  id: string;
  kind: 'offer' | 'invitation';
  channel: MessageLine['channel'];
  state: MessageLine['state'];
  due_at: Instant;
  settled_at: Instant | null;
  settled_by: string | null;
  usager_id: string;
  usager_name: string;
  for_agent_id: string | null;
  recipient: string | null;
  error: string | null;
  starts_at: Instant | null;
  until: Instant | null;
  site: string | null;
  site_phone: string | null;
}

/** Offers and invitations, sent, failed or to be told by someone: under the viewer's own sight. */
export async function linkLines(
  tx: Transaction,
  viewer: Viewer,
  { state, most, after, offers }: PageWanted & { offers: boolean },
): Promise<PlacedLine[]> {
  const [beyond, direction] = isSoonestFirst(state) ? ['>', 'asc'] : ['<', 'desc'];
  const rows = await tx.query<Row>(
    `with page as materialized (
       select * from link_message
       where space_id = $1
         and ($2::text is null or state = $2)
         and ($3::timestamptz is null or (due_at, id) ${beyond} ($3, $4::uuid))
         and ($6 or kind <> 'offer')
       order by due_at ${direction}, id ${direction} limit $5
     )
     select l.id, l.kind, l.channel, l.state, l.due_at, l.settled_at, by.name as settled_by, l.usager_id, l.recipient, l.error,
       coalesce(trim(u.first_name || ' ' || u.last_name), '') as usager_name,
       case when l.channel = 'task' then coalesce(up.referent_id, o.agent_id, i.agent_id) end as for_agent_id,
       o.starts_at, coalesce(o.deadline_at, i.expires_at) as until, s.name as site, s.phone as site_phone, ${ASKED}
     from page l
     left join slot_offer o on l.kind = 'offer' and o.space_id = l.space_id and o.id = l.subject_id
     left join waiting_entry w on w.space_id = o.space_id and w.id = o.entry_id
     left join site s on s.space_id = o.space_id and s.id = o.site_id
     left join invitation i on l.kind = 'invitation' and i.space_id = l.space_id and i.id = l.subject_id
     left join usager u on u.space_id = l.space_id and u.id = l.usager_id
     left join usager_partner up on up.space_id = l.space_id and up.usager_id = l.usager_id and up.partner_id = l.partner_id
     left join motif m on m.space_id = l.space_id and m.id = coalesce(w.motif_id, i.motif_id)
     left join partner p on p.space_id = l.space_id and p.id = l.partner_id
     left join account by on by.space_id = l.space_id and by.id = l.settled_by
     order by l.due_at ${direction}, l.id ${direction}`,
    [tx.context.spaceId, state, after && instantToIso(after.dueAt), after?.id ?? null, most, offers],
  );
  return rows.map((row) => ({ dueAt: row.due_at, id: row.id, line: lineOf(row, viewer.space.zone, tx.now) }));
}

function lineOf(row: Row, zone: string, now: Instant): MessageLine {
  const settled = row.settled_at === null ? null : toLocal(row.settled_at, zone);
  const hasNoNumber = row.channel === 'letter' || row.channel === 'task';
  return {
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    state: row.state,
    due: toLocal(row.due_at, zone),
    sentAt: row.state === 'sent' || row.state === 'done' ? settled : null,
    settledBy: row.settled_by,
    appointmentId: null,
    appointmentStart: null,
    slotStart: row.starts_at === null ? null : toLocal(row.starts_at, zone),
    until: row.until === null ? null : toLocal(row.until, zone),
    usagerId: row.usager_id,
    usagerName: row.usager_name,
    forAgentId: row.for_agent_id,
    recipient: row.recipient ?? (hasNoNumber ? null : row.phone),
    text: row.state === 'dropped' ? null : wordsOf(row, zone, row.state === 'sent' ? (row.settled_at ?? now) : now),
    error: row.error,
  };
}

/** As it was or would be written, without the link: its words are nobody's to read again. */
function wordsOf(row: Row, zone: string, written: Instant): string | null {
  if (row.until === null) return null;
  const { language, service, whose } = askedFrom(row);
  const told = {
    language,
    service,
    whose,
    link: row.channel === 'call' || row.channel === 'task' ? null : language === 'fr' ? '[lien]' : '[link]',
    today: dateAt(written, zone),
    phone: row.site_phone,
    until: toLocal(row.until, zone),
  };
  if (row.starts_at === null) return invitationWords(told);
  return offerWords({ ...told, start: toLocal(row.starts_at, zone), site: row.site ?? '' });
}

/** A call was made, a letter posted. What a slot's offer became is said by its answer, not here. */
export async function settleLinkTask(tx: Transaction, id: string): Promise<Outcome<null, TaskRefusal>> {
  const [row] = await tx.query<{
    kind: string;
    state: string;
    subject_id: string;
    partner_id: string;
    confidential: boolean;
  }>(
    `select kind, state, subject_id, partner_id, confidential from link_message where space_id = $1 and id = $2 for update`,
    [tx.context.spaceId, id],
  );
  if (!row) return refuse('not-found');
  if (row.state === 'done') return done(null);
  if (row.kind === 'offer' || (row.state !== 'todo' && row.state !== 'failed')) return refuse('not-a-task');
  await tx.query(
    `update link_message set state = 'done', settled_at = $3, settled_by = $4 where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, instantToIso(tx.now), tx.context.accountId],
  );
  const { subject_id: subjectId, partner_id: partnerId, confidential } = row;
  await tx.record({ kind: 'invitation.changed', subjectId, partnerId, confidential });
  return done(null);
}
