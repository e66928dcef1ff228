-- Holds alone expire: looking for those that did must not read everything an agent will ever do.
create index claim_that_expires on claim (space_id, resource_id, expires_at) where expires_at is not null;

-- These ask the same small questions by key, whatever the values: planning them again each time cost more than answering.
alter function clear_expired_claims(uuid[], timestamptz) set plan_cache_mode = force_generic_plan;
alter function busy_counters(uuid[], timestamptz, timestamptz, timestamptz) set plan_cache_mode = force_generic_plan;

-- As before, past the policies: five small reads each repeated them. What they said is said once, where the date is read;
-- the rest hangs from that date, or (motifs, agents, counters) may be read by everyone in the space.
create or replace function open_slot(of_occurrence uuid, of_motif uuid, wanted_start timestamptz, wanted_agent uuid, leaving uuid[],
  told_now timestamptz, doubled boolean)
returns table (partner_id uuid, site_id uuid, room_id uuid, mode text, state text, cause text, starts_at timestamptz,
  ends_at timestamptz, confidential boolean, bookable boolean, duration_minutes int, pause_before int, pause_after int,
  agents_needed int, modes text[], counters jsonb, taken jsonb)
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
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
  select * into o from occurrence where space_id = ctx_space() and id = of_occurrence and sees(partner_id, confidential) for share;
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

-- The same for who holds the rooms of a board.
alter function taken(uuid[], timestamptz, timestamptz, timestamptz) set plan_cache_mode = force_generic_plan;
