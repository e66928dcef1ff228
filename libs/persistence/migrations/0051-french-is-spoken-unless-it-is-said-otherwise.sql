-- Somebody of whom no language is written speaks that of the house, and so do those of whom nothing is written at all: a date without
-- named agents was said to be received by nobody who speaks French.

create function speaks(languages text[], asked text) returns boolean language sql immutable parallel safe as $$
  select asked = any (case when languages = '{}' then '{fr}' else languages end)
$$;

-- As before, but for whom a language is answered by.
create or replace function find_dates(of_motifs uuid[], window_start timestamptz, window_end timestamptz, told_now timestamptz,
  in_zone text, asked jsonb, per_day int, most int)
returns table (motif_id uuid, verdict text, occurrence_id uuid, site_id uuid, room_id uuid, starts_at timestamptz,
  ends_at timestamptz, original_start timestamp, mode text, cause text, lengths json, owners json, seats smallint, counters json)
-- Lists are brought together by hashing, however long they are: the planner, who does not know, would take them for short.
language plpgsql stable security definer set search_path = public, pg_temp set enable_nestloop = off as $$
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
  accessible_only boolean := coalesce((asked->>'accessible')::boolean, false);
  doubled int := case when (asked->>'interpreter')::boolean then 2 else 1 end;
  is_public boolean := coalesce((asked->>'public')::boolean, false);
  m record;
  r record;
  permanences uuid[];
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
begin
  for m in
    select mo.* from unnest(of_motifs) with ordinality as w(id, nth)
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
    needs_room := coalesce(asked->>'mode', case when 'on-site' = any (m.modes) then 'on-site' else m.modes[1] end) = 'on-site';
    earliest := window_start;
    until := window_end;
    if is_public then
      earliest := greatest(window_start, told_now + m.public_notice_hours * interval '1 hour');
      until := least(window_end, ((told_now at time zone in_zone)::date + m.public_horizon_days + 1)::timestamp at time zone in_zone);
    end if;
    permanences := array(
      select pe.id from permanence pe
      where pe.space_id = sp and pe.state <> 'draft'
        and pe.id = any (array(select pm.permanence_id from permanence_motif pm where pm.space_id = sp and pm.motif_id = m.id)));
    w_start := window_start;
    step := interval '7 days';
    found := 0;
    cut := null;
    while w_start < until and cut is null loop
      w_end := least(until, (date_trunc('day', w_start at time zone in_zone) + step) at time zone in_zone);
      in_window := 0;
      for r in
        with laid_out as materialized (
          select o.id, o.permanence_id, o.rule_id, o.partner_id, o.site_id, o.room_id, o.starts_at, o.ends_at,
            o.original_start, o.mode, o.state, o.cause, o.seats, (o.starts_at at time zone in_zone)::date as day
          from occurrence o
          where o.space_id = sp and o.permanence_id = any (permanences)
            -- a date under way when the search begins is looked at as well
            and o.starts_at >= case when w_start = window_start then w_start - interval '1 day' else w_start end
            and o.starts_at < w_end
            and o.mode in ('appointment', 'group') and o.ends_at > window_start
            and (asked_date is null or o.id = asked_date)
            and (sites is null or o.site_id = any (sites))
            -- what is published may be read by all, but is booked only by its partner and the desk, and by the public what is for it
            and case when is_public then o.visibility = 'public' and not o.confidential
                else sight = 'system' or (sight = 'desk' and not o.confidential) or o.partner_id = mine end
            and (asked_part is null
              or (asked_part = 'morning' and (o.starts_at at time zone in_zone)::time < '12:00')
              or (asked_part = 'afternoon'
                and (o.ends_at at time zone in_zone) > date_trunc('day', o.starts_at at time zone in_zone) + interval '12 hours'))
        ), attending as materialized (
          select oa.occurrence_id, oa.agent_id from occurrence_agent oa
          where oa.space_id = sp and oa.occurrence_id = any (array(select d.id from laid_out d))
        ), known as materialized (
          select ag.id, ag.position, ag.skills @> m.skills as able,
            (asked_agent is null or ag.id = asked_agent) and (asked_language is null or speaks(ag.languages, asked_language)) as answers
          from agent ag
          where ag.space_id = sp and ag.id = any (array(select distinct a.agent_id from attending a))
        ), who as (
          select a.occurrence_id, true as there, count(*) filter (where k.able) as able,
            array_agg(a.agent_id) filter (where k.able) as agents, bool_or(k.able and k.answers) as answers
          from attending a join known k on k.id = a.agent_id
          group by a.occurrence_id
        ), dates as materialized (
          select d.*, coalesce(w.able, 0) as able, w.agents, d.mode = 'group' or w.there is null as by_place
          from laid_out d left join who w on w.occurrence_id = d.id
          -- received by nobody in particular: by people of the partner, who speak the language of the house
          where (asked_agent is null and (asked_language is null or (w.there is null and speaks('{}', asked_language)))) or w.answers
        ), load as (
          select d.id, count(*)::int as people, sum(a.ends_at - a.starts_at) as busy
          from appointment a join dates d on d.id = a.occurrence_id
          where a.space_id = sp and a.occurrence_id = any (array(select d.id from dates d where d.state = 'held'))
            and a.state not in ('cancelledByUsager', 'cancelledByAgent')
            -- only what surely takes one of its counters: never said full when it is not
            and a.starts_at >= d.starts_at and a.ends_at <= d.ends_at
            and case when d.by_place then a.seat between 1 and d.seats else a.agent_id = any (d.agents) end
          group by d.id
        ), fitting as materialized (
          select ro.id from room ro
          where ro.space_id = sp and ro.id = any (array(select distinct d.room_id from dates d where needs_room))
            and ro.capacity >= m.people and ro.equipment @> m.equipment and (ro.accessible or not accessible_only)
        ), counted as (
          select d.*, case when d.by_place then d.seats else d.able end as places_at_once,
            coalesce(l.people, 0) as people, coalesce(l.busy, interval '0') as busy
          from dates d left join load l on l.id = d.id
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
              when not w.by_place and w.able < m.agents_needed then 'no-agent'
              when w.places = 0 then 'full'
              when needs_room and not case when w.room_id is null then m.equipment = '{}' and not accessible_only
                else w.room_id in (select f.id from fitting f) end then 'no-room'
              else 'open' end as said
          from weighed w
        ), reached as materialized (
          select j.day, sum(least(per_day, sum(j.places))) over (order by j.day) as total
          from judged j where j.said = 'open' group by j.day
        ), last_day as materialized (
          select min(e.day) as day from reached e where e.total >= most - found
        ), shown as materialized (
          select j.* from judged j cross join last_day l where j.said = 'open' and (l.day is null or j.day <= l.day)
          union all
          (select distinct on (j.day, j.said) j.* from judged j cross join last_day l
           where j.said <> 'open' and (l.day is null or j.day <= l.day) order by j.day, j.said, j.starts_at, j.id)
        ), received as (
          select pm.permanence_id, to_json(array_agg(distinct mo.pause_before + mo.duration_minutes + mo.pause_after)) as lengths
          from permanence_motif pm join motif mo on mo.space_id = sp and mo.id = pm.motif_id and mo.booked = 'here' and mo.retired_at is null
          where pm.space_id = sp and pm.permanence_id = any (array(select distinct s.permanence_id from shown s where s.said = 'open'))
          group by pm.permanence_id
        ), present as materialized (
          select x.agent_id, min(s.starts_at) as from_at, max(s.ends_at) as to_at
          from shown s cross join lateral unnest(s.agents) x(agent_id)
          where s.said = 'open' and not s.by_place group by x.agent_id
        ), seated as materialized (
          select s.rule_id, max(s.seats) as seats, min(s.starts_at) as from_at, max(s.ends_at) as to_at
          from shown s where s.said = 'open' and s.by_place group by s.rule_id
        ), counter as materialized (
          select re.id, k.id as owner_id, k.id as agent_id, null::smallint as seat, k.answers, k.position as place, p.from_at, p.to_at
          from present p join known k on k.id = p.agent_id
          join resource re on re.owner_id = p.agent_id
          where re.space_id = sp and re.kind = 'time' and re.number = 0 and re.owner_id = any (array(select p.agent_id from present p))
          union all
          select re.id, re.owner_id, null, re.number, true, re.number, s.from_at, s.to_at
          from seated s join resource re on re.owner_id = s.rule_id
          where re.space_id = sp and re.kind = 'seat' and re.number between 1 and s.seats and re.owner_id = any (array(select s.rule_id from seated s))
        ), busy as (
          select k.id, json_agg(json_build_array(date_part('epoch', b.from_at) * 1000, date_part('epoch', b.to_at) * 1000,
              date_part('epoch', b.until_at) * 1000, b.away) order by b.from_at) as busy
          from counter k cross join lateral (
            select lower(c.during) as from_at, upper(c.during) as to_at, c.expires_at as until_at, false as away
            from claim c
            where c.space_id = sp and c.resource_id = k.id
              and c.during && tstzrange(k.from_at - m.pause_before * interval '1 minute', k.to_at + m.pause_after * interval '1 minute')
              and (c.expires_at is null or (c.expires_at > told_now and not exists (
                -- what is held by this very account does not vanish from its own list
                select from slot_hold h where h.space_id = sp and h.id = c.held_by_id and h.account_id = ctx_account())))
            union all
            select ab.starts_at, ab.ends_at, null, true from absence ab
            where k.agent_id is not null and ab.space_id = sp and ab.agent_id = k.agent_id
              and ab.ends_at > k.from_at and ab.starts_at < k.to_at
            offset 0
          ) b group by k.id
        )
        select 'counters' as said, null::uuid as id, null::uuid as site_id, null::uuid as room_id, null::timestamptz as starts_at,
          null::timestamptz as ends_at, null::timestamp as original_start, null as mode, null as cause, null::json as lengths,
          null::json as owners, null::smallint as seats,
          json_agg(json_build_array(k.owner_id, k.id, k.agent_id, k.seat, k.answers, b.busy) order by k.place, k.agent_id, k.seat) as counters,
          null::date as day, null::date as last_day, 0 as total
        from counter k left join busy b on b.id = k.id having count(*) > 0
        union all
        select s.said, s.id, s.site_id, s.room_id, s.starts_at, s.ends_at, s.original_start, s.mode, s.cause, q.lengths,
          case when s.said = 'open' then to_json(case when s.by_place then array[s.rule_id] else s.agents end) end,
          case when s.said = 'open' and s.by_place then s.seats end, null, s.day, l.day, coalesce(e.total, 0)::int
        from shown s cross join last_day l left join reached e on e.day = s.day left join received q on q.permanence_id = s.permanence_id
        order by day nulls first, starts_at, id
      loop
        motif_id := m.id;
        verdict := r.said;
        occurrence_id := r.id;
        site_id := r.site_id;
        room_id := r.room_id;
        starts_at := r.starts_at;
        ends_at := r.ends_at;
        original_start := r.original_start;
        mode := r.mode;
        cause := r.cause;
        lengths := r.lengths;
        owners := r.owners;
        seats := r.seats;
        counters := r.counters;
        return next;
        cut := r.last_day;
        in_window := greatest(in_window, r.total);
      end loop;
      found := found + in_window;
      w_start := w_end;
      step := step * 2;
    end loop;
    motif_id := m.id;
    verdict := 'looked-until';
    occurrence_id := null;
    counters := null;
    starts_at := case when cut is null then until else (cut + 1)::timestamp at time zone in_zone end;
    return next;
  end loop;
end $$;
