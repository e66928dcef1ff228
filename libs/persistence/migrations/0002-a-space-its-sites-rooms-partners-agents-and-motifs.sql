create table space (
  id uuid primary key default gen_random_uuid(),
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]*$'),
  name text not null,
  zone text not null default 'Europe/Paris',
  territory text not null default 'metropole',
  created_at timestamptz not null default now()
);

create table site (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  name text not null check (name <> ''),
  address text not null default '',
  phone text,
  position int not null default 0,
  retired_at timestamptz,
  primary key (space_id, id)
);

create table site_opening (
  space_id uuid not null,
  site_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7), -- ISO: 1 is Monday
  opens time not null,
  closes time not null check (closes > opens),
  primary key (space_id, site_id, weekday, opens),
  foreign key (space_id, site_id) references site (space_id, id) on delete cascade
);

create table partner (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  name text not null check (name <> ''),
  short_name text not null check (short_name <> ''),
  mark text not null check (char_length(mark) between 1 and 3),
  hue smallint not null check (hue between 0 and 359),
  phone text,
  description text not null default '',
  audience text not null default '',
  -- The desk sees "occupé" in place of everything this partner does.
  confidential boolean not null default false,
  on_public_page boolean not null default true,
  position int not null default 0,
  retired_at timestamptz,
  primary key (space_id, id)
);

create table room (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  site_id uuid not null,
  name text not null check (name <> ''),
  floor text not null default '',
  capacity int not null default 3 check (capacity between 1 and 500),
  accessible boolean not null default false,
  equipment text[] not null default '{}',
  -- bureau attitré: who sits there when nothing else is said
  resident_partner_id uuid,
  position int not null default 0,
  retired_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id),
  foreign key (space_id, resident_partner_id) references partner (space_id, id)
);

-- A place inside a room that can be held without holding the room: a desk of a shared office, a self-service station.
create table workstation (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  room_id uuid not null,
  label text not null check (label <> ''),
  position int not null default 0,
  retired_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, room_id) references room (space_id, id)
);

create table agent (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  partner_id uuid not null,
  name text not null check (name <> ''),
  profession text not null default '',
  languages text[] not null default '{fr}',
  position int not null default 0,
  retired_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id)
);

create table motif (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  partner_id uuid not null,
  label text not null check (label <> ''),
  -- What the board, a slip or the public page may say: never the social reason.
  discreet_label text not null check (discreet_label <> ''),
  duration_minutes int not null check (duration_minutes between 5 and 480),
  booked text not null default 'here' check (booked in ('here', 'own-number', 'walk-in')),
  phone text,
  audience text not null default '',
  confidential boolean not null default false,
  -- The partner may be named in an SMS for this motif; otherwise only the place and the hour are.
  names_service boolean not null default false,
  position int not null default 0,
  retired_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id)
);
create index on motif (space_id, partner_id);
create index on agent (space_id, partner_id);

-- Two things in use never answer to the same name; a retired one gives its name back.
create unique index on site (space_id, lower(name)) where retired_at is null;
create unique index on partner (space_id, lower(name)) where retired_at is null;
create unique index on room (space_id, site_id, lower(name)) where retired_at is null;
create unique index on workstation (space_id, room_id, lower(label)) where retired_at is null;
create unique index on agent (space_id, partner_id, lower(name)) where retired_at is null;
create unique index on motif (space_id, partner_id, lower(label)) where retired_at is null;
