-- "violance" found nothing: to trigrams, a letter replaced in the middle of a word is three wrong ones, and the plural two
-- more. Stems are compared as well, with one letter replaced, left out or added; the first letter holds.
create function slipped_letters(stem text) returns text[] language sql immutable parallel safe as $$
  select case when char_length(stem) < 5 then '{}' else array(
    select left(stem, n) || slip || substr(stem, n + gone + 1)
    from generate_series(1, char_length(stem) - 1) n
    cross join (values ('_', 1), ('_', 0), ('', 1)) as s(slip, gone)
    where slip = '_' or char_length(stem) > 5
    union select stem || '_') end
$$;
create index on need_word using gin (stem gin_trgm_ops);

-- Whether a word may be the other one, badly typed: "coups" is not "coupure", nor "faim" the "fami" of "familles".
create function may_be_mistyped(one text, other text) returns boolean language sql immutable parallel safe as $$
  select abs(char_length(one) - char_length(other)) <= (least(char_length(one), char_length(other)) - 1) / 3
    or similarity(one, other) >= 0.5
$$;

create or replace function search_needs(words text, most int)
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
    join need_word w on w.space_id = ctx_space() and w.plain like a.plain || '%'
    where char_length(a.plain) >= 3
    union
    select a.n, w.ctid from asked a
    cross join lateral unnest(swapped_letters(a.plain)) as p(pattern)
    join need_word w on w.space_id = ctx_space() and w.plain like p.pattern and may_be_mistyped(w.plain, a.plain)
    union
    select a.n, w.ctid from asked a
    cross join lateral unnest(slipped_letters(a.stem)) as p(pattern)
    join need_word w on w.space_id = ctx_space() and w.stem like p.pattern
    union
    select a.n, w.ctid from asked a
    join need_word w on w.space_id = ctx_space() and w.plain % a.plain and may_be_mistyped(w.plain, a.plain)
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
        when w.stem like any (slipped_letters(a.stem)) then 0.35 + 0.3 * similarity(w.plain, a.plain)
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
    select distinct on (s.motif_id, s.n) s.motif_id, s.n, s.worth, s.word, s.source from seen s
    order by s.motif_id, s.n, s.worth desc, s.word
  ), together as ( -- words of one phrase say more than the same words here and there
    select t.motif_id, max(t.together) as together
    from (select s.motif_id, count(distinct s.n) as together from seen s group by s.motif_id, s.source, s.permanence_id, s.phrase) t
    group by t.motif_id
  ), answers as (
    select b.motif_id,
      (sum(b.worth) / (select count(*) from asked) + 0.15 * (t.together - 1))::real as score,
      array_agg(b.word order by b.n) as because,
      bool_or(b.source in ('label', 'synonym')) as by_its_own
    from best b join together t on t.motif_id = b.motif_id
    group by b.motif_id, t.together
  )
  select a.motif_id, a.score, a.because from answers a
  join motif m on m.space_id = ctx_space() and m.id = a.motif_id
  where a.score >= 0.4 * (select max(o.score) from answers o)
  -- urgent needs first, when it is what was asked: words of its own, neither its service's nor a mere likeness
  order by m.urgent and a.by_its_own and a.score >= 0.6 * (select max(o.score) from answers o) desc, a.score desc, m.position, m.id
  limit least(most, 30);
end $$;

-- A social security number is one however it is written: the same rule as the screens' (libs/contract/src/nir.ts).
create or replace function looks_like_nir(words text) returns boolean language sql immutable parallel safe as $$
  select char_length(words) >= 13 and (
    select said ~ '(?<![0-9])([0-9][\s\u00a0\u202f._/-]{0,2}){12}[0-9]([\s\u00a0\u202f._/-]{0,2}[0-9][\s\u00a0\u202f._/-]{0,2}[0-9])?(?![0-9])'
      or regexp_replace(said,
        '(?<![0-9])(0[1-9]([\s\u00a0\u202f.-]?[0-9]{2}){4}|[0-3]?[0-9][/.-][01]?[0-9][/.-](19|20)[0-9]{2}|(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?![0-9])',
        'x', 'g')
        ~* replace('(?<![0-9])[12]_([0-9]_){2}(0_[1-9]|1_[0-2]|[235-9]_[0-9]|4_[0-2])_([0-9]_[0-9]|2_[ab])(_[0-9]){6}((_[0-9]){2})?(?![0-9])',
          '_', '[^[:alnum:]€$£]{0,4}')
    from regexp_replace(
      regexp_replace(normalize(words, nfkc), '[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]', '', 'g'),
      '(?<![0-9])(\+|00)33[\s\u00a0\u202f.-]?(\(0\)[\s\u00a0\u202f.-]?)?[1-9]([\s\u00a0\u202f.-]?[0-9]{2}){4}(?![0-9])', 'x', 'g') as said)
$$;

-- Nor is it shared out between the two halves of a name. Whoever is kept already stays readable.
alter table usager add constraint no_social_security_number_over_two_fields
  check (not looks_like_nir(first_name || ' ' || last_name) and not looks_like_nir(last_name || ' ' || first_name)) not valid;
