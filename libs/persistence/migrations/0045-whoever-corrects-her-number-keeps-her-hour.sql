-- Whose browser asked, unreadable: an hour kept until a code comes back is hers to give back when she corrects her number.
alter table online_request add column browser_hash bytea;
create index on online_request (space_id, browser_hash);
