import type { Transaction } from '@app/persistence';

export type ResourceKind = 'room' | 'workstation' | 'presence' | 'time' | 'seat';

/** Makes what can be held exist: for a new room, desk, agent (presence and time), or a rule's seats 1…count. */
export async function ensureResources(
  tx: Transaction,
  wanted: readonly { kind: ResourceKind; ownerId: string; count?: number }[],
): Promise<void> {
  const rows = wanted.flatMap(({ kind, ownerId, count }) => {
    const numbers = kind === 'seat' ? Array.from({ length: count ?? 1 }, (_, index) => index + 1) : [0];
    return numbers.map((number) => ({ kind, ownerId, number }));
  });
  if (!rows.length) return;
  await tx.query(
    `insert into resource (space_id, kind, owner_id, number)
     select $1, w.kind, w.owner_id, w.number from unnest($2::text[], $3::uuid[], $4::smallint[]) as w(kind, owner_id, number)
     on conflict (space_id, kind, owner_id, number) do nothing`,
    [tx.context.spaceId, rows.map((row) => row.kind), rows.map((row) => row.ownerId), rows.map((row) => row.number)],
  );
}

/**
 * Nothing new takes these until the transaction ends, so that what is retired is looked at once and for all.
 * Locked in id order, as every command does.
 */
export async function lockResourcesOf(tx: Transaction, ownerIds: readonly string[]): Promise<void> {
  await tx.query(
    `select id from resource
     where space_id = $1 and owner_id = any ($2::uuid[]) and kind <> 'seat' order by id for no key update`,
    [tx.context.spaceId, ownerIds],
  );
}
