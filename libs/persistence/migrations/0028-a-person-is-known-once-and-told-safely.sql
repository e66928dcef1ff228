-- How a French name sounds, whichever way it is written: Dupont and Dupond, Lefèvre and Lefebvre, Benali and Ben Ali,
-- Cohen and Kohen. One word of small letters; capitals stand for sounds that letters alone do not tell (N: a nasal end).
create function french_sound(name text) returns text language sql immutable parallel safe as $$
  select
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
      regexp_replace(plain_text(replace(lower(name), 'ç', 's')), '[^a-z]', '', 'g'),
      'ph', 'f', 'g'),
      'sch|sh|ch', 'X', 'g'),
      'h', '', 'g'),
      '^ng', 'g'),
      'gu(?=[eiy])|g(?=[^eiy]|$)', 'G', 'g'),
      'g', 'j', 'g'),
      'bv', 'v', 'g'),
      'w', 'v', 'g'),
      'sc(?=[eiy])|c(?=[eiy])|z', 's', 'g'),
      'qu|q|c', 'k', 'g'),
      'eau|au', 'o', 'g'),
      'ou|oo', 'u', 'g'),
      'ai|ay|ei|ey|ae|oe|eu', 'e', 'g'),
      'y', 'i', 'g'),
      '(.)\1+', '\1', 'g'),
      -- what is written at the end and not said
      '(?<=.[^dtspx]|^[^dtspx])[dtspx]+$', ''),
      'n$', 'N'),
      '(?<=..)e$', '')
$$;

alter table usager
  add column last_sound text not null generated always as (french_sound(last_name)) stored,
  add column first_sound text not null generated always as (french_sound(first_name)) stored,
  -- somebody else who may be the one to tell: never the person's own reason
  add column contact_name text check (contact_name <> '' and char_length(contact_name) <= 80),
  add column contact_relation text check (contact_relation in ('parent', 'guardian', 'educator', 'relative', 'other')),
  add column contact_phone text check (contact_phone ~ '^\+[0-9]{6,15}$'),
  add column contact_phone_kind text check (contact_phone_kind in ('mobile', 'landline')),
  add column contact_told boolean not null default false,
  -- a message could put her in danger: nothing is sent nor said, her référent alone finds the way
  add column safe_contact boolean not null default false,
  add column safe_from time,
  add column safe_until time,
  add check ((contact_name is null) = (contact_relation is null)),
  add check (contact_name is not null or (contact_phone is null and not contact_told)),
  add check ((contact_phone is null) = (contact_phone_kind is null)),
  add check (not contact_told or contact_phone is not null),
  add check ((safe_from is null) = (safe_until is null) and safe_until > safe_from),
  add check (safe_contact or safe_from is null),
  add constraint no_social_security_number_of_a_contact check (not looks_like_nir(contact_name));
create index on usager (space_id, last_sound, first_sound);
create index on usager (space_id, phone) where phone is not null;

-- Who follows this person at this partner.
alter table usager_partner
  add column referent_id uuid,
  add foreign key (space_id, referent_id) references agent (space_id, id);

-- What the référent alone may tell.
alter table reminder drop constraint reminder_channel_check,
  add constraint reminder_channel_check check (channel in ('sms', 'call', 'letter', 'task'));

-- Which social workers a street belongs to. A person's address is never kept: only the sector it leads to.
create table sector (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  name text not null check (name <> '' and char_length(name) <= 80 and not looks_like_nir(name)),
  primary key (space_id, id)
);
create unique index on sector (space_id, lower(name));
create table sector_agent (
  space_id uuid not null,
  sector_id uuid not null,
  agent_id uuid not null,
  primary key (space_id, sector_id, agent_id),
  foreign key (space_id, sector_id) references sector (space_id, id) on delete cascade,
  foreign key (space_id, agent_id) references agent (space_id, id)
);
create table sector_street (
  space_id uuid not null,
  sector_id uuid not null,
  commune text not null check (char_length(commune) <= 80),
  street text not null check (char_length(street) <= 120),
  -- without accents, small words nor abbreviations
  commune_key text not null,
  street_key text not null,
  side text not null check (side in ('even', 'odd', 'all')),
  first_number int not null check (first_number between 0 and 9999),
  last_number int not null check (last_number between first_number and 9999),
  position int not null,
  primary key (space_id, position),
  foreign key (space_id, sector_id) references sector (space_id, id) on delete cascade,
  constraint a_house_is_in_one_sector exclude using gist (
    space_id with =, commune_key with =, street_key with =,
    int4range(case side when 'odd' then 1 else 0 end, case side when 'even' then 1 else 2 end) with &&,
    int4range(first_number, last_number, '[]') with &&)
);
create index on sector_street (space_id, street_key);
alter table usager add column sector_id uuid,
  add foreign key (space_id, sector_id) references sector (space_id, id) on delete set null (sector_id);
create index on usager (space_id, sector_id) where sector_id is not null;

-- Two records that were one person's: the one that is gone answers with the one that was kept.
create table usager_merge (
  space_id uuid not null,
  gone_id uuid not null,
  kept_id uuid not null,
  merged_at timestamptz not null,
  merged_by uuid,
  primary key (space_id, gone_id),
  foreign key (space_id, kept_id) references usager (space_id, id) on delete cascade
);
create index on usager_merge (space_id, kept_id);
create index on message (space_id, usager_id);

grant select, insert, update, delete on sector, sector_agent, sector_street to palier_app;
grant select on usager_merge to palier_app;
do $$
declare t text;
begin
  foreach t in array array['sector', 'sector_agent', 'sector_street'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy read on %I for select using (space_id = (select ctx_space()))', t);
    execute format($p$create policy write on %I for all
      using (space_id = (select ctx_space()) and (select ctx_sight()) in ('desk', 'system'))$p$, t);
  end loop;
end $$;
alter table usager_merge enable row level security;
-- Seen with the person who was kept: the sub-select is itself under her policies.
create policy with_who_was_kept on usager_merge for select using (
  space_id = (select ctx_space())
  and exists (select from usager u where u.space_id = usager_merge.space_id and u.id = usager_merge.kept_id));

-- Who may be the person being typed, among those the viewer may see: the same number, or a name that sounds or looks
-- alike with no first name nor birth year against it. A few, the likeliest first.
create function usagers_alike(family text, given text, number text, born int, most int)
returns table (id uuid, same_name boolean, same_phone boolean, same_birth_year boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with typed as materialized (
    select french_sound(left(family, 80)) as last, french_sound(left(given, 80)) as first,
      plain_text(btrim(left(given, 80))) as given
  ), near as (
    (select u.id from usager u, typed t
     where u.space_id = ctx_space() and char_length(t.last) > 1 and u.last_sound = t.last
       and (ctx_sight() = 'system' or (ctx_sight() = 'desk' and u.known_to_desk) or exists (
         select from usager_partner up where up.space_id = u.space_id and up.usager_id = u.id and up.partner_id = ctx_partner()))
     order by (u.first_sound = t.first) desc, (u.birth_year = born) is true desc, u.id limit 50)
    union
    (select u.id from usager u, typed t
     where u.space_id = ctx_space() and t.last <> '' and t.first <> '' and u.last_sound = t.first and u.first_sound = t.last limit 10)
    union
    (select u.id from usager u where u.space_id = ctx_space() and u.phone = number limit 10)
    union
    (select s.id from search_usagers(left(family, 80) || ' ' || left(given, 80), 5) s where char_length(btrim(family)) > 2)
  ), rated as (
    select u.id, u.search_text,
      u.last_sound = t.last as sounds,
      (u.last_sound = t.last and (t.first = '' or u.first_sound = '' or u.first_sound = t.first
          or starts_with(plain_text(u.first_name), t.given) or starts_with(t.given, plain_text(u.first_name))))
        or (t.first <> '' and u.last_sound = t.first and u.first_sound = t.last)
        or (not (u.last_sound = t.last) and found.id is not null) as named,
      u.first_sound = t.first and t.first <> '' as first_named,
      coalesce(u.phone = number, false) as phoned,
      coalesce(u.birth_year = born, false) as born_then,
      coalesce(abs(u.birth_year - born) > 1, false) as born_otherwise
    from near join usager u on u.space_id = ctx_space() and u.id = near.id
    cross join typed t
    left join lateral (
      select s.id from search_usagers(left(family, 80) || ' ' || left(given, 80), 5) s
      where char_length(btrim(family)) > 2 and s.id = u.id) found on true
    where ctx_sight() = 'system' or (ctx_sight() = 'desk' and u.known_to_desk) or exists (
      select from usager_partner up where up.space_id = u.space_id and up.usager_id = u.id and up.partner_id = ctx_partner())
  )
  select r.id, r.named, r.phoned, r.born_then from rated r
  where r.phoned or (r.named and not r.born_otherwise)
  order by r.phoned and r.named desc, r.named and r.born_then desc, r.first_named desc, r.named desc, r.sounds desc, r.search_text collate "C", r.id
  limit least(most, 10)
$$;

-- Makes one record of two that the desk may see. Everything that points at the one goes to the other, whoever's it is.
-- False, and nothing is done, when one of them is not for the desk.
create function merge_usagers(kept uuid, gone uuid, told_now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  pointing record;
  found_both int;
begin
  if kept = gone or ctx_sight() is distinct from 'desk' and ctx_sight() is distinct from 'system' then return false; end if;
  perform from usager u where u.space_id = ctx_space() and u.id in (kept, gone) and u.known_to_desk order by u.id for update;
  get diagnostics found_both = row_count;
  if found_both < 2 then return false; end if;
  insert into usager_partner (space_id, usager_id, partner_id, referent_id)
    select up.space_id, kept, up.partner_id, up.referent_id from usager_partner up
    where up.space_id = ctx_space() and up.usager_id = gone
  on conflict (space_id, usager_id, partner_id)
    do update set referent_id = coalesce(usager_partner.referent_id, excluded.referent_id);
  for pointing in
    select c.conrelid::regclass as from_table, mine.attname as by_column
    from pg_constraint c
    cross join lateral unnest(c.conkey, c.confkey) as pair (here, there)
    join pg_attribute mine on mine.attrelid = c.conrelid and mine.attnum = pair.here
    join pg_attribute its on its.attrelid = c.confrelid and its.attnum = pair.there and its.attname = 'id'
    where c.contype = 'f' and c.confrelid = 'usager'::regclass and c.conrelid <> 'usager_partner'::regclass
  loop
    execute format('update %s set %I = $1 where space_id = $2 and %I = $3', pointing.from_table, pointing.by_column, pointing.by_column)
      using kept, ctx_space(), gone;
  end loop;
  delete from usager u where u.space_id = ctx_space() and u.id = gone;
  insert into usager_merge (space_id, gone_id, kept_id, merged_at, merged_by) values (ctx_space(), gone, kept, told_now, ctx_account());
  return true;
end $$;

revoke execute on function usagers_alike, merge_usagers from public;
grant execute on function usagers_alike, merge_usagers to palier_app;
