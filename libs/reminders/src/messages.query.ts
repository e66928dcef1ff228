import type { Viewer } from '@app/accounts';
import type { MessageLine } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso, toLocal } from '@app/time';
import { factsOf } from './appointment-facts.query';
import type { Kind } from './planning';

interface Row {
  id: string;
  kind: Kind;
  channel: MessageLine['channel'];
  state: MessageLine['state'];
  due_at: Instant;
  settled_at: Instant | null;
  settled_by: string | null;
  appointment_id: string;
  starts_at: Instant;
  usager_id: string;
  usager_name: string;
  phone: string | null;
  for_agent_id: string | null;
  recipient: string | null;
  text: string | null;
  error: string | null;
}

/** A page of messages, from a place in their order on. */
export interface PageWanted {
  state: MessageLine['state'] | null;
  most: number;
  after: MessagePlace | null;
}

/** Where a message stands in the order of the list. */
export interface MessagePlace {
  dueAt: Instant;
  id: string;
}

export interface PlacedLine extends MessagePlace {
  line: MessageLine;
}

/** What is still to come is read soonest first; what was, latest first. */
const COMING: ReadonlySet<MessageLine['state']> = new Set(['waiting', 'todo']);

export function isSoonestFirst(state: MessageLine['state'] | null): boolean {
  return state !== null && COMING.has(state);
}

/** What people were told, will be told, and could not be told of their appointments: under the viewer's own sight. */
export async function reminderLines(tx: Transaction, viewer: Viewer, wanted: PageWanted): Promise<PlacedLine[]> {
  const rows = await read(tx, wanted);
  const words = await wordsFor(tx, rows);
  return rows.map((row) => ({
    dueAt: row.due_at,
    id: row.id,
    line: lineOf(row, words.get(row.id) ?? null, viewer.space.zone),
  }));
}

/** The page is cut before anything is joined to it: the cost of reading does not grow with the years. */
function read(tx: Transaction, { state, most, after }: PageWanted): Promise<Row[]> {
  const [beyond, direction] = isSoonestFirst(state) ? ['>', 'asc'] : ['<', 'desc'];
  return tx.query<Row>(
    `with page as materialized (
       select * from reminder
       where space_id = $1
         and ($2::text is null or state = $2)
         and ($3::timestamptz is null or (due_at, id) ${beyond} ($3, $4::uuid))
       order by due_at ${direction}, id ${direction} limit $5
     )
     select r.id, r.kind, r.channel, r.state, r.due_at, r.settled_at, by.name as settled_by, r.appointment_id, a.starts_at, a.usager_id,
       coalesce(trim(u.first_name || ' ' || u.last_name), '') as usager_name,
       case when u.contact_told then u.contact_phone else u.phone end as phone,
       case when r.channel = 'task' then coalesce(up.referent_id, a.agent_id) end as for_agent_id, m.recipient, m.text, m.error
     from page r
     join appointment a on a.space_id = r.space_id and a.id = r.appointment_id
     left join usager u on u.space_id = a.space_id and u.id = a.usager_id
     left join usager_partner up on up.space_id = a.space_id and up.usager_id = a.usager_id and up.partner_id = a.partner_id
     left join message m on m.space_id = r.space_id and m.id = r.id
     left join account by on by.space_id = r.space_id and by.id = r.settled_by
     order by r.due_at ${direction}, r.id ${direction}`,
    [tx.context.spaceId, state, after && instantToIso(after.dueAt), after?.id ?? null, most],
  );
}

/** A call or a letter has no message: what to say or write is put together as it is read. */
async function wordsFor(tx: Transaction, rows: readonly Row[]): Promise<Map<string, string>> {
  const unwritten = rows.filter((row) => row.text === null && row.state !== 'dropped');
  if (!unwritten.length) return new Map();
  const facts = new Map(
    (
      await factsOf(
        tx,
        unwritten.map((row) => row.appointment_id),
      )
    ).map((one) => [one.id, one]),
  );
  return new Map(
    unwritten.flatMap((row): [string, string][] => {
      const of = facts.get(row.appointment_id);
      // Nothing to recite for a date that does not hold: what to say depends on how it is settled.
      return of && !of.stranded ? [[row.id, of.words(row.kind, tx.now)]] : [];
    }),
  );
}

function lineOf(row: Row, words: string | null, zone: string): MessageLine {
  const settled = row.settled_at === null ? null : toLocal(row.settled_at, zone);
  return {
    id: row.id,
    kind: row.kind,
    channel: row.channel,
    state: row.state,
    due: toLocal(row.due_at, zone),
    sentAt: row.state === 'sent' || row.state === 'done' ? settled : null,
    settledBy: row.settled_by,
    appointmentId: row.appointment_id,
    appointmentStart: toLocal(row.starts_at, zone),
    slotStart: null,
    until: null,
    usagerId: row.usager_id,
    usagerName: row.usager_name,
    forAgentId: row.for_agent_id,
    recipient: row.recipient ?? (row.channel === 'letter' || row.channel === 'task' ? null : row.phone),
    text: row.text ?? words,
    error: row.error,
  };
}
