import type { Transaction } from '@app/persistence';
import type { AboutAsked, Filters } from './emptied';

interface Row {
  id: string;
  partner: string;
  modes: string[];
  is_spoken: boolean;
  agent: string | null;
  sites: string[] | null;
}

/** What the words about these motifs and what was asked of them need, in one question. */
export async function aboutAsked(
  tx: Transaction,
  motifIds: readonly string[],
  { language, agent, sites }: Filters,
): Promise<Pick<AboutAsked, 'motifs' | 'agentName' | 'siteNames'>> {
  const rows = await tx.query<Row>(
    `select m.id, pa.short_name as partner, m.modes,
       -- a partner without agents is its people, of whom nothing is written
       (select coalesce(bool_or(speaks(a.languages, $3)), speaks('{}', $3)) from agent a
        where a.space_id = m.space_id and a.partner_id = m.partner_id and a.retired_at is null and a.skills @> m.skills) as is_spoken,
       (select a.name from agent a where a.space_id = $1 and a.id = $4) as agent,
       (select array_agg(s.name order by s.position, s.name) from site s where s.space_id = $1 and s.id = any ($5)) as sites
     from motif m join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
     where m.space_id = $1 and m.id = any ($2)`,
    [tx.context.spaceId, motifIds, language ?? null, agent ?? null, sites ?? null],
  );
  const [first] = rows;
  return {
    agentName: first?.agent ?? '',
    siteNames: first?.sites ?? [],
    motifs: new Map(rows.map(({ id, partner, modes, is_spoken: isSpoken }) => [id, { partner, modes, isSpoken }])),
  };
}
