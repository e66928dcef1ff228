import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso, type Interval } from '@app/time';
import type { InQueue } from './queue';

/** A date on which a motif is received without booking it here: walk-in, or booked by the service itself. */
export interface Presence {
  motifId: string;
  occurrenceId: string;
  partnerId: string;
  title: string;
  siteId: string;
  roomId: string | null;
  mode: 'walk-in' | 'appointment' | 'group';
  during: Interval;
  counters: number;
}

/** Dates looked at per motif: those of today come first, then the next ones. */
const MOST_PER_MOTIF = 12;
const DAYS_AHEAD = 60;

/** The dates from `from` on of each motif, earliest first, one query for all. */
export async function presencesOf(
  tx: Transaction,
  motifIds: readonly string[],
  { from, siteId }: { from: Instant; siteId: string | undefined },
): Promise<Presence[]> {
  const rows = await tx.query<{
    motif_id: string;
    id: string;
    partner_id: string;
    title: string;
    site_id: string;
    room_id: string | null;
    mode: Presence['mode'];
    starts_at: Instant;
    ends_at: Instant;
    counters: number;
  }>(
    `select m.id as motif_id, o.*
     from unnest($2::uuid[]) as wanted(id)
     join motif m on m.space_id = $1 and m.id = wanted.id
     cross join lateral (
       select d.id, d.partner_id, p.title, d.site_id, d.room_id, d.mode, d.starts_at, d.ends_at,
         greatest(d.seats, (select count(*) from occurrence_agent oa where oa.space_id = d.space_id and oa.occurrence_id = d.id))::int as counters
       from permanence_motif pm
       join permanence p on p.space_id = pm.space_id and p.id = pm.permanence_id and p.state <> 'draft'
       cross join lateral (
         select * from occurrence one
         where one.space_id = pm.space_id and one.permanence_id = pm.permanence_id and one.state = 'held'
           and one.starts_at > $3::timestamptz - interval '1 day' and one.ends_at > $3
           and one.starts_at < $3::timestamptz + $6 * interval '1 day'
           and (one.mode = 'walk-in' or (m.booked <> 'here' and one.mode <> 'internal'))
           and ($4::uuid is null or one.site_id = $4)
           -- nobody is promised whose every agent is away as it begins, or at this moment
           and (exists (
                  select from occurrence_agent oa
                  where oa.space_id = one.space_id and oa.occurrence_id = one.id
                    and not exists (
                      select from absence away
                      where away.space_id = oa.space_id and away.agent_id = oa.agent_id
                        and away.starts_at <= greatest(one.starts_at, $3) and away.ends_at > greatest(one.starts_at, $3)))
                or not exists (
                  select from occurrence_agent oa where oa.space_id = one.space_id and oa.occurrence_id = one.id))
         order by one.starts_at limit $5) d
       where pm.space_id = $1 and pm.motif_id = m.id
       order by d.starts_at, d.id limit $5) o
     order by o.starts_at, o.id`,
    [tx.context.spaceId, motifIds, instantToIso(from), siteId ?? null, MOST_PER_MOTIF, DAYS_AHEAD],
  );
  return rows.map((row) => ({
    motifId: row.motif_id,
    occurrenceId: row.id,
    partnerId: row.partner_id,
    title: row.title,
    siteId: row.site_id,
    roomId: row.room_id,
    mode: row.mode,
    during: { start: row.starts_at, end: row.ends_at },
    counters: row.counters,
  }));
}

export interface QueueRow {
  isClosed: boolean;
  people: InQueue[];
}

/** The queues of these dates, by date: how many and how long, never who. */
export async function queuesOf(
  tx: Transaction,
  occurrenceIds: readonly string[],
): Promise<ReadonlyMap<string, QueueRow>> {
  const rows = await tx.query<{
    occurrence_id: string;
    is_closed: boolean;
    people: [urgent: boolean, minutes: number | null, receivedAt: number | null][];
  }>('select * from queues_of($1)', [[...new Set(occurrenceIds)]]);
  return new Map(
    rows.map((row) => [
      row.occurrence_id,
      {
        isClosed: row.is_closed,
        people: row.people.map(([urgent, minutes, receivedAt]) => ({
          urgent,
          minutes,
          receivedAt: receivedAt === null ? null : (Math.round(receivedAt) as Instant),
        })),
      },
    ]),
  );
}
