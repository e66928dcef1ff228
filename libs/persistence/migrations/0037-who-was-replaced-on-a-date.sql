-- Someone who was announced on a date and is replaced there since: that person's calendar says that it is cancelled
-- instead of dropping it. Kept when the person is put back, so that the event counts on from there.
create table replaced_agent (
  space_id uuid not null,
  occurrence_id uuid not null,
  agent_id uuid not null,
  -- later than any change of the date by a second at least, as SEQUENCE counts seconds
  replaced_at timestamptz not null,
  primary key (space_id, occurrence_id, agent_id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete cascade,
  foreign key (space_id, agent_id) references agent (space_id, id)
);
create index on replaced_agent (space_id, agent_id);
grant select, insert, update, delete on replaced_agent to palier_app;
alter table replaced_agent enable row level security;
create policy with_its_occurrence on replaced_agent using (
  space_id = (select ctx_space())
  and exists (select from occurrence o where o.space_id = replaced_agent.space_id and o.id = replaced_agent.occurrence_id));
