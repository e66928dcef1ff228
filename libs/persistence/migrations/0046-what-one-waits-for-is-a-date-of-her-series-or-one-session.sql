-- She waits for a date that her series misses: it joins the series. Or for one session: another one is not what she asked for.
alter table waiting_entry
  add column of_series boolean not null default false,
  add column occurrence_id uuid,
  -- a session laid out anew is another one: then any that suits that day
  add foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete set null (occurrence_id);
create index on waiting_entry (space_id, occurrence_id) where occurrence_id is not null;
