import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso } from '@app/time';
import type { PlannedPermanence } from './permanence';
import type { Share } from './sharing';
import type { Placed } from './stored-dates.query';

export interface Stranded {
  /** Null when the viewer may not know whose. */
  id: string | null;
  startsAt: Instant;
}

/** A date and the permanence it belongs to. */
interface DateOf {
  id: string;
  permanence: PlannedPermanence;
}

/**
 * Opens what these dates could not have, and settles what no longer stands in their way.
 * @returns how many were opened, by permanence
 */
export async function openConflicts(
  tx: Transaction,
  placed: readonly Placed[],
  cancelled: readonly DateOf[],
  shares: ReadonlyMap<string, Share>,
): Promise<Map<string, number>> {
  const refused = placed.flatMap(
    ({ id, wanted, permanence: { id: permanenceId, partnerId: partner_id, confidential } }) => {
      const given = shares.get(id);
      if (!given) return [];
      const of = { permanenceId, partner_id, confidential, occurrence_id: id };
      const room = given.hasRoom ? [] : [{ ...of, kind: 'room-taken', wanted_id: wanted.roomId }];
      return [...room, ...given.absentAgents.map((agentId) => ({ ...of, kind: 'agent-taken', wanted_id: agentId }))];
    },
  );
  const touched = [...placed, ...cancelled];
  const lacking = JSON.stringify(refused.map(({ permanenceId: _, ...one }) => one));
  await tx.query(
    `update conflict c set confidential = d.confidential,
       settled_at = case when c.kind = 'appointment-stranded' or exists (
         select from jsonb_to_recordset($2::jsonb) as n(kind text, occurrence_id uuid, wanted_id uuid)
         where n.kind = c.kind and n.occurrence_id = c.occurrence_id and n.wanted_id = c.wanted_id) then null else $3::timestamptz end
     from unnest($4::uuid[], $5::boolean[]) as d(id, confidential)
     where c.space_id = $1 and c.occurrence_id = d.id and c.settled_at is null
       and (c.kind <> 'appointment-stranded' or not c.confidential)`,
    [
      tx.context.spaceId,
      lacking,
      instantToIso(tx.now),
      touched.map(({ id }) => id),
      touched.map(({ permanence }) => permanence.confidential),
    ],
  );
  const opened = new Map<string, number>();
  if (!refused.length) return opened;
  const rows = await tx.query<{ occurrence_id: string }>(
    `insert into conflict (space_id, partner_id, confidential, kind, occurrence_id, wanted_id, opened_at)
     select $1, n.partner_id, n.confidential, n.kind, n.occurrence_id, n.wanted_id, $3
     from jsonb_to_recordset($2::jsonb) as n(partner_id uuid, confidential boolean, kind text, occurrence_id uuid, wanted_id uuid)
     on conflict do nothing returning occurrence_id`,
    [tx.context.spaceId, lacking, instantToIso(tx.now)],
  );
  const permanenceOf = new Map(refused.map((one) => [one.occurrence_id, one.permanenceId]));
  for (const { occurrence_id } of rows) {
    const id = permanenceOf.get(occurrence_id) as string;
    opened.set(id, (opened.get(id) ?? 0) + 1);
  }
  return opened;
}

/** Someone booked outside what is left of a date of that permanence, and whether that is new. */
export interface Stranding {
  permanenceId: string;
  stranded: Stranded;
  newly: boolean;
}

/** Whoever is booked outside what is left of these dates, permanence by permanence. */
export async function strand(tx: Transaction, dates: readonly DateOf[]): Promise<Stranding[]> {
  if (!dates.length) return [];
  const rows = await tx.query<{ permanenceId: string; id: string | null; starts_at: Instant; newly: boolean }>(
    `select p.id as "permanenceId", s.*
     from (select d.permanence_id as id, array_agg(d.id) as dates
           from unnest($1::uuid[], $2::uuid[]) as d(id, permanence_id) group by 1) p
     cross join lateral strand_appointments(p.dates, $3) s`,
    [dates.map(({ id }) => id), dates.map(({ permanence }) => permanence.id), instantToIso(tx.now)],
  );
  return rows.map(({ permanenceId, id, starts_at, newly }) => ({
    permanenceId,
    stranded: { id, startsAt: starts_at },
    newly,
  }));
}

/** How many places given elsewhere lie outside what is left of these dates, by permanence: they are given no more. */
export async function dropGivenSeats(tx: Transaction, dates: readonly DateOf[]): Promise<Map<string, number>> {
  if (!dates.length) return new Map();
  const rows = await tx.query<{ id: string; dropped: number }>(
    'select permanence_id as id, count(*)::int as dropped from drop_given_seats($1::uuid[], $2) group by 1',
    [dates.map(({ id }) => id), instantToIso(tx.now)],
  );
  return new Map(rows.map(({ id, dropped }) => [id, dropped]));
}
