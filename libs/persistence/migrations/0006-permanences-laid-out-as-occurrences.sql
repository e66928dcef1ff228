create table permanence (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  partner_id uuid not null,
  title text not null check (title <> ''),
  state text not null default 'draft' check (state in ('draft', 'published', 'stopped')),
  visibility text not null default 'public' check (visibility in ('public', 'restricted', 'internal')),
  confidential boolean not null default false,
  on_holiday text not null default 'skip' check (on_holiday in ('skip', 'keep', 'move')),
  public_note text not null default '',
  laid_out_until date,
  version int not null default 1,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id)
);
create index on permanence (space_id, partner_id);

create table permanence_rule (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  permanence_id uuid not null,
  rrule text not null,
  dtstart date not null,
  start_time time not null,
  end_time time not null check (end_time > start_time),
  parity text check (parity in ('even', 'odd')),
  mode text not null check (mode in ('walk-in', 'appointment', 'group', 'internal')),
  site_id uuid not null,
  room_id uuid,
  workstation_id uuid, -- a desk of the room instead of the whole room
  seats smallint not null default 1 check (seats between 1 and 200),
  -- what the bulletin leaves open and someone assumed: "fin supposée à 17 h"
  assumption text not null default '',
  position int not null default 0,
  retired_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, permanence_id) references permanence (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id),
  foreign key (space_id, room_id) references room (space_id, id),
  foreign key (space_id, workstation_id) references workstation (space_id, id),
  check (workstation_id is null or room_id is not null)
);
create index on permanence_rule (space_id, permanence_id);

create table rule_agent (
  space_id uuid not null,
  rule_id uuid not null,
  agent_id uuid not null,
  primary key (space_id, rule_id, agent_id),
  foreign key (space_id, rule_id) references permanence_rule (space_id, id) on delete cascade,
  foreign key (space_id, agent_id) references agent (space_id, id)
);

create table permanence_motif (
  space_id uuid not null,
  permanence_id uuid not null,
  motif_id uuid not null,
  primary key (space_id, permanence_id, motif_id),
  foreign key (space_id, permanence_id) references permanence (space_id, id) on delete cascade,
  foreign key (space_id, motif_id) references motif (space_id, id)
);
create index on permanence_motif (space_id, motif_id);

-- One date that differs, keyed by the local start the rule gave it.
create table permanence_exception (
  space_id uuid not null,
  permanence_id uuid not null,
  rule_id uuid not null,
  original_start timestamp not null,
  kind text not null check (kind in ('cancelled', 'changed')),
  new_date date,
  new_start time,
  new_end time,
  new_room_id uuid,
  cause text not null default '',
  account_id uuid,
  primary key (space_id, rule_id, original_start),
  foreign key (space_id, permanence_id) references permanence (space_id, id),
  foreign key (space_id, rule_id) references permanence_rule (space_id, id),
  foreign key (space_id, new_room_id) references room (space_id, id)
);

create table occurrence (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  permanence_id uuid not null,
  rule_id uuid not null,
  partner_id uuid not null,
  original_start timestamp not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  site_id uuid not null,
  -- null while another thing holds the room this date wants (a conflict is open), or when it needs none
  room_id uuid,
  workstation_id uuid,
  mode text not null check (mode in ('walk-in', 'appointment', 'group', 'internal')),
  seats smallint not null default 1,
  state text not null check (state in ('held', 'skipped', 'cancelled')),
  cause text not null default '', -- "jour férié : Jour de l’an"; the reason given when cancelled
  visibility text not null,
  confidential boolean not null,
  primary key (space_id, id),
  constraint one_occurrence_per_rule_and_original_start unique (space_id, rule_id, original_start),
  foreign key (space_id, permanence_id) references permanence (space_id, id),
  foreign key (space_id, rule_id) references permanence_rule (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id),
  foreign key (space_id, room_id) references room (space_id, id),
  foreign key (space_id, workstation_id) references workstation (space_id, id)
);
create index on occurrence (space_id, site_id, starts_at);
create index on occurrence (space_id, permanence_id, starts_at);

create table occurrence_agent (
  space_id uuid not null,
  occurrence_id uuid not null,
  agent_id uuid not null,
  primary key (space_id, occurrence_id, agent_id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete cascade,
  foreign key (space_id, agent_id) references agent (space_id, id)
);
create index on occurrence_agent (space_id, agent_id);

-- Something that cannot hold as it stands, until someone settles it ("À régler").
create table conflict (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  partner_id uuid not null,
  confidential boolean not null default false,
  kind text not null check (kind in ('room-taken', 'agent-taken', 'appointment-stranded')),
  occurrence_id uuid,
  appointment_id uuid,
  -- the room or the agent that was wanted
  wanted_id uuid,
  opened_at timestamptz not null,
  settled_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete cascade
);
create unique index one_open_conflict_per_obstacle on conflict
  (space_id, kind, occurrence_id, appointment_id, wanted_id) nulls not distinct where settled_at is null;
create index on conflict (space_id, opened_at) where settled_at is null;
