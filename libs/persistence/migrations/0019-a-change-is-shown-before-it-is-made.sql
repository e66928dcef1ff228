-- Turns of a rota are swapped: for this one date, these agents instead of the rule's (null: as the rule says).
alter table permanence_exception add column agent_ids uuid[];

-- A permanence changes from a day on: the rule that was ends, another begins, and takes over the dates it may keep, with who
-- is booked on them, their places and what was decided of them one by one. The caller holds the dates locked.
create function hand_over_dates(from_rule uuid, to_rule uuid, from_day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (
    select from permanence_rule f
    join permanence_rule t on t.space_id = f.space_id and t.permanence_id = f.permanence_id and t.id = to_rule
    join permanence p on p.space_id = f.space_id and p.id = f.permanence_id
    where f.space_id = ctx_space() and f.id = from_rule and sees(p.partner_id, p.confidential)) then return; end if;
  update permanence_exception e set rule_id = to_rule, original_start = e.original_start::date + t.start_time
    from permanence_rule t
    where t.space_id = ctx_space() and t.id = to_rule
      and e.space_id = ctx_space() and e.rule_id = from_rule and e.original_start >= from_day;
  update claim c set resource_id = t.id
    from occurrence o
    join appointment a on a.space_id = o.space_id and a.occurrence_id = o.id
    join resource f on f.space_id = o.space_id and f.kind = 'seat' and f.owner_id = from_rule
    join resource t on t.space_id = o.space_id and t.kind = 'seat' and t.owner_id = to_rule and t.number = f.number
    where o.space_id = ctx_space() and o.rule_id = from_rule and o.original_start >= from_day
      and c.space_id = ctx_space() and c.held_by_id = a.id and c.resource_id = f.id;
  update occurrence set rule_id = to_rule
    where space_id = ctx_space() and rule_id = from_rule and original_start >= from_day;
end $$;

-- A turn changes hands: whoever is received on this date by one agent is received by the other, at the same hour, and need
-- not be told. Those whom the other can't receive then (an appointment elsewhere) stay as they are.
create function hand_over_turn(of_occurrence uuid, from_agent uuid, to_agent uuid, told_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  with handed as (
    update claim c set resource_id = t.id
    from occurrence o
    join appointment a on a.space_id = o.space_id and a.occurrence_id = o.id and a.agent_id = from_agent
    join resource f on f.space_id = o.space_id and f.kind = 'time' and f.owner_id = from_agent
    join resource t on t.space_id = o.space_id and t.kind = 'time' and t.owner_id = to_agent
    where o.space_id = ctx_space() and o.id = of_occurrence and sees(o.partner_id, o.confidential)
      and a.state in ('planned', 'confirmed', 'arrived') and a.ends_at > told_now
      and c.space_id = o.space_id and c.held_by_id = a.id and c.resource_id = f.id
      and not exists (
        select from claim busy where busy.space_id = o.space_id and busy.resource_id = t.id and busy.during && c.during)
    returning c.held_by_id
  )
  update appointment set agent_id = to_agent where space_id = ctx_space() and id in (select held_by_id from handed)
$$;

-- Who is booked with an agent at these hours on any other date; the id only for those who may read the appointment.
create function appointments_elsewhere(of_agent uuid, window_start timestamptz, window_end timestamptz, but_on uuid[])
returns table (id uuid, starts_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select case when sees(a.partner_id, a.confidential) then a.id end, a.starts_at
  from occurrence_agent oa
  join occurrence o on o.space_id = oa.space_id and o.id = oa.occurrence_id
  join appointment a on a.space_id = o.space_id and a.occurrence_id = o.id and a.agent_id = of_agent
  where oa.space_id = ctx_space() and oa.agent_id = of_agent and o.starts_at < window_end and o.ends_at > window_start
    and o.id <> all (but_on) and a.starts_at < window_end and a.ends_at > window_start
    and a.state in ('planned', 'confirmed', 'arrived')
  order by a.starts_at, a.id
$$;

revoke execute on function hand_over_dates(uuid, uuid, date), hand_over_turn(uuid, uuid, uuid, timestamptz),
  appointments_elsewhere(uuid, timestamptz, timestamptz, uuid[]) from public;
grant execute on function hand_over_dates(uuid, uuid, date), hand_over_turn(uuid, uuid, uuid, timestamptz),
  appointments_elsewhere(uuid, timestamptz, timestamptz, uuid[]) to palier_app;
