import { randomUUID } from 'node:crypto';
import type { PermanenceBody } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { ensureResources } from '@app/rooms';
import { instantToIso } from '@app/time';
import type { PlannedRule } from './permanence';

/** Writes a new permanence as a draft. */
export async function insertPermanence(
  tx: Transaction,
  body: PermanenceBody,
  rules: readonly PlannedRule[],
  confidential: boolean,
): Promise<string> {
  const id = randomUUID();
  await tx.query(
    `insert into permanence (id, space_id, partner_id, title, visibility, confidential, on_holiday, public_note,
       on_closure, school_holidays)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      tx.context.spaceId,
      body.partnerId,
      body.title,
      body.visibility,
      confidential,
      body.onHoliday,
      body.publicNote,
      body.onClosure,
      body.schoolHolidays,
    ],
  );
  await saveRules(tx, id, rules);
  await saveMotifs(tx, id, body.motifIds);
  await saveInvitations(tx, id, body.invitedPartnerIds);
  return id;
}

/** Writes what a permanence says from now on, under a new version. */
export async function updatePermanence(
  tx: Transaction,
  id: string,
  body: PermanenceBody,
  rules: readonly PlannedRule[],
  confidential: boolean,
): Promise<void> {
  await tx.query(
    `update permanence set title = $3, visibility = $4, confidential = $5, on_holiday = $6, public_note = $7,
       on_closure = $8, school_holidays = $9, version = version + 1
     where space_id = $1 and id = $2`,
    [
      tx.context.spaceId,
      id,
      body.title,
      body.visibility,
      confidential,
      body.onHoliday,
      body.publicNote,
      body.onClosure,
      body.schoolHolidays,
    ],
  );
  await saveRules(tx, id, rules);
  await saveMotifs(tx, id, body.motifIds);
  await saveInvitations(tx, id, body.invitedPartnerIds);
}

/** Inserts and updates by id; a rule that is left out is retired: its past dates keep naming it. */
async function saveRules(tx: Transaction, permanenceId: string, rules: readonly PlannedRule[]): Promise<void> {
  const { spaceId } = tx.context;
  const rows = JSON.stringify(
    rules.map((rule, position) => ({
      id: rule.id,
      rrule: rule.rrule,
      dtstart: rule.dtstart,
      start_time: rule.startTime,
      end_time: rule.endTime,
      parity: rule.parity,
      mode: rule.mode,
      site_id: rule.siteId,
      room_id: rule.roomId,
      workstation_id: rule.workstationId,
      seats: rule.seats,
      assumption: rule.assumption,
      position,
      excluded: rule.excluded,
      on_holiday: rule.onHoliday,
      school_holidays: rule.schoolHolidays?.when ?? null,
      school_name: rule.schoolHolidays?.name ?? null,
    })),
  );
  // Exceptions are keyed by where the rule puts the date: they follow it when it starts at another time.
  await tx.query(
    `update permanence_exception e set original_start = e.original_start::date + n.start_time
     from jsonb_to_recordset($2::jsonb) as n(id uuid, start_time time)
     where e.space_id = $1 and e.rule_id = n.id and e.original_start::time <> n.start_time`,
    [spaceId, rows],
  );
  await tx.query(
    `insert into permanence_rule (space_id, permanence_id, id, rrule, dtstart, start_time, end_time, parity, mode, site_id, room_id,
       workstation_id, seats, assumption, position, excluded, on_holiday, school_holidays, school_name)
     select $1, $2, n.* from jsonb_to_recordset($3::jsonb) as n(id uuid, rrule text, dtstart date, start_time time, end_time time,
       parity text, mode text, site_id uuid, room_id uuid, workstation_id uuid, seats smallint, assumption text, position int,
       excluded jsonb, on_holiday text, school_holidays text, school_name text)
     on conflict (space_id, id) do update set rrule = excluded.rrule, dtstart = excluded.dtstart, start_time = excluded.start_time,
       end_time = excluded.end_time, parity = excluded.parity, mode = excluded.mode, site_id = excluded.site_id,
       room_id = excluded.room_id, workstation_id = excluded.workstation_id, seats = excluded.seats,
       assumption = excluded.assumption, position = excluded.position, excluded = excluded.excluded,
       on_holiday = excluded.on_holiday, school_holidays = excluded.school_holidays, school_name = excluded.school_name`,
    [spaceId, permanenceId, rows],
  );
  const ids = rules.map(({ id }) => id);
  await tx.query(
    `update permanence_rule set retired_at = $4
     where space_id = $1 and permanence_id = $2 and retired_at is null and not id = any ($3::uuid[])`,
    [spaceId, permanenceId, ids, instantToIso(tx.now)],
  );
  await tx.query('delete from rule_agent where space_id = $1 and rule_id = any ($2::uuid[])', [spaceId, ids]);
  await tx.query(
    `insert into rule_agent (space_id, rule_id, agent_id)
     select $1, n.rule_id, n.agent_id from unnest($2::uuid[], $3::uuid[]) as n(rule_id, agent_id)`,
    [spaceId, rules.flatMap(({ id, agentIds }) => agentIds.map(() => id)), rules.flatMap(({ agentIds }) => agentIds)],
  );
  await ensureResources(
    tx,
    rules.map(({ id, seats }) => ({ kind: 'seat', ownerId: id, count: seats })),
  );
}

async function saveMotifs(tx: Transaction, permanenceId: string, motifIds: readonly string[]): Promise<void> {
  const { spaceId } = tx.context;
  await tx.query('delete from permanence_motif where space_id = $1 and permanence_id = $2', [spaceId, permanenceId]);
  await tx.query(
    'insert into permanence_motif (space_id, permanence_id, motif_id) select $1, $2, m from unnest($3::uuid[]) as m',
    [spaceId, permanenceId, [...new Set(motifIds)]],
  );
}

async function saveInvitations(tx: Transaction, permanenceId: string, partnerIds: readonly string[]): Promise<void> {
  const { spaceId } = tx.context;
  await tx.query(
    'delete from permanence_partner where space_id = $1 and permanence_id = $2 and partner_id <> all ($3::uuid[])',
    [spaceId, permanenceId, partnerIds],
  );
  await tx.query(
    `insert into permanence_partner (space_id, permanence_id, partner_id) select $1, $2, p from unnest($3::uuid[]) as p
     on conflict do nothing`,
    [spaceId, permanenceId, partnerIds],
  );
}
