import { randomUUID } from 'node:crypto';
import type { Transaction } from '@app/persistence';
import {
  claimForEach,
  heldResources,
  lockResources,
  release,
  resourcesOf,
  resourcesOfRooms,
  roomKey,
  takenDuring,
} from '@app/rooms';
import {
  dateAt,
  dateOf,
  type Instant,
  type Interval,
  instantToIso,
  type LocalDateTime,
  localDateTime,
  type PlainDate,
  plainTime,
} from '@app/time';
import { datesOf } from './dates';
import { type Difference, difference, type StoredDate } from './difference';
import { horizonOf } from './horizon';
import { keepHorizon } from './permanence.query';
import type { Place, PlannedPermanence, WantedDate } from './permanence';
import { type Ask, type Share, share } from './sharing';

const MIDNIGHT = plainTime('00:00');

export interface Stranded {
  /** Null when the viewer may not know whose. */
  id: string | null;
  startsAt: Instant;
}

/** What a layout did. Dates that were already right are `kept` and not touched. */
export interface LaidOut {
  inserted: number;
  kept: number;
  removed: number;
  changed: number;
  /** Conflicts opened, appointments left outside a date among them. */
  conflicts: number;
  stranded: Stranded[];
  /** The local days and sites whose board changed. */
  touched: { siteId: string; day: PlainDate }[];
}

/** A date with the id it is (or will be) stored under. */
interface Placed {
  id: string;
  wanted: WantedDate;
}

/**
 * Makes the stored dates of a locked permanence what its rules, exceptions and calendars say, 18 months ahead, in a constant
 * number of statements. What began is never touched; what is right is not either. A date whose room or agent is taken is
 * kept without it, and a conflict is opened; nobody booked is dropped.
 * @param thawed key of a date changed by hand, which may be under way
 */
export async function layOutPermanence(
  tx: Transaction,
  permanence: PlannedPermanence,
  place: Place,
  thawed?: string,
): Promise<LaidOut> {
  const today = dateAt(tx.now, place.zone);
  const until = later(horizonOf(today), permanence.laidOutUntil);
  const stored = await lockDates(tx, permanence.id, localDateTime(today, MIDNIGHT));
  const earliest = stored.reduce(
    (first, { originalStart }) => earlier(first, originalStart),
    firstOriginal(permanence, today),
  );
  const wanted = datesOf(permanence, place, { from: earliest, to: localDateTime(until, MIDNIGHT) });
  const laidOut = await apply(tx, permanence, difference(stored, wanted, permanence, tx.now, thawed), place.zone);
  await keepHorizon(tx, [permanence.id], until);
  return laidOut;
}

/** Adds the dates of a locked permanence between its horizon and a later one; those laid out before are not looked at. */
export async function extendPermanence(
  tx: Transaction,
  permanence: PlannedPermanence,
  place: Place,
  until: PlainDate,
): Promise<LaidOut> {
  const from = localDateTime(permanence.laidOutUntil ?? dateAt(tx.now, place.zone), MIDNIGHT);
  const wanted = datesOf(permanence, place, { from, to: localDateTime(until, MIDNIGHT) });
  const laidOut = await apply(tx, permanence, difference([], wanted, permanence, tx.now), place.zone);
  await keepHorizon(tx, [permanence.id], until);
  return laidOut;
}

/** A date put off by hand may lie ahead though its rule had it in the past. */
function firstOriginal({ exceptions }: PlannedPermanence, today: PlainDate): LocalDateTime {
  return exceptions
    .filter(({ date }) => date !== null && date >= today)
    .reduce((first, { originalStart }) => earlier(first, originalStart), localDateTime(today, MIDNIGHT));
}

/** The dates that may still change, locked in id order: whoever books inside one waits, or has already been counted. */
async function lockDates(tx: Transaction, permanenceId: string, midnight: LocalDateTime): Promise<StoredDate[]> {
  const { spaceId } = tx.context;
  const locked = await tx.query<{ id: string }>(
    `select id from occurrence
     where space_id = $1 and permanence_id = $2 and (starts_at > $3 or ends_at > $3 or original_start >= $4::timestamp)
     order by id for update`,
    [spaceId, permanenceId, instantToIso(tx.now), midnight],
  );
  if (!locked.length) return [];
  return tx.query<StoredDate>(
    `select o.id, o.rule_id as "ruleId", o.original_start as "originalStart", o.starts_at as "startsAt", o.ends_at as "endsAt",
       o.site_id as "siteId", o.room_id as "roomId", o.workstation_id as "workstationId", o.mode, o.seats, o.state, o.cause,
       o.visibility, o.confidential, coalesce(a.ever, 0)::int as appointments,
       array(select oa.agent_id::text from occurrence_agent oa where oa.space_id = o.space_id and oa.occurrence_id = o.id order by 1) as "agentIds",
       (select jsonb_build_object('roomId', c.wanted_id, 'open', c.settled_at is null) from conflict c
        where c.space_id = o.space_id and c.occurrence_id = o.id and c.kind = 'room-taken'
        order by c.settled_at desc nulls first limit 1) as "refusedRoom"
     from occurrence o left join appointments_on($2::uuid[]) a on a.occurrence_id = o.id
     where o.space_id = $1 and o.id = any ($2::uuid[])`,
    [spaceId, locked.map(({ id }) => id)],
  );
}

async function apply(
  tx: Transaction,
  permanence: PlannedPermanence,
  found: Difference,
  zone: string,
): Promise<LaidOut> {
  const inserted = found.insert.map((wanted): Placed => ({ id: randomUUID(), wanted }));
  const updated = found.update.map(({ stored, wanted }): Placed => ({ id: stored.id, wanted }));
  const removed = [...found.remove, ...found.cancel];
  const left = [...found.update.map(({ stored }) => stored), ...removed];
  const report: LaidOut = {
    inserted: inserted.length,
    kept: [...found.kept, ...updated.map(({ wanted }) => wanted)].filter(({ startsAt }) => startsAt > tx.now).length,
    removed: removed.length,
    changed: updated.length,
    conflicts: 0,
    stranded: [],
    touched: daysTouched(
      [...left, ...inserted.map(({ wanted }) => wanted), ...updated.map(({ wanted }) => wanted)],
      zone,
    ),
  };
  if (!inserted.length && !left.length) return report;
  const shares = await takeOver(
    tx,
    permanence,
    [...updated, ...inserted],
    left.map(({ id }) => id),
  );
  await deleteDates(
    tx,
    found.remove.map(({ id }) => id),
  );
  await cancelDates(
    tx,
    found.cancel.map(({ id }) => id),
  );
  await updateDates(tx, permanence, updated, shares);
  if (found.update.some(({ stored }) => stored.confidential !== permanence.confidential)) {
    await spreadConfidentiality(
      tx,
      updated.map(({ id }) => id),
    );
  }
  await insertDates(tx, permanence, inserted, shares);
  await giveAgents(tx, updated, inserted);
  await claimShares(tx, permanence, [...updated, ...inserted], shares);
  const opened = await openConflicts(tx, permanence, [...updated, ...inserted], found.cancel, shares);
  const { stranded, newly } = await strand(
    tx,
    [...updated, ...found.cancel].map(({ id }) => id),
  );
  return { ...report, conflicts: opened + newly, stranded };
}

/** Locks all that is left or wanted, lets go of the old, and sees what each date can have. Nothing is claimed yet. */
async function takeOver(
  tx: Transaction,
  permanence: PlannedPermanence,
  placed: Placed[],
  leftIds: string[],
): Promise<Map<string, Share>> {
  const held = placed.filter(({ wanted }) => wanted.state === 'held');
  const rooms = await resourcesOfRooms(
    tx,
    held.flatMap(({ wanted }) => roomOf(wanted) ?? []),
  );
  const presences = await resourcesOf(
    tx,
    'presence',
    held.flatMap(({ wanted }) => wanted.agentIds),
  );
  const asks = held.map(({ id, wanted }): Ask => {
    const room = roomOf(wanted);
    return {
      id,
      during: { start: wanted.startsAt, end: wanted.endsAt },
      room: room ? (rooms.get(roomKey(room)) ?? []) : [],
      presences: wanted.agentIds.map((agentId) => ({
        agentId,
        resourceId: known(presences.get(agentId), permanence.id),
      })),
    };
  });
  const resources = asks.flatMap(({ room, presences: agents }) => [
    ...room,
    ...agents.map(({ resourceId }) => resourceId),
  ]);
  await lockResources(tx, [...resources, ...(await heldResources(tx, leftIds))]);
  await release(tx, leftIds);
  const taken = new Map<string, Interval[]>();
  if (asks.length) {
    const window = {
      start: min(asks.map(({ during }) => during.start)),
      end: max(asks.map(({ during }) => during.end)),
    };
    for (const { resourceId, during } of await takenDuring(tx, resources, window)) {
      const stretches = taken.get(resourceId);
      if (stretches) stretches.push(during);
      else taken.set(resourceId, [during]);
    }
  }
  // First come, first served, by the hour they begin.
  asks.sort((a, b) => a.during.start - b.during.start);
  return new Map(share(asks, taken).map((one) => [one.id, one]));
}

function roomOf({ roomId, workstationId }: WantedDate) {
  return roomId ? { roomId, workstationId } : null;
}

function known(resourceId: string | undefined, permanenceId: string): string {
  if (!resourceId) throw new Error(`an agent of permanence ${permanenceId} has no presence to hold`);
  return resourceId;
}

async function deleteDates(tx: Transaction, ids: string[]): Promise<void> {
  if (!ids.length) return;
  await tx.query('delete from occurrence where space_id = $1 and id = any ($2::uuid[])', [tx.context.spaceId, ids]);
}

async function cancelDates(tx: Transaction, ids: string[]): Promise<void> {
  if (!ids.length) return;
  await tx.query(
    `update occurrence set state = 'cancelled', cause = 'n’a plus lieu', room_id = null, workstation_id = null
     where space_id = $1 and id = any ($2::uuid[])`,
    [tx.context.spaceId, ids],
  );
}

const COLUMNS = `id uuid, rule_id uuid, original_start timestamp, starts_at timestamptz, ends_at timestamptz, site_id uuid,
  room_id uuid, workstation_id uuid, mode text, seats smallint, state text, cause text`;

function rowsOf(placed: Placed[], shares: ReadonlyMap<string, Share>): string {
  return JSON.stringify(
    placed.map(({ id, wanted }) => {
      // Only what is held has a room: a date that is skipped leaves it to others.
      const hasRoom = shares.get(id)?.hasRoom ?? false;
      return {
        id,
        rule_id: wanted.ruleId,
        original_start: wanted.originalStart,
        starts_at: instantToIso(wanted.startsAt),
        ends_at: instantToIso(wanted.endsAt),
        site_id: wanted.siteId,
        room_id: hasRoom ? wanted.roomId : null,
        workstation_id: hasRoom ? wanted.workstationId : null,
        mode: wanted.mode,
        seats: wanted.seats,
        state: wanted.state,
        cause: wanted.cause,
      };
    }),
  );
}

async function insertDates(
  tx: Transaction,
  permanence: PlannedPermanence,
  placed: Placed[],
  shares: ReadonlyMap<string, Share>,
) {
  if (!placed.length) return;
  await tx.query(
    `insert into occurrence (space_id, permanence_id, partner_id, visibility, confidential, id, rule_id, original_start, starts_at,
       ends_at, site_id, room_id, workstation_id, mode, seats, state, cause)
     select $1, $2, $3, $4, $5, n.* from jsonb_to_recordset($6::jsonb) as n(${COLUMNS})`,
    [
      tx.context.spaceId,
      permanence.id,
      permanence.partnerId,
      permanence.visibility,
      permanence.confidential,
      rowsOf(placed, shares),
    ],
  );
}

async function updateDates(
  tx: Transaction,
  permanence: PlannedPermanence,
  placed: Placed[],
  shares: ReadonlyMap<string, Share>,
) {
  if (!placed.length) return;
  await tx.query(
    `update occurrence o set visibility = $2, confidential = $3, original_start = n.original_start, starts_at = n.starts_at,
       ends_at = n.ends_at, site_id = n.site_id, room_id = n.room_id, workstation_id = n.workstation_id, mode = n.mode,
       seats = n.seats, state = n.state, cause = n.cause
     from jsonb_to_recordset($4::jsonb) as n(${COLUMNS})
     where o.space_id = $1 and o.id = n.id`,
    [tx.context.spaceId, permanence.visibility, permanence.confidential, rowsOf(placed, shares)],
  );
}

/** What hangs on a date is as confidential as the date, or as its own motif. */
async function spreadConfidentiality(tx: Transaction, ids: string[]): Promise<void> {
  await tx.query(
    `with changed as (
       update appointment a set confidential = o.confidential or m.confidential from occurrence o, motif m
       where a.space_id = $1 and a.occurrence_id = any ($2::uuid[]) and o.space_id = a.space_id and o.id = a.occurrence_id
         and m.space_id = a.space_id and m.id = a.motif_id and a.confidential <> (o.confidential or m.confidential)
       returning a.id, a.confidential
     ), claims as (
       update claim c set confidential = changed.confidential from changed where c.space_id = $1 and c.held_by_id = changed.id
     ), messages as (
       update message s set confidential = changed.confidential from changed, reminder r
       where r.space_id = $1 and r.appointment_id = changed.id and s.space_id = $1 and s.id = r.id
     )
     update reminder r set confidential = changed.confidential from changed where r.space_id = $1 and r.appointment_id = changed.id`,
    [tx.context.spaceId, ids],
  );
}

async function giveAgents(tx: Transaction, updated: Placed[], inserted: Placed[]): Promise<void> {
  const { spaceId } = tx.context;
  if (updated.length) {
    await tx.query('delete from occurrence_agent where space_id = $1 and occurrence_id = any ($2::uuid[])', [
      spaceId,
      updated.map(({ id }) => id),
    ]);
  }
  const pairs = [...updated, ...inserted].flatMap(({ id, wanted }) =>
    wanted.agentIds.map((agentId) => ({ id, agentId })),
  );
  if (!pairs.length) return;
  await tx.query(
    `insert into occurrence_agent (space_id, occurrence_id, agent_id)
     select $1, n.occurrence_id, n.agent_id from unnest($2::uuid[], $3::uuid[]) as n(occurrence_id, agent_id)`,
    [spaceId, pairs.map(({ id }) => id), pairs.map(({ agentId }) => agentId)],
  );
}

async function claimShares(
  tx: Transaction,
  permanence: PlannedPermanence,
  placed: Placed[],
  shares: ReadonlyMap<string, Share>,
) {
  const { partnerId, confidential } = permanence;
  await claimForEach(
    tx,
    placed.flatMap(({ id, wanted }) =>
      (shares.get(id)?.resources ?? []).map((resourceId) => ({
        holder: { kind: 'occurrence' as const, id, partnerId, confidential },
        wanted: { resourceId, during: { start: wanted.startsAt, end: wanted.endsAt } },
      })),
    ),
  );
}

/** Opens what these dates could not have, and settles what no longer stands in their way. Gives how many were opened. */
async function openConflicts(
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
async function strand(tx: Transaction, ids: string[]): Promise<{ stranded: Stranded[]; newly: number }> {
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

function daysTouched(dates: readonly { siteId: string; startsAt: Instant }[], zone: string): LaidOut['touched'] {
  const touched = new Map<string, { siteId: string; day: PlainDate }>();
  for (const { siteId, startsAt } of dates) {
    const day = dateAt(startsAt, zone);
    touched.set(`${siteId} ${day}`, { siteId, day });
  }
  return [...touched.values()];
}

/** Midnight of the earlier of two days. */
const earlier = (a: LocalDateTime, b: LocalDateTime): LocalDateTime => localDateTime(dateOf(a < b ? a : b), MIDNIGHT);
const later = (a: PlainDate, b: PlainDate | null): PlainDate => (b && b > a ? b : a);
const min = (instants: readonly Instant[]): Instant => instants.reduce((a, b) => (a < b ? a : b));
const max = (instants: readonly Instant[]): Instant => instants.reduce((a, b) => (a > b ? a : b));
