create index on conflict (space_id, appointment_id) where settled_at is null and appointment_id is not null;
create index on appointment (space_id, second_agent_id, starts_at) where second_agent_id is not null;
create index on appointment (space_id, starts_at) where occurrence_id is null;

-- Why an appointment can't be kept as it was told: who of its agents is away then; and, outside any permanence, why its room,
-- its site, the space or its partner is closed that day ('' without a cause, null when they are open). Only those hindered.
create function hindered(of_appointments uuid[]) returns table (appointment_id uuid, away uuid[], closed text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, b.away, c.cause
  from appointment a
  join space s on s.id = a.space_id
  cross join lateral (
    select array_agg(distinct b.agent_id) as away from absence b
    where b.space_id = a.space_id and b.agent_id in (a.agent_id, a.second_agent_id) and b.starts_at < a.ends_at and b.ends_at > a.starts_at) b
  left join lateral (
    select c.cause from closure c
    where a.occurrence_id is null and c.space_id = a.space_id
      and (a.starts_at at time zone s.zone)::date between c.first_day and c.last_day
      and case when c.partner_id is null then (c.room_id is null and c.site_id is null) or c.site_id = a.site_id or c.room_id = a.room_id
        else c.partner_id = a.partner_id end
    order by c.room_id nulls last, c.site_id nulls last, c.first_day, c.id limit 1) c on true
  where a.space_id = ctx_space() and a.id = any (of_appointments) and sees(a.partner_id, a.confidential)
    and (b.away is not null or c.cause is not null)
$$;

-- After an absence or a closure came, changed or went: whoever has an appointment outside any permanence that can't be kept is
-- something to settle, and whoever can be received again no longer is. Gives those that can't be kept.
create function strand_alone(of_appointments uuid[], told_now timestamptz) returns setof uuid
language sql security definer set search_path = public, pg_temp as $$
  with alone as (
    select a.id, a.partner_id, a.confidential, a.starts_at, h.appointment_id is null as fits
    from appointment a left join hindered(of_appointments) h on h.appointment_id = a.id
    where a.space_id = ctx_space() and a.id = any (of_appointments) and a.occurrence_id is null
      and sees(a.partner_id, a.confidential) and a.state in ('planned', 'confirmed', 'arrived') and a.ends_at > told_now
  ), received_again as (
    update conflict c set settled_at = told_now from alone b
    where b.fits and c.space_id = ctx_space() and c.appointment_id = b.id and c.kind = 'appointment-stranded' and c.settled_at is null
  ), opened as (
    insert into conflict (space_id, partner_id, confidential, kind, appointment_id, opened_at)
    select ctx_space(), b.partner_id, b.confidential, 'appointment-stranded', b.id, told_now from alone b where not b.fits
    on conflict do nothing
  )
  select b.id from alone b where not b.fits order by b.starts_at, b.id
$$;

revoke execute on function hindered(uuid[]), strand_alone(uuid[], timestamptz) from public;
grant execute on function hindered(uuid[]), strand_alone(uuid[], timestamptz) to palier_app;
