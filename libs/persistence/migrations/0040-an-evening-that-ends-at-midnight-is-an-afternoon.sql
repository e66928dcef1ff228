-- A date that ends at midnight ends at 00:00, which is not after noon: asked for the afternoon, it was left out. What counts is
-- whether it ends after the noon of the day it begins. Only that condition changes; the rest of the function stays as it is.
do $do$
declare
  written text := pg_get_functiondef('find_dates(uuid[], timestamptz, timestamptz, timestamptz, text, jsonb, int, int)'::regprocedure);
  wrong constant text := $$(o.ends_at at time zone in_zone)::time > '12:00'$$;
begin
  if strpos(written, wrong) = 0 then raise exception 'find_dates no longer says %', wrong; end if;
  execute replace(written, wrong,
    $$(o.ends_at at time zone in_zone) > (o.starts_at at time zone in_zone)::date + time '12:00'$$);
end $do$;
