-- What a board or a planning says of dates besides their hours and room: who receives, the number that takes its appointments, whether
-- something is to be settled, the places given. Read past the policies, which would repeat their conditions around each of four
-- small reads, and said once: of another partner, what is published and nothing of who holds it.
create function about_dates(of_occurrences uuid[])
returns table (occurrence_id uuid, agent_ids uuid[], own_number text, conflict boolean, given int)
language sql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
  select o.id,
    case when viewer.serves
      then array(select oa.agent_id from occurrence_agent oa where oa.space_id = o.space_id and oa.occurrence_id = o.id order by oa.agent_id)
      else '{}' end,
    (select coalesce(m.phone, pa.phone)
     from permanence_motif pm
     join motif m on m.space_id = pm.space_id and m.id = pm.motif_id and m.booked = 'own-number'
     join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
     where pm.space_id = o.space_id and pm.permanence_id = o.permanence_id order by m.position, m.id limit 1),
    exists (select from conflict c
            where c.space_id = o.space_id and c.occurrence_id = o.id and c.settled_at is null and sees(c.partner_id, c.confidential)),
    case when viewer.serves
      then (select count(*)::int from seat_given g where g.space_id = o.space_id and g.occurrence_id = o.id) else 0 end
  from occurrence o
  cross join lateral (select sees(o.partner_id, o.confidential) as serves offset 0) viewer
  where o.space_id = ctx_space() and o.id = any (of_occurrences)
    and (viewer.serves or (not o.confidential and (o.visibility = 'public' or (o.visibility = 'restricted' and ctx_sight() = 'partner')
      or (o.visibility = 'internal' and o.permanence_id = any (invitations())))))
$$;
revoke execute on function about_dates(uuid[]) from public;
grant execute on function about_dates(uuid[]) to palier_app;
