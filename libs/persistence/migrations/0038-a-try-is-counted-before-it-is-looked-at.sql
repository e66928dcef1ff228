-- Counted before anything is looked at, one after another: how often this key was tried since an instant, this time included.
create or replace function count_try(attempt_key bytea, told_now timestamptz, since timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(encode(attempt_key, 'hex'), 30));
  insert into failed_attempt values (attempt_key, told_now);
  return (select count(*) from failed_attempt where key_hash = attempt_key and at > since);
end $$;
revoke execute on function count_try(bytea, timestamptz, timestamptz) from public;
grant execute on function count_try(bytea, timestamptz, timestamptz) to palier_app;

-- The two that it takes the place of: noted, then counted.
drop function note_failed_attempt(bytea, timestamptz);
drop function failed_attempts(bytea, timestamptz);
