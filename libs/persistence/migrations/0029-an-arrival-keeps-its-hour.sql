-- When the person was there: now, or the hour it happened when the desk was without its network and writes it down afterwards.
alter table appointment add column arrived_at timestamptz;

-- Plannings ask for the dates of a partner and of a room.
create index on occurrence (space_id, partner_id, starts_at);
create index on occurrence (space_id, room_id, starts_at) where room_id is not null;
create index on appointment (space_id, partner_id, starts_at);
