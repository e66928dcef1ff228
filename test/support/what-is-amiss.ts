import type { PlannedSpace } from './planned-space';

/**
 * What must never be, read from what people see and never from the claims: one agent at two things (pauses kept), one place for
 * two, one room for two, more people than places, somebody received outside the hours of her date or by someone away.
 */
export async function amiss(space: PlannedSpace): Promise<{ what: string; at: Date }[]> {
  return space.sql(
    `with standing as (
       select a.id, a.occurrence_id, a.seat, a.room_id, a.starts_at, a.ends_at, a.agent_id, a.second_agent_id, m.pause_before, m.pause_after
       from appointment a join motif m on m.id = a.motif_id where a.state not in ('cancelledByUsager', 'cancelledByAgent')
       union all
       select h.id, h.occurrence_id, h.seat, null, h.starts_at, h.ends_at, h.agent_id, h.second_agent_id, m.pause_before, m.pause_after
       from slot_hold h join motif m on m.id = h.motif_id where h.expires_at > $1
     ), received as (
       select s.id, x.agent_id, s.occurrence_id, s.starts_at, s.ends_at,
         tstzrange(s.starts_at - s.pause_before * interval '1 minute', s.ends_at + s.pause_after * interval '1 minute') as takes
       from standing s, lateral (values (s.agent_id), (s.second_agent_id)) x(agent_id) where x.agent_id is not null
     ), in_room as (
       select id, room_id, tstzrange(starts_at, ends_at) as during from standing where room_id is not null
       union all select id, room_id, tstzrange(starts_at, ends_at) from occurrence where state = 'held' and room_id is not null
     )
     select 'an agent at two things' as what, a.starts_at as at from received a join received b
       on a.agent_id = b.agent_id and a.id < b.id and a.takes && b.takes
     union all
     select 'an agent on a date and outside it', a.starts_at from received a
       join occurrence_agent oa on oa.agent_id = a.agent_id
       join occurrence o on o.id = oa.occurrence_id and o.state = 'held' and o.starts_at < a.ends_at and o.ends_at > a.starts_at
       where a.occurrence_id is null
     union all
     select 'an agent who is away', a.starts_at from received a
       join absence b on b.agent_id = a.agent_id and b.starts_at < a.ends_at and b.ends_at > a.starts_at
     union all
     select 'a place for two', a.starts_at from standing a join standing b
       on a.occurrence_id = b.occurrence_id and a.seat = b.seat and a.id < b.id and a.starts_at < b.ends_at and b.starts_at < a.ends_at
     union all
     select 'a room for two', lower(a.during) from in_room a join in_room b on a.room_id = b.room_id and a.id < b.id and a.during && b.during
     union all
     select 'outside its date', s.starts_at from standing s join occurrence o on o.id = s.occurrence_id
       where s.starts_at < o.starts_at or s.ends_at > o.ends_at or o.state <> 'held' or s.seat not between 1 and o.seats
     union all
     select 'more people than places', o.starts_at from occurrence o
       where o.mode = 'group' and (select count(*) from standing s where s.occurrence_id = o.id) > o.seats
     union all
     select 'more people at once than receive them', s.starts_at from standing s join occurrence o on o.id = s.occurrence_id
       where o.mode <> 'group' and (select count(*) from standing t where t.occurrence_id = o.id
         and t.starts_at <= s.starts_at and t.ends_at > s.starts_at)
         > greatest((select count(*) from occurrence_agent oa where oa.occurrence_id = o.id),
             case when exists (select from occurrence_agent oa where oa.occurrence_id = o.id) then 0 else o.seats end)`,
    [new Date(space.clock.now())],
  );
}
