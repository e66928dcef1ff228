-- The board, the list of permanences and the removal of a date all ask for the conflicts of a date.
create index on conflict (space_id, occurrence_id);

-- As before, with each holder looked up by its own key: joined, a database that has no statistics yet (a space being
-- loaded) read every date of the space for every claim.
create or replace function taken(resources uuid[], window_start timestamptz, window_end timestamptz, told_now timestamptz,
    out resource_id uuid, out starts_at timestamptz, out ends_at timestamptz, out published_name text, out held_by uuid)
returns setof record language sql stable security definer set search_path = public, pg_temp as $$
  select c.resource_id, lower(c.during), upper(c.during), case when holder.is_public then holder.title end,
    -- the holder's id only to those who may read the holder
    case when sees(c.partner_id, c.confidential) or holder.is_public then c.held_by_id end
  from claim c
  left join lateral (
    select o.visibility = 'public' and not o.confidential as is_public,
      (select p.title from permanence p where p.space_id = o.space_id and p.id = o.permanence_id and p.state = 'published') as title
    from occurrence o
    where c.held_by_kind = 'occurrence' and o.space_id = c.space_id and o.id = c.held_by_id
    offset 0
  ) holder on true
  where c.space_id = ctx_space()
    and c.resource_id = any (resources)
    and c.during && tstzrange(window_start, window_end)
    and (c.expires_at is null or c.expires_at > told_now)
$$;
