import type { Transaction } from '@app/persistence';
import { instantToIso, type LocalDateTime } from '@app/time';
import type { StoredDate } from './difference';
import type { PlannedPermanence, WantedDate } from './permanence';
import type { Share } from './sharing';

/** A date with the id it is (or will be) stored under. */
export interface Placed {
  id: string;
  wanted: WantedDate;
  permanence: PlannedPermanence;
}

/** The dates of a permanence that may still change, locked in id order: whoever books inside one waits, or has already been counted. */
export async function lockDates(tx: Transaction, permanenceId: string, midnight: LocalDateTime): Promise<StoredDate[]> {
  return (await lockDatesOf(tx, [permanenceId], midnight)).get(permanenceId) ?? [];
}

/** As `lockDates`, of several permanences at once, by the permanence's id. */
export async function lockDatesOf(
  tx: Transaction,
  permanenceIds: readonly string[],
  midnight: LocalDateTime,
): Promise<Map<string, StoredDate[]>> {
  const { spaceId } = tx.context;
  const dates = new Map<string, StoredDate[]>();
  const locked = await tx.query<{ id: string }>(
    `select id from occurrence
     where space_id = $1 and permanence_id = any ($2::uuid[]) and (starts_at > $3 or ends_at > $3 or original_start >= $4::timestamp)
     order by id for update`,
    [spaceId, permanenceIds, instantToIso(tx.now), midnight],
  );
  if (!locked.length) return dates;
  const rows = await tx.query<StoredDate & { permanenceId: string }>(
    `select o.permanence_id as "permanenceId", o.id, o.rule_id as "ruleId", o.original_start as "originalStart", o.starts_at as "startsAt", o.ends_at as "endsAt",
       o.site_id as "siteId", o.room_id as "roomId", o.workstation_id as "workstationId", o.mode, o.seats, o.state, o.cause,
       o.unverified, o.visibility, o.confidential, coalesce(a.ever, 0)::int as appointments,
       array(select oa.agent_id::text from occurrence_agent oa where oa.space_id = o.space_id and oa.occurrence_id = o.id order by 1) as "agentIds",
       (select jsonb_build_object('roomId', c.wanted_id, 'open', c.settled_at is null) from conflict c
        where c.space_id = o.space_id and c.occurrence_id = o.id and c.kind = 'room-taken'
        order by c.settled_at desc nulls first limit 1) as "refusedRoom"
     from occurrence o left join appointments_on($2::uuid[]) a on a.occurrence_id = o.id
     where o.space_id = $1 and o.id = any ($2::uuid[])`,
    [spaceId, locked.map(({ id }) => id)],
  );
  for (const { permanenceId, ...date } of rows) {
    const own = dates.get(permanenceId);
    if (own) own.push(date);
    else dates.set(permanenceId, [date]);
  }
  return dates;
}

export async function deleteDates(tx: Transaction, ids: string[]): Promise<void> {
  if (!ids.length) return;
  await tx.query('delete from occurrence where space_id = $1 and id = any ($2::uuid[])', [tx.context.spaceId, ids]);
}

export async function cancelDates(tx: Transaction, ids: string[]): Promise<void> {
  if (!ids.length) return;
  await tx.query(
    `update occurrence set state = 'cancelled', cause = 'n’a plus lieu', room_id = null, workstation_id = null
     where space_id = $1 and id = any ($2::uuid[])`,
    [tx.context.spaceId, ids],
  );
}

interface Row extends Placed {
  hasRoom: boolean;
}

/** What a layout writes of a date, column by column: its type, and where it comes from. */
const COLUMNS: Record<string, [type: string, of: (row: Row) => unknown]> = {
  id: ['uuid', ({ id }) => id],
  permanence_id: ['uuid', ({ permanence }) => permanence.id],
  partner_id: ['uuid', ({ permanence }) => permanence.partnerId],
  visibility: ['text', ({ permanence }) => permanence.visibility],
  confidential: ['boolean', ({ permanence }) => permanence.confidential],
  rule_id: ['uuid', ({ wanted }) => wanted.ruleId],
  original_start: ['timestamp', ({ wanted }) => wanted.originalStart],
  starts_at: ['timestamptz', ({ wanted }) => instantToIso(wanted.startsAt)],
  ends_at: ['timestamptz', ({ wanted }) => instantToIso(wanted.endsAt)],
  site_id: ['uuid', ({ wanted }) => wanted.siteId],
  room_id: ['uuid', ({ wanted, hasRoom }) => (hasRoom ? wanted.roomId : null)],
  workstation_id: ['uuid', ({ wanted, hasRoom }) => (hasRoom ? wanted.workstationId : null)],
  mode: ['text', ({ wanted }) => wanted.mode],
  seats: ['smallint', ({ wanted }) => wanted.seats],
  state: ['text', ({ wanted }) => wanted.state],
  cause: ['text', ({ wanted }) => wanted.cause],
  unverified: ['boolean', ({ wanted }) => wanted.unverified],
};
const NAMES = Object.keys(COLUMNS);
/** After the space, `$1`. */
const ROWS = `unnest(${Object.values(COLUMNS)
  .map(([type], nth) => `$${nth + 2}::${type}[]`)
  .join(', ')}) as n(${NAMES.join(', ')})`;

function columnsOf(placed: readonly Placed[], shares: ReadonlyMap<string, Share>): unknown[][] {
  // Only what is held has a room: a date that is skipped leaves it to others.
  const rows = placed.map((one): Row => ({ ...one, hasRoom: shares.get(one.id)?.hasRoom ?? false }));
  return Object.values(COLUMNS).map(([, of]) => rows.map(of));
}

export async function insertDates(tx: Transaction, placed: readonly Placed[], shares: ReadonlyMap<string, Share>) {
  if (!placed.length) return;
  await tx.query(`insert into occurrence (space_id, ${NAMES.join(', ')}) select $1, n.* from ${ROWS}`, [
    tx.context.spaceId,
    ...columnsOf(placed, shares),
  ]);
}

const CHANGING = NAMES.filter((name) => !['id', 'permanence_id', 'partner_id', 'rule_id'].includes(name));

export async function updateDates(tx: Transaction, placed: readonly Placed[], shares: ReadonlyMap<string, Share>) {
  if (!placed.length) return;
  await tx.query(
    `update occurrence o set ${CHANGING.map((name) => `${name} = n.${name}`).join(', ')} from ${ROWS}
     where o.space_id = $1 and o.id = n.id`,
    [tx.context.spaceId, ...columnsOf(placed, shares)],
  );
}

/** What hangs on a date is as confidential as the date, or as its own motif. */
export async function spreadConfidentiality(tx: Transaction, ids: string[]): Promise<void> {
  if (!ids.length) return;
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

/** Who receives on each date; whoever no longer does is kept in mind, for that person's calendar. */
export async function giveAgents(tx: Transaction, updated: Placed[], inserted: Placed[]): Promise<void> {
  const { spaceId } = tx.context;
  const pairs = [...updated, ...inserted].flatMap(({ id, wanted }) =>
    wanted.agentIds.map((agentId) => ({ id, agentId })),
  );
  if (updated.length) {
    await tx.query(
      `with gone as (
         delete from occurrence_agent oa where space_id = $1 and occurrence_id = any ($2::uuid[]) and not exists (
           select from unnest($3::uuid[], $4::uuid[]) as wanted(occurrence_id, agent_id)
           where wanted.occurrence_id = oa.occurrence_id and wanted.agent_id = oa.agent_id)
         returning occurrence_id, agent_id
       )
       insert into replaced_agent as known (space_id, occurrence_id, agent_id, replaced_at)
       select $1, gone.occurrence_id, gone.agent_id, greatest(clock_timestamp(), o.changed_at + interval '1 second')
       from gone join occurrence o on o.space_id = $1 and o.id = gone.occurrence_id
       where o.state = 'held' or o.was_held
       on conflict (space_id, occurrence_id, agent_id)
       do update set replaced_at = greatest(excluded.replaced_at, known.replaced_at + interval '2 seconds')`,
      [spaceId, updated.map(({ id }) => id), pairs.map(({ id }) => id), pairs.map(({ agentId }) => agentId)],
    );
  }
  if (!pairs.length) return;
  await tx.query(
    `insert into occurrence_agent (space_id, occurrence_id, agent_id)
     select $1, n.occurrence_id, n.agent_id from unnest($2::uuid[], $3::uuid[]) as n(occurrence_id, agent_id)
     on conflict do nothing`,
    [spaceId, pairs.map(({ id }) => id), pairs.map(({ agentId }) => agentId)],
  );
}

/** Of these agents, those who will be away at some moment to come. */
export async function agentsAway(tx: Transaction, agentIds: readonly string[]): Promise<Set<string>> {
  if (!agentIds.length) return new Set();
  const rows = await tx.query<{ id: string }>(
    'select distinct agent_id as id from absence where space_id = $1 and agent_id = any ($2::uuid[]) and ends_at > $3',
    [tx.context.spaceId, [...new Set(agentIds)], instantToIso(tx.now)],
  );
  return new Set(rows.map(({ id }) => id));
}
