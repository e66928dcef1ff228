-- An offer or an invitation that no SMS carries is a call, a letter or a safe contact's task: todo → done by someone.
alter table link_message
  add column channel text not null default 'sms' check (channel in ('sms', 'call', 'letter', 'task')),
  add column recipient text, -- the number it went to
  add column settled_by uuid,
  drop constraint link_message_state_check,
  add constraint link_message_state_check check (state in ('waiting', 'sent', 'failed', 'dropped', 'todo', 'done'));
create index on link_message (space_id, state, due_at, id);
create index on link_message (space_id, due_at, id);
create index on link_message (space_id, subject_id);

-- What the search asked for, from which someone was invited to choose.
alter table invitation
  add column site_id uuid,
  add column part text check (part in ('morning', 'afternoon')),
  add column from_day date,
  add column spoken text, -- the code of a language of whoever receives
  add column mode text check (mode in ('on-site', 'phone', 'home', 'video')),
  add column accessible boolean not null default false,
  add foreign key (space_id, site_id) references site (space_id, id);

-- What is left to do about an invitation that ran out is no longer to be done.
create function drop_messages_of_the_past(told_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  update link_message l set state = 'dropped', settled_at = told_now from invitation i
  where l.state in ('waiting', 'todo', 'failed') and l.kind = 'invitation' and i.space_id = l.space_id and i.id = l.subject_id
    and (i.state <> 'open' or i.expires_at <= told_now)
$$;
create index on link_message (kind, state) where state in ('waiting', 'todo', 'failed');

revoke execute on function drop_messages_of_the_past(timestamptz) from public;
grant execute on function drop_messages_of_the_past(timestamptz) to palier_app;
