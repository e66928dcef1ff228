import { sightOf, type Viewer } from '@app/accounts';
import type { AppointmentAlone } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso, type Interval, type PlainDate, toLocal } from '@app/time';

/** What is closed: the space when nothing is named. */
interface Closed {
  siteId?: string | null;
  roomId?: string | null;
  partnerId?: string | null;
}

export interface ClosedDays {
  from: string;
  to: string;
}

const EXPECTED = `occurrence_id is null and state in ('planned', 'confirmed', 'arrived')`;

/** The appointments outside any permanence that this agent has at these hours: looked for once her presence is locked. */
export async function aloneWith(tx: Transaction, agentId: string, windows: readonly Interval[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select a.id from appointment a
     where a.space_id = $1 and (a.agent_id = $2 or a.second_agent_id = $2) and a.${EXPECTED} and a.ends_at > $5
       and exists (select from unnest($3::timestamptz[], $4::timestamptz[]) as w(starts_at, ends_at)
                   where a.starts_at < w.ends_at and a.ends_at > w.starts_at)
     order by a.id`,
    [
      tx.context.spaceId,
      agentId,
      windows.map(({ start }) => instantToIso(start)),
      windows.map(({ end }) => instantToIso(end)),
      instantToIso(tx.now),
    ],
  );
  return rows.map(({ id }) => id);
}

/** Those that a closure concerns on these days. */
export async function aloneOn(
  tx: Transaction,
  { siteId = null, roomId = null, partnerId = null }: Closed,
  days: readonly ClosedDays[],
): Promise<string[]> {
  if (!days.length) return [];
  const rows = await tx.query<{ id: string }>(
    `select a.id from appointment a join space s on s.id = a.space_id
     where a.space_id = $1 and a.${EXPECTED} and a.ends_at > $7
       and ($2::uuid is null or a.site_id = $2) and ($3::uuid is null or a.room_id = $3) and ($4::uuid is null or a.partner_id = $4)
       and exists (select from unnest($5::date[], $6::date[]) as d(first_day, last_day)
                   where (a.starts_at at time zone s.zone)::date between d.first_day and d.last_day)
     order by a.id`,
    [
      tx.context.spaceId,
      siteId,
      roomId,
      partnerId,
      days.map(({ from }) => from as PlainDate),
      days.map(({ to }) => to as PlainDate),
      instantToIso(tx.now),
    ],
  );
  return rows.map(({ id }) => id);
}

/** An appointment that can't be kept, and whether the viewer may know of it. */
export interface StrandedAlone extends AppointmentAlone {
  isSeen: boolean;
}

/** Opens what is to settle about these, settles what no longer is; gives those that can't be kept, soonest first. */
export async function strandAlone(tx: Transaction, viewer: Viewer, ids: readonly string[]): Promise<StrandedAlone[]> {
  if (!ids.length) return [];
  const stranded = await tx.query<{ id: string }>('select id from strand_alone($1::uuid[], $2) as id', [
    ids,
    instantToIso(tx.now),
  ]);
  if (!stranded.length) return [];
  const rows = await tx.query<{
    appointmentId: string;
    partnerId: string;
    motifId: string;
    confidential: boolean;
    startsAt: Instant;
    endsAt: Instant;
    name: string | null;
    knownToDesk: boolean;
  }>(
    `select a.id as "appointmentId", a.partner_id as "partnerId", a.motif_id as "motifId", a.confidential, a.starts_at as "startsAt",
       a.ends_at as "endsAt", nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') as name,
       coalesce(u.known_to_desk, false) as "knownToDesk"
     from appointment a left join usager u on u.space_id = a.space_id and u.id = a.usager_id
     where a.space_id = $1 and a.id = any ($2::uuid[]) order by a.starts_at, a.id`,
    [tx.context.spaceId, stranded.map(({ id }) => id)],
  );
  const { zone } = viewer.space;
  return rows.map(({ startsAt, endsAt, name, knownToDesk, confidential, ...row }) => {
    const isOwn = row.partnerId === viewer.partnerId;
    return {
      ...row,
      start: toLocal(startsAt, zone),
      end: toLocal(endsAt, zone),
      name: knownToDesk || isOwn ? name : null,
      isSeen: isOwn || (sightOf(viewer.role) === 'desk' && !confidential),
    };
  });
}

/** As it is shown. */
export function seenAlone(stranded: readonly StrandedAlone[]): AppointmentAlone[] {
  return stranded.filter(({ isSeen }) => isSeen).map(({ isSeen: _, ...one }) => one);
}
