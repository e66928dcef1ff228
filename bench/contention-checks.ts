import type pg from 'pg';
import { SLOT_MINUTES } from './contended-place';

/**
 * Pairs that share what one alone may have, read from what people see (appointments, meetings, dates, places given) and never
 * from the claims that should have kept them apart.
 */
export async function overlapsIn(owner: pg.Client, spaceId: string, nowIso: string): Promise<number> {
  const { rows } = await owner.query(
    `with standing as (
       select a.*, case when o.mode = 'group' then 0 else m.pause_before end * interval '1 minute' as first,
         case when o.mode = 'group' then 0 else m.pause_after end * interval '1 minute' as last
       from appointment a
       join motif m on m.space_id = a.space_id and m.id = a.motif_id
       left join occurrence o on o.space_id = a.space_id and o.id = a.occurrence_id
       where a.space_id = $1 and a.state not in ('cancelledByUsager', 'cancelledByAgent')
     ), busy as (
       select a.id, x.agent_id, a.starts_at - a.first as starts_at, a.ends_at + a.last as ends_at
       from standing a, lateral (values (a.agent_id), (a.second_agent_id)) x(agent_id)
       union all
       select g.id, x.agent_id, g.starts_at, g.ends_at from seat_given g, lateral (values (g.agent_id), (g.second_agent_id)) x(agent_id)
       where g.space_id = $1
       union all
       select h.id, x.agent_id, h.starts_at, h.ends_at from slot_hold h, lateral (values (h.agent_id), (h.second_agent_id)) x(agent_id)
       where h.space_id = $1 and h.expires_at > $2
     ), seated as (
       select id, occurrence_id, seat, starts_at, ends_at from standing where seat is not null
       union all select id, occurrence_id, seat, starts_at, ends_at from seat_given where space_id = $1 and seat is not null
       union all select id, occurrence_id, seat, starts_at, ends_at from slot_hold
         where space_id = $1 and seat is not null and expires_at > $2
     ), in_room as (
       select id, room_id, workstation_id, starts_at, ends_at from room_booking where space_id = $1 and cancelled_at is null
       union all select id, room_id, workstation_id, starts_at, ends_at from occurrence where space_id = $1 and state = 'held' and room_id is not null
       union all select id, room_id, null, starts_at, ends_at from standing where room_id is not null
     ), present as (
       select b.id, m.agent_id, b.starts_at, b.ends_at from room_booking b
         join room_booking_agent m on m.space_id = b.space_id and m.room_booking_id = b.id
       where b.space_id = $1 and b.cancelled_at is null
       union all
       select a.id, x.agent_id, a.starts_at, a.ends_at
       from standing a, lateral (values (a.agent_id), (a.second_agent_id)) x(agent_id) where a.occurrence_id is null
       union all
       select o.id, m.agent_id, o.starts_at, o.ends_at from occurrence o
         join occurrence_agent m on m.space_id = o.space_id and m.occurrence_id = o.id where o.space_id = $1 and o.state = 'held'
     )
     select
       (select count(*) from busy a join busy b on a.agent_id = b.agent_id and a.id < b.id
          and a.starts_at < b.ends_at and b.starts_at < a.ends_at)
       + (select count(*) from seated a join seated b on a.occurrence_id = b.occurrence_id and a.seat = b.seat and a.id < b.id
          and a.starts_at < b.ends_at and b.starts_at < a.ends_at)
       + (select count(*) from seated join occurrence o on o.space_id = $1 and o.id = occurrence_id where seat > o.seats or seat < 1)
       + (select count(*) from standing where occurrence_id is null and (agent_id is null or mode = 'on-site' and room_id is null))
       + (select count(*) from in_room a join in_room b on a.room_id = b.room_id and a.id < b.id
          and coalesce(a.workstation_id = b.workstation_id, true) and a.starts_at < b.ends_at and b.starts_at < a.ends_at)
       + (select count(*) from present a join present b on a.agent_id = b.agent_id and a.id < b.id
          and a.starts_at < b.ends_at and b.starts_at < a.ends_at) as overlaps`,
    [spaceId, nowIso],
  );
  return Number(rows[0].overlaps);
}

/** What is kept by nothing that stands: a room or a counter nobody could ever have again. */
export async function keptByNobody(owner: pg.Client, spaceId: string, nowIso: string): Promise<number> {
  const { rows } = await owner.query(
    `select count(*) as lost from claim c
     where c.space_id = $1 and (c.expires_at is null or c.expires_at > $2)
       and not exists (select from appointment a where a.space_id = $1 and a.id = c.held_by_id
         and a.state not in ('cancelledByUsager', 'cancelledByAgent'))
       and not exists (select from room_booking b where b.space_id = $1 and b.id = c.held_by_id and b.cancelled_at is null)
       and not exists (select from occurrence o where o.space_id = $1 and o.id = c.held_by_id and o.state = 'held')
       and not exists (select from seat_given g where g.space_id = $1 and g.id = c.held_by_id)
       and not exists (select from slot_hold h where h.space_id = $1 and h.id = c.held_by_id and h.expires_at > $2)`,
    [spaceId, nowIso],
  );
  return Number(rows[0].lost);
}

export interface Left {
  occurrenceId: string;
  startsAt: Date;
  /** In how many ways a person could still be received: places, or pairs of agents. */
  left: number;
}

/** Capacity less what is booked, of every slot of the grid at which something is left; holds that ran out count for nothing. */
export async function placesLeft(owner: pg.Client, spaceId: string, nowIso: string): Promise<Left[]> {
  const { rows } = await owner.query(
    `with slot as (
       select o.id, m.agents_needed, t as starts_at,
         case when o.mode = 'group' then o.ends_at else t + interval '${SLOT_MINUTES} minutes' end as ends_at, o.mode, o.seats
       from occurrence o
       join permanence_motif pm on pm.space_id = o.space_id and pm.permanence_id = o.permanence_id
       join motif m on m.space_id = o.space_id and m.id = pm.motif_id
       cross join lateral generate_series(o.starts_at, o.ends_at - interval '1 minute',
         case when o.mode = 'group' then interval '1 day' else interval '${SLOT_MINUTES} minutes' end) t
       where o.space_id = $1
     ), counter as (
       select s.*, oa.agent_id, null::int as seat from slot s
         join occurrence_agent oa on oa.space_id = $1 and oa.occurrence_id = s.id where s.mode <> 'group'
       union all
       select s.*, null, n from slot s cross join lateral generate_series(1, s.seats) n
       where s.mode = 'group' or not exists (select from occurrence_agent oa where oa.space_id = $1 and oa.occurrence_id = s.id)
     ), taken as (
       select occurrence_id, agent_id, second_agent_id, seat, starts_at, ends_at from appointment
       where space_id = $1 and state not in ('cancelledByUsager', 'cancelledByAgent')
       union all select occurrence_id, agent_id, second_agent_id, seat, starts_at, ends_at from seat_given where space_id = $1
       union all select occurrence_id, agent_id, second_agent_id, seat, starts_at, ends_at from slot_hold
         where space_id = $1 and expires_at > $2
     ), free as (
       select c.id, c.starts_at, c.agents_needed, count(*) as n from counter c
       where not exists (select from taken t where t.occurrence_id = c.id and t.starts_at < c.ends_at and c.starts_at < t.ends_at
         and (c.agent_id in (t.agent_id, t.second_agent_id) or c.seat = t.seat))
       group by c.id, c.starts_at, c.agents_needed
     )
     select id as "occurrenceId", starts_at as "startsAt",
       (case when agents_needed = 2 then n * (n - 1) / 2 else n end)::int as left
     from free where n >= agents_needed`,
    [spaceId, nowIso],
  );
  return rows;
}
