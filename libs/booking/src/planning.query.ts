import type { PlanningQuery } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso, type Interval, type PlainDate, type PlainTime, type Territory } from '@app/time';
import {
  APPOINTMENT,
  type AppointmentRow,
  datesWhere,
  type OccurrenceRow,
  ROOM_BOOKING,
  type RoomBookingRow,
} from './board.query';

export type PlanningKind = PlanningQuery['kind'];

/** Whose planning, over which stretch. */
export interface Lines {
  kind: PlanningKind;
  ids: readonly string[];
  during: Interval;
}

// Of another partner's agent, nothing: a published permanence says who receives to no one.
const DATES_OF: Record<PlanningKind, string> = {
  agent: `exists (
    select from occurrence_agent oa join agent g on g.space_id = oa.space_id and g.id = oa.agent_id
    where oa.space_id = o.space_id and oa.occurrence_id = o.id and oa.agent_id = any ($2)
      and (sees(o.partner_id, o.confidential) or g.partner_id = ctx_partner()))
    and o.id in (select oa.occurrence_id from occurrence_agent oa where oa.space_id = $1 and oa.agent_id = any ($2))`,
  room: 'o.room_id = any ($2)',
  partner: 'o.partner_id = any ($2)',
};
const PEOPLE_OF: Record<PlanningKind, string> = {
  agent: `(a.agent_id = any ($2) or a.second_agent_id = any ($2) or (a.agent_id is null and a.occurrence_id = any ($5)))`,
  room: '(a.room_id = any ($2) or a.occurrence_id = any ($5))',
  partner: 'a.partner_id = any ($2)',
};
const BOOKINGS_OF: Record<PlanningKind, string> = {
  agent: `exists (select from room_booking_agent ba where ba.space_id = b.space_id and ba.room_booking_id = b.id and ba.agent_id = any ($2))`,
  room: 'b.room_id = any ($2)',
  partner: 'b.partner_id = any ($2)',
};

/** More than a screen can draw: a window that holds more is cut there, never a planning that takes minutes. */
const MOST = 2000;

const valuesOf = (tx: Transaction, { ids, during }: Lines): unknown[] => [
  tx.context.spaceId,
  ids,
  instantToIso(during.start),
  instantToIso(during.end),
];

export async function occurrencesOf(tx: Transaction, lines: Lines): Promise<OccurrenceRow[]> {
  return tx.query<OccurrenceRow>(
    datesWhere(
      `o.space_id = $1 and ${DATES_OF[lines.kind]} and o.starts_at >= $3 and o.starts_at < $4 and o.state = 'held'`,
      MOST,
    ),
    valuesOf(tx, lines),
  );
}

/** @param dates the dates shown: who is booked there with nobody named */
export async function appointmentsOf(
  tx: Transaction,
  lines: Lines,
  dates: readonly string[],
): Promise<AppointmentRow[]> {
  // A partner's are found by its own key: the dates say nothing more.
  const values = lines.kind === 'partner' ? valuesOf(tx, lines) : [...valuesOf(tx, lines), dates];
  return tx.query<AppointmentRow>(
    `${APPOINTMENT}
     where a.space_id = $1 and ${PEOPLE_OF[lines.kind]} and a.starts_at >= $3 and a.starts_at < $4
       and a.state not in ('cancelledByUsager', 'cancelledByAgent')
     order by a.starts_at, a.id limit ${MOST}`,
    values,
  );
}

export async function roomBookingsOf(tx: Transaction, lines: Lines): Promise<RoomBookingRow[]> {
  return tx.query<RoomBookingRow>(
    `${ROOM_BOOKING}
     where b.space_id = $1 and ${BOOKINGS_OF[lines.kind]} and b.starts_at >= $3 and b.starts_at < $4 and b.cancelled_at is null
     order by b.starts_at, b.id limit ${MOST}`,
    valuesOf(tx, lines),
  );
}

/** An agent's presence or a room held during a stretch, by whomever: no more than that is said. */
export interface LineHeld {
  id: string;
  workstationId: string | null;
  during: Interval;
}

export async function heldOf(tx: Transaction, lines: Lines): Promise<LineHeld[]> {
  if (lines.kind === 'partner') return [];
  const rows = await tx.query<{ id: string; workstation_id: string | null; starts_at: Instant; ends_at: Instant }>(
    `with line as materialized (
       select r.id, coalesce(w.room_id, r.owner_id) as line_id, w.id as workstation_id
       from resource r
       left join workstation w on r.kind = 'workstation' and w.space_id = r.space_id and w.id = r.owner_id
       where r.space_id = $1 and ${
         lines.kind === 'agent'
           ? `r.kind = 'presence' and r.owner_id = any ($2)`
           : `((r.kind = 'room' and r.owner_id = any ($2)) or (r.kind = 'workstation' and w.room_id = any ($2)))`
       }
     )
     select line.line_id as id, line.workstation_id, t.starts_at, t.ends_at
     from when_taken(array(select id from line), $3, $4, $5) t join line on line.id = t.resource_id
     order by t.starts_at`,
    [...valuesOf(tx, lines), instantToIso(tx.now)],
  );
  return rows.map((row) => ({
    id: row.id,
    workstationId: row.workstation_id,
    during: { start: row.starts_at, end: row.ends_at },
  }));
}

export interface AbsenceRow {
  agent_id: string;
  label: string;
  starts_at: Instant;
  ends_at: Instant;
}

/** Of the agents named, or of a partner's. */
export async function absencesOf(tx: Transaction, lines: Lines): Promise<AbsenceRow[]> {
  if (lines.kind === 'room') return [];
  return tx.query<AbsenceRow>(
    `select agent_id, label, starts_at, ends_at from absence
     where space_id = $1 and ${lines.kind === 'agent' ? 'agent_id' : 'partner_id'} = any ($2) and ends_at > $3 and starts_at < $4
     order by starts_at, id limit ${MOST}`,
    valuesOf(tx, lines),
  );
}

export interface DayRow {
  date: PlainDate;
  opens: PlainTime | null;
  closes: PlainTime | null;
  territory: Territory;
  closed: string | null;
}

/** Hours and closed days of a room's site; of several places, from the first that opens to the last that closes. */
export async function daysOf(
  tx: Transaction,
  { kind, ids }: Pick<Lines, 'kind' | 'ids'>,
  dates: readonly PlainDate[],
): Promise<DayRow[]> {
  return tx.query<DayRow>(
    `with sites as materialized (
       select s.id, s.territory from site s
       where s.space_id = $1 and s.retired_at is null
         and ($2 <> 'room' or s.id in (select r.site_id from room r where r.space_id = $1 and r.id = any ($3)))
     )
     select d.day as date,
       (select min(h.opens) from site_opening h where h.space_id = $1 and h.site_id in (select id from sites) and h.weekday = extract(isodow from d.day)) as opens,
       (select max(h.closes) from site_opening h where h.space_id = $1 and h.site_id in (select id from sites) and h.weekday = extract(isodow from d.day)) as closes,
       coalesce((select min(s.territory) from sites s having count(distinct s.territory) = 1 and count(*) = count(s.territory)),
         (select territory from space where id = $1)) as territory,
       (select c.cause from closure c
        where c.space_id = $1 and d.day between c.first_day and c.last_day and c.partner_id is null
          and (case when $2 = 'room' then (c.room_id is null or c.room_id = any ($3)) and (c.site_id is null or c.site_id in (select id from sites))
               else c.room_id is null and c.site_id is null end)
        order by c.room_id nulls last, c.site_id nulls last, c.first_day, c.id limit 1) as closed
     from unnest($4::date[]) d(day) order by d.day`,
    [tx.context.spaceId, kind, ids, dates],
  );
}

// A partner knows when its own agents are somewhere, and nothing of the others'.
const KNOWN: Record<PlanningKind, string> = {
  agent: `(ctx_sight() <> 'partner' or partner_id = ctx_partner())`,
  room: 'true',
  partner: 'true',
};

/** How many of these lines the viewer may look at. */
export async function knownLines(tx: Transaction, { kind, ids }: Pick<Lines, 'kind' | 'ids'>): Promise<number> {
  const [row] = await tx.query<{ known: number }>(
    `select count(*)::int as known from ${kind} where space_id = $1 and id = any ($2) and ${KNOWN[kind]}`,
    [tx.context.spaceId, ids],
  );
  return row?.known ?? 0;
}
