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

-- A desk added to a room is held by whoever already holds the whole room, from now on; the caller just made its resource.
create function hold_desks_with_their_room(of_room uuid, desks uuid[], told_now timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare room_resource uuid;
begin
  -- Whoever is taking the room finishes first: its claims are then among those copied.
  select r.id into strict room_resource from resource r
    where r.space_id = ctx_space() and r.kind = 'room' and r.owner_id = of_room for no key update;
  insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id, confidential, expires_at)
    select c.space_id, d.id, c.during, c.held_by_kind, c.held_by_id, c.partner_id, c.confidential, c.expires_at
    from claim c
    join workstation w on w.space_id = c.space_id and w.room_id = of_room and w.id = any (desks)
    join resource d on d.space_id = w.space_id and d.kind = 'workstation' and d.owner_id = w.id
    where c.space_id = ctx_space() and c.resource_id = room_resource and upper(c.during) > told_now;
end $$;

-- What still needs this site, room, workstation, partner, agent or motif: how many of each kind, whoever's they are,
-- and a permanence's name only when it is published for everyone.
create function uses_of(of_kind text, of_id uuid, told_now timestamptz)
returns table (what text, name text, how_many bigint) language sql stable security definer set search_path = public, pg_temp as $$
  with held as (
    select distinct c.held_by_kind, c.held_by_id
    from resource r
    join claim c on c.space_id = r.space_id and c.resource_id = r.id and upper(c.during) > told_now
      and (c.expires_at is null or c.expires_at > told_now)
    where r.space_id = ctx_space() and (
      (of_kind = 'room' and (
        (r.kind = 'room' and r.owner_id = of_id)
        or (r.kind = 'workstation' and r.owner_id in (
          select w.id from workstation w where w.space_id = ctx_space() and w.room_id = of_id))))
      or (of_kind = 'agent' and r.kind in ('presence', 'time') and r.owner_id = of_id)
      -- A desk held only because its whole room is can go: the room stays held.
      or (of_kind = 'workstation' and r.kind = 'workstation' and r.owner_id = of_id and not exists (
        select from workstation w
        join resource whole on whole.space_id = w.space_id and whole.kind = 'room' and whole.owner_id = w.room_id
        join claim together on together.space_id = whole.space_id and together.resource_id = whole.id
          and together.held_by_id = c.held_by_id and together.during && c.during
        where w.space_id = ctx_space() and w.id = of_id)))
  ), occurrences as (
    select o.permanence_id from occurrence o
    where o.space_id = ctx_space() and o.state = 'held' and o.ends_at > told_now and (
      (of_kind = 'site' and o.site_id = of_id) or (of_kind = 'partner' and o.partner_id = of_id)
      or o.id in (select held_by_id from held where held_by_kind = 'occurrence'))
  ), rules as (
    select r.permanence_id from permanence_rule r
    join permanence p on p.space_id = r.space_id and p.id = r.permanence_id and p.state <> 'stopped'
    where r.space_id = ctx_space() and r.retired_at is null and case of_kind
      when 'site' then r.site_id = of_id
      when 'room' then r.room_id = of_id
      when 'workstation' then r.workstation_id = of_id
      when 'partner' then p.partner_id = of_id
      when 'agent' then exists (
        select from rule_agent a where a.space_id = r.space_id and a.rule_id = r.id and a.agent_id = of_id)
      when 'motif' then exists (
        select from permanence_motif m where m.space_id = p.space_id and m.permanence_id = p.id and m.motif_id = of_id)
      end
  )
  select 'permanence', case when p.state = 'published' and p.visibility = 'public' and not p.confidential then p.title end, count(*)
  from permanence p
  where p.space_id = ctx_space() and p.id in (select permanence_id from occurrences union select permanence_id from rules)
  group by 2
  union all
  select 'appointment', null, count(*) from appointment a
  where a.space_id = ctx_space() and a.ends_at > told_now and a.state in ('planned', 'confirmed', 'arrived') and case of_kind
    when 'site' then a.site_id = of_id
    when 'partner' then a.partner_id = of_id
    when 'motif' then a.motif_id = of_id
    else a.id in (select held_by_id from held where held_by_kind = 'appointment') end
  having count(*) > 0
  union all
  select 'room-booking', null, count(*) from room_booking b
  where b.space_id = ctx_space() and b.ends_at > told_now and b.cancelled_at is null and case of_kind
    when 'site' then b.site_id = of_id
    when 'partner' then b.partner_id = of_id
    else b.id in (select held_by_id from held where held_by_kind = 'room-booking') end
  having count(*) > 0
  union all
  select 'room', null, count(*) from room r
  where r.space_id = ctx_space() and r.retired_at is null and of_kind = 'site' and r.site_id = of_id
  having count(*) > 0
  union all
  select 'account', null, count(*) from account a
  where a.space_id = ctx_space() and a.disabled_at is null
    and ((of_kind = 'partner' and a.partner_id = of_id) or (of_kind = 'agent' and a.agent_id = of_id))
  having count(*) > 0
$$;

-- A partner or a motif becomes confidential: what was already planned leaves the desk's sight as well.
create function hide_from_the_desk(of_partner uuid, of_motif uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from partner where space_id = ctx_space() and id = of_partner
                 and (ctx_sight() in ('desk', 'system') or id = ctx_partner())) then return; end if;
  if of_motif is null then
    update permanence set confidential = true where space_id = ctx_space() and partner_id = of_partner and not confidential;
    update occurrence set confidential = true where space_id = ctx_space() and partner_id = of_partner and not confidential;
    update room_booking set confidential = true where space_id = ctx_space() and partner_id = of_partner and not confidential;
    update conflict set confidential = true where space_id = ctx_space() and partner_id = of_partner and not confidential;
    update claim set confidential = true where space_id = ctx_space() and partner_id = of_partner and not confidential;
    update event set confidential = true where space_id = ctx_space() and partner_id = of_partner and not confidential;
  end if;
  with hidden as (
    update appointment set confidential = true
    where space_id = ctx_space() and partner_id = of_partner and (of_motif is null or motif_id = of_motif)
    returning id
  ), claims as (
    update claim set confidential = true
    where of_motif is not null and space_id = ctx_space() and held_by_id in (select id from hidden) and not confidential
  ), reminders as (
    update reminder set confidential = true
    where space_id = ctx_space() and appointment_id in (select id from hidden) and not confidential
  ), conflicts as (
    update conflict set confidential = true
    where of_motif is not null and space_id = ctx_space() and appointment_id in (select id from hidden) and not confidential
  ), events as (
    update event set confidential = true
    where of_motif is not null and space_id = ctx_space() and subject_id in (select id from hidden) and not confidential
  )
  update message set confidential = true
  where space_id = ctx_space() and appointment_id in (select id from hidden) and not confidential;
end $$;

-- Patterns of a word with two neighbouring letters swapped: trigrams hardly see that a "Matrin" is a Martin.
create function swapped_letters(word text) returns text[] language sql immutable parallel safe as $$
  select case when char_length(word) < 4 then '{}' else array(
    select '%' || left(word, n - 1) || substr(word, n + 1, 1) || substr(word, n, 1) || substr(word, n + 2) || '%'
    from generate_series(1, char_length(word) - 1) n) end
$$;

-- Usagers by words of a name (accents, order and small typos forgiven), four or more digits of a phone, a birth year:
-- every word must match, the closest names first.
create function search_usagers(words text, most int)
returns table (id uuid, score real) language plpgsql security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.5 as $$
declare
  -- Only letters and digits are left of what was typed: nothing to escape in a pattern.
  tokens text[] := regexp_split_to_array(btrim(regexp_replace(left(plain_text(words), 100), '[^[:alnum:]]+', ' ', 'g')), ' ');
  names text[] := array(select t from unnest(tokens) t where t <> '' and t !~ '^[0-9]+$' order by char_length(t) desc limit 6);
  digits text := array_to_string(array(
    select t from unnest(tokens) with ordinality as typed(t, n) where t ~ '^[0-9]+$' order by n), '');
  birth text := (select t from unnest(tokens) t where t ~ '^(19|20)[0-9]{2}$' limit 1);
  page int := least(most, 50);
  seen text := case
    when ctx_sight() = 'system' then ''
    when ctx_sight() = 'desk' and ctx_partner() is null then ' and u.known_to_desk'
    else format(' and (%L and u.known_to_desk or u.id in (
           select up.usager_id from usager_partner up where up.space_id = $1 and up.partner_id = %L))', ctx_sight() = 'desk', ctx_partner()) end;
  by_number text := '';
  steps text[];
  step text;
  found_ids uuid[] := '{}';
begin
  -- A number is kept in its international form, and typed as it is dialled.
  digits := case when char_length(digits) < 4 then '' else regexp_replace(digits, '^(0033|0)', '') end;
  if names = '{}' and digits = '' then return; end if;
  if digits <> '' then
    by_number := format(' and (u.phone like %L or u.birth_year = %L)', '%' || digits || '%', birth);
  end if;
  -- One word, the commonest: names that begin with it, straight from the index in alphabetical order.
  if cardinality(names) = 1 and digits = '' then
    steps := array[format('select u.id, 1::real from usager u where u.space_id = $1 and u.search_text collate "C" like %L', ' ' || names[1] || '%')];
  end if;
  -- Every word begins a word of the name; whole words first.
  steps := steps || ('select u.id, (1' || coalesce((
      select string_agg(format(' - 0.1 * (u.search_text || '' '' not like %L)::int', '% ' || w || ' %'), '')
      from unnest(names) w), '') || ')::real'
    || ' from usager u where u.space_id = $1' || by_number
    || coalesce((select string_agg(format(' and u.search_text like %L', '% ' || w || '%'), '') from unnest(names) w), ''));
  -- Every word looks like one of the name.
  if char_length(names[1]) > 2 then
    steps := steps || ('select u.id, (' || (
        select string_agg(format('word_similarity(%L, u.search_text)', w), ' + ') from unnest(names) w)
      || format(')::real / %s from usager u where u.space_id = $1', 2 * cardinality(names)) || by_number
      || (select string_agg(format(' and (%L <%% u.search_text or u.search_text like any (%L))', w, swapped_letters(w)), '')
          from unnest(names) w));
  end if;
  foreach step in array steps loop
    -- A short word has few trigrams: one letter less changes most of them.
    perform set_config('pg_trgm.word_similarity_threshold', case when char_length(names[1]) < 6 then '0.4' else '0.5' end, true);
    for id, score in execute
      step || seen || ' and u.id <> all ($3) order by 2 desc, u.search_text collate "C", u.id limit $2'
      using ctx_space(), page, found_ids
    loop
      found_ids := found_ids || id;
      page := page - 1;
      return next;
    end loop;
    exit when page <= 0 or (cardinality(found_ids) >= 5 and step = steps[cardinality(steps) - 1]);
  end loop;
end $$;

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
