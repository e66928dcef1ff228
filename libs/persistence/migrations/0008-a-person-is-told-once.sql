create table reminder (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  appointment_id uuid not null,
  partner_id uuid not null,
  confidential boolean not null,
  kind text not null check (kind in ('confirmation', 'before', 'moved', 'cancelled')),
  appointment_version int not null,
  due_at timestamptz not null,
  channel text not null check (channel in ('sms', 'call', 'letter')),
  -- waiting → sent | failed | dropped (no longer true or useful); a call or letter waits for someone: todo → done
  state text not null check (state in ('waiting', 'sent', 'failed', 'dropped', 'todo', 'done')),
  settled_at timestamptz,
  settled_by uuid,
  primary key (space_id, id),
  constraint told_once unique (space_id, appointment_id, kind, appointment_version),
  foreign key (space_id, appointment_id) references appointment (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id)
);
create index reminder_due on reminder (due_at) where state = 'waiting';
create index on reminder (space_id, state, due_at);

create table message (
  id uuid not null, -- the reminder's id: one reminder, one message, and the gateway's idempotency key
  space_id uuid not null,
  partner_id uuid not null,
  confidential boolean not null,
  usager_id uuid not null,
  appointment_id uuid not null,
  recipient text not null,
  text text not null,
  state text not null check (state in ('handed', 'sent', 'failed')),
  error text,
  written_at timestamptz not null,
  sent_at timestamptz,
  primary key (space_id, id),
  foreign key (space_id, id) references reminder (space_id, id),
  foreign key (space_id, usager_id) references usager (space_id, id),
  foreign key (space_id, appointment_id) references appointment (space_id, id)
);
create index on message (space_id, written_at);

-- The sandbox gateway's own memory, as a real operator would keep it: the same message id is accepted once.
create table sandbox_sms (
  space_id uuid not null,
  message_id uuid not null,
  recipient text not null,
  text text not null,
  received_at timestamptz not null,
  primary key (space_id, message_id)
);
