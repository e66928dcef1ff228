-- One date may be held in another way than its rule says: walk-in instead of by appointment.
alter table permanence_exception add column new_mode text check (new_mode in ('walk-in', 'appointment', 'group', 'internal'));

alter table permanence_rule
  -- "sauf le 24 décembre", "sauf du 20 au 31 décembre": [{"from", "to", "cause"}], both days included, in order
  add column excluded jsonb not null default '[]' check (jsonb_typeof(excluded) = 'array'),
  -- what this line says of holidays when the others say something else; null: as the permanence says
  add column on_holiday text check (on_holiday in ('skip', 'keep', 'move')),
  add column school_holidays text check (school_holidays in ('any', 'outside', 'only')),
  -- "hors vacances de Noël": of these holidays only; null: of all
  add column school_name text,
  add check (school_name is null or school_holidays in ('outside', 'only'));

-- Someone let a date stay without its room while the room could be had: it is not offered again.
alter table conflict add column declined boolean not null default false;

-- A date that was announced and is skipped or cancelled since: calendars say that it is cancelled instead of dropping it.
alter table occurrence add column was_held boolean not null default false,
  -- the room it had then: that room's calendar says so too
  add column held_room_id uuid;
-- As before; a change within the second of another counts as well: SEQUENCE counts seconds.
create or replace function note_change() returns trigger language plpgsql as $$
begin
  new.changed_at := greatest(clock_timestamp(), old.changed_at + interval '1 second');
  return new;
end $$;

create function note_announced() returns trigger language plpgsql as $$
begin
  new.was_held := true;
  new.held_room_id := old.room_id;
  return new;
end $$;
create trigger note_announced before update on occurrence
  for each row when (old.state = 'held' and new.state <> 'held') execute function note_announced();

-- Dates that were announced and deleted since: calendars go on saying that they are cancelled, under the identity they had.
create table withdrawn_date (
  id uuid not null,
  space_id uuid not null references space,
  permanence_id uuid not null,
  rule_id uuid not null,
  partner_id uuid not null,
  -- as it was called: whoever sees the date need not see a permanence that has stopped
  title text not null,
  original_start timestamp not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  site_id uuid not null,
  room_id uuid,
  agent_ids uuid[] not null,
  mode text not null,
  visibility text not null,
  confidential boolean not null,
  -- later than any change of it by a second at least, as SEQUENCE counts seconds
  withdrawn_at timestamptz not null,
  primary key (space_id, id),
  foreign key (space_id, permanence_id) references permanence (space_id, id)
);
create index on withdrawn_date (space_id, permanence_id, starts_at);
create index on withdrawn_date (ends_at);
grant select on withdrawn_date to palier_app;
alter table withdrawn_date enable row level security;
create policy own on withdrawn_date for select using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not confidential)
    or partner_id = (select ctx_partner())));
create policy published on withdrawn_date for select using (
  space_id = (select ctx_space()) and not confidential
  and (visibility = 'public' or (visibility = 'restricted' and (select ctx_sight()) = 'partner')));

create function note_withdrawn() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into withdrawn_date (id, space_id, permanence_id, rule_id, partner_id, title, original_start, starts_at, ends_at, site_id, room_id,
    agent_ids, mode, visibility, confidential, withdrawn_at)
  values (old.id, old.space_id, old.permanence_id, old.rule_id, old.partner_id,
    (select p.title from permanence p where p.space_id = old.space_id and p.id = old.permanence_id),
    old.original_start, old.starts_at, old.ends_at,
    old.site_id, coalesce(old.room_id, old.held_room_id),
    array(select oa.agent_id from occurrence_agent oa where oa.space_id = old.space_id and oa.occurrence_id = old.id),
    old.mode, old.visibility, old.confidential, greatest(clock_timestamp(), old.changed_at + interval '1 second'));
  return old;
end $$;
create trigger note_withdrawn before delete on occurrence
  for each row when (old.state = 'held' or old.was_held) execute function note_withdrawn();

-- The round of the night forgets them a month after their day.
create function prune_withdrawn_dates(ended_before timestamptz) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from withdrawn_date where ends_at < ended_before returning 1) select count(*) from gone
$$;
revoke execute on function prune_withdrawn_dates(timestamptz) from public;
grant execute on function prune_withdrawn_dates(timestamptz) to palier_app;
