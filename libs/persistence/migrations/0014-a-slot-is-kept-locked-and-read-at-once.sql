-- What a booking needs to decide, in one round trip. In this order, each statement seeing what the ones before waited for:
-- the date is kept from changing (others may book inside it), its counters are locked in id order together with what the
-- caller leaves, holds that ran out are forgotten, and who is there is read. It runs as the caller, under its policies:
-- no row when the date or the motif is not there for the viewer. Instants within the arrays are epoch milliseconds.
create function open_slot(of_occurrence uuid, of_motif uuid, wanted_start timestamptz, wanted_agent uuid, leaving uuid[],
  told_now timestamptz)
returns table (partner_id uuid, site_id uuid, room_id uuid, mode text, state text, cause text, starts_at timestamptz,
  ends_at timestamptz, confidential boolean, bookable boolean, duration_minutes int, counters jsonb, taken jsonb)
language plpgsql as $$
#variable_conflict use_column
declare
  o occurrence;
  m motif;
  all_counters jsonb; -- [resource, agent or null, place or null], in the order they are given out
  candidates uuid[];
  window_start timestamptz := wanted_start;
  window_end timestamptz;
begin
  select * into o from occurrence where space_id = ctx_space() and id = of_occurrence for share;
  if not found then return; end if;
  select * into m from motif where space_id = o.space_id and id = of_motif;
  if not found then return; end if;

  -- Named agents receive one person each; without them, and for a group, places do.
  if o.mode <> 'group' then
    select jsonb_agg(jsonb_build_array(r.id, a.id, null) order by a.position, a.id),
      array_agg(r.id) filter (where wanted_agent is null or a.id = wanted_agent)
    into all_counters, candidates
    from occurrence_agent oa
    join agent a on a.space_id = oa.space_id and a.id = oa.agent_id
    join resource r on r.space_id = oa.space_id and r.kind = 'time' and r.owner_id = oa.agent_id and r.number = 0
    where oa.space_id = o.space_id and oa.occurrence_id = o.id;
  end if;
  if all_counters is null then
    select jsonb_agg(jsonb_build_array(r.id, null, r.number) order by r.number),
      array_agg(r.id) filter (where wanted_agent is null)
    into all_counters, candidates
    from resource r
    where r.space_id = o.space_id and r.kind = 'seat' and r.owner_id = o.rule_id and r.number between 1 and o.seats;
  end if;
  window_end := wanted_start + m.duration_minutes * interval '1 minute';
  if o.mode = 'group' then
    window_start := o.starts_at;
    window_end := o.ends_at;
  end if;

  -- NO KEY: the foreign-key check of a claim being inserted elsewhere must not wait for us.
  perform from resource where space_id = o.space_id and id = any (coalesce(candidates, '{}') || leaving) order by id for no key update;
  perform clear_expired_claims(candidates, told_now);

  return query select o.partner_id, o.site_id, o.room_id, o.mode, o.state, o.cause, o.starts_at, o.ends_at,
    o.confidential or m.confidential,
    m.booked = 'here' and m.retired_at is null and m.partner_id = o.partner_id and sees(o.partner_id, o.confidential or m.confidential)
      and exists (select from permanence_motif pm
                  where pm.space_id = o.space_id and pm.permanence_id = o.permanence_id and pm.motif_id = m.id),
    m.duration_minutes,
    coalesce(all_counters, '[]'),
    coalesce((select jsonb_agg(jsonb_build_array(t.resource_id, extract(epoch from t.starts_at) * 1000, extract(epoch from t.ends_at) * 1000,
                t.published_name, t.held_by) order by t.starts_at)
              from taken(candidates, window_start, window_end, told_now) t), '[]');
end $$;

revoke execute on function open_slot(uuid, uuid, timestamptz, uuid, uuid[], timestamptz) from public;
grant execute on function open_slot(uuid, uuid, timestamptz, uuid, uuid[], timestamptz) to palier_app;
