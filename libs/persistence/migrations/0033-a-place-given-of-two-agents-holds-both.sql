-- A place given of an interview of two agents names both: without either of them, it is given no more.
alter table seat_given
  add column second_agent_id uuid,
  add foreign key (space_id, second_agent_id) references agent (space_id, id),
  add check (second_agent_id is null or agent_id is not null);

create or replace function drop_given_seats(of_occurrences uuid[], told_now timestamptz) returns table (permanence_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  delete from seat_given g using occurrence o
  where g.space_id = ctx_space() and g.occurrence_id = any (of_occurrences) and g.ends_at > told_now
    and o.space_id = g.space_id and o.id = g.occurrence_id and sees(o.partner_id, o.confidential)
    and not (o.state = 'held' and g.starts_at >= o.starts_at and g.ends_at <= o.ends_at
      and (g.seat is null or g.seat <= o.seats)
      and not exists (
        select from unnest(array[g.agent_id, g.second_agent_id]) given(agent_id)
        where given.agent_id is not null and not exists (
          select from occurrence_agent oa
          where oa.space_id = o.space_id and oa.occurrence_id = o.id and oa.agent_id = given.agent_id)))
  returning o.permanence_id
$$;
