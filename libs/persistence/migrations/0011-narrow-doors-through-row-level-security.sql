-- Functions that run as the owner. Each filters the space (and the partner) itself, fixes its search_path,
-- and gives back no more than its sentence says.

-- When these resources are taken within a window, and the name of the holder only if it is a published permanence.
-- Range overlap is not leakproof: under row-level security the same question could not use the index.
create function taken(resources uuid[], window_start timestamptz, window_end timestamptz, told_now timestamptz,
    out resource_id uuid, out starts_at timestamptz, out ends_at timestamptz, out published_name text, out held_by uuid)
returns setof record language sql stable security definer set search_path = public, pg_temp as $$
  select c.resource_id, lower(c.during), upper(c.during),
    case when o.visibility = 'public' and not o.confidential then p.title end,
    -- the holder's id only to those who may read the holder
    case when sees(c.partner_id, c.confidential) or (o.visibility = 'public' and not o.confidential) then c.held_by_id end
  from claim c
  left join occurrence o on c.held_by_kind = 'occurrence' and o.space_id = c.space_id and o.id = c.held_by_id
  left join permanence p on p.space_id = o.space_id and p.id = o.permanence_id and p.state = 'published'
  where c.space_id = ctx_space()
    and c.resource_id = any (resources)
    and c.during && tstzrange(window_start, window_end)
    and (c.expires_at is null or c.expires_at > told_now)
$$;

-- After locking: clears holds that ran out, whoever's they were.
create function clear_expired_claims(resources uuid[], told_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from claim where space_id = ctx_space() and resource_id = any (resources) and expires_at <= told_now
$$;

create function prune_past_claims(ended_before timestamptz) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from claim where upper(during) < ended_before returning 1) select count(*) from gone
$$;

-- Usagers by the words of a name (accents, order and small typos forgiven), digits of a phone, or a birth year.
create function search_usagers(words text, most int)
returns table (id uuid, score real) language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, greatest(word_similarity(plain_text(words), u.search_text), case when u.search_text like plain_text(words) || '%' then 1 else 0 end)::real
  from usager u
  where u.space_id = ctx_space()
    and (plain_text(words) <% u.search_text or u.search_text like '%' || replace(replace(plain_text(words), '%', ''), '_', '') || '%')
    and (ctx_sight() = 'system'
      or (ctx_sight() = 'desk' and u.known_to_desk)
      or exists (select from usager_partner up
                 where up.space_id = u.space_id and up.usager_id = u.id and up.partner_id = ctx_partner()))
  order by 2 desc, u.last_name, u.first_name
  limit least(most, 50)
$$;

-- Reminders due in any space, for the tick: ids only.
create function due_reminders(told_now timestamptz, most int)
returns table (space_id uuid, id uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select space_id, id from reminder where state = 'waiting' and due_at <= told_now order by due_at limit least(most, 10000)
$$;

-- Rows of the event log below the oldest running transaction, in commit-safe order.
create function events_after(after_xid xid8, after_id bigint, most int)
returns setof event language sql stable security definer set search_path = public, pg_temp as $$
  select * from event
  where (xid, id) > (after_xid, after_id) and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by xid, id limit least(most, 1000)
$$;

create function last_event(out xid xid8, out id bigint) language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(max(e.xid::text::numeric)::text, '0')::xid8, coalesce(max(e.id), 0)
  from (select xid, id from event where xid < pg_snapshot_xmin(pg_current_snapshot()) order by xid desc, id desc limit 1) e
$$;

-- One reader at a time per consumer; a second one gets no row and comes back later.
create function take_event_cursor(of_consumer text, out xid xid8, out id bigint)
returns setof record language sql security definer set search_path = public, pg_temp as $$
  select xid, id from event_cursor where consumer = of_consumer for update skip locked
$$;
create function move_event_cursor(of_consumer text, to_xid xid8, to_id bigint) returns void
language sql security definer set search_path = public, pg_temp as $$
  update event_cursor set xid = to_xid, id = to_id where consumer = of_consumer
$$;

-- Every space, for the worker's nightly rounds and the public page's address.
create function all_spaces() returns table (id uuid, slug text, name text, zone text)
language sql stable security definer set search_path = public, pg_temp as $$
  select id, slug, name, zone from space order by created_at, id
$$;

-- Signing in happens before anyone is known.
create function account_for_sign_in(by_email text)
returns table (id uuid, space_id uuid, password_hash text) language sql stable security definer set search_path = public, pg_temp as $$
  select id, space_id, password_hash from account where lower(email) = lower(by_email) and disabled_at is null
$$;
create function code_of_account(of_space uuid, of_account uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select code_hash from account where space_id = of_space and id = of_account and disabled_at is null
$$;
create function has_code(of_account uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from account where space_id = ctx_space() and id = of_account and code_hash is not null)
$$;
create function open_session(token bytea, of_space uuid, of_account uuid, device bytea, csrf_token text, full_one boolean,
  told_now timestamptz, until timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into session values (token, of_space, of_account, device, csrf_token, full_one, told_now, until)
$$;
create function session_by_token(token bytea, told_now timestamptz)
returns table (space_id uuid, account_id uuid, csrf text, device_hash bytea, created_at timestamptz, expires_at timestamptz,
  name text, email text, role text, partner_id uuid, agent_id uuid, language text, zone text, space_name text, space_slug text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.space_id, s.account_id, s.csrf, s.device_hash, s.created_at, s.expires_at,
    a.name, a.email, a.role, a.partner_id, a.agent_id, a.language, sp.zone, sp.name, sp.slug
  from session s
  join account a on a.space_id = s.space_id and a.id = s.account_id and a.disabled_at is null
  join space sp on sp.id = s.space_id
  where s.token_hash = token and s.expires_at > told_now
$$;
create function close_session(token bytea) returns void
language sql security definer set search_path = public, pg_temp as $$ delete from session where token_hash = token $$;
create function close_sessions_of(of_space uuid, of_account uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from session where space_id = of_space and account_id = of_account
$$;
create function clear_old_sessions(told_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from session where expires_at < told_now - interval '2 days';
  delete from password_reset where expires_at < told_now - interval '2 days';
  delete from failed_attempt where at < told_now - interval '1 day';
  delete from idempotency where at < told_now - interval '2 days';
$$;
-- Who signed in fully on this device since an instant (the start of the local day): they may switch with their code.
create function signed_in_on_device(device bytea, since timestamptz)
returns table (space_id uuid, account_id uuid, name text, has_code boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct a.space_id, a.id, a.name, a.code_hash is not null
  from session s join account a on a.space_id = s.space_id and a.id = s.account_id and a.disabled_at is null
  where s.device_hash = device and s.full_sign_in and s.created_at >= since
  order by a.name
$$;
create function open_password_reset(token bytea, of_space uuid, of_account uuid, until timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into password_reset values (token, of_space, of_account, until)
$$;
-- Uses a reset link once: sets the password and closes every session. Gives back the account, or nothing.
create function use_password_reset(token bytea, new_hash text, told_now timestamptz)
returns table (space_id uuid, account_id uuid) language plpgsql security definer set search_path = public, pg_temp as $$
declare r password_reset;
begin
  update password_reset p set used_at = told_now
    where p.token_hash = token and p.used_at is null and p.expires_at > told_now returning * into r;
  if not found then return; end if;
  update account a set password_hash = new_hash where a.space_id = r.space_id and a.id = r.account_id;
  delete from session s where s.space_id = r.space_id and s.account_id = r.account_id;
  return query select r.space_id, r.account_id;
end $$;
create function note_failed_attempt(attempt_key bytea, told_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$ insert into failed_attempt values (attempt_key, told_now) $$;
create function failed_attempts(attempt_key bytea, since timestamptz) returns bigint
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*) from failed_attempt where key_hash = attempt_key and at > since
$$;
create function forgive_attempts(attempt_key bytea) returns void
language sql security definer set search_path = public, pg_temp as $$ delete from failed_attempt where key_hash = attempt_key $$;

-- Functions are executable by everyone unless said otherwise; here only the application may call them.
do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p
           where p.pronamespace = 'public'::regnamespace and p.prosecdef loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to palier_app', f);
  end loop;
end $$;
