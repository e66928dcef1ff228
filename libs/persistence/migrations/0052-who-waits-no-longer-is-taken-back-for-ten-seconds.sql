-- What the desk last said of who waits (she can't come, she waits no longer), to be taken back in the seconds that follow by whoever
-- said it: ids and codes only.
alter table waiting_entry add column undo jsonb;
