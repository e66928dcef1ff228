-- Whatever can be held by one thing at a time:
--   room         the whole room                    owner: room
--   workstation  one desk or station of a room     owner: workstation
--   presence     an agent's being at a site        owner: agent
--   time         an agent's attention              owner: agent
--   seat         one of the places of a rule's dates (number 1…n)   owner: permanence_rule
create table resource (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  kind text not null check (kind in ('room', 'workstation', 'presence', 'time', 'seat')),
  owner_id uuid not null,
  number smallint not null default 0,
  primary key (space_id, id),
  unique (space_id, kind, owner_id, number)
);

create table claim (
  space_id uuid not null,
  resource_id uuid not null,
  during tstzrange not null
    check (not isempty(during) and lower(during) > '-infinity' and upper(during) < 'infinity'
           and lower_inc(during) and not upper_inc(during)),
  held_by_kind text not null check (held_by_kind in ('occurrence', 'appointment', 'room-booking')),
  held_by_id uuid not null,
  partner_id uuid,
  confidential boolean not null default false,
  -- a hold: gone at this instant unless its owner confirmed it
  expires_at timestamptz,
  foreign key (space_id, resource_id) references resource (space_id, id),
  constraint one_resource_one_holder_at_a_time exclude using gist (resource_id with =, during with &&)
);
create index on claim (space_id, held_by_id);
