-- What a person reads and answers without an account: an address nobody can guess. Only a hash of its secret is kept; one
-- subject may have several (a message tried again carries a new one).
create table short_link (
  token_hash bytea primary key,
  space_id uuid not null references space,
  partner_id uuid not null,
  confidential boolean not null,
  kind text not null check (kind in ('appointment', 'offer', 'invitation')),
  subject_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  foreign key (space_id, partner_id) references partner (space_id, id)
);
create index on short_link (space_id, subject_id);
create index on short_link (expires_at);

-- What a secret opens, before anyone is known; nothing once it ran out.
create function short_link_by_token(token bytea, told_now timestamptz)
returns table (space_id uuid, space_name text, zone text, kind text, subject_id uuid, expires_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.space_id, s.name, s.zone, l.kind, l.subject_id, l.expires_at
  from short_link l join space s on s.id = l.space_id
  where l.token_hash = token and l.expires_at > told_now
$$;

-- Counted before anything is looked at, one after another: how often this key was tried since an instant, this time included.
create function count_try(attempt_key bytea, told_now timestamptz, since timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(attempt_key, 'hex'), 30));
  insert into failed_attempt values (attempt_key, told_now);
  return (select count(*) from failed_attempt where key_hash = attempt_key and at > since);
end $$;

-- Nothing suited her: who waits, since when, for what.
create table waiting_entry (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  partner_id uuid not null, -- the motif's
  confidential boolean not null,
  usager_id uuid not null,
  motif_id uuid not null,
  -- null: any; the agent is her référent, or one she asked for
  site_id uuid,
  agent_id uuid,
  from_day date not null,
  until_day date not null check (until_day >= from_day),
  part text check (part in ('morning', 'afternoon')),
  interpreter boolean not null default false,
  state text not null default 'waiting' check (state in ('waiting', 'offered', 'booked', 'gone')),
  since timestamptz not null,
  created_by uuid,
  settled_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, usager_id) references usager (space_id, id),
  foreign key (space_id, motif_id) references motif (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id),
  foreign key (space_id, agent_id) references agent (space_id, id)
);
create index on waiting_entry (space_id, partner_id, since) where state in ('waiting', 'offered');
create index on waiting_entry (space_id, usager_id);

-- A slot that became free, kept for one who waits until she answers or the deadline passes. The hold's claims make sure
-- that one slot is offered once.
create table slot_offer (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  partner_id uuid not null,
  confidential boolean not null,
  entry_id uuid not null,
  hold_id uuid not null,
  occurrence_id uuid,
  agent_id uuid,
  site_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  -- an SMS with a short link, or the desk calls her
  told_by text not null check (told_by in ('sms', 'desk')),
  state text not null default 'offered' check (state in ('offered', 'accepted', 'declined', 'expired')),
  made_at timestamptz not null,
  deadline_at timestamptz not null,
  settled_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, entry_id) references waiting_entry (space_id, id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete set null (occurrence_id),
  foreign key (space_id, agent_id) references agent (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id)
);
create unique index one_offer_at_a_time on slot_offer (space_id, entry_id) where state = 'offered';
create index on slot_offer (space_id, entry_id);
create index on slot_offer (deadline_at) where state = 'offered';

-- "Choose your slot": for a motif, during some days.
create table invitation (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  partner_id uuid not null,
  confidential boolean not null,
  usager_id uuid not null,
  motif_id uuid not null,
  agent_id uuid,
  interpreter boolean not null default false,
  told_by text not null check (told_by in ('sms', 'letter')),
  state text not null default 'open' check (state in ('open', 'booked', 'withdrawn')),
  created_at timestamptz not null,
  created_by uuid,
  expires_at timestamptz not null check (expires_at > created_at),
  opened_at timestamptz,
  settled_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, usager_id) references usager (space_id, id),
  foreign key (space_id, motif_id) references motif (space_id, id),
  foreign key (space_id, agent_id) references agent (space_id, id)
);
create index on invitation (space_id, usager_id);

-- The SMS that carries a short link: one for each offer or invitation, its id the gateway's. The words are written, with a
-- link of their own, at the moment they leave: no secret is kept.
create table link_message (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  partner_id uuid not null,
  confidential boolean not null,
  usager_id uuid not null,
  kind text not null check (kind in ('offer', 'invitation')),
  subject_id uuid not null,
  due_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'dropped')),
  settled_at timestamptz,
  error text,
  primary key (space_id, id),
  constraint a_link_is_told_once unique (space_id, kind, subject_id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, usager_id) references usager (space_id, id)
);
create index on link_message (due_at) where state = 'waiting';

grant select, insert, delete on short_link to palier_app;
grant select, insert, update on waiting_entry, slot_offer, invitation, link_message to palier_app;
do $$
declare t text;
begin
  foreach t in array array['short_link', 'waiting_entry', 'slot_offer', 'invitation', 'link_message'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy seen on %I using (
      space_id = (select ctx_space()) and (
        (select ctx_sight()) = 'system'
        or ((select ctx_sight()) = 'desk' and not confidential)
        or partner_id = (select ctx_partner())))$p$, t);
  end loop;
end $$;

-- A partner or a motif becomes confidential: who waits for it, and who was invited, leave the desk's sight as well.
create function hush_waiting() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update waiting_entry set confidential = true where space_id = new.space_id and not confidential
    and case tg_table_name when 'partner' then partner_id = new.id else motif_id = new.id end;
  update invitation set confidential = true where space_id = new.space_id and not confidential
    and case tg_table_name when 'partner' then partner_id = new.id else motif_id = new.id end;
  update slot_offer o set confidential = true from waiting_entry w
    where o.space_id = new.space_id and not o.confidential and w.space_id = o.space_id and w.id = o.entry_id and w.confidential;
  update link_message l set confidential = true
    where l.space_id = new.space_id and not l.confidential and (
      exists (select from slot_offer o where o.space_id = l.space_id and o.id = l.subject_id and o.confidential)
      or exists (select from invitation i where i.space_id = l.space_id and i.id = l.subject_id and i.confidential));
  update short_link l set confidential = true
    where l.space_id = new.space_id and not l.confidential and (
      exists (select from slot_offer o where o.space_id = l.space_id and o.id = l.subject_id and o.confidential)
      or exists (select from invitation i where i.space_id = l.space_id and i.id = l.subject_id and i.confidential)
      or exists (select from appointment a where a.space_id = l.space_id and a.id = l.subject_id and a.confidential));
  return null;
end $$;
create trigger hush_waiting after update on partner for each row when (new.confidential and not old.confidential)
  execute function hush_waiting();
create trigger hush_waiting after update on motif for each row when (new.confidential and not old.confidential)
  execute function hush_waiting();

-- The worker's rounds, in any space: ids only.
create function due_offers(told_now timestamptz, most int)
returns table (space_id uuid, id uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select space_id, id from slot_offer where state = 'offered' and deadline_at <= told_now order by deadline_at limit least(most, 10000)
$$;
create function due_link_messages(told_now timestamptz, most int)
returns table (space_id uuid, id uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select space_id, id from link_message where state = 'waiting' and due_at <= told_now order by due_at limit least(most, 10000)
$$;

-- A slot held for somebody being written down is free again when that runs out, and nobody says so: where people wait, it
-- is told as what happened.
create function tell_expired_holds(told_now timestamptz) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from slot_hold h using (
      select space_id, id from slot_hold o
      where o.expires_at <= told_now and exists (
        select from waiting_entry w where w.space_id = o.space_id and w.partner_id = o.partner_id and w.state = 'waiting')
      order by o.expires_at limit 500 for update skip locked
    ) ran_out
    where h.space_id = ran_out.space_id and h.id = ran_out.id returning h.*
  ), told as (
    insert into event (space_id, at, kind, subject_id, partner_id, confidential, site_id, day)
    select g.space_id, told_now, 'slot.free', g.id, g.partner_id, g.confidential, g.site_id, (g.starts_at at time zone s.zone)::date
    from gone g join space s on s.id = g.space_id
    returning 1
  )
  select count(*) from told
$$;

create function clear_old_links(told_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from short_link where expires_at < told_now - interval '30 days'
$$;

insert into event_cursor values ('waiting', '0', 0);

do $$
declare f regprocedure;
begin
  foreach f in array array['short_link_by_token(bytea, timestamptz)', 'count_try(bytea, timestamptz, timestamptz)',
    'due_offers(timestamptz, int)', 'due_link_messages(timestamptz, int)', 'tell_expired_holds(timestamptz)',
    'clear_old_links(timestamptz)']::regprocedure[] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to palier_app', f);
  end loop;
  revoke execute on function hush_waiting() from public;
end $$;
