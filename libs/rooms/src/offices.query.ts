import type { Transaction } from '@app/persistence';
import { type Instant, type Interval, instantToIso } from '@app/time';
import type { OfficeOfOthers } from './office';

/**
 * Of these rooms at these hours, those that are someone else's office, by their place in the list. One that is not in the
 * answer is nobody's, or this partner's own. Asked under the rooms' locks by whoever is about to take one.
 * `partnerId`: for whom; null is the place itself, which is no resident.
 */
export async function officesOfOthers(
  tx: Transaction,
  asked: readonly { roomId: string; during: Interval; partnerId: string | null }[],
): Promise<Map<number, OfficeOfOthers>> {
  if (!asked.length) return new Map();
  const rows = await tx.query<OfficeOfOthers & { nth: number }>(
    `select f.nth::int, f.resident as "residentId", p.short_name as resident, f.lent
     from offices_of_others($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::uuid[]) f
     join partner p on p.space_id = $1 and p.id = f.resident`,
    [
      tx.context.spaceId,
      asked.map(({ roomId }) => roomId),
      asked.map(({ during }) => instantToIso(during.start)),
      asked.map(({ during }) => instantToIso(during.end)),
      asked.map(({ partnerId }) => partnerId),
    ],
  );
  return new Map(rows.map(({ nth, residentId, resident, lent }) => [nth - 1, { residentId, resident, lent }]));
}

/** As `officesOfOthers`, of several rooms at the same hours, by room id. */
export async function officesOfOthersAt(
  tx: Transaction,
  roomIds: readonly string[],
  during: Interval,
  partnerId: string | null,
): Promise<Map<string, OfficeOfOthers>> {
  const ids = [...new Set(roomIds)];
  const found = await officesOfOthers(
    tx,
    ids.map((roomId) => ({ roomId, during, partnerId })),
  );
  return new Map([...found].map(([nth, office]) => [ids[nth] as string, office]));
}

/** Every resource of these rooms, their desks' included: what is locked before lending changes. */
export async function resourcesOfOffices(tx: Transaction, roomIds: readonly string[]): Promise<string[]> {
  if (!roomIds.length) return [];
  const rows = await tx.query<{ id: string }>(
    'select distinct r.id from unnest($1::uuid[]) as room(id) cross join lateral resources_of_room(room.id) as r(id)',
    [roomIds],
  );
  return rows.map(({ id }) => id);
}

/**
 * After an office stopped being lent: whoever borrowed it within these hours keeps it, and its resident has something to settle.
 * @returns how many such conflicts were opened
 */
export async function recallOffices(
  tx: Transaction,
  roomIds: readonly string[],
  { start, end }: { start: Instant; end: Instant },
): Promise<number> {
  if (!roomIds.length) return 0;
  const [row] = await tx.query<{ opened: number }>('select recall_offices($1::uuid[], $2, $3, $4)::int as opened', [
    roomIds,
    instantToIso(start),
    instantToIso(end),
    instantToIso(tx.now),
  ]);
  return row?.opened ?? 0;
}

/**
 * What is owed to absences and borrowed offices once dates or bookings changed: a date left alone is opened as a conflict and lets
 * go of its own office; an office given back is settled. @returns how many conflicts were opened, by permanence
 */
export async function heedAbsences(
  tx: Transaction,
  occurrences: readonly { id: string }[] = [],
): Promise<Map<string, number>> {
  const rows = await tx.query<{ permanenceId: string; opened: number }>(
    'select permanence_id as "permanenceId", opened::int from heed_absences($1::uuid[], $2)',
    [occurrences.map(({ id }) => id), instantToIso(tx.now)],
  );
  return new Map(rows.map(({ permanenceId, opened }) => [permanenceId, opened]));
}
