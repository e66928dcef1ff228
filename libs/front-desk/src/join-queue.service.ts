import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { Joined, VisitBody } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { dateAt, type Instant, instantToIso, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { queuesOf } from './presences.query';
import { ahead, canStillBeSeen, type Queue } from './queue';
import { sayQueue } from './wording';

export type JoinRefusal =
  | 'no-such-reference'
  | 'not-yours'
  | 'not-yet'
  | 'not-its-day'
  | 'queue-over'
  | 'queue-full'
  | 'queue-closed'
  | 'occurrence-cancelled'
  | 'not-walk-in'
  | 'key-reused';

/** What a person waits for. */
interface Wanted {
  partner_id: string;
  confidential: boolean;
  mine: boolean;
  turn: number | null;
  urgent: boolean;
  occurrence: {
    state: string;
    mode: string;
    start: Instant;
    end: Instant;
    counters: number;
  } | null;
}

/** Ajouter à la file: a person who comes without appointment takes a ticket. */
@Injectable()
export class JoinQueue {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Entered afterwards (`arrivedAt`), it keeps the hour it happened and nobody is told anything.
   * 'queue-full' and 'queue-closed' can be passed over (`anyway`): the desk decides.
   */
  async join(viewer: Viewer, body: VisitBody, once: Once | null): Promise<Outcome<Joined, JoinRefusal>> {
    return this.database.once<Joined, JoinRefusal>(contextOf(viewer), once, async (tx) => {
      const { zone } = viewer.space;
      const told = body.arrivedAt ? parseLocalDateTime(body.arrivedAt) : null;
      const arrived = told ? toInstant(told, zone) : tx.now;
      const wanted = await wantedBy(tx, body);
      if (!wanted) return refuse('no-such-reference');
      if (!wanted.mine) return refuse('not-yours');
      if (arrived > tx.now) return refuse('not-yet');
      const urgent = body.urgent || wanted.urgent;
      const day = dateAt(arrived, zone);
      // The site's day is locked by its next number: two desks never fill the same last place.
      const [ticket] = await tx.query<{ number: number }>('select next_ticket($1, $2) as number', [body.siteId, day]);
      const queue = await queueFor(tx, body.occurrenceId, wanted);
      if (queue && wanted.occurrence) {
        if (wanted.occurrence.state !== 'held') return refuse('occurrence-cancelled');
        if (wanted.occurrence.mode !== 'walk-in') return refuse('not-walk-in');
        // Of another day, it would stand in a queue where nobody waits.
        if (dateAt(wanted.occurrence.start, zone) !== day) return refuse('not-its-day');
        if (arrived >= queue.end) return refuse('queue-over');
        const isAfterwards = told !== null && arrived < tx.now;
        if (!body.anyway && !isAfterwards && !canStillBeSeen(queue, { urgent, minutes: wanted.turn }, tx.now)) {
          return refuse(queue.isClosed ? 'queue-closed' : 'queue-full', {
            detail: sayQueue(ahead(queue, { urgent }), toLocal(queue.end, zone), viewer.language),
          });
        }
      }
      const number = ticket?.number ?? 1;
      const id = randomUUID();
      if (!(await write(tx, { id, body, wanted, urgent, day, number, arrived }))) return refuse('no-such-reference');
      await tx.record({
        kind: 'visit.joined',
        subjectId: id,
        partnerId: wanted.partner_id,
        confidential: wanted.confidential,
        siteId: body.siteId,
        day,
      });
      return done({ id, number, before: queue ? ahead(queue, { urgent }) : 0 });
    });
  }
}

/** Null when the site, the date, the motif or the person is not there for the viewer, or they do not go together. */
async function wantedBy(
  tx: Transaction,
  { siteId, occurrenceId, motifId, usagerId }: VisitBody,
): Promise<Wanted | null> {
  const [row] = await tx.query<{
    partner_id: string;
    confidential: boolean;
    mine: boolean;
    turn: number | null;
    urgent: boolean;
    state: string | null;
    mode: string | null;
    starts_at: Instant | null;
    ends_at: Instant | null;
    counters: number | null;
  }>(
    `select pa.id as partner_id, x.confidential, sees(pa.id, x.confidential) as mine,
       coalesce(m.turn_minutes, m.duration_minutes) as turn, coalesce(m.urgent, false) as urgent, o.state, o.mode, o.starts_at, o.ends_at,
       greatest(o.seats, (select count(*) from occurrence_agent oa where oa.space_id = $1 and oa.occurrence_id = o.id))::int as counters
     from site s
     left join occurrence o on o.space_id = $1 and o.id = $3
     left join motif m on m.space_id = $1 and m.id = $4
     join partner pa on pa.space_id = $1 and pa.id = coalesce(o.partner_id, m.partner_id)
     cross join lateral (
       select pa.confidential or coalesce(o.confidential, false) or coalesce(m.confidential, false) as confidential) x
     where s.space_id = $1 and s.id = $2
       and ($3::uuid is null or (o.id is not null and o.site_id = s.id))
       and ($4::uuid is null or (m.id is not null and m.partner_id = pa.id))
       and ($5::uuid is null or exists (select from usager u where u.space_id = $1 and u.id = $5))`,
    [tx.context.spaceId, siteId, occurrenceId, motifId, usagerId],
  );
  if (!row) return null;
  const { partner_id, confidential, mine, turn, urgent, state, mode, starts_at, ends_at, counters } = row;
  const occurrence =
    state && mode && starts_at !== null && ends_at !== null
      ? { state, mode, start: starts_at, end: ends_at, counters: counters ?? 1 }
      : null;
  return { partner_id, confidential, mine, turn, urgent, occurrence };
}

async function queueFor(tx: Transaction, occurrenceId: string | null, { occurrence }: Wanted): Promise<Queue | null> {
  if (!occurrenceId || !occurrence) return null;
  const queues = await queuesOf(tx, [occurrenceId]);
  return { ...occurrence, people: [], isClosed: false, ...queues.get(occurrenceId) };
}

interface NewVisit {
  id: string;
  body: VisitBody;
  wanted: Wanted;
  urgent: boolean;
  day: string;
  number: number;
  arrived: Instant;
}

async function write(tx: Transaction, { id, body, wanted, urgent, day, number, arrived }: NewVisit): Promise<boolean> {
  if (body.usagerId) {
    await tx.query(
      'insert into usager_partner (space_id, usager_id, partner_id) values ($1, $2, $3) on conflict do nothing',
      [tx.context.spaceId, body.usagerId, wanted.partner_id],
    );
  }
  const rows = await tx.query(
    `insert into visit (id, space_id, site_id, day, number, partner_id, occurrence_id, motif_id, confidential, usager_id, name,
       step, urgent, arrived_at, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) returning id`,
    [
      id,
      tx.context.spaceId,
      body.siteId,
      day,
      number,
      wanted.partner_id,
      body.occurrenceId,
      body.motifId,
      wanted.confidential,
      body.usagerId,
      body.usagerId ? '' : body.name,
      body.step,
      urgent,
      instantToIso(arrived),
      instantToIso(tx.now),
      tx.context.accountId,
    ],
  );
  return rows.length === 1;
}
