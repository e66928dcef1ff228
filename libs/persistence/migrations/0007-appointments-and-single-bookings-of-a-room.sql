create table appointment (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  partner_id uuid not null,
  motif_id uuid not null,
  usager_id uuid not null,
  occurrence_id uuid not null,
  agent_id uuid, -- null: whoever holds the permanence
  seat smallint, -- the place taken when no named agent's time is
  site_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  state text not null check (state in
    ('planned', 'confirmed', 'arrived', 'seen', 'noShow', 'cancelledByUsager', 'cancelledByAgent')),
  confidential boolean not null,
  -- 1 at booking, one more at every move: what a person was told is about one version
  version int not null default 1,
  booked_at timestamptz not null,
  booked_by uuid,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, motif_id) references motif (space_id, id),
  foreign key (space_id, usager_id) references usager (space_id, id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id),
  foreign key (space_id, agent_id) references agent (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id)
);
create index on appointment (space_id, site_id, starts_at);
create index on appointment (space_id, usager_id, starts_at);
create index on appointment (space_id, occurrence_id, starts_at);

alter table conflict add foreign key (space_id, appointment_id) references appointment (space_id, id);

-- A meeting, an interview: a thing of its own beside permanences.
create table room_booking (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  partner_id uuid,
  title text not null check (title <> ''),
  site_id uuid not null,
  room_id uuid not null,
  workstation_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  confidential boolean not null,
  booked_by uuid,
  cancelled_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id),
  foreign key (space_id, room_id) references room (space_id, id),
  foreign key (space_id, workstation_id) references workstation (space_id, id)
);
create index on room_booking (space_id, site_id, starts_at);

create table room_booking_agent (
  space_id uuid not null,
  room_booking_id uuid not null,
  agent_id uuid not null,
  primary key (space_id, room_booking_id, agent_id),
  foreign key (space_id, room_booking_id) references room_booking (space_id, id) on delete cascade,
  foreign key (space_id, agent_id) references agent (space_id, id)
);

-- A write that creates, tried twice with the same key, is done once and answered twice.
create table idempotency (
  space_id uuid not null,
  account_id uuid not null,
  key text not null check (char_length(key) between 8 and 200),
  request_hash bytea not null,
  answer jsonb,
  at timestamptz not null,
  primary key (space_id, account_id, key)
);
create index on idempotency (at);
