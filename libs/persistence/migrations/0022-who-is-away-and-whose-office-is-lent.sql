-- Who sits in a room when it is someone's office: only these agents of the partner, or of several that share it.
create table room_resident (
  space_id uuid not null,
  room_id uuid not null,
  agent_id uuid not null,
  primary key (space_id, room_id, agent_id),
  foreign key (space_id, room_id) references room (space_id, id) on delete cascade,
  foreign key (space_id, agent_id) references agent (space_id, id)
);
create index on room_resident (space_id, agent_id);

-- An office lent by those whose it is, at hours they are there.
create table office_loan (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  room_id uuid not null,
  partner_id uuid not null, -- whose office it is
  to_partner_id uuid, -- null: to whoever needs it
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  lent_by uuid,
  created_at timestamptz not null,
  primary key (space_id, id),
  foreign key (space_id, room_id) references room (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, to_partner_id) references partner (space_id, id)
);
create index on office_loan (space_id, room_id, ends_at);

grant select, insert, update, delete on room_resident, office_loan to palier_app;
alter table room_resident enable row level security;
create policy own_space on room_resident using (space_id = (select ctx_space()));
alter table office_loan enable row level security;
-- Everyone looks for a room and may know that one is lent; it is lent by its partner or the desk.
create policy read on office_loan for select using (space_id = (select ctx_space()));
create policy write on office_loan for all using (
  space_id = (select ctx_space()) and ((select ctx_sight()) in ('desk', 'system') or partner_id = (select ctx_partner())));

-- A date whose agents are all away; an office that someone borrowed and that is its resident's again.
alter table conflict drop constraint conflict_kind_check;
alter table conflict add constraint conflict_kind_check
  check (kind in ('room-taken', 'agent-taken', 'appointment-stranded', 'agent-away', 'office-borrowed'));
-- The hours of a conflict that is of no date: those at which the office is borrowed.
alter table conflict add column starts_at timestamptz, add column ends_at timestamptz;
drop index one_open_conflict_per_obstacle;
create unique index one_open_conflict_per_obstacle on conflict
  (space_id, kind, occurrence_id, appointment_id, wanted_id, starts_at) nulls not distinct where settled_at is null;
create index on conflict (space_id) where kind = 'office-borrowed' and settled_at is null;

-- A date that is kept though it has no room: no room is looked for.
alter table permanence_exception add column without_room boolean not null default false;

-- When nobody is left on a date: its agents are all away, all along (`wholly`) or from the first such moment to the last.
-- For those who may see the date: never who, never why.
create function left_alone(of_occurrences uuid[])
returns table (occurrence_id uuid, starts_at timestamptz, ends_at timestamptz, wholly boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with missed as materialized (
    -- From the absences on: they are few, and most dates have none.
    select distinct o.id
    from absence b
    join occurrence_agent oa on oa.space_id = b.space_id and oa.agent_id = b.agent_id
    join occurrence o on o.space_id = oa.space_id and o.id = oa.occurrence_id and o.starts_at < b.ends_at and o.ends_at > b.starts_at
    where b.space_id = ctx_space() and oa.occurrence_id = any (of_occurrences)
  )
  select o.id, lower(g.gap), upper(g.gap), g.gap = tstzmultirange(tstzrange(o.starts_at, o.ends_at))
  from missed m join occurrence o on o.space_id = ctx_space() and o.id = m.id
  cross join lateral (
    select range_intersect_agg(away.during) * tstzmultirange(tstzrange(o.starts_at, o.ends_at)) as gap
    from occurrence_agent oa
    cross join lateral (
      select coalesce(range_agg(tstzrange(b.starts_at, b.ends_at)), '{}'::tstzmultirange) as during
      from absence b
      where b.space_id = oa.space_id and b.agent_id = oa.agent_id and b.ends_at > o.starts_at and b.starts_at < o.ends_at) away
    where oa.space_id = o.space_id and oa.occurrence_id = o.id
  ) g
  where o.state = 'held' and not isempty(g.gap)
    and (sees(o.partner_id, o.confidential) or (not o.confidential and (
      o.visibility = 'public' or (o.visibility = 'restricted' and ctx_sight() = 'partner'))))
$$;

-- The dates to come on which an agent is expected at any of these hours.
create function dates_expecting(of_agent uuid, window_starts timestamptz[], window_ends timestamptz[], told_now timestamptz)
returns table (permanence_id uuid, occurrence_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.permanence_id, o.id
  from occurrence_agent oa
  cross join lateral (
    select d.* from occurrence d
    where d.space_id = oa.space_id and d.id = oa.occurrence_id and d.state = 'held' and d.ends_at > told_now
      and exists (select from unnest(window_starts, window_ends) as w(starts_at, ends_at) where d.starts_at < w.ends_at and d.ends_at > w.starts_at)
    offset 0) o
  where oa.space_id = ctx_space() and oa.agent_id = of_agent and sees(o.partner_id, o.confidential)
$$;

-- Whether someone is there to receive at these hours: the agents named, or anyone at all when nobody is.
create function is_received(in_space uuid, of_occurrence uuid, by_agent uuid, by_second uuid, from_time timestamptz, to_time timestamptz)
returns boolean language sql stable as $$
  select not exists (
      select from absence b where b.space_id = in_space and b.agent_id in (by_agent, by_second) and b.starts_at < to_time and b.ends_at > from_time)
    and (by_agent is not null
      or not exists (select from occurrence_agent oa where oa.space_id = in_space and oa.occurrence_id = of_occurrence)
      or exists (
        select from occurrence_agent oa where oa.space_id = in_space and oa.occurrence_id = of_occurrence and not exists (
          select from absence b where b.space_id = in_space and b.agent_id = oa.agent_id and b.starts_at < to_time and b.ends_at > from_time)))
$$;
revoke execute on function is_received(uuid, uuid, uuid, uuid, timestamptz, timestamptz) from public;

-- As before; whoever is booked with an agent who is away, or when nobody is there, is stranded too.
-- So is whoever would go to the wrong place, or come when a group has begun; and nobody is received at an internal meeting.
create or replace function strand_appointments(of_occurrences uuid[], told_now timestamptz)
returns table (id uuid, starts_at timestamptz, newly boolean)
language sql security definer set search_path = public, pg_temp as $$
  with booked as (
    select a.id, a.occurrence_id, a.starts_at, a.partner_id, a.confidential, o.confidential as date_confidential,
      o.state = 'held' and a.starts_at >= o.starts_at and a.ends_at <= o.ends_at
        and a.site_id = o.site_id and o.mode <> 'internal' and (o.mode <> 'group' or a.starts_at = o.starts_at)
        and (a.seat is null or a.seat <= o.seats)
        and (a.agent_id is null or exists (
          select from occurrence_agent oa
          where oa.space_id = o.space_id and oa.occurrence_id = o.id and oa.agent_id = a.agent_id))
        and is_received(o.space_id, o.id, a.agent_id, a.second_agent_id, a.starts_at, a.ends_at) as fits
    from occurrence o join appointment a on a.space_id = o.space_id and a.occurrence_id = o.id
    where o.space_id = ctx_space() and o.id = any (of_occurrences) and sees(o.partner_id, o.confidential)
      and a.state in ('planned', 'confirmed', 'arrived') and a.ends_at > told_now
  ), back_inside as (
    update conflict c set settled_at = told_now from booked b
    where b.fits and c.space_id = ctx_space() and c.appointment_id = b.id
      and c.kind = 'appointment-stranded' and c.settled_at is null
  ), opened as (
    insert into conflict (space_id, partner_id, confidential, kind, occurrence_id, appointment_id, opened_at)
    select ctx_space(), b.partner_id, b.confidential or b.date_confidential, 'appointment-stranded', b.occurrence_id, b.id, told_now
    from booked b where not b.fits
    on conflict do nothing
    returning appointment_id
  )
  select case when sees(b.partner_id, b.confidential) then b.id end, b.starts_at,
    b.id in (select o.appointment_id from opened o)
  from booked b where not b.fits order by b.starts_at, b.id
$$;

-- Whose office each room is, and by whom it is sat in: the agents named, else everyone of the partner (nobody: agent_id null).
create function sitting_in(rooms uuid[]) returns table (room_id uuid, partner_id uuid, agent_id uuid)
language sql stable as $$
  select rr.room_id, a.partner_id, a.id
  from room_resident rr join agent a on a.space_id = rr.space_id and a.id = rr.agent_id and a.retired_at is null
  where rr.space_id = ctx_space() and rr.room_id = any (rooms)
  union all
  select r.id, r.resident_partner_id, a.id
  from room r
  left join agent a on a.space_id = r.space_id and a.partner_id = r.resident_partner_id and a.retired_at is null
  where r.space_id = ctx_space() and r.id = any (rooms) and r.resident_partner_id is not null and not exists (
    select from room_resident rr join agent g on g.space_id = rr.space_id and g.id = rr.agent_id and g.retired_at is null
    where rr.space_id = r.space_id and rr.room_id = r.id and g.partner_id = r.resident_partner_id)
$$;

-- Rooms that are someone else's office at these hours (the n-th room during the n-th hours): whose, and why it is lent then:
-- 'lent' by its resident or the desk, 'closed' with its partner, 'away' while everyone who sits in it is; null: it is not lent.
create function offices_of_others(rooms uuid[], window_starts timestamptz[], window_ends timestamptz[], to_partners uuid[])
returns table (nth bigint, room_id uuid, resident uuid, lent text)
language sql stable security definer set search_path = public, pg_temp as $$
  with sitting as materialized (
    select * from sitting_in(array(select distinct unnest(rooms)))
  ), asked as (
    select w.nth, w.room_id, tstzrange(w.starts_at, w.ends_at) as during, w.to_partner
    from unnest(rooms, window_starts, window_ends, to_partners) with ordinality as w(room_id, starts_at, ends_at, to_partner, nth)
    where w.room_id in (select s.room_id from sitting s)
  )
  select a.nth, a.room_id, o.resident,
    case
      when l.loans @> a.during then 'lent'
      when l.loans + e.closed @> a.during then 'closed'
      when l.loans + e.away @> a.during then 'away'
    end
  from asked a
  cross join lateral (
    select coalesce(min(s.partner_id::text) filter (where s.partner_id = r.resident_partner_id), min(s.partner_id::text))::uuid as resident
    from sitting s join room r on r.space_id = ctx_space() and r.id = s.room_id
    where s.room_id = a.room_id
    having count(*) > 0 and not bool_or(s.partner_id is not distinct from a.to_partner)) o
  cross join lateral (
    select coalesce(range_agg(tstzrange(n.starts_at, n.ends_at)), '{}'::tstzmultirange) as loans from office_loan n
    where n.space_id = ctx_space() and n.room_id = a.room_id and n.ends_at > lower(a.during) and n.starts_at < upper(a.during)
      and (n.to_partner_id is null or n.to_partner_id = a.to_partner)) l
  cross join lateral (
    select range_intersect_agg(c.closed) as closed, range_intersect_agg(c.closed + b.away) as away
    from sitting s
    cross join lateral (
      select coalesce(range_agg(tstzrange(c.first_day::timestamp at time zone z.zone, (c.last_day + 1)::timestamp at time zone z.zone)),
        '{}'::tstzmultirange) as closed
      from closure c join space z on z.id = c.space_id
      where c.space_id = ctx_space() and c.partner_id = s.partner_id) c
    cross join lateral (
      select coalesce(range_agg(tstzrange(b.starts_at, b.ends_at)), '{}'::tstzmultirange) as away from absence b
      where b.space_id = ctx_space() and b.agent_id = s.agent_id and b.ends_at > lower(a.during) and b.starts_at < upper(a.during)) b
    where s.room_id = a.room_id) e
$$;

-- The resources of a room: itself and every desk of it.
create function resources_of_room(of_room uuid) returns setof uuid language sql stable as $$
  select r.id from resource r where r.space_id = ctx_space() and r.kind = 'room' and r.owner_id = of_room
  union all
  select r.id from workstation w join resource r on r.space_id = w.space_id and r.kind = 'workstation' and r.owner_id = w.id
  where w.space_id = ctx_space() and w.room_id = of_room and w.retired_at is null
$$;

-- What a layout owes to absences and to offices, for the dates it wrote: a date left alone is a conflict, and lets go of its own
-- office, which may be lent meanwhile; an office that was borrowed and is free again is no longer one. Gives how many were opened for each permanence.
create function heed_absences(of_occurrences uuid[], told_now timestamptz) returns table (permanence_id uuid, opened bigint)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare empty_offices uuid[];
begin
  if exists (select from absence where space_id = ctx_space() and ends_at > told_now) then
    return query with made as (
      insert into conflict (space_id, partner_id, confidential, kind, occurrence_id, opened_at)
        select o.space_id, o.partner_id, o.confidential, 'agent-away', o.id, told_now
        from left_alone(of_occurrences) l join occurrence o on o.space_id = ctx_space() and o.id = l.occurrence_id
        where o.ends_at > told_now
        on conflict do nothing
        returning occurrence_id
    ), told as (
      -- Calendars that programs read say it anew.
      update occurrence o set changed_at = told_now from made where o.space_id = ctx_space() and o.id = made.occurrence_id
      returning o.permanence_id
    ) select told.permanence_id, count(*) from told group by 1;
    empty_offices := array(
      select l.occurrence_id from left_alone(of_occurrences) l join occurrence o on o.space_id = ctx_space() and o.id = l.occurrence_id
      where l.wholly and exists (select from sitting_in(array[o.room_id]) s where s.partner_id = o.partner_id));
    delete from claim c
      where c.space_id = ctx_space() and c.held_by_id = any (empty_offices)
        and exists (select from resource r where r.space_id = c.space_id and r.id = c.resource_id and r.kind in ('room', 'workstation'));
  end if;
  update conflict c set settled_at = told_now
    where c.space_id = ctx_space() and c.kind = 'office-borrowed' and c.settled_at is null and not exists (
      select from claim t
      where t.space_id = ctx_space() and t.resource_id = any (array(select resources_of_room(c.wanted_id)))
        and t.during && tstzrange(c.starts_at, c.ends_at) and t.partner_id is distinct from c.partner_id
        and not exists (
          select from offices_of_others(array[c.wanted_id], array[c.starts_at], array[c.ends_at], array[t.partner_id]) f where f.lent is not null));
end $$;

-- After an absence came, changed or went: what no longer stands is settled, and a date that was left alone takes its own office
-- again; when it is borrowed by now, the date lacks its room and that is a conflict. The caller holds dates and rooms locked.
create function heed_return(of_occurrences uuid[], told_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare o occurrence; needed uuid[];
begin
  with back as (
    update conflict c set settled_at = told_now
      where c.space_id = ctx_space() and c.kind = 'agent-away' and c.settled_at is null and c.occurrence_id = any (of_occurrences)
        and c.occurrence_id not in (select l.occurrence_id from left_alone(of_occurrences) l)
      returning c.occurrence_id
  ) update occurrence d set changed_at = told_now from back where d.space_id = ctx_space() and d.id = back.occurrence_id;
  for o in
    select d.* from occurrence d
    where d.space_id = ctx_space() and d.id = any (of_occurrences) and d.state = 'held' and d.room_id is not null and d.ends_at > told_now
      and not exists (select from left_alone(array[d.id]) l where l.wholly)
      and not exists (
        select from claim c join resource r on r.space_id = c.space_id and r.id = c.resource_id and r.kind in ('room', 'workstation')
        where c.space_id = d.space_id and c.held_by_id = d.id)
    order by d.id
  loop
    needed := array(
      select f.id from resource f
      where f.space_id = ctx_space() and f.id in (select resources_of_room(o.room_id)) and (o.workstation_id is null or f.owner_id = o.workstation_id));
    if exists (
      select from claim c where c.space_id = ctx_space() and c.resource_id = any (needed) and c.during && tstzrange(o.starts_at, o.ends_at)
        and (c.expires_at is null or c.expires_at > told_now)) then
      insert into conflict (space_id, partner_id, confidential, kind, occurrence_id, wanted_id, opened_at)
        values (o.space_id, o.partner_id, o.confidential, 'room-taken', o.id, o.room_id, told_now) on conflict do nothing;
      update occurrence set room_id = null, workstation_id = null where space_id = o.space_id and id = o.id;
    else
      insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id, confidential)
        select o.space_id, needs.id, tstzrange(o.starts_at, o.ends_at), 'occurrence', o.id, o.partner_id, o.confidential
        from unnest(needed) as needs(id);
    end if;
  end loop;
end $$;

-- Who is in these offices, within these hours, without their being theirs nor lent any more: whoever borrowed one keeps it,
-- and its resident has something to settle. Gives how many.
create function recall_offices(rooms uuid[], window_start timestamptz, window_end timestamptz, told_now timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare opened bigint;
begin
  insert into conflict (space_id, partner_id, confidential, kind, wanted_id, starts_at, ends_at, opened_at)
    select ctx_space(), f.resident, p.confidential, 'office-borrowed', f.room_id, lower(held.during), upper(held.during), told_now
    from unnest(rooms) as office(id)
    cross join lateral (
      select distinct c.during, c.partner_id from claim c
      where c.space_id = ctx_space() and c.resource_id = any (array(select resources_of_room(office.id)))
        and c.during && tstzrange(greatest(window_start, told_now), greatest(window_end, told_now))
        and c.expires_at is null) held
    cross join lateral offices_of_others(array[office.id], array[lower(held.during)], array[upper(held.during)], array[held.partner_id]) f
    join partner p on p.space_id = ctx_space() and p.id = f.resident
    where f.lent is null
    on conflict do nothing;
  get diagnostics opened = row_count;
  return opened;
end $$;

revoke execute on function left_alone(uuid[]), dates_expecting(uuid, timestamptz[], timestamptz[], timestamptz), sitting_in(uuid[]), resources_of_room(uuid),
  offices_of_others(uuid[], timestamptz[], timestamptz[], uuid[]), heed_absences(uuid[], timestamptz),
  heed_return(uuid[], timestamptz), recall_offices(uuid[], timestamptz, timestamptz, timestamptz) from public;
grant execute on function left_alone(uuid[]), dates_expecting(uuid, timestamptz[], timestamptz[], timestamptz), sitting_in(uuid[]), resources_of_room(uuid),
  offices_of_others(uuid[], timestamptz[], timestamptz[], uuid[]), heed_absences(uuid[], timestamptz),
  heed_return(uuid[], timestamptz), recall_offices(uuid[], timestamptz, timestamptz, timestamptz) to palier_app;
