import type { Transaction } from '@app/persistence';
import { lockResources } from '@app/rooms';
import { type Instant, instantToIso } from '@app/time';
import { lockAppointment, type LockedAppointment } from './appointment.query';
import type { AppointmentState } from './appointment-states';

/** More than a series ever has: what was cancelled and booked again included. */
export const MOST_SISTERS = 60;

/** One of the appointments booked together, read without a lock. */
export interface Sister {
  id: string;
  occurrenceId: string | null;
  siteId: string;
  agentId: string | null;
  start: Instant;
  end: Instant;
  state: AppointmentState;
  bookedAt: Instant;
  bookedBy: string | null;
  /** Changed since it was booked, and when. */
  changedAt: Instant | null;
}

/** Those of a series the viewer may see, in order of time. */
export async function sistersOf(tx: Transaction, seriesId: string): Promise<Sister[]> {
  return tx.query<Sister & Record<string, unknown>>(
    `select id, occurrence_id as "occurrenceId", site_id as "siteId", agent_id as "agentId", starts_at as start, ends_at as "end",
       state, booked_at as "bookedAt", booked_by as "bookedBy", (undo->>'at')::float8 as "changedAt"
     from appointment where space_id = $1 and series_id = $2 order by starts_at, id limit $3`,
    [tx.context.spaceId, seriesId, MOST_SISTERS],
  );
}

/** The series of a person and a motif that a date belongs to: the one that has a date nearest to it; null when none is left. */
export async function seriesMissing(
  tx: Transaction,
  { usagerId, motifId, start }: { usagerId: string; motifId: string; start: Instant },
): Promise<string | null> {
  const [row] = await tx.query<{ series_id: string }>(
    `select a.series_id from appointment a
     where a.space_id = $1 and a.usager_id = $2 and a.motif_id = $3 and a.series_id is not null
       and a.state not in ('cancelledByUsager', 'cancelledByAgent')
       and (select count(*) from appointment b where b.space_id = a.space_id and b.series_id = a.series_id) < $5
     order by abs(extract(epoch from a.starts_at - $4::timestamptz)), a.id limit 1`,
    [tx.context.spaceId, usagerId, motifId, instantToIso(start), MOST_SISTERS],
  );
  return row?.series_id ?? null;
}

/** In the order every command locks appointments; those that are gone meanwhile are left out. */
export async function lockSisters(tx: Transaction, sisters: readonly Sister[]): Promise<LockedAppointment[]> {
  const locked: LockedAppointment[] = [];
  for (const id of sisters.map((one) => one.id).sort()) {
    const appointment = await lockAppointment(tx, id);
    if (appointment) locked.push(appointment);
  }
  return locked;
}

/** The series of an appointment; null when it stands alone, or is not there for the viewer. */
export async function seriesOf(tx: Transaction, appointmentId: string): Promise<string | null> {
  const [row] = await tx.query<{ series_id: string | null }>(
    'select series_id from appointment where space_id = $1 and id = $2',
    [tx.context.spaceId, appointmentId],
  );
  return row?.series_id ?? null;
}

/**
 * Locks at once, in id order, whatever bookings of these dates may take, together with what they leave: each of them then
 * locks for itself what is locked already, and two series never wait for each other.
 */
export async function lockSlots(
  tx: Transaction,
  motifId: string,
  slots: readonly { occurrenceId: string; agentId: string | null }[],
  leaving: readonly string[],
): Promise<void> {
  const rows = await tx.query<{ id: string }>(
    `with wanted as (
       select o.id, o.space_id, o.rule_id, o.mode, o.seats, w.agent_id, m.agents_needed
       from unnest($2::uuid[], $3::uuid[]) as w(occurrence_id, agent_id)
       join occurrence o on o.space_id = $1 and o.id = w.occurrence_id
       join motif m on m.space_id = $1 and m.id = $4
     )
     select r.id from wanted w
     join occurrence_agent oa on oa.space_id = w.space_id and oa.occurrence_id = w.id
     join resource r on r.space_id = w.space_id and r.kind = 'time' and r.owner_id = oa.agent_id and r.number = 0
     where w.mode <> 'group' and (w.agent_id is null or w.agent_id = oa.agent_id or w.agents_needed > 1)
     union
     select r.id from wanted w
     join resource r on r.space_id = w.space_id and r.kind = 'seat' and r.owner_id = w.rule_id and r.number between 1 and w.seats
     where w.mode = 'group' or not exists (
       select from occurrence_agent oa where oa.space_id = w.space_id and oa.occurrence_id = w.id)`,
    [tx.context.spaceId, slots.map(({ occurrenceId }) => occurrenceId), slots.map(({ agentId }) => agentId), motifId],
  );
  await lockResources(tx, [...rows.map(({ id }) => id), ...leaving]);
}
