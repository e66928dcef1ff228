-- The product's own night, whatever the machine's clock says: what was done is a row, so that a lost queue, a stopped
-- worker or several of them change nothing. Belongs to no space; read and written through two functions only.
create table nightly_round (
  day date primary key,
  finished_at timestamptz not null
);
alter table nightly_round enable row level security;

create function nightly_round_done(of_day date) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from nightly_round where day = of_day)
$$;
create function note_nightly_round(of_day date, told_now timestamptz) returns void
language sql security definer set search_path = public, pg_temp as $$
  insert into nightly_round values (of_day, told_now) on conflict do nothing
$$;
revoke execute on function nightly_round_done(date), note_nightly_round(date, timestamptz) from public;
grant execute on function nightly_round_done(date), note_nightly_round(date, timestamptz) to palier_app;
