-- Taken back in the seconds that follow: an appointment of which nobody was told never was. Only by whoever booked it. Where
-- it came from an offer to somebody who waits, she keeps her place: as if she had said no to this one.
create or replace function forget_booking(of_appointment uuid, told_now timestamptz, within interval) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from appointment a
    where a.space_id = ctx_space() and a.id = of_appointment and sees(a.partner_id, a.confidential)
      and a.booked_by = ctx_account() and a.booked_at > told_now - within and a.version = 1 and a.state = 'planned'
    for update;
  if not found or exists (select from message where space_id = ctx_space() and appointment_id = of_appointment) then return false; end if;
  with undone as (
    update slot_offer set state = 'declined', settled_at = told_now, appointment_id = null
    where space_id = ctx_space() and appointment_id = of_appointment returning entry_id, site_id
  ), told as (
    insert into event (space_id, account_id, at, kind, subject_id, partner_id, confidential, site_id)
    select w.space_id, ctx_account(), told_now, 'waiting.changed', w.id, w.partner_id, w.confidential, undone.site_id
    from undone join waiting_entry w on w.space_id = ctx_space() and w.id = undone.entry_id
  )
  update waiting_entry w set state = 'waiting', settled_at = null from undone
    where w.space_id = ctx_space() and w.id = undone.entry_id;
  delete from claim where space_id = ctx_space() and held_by_id = of_appointment;
  delete from conflict where space_id = ctx_space() and appointment_id = of_appointment;
  delete from reminder where space_id = ctx_space() and appointment_id = of_appointment;
  delete from appointment where space_id = ctx_space() and id = of_appointment;
  return true;
end $$;

-- Those who were left with neither an appointment nor their place.
update waiting_entry w set state = 'waiting', settled_at = null
  from slot_offer o
  where w.state = 'booked' and w.until_day >= current_date and o.space_id = w.space_id and o.entry_id = w.id and o.state = 'accepted'
    and o.appointment_id is null;
update slot_offer set state = 'declined' where state = 'accepted' and appointment_id is null;

-- Inside the search, "accessible" was the room's own column wherever a room was read: a date in a room that is not accessible
-- was found all the same. Only that condition changes; the rest of the function stays as whoever wrote it last left it.
do $do$
declare
  written text := pg_get_functiondef('find_dates(uuid[], timestamptz, timestamptz, timestamptz, text, jsonb, int, int)'::regprocedure);
  wrong constant text := '(ro.accessible or not accessible)';
begin
  if strpos(written, wrong) = 0 then raise exception 'find_dates no longer says %', wrong; end if;
  execute replace(written, wrong, $$(ro.accessible or (asked->>'accessible') is distinct from 'true')$$);
end $do$;
