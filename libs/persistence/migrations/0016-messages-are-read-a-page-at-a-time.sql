create index on reminder (space_id, due_at, id);
