import { type Interval, type Instant, instantToIso } from '@app/time';
import type { Transaction } from '@app/persistence';

/**
 * The one table that decides who holds what, when. A command that takes or leaves anything does, in this order:
 * 1. `lockResources` over everything it leaves or takes (in id order, so that two commands never wait for each other);
 * 2. `takenDuring`, to explain a refusal while nothing is written yet;
 * 3. `release`, then `claim`. The exclusion constraint has the last word.
 */

export type HolderKind = 'occurrence' | 'appointment' | 'room-booking' | 'seat-given' | 'hold';

export interface Holder {
  kind: HolderKind;
  id: string;
  partnerId: string | null;
  confidential: boolean;
}

export interface Wanted {
  resourceId: string;
  during: Interval;
  /** A hold that is gone at this instant unless confirmed. */
  expiresAt?: Instant;
}

/** A stretch during which a resource is held. `publishedName` is null unless a published permanence holds it: then it is "pris". */
export interface Taken {
  resourceId: string;
  during: Interval;
  publishedName: string | null;
  /** Null when the viewer may not know the holder. */
  heldBy: string | null;
}

/**
 * Locks in id order, then forgets the holds among them that ran out.
 * @throws on unknown ids, and when a locked room got a desk since it was read that is not among the ids: a rare accident
 * (someone is furnishing the room at this very moment), and trying again is right.
 */
export async function lockResources(tx: Transaction, resourceIds: readonly string[]): Promise<void> {
  const ids = [...new Set(resourceIds)];
  if (!ids.length) return;
  const locked = await tx.prepared(
    'claims.lock',
    // NO KEY: the foreign-key check of a claim being inserted elsewhere must not wait for us.
    'select id from resource where space_id = $1 and id = any ($2::uuid[]) order by id for no key update',
    [tx.context.spaceId, ids],
  );
  if (locked.length !== ids.length) throw new Error(`unknown resource among ${ids.length} wanted`);
  const [furnished] = await tx.prepared<{ a_desk_more: boolean }>(
    'claims.clear',
    `select clear_expired_claims($1::uuid[], $2), exists (
       select from resource r
       join workstation w on w.space_id = r.space_id and w.room_id = r.owner_id and w.retired_at is null
       join resource d on d.space_id = w.space_id and d.kind = 'workstation' and d.owner_id = w.id
       where r.space_id = $3 and r.id = any ($1::uuid[]) and r.kind = 'room' and d.id <> all ($1::uuid[])) as a_desk_more`,
    [ids, instantToIso(tx.now), tx.context.spaceId],
  );
  if (furnished?.a_desk_more) throw new Error('a room was locked without all of its desks');
}

/** Every claim on these resources that touches the window, whoever's it is, told no more than the viewer may know. */
export async function takenDuring(tx: Transaction, resourceIds: readonly string[], window: Interval): Promise<Taken[]> {
  if (!resourceIds.length) return [];
  const rows = await tx.prepared<{
    resource_id: string;
    starts_at: Instant;
    ends_at: Instant;
    published_name: string | null;
    held_by: string | null;
  }>('claims.taken', 'select * from taken($1::uuid[], $2, $3, $4) order by starts_at', [
    [...new Set(resourceIds)],
    instantToIso(window.start),
    instantToIso(window.end),
    instantToIso(tx.now),
  ]);
  return rows.map((row) => ({
    resourceId: row.resource_id,
    during: { start: row.starts_at, end: row.ends_at },
    publishedName: row.published_name,
    heldBy: row.held_by,
  }));
}

/** As `takenDuring`, for several windows at once: what touches the n-th window is the n-th list. */
export async function takenDuringEach(
  tx: Transaction,
  resourceIds: readonly string[],
  windows: readonly Interval[],
): Promise<Taken[][]> {
  const lists: Taken[][] = windows.map(() => []);
  if (!resourceIds.length || !windows.length) return lists;
  const rows = await tx.query<{
    nth: number;
    resource_id: string;
    starts_at: Instant;
    ends_at: Instant;
    published_name: string | null;
    held_by: string | null;
  }>(
    `select w.nth, t.*
     from unnest($2::timestamptz[], $3::timestamptz[]) with ordinality as w(window_start, window_end, nth)
     cross join lateral taken($1::uuid[], w.window_start, w.window_end, $4) t
     order by w.nth, t.starts_at`,
    [
      [...new Set(resourceIds)],
      windows.map(({ start }) => instantToIso(start)),
      windows.map(({ end }) => instantToIso(end)),
      instantToIso(tx.now),
    ],
  );
  for (const row of rows) {
    lists[row.nth - 1]?.push({
      resourceId: row.resource_id,
      during: { start: row.starts_at, end: row.ends_at },
      publishedName: row.published_name,
      heldBy: row.held_by,
    });
  }
  return lists;
}

/** Takes all of it or nothing. @throws 23P01 (`isClaimTaken`) when something else holds a part of it. */
export async function claim(tx: Transaction, holder: Holder, wanted: readonly Wanted[]): Promise<void> {
  if (!wanted.length) return;
  await tx.query(
    `insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id, confidential, expires_at)
     select $1, w.resource_id, tstzrange(w.starts_at, w.ends_at), $2, $3, $4, $5, w.expires_at
     from unnest($6::uuid[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[]) as w(resource_id, starts_at, ends_at, expires_at)`,
    [
      tx.context.spaceId,
      holder.kind,
      holder.id,
      holder.partnerId,
      holder.confidential,
      wanted.map((one) => one.resourceId),
      wanted.map((one) => instantToIso(one.during.start)),
      wanted.map((one) => instantToIso(one.during.end)),
      wanted.map((one) => (one.expiresAt === undefined ? null : instantToIso(one.expiresAt))),
    ],
  );
}

/** As `claim`, for many holders in one statement: all of it or nothing. @throws 23P01 */
export async function claimForEach(
  tx: Transaction,
  claims: readonly { holder: Holder; wanted: Wanted }[],
): Promise<void> {
  if (!claims.length) return;
  await tx.query(
    `insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id, confidential, expires_at)
     select $1, c.resource_id, tstzrange(c.starts_at, c.ends_at), c.kind, c.holder_id, c.partner_id, c.confidential, c.expires_at
     from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::uuid[], $7::uuid[], $8::boolean[], $9::timestamptz[])
       as c(resource_id, starts_at, ends_at, kind, holder_id, partner_id, confidential, expires_at)`,
    [
      tx.context.spaceId,
      claims.map(({ wanted }) => wanted.resourceId),
      claims.map(({ wanted }) => instantToIso(wanted.during.start)),
      claims.map(({ wanted }) => instantToIso(wanted.during.end)),
      claims.map(({ holder }) => holder.kind),
      claims.map(({ holder }) => holder.id),
      claims.map(({ holder }) => holder.partnerId),
      claims.map(({ holder }) => holder.confidential),
      claims.map(({ wanted }) => (wanted.expiresAt === undefined ? null : instantToIso(wanted.expiresAt))),
    ],
  );
}

/** What was held until now. */
export interface Released {
  resourceId: string;
  during: Interval;
  heldBy: string;
}

/** Lets go of everything these holders hold. */
export async function release(tx: Transaction, holderIds: readonly string[]): Promise<Released[]> {
  if (!holderIds.length) return [];
  const rows = await tx.query<{ resource_id: string; starts_at: Instant; ends_at: Instant; held_by_id: string }>(
    `delete from claim where space_id = $1 and held_by_id = any ($2::uuid[])
     returning resource_id, lower(during) as starts_at, upper(during) as ends_at, held_by_id`,
    [tx.context.spaceId, holderIds],
  );
  return rows.map(({ resource_id, starts_at, ends_at, held_by_id }) => ({
    resourceId: resource_id,
    during: { start: starts_at, end: ends_at },
    heldBy: held_by_id,
  }));
}

/** The resources these holders hold now, so that a move can lock what it leaves together with what it takes. */
export async function heldResources(tx: Transaction, holderIds: readonly string[]): Promise<string[]> {
  if (!holderIds.length) return [];
  const rows = await tx.query<{ resource_id: string }>(
    'select distinct resource_id from claim where space_id = $1 and held_by_id = any ($2::uuid[])',
    [tx.context.spaceId, holderIds],
  );
  return rows.map((row) => row.resource_id);
}
