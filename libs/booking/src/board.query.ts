import type { AppointmentMode } from '@app/contract';
import type { Transaction } from '@app/persistence';
import {
  type Instant,
  instantToIso,
  type Interval,
  isoWeekday,
  type PlainDate,
  type PlainTime,
  type Territory,
} from '@app/time';
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
  /** Every stretch during which a room of the site, or a desk, is held, by whomever: no more than that is said. */
  taken: RoomHeld[];
}

/**
 * The site's hours and rooms on a date, and what waits for someone in the whole space: calls and letters count once they
 * are due, before `tonight`. Null when there is no such site.
 */
export async function siteDay(
  tx: Transaction,
  siteId: string,
  { day, during, tonight }: { day: PlainDate; during: Interval; tonight: Instant },
): Promise<SiteDay | null> {
  const [row] = await tx.prepared<Omit<SiteDay, 'taken'> & { taken: TakenRow[] }>(
    'board.site-day',
    `with held as materialized (
       select r.id, room.id as room_id, null::uuid as workstation_id
       from room join resource r on r.space_id = room.space_id and r.kind = 'room' and r.owner_id = room.id
       where room.space_id = $1 and room.site_id = $2
       union all
       select r.id, room.id, w.id
       from room join workstation w on w.space_id = room.space_id and w.room_id = room.id
       join resource r on r.space_id = w.space_id and r.kind = 'workstation' and r.owner_id = w.id
       where room.space_id = $1 and room.site_id = $2
     )
     select (select min(opens) from site_opening h where h.space_id = s.space_id and h.site_id = s.id and h.weekday = $3) as opens,
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
              and l.kind = 'invitation' and l.due_at < $4) as calls,
       (select coalesce(json_agg(json_build_array(held.room_id, held.workstation_id, date_part('epoch', t.starts_at) * 1000,
            date_part('epoch', t.ends_at) * 1000) order by t.starts_at), '[]')
        from when_taken(array(select id from held), $6, $7, $8) t join held on held.id = t.resource_id) as taken
     from site s where s.space_id = $1 and s.id = $2`,
    [
      ...[tx.context.spaceId, siteId, isoWeekday(day), instantToIso(tonight), day],
      ...[during.start, during.end, tx.now].map(instantToIso),
    ],
  );
  if (!row) return null;
  const taken = row.taken.map(([roomId, workstationId, start, end]) => ({
    roomId,
    workstationId,
    during: { start, end },
  }));
  return { ...row, taken };
}

type TakenRow = [roomId: string, workstationId: string | null, start: Instant, end: Instant];

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
  /** Its agents are all away, all along (true) or at some moment (false); null when someone is always there. */
  left_alone: boolean | null;
}

/** The dates `o` that meet these conditions, in order, as a board or a planning draws them; no more than `most` when it is given. */
export const datesWhere = (conditions: string, most?: number) => `with date as materialized (
    select o.id, o.permanence_id, o.partner_id, p.title, o.starts_at, o.ends_at, o.room_id, o.workstation_id, o.mode, o.seats, o.visibility,
      o.site_id
    from occurrence o
    join permanence p on p.space_id = o.space_id and p.id = o.permanence_id
    where ${conditions}
    order by o.starts_at, o.id ${most ? `limit ${most}` : ''}
  )
  select d.*, about.agent_ids, about.own_number, about.conflict, about.given, alone.wholly as left_alone
  from date d
  join about_dates(array(select id from date)) about on about.occurrence_id = d.id
  left join left_alone(array(select id from date)) alone on alone.occurrence_id = d.id
  order by d.starts_at, d.id`;

export async function occurrencesOn(tx: Transaction, siteId: string, day: Interval): Promise<OccurrenceRow[]> {
  return tx.prepared<OccurrenceRow>(
    'board.occurrences',
    datesWhere(`o.space_id = $1 and o.site_id = $2 and o.starts_at >= $3 and o.starts_at < $4 and o.state = 'held'`),
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

/** Who is booked, as a board or a planning draws it; the conditions follow. */
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

/** As APPOINTMENT, for what holds a room by itself. */
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
