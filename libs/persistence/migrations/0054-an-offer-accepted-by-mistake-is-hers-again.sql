-- An offer accepted for someone and taken back at once had counted as refused: what she waits for was never proposed to her again.
-- It never was: in her turn, she is the first to be asked.
alter table slot_offer drop constraint slot_offer_state_check,
  add constraint slot_offer_state_check check (state in ('offered', 'accepted', 'declined', 'expired', 'undone'));

create or replace function forget_booking(of_appointment uuid, told_now timestamptz, within interval) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from appointment a
    where a.space_id = ctx_space() and a.id = of_appointment and sees(a.partner_id, a.confidential)
      and a.booked_by = ctx_account() and a.booked_at > told_now - within and a.version = 1 and a.state = 'planned'
    for update;
  if not found or exists (select from message where space_id = ctx_space() and appointment_id = of_appointment) then return false; end if;
  with undone as (
    update slot_offer set state = 'undone', settled_at = told_now, appointment_id = null
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
