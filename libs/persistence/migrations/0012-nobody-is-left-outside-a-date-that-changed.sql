-- A permanence stops from a date on: its earlier dates stay published until then.
alter table permanence add column stops_on date;

-- How many appointments hang on these dates (and how many are not cancelled), whoever may read them: a date that someone was booked on is never deleted,
-- even when the desk that changes it may not see who (a confidential motif).
create function appointments_on(of_occurrences uuid[])
returns table (occurrence_id uuid, ever bigint, booked bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, count(*), count(*) filter (where a.state not in ('cancelledByUsager', 'cancelledByAgent'))
  from occurrence o join appointment a on a.space_id = o.space_id and a.occurrence_id = o.id
  where o.space_id = ctx_space() and o.id = any (of_occurrences) and sees(o.partner_id, o.confidential)
  group by o.id
$$;

-- After dates changed: whoever is booked outside what is left of them becomes a conflict to settle, and whoever is inside
-- again no longer is one. Gives the stranded appointments, with their ids only to those who may read them.
create function strand_appointments(of_occurrences uuid[], told_now timestamptz)
returns table (id uuid, starts_at timestamptz, newly boolean)
language sql security definer set search_path = public, pg_temp as $$
  with booked as (
    select a.id, a.occurrence_id, a.starts_at, a.partner_id, a.confidential, o.confidential as date_confidential,
      o.state = 'held' and a.starts_at >= o.starts_at and a.ends_at <= o.ends_at
        and (a.seat is null or a.seat <= o.seats)
        and (a.agent_id is null or exists (
          select from occurrence_agent oa
          where oa.space_id = o.space_id and oa.occurrence_id = o.id and oa.agent_id = a.agent_id)) as fits
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

revoke execute on function appointments_on(uuid[]), strand_appointments(uuid[], timestamptz) from public;
grant execute on function appointments_on(uuid[]), strand_appointments(uuid[], timestamptz) to palier_app;
