create table usager (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  first_name text not null default '',
  last_name text not null check (last_name <> ''),
  phone text check (phone ~ '^\+[0-9]{6,15}$'), -- E.164
  phone_kind text check (phone_kind in ('mobile', 'landline')),
  phone_shared boolean not null default false,
  language text not null default 'fr',
  birth_year smallint check (birth_year between 1900 and 2100),
  told_by text not null default 'sms' check (told_by in ('sms', 'call', 'letter', 'nobody')),
  -- logistics only: "interprète tamoul", "fauteuil"
  note text not null default '' check (char_length(note) <= 80),
  -- false while only a confidential service has met this person: the desk must not find her
  known_to_desk boolean not null,
  -- letters and digits only, each word after a space
  search_text text not null generated always as
    (rtrim(regexp_replace(plain_text(' ' || last_name || ' ' || first_name), '[^[:alnum:]]+', ' ', 'g'))) stored,
  version int not null default 1,
  created_at timestamptz not null,
  primary key (space_id, id),
  check ((phone is null) = (phone_kind is null)),
  constraint no_social_security_number
    check (not looks_like_nir(note) and not looks_like_nir(first_name) and not looks_like_nir(last_name))
);
create index usager_search on usager using gin (search_text gin_trgm_ops);
create index usager_phone_digits on usager using gin (phone gin_trgm_ops);
create index on usager (space_id, birth_year);
create index on usager (space_id, search_text collate "C");

-- Which partners have received, or will receive, which usagers.
create table usager_partner (
  space_id uuid not null,
  usager_id uuid not null,
  partner_id uuid not null,
  primary key (space_id, usager_id, partner_id),
  foreign key (space_id, usager_id) references usager (space_id, id) on delete cascade,
  foreign key (space_id, partner_id) references partner (space_id, id)
);
create index on usager_partner (space_id, partner_id, usager_id);
