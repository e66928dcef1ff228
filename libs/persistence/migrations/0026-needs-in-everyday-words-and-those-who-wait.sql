-- What people call a need, word by word: a search that forgives accents, typos and word order can't use an index under
-- row-level security (see 0011), so the words lie in a table of their own that only the functions below read.

-- The usual length of a turn without appointment; the motif's own duration when nothing is said.
alter table motif add column turn_minutes smallint check (turn_minutes between 1 and 240);

create table need_word (
  space_id uuid not null,
  motif_id uuid not null,
  -- whose title it comes from; null: the motif's or its partner's own words
  permanence_id uuid,
  source text not null check (source in ('label', 'synonym', 'discreet', 'partner', 'description', 'permanence')),
  -- the phrase it belongs to, numbered within its source, and the word as it was written
  phrase smallint not null,
  word text not null,
  plain text not null,
  stem text not null,
  foreign key (space_id, motif_id) references motif (space_id, id) on delete cascade,
  foreign key (space_id, permanence_id) references permanence (space_id, id) on delete cascade
);
create index on need_word (space_id, motif_id) where permanence_id is null;
create index on need_word (space_id, permanence_id) where permanence_id is not null;
create index on need_word (space_id, stem);
create index on need_word using gin (plain gin_trgm_ops);
alter table need_word enable row level security; -- no policy: nobody but the owner

-- The words of a phrase that say something, with their French stem: "garde d’enfant" is garde and enfant.
create function words_of(phrase text) returns table (n bigint, word text, plain text, stem text)
language sql immutable as $$
  select t.n, t.word, plain_text(t.word), coalesce((ts_lexize('french_stem', plain_text(t.word)))[1], plain_text(t.word))
  from regexp_split_to_table(left(phrase, 1000), '[^[:alnum:]]+') with ordinality as t(word, n)
  where char_length(t.word) > 1 and ts_lexize('french_stem', lower(t.word)) is distinct from '{}'
    and ts_lexize('french_stem', plain_text(t.word)) is distinct from '{}'
$$;

create function note_words_of_motifs(of_space uuid, of_motifs uuid[]) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from need_word where space_id = of_space and motif_id = any (of_motifs) and permanence_id is null;
  insert into need_word (space_id, motif_id, source, phrase, word, plain, stem)
  select m.space_id, m.id, p.source, p.phrase, w.word, w.plain, w.stem
  from motif m
  join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
  cross join lateral (
    select 'label' as source, 1 as phrase, m.label as words
    union all select 'discreet', 1, m.discreet_label
    union all select 'synonym', n::int, s from unnest(m.synonyms) with ordinality as t(s, n)
    union all select 'partner', 1, pa.name
    union all select 'partner', 2, pa.short_name
    union all select 'description', 1, pa.description) p
  cross join lateral words_of(p.words) w
  where m.space_id = of_space and m.id = any (of_motifs) and m.retired_at is null
$$;

create function note_words_of_permanence(of_space uuid, of_permanence uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from need_word where space_id = of_space and permanence_id = of_permanence;
  insert into need_word (space_id, motif_id, permanence_id, source, phrase, word, plain, stem)
  select p.space_id, pm.motif_id, p.id, 'permanence', 1, w.word, w.plain, w.stem
  from permanence p
  join permanence_motif pm on pm.space_id = p.space_id and pm.permanence_id = p.id
  cross join lateral words_of(p.title) w
  where p.space_id = of_space and p.id = of_permanence and p.state = 'published'
$$;

create function note_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case tg_table_name
    when 'motif' then perform note_words_of_motifs(new.space_id, array[new.id]);
    when 'partner' then
      perform note_words_of_motifs(new.space_id, array(select id from motif where space_id = new.space_id and partner_id = new.id));
    when 'permanence' then perform note_words_of_permanence(new.space_id, new.id);
    when 'permanence_motif' then
      if tg_op = 'DELETE' then
        delete from need_word where space_id = old.space_id and permanence_id = old.permanence_id and motif_id = old.motif_id;
      else
        perform note_words_of_permanence(new.space_id, new.permanence_id);
      end if;
  end case;
  return null;
end $$;

create trigger note_words_when_made after insert on motif for each row execute function note_words();
create trigger note_words after update on motif for each row
  when ((old.label, old.discreet_label, old.synonyms, old.retired_at) is distinct from (new.label, new.discreet_label, new.synonyms, new.retired_at))
  execute function note_words();
create trigger note_words after update on partner for each row
  when ((old.name, old.short_name, old.description) is distinct from (new.name, new.short_name, new.description))
  execute function note_words();
create trigger note_words after update on permanence for each row
  when ((old.title, old.state) is distinct from (new.title, new.state))
  execute function note_words();
create trigger note_words_when_made after insert on permanence_motif for each row execute function note_words();
create trigger note_words after delete on permanence_motif for each row execute function note_words();

do $$
declare s uuid;
begin
  for s in select id from space loop
    perform note_words_of_motifs(s, array(select id from motif where space_id = s));
    perform note_words_of_permanence(s, id) from permanence where space_id = s;
  end loop;
end $$;

-- Motifs that answer to a need in everyday words, urgent ones first, the best answers before the others; `because` is what
-- answered, in the service's own words. A motif the viewer may not know of never answers, nor does a title he may not read.
create function search_needs(words text, most int)
returns table (motif_id uuid, score real, because text[]) language plpgsql security definer
set search_path = public, pg_temp set pg_trgm.similarity_threshold = 0.4 as $$
#variable_conflict use_column
begin
  return query
  with asked as (
    select row_number() over (order by n) as n, plain, stem
    from (select distinct on (plain) n, plain, stem from words_of(left(words, 120)) order by plain, n) t
    order by n limit 8
  ), answering as (
    select a.n, w.ctid as at from asked a join need_word w on w.space_id = ctx_space() and w.stem = a.stem
    union
    select a.n, w.ctid from asked a
    cross join lateral unnest(swapped_letters(a.plain) || array[a.plain || '%']) as p(pattern)
    join need_word w on w.space_id = ctx_space() and w.plain like p.pattern
    where char_length(a.plain) >= 3
    union
    select a.n, w.ctid from asked a join need_word w on w.space_id = ctx_space() and w.plain % a.plain
    where char_length(a.plain) >= 4
  ), met as (
    select a.n, w.motif_id, w.permanence_id, w.source, w.phrase, w.word,
      case w.source when 'label' then 1 when 'synonym' then 1 when 'discreet' then 0.8 when 'partner' then 0.8
                    when 'permanence' then 0.7 else 0.5 end
      * case
        when w.plain = a.plain then 1
        when w.stem = a.stem then 0.9
        when char_length(a.plain) >= 3 and w.plain like a.plain || '%' then 0.75
        when w.plain like any (swapped_letters(a.plain)) then 0.65
        else 0.6 * similarity(w.plain, a.plain) end as worth
    from answering f
    join asked a on a.n = f.n
    join need_word w on w.ctid = f.at
  ), seen as (
    select met.* from met
    join motif m on m.space_id = ctx_space() and m.id = met.motif_id and m.retired_at is null
    join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
    left join permanence p on p.space_id = m.space_id and p.id = met.permanence_id
    where (not (m.confidential or pa.confidential) or sees(m.partner_id, true))
      and (p.id is null or sees(p.partner_id, p.confidential)
        or (not p.confidential and (p.visibility = 'public' or (p.visibility = 'restricted' and ctx_sight() = 'partner'))))
  ), best as (
    select distinct on (s.motif_id, s.n) s.motif_id, s.n, s.worth, s.word from seen s
    order by s.motif_id, s.n, s.worth desc, s.word
  ), together as ( -- words of one phrase say more than the same words here and there
    select t.motif_id, max(t.together) as together
    from (select s.motif_id, count(distinct s.n) as together from seen s group by s.motif_id, s.source, s.permanence_id, s.phrase) t
    group by t.motif_id
  ), answers as (
    select b.motif_id,
      (sum(b.worth) / (select count(*) from asked) + 0.15 * (t.together - 1))::real as score,
      array_agg(b.word order by b.n) as because
    from best b join together t on t.motif_id = b.motif_id
    group by b.motif_id, t.together
  )
  select a.motif_id, a.score, a.because from answers a
  join motif m on m.space_id = ctx_space() and m.id = a.motif_id
  where a.score >= 0.4 * (select max(o.score) from answers o)
  -- urgent needs first, when it is what was asked and no mere likeness
  order by m.urgent and a.score >= 0.6 * (select max(o.score) from answers o) desc, a.score desc, m.position, m.id
  limit least(most, 30);
end $$;

-- A person who comes without appointment, from the ticket to a first answer.
create table visit (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  site_id uuid not null,
  day date not null,
  -- the ticket, from 1 each day at each site
  number smallint not null,
  partner_id uuid not null,
  -- the date of a walk-in permanence, or what she comes for when nobody receives yet
  occurrence_id uuid,
  motif_id uuid,
  confidential boolean not null,
  usager_id uuid,
  -- what she is called by when no record is made: a first name, or nothing but her number
  name text not null default '' check (char_length(name) <= 60),
  step text not null default 'accueil' check (step in ('accueil', 'evaluation', 'accompagnement')),
  urgent boolean not null default false,
  state text not null default 'waiting' check (state in ('waiting', 'received', 'done', 'left')),
  arrived_at timestamptz not null,
  received_at timestamptz,
  closed_at timestamptz,
  -- nobody leaves without a first answer
  outcome text check (outcome in ('answered', 'appointment', 'oriented', 'call-back', 'left')),
  created_at timestamptz not null,
  created_by uuid,
  changed_by uuid,
  primary key (space_id, id),
  unique (space_id, site_id, day, number),
  foreign key (space_id, site_id) references site (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete set null (occurrence_id),
  foreign key (space_id, motif_id) references motif (space_id, id),
  foreign key (space_id, usager_id) references usager (space_id, id),
  check ((state in ('done', 'left')) = (closed_at is not null)),
  check ((closed_at is null) = (outcome is null)),
  check ((state = 'left') = (outcome is not distinct from 'left')),
  check (state <> 'received' or received_at is not null),
  constraint no_social_security_number check (not looks_like_nir(name))
);
create index on visit (space_id, site_id, day);
create index on visit (space_id, occurrence_id) where occurrence_id is not null;
create index on visit (space_id, usager_id) where usager_id is not null;

-- Who decided that accompagnement opens without an évaluation before it, and when she or he signed.
create table decision (
  id uuid not null default gen_random_uuid(),
  space_id uuid not null references space,
  usager_id uuid not null,
  partner_id uuid not null,
  confidential boolean not null, -- the partner's
  signed_by text not null check (signed_by <> '' and char_length(signed_by) <= 120),
  signed_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid,
  primary key (space_id, id),
  foreign key (space_id, usager_id) references usager (space_id, id),
  foreign key (space_id, partner_id) references partner (space_id, id),
  constraint no_social_security_number check (not looks_like_nir(signed_by))
);
create index on decision (space_id, usager_id);

grant select, insert, update, delete on visit to palier_app;
grant select, insert, update on decision to palier_app;
do $$
declare t text;
begin
  foreach t in array array['visit', 'decision'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy seen on %I using (
      space_id = (select ctx_space()) and (
        (select ctx_sight()) = 'system'
        or ((select ctx_sight()) = 'desk' and not confidential)
        or partner_id = (select ctx_partner())))$p$, t);
  end loop;
end $$;

-- A partner or a motif becomes confidential: who waited for it leaves the desk's sight as well.
create function hush_visits() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update visit set confidential = true where space_id = new.space_id and not confidential
    and case tg_table_name when 'partner' then partner_id = new.id else motif_id = new.id end;
  if tg_table_name = 'partner' then
    update decision set confidential = true where space_id = new.space_id and not confidential and partner_id = new.id;
  end if;
  return null;
end $$;
create trigger hush_visits after update on partner for each row when (new.confidential and not old.confidential)
  execute function hush_visits();
create trigger hush_visits after update on motif for each row when (new.confidential and not old.confidential)
  execute function hush_visits();

-- The desk said "last entry": nobody more joins the queue of this date.
create table queue_end (
  space_id uuid not null references space,
  occurrence_id uuid not null,
  partner_id uuid not null,
  confidential boolean not null,
  ended_at timestamptz not null,
  ended_by uuid,
  primary key (space_id, occurrence_id),
  foreign key (space_id, occurrence_id) references occurrence (space_id, id) on delete cascade,
  foreign key (space_id, partner_id) references partner (space_id, id)
);
grant select, insert, delete on queue_end to palier_app;
alter table queue_end enable row level security;
create policy seen on queue_end using (
  space_id = (select ctx_space()) and (
    (select ctx_sight()) = 'system'
    or ((select ctx_sight()) = 'desk' and not confidential)
    or partner_id = (select ctx_partner())));

-- How long the queue of these dates is, told to whoever may read the date: whether it is closed, and of each person who
-- waits or is received [urgent, minutes of a turn, received at (epoch ms) or null]. Never who.
create function queues_of(of_occurrences uuid[])
returns table (occurrence_id uuid, is_closed boolean, people jsonb)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, exists (select from queue_end e where e.space_id = o.space_id and e.occurrence_id = o.id),
    coalesce((
      select jsonb_agg(jsonb_build_array(v.urgent, coalesce(m.turn_minutes, m.duration_minutes), extract(epoch from v.received_at) * 1000)
        order by v.urgent desc, v.arrived_at, v.number)
      from visit v left join motif m on m.space_id = v.space_id and m.id = v.motif_id
      where v.space_id = o.space_id and v.occurrence_id = o.id and v.closed_at is null), '[]')
  from occurrence o
  where o.space_id = ctx_space() and o.id = any (of_occurrences)
    and (sees(o.partner_id, o.confidential)
      or (not o.confidential and (o.visibility = 'public' or (o.visibility = 'restricted' and ctx_sight() = 'partner'))))
$$;

-- The next ticket of a site's day. A number may belong to someone the caller does not see: it is given past the policies.
create function next_ticket(of_site uuid, of_day date) returns int
language sql security definer set search_path = public, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended(format('%s %s %s', ctx_space(), of_site, of_day), 26));
  select coalesce(max(number), 0) + 1 from visit where space_id = ctx_space() and site_id = of_site and day = of_day
$$;

do $$
declare f regprocedure;
begin
  foreach f in array array['note_words_of_motifs(uuid, uuid[])', 'note_words_of_permanence(uuid, uuid)', 'note_words()', 'hush_visits()',
    'search_needs(text, int)', 'queues_of(uuid[])', 'next_ticket(uuid, date)']::regprocedure[] loop
    execute format('revoke execute on function %s from public', f);
  end loop;
  grant execute on function search_needs(text, int), queues_of(uuid[]), next_ticket(uuid, date) to palier_app;
end $$;
