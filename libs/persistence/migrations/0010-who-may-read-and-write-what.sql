-- The application is a member of palier_app, which owns nothing and cannot bypass row-level security.
-- Roles belong to the whole cluster: created once, even when two databases migrate together.
select pg_advisory_xact_lock(hashtext('palier_app role'));
do $$ begin
  if not exists (select from pg_roles where rolname = 'palier_app') then
    create role palier_app nologin nosuperuser nobypassrls;
  end if;
end $$;

grant usage on schema public to palier_app;
grant select, insert, update, delete on
  space, site, site_opening, partner, room, workstation, agent, motif, usager, usager_partner,
  resource, claim, permanence, permanence_rule, rule_agent, permanence_motif, permanence_exception,
  occurrence, occurrence_agent, conflict, appointment, room_booking, room_booking_agent, idempotency,
  reminder, message, sandbox_sms
  to palier_app;
-- What happened is written and read, never rewritten.
grant select, insert on event, audit to palier_app;
grant select on migration to palier_app;
-- Hashes of passwords and codes are read only through the functions below.
grant select (id, space_id, email, name, role, partner_id, agent_id, language, disabled_at, created_at),
  insert, update (name, role, partner_id, agent_id, language, disabled_at, email, password_hash, code_hash)
  on account to palier_app;
revoke delete on space, appointment, usager, message from palier_app;

do $$
declare t text;
begin
  foreach t in array array['space', 'site', 'site_opening', 'partner', 'room', 'workstation', 'agent', 'motif',
    'account', 'session', 'password_reset', 'failed_attempt', 'audit', 'usager', 'usager_partner', 'resource', 'claim',
    'permanence', 'permanence_rule', 'rule_agent', 'permanence_motif', 'permanence_exception', 'occurrence',
    'occurrence_agent', 'conflict', 'appointment', 'room_booking', 'room_booking_agent', 'idempotency', 'reminder',
    'message', 'sandbox_sms', 'event', 'event_cursor'] loop
    execute format('alter table %I enable row level security', t);
  end loop;
end $$;

-- The selects around the context functions make each of them run once per statement instead of once per row.

-- The directory: read by everyone in the space; written by the desk's side, or by a partner for what is its own.
create policy own_space on space using (id = (select ctx_space())) with check (id = (select ctx_space()));
create policy founding on space for insert with check ((select ctx_sight()) = 'system');

do $$
declare t text;
begin
  foreach t in array array['site', 'site_opening', 'room', 'workstation', 'resource'] loop
    execute format('create policy own_space on %I using (space_id = (select ctx_space()))', t);
  end loop;
  foreach t in array array['agent', 'motif'] loop
    execute format('create policy read on %I for select using (space_id = (select ctx_space()))', t);
    execute format($p$create policy write on %I for all
      using (space_id = (select ctx_space()) and ((select ctx_sight()) in ('desk', 'system') or partner_id = (select ctx_partner())))$p$, t);
  end loop;
end $$;
create policy read on partner for select using (space_id = (select ctx_space()));
create policy write on partner for all
  using (space_id = (select ctx_space()) and ((select ctx_sight()) in ('desk', 'system') or id = (select ctx_partner())));

create policy own_space on account using (space_id = (select ctx_space()));
create policy own_space on audit using (space_id = (select ctx_space()));
create policy own_space on idempotency using (space_id = (select ctx_space()) and account_id = (select ctx_account()));

-- People: the desk when it knows them, and the partners that receive them.
create policy served on usager for select using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and known_to_desk)
    or exists (select from usager_partner up
               where up.space_id = usager.space_id and up.usager_id = usager.id and up.partner_id = (select ctx_partner()))));
create policy met on usager for insert with check (
  space_id = (select ctx_space()) and (select ctx_sight()) in ('desk', 'partner', 'system'));
create policy rectified on usager for update using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and known_to_desk)
    or exists (select from usager_partner up
               where up.space_id = usager.space_id and up.usager_id = usager.id and up.partner_id = (select ctx_partner()))));
create policy own on usager_partner using (
  space_id = (select ctx_space())
  and ((select ctx_sight()) in ('desk', 'system') or partner_id = (select ctx_partner())));

-- What partners do: their own, or the desk's when it is not confidential.
do $$
declare t text;
begin
  foreach t in array array['claim', 'conflict', 'appointment', 'room_booking', 'reminder', 'message'] loop
    execute format($p$create policy seen on %I using (
      space_id = (select ctx_space()) and (
        (select ctx_sight()) = 'system'
        or ((select ctx_sight()) = 'desk' and not confidential)
        or partner_id = (select ctx_partner())))$p$, t);
  end loop;
end $$;
create policy seen on sandbox_sms using (space_id = (select ctx_space()) and (select ctx_sight()) = 'system');

-- Events: one's own and the desk's; written by whoever acts.
create policy seen on event for select using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not confidential)
    or partner_id = (select ctx_partner())));
create policy recorded on event for insert with check (space_id = (select ctx_space()));

-- Permanences: as above, and what is published may be read by others (by the public when it is for the public).
create policy written on permanence using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not confidential)
    or partner_id = (select ctx_partner())));
create policy published on permanence for select using (
  space_id = (select ctx_space()) and state = 'published' and not confidential
  and (visibility = 'public' or (visibility = 'restricted' and (select ctx_sight()) = 'partner')));

create policy written on occurrence using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not confidential)
    or partner_id = (select ctx_partner())));
create policy published on occurrence for select using (
  space_id = (select ctx_space()) and not confidential
  and (visibility = 'public' or (visibility = 'restricted' and (select ctx_sight()) = 'partner')));

do $$
declare t text;
begin
  -- Rows that belong to a permanence or an occurrence are seen with it: the sub-select is itself under its policies.
  foreach t in array array['permanence_rule', 'permanence_motif', 'permanence_exception'] loop
    execute format($p$create policy with_its_permanence on %1$I using (
      space_id = (select ctx_space())
      and exists (select from permanence p where p.space_id = %1$I.space_id and p.id = %1$I.permanence_id))$p$, t);
  end loop;
end $$;
create policy with_its_rule on rule_agent using (
  space_id = (select ctx_space())
  and exists (select from permanence_rule r where r.space_id = rule_agent.space_id and r.id = rule_agent.rule_id));
create policy with_its_occurrence on occurrence_agent using (
  space_id = (select ctx_space())
  and exists (select from occurrence o where o.space_id = occurrence_agent.space_id and o.id = occurrence_agent.occurrence_id));
create policy with_its_booking on room_booking_agent using (
  space_id = (select ctx_space())
  and exists (select from room_booking b where b.space_id = room_booking_agent.space_id and b.id = room_booking_agent.room_booking_id));
-- session, password_reset, failed_attempt, event_cursor: no policy, so nobody but the owner; see the functions.
