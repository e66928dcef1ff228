import type { ResourceKind } from '@app/directory';
import type { Transaction } from '@app/persistence';

/** A room held whole (with every desk in it), or one desk of it. */
export interface RoomOrDesk {
  roomId: string;
  workstationId: string | null;
}

/**
 * What must be held to hold these rooms: a whole room takes its desks too, a desk only itself. Keyed by `roomKey`;
 * an empty list is a room or desk that does not exist. Retired desks are no longer held.
 */
export async function resourcesOfRooms(tx: Transaction, wanted: readonly RoomOrDesk[]): Promise<Map<string, string[]>> {
  const map = new Map<string, string[]>(wanted.map((one) => [roomKey(one), []]));
  if (!map.size) return map;
  const rows = await tx.query<{ id: string; kind: ResourceKind; room_id: string; owner_id: string }>(
    `select r.id, r.kind, coalesce(w.room_id, r.owner_id) as room_id, r.owner_id
     from resource r
     left join workstation w on r.kind = 'workstation' and w.space_id = r.space_id and w.id = r.owner_id
     where r.space_id = $1
       and ((r.kind = 'room' and r.owner_id = any ($2::uuid[])) or (r.kind = 'workstation' and w.room_id = any ($2::uuid[]) and w.retired_at is null))`,
    [tx.context.spaceId, [...new Set(wanted.map((one) => one.roomId))]],
  );
  for (const row of rows) {
    map.get(row.room_id)?.push(row.id);
    if (row.kind === 'workstation')
      map.get(roomKey({ roomId: row.room_id, workstationId: row.owner_id }))?.push(row.id);
  }
  return map;
}

export function roomKey({ roomId, workstationId }: RoomOrDesk): string {
  return workstationId ? `${roomId}/${workstationId}` : roomId;
}

/** The resource of each owner (agents' presence or time), by owner id. */
export async function resourcesOf(
  tx: Transaction,
  kind: Exclude<ResourceKind, 'seat'>,
  ownerIds: readonly string[],
): Promise<Map<string, string>> {
  if (!ownerIds.length) return new Map();
  const rows = await tx.query<{ id: string; owner_id: string }>(
    'select id, owner_id from resource where space_id = $1 and kind = $2 and owner_id = any ($3::uuid[]) and number = 0',
    [tx.context.spaceId, kind, [...new Set(ownerIds)]],
  );
  return new Map(rows.map((row) => [row.owner_id, row.id]));
}
