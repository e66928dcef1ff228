-- A link that a calendar program reads: of a space, a partner, a room or an agent. Only a hash of its secret is kept.
create table calendar_feed (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  kind text not null check (kind in ('space', 'partner', 'room', 'agent')),
  -- the partner, or the agent's partner: who may see that the link exists
  partner_id uuid,
  room_id uuid,
  agent_id uuid,
  label text not null default '',
  secret_hash bytea not null unique,
  -- whom the address was last told
  told_to uuid not null,
  created_at timestamptz not null,
  renewed_at timestamptz not null,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, room_id) references room (space_id, id),
  foreign key (space_id, agent_id) references agent (space_id, id),
  foreign key (space_id, told_to) references account (space_id, id),
  constraint a_feed_is_of_what_its_kind_says check (
    (partner_id is not null) = (kind in ('partner', 'agent'))
    and (room_id is not null) = (kind = 'room')
    and (agent_id is not null) = (kind = 'agent'))
);

grant select, insert, update (secret_hash, renewed_at, told_to), delete on calendar_feed to palier_app;
alter table calendar_feed enable row level security;
create policy seen on calendar_feed using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not exists (
      select from partner p
      where p.space_id = calendar_feed.space_id and p.id = calendar_feed.partner_id and p.confidential))
    or partner_id = (select ctx_partner())));

-- Whose calendar a secret opens; nothing once it was revoked or renewed, its owner retired, or the account of whoever
-- was handed the link closed (what is public stays so).
create function calendar_feed_by_secret(secret bytea)
returns table (space_id uuid, space_name text, zone text, kind text, partner_id uuid, room_id uuid, agent_id uuid, name text, since timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.space_id, s.name, s.zone, f.kind, f.partner_id, f.room_id, f.agent_id, coalesce(a.name, r.name, p.name, s.name), f.renewed_at
  from calendar_feed f
  join space s on s.id = f.space_id
  left join partner p on p.space_id = f.space_id and p.id = f.partner_id
  left join room r on r.space_id = f.space_id and r.id = f.room_id
  left join agent a on a.space_id = f.space_id and a.id = f.agent_id
  where f.secret_hash = secret
    and p.retired_at is null and r.retired_at is null and a.retired_at is null
    and (f.kind = 'space' or not exists (
      select from account c where c.space_id = f.space_id and c.id = f.told_to and c.disabled_at is not null))
$$;
revoke execute on function calendar_feed_by_secret(bytea) from public;
grant execute on function calendar_feed_by_secret(bytea) to palier_app;

-- When what a calendar shows last changed: its DTSTAMP, and a SEQUENCE that only grows, even for a date removed and put back.
-- The machine's own clock, as told time may be set back.
create function note_change() returns trigger language plpgsql as $$
begin
  new.changed_at := clock_timestamp();
  return new;
end $$;

do $$
declare t text;
begin
  foreach t in array array['occurrence', 'appointment', 'room_booking'] loop
    execute format('alter table %I add column changed_at timestamptz not null default now()', t);
    execute format('create trigger note_change before update on %I for each row when (old.* is distinct from new.*)
      execute function note_change()', t);
  end loop;
end $$;

create index on appointment (space_id, agent_id, starts_at) where agent_id is not null;
create index on room_booking (space_id, partner_id, starts_at);
create index on room_booking_agent (space_id, agent_id);
