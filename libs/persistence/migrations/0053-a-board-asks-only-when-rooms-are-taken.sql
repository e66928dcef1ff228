-- A board and a planning draw that something is held there, never by whom: looking up each holder to say nothing of it cost them a
-- third of the answer.
create function when_taken(resources uuid[], window_start timestamptz, window_end timestamptz, told_now timestamptz)
returns table (resource_id uuid, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  select c.resource_id, lower(c.during), upper(c.during)
  from claim c
  where c.space_id = ctx_space() and c.resource_id = any (resources) and c.during && tstzrange(window_start, window_end)
    and (c.expires_at is null or c.expires_at > told_now)
$$;
revoke execute on function when_taken(uuid[], timestamptz, timestamptz, timestamptz) from public;
grant execute on function when_taken(uuid[], timestamptz, timestamptz, timestamptz) to palier_app;
