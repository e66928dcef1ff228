-- The appointment that an accepted offer, or an invitation, became: its page says when, as long as the link answers.
alter table slot_offer add column appointment_id uuid,
  add foreign key (space_id, appointment_id) references appointment (space_id, id) on delete set null (appointment_id);
alter table invitation add column appointment_id uuid,
  add foreign key (space_id, appointment_id) references appointment (space_id, id) on delete set null (appointment_id);
create index on slot_offer (space_id, appointment_id) where appointment_id is not null;
create index on invitation (space_id, appointment_id) where appointment_id is not null;

-- Tries are counted where those of signing in are.
drop function count_try(bytea, timestamptz, timestamptz);
