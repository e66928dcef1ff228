import type { Invitation } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type Instant, toLocal } from '@app/time';

interface Row {
  id: string;
  usager_id: string;
  partner_id: string;
  motif_id: string;
  agent_id: string | null;
  told_by: Invitation['by'];
  told: Invitation['told'];
  state: 'open' | 'booked' | 'withdrawn';
  created_at: Instant;
  expires_at: Instant;
  opened_at: Instant | null;
}

/** A person's, the latest first; local times of `zone`. */
export async function invitationsOf(tx: Transaction, usagerId: string, zone: string): Promise<Invitation[]> {
  const rows = await tx.query<Row>(
    `select i.id, i.usager_id, i.partner_id, i.motif_id, i.agent_id, i.told_by, l.state as told, i.state, i.created_at,
       i.expires_at, i.opened_at
     from invitation i
     left join link_message l on l.space_id = i.space_id and l.kind = 'invitation' and l.subject_id = i.id
     where i.space_id = $1 and i.usager_id = $2 order by i.created_at desc, i.id limit 50`,
    [tx.context.spaceId, usagerId],
  );
  return rows.map((row) => invitationOf(row, tx.now, zone));
}

function invitationOf(row: Row, now: Instant, zone: string): Invitation {
  return {
    id: row.id,
    usagerId: row.usager_id,
    partnerId: row.partner_id,
    motifId: row.motif_id,
    agentId: row.agent_id,
    by: row.told_by,
    told: row.told,
    state: row.state === 'open' && row.expires_at <= now ? 'expired' : row.state,
    created: toLocal(row.created_at, zone),
    expires: toLocal(row.expires_at, zone),
    opened: row.opened_at === null ? null : toLocal(row.opened_at, zone),
  };
}
