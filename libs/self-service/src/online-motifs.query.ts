import type { Transaction } from '@app/persistence';

/** What may be booked on the public page. */
export interface OnlineMotif {
  id: string;
  label: string;
  /** What may be said of it to whoever looks over a shoulder. */
  discreetLabel: string;
  partner: string;
  phone: string | null;
  audience: string;
  durationMinutes: number;
  /** A code sent by SMS confirms it. */
  byCode: boolean;
}

const MOST = 60;
const FROM = `from motif m
  join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id`;
const ONLINE = `m.space_id = $1 and m.booked = 'here' and m.public_booking and not m.confidential and m.retired_at is null
  and not pa.confidential and pa.on_public_page and pa.retired_at is null`;
const COLUMNS = `m.id, m.label, m.discreet_label as "discreetLabel", pa.name as partner, coalesce(m.phone, pa.phone) as phone,
  coalesce(nullif(m.audience, ''), pa.audience) as audience, m.duration_minutes as "durationMinutes", m.public_code as "byCode"`;

/** All of them, or those that answer to everyday words, the best answers first. */
export function onlineMotifs(tx: Transaction, words: string): Promise<OnlineMotif[]> {
  const { spaceId } = tx.context;
  return words
    ? tx.query<OnlineMotif>(
        `select ${COLUMNS} ${FROM} join search_needs($2, $3) with ordinality as n(motif_id, score, because, place) on n.motif_id = m.id
         where ${ONLINE} order by n.place`,
        [spaceId, words, MOST],
      )
    : tx.query<OnlineMotif>(
        `select ${COLUMNS} ${FROM} where ${ONLINE} order by pa.position, m.position, m.id limit $2`,
        [spaceId, MOST],
      );
}

export async function onlineMotif(tx: Transaction, motifId: string): Promise<OnlineMotif | null> {
  const [row] = await tx.query<OnlineMotif>(`select ${COLUMNS} ${FROM} where ${ONLINE} and m.id = $2`, [
    tx.context.spaceId,
    motifId,
  ]);
  return row ?? null;
}

/** Whether this motif may be booked by anyone on this date: what was offered may have been withdrawn since. */
export async function isForEveryone(tx: Transaction, motifId: string, occurrenceId: string): Promise<boolean> {
  const rows = await tx.query(
    `select ${FROM} join occurrence o on o.space_id = m.space_id and o.id = $3 and o.visibility = 'public' and not o.confidential
     where ${ONLINE} and m.id = $2`,
    [tx.context.spaceId, motifId, occurrenceId],
  );
  return rows.length > 0;
}
