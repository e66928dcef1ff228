import type { Transaction } from '@app/persistence';
import { instantToIso, type LocalDateTime } from '@app/time';
import type { StoredDate } from './difference';
import type { PlannedPermanence, WantedDate } from './permanence';
import type { Share } from './sharing';

/** A date with the id it is (or will be) stored under. */
export interface Placed {
  id: string;
  wanted: WantedDate;
}

/** The dates that may still change, locked in id order: whoever books inside one waits, or has already been counted. */
export async function lockDates(tx: Transaction, permanenceId: string, midnight: LocalDateTime): Promise<StoredDate[]> {
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
       o.unverified, o.visibility, o.confidential, coalesce(a.ever, 0)::int as appointments,
       array(select oa.agent_id::text from occurrence_agent oa where oa.space_id = o.space_id and oa.occurrence_id = o.id order by 1) as "agentIds",
       (select jsonb_build_object('roomId', c.wanted_id, 'open', c.settled_at is null) from conflict c
        where c.space_id = o.space_id and c.occurrence_id = o.id and c.kind = 'room-taken'
        order by c.settled_at desc nulls first limit 1) as "refusedRoom"
     from occurrence o left join appointments_on($2::uuid[]) a on a.occurrence_id = o.id
     where o.space_id = $1 and o.id = any ($2::uuid[])`,
    [spaceId, locked.map(({ id }) => id)],
  );
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

const COLUMNS = `id uuid, rule_id uuid, original_start timestamp, starts_at timestamptz, ends_at timestamptz, site_id uuid,
  room_id uuid, workstation_id uuid, mode text, seats smallint, state text, cause text, unverified boolean`;

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
        unverified: wanted.unverified,
      };
    }),
  );
}

export async function insertDates(
  tx: Transaction,
  permanence: PlannedPermanence,
  placed: Placed[],
  shares: ReadonlyMap<string, Share>,
) {
  if (!placed.length) return;
  await tx.query(
    `insert into occurrence (space_id, permanence_id, partner_id, visibility, confidential, id, rule_id, original_start, starts_at,
       ends_at, site_id, room_id, workstation_id, mode, seats, state, cause, unverified)
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

export async function updateDates(
  tx: Transaction,
  permanence: PlannedPermanence,
  placed: Placed[],
  shares: ReadonlyMap<string, Share>,
) {
  if (!placed.length) return;
  await tx.query(
    `update occurrence o set visibility = $2, confidential = $3, original_start = n.original_start, starts_at = n.starts_at,
       ends_at = n.ends_at, site_id = n.site_id, room_id = n.room_id, workstation_id = n.workstation_id, mode = n.mode,
       seats = n.seats, state = n.state, cause = n.cause, unverified = n.unverified
     from jsonb_to_recordset($4::jsonb) as n(${COLUMNS})
     where o.space_id = $1 and o.id = n.id`,
    [tx.context.spaceId, permanence.visibility, permanence.confidential, rowsOf(placed, shares)],
  );
}

/** What hangs on a date is as confidential as the date, or as its own motif. */
export async function spreadConfidentiality(tx: Transaction, ids: string[]): Promise<void> {
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

export async function giveAgents(tx: Transaction, updated: Placed[], inserted: Placed[]): Promise<void> {
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
