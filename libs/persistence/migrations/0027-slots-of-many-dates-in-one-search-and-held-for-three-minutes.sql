-- A slot held for whoever is being written down: its claims are gone at expires_at, and with them the hold, for everybody.
create table slot_hold (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  partner_id uuid not null,
  confidential boolean not null,
  occurrence_id uuid not null,
  motif_id uuid not null,
  site_id uuid not null,
  agent_id uuid,
  second_agent_id uuid,
  seat smallint,
  interpreter boolean not null default false,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  account_id uuid, -- null: nobody of an account
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete cascade,
  foreign key (space_id, motif_id) references motif (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id)
);
create index on slot_hold (expires_at);
create index on slot_hold (space_id, occurrence_id);

grant select, insert, update, delete on slot_hold to palier_app;
alter table slot_hold enable row level security;
create policy seen on slot_hold using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not confidential)
    or partner_id = (select ctx_partner())));

-- When it was cancelled, and what the last command changed, so that for some seconds it can be taken back.
alter table appointment
  add column cancelled_at timestamptz,
  add column undo jsonb;

-- How full a date is, read from the index alone.
create index appointment_load on appointment (space_id, occurrence_id) include (agent_id, seat, starts_at, ends_at)
  where state not in ('cancelledByUsager', 'cancelledByAgent');

-- When these counters are busy: taken, held until an instant, or their agent away. The holder's id only to those who may
-- read the holder.
create function busy_counters(resources uuid[], window_start timestamptz, window_end timestamptz, told_now timestamptz)
returns table (resource_id uuid, starts_at timestamptz, ends_at timestamptz, held_by uuid, held_until timestamptz, away boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.resource_id, lower(c.during), upper(c.during), case when sees(c.partner_id, c.confidential) then c.held_by_id end,
    c.expires_at, false
  from unnest(resources) as wanted(id)
  join claim c on c.space_id = ctx_space() and c.resource_id = wanted.id and c.during && tstzrange(window_start, window_end)
  where c.expires_at is null or c.expires_at > told_now
  union all
  select r.id, a.starts_at, a.ends_at, null, null, true
  from unnest(resources) as wanted(id)
  join resource r on r.space_id = ctx_space() and r.id = wanted.id and r.kind = 'time'
  join absence a on a.space_id = r.space_id and a.agent_id = r.owner_id and a.ends_at > window_start and a.starts_at < window_end
$$;

-- The dates on which these motifs may be booked through Palier, each motif in order of time, as many days as it takes to
-- offer `most` slots with no more than `per_day` of a day, and those on the way that have none (the first of its kind a day).
-- It walks weeks, each twice as long as the one before, and passes over full dates by what is booked on them; what comes
-- back is exact: each counter with all that makes it busy. Each motif ends with a row without a date: how far it looked.
-- It reads past the policies, so it filters itself: what the viewer serves; for the public, what is open to all and booked
-- on the public page.
--   asked: sites, partner, agent, language, accessible, part, mode, interpreter, public, occurrence
--   counters: [resource, agent, place, answers to what was asked, [[start, end, held until, away]…]], times in epoch ms
create function find_dates(of_motifs uuid[], window_start timestamptz, window_end timestamptz, told_now timestamptz,
  in_zone text, asked jsonb, per_day int, most int)
returns table (motif_id uuid, occurrence_id uuid, partner_id uuid, site_id uuid, room_id uuid, starts_at timestamptz,
  ends_at timestamptz, original_start timestamp, mode text, state text, cause text, verdict text, lengths int[], counters json)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  sp uuid := ctx_space();
  sight text := ctx_sight();
  mine uuid := ctx_partner();
  sites uuid[] := (select array_agg(s::uuid) from jsonb_array_elements_text(asked->'sites') s);
  asked_partner uuid := asked->>'partner';
  asked_agent uuid := asked->>'agent';
  asked_language text := asked->>'language';
  asked_part text := asked->>'part';
  asked_date uuid := asked->>'occurrence';
  accessible boolean := coalesce((asked->>'accessible')::boolean, false);
  doubled int := case when (asked->>'interpreter')::boolean then 2 else 1 end;
  is_public boolean := coalesce((asked->>'public')::boolean, false);
  m record;
  r record;
  earliest timestamptz;
  until timestamptz;
  w_start timestamptz;
  w_end timestamptz;
  step interval;
  found int;
  in_window int;
  cut date;
  duration int; -- minutes in the room
  takes int; -- and the pauses
  pauses interval;
  needs_room boolean;
  by_agent boolean; -- what an agent knows or speaks matters
begin
  for m in
    select mo.*, pa.confidential as partner_confidential from unnest(of_motifs) with ordinality as w(id, nth)
    join motif mo on mo.space_id = sp and mo.id = w.id and mo.retired_at is null and mo.booked = 'here'
    join partner pa on pa.space_id = sp and pa.id = mo.partner_id
    where (asked_partner is null or mo.partner_id = asked_partner)
      and (asked->>'mode' is null or asked->>'mode' = any (mo.modes))
      and case when is_public then mo.public_booking and not mo.confidential and not pa.confidential
          else sight = 'system' or (sight = 'desk' and not (mo.confidential or pa.confidential)) or mo.partner_id = mine end
    order by w.nth
  loop
    duration := m.duration_minutes * doubled;
    takes := m.pause_before + duration + m.pause_after;
    pauses := (m.pause_before + m.pause_after) * interval '1 minute';
    by_agent := m.skills <> '{}' or asked_agent is not null or asked_language is not null;
    needs_room := coalesce(asked->>'mode', case when 'on-site' = any (m.modes) then 'on-site' else m.modes[1] end) = 'on-site';
    earliest := window_start;
    until := window_end;
    if is_public then
      earliest := greatest(window_start, told_now + m.public_notice_hours * interval '1 hour');
      until := least(window_end, ((told_now at time zone in_zone)::date + m.public_horizon_days + 1)::timestamp at time zone in_zone);
    end if;
    w_start := window_start;
    step := interval '7 days';
    found := 0;
    cut := null;
    while w_start < until and cut is null loop
      w_end := least(until, (date_trunc('day', w_start at time zone in_zone) + step) at time zone in_zone);
      in_window := 0;
      for r in
        with dates as materialized (
          select o.*, (o.starts_at at time zone in_zone)::date as day, who.all_agents, who.able, who.agents
          from permanence_motif pm
          cross join lateral (
            select from permanence pe where pe.space_id = sp and pe.id = pm.permanence_id and pe.state <> 'draft' offset 0
          ) p
          cross join lateral (
            select oc.id, oc.permanence_id, oc.rule_id, oc.partner_id, oc.site_id, oc.room_id, oc.starts_at, oc.ends_at,
              oc.original_start, oc.mode, oc.state, oc.cause, oc.seats, oc.confidential, oc.visibility
            from occurrence oc
            where oc.space_id = sp and oc.permanence_id = pm.permanence_id
              -- a date under way when the search begins is looked at as well
              and oc.starts_at >= case when w_start = window_start then w_start - interval '1 day' else w_start end
              and oc.starts_at < w_end
            offset 0
          ) o
          cross join lateral (
            select count(*) as all_agents, count(*) filter (where not by_agent or a.skills @> m.skills) as able,
              array_agg(oa.agent_id) filter (where not by_agent or a.skills @> m.skills) as agents,
              coalesce(bool_or(a.skills @> m.skills and (asked_agent is null or a.id = asked_agent)
                and (asked_language is null or asked_language = any (a.languages))), false) as answers
            from occurrence_agent oa
            left join lateral (
              select ag.id, ag.skills, ag.languages from agent ag where by_agent and ag.space_id = sp and ag.id = oa.agent_id offset 0
            ) a on true
            where oa.space_id = sp and oa.occurrence_id = o.id
            offset 0
          ) who
          where pm.space_id = sp and pm.motif_id = m.id and o.mode in ('appointment', 'group') and o.ends_at > window_start
            and (asked_date is null or o.id = asked_date)
            and (sites is null or o.site_id = any (sites))
            -- what is published may be read by all, but is booked only by its partner and the desk, and by the public what is for it
            and case when is_public then o.visibility = 'public' and not o.confidential
                else sight = 'system' or (sight = 'desk' and not o.confidential) or o.partner_id = mine end
            and ((asked_agent is null and asked_language is null) or who.answers)
            and (asked_part is null
              or (asked_part = 'morning' and (o.starts_at at time zone in_zone)::time < '12:00')
              or (asked_part = 'afternoon' and (o.ends_at at time zone in_zone)::time > '12:00'))
        ), counted as (
          select d.*, case when d.mode <> 'group' and d.all_agents > 0 then d.able else d.seats end as places_at_once,
            load.people, load.busy
          from dates d
          left join lateral (
            select count(*)::int as people, coalesce(sum(a.ends_at - a.starts_at), interval '0') as busy
            from appointment a
            where a.space_id = sp and a.occurrence_id = d.id and a.state not in ('cancelledByUsager', 'cancelledByAgent')
              -- only what surely takes one of its counters: never said full when it is not
              and a.starts_at >= d.starts_at and a.ends_at <= d.ends_at
              and case when d.mode <> 'group' and d.all_agents > 0 then a.agent_id = any (d.agents) else a.seat between 1 and d.seats end
            offset 0
          ) load on d.state = 'held'
        ), weighed as (
          select c.*, case
              when c.mode = 'group' then greatest(0, c.seats - c.people)
              -- under way: what was booked earlier says nothing of what is left
              when c.starts_at < earliest then 1
              when c.busy + duration * interval '1 minute' > c.places_at_once * (c.ends_at - c.starts_at) then 0
              else greatest(1, floor(extract(epoch from
                c.places_at_once * (c.ends_at - c.starts_at + pauses) - c.busy) / (takes * 60))::int / m.agents_needed)
            end as places
          from counted c
        ), judged as materialized (
          select w.*, case
              when w.state <> 'held' then w.state
              when case when w.mode = 'group' then w.starts_at else w.ends_at - duration * interval '1 minute' end < earliest
                then case when is_public then 'notice' else 'over' end
              when w.mode <> 'group' and w.all_agents > 0 and w.able < m.agents_needed then 'no-agent'
              when w.places = 0 then 'full'
              when needs_room and not case when w.room_id is null then m.equipment = '{}' and not accessible else (
                select ro.capacity >= m.people and ro.equipment @> m.equipment and (ro.accessible or not accessible)
                from room ro where ro.space_id = sp and ro.id = w.room_id) end then 'no-room'
              else 'open' end as said
          from weighed w
        ), reached as (
          select j.day, sum(least(per_day, sum(j.places))) over (order by j.day) as total
          from judged j where j.said = 'open' group by j.day
        ), last_day as (
          select min(e.day) as day from reached e where e.total >= most - found
        ), shown as (
          select j.* from judged j where j.said = 'open'
          union all
          (select distinct on (j.day, j.said) j.* from judged j where j.said <> 'open' order by j.day, j.said, j.starts_at, j.id)
        )
        select s.*, l.day as last_day, coalesce(e.total, 0)::int as total,
          case when s.said = 'open' then array(
            select distinct mm.pause_before + mm.duration_minutes + mm.pause_after
            from permanence_motif mp
            cross join lateral (
              select mo.pause_before, mo.duration_minutes, mo.pause_after from motif mo
              where mo.space_id = sp and mo.id = mp.motif_id and mo.booked = 'here' and mo.retired_at is null offset 0
            ) mm
            where mp.space_id = sp and mp.permanence_id = s.permanence_id) end as lengths,
          case when s.said = 'open' then (
            select json_agg(json_build_array(k.resource_id, k.agent_id, k.seat, k.answers, (
                select json_agg(json_build_array(
                  (extract(epoch from b.from_at) * 1000)::bigint, (extract(epoch from b.to_at) * 1000)::bigint,
                  (extract(epoch from b.until_at) * 1000)::bigint, b.away))
                from (
                  select lower(c.during) as from_at, upper(c.during) as to_at, c.expires_at as until_at, false as away
                  from claim c
                  where c.space_id = sp and c.resource_id = k.resource_id
                    and c.during && tstzrange(s.starts_at - m.pause_before * interval '1 minute', s.ends_at + m.pause_after * interval '1 minute')
                    and (c.expires_at is null or (c.expires_at > told_now and not exists (
                      -- what is held by this very account does not vanish from its own list
                      select from slot_hold h where h.space_id = sp and h.id = c.held_by_id and h.account_id = ctx_account())))
                  union all
                  select ab.starts_at, ab.ends_at, null, true from absence ab
                  where k.agent_id is not null and ab.space_id = sp and ab.agent_id = k.agent_id
                    and ab.ends_at > s.starts_at and ab.starts_at < s.ends_at
                ) b)) order by k.place, k.agent_id, k.seat)
            from (
              select re.id as resource_id, a.id as agent_id, null::smallint as seat, a.position as place,
                (asked_agent is null or a.id = asked_agent) and (asked_language is null or asked_language = any (a.languages)) as answers
              from occurrence_agent oa
              join agent a on a.space_id = sp and a.id = oa.agent_id and a.skills @> m.skills
              join resource re on re.space_id = sp and re.kind = 'time' and re.owner_id = a.id and re.number = 0
              where s.mode <> 'group' and oa.space_id = sp and oa.occurrence_id = s.id
              union all
              select re.id, null, re.number, re.number, true from resource re
              where (s.mode = 'group' or s.all_agents = 0)
                and re.space_id = sp and re.kind = 'seat' and re.owner_id = s.rule_id and re.number between 1 and s.seats
            ) k) end as counted
        from shown s cross join last_day l left join reached e on e.day = s.day
        where s.day <= l.day or l.day is null
        order by s.day, s.starts_at, s.id
      loop
        motif_id := m.id;
        occurrence_id := r.id;
        partner_id := r.partner_id;
        site_id := r.site_id;
        room_id := r.room_id;
        starts_at := r.starts_at;
        ends_at := r.ends_at;
        original_start := r.original_start;
        mode := r.mode;
        state := r.state;
        cause := r.cause;
        verdict := r.said;
        lengths := r.lengths;
        counters := r.counted;
        return next;
        cut := r.last_day;
        in_window := greatest(in_window, r.total);
      end loop;
      found := found + in_window;
      w_start := w_end;
      step := step * 2;
    end loop;
    motif_id := m.id;
    occurrence_id := null;
    starts_at := case when cut is null then until else (cut + 1)::timestamp at time zone in_zone end;
    verdict := 'looked-until';
    return next;
  end loop;
end $$;

-- What a booking or a hold needs to decide, in one round trip, as before; with the pauses, the interpreter who doubles it, the
-- two agents it may take, what they know how to do, and who is away. What takes a counter is [start - pause before,
-- end + pause after); when the start is not one of an empty day's, the whole day is read, to see what it lies against.
drop function open_slot(uuid, uuid, timestamptz, uuid, uuid[], timestamptz);
create function open_slot(of_occurrence uuid, of_motif uuid, wanted_start timestamptz, wanted_agent uuid, leaving uuid[],
  told_now timestamptz, doubled boolean)
returns table (partner_id uuid, site_id uuid, room_id uuid, mode text, state text, cause text, starts_at timestamptz,
  ends_at timestamptz, confidential boolean, bookable boolean, duration_minutes int, pause_before int, pause_after int,
  agents_needed int, modes text[], counters jsonb, taken jsonb)
language plpgsql as $$
#variable_conflict use_column
declare
  o occurrence;
  m motif;
  all_counters jsonb; -- [resource, agent or null, place or null], in the order they are given out
  candidates uuid[];
  duration interval;
  pause_first interval;
  pause_last interval;
  window_start timestamptz;
  window_end timestamptz;
begin
  select * into o from occurrence where space_id = ctx_space() and id = of_occurrence for share;
  if not found then return; end if;
  select * into m from motif where space_id = o.space_id and id = of_motif;
  if not found then return; end if;

  -- Named agents receive one person each; without them, and for a group, places do.
  if o.mode <> 'group' then
    select jsonb_agg(jsonb_build_array(r.id, a.id, null) order by a.position, a.id) filter (where a.skills @> m.skills),
      array_agg(r.id) filter (where a.skills @> m.skills and (wanted_agent is null or a.id = wanted_agent or m.agents_needed > 1))
    into all_counters, candidates
    from occurrence_agent oa
    join agent a on a.space_id = oa.space_id and a.id = oa.agent_id
    join resource r on r.space_id = oa.space_id and r.kind = 'time' and r.owner_id = oa.agent_id and r.number = 0
    where oa.space_id = o.space_id and oa.occurrence_id = o.id
    having count(*) > 0;
    if found then all_counters := coalesce(all_counters, '[]'); end if;
  end if;
  if all_counters is null then
    select jsonb_agg(jsonb_build_array(r.id, null, r.number) order by r.number),
      array_agg(r.id) filter (where wanted_agent is null)
    into all_counters, candidates
    from resource r
    where r.space_id = o.space_id and r.kind = 'seat' and r.owner_id = o.rule_id and r.number between 1 and o.seats;
  end if;
  duration := m.duration_minutes * (case when doubled then 2 else 1 end) * interval '1 minute';
  pause_first := m.pause_before * interval '1 minute';
  pause_last := m.pause_after * interval '1 minute';
  window_start := wanted_start - pause_first;
  window_end := wanted_start + duration + pause_last;
  if o.mode = 'group' then
    window_start := o.starts_at;
    window_end := o.ends_at;
  elsif mod(extract(epoch from wanted_start - o.starts_at), extract(epoch from window_end - window_start)) <> 0 then
    window_start := least(window_start, o.starts_at - pause_first);
    window_end := greatest(window_end, o.ends_at + pause_last);
  end if;

  -- NO KEY: the foreign-key check of a claim being inserted elsewhere must not wait for us.
  perform from resource where space_id = o.space_id and id = any (coalesce(candidates, '{}') || leaving) order by id for no key update;
  perform clear_expired_claims(candidates, told_now);

  return query select o.partner_id, o.site_id, o.room_id, o.mode, o.state, o.cause, o.starts_at, o.ends_at,
    o.confidential or m.confidential,
    m.booked = 'here' and m.retired_at is null and m.partner_id = o.partner_id and sees(o.partner_id, o.confidential or m.confidential)
      and exists (select from permanence_motif pm
                  where pm.space_id = o.space_id and pm.permanence_id = o.permanence_id and pm.motif_id = m.id),
    (extract(epoch from duration) / 60)::int, m.pause_before::int, m.pause_after::int, m.agents_needed::int, m.modes,
    coalesce(all_counters, '[]'),
    coalesce((select jsonb_agg(jsonb_build_array(b.resource_id, extract(epoch from b.starts_at) * 1000, extract(epoch from b.ends_at) * 1000,
                b.held_by, extract(epoch from b.held_until) * 1000, b.away) order by b.starts_at)
              from busy_counters(candidates, window_start, window_end, told_now) b), '[]');
end $$;

-- Taken back in the seconds that follow: an appointment of which nobody was told never was. Only by whoever booked it.
create function forget_booking(of_appointment uuid, told_now timestamptz, within interval) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from appointment a
    where a.space_id = ctx_space() and a.id = of_appointment and sees(a.partner_id, a.confidential)
      and a.booked_by = ctx_account() and a.booked_at > told_now - within and a.version = 1 and a.state = 'planned'
    for update;
  if not found or exists (select from message where space_id = ctx_space() and appointment_id = of_appointment) then return false; end if;
  delete from claim where space_id = ctx_space() and held_by_id = of_appointment;
  delete from conflict where space_id = ctx_space() and appointment_id = of_appointment;
  delete from reminder where space_id = ctx_space() and appointment_id = of_appointment;
  delete from appointment where space_id = ctx_space() and id = of_appointment;
  return true;
end $$;

-- As before; and holds that ran out leave nothing behind.
create or replace function prune_past_claims(ended_before timestamptz) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from claim where upper(during) < ended_before or expires_at < ended_before returning 1),
    holds as (delete from slot_hold where expires_at < ended_before)
  select count(*) from gone
$$;

revoke execute on function busy_counters(uuid[], timestamptz, timestamptz, timestamptz),
  find_dates(uuid[], timestamptz, timestamptz, timestamptz, text, jsonb, int, int),
  open_slot(uuid, uuid, timestamptz, uuid, uuid[], timestamptz, boolean),
  forget_booking(uuid, timestamptz, interval) from public;
grant execute on function busy_counters(uuid[], timestamptz, timestamptz, timestamptz),
  find_dates(uuid[], timestamptz, timestamptz, timestamptz, text, jsonb, int, int),
  open_slot(uuid, uuid, timestamptz, uuid, uuid[], timestamptz, boolean),
  forget_booking(uuid, timestamptz, interval) to palier_app;
