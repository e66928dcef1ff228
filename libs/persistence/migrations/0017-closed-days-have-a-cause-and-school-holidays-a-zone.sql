-- Whose school holidays count; null while nobody said: then no date is known to be in or out of them.
alter table space add column school_zone text check (school_zone in ('A', 'B', 'C'));
-- Where a site's public holidays differ from the space's (Alsace-Moselle).
alter table site add column territory text;

alter table permanence add column on_closure text not null default 'skip' check (on_closure in ('skip', 'keep', 'move'));
alter table permanence add column school_holidays text not null default 'any' check (school_holidays in ('any', 'outside', 'only'));
-- The school calendar of that day is not official yet: shown as "à vérifier".
alter table occurrence add column unverified boolean not null default false;

-- Whole days, the last one included, on which the space (nothing named), a site, a room or a partner is closed.
create table closure (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  site_id uuid,
  room_id uuid,
  partner_id uuid,
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  cause text not null default '',
  primary key (space_id, id),
  foreign key (space_id, site_id) references site (space_id, id),
  foreign key (space_id, room_id) references room (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  check (num_nonnulls(site_id, room_id, partner_id) <= 1)
);
create index on closure (space_id, last_day);

grant select, insert, update, delete on closure to palier_app;
alter table closure enable row level security;
-- A closed door is everyone's to know; a partner's own closing days are its own and the desk's, unless it is confidential.
create policy read on closure for select using (
  space_id = (select ctx_space()) and (
    partner_id is null
    or (select ctx_sight()) = 'system'
    or partner_id = (select ctx_partner())
    or ((select ctx_sight()) = 'desk' and exists (
      select from partner p where p.space_id = closure.space_id and p.id = closure.partner_id and not p.confidential))));
create policy write on closure for all using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or partner_id = (select ctx_partner())
    or ((select ctx_sight()) = 'desk' and not exists (
      select from partner p where p.space_id = closure.space_id and p.id = closure.partner_id and p.confidential))));

-- Why a room is closed on a day, if it is: its own closure, its site's or the space's. '' is a closure that gives no cause.
create function closure_of_room(of_room uuid, on_day date) returns text
language sql stable as $$
  select c.cause from closure c
  join room r on r.space_id = ctx_space() and r.id = of_room
  where c.space_id = ctx_space() and c.partner_id is null and on_day between c.first_day and c.last_day
    and (c.room_id = r.id or c.site_id = r.site_id or (c.room_id is null and c.site_id is null))
  order by c.room_id nulls last, c.site_id nulls last, c.first_day limit 1
$$;
revoke execute on function closure_of_room(uuid, date) from public;
grant execute on function closure_of_room(uuid, date) to palier_app;
