create table event (
  id bigint generated always as identity primary key,
  -- ids commit out of order; a reader takes only rows whose transaction is below the oldest one still running
  xid xid8 not null default pg_current_xact_id(),
  space_id uuid not null references space,
  partner_id uuid,
  confidential boolean not null default false,
  account_id uuid,
  at timestamptz not null,
  kind text not null,
  subject_id uuid,
  site_id uuid,
  -- local date the event is about, so that a board knows whether to look again
  day date,
  -- ids and codes only, never a person's data
  detail jsonb not null default '{}'
);
create index event_in_commit_order on event (xid, id);
create index on event (space_id, subject_id);

-- How far each consumer has read; consumed in the same transaction as what it wrote.
create table event_cursor (
  consumer text primary key,
  xid xid8 not null,
  id bigint not null
);
insert into event_cursor values ('reminders', '0', 0);
