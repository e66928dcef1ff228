-- The person in charge may want to agree before a partner publishes, changes what is published, or stops.
alter table space add column approves_publication boolean not null default false;

-- What a partner's editor asks for, until the person in charge answers.
create table proposal (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  permanence_id uuid not null,
  kind text not null check (kind in ('publication', 'change', 'stop')),
  -- the request itself, done word for word when it is approved
  asked jsonb not null default '{}',
  asked_at timestamptz not null,
  asked_by uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
  decided_at timestamptz,
  decided_by uuid,
  reason text not null default '',
  primary key (space_id, id),
  foreign key (space_id, permanence_id) references permanence (space_id, id) on delete cascade,
  check ((state = 'waiting') = (decided_at is null))
);
create unique index one_waiting_proposal_per_permanence on proposal (space_id, permanence_id) where state = 'waiting';
create index on proposal (space_id, permanence_id, asked_at);

grant select, insert, update on proposal to palier_app;
alter table proposal enable row level security;
-- Whoever may write the permanence.
create policy with_its_permanence on proposal using (
  space_id = (select ctx_space())
  and exists (select from permanence p
              where p.space_id = proposal.space_id and p.id = proposal.permanence_id and sees(p.partner_id, p.confidential)));

-- An internal meeting of several partners: its organiser writes it, those invited read it.
create table permanence_partner (
  space_id uuid not null,
  permanence_id uuid not null,
  partner_id uuid not null,
  primary key (space_id, permanence_id, partner_id),
  foreign key (space_id, permanence_id) references permanence (space_id, id) on delete cascade,
  foreign key (space_id, partner_id) references partner (space_id, id)
);
create index on permanence_partner (space_id, partner_id);

grant select, insert, delete on permanence_partner to palier_app;
alter table permanence_partner enable row level security;
create policy with_its_permanence on permanence_partner using (
  space_id = (select ctx_space())
  and exists (select from permanence p where p.space_id = permanence_partner.space_id and p.id = permanence_partner.permanence_id));

-- The meetings that the viewer's partner is invited to, once per statement. As the owner: the policies of permanence ask it.
create function invitations() returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(permanence_id), '{}') from permanence_partner where space_id = ctx_space() and partner_id = ctx_partner()
$$;
revoke execute on function invitations() from public;
grant execute on function invitations() to palier_app;

create policy invited on permanence for select using (
  space_id = (select ctx_space()) and state = 'published' and visibility = 'internal' and not confidential
  and id = any ((select invitations())::uuid[]));
create policy invited on occurrence for select using (
  space_id = (select ctx_space()) and visibility = 'internal' and not confidential
  and permanence_id = any ((select invitations())::uuid[]));

-- A place of a date that its partner gave by its own means: held like an appointment, of nobody that Palier knows.
create table seat_given (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null,
  occurrence_id uuid not null,
  agent_id uuid,
  seat smallint,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  given_at timestamptz not null,
  given_by uuid,
  primary key (space_id, id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete cascade,
  foreign key (space_id, agent_id) references agent (space_id, id),
  check (num_nonnulls(agent_id, seat) = 1)
);
create index on seat_given (space_id, occurrence_id);

grant select, insert, delete on seat_given to palier_app;
alter table seat_given enable row level security;
create policy with_its_occurrence on seat_given using (
  space_id = (select ctx_space())
  and exists (select from occurrence o
              where o.space_id = seat_given.space_id and o.id = seat_given.occurrence_id and sees(o.partner_id, o.confidential)));

alter table claim drop constraint claim_held_by_kind_check;
alter table claim add constraint claim_held_by_kind_check
  check (held_by_kind in ('occurrence', 'appointment', 'room-booking', 'seat-given', 'hold'));

-- Taken back, or gone with its date: what it held is free.
create function free_given_seat() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from claim where space_id = old.space_id and held_by_id = old.id;
  return null;
end $$;
revoke execute on function free_given_seat() from public;
create trigger free_given_seat after delete on seat_given for each row execute function free_given_seat();

-- After dates changed: places given outside what is left of them are given no more, and only whoever gave them can say so to
-- the people. Gives one row for each, with its permanence.
create function drop_given_seats(of_occurrences uuid[], told_now timestamptz) returns table (permanence_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  delete from seat_given g using occurrence o
  where g.space_id = ctx_space() and g.occurrence_id = any (of_occurrences) and g.ends_at > told_now
    and o.space_id = g.space_id and o.id = g.occurrence_id and sees(o.partner_id, o.confidential)
    and not (o.state = 'held' and g.starts_at >= o.starts_at and g.ends_at <= o.ends_at
      and (g.seat is null or g.seat <= o.seats)
      and (g.agent_id is null or exists (
        select from occurrence_agent oa
        where oa.space_id = o.space_id and oa.occurrence_id = o.id and oa.agent_id = g.agent_id)))
  returning o.permanence_id
$$;

-- A date of which a place was given is not deleted either: it is cancelled, and whoever gave the place is told so.
create or replace function appointments_on(of_occurrences uuid[])
returns table (occurrence_id uuid, ever bigint, booked bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, coalesce(a.ever, 0) + g.given, coalesce(a.booked, 0)
  from occurrence o
  left join lateral (
    select count(*) as ever, count(*) filter (where a.state not in ('cancelledByUsager', 'cancelledByAgent')) as booked
    from appointment a where a.space_id = o.space_id and a.occurrence_id = o.id) a on true
  cross join lateral (select count(*) as given from seat_given g where g.space_id = o.space_id and g.occurrence_id = o.id) g
  where o.space_id = ctx_space() and o.id = any (of_occurrences) and sees(o.partner_id, o.confidential)
    and (a.ever > 0 or g.given > 0)
$$;

-- A permanence changes from a day on: the places given of the dates that another rule takes over stay held there.
create function hand_over_given_seats(from_rule uuid, to_rule uuid, from_day date) returns void
language sql security definer set search_path = public, pg_temp as $$
  update claim c set resource_id = t.id
  from occurrence o
  join seat_given g on g.space_id = o.space_id and g.occurrence_id = o.id
  join resource f on f.space_id = o.space_id and f.kind = 'seat' and f.owner_id = from_rule
  join resource t on t.space_id = o.space_id and t.kind = 'seat' and t.owner_id = to_rule and t.number = f.number
  where o.space_id = ctx_space() and o.rule_id = from_rule and o.original_start >= from_day
    and sees(o.partner_id, o.confidential)
    and exists (
      select from permanence_rule a
      join permanence_rule b on b.space_id = a.space_id and b.permanence_id = a.permanence_id and b.id = to_rule
      where a.space_id = ctx_space() and a.id = from_rule)
    and c.space_id = o.space_id and c.held_by_id = g.id and c.resource_id = f.id
$$;
revoke execute on function drop_given_seats(uuid[], timestamptz), hand_over_given_seats(uuid, uuid, date) from public;
grant execute on function drop_given_seats(uuid[], timestamptz), hand_over_given_seats(uuid, uuid, date) to palier_app;

-- A school calendar newer than the one Palier comes with, as it was imported.
create table school_calendar (
  space_id uuid primary key references space,
  version text not null check (version <> ''),
  -- [{zone, name, firstDayOff, classesResume, verified}], as libs/recurrence reads them
  holidays jsonb not null,
  imported_at timestamptz not null,
  imported_by uuid
);
grant select, insert, update, delete on school_calendar to palier_app;
alter table school_calendar enable row level security;
create policy read on school_calendar for select using (space_id = (select ctx_space()));
create policy write on school_calendar for all using (
  space_id = (select ctx_space()) and (select ctx_sight()) in ('desk', 'system'));
