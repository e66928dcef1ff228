import type { AppointmentMode } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso, type Interval, type PlainDate, type PlainTime, type Territory } from '@app/time';
import type { AppointmentState } from './appointment-states';
import type { RoomHeld } from './board';
import type { Named } from './people';

/** The board's facts, one statement each: their number never depends on what the day holds. */

export interface SiteDay {
  opens: PlainTime | null;
  closes: PlainTime | null;
  territory: Territory;
  closed: string | null;
  closed_rooms: { roomId: string; cause: string }[];
  conflicts: number;
  failed_messages: number;
  calls: number;
}

/**
 * The site's hours on an ISO weekday, and what waits for someone in the whole space: calls and letters count once they
 * are due, before `tonight`. Null when there is no such site.
 */
export async function siteDay(
  tx: Transaction,
  siteId: string,
  { day, weekday, tonight }: { day: PlainDate; weekday: number; tonight: Instant },
): Promise<SiteDay | null> {
  const [row] = await tx.prepared<SiteDay>(
    'board.site-day',
    `select (select min(opens) from site_opening h where h.space_id = s.space_id and h.site_id = s.id and h.weekday = $3) as opens,
       (select max(closes) from site_opening h where h.space_id = s.space_id and h.site_id = s.id and h.weekday = $3) as closes,
       coalesce(s.territory, (select territory from space where id = s.space_id)) as territory,
       (select c.cause from closure c
        where c.space_id = s.space_id and $5::date between c.first_day and c.last_day and c.partner_id is null and c.room_id is null
          and (c.site_id is null or c.site_id = s.id)
        order by c.site_id nulls last, c.first_day, c.id limit 1) as closed,
       (select coalesce(jsonb_agg(jsonb_build_object('roomId', c.room_id, 'cause', c.cause) order by r.position, c.id), '[]')
        from closure c join room r on r.space_id = c.space_id and r.id = c.room_id and r.site_id = s.id
        where c.space_id = s.space_id and $5::date between c.first_day and c.last_day) as closed_rooms,
       (select count(*) from conflict c where c.space_id = s.space_id and c.settled_at is null) as conflicts,
       (select count(*) from reminder r where r.space_id = s.space_id and r.state = 'failed')
         + (select count(*) from link_message l where l.space_id = s.space_id and l.state = 'failed' and l.kind = 'invitation') as failed_messages,
       (select count(*) from reminder r where r.space_id = s.space_id and r.state = 'todo' and r.channel <> 'task' and r.due_at < $4)
         + (select count(*) from link_message l where l.space_id = s.space_id and l.state = 'todo' and l.channel <> 'task'
              and l.kind = 'invitation' and l.due_at < $4) as calls
     from site s where s.space_id = $1 and s.id = $2`,
    [tx.context.spaceId, siteId, weekday, instantToIso(tonight), day],
  );
  return row ?? null;
}

export interface OccurrenceRow {
  id: string;
  permanence_id: string;
  partner_id: string;
  title: string;
  starts_at: Instant;
  ends_at: Instant;
  room_id: string | null;
  workstation_id: string | null;
  mode: 'walk-in' | 'appointment' | 'group' | 'internal';
  seats: number;
  visibility: string;
  site_id: string;
  agent_ids: string[];
  own_number: string | null;
  conflict: boolean;
  given: number;
}

/** A date as a board or a planning draws it; the conditions follow. */
export const OCCURRENCE = `select o.id, o.permanence_id, o.partner_id, p.title, o.starts_at, o.ends_at, o.room_id, o.workstation_id, o.mode, o.seats, o.visibility, o.site_id,
       -- of another partner, the name of what is published and nothing of who holds it
       case when sees(o.partner_id, o.confidential)
         then array(select oa.agent_id from occurrence_agent oa where oa.space_id = o.space_id and oa.occurrence_id = o.id order by oa.agent_id)
         else '{}' end as agent_ids,
       (select coalesce(m.phone, pa.phone)
        from permanence_motif pm
        join motif m on m.space_id = pm.space_id and m.id = pm.motif_id and m.booked = 'own-number'
        join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
        where pm.space_id = o.space_id and pm.permanence_id = o.permanence_id order by m.position, m.id limit 1) as own_number,
       exists (select from conflict c where c.space_id = o.space_id and c.occurrence_id = o.id and c.settled_at is null) as conflict,
       (select count(*)::int from seat_given g where g.space_id = o.space_id and g.occurrence_id = o.id) as given
     from occurrence o
     join permanence p on p.space_id = o.space_id and p.id = o.permanence_id`;

export async function occurrencesOn(tx: Transaction, siteId: string, day: Interval): Promise<OccurrenceRow[]> {
  return tx.prepared<OccurrenceRow>(
    'board.occurrences',
    `${OCCURRENCE}
     where o.space_id = $1 and o.site_id = $2 and o.starts_at >= $3 and o.starts_at < $4 and o.state = 'held'
     order by o.starts_at, o.id`,
    [tx.context.spaceId, siteId, instantToIso(day.start), instantToIso(day.end)],
  );
}

export interface AppointmentRow extends Named {
  id: string;
  /** Null: outside any permanence, in a room of its own or in none. */
  occurrence_id: string | null;
  site_id: string;
  room_id: string | null;
  mode: AppointmentMode;
  partner_id: string;
  starts_at: Instant;
  ends_at: Instant;
  agent_id: string | null;
  second_agent_id: string | null;
  seat: number | null;
  state: AppointmentState;
  excused: boolean;
  version: number;
  safe_contact: boolean | null;
  motif: string;
}

/** As OCCURRENCE, for who is booked. */
export const APPOINTMENT = `select a.id, a.occurrence_id, a.site_id, a.room_id, a.mode, a.partner_id, a.starts_at, a.ends_at, a.agent_id, a.second_agent_id, a.seat, a.state,
    a.excused, a.version, u.first_name, u.last_name, u.safe_contact, m.discreet_label as motif
  from appointment a
  join motif m on m.space_id = a.space_id and m.id = a.motif_id
  left join usager u on u.space_id = a.space_id and u.id = a.usager_id`;

export async function appointmentsOn(tx: Transaction, siteId: string, day: Interval): Promise<AppointmentRow[]> {
  return tx.prepared<AppointmentRow>(
    'board.appointments',
    `${APPOINTMENT}
     where a.space_id = $1 and a.site_id = $2 and a.starts_at >= $3 and a.starts_at < $4
       and a.state not in ('cancelledByUsager', 'cancelledByAgent')
     order by a.starts_at, a.id`,
    [tx.context.spaceId, siteId, instantToIso(day.start), instantToIso(day.end)],
  );
}

export async function appointmentsIn(tx: Transaction, occurrenceId: string): Promise<AppointmentRow[]> {
  return tx.prepared<AppointmentRow>(
    'board.appointments-in',
    `${APPOINTMENT}
     where a.space_id = $1 and a.occurrence_id = $2 and a.state not in ('cancelledByUsager', 'cancelledByAgent')
     order by a.starts_at, a.id`,
    [tx.context.spaceId, occurrenceId],
  );
}

export interface RoomBookingRow {
  id: string;
  site_id: string;
  room_id: string;
  workstation_id: string | null;
  partner_id: string | null;
  title: string;
  starts_at: Instant;
  ends_at: Instant;
  agent_ids: string[];
}

/** As OCCURRENCE, for what holds a room by itself. */
export const ROOM_BOOKING = `select b.id, b.site_id, b.room_id, b.workstation_id, b.partner_id, b.title, b.starts_at, b.ends_at,
       array(select ba.agent_id from room_booking_agent ba where ba.space_id = b.space_id and ba.room_booking_id = b.id order by ba.agent_id) as agent_ids
     from room_booking b`;

export async function roomBookingsOn(tx: Transaction, siteId: string, day: Interval): Promise<RoomBookingRow[]> {
  return tx.prepared<RoomBookingRow>(
    'board.room-bookings',
    `${ROOM_BOOKING}
     where b.space_id = $1 and b.site_id = $2 and b.starts_at >= $3 and b.starts_at < $4 and b.cancelled_at is null
     order by b.starts_at, b.id`,
    [tx.context.spaceId, siteId, instantToIso(day.start), instantToIso(day.end)],
  );
}

/** The dates of that day whose agents are all away: true all along, false at some moment. */
export async function leftAloneOn(tx: Transaction, siteId: string, day: Interval): Promise<Map<string, boolean>> {
  const rows = await tx.prepared<{ id: string; wholly: boolean }>(
    'board.left-alone',
    `select l.occurrence_id as id, l.wholly
     from left_alone(array(
       select o.id from occurrence o
       where o.space_id = $1 and o.site_id = $2 and o.starts_at >= $3 and o.starts_at < $4 and o.state = 'held')) l`,
    [tx.context.spaceId, siteId, instantToIso(day.start), instantToIso(day.end)],
  );
  return new Map(rows.map(({ id, wholly }) => [id, wholly]));
}

/** As leftAloneOn, of these dates. */
export async function leftAlone(tx: Transaction, occurrenceIds: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await tx.query<{ id: string; wholly: boolean }>(
    'select l.occurrence_id as id, l.wholly from left_alone($1::uuid[]) l',
    [occurrenceIds],
  );
  return new Map(rows.map(({ id, wholly }) => [id, wholly]));
}

/** Every stretch during which a room of the site, or a desk, is held, by whomever: no more than that is said. */
export async function roomsTakenOn(tx: Transaction, siteId: string, day: Interval): Promise<RoomHeld[]> {
  const rows = await tx.prepared<{
    room_id: string;
    workstation_id: string | null;
    starts_at: Instant;
    ends_at: Instant;
  }>(
    'board.taken',
    `with room_resource as materialized (
       select r.id, room.id as room_id, null::uuid as workstation_id
       from room join resource r on r.space_id = room.space_id and r.kind = 'room' and r.owner_id = room.id
       where room.space_id = $1 and room.site_id = $2
       union all
       select r.id, room.id, w.id
       from room join workstation w on w.space_id = room.space_id and w.room_id = room.id
       join resource r on r.space_id = w.space_id and r.kind = 'workstation' and r.owner_id = w.id
       where room.space_id = $1 and room.site_id = $2
     )
     select rr.room_id, rr.workstation_id, t.starts_at, t.ends_at
     from taken((select array_agg(id) from room_resource), $3, $4, $5) t
     join room_resource rr on rr.id = t.resource_id
     order by t.starts_at`,
    [tx.context.spaceId, siteId, instantToIso(day.start), instantToIso(day.end), instantToIso(tx.now)],
  );
  return rows.map((row) => ({
    roomId: row.room_id,
    workstationId: row.workstation_id,
    during: { start: row.starts_at, end: row.ends_at },
  }));
}
