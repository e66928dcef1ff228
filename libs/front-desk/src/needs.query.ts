import type { Transaction } from '@app/persistence';
import type { PlainDate } from '@app/time';
import type { Opening } from './eligibility';

/** A motif that answers to a need. */
export interface NeedRow {
  id: string;
  partner_id: string;
  urgent: boolean;
  booked: 'here' | 'own-number' | 'walk-in';
  phone: string | null;
  audience: string;
  min_age: number | null;
  max_age: number | null;
  communes: string[];
  step: 'accueil' | 'evaluation' | 'accompagnement';
  meeting: 'any' | 'first' | 'follow-up';
  /** Of a turn without appointment. */
  turn: number;
  /** How well the words match; 1 for a motif that was named. */
  score: number;
  because: string[];
}

const COLUMNS = `m.id, m.partner_id, m.urgent, m.booked, coalesce(m.phone, pa.phone) as phone,
  coalesce(nullif(m.audience, ''), pa.audience) as audience, m.min_age, m.max_age, m.communes, m.step, m.meeting,
  coalesce(m.turn_minutes, m.duration_minutes) as turn`;

/** The motifs that answer to everyday words, urgent ones and the best answers first. */
export function needsFor(tx: Transaction, words: string, limit: number): Promise<NeedRow[]> {
  return tx.query<NeedRow>(
    `select ${COLUMNS}, n.score, n.because
     from search_needs($2, $3) with ordinality as n(motif_id, score, because, place)
     join motif m on m.space_id = $1 and m.id = n.motif_id
     join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
     order by n.place`,
    [tx.context.spaceId, words, limit],
  );
}

/** These motifs, those the viewer may know of; urgent ones first, else in the order they were named. */
export function needsOf(tx: Transaction, motifIds: readonly string[], limit: number): Promise<NeedRow[]> {
  return tx.query<NeedRow>(
    `select ${COLUMNS}, 1 as score, '{}'::text[] as because
     from unnest($2::uuid[]) with ordinality as n(motif_id, place)
     join motif m on m.space_id = $1 and m.id = n.motif_id and m.retired_at is null
     join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
     where not (m.confidential or pa.confidential) or sees(m.partner_id, true)
     order by m.urgent desc, n.place limit $3`,
    [tx.context.spaceId, motifIds, limit],
  );
}

export interface PersonRow {
  birth_year: number | null;
  interpreter: boolean;
  /** By partner: what opened accompagnement there, the latest. */
  openings: Map<string, Opening>;
}

/** What the notes need to know of a person; null when there is none for this viewer. */
export async function personAsking(tx: Transaction, usagerId: string, zone: string): Promise<PersonRow | null> {
  const rows = await tx.query<{
    birth_year: number | null;
    interpreter: boolean;
    partner_id: string | null;
    signed_by: string | null;
    opened_on: PlainDate | null;
  }>(
    `with opened as (
       select a.partner_id, null as signed_by, (a.starts_at at time zone $3)::date as opened_on
       from appointment a join motif m on m.space_id = a.space_id and m.id = a.motif_id and m.step = 'evaluation'
       where a.space_id = $1 and a.usager_id = $2 and a.state = 'seen'
       union all
       select v.partner_id, null, v.day from visit v
       where v.space_id = $1 and v.usager_id = $2 and v.step = 'evaluation' and v.state = 'done'
       union all
       select d.partner_id, d.signed_by, d.signed_on from decision d where d.space_id = $1 and d.usager_id = $2
     )
     select u.birth_year, u.interpreter, o.partner_id, o.signed_by, o.opened_on
     from usager u left join opened o on true
     where u.space_id = $1 and u.id = $2
     order by o.opened_on limit 100`,
    [tx.context.spaceId, usagerId, zone],
  );
  const [first] = rows;
  if (!first) return null;
  const openings = new Map<string, Opening>();
  for (const { partner_id, signed_by, opened_on } of rows) {
    if (!partner_id || !opened_on) continue;
    openings.set(
      partner_id,
      signed_by === null ? { by: 'evaluation', on: opened_on } : { by: 'decision', signedBy: signed_by, on: opened_on },
    );
  }
  return { birth_year: first.birth_year, interpreter: first.interpreter, openings };
}
