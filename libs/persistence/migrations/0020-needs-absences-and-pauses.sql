-- What a person may come for, in her own words and with all it takes.
alter table motif
  -- what people call it: "facture EDF", "impayé d'énergie"
  add column synonyms text[] not null default '{}',
  add column urgent boolean not null default false,
  -- who it is for; a note for whoever orients, never a closed door
  add column min_age smallint check (min_age between 0 and 120),
  add column max_age smallint check (max_age between 0 and 120),
  add column communes text[] not null default '{}',
  -- accompagnement opens after an évaluation, or by a decision someone signs
  add column step text not null default 'accueil' check (step in ('accueil', 'evaluation', 'accompagnement')),
  add column meeting text not null default 'any' check (meeting in ('any', 'first', 'follow-up')),
  add column modes text[] not null default '{on-site}'
    check (modes <> '{}' and modes <@ array['on-site', 'phone', 'home', 'video']),
  -- minutes the agent keeps free around it
  add column pause_before smallint not null default 0 check (pause_before between 0 and 120),
  add column pause_after smallint not null default 0 check (pause_after between 0 and 120),
  add column agents_needed smallint not null default 1 check (agents_needed between 1 and 2),
  -- what the agent must know how to do, the room must offer, and how many sit in it
  add column skills text[] not null default '{}',
  add column equipment text[] not null default '{}',
  add column people smallint not null default 2 check (people between 1 and 200),
  -- the public page: whether it books, how long before, how far ahead, and whether a code sent by SMS confirms
  add column public_booking boolean not null default false,
  add column public_notice_hours smallint not null default 24 check (public_notice_hours between 0 and 720),
  add column public_horizon_days smallint not null default 42 check (public_horizon_days between 1 and 366),
  add column public_code boolean not null default true,
  add check (max_age is null or min_age is null or max_age >= min_age);

alter table agent add column skills text[] not null default '{}';

-- An agent is away. Not a claim: it may fall on what exists, which is then something to settle.
create table absence (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  agent_id uuid not null,
  partner_id uuid not null, -- the agent's
  confidential boolean not null, -- the partner's
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- never why: "absence", "visite à domicile", "formation"
  label text not null default '' check (char_length(label) <= 60),
  created_at timestamptz not null,
  recorded_by uuid,
  primary key (space_id, id),
  foreign key (space_id, agent_id) references agent (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id)
);
create index on absence (space_id, agent_id, ends_at);
create index on absence (space_id, ends_at);

grant select, insert, update, delete on absence to palier_app;
alter table absence enable row level security;
create policy seen on absence using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not confidential)
    or partner_id = (select ctx_partner())));

-- How and with whom: an interview of two agents, on the phone, with an interpreter (it then lasts twice as long).
alter table appointment
  add column mode text not null default 'on-site' check (mode in ('on-site', 'phone', 'home', 'video')),
  add column second_agent_id uuid,
  add column interpreter boolean not null default false,
  -- the follow-ups booked together
  add column series_id uuid,
  -- an appointment that stands alone, outside any permanence, holds its agent and its room itself
  add column room_id uuid,
  alter column occurrence_id drop not null,
  add foreign key (space_id, second_agent_id) references agent (space_id, id),
  add foreign key (space_id, room_id) references room (space_id, id),
  add check (occurrence_id is not null or agent_id is not null);
create index on appointment (space_id, series_id) where series_id is not null;

alter table usager add column interpreter boolean not null default false;
