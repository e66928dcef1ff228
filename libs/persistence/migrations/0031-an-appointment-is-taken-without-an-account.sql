-- Whether messages may carry a short link: people who screen what they receive trust plain words more.
alter table space add column links_in_messages boolean not null default false;

-- What forms on the public pages are signed with; one for all who serve them.
create table form_key (
  one boolean primary key default true check (one),
  secret bytea not null
);
insert into form_key (secret)
  select decode(string_agg(replace(gen_random_uuid()::text, '-', ''), ''), 'hex') from generate_series(1, 4);
alter table form_key enable row level security; -- no policy: nobody but the owner

create function form_secret() returns bytea
language sql stable security definer set search_path = public, pg_temp as $$ select secret from form_key $$;

-- An appointment asked for on the public page: a form is answered once, a code confirms it, and one phone does not take
-- everything. What was typed is forgotten as soon as it is booked.
create table online_request (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  key_hash bytea not null unique, -- the form's, in whose hands it is
  phone_hash bytea not null,
  partner_id uuid not null,
  motif_id uuid not null,
  occurrence_id uuid not null,
  agent_id uuid,
  starts_at timestamptz not null,
  first_name text,
  last_name text,
  phone text,
  hold_id uuid,
  code_hash bytea,
  sms_id uuid, -- the last one that carried a code
  tries smallint not null default 0,
  created_at timestamptz not null,
  -- of its code; the slot is held as long
  expires_at timestamptz not null,
  appointment_id uuid,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, motif_id) references motif (space_id, id),
  foreign key (space_id, appointment_id) references appointment (space_id, id) on delete cascade,
  check (appointment_id is null or (first_name is null and last_name is null and phone is null and code_hash is null))
);
create index on online_request (space_id, phone_hash, motif_id);
create index on online_request (starts_at);
create index on online_request (space_id, appointment_id) where appointment_id is not null;

grant select, insert, update, delete on online_request to palier_app;
alter table online_request enable row level security;
create policy seen on online_request using (space_id = (select ctx_space()) and (select ctx_sight()) = 'system');

-- A try that was right after all.
create function take_back_try(attempt_key bytea) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from failed_attempt where ctid in (select ctid from failed_attempt where key_hash = attempt_key order by at desc limit 1 for update skip locked)
$$;

-- What was typed and never confirmed is forgotten within the day; what was booked, once it has taken place.
create function clear_online_requests(told_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from online_request
  where (appointment_id is null and expires_at < told_now - interval '1 hour') or starts_at < told_now - interval '1 day'
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array['form_secret()', 'take_back_try(bytea)', 'clear_online_requests(timestamptz)']::regprocedure[] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to palier_app', f);
  end loop;
end $$;
