create table account (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  email text not null,
  name text not null check (name <> ''),
  role text not null check (role in ('desk', 'agent', 'partner-editor', 'manager', 'administrator')),
  partner_id uuid,
  agent_id uuid,
  language text not null default 'fr' check (language in ('fr', 'en')),
  password_hash text,
  code_hash text, -- short code of the shared workstation
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, agent_id) references agent (space_id, id),
  constraint partners_people_have_a_partner check (role not in ('agent', 'partner-editor') or partner_id is not null)
);
create unique index one_account_per_email on account (lower(email));

create table session (
  token_hash bytea primary key,
  space_id uuid not null,
  account_id uuid not null,
  device_hash bytea not null,
  csrf text not null,
  -- false when opened by the short code: it never counts as the day's full sign-in
  full_sign_in boolean not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  foreign key (space_id, account_id) references account (space_id, id) on delete cascade
);
create index on session (device_hash, created_at);
create index on session (space_id, account_id);

create table password_reset (
  token_hash bytea primary key,
  space_id uuid not null,
  account_id uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (space_id, account_id) references account (space_id, id) on delete cascade
);

-- Failed sign-ins and codes, counted by a hashed key (address and e-mail): no personal data.
create table failed_attempt (
  key_hash bytea not null,
  at timestamptz not null
);
create index on failed_attempt (key_hash, at);

-- Reads of a person's record, refusals, administration. What was done to the planning itself is in event.
create table audit (
  id bigint generated always as identity primary key,
  space_id uuid not null references space,
  account_id uuid,
  at timestamptz not null,
  action text not null,
  subject_kind text not null,
  subject_id uuid,
  outcome text not null check (outcome in ('done', 'refused'))
);
create index on audit (space_id, at);
