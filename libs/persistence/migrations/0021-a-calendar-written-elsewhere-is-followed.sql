-- The address of a calendar that a partner keeps elsewhere, read again and again for what changes. Whoever has the address
-- may read the calendar: it is told to nobody, and only its host is shown.
create table calendar_subscription (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  partner_id uuid not null,
  address text not null check (char_length(address) between 8 and 2000),
  -- what was made of it, and which of its titles that took; nothing is read in the background before
  permanence_id uuid,
  titles text[] not null default '{}',
  -- the lines (days, hours, places; no titles) as they were taken over, and as they were last read
  taken jsonb not null default '[]',
  latest jsonb not null default '[]',
  -- what the server said of its answer, so that one that did not change is not sent again
  etag text,
  modified text,
  created_at timestamptz not null,
  read_at timestamptz,
  -- why it can't be read, since when, and how often it was tried
  failure text,
  failing_since timestamptz,
  failures int not null default 0,
  next_try timestamptz not null,
  primary key (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, permanence_id) references permanence (space_id, id) on delete set null (permanence_id),
  check ((failure is null) = (failing_since is null))
);
create index on calendar_subscription (next_try) where permanence_id is not null;

grant select, insert, delete,
  update (permanence_id, titles, taken, latest, etag, modified, read_at, failure, failing_since, failures, next_try)
  on calendar_subscription to palier_app;
alter table calendar_subscription enable row level security;
create policy seen on calendar_subscription using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not exists (
      select from partner p
      where p.space_id = calendar_subscription.space_id and p.id = calendar_subscription.partner_id and p.confidential))
    or partner_id = (select ctx_partner())));

-- Which are to be read again now, in any space: ids only.
create function due_calendar_subscriptions(told_now timestamptz, most int)
returns table (space_id uuid, id uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select c.space_id, c.id from calendar_subscription c
  join partner p on p.space_id = c.space_id and p.id = c.partner_id and p.retired_at is null
  where c.permanence_id is not null and c.next_try <= told_now order by c.next_try limit least(most, 1000)
$$;
revoke execute on function due_calendar_subscriptions(timestamptz, int) from public;
grant execute on function due_calendar_subscriptions(timestamptz, int) to palier_app;
