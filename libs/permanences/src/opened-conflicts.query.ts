import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso } from '@app/time';
import type { StoredDate } from './difference';
import type { PlannedPermanence } from './permanence';
import type { Share } from './sharing';
import type { Placed } from './stored-dates.query';

export interface Stranded {
  /** Null when the viewer may not know whose. */
  id: string | null;
  startsAt: Instant;
}

/** Opens what these dates could not have, and settles what no longer stands in their way. Gives how many were opened. */
export async function openConflicts(
  tx: Transaction,
  { partnerId, confidential }: PlannedPermanence,
  placed: Placed[],
  cancelled: readonly StoredDate[],
  shares: ReadonlyMap<string, Share>,
): Promise<number> {
  const refused = placed.flatMap(({ id, wanted }) => {
    const given = shares.get(id);
    if (!given) return [];
    const room = given.hasRoom ? [] : [{ kind: 'room-taken', occurrence_id: id, wanted_id: wanted.roomId }];
    return [
      ...room,
      ...given.absentAgents.map((agentId) => ({ kind: 'agent-taken', occurrence_id: id, wanted_id: agentId })),
    ];
  });
  const parameters = [
    tx.context.spaceId,
    JSON.stringify(refused),
    instantToIso(tx.now),
    confidential,
    [...placed, ...cancelled].map(({ id }) => id),
  ];
  await tx.query(
    `update conflict c set confidential = $4,
       settled_at = case when c.kind = 'appointment-stranded' or exists (
         select from jsonb_to_recordset($2::jsonb) as n(kind text, occurrence_id uuid, wanted_id uuid)
         where n.kind = c.kind and n.occurrence_id = c.occurrence_id and n.wanted_id = c.wanted_id) then null else $3::timestamptz end
     where c.space_id = $1 and c.occurrence_id = any ($5::uuid[]) and c.settled_at is null
       and (c.kind <> 'appointment-stranded' or not c.confidential)`,
    parameters,
  );
  if (!refused.length) return 0;
  const opened = await tx.query(
    `insert into conflict (space_id, partner_id, confidential, kind, occurrence_id, wanted_id, opened_at)
     select $1, $6, $4, n.kind, n.occurrence_id, n.wanted_id, $3
     from jsonb_to_recordset($2::jsonb) as n(kind text, occurrence_id uuid, wanted_id uuid)
     where n.occurrence_id = any ($5::uuid[])
     on conflict do nothing returning id`,
    [...parameters, partnerId],
  );
  return opened.length;
}

/** Whoever is booked outside what is left of these dates. */
export async function strand(tx: Transaction, ids: string[]): Promise<{ stranded: Stranded[]; newly: number }> {
  if (!ids.length) return { stranded: [], newly: 0 };
  const rows = await tx.query<{ id: string | null; starts_at: Instant; newly: boolean }>(
    'select * from strand_appointments($1::uuid[], $2)',
    [ids, instantToIso(tx.now)],
  );
  return {
    stranded: rows.map(({ id, starts_at }) => ({ id, startsAt: starts_at })),
    newly: rows.filter(({ newly }) => newly).length,
  };
}
