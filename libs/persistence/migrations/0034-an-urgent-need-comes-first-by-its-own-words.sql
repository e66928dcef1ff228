-- An urgent motif came first because its service's name or description answered, as for all its motifs: its own words must.
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
