import type { Transaction } from '@app/persistence';
import { DESK_HOURS, mayNameService, type Place } from '@app/reminders';
import type { Language, Territory } from '@app/time';
import { type Reach, reachOf } from './reach';

/** Whom a link is for, and what may be said to her of a motif. */
export interface Asked {
  phone: string | null;
  /** Null: she can't be told in time, or not at all. */
  reach: Reach | null;
  mayBeTold: boolean;
  /** The one person who may ask a safe contact is there. */
  hasReferent: boolean;
  /** Nobody else reads what she is sent, and nothing about it is confidential. */
  isAlone: boolean;
  language: Language;
  whose: string | null;
  service: string | null;
}

export interface AskedRow {
  told_by: 'sms' | 'call' | 'letter' | 'nobody';
  safe_contact: boolean;
  language: string;
  phone: string | null;
  phone_kind: 'mobile' | 'landline' | null;
  phone_shared: boolean;
  whose: string | null;
  names_service: boolean;
  has_referent: boolean;
  confidential: boolean;
  service: string;
}

/** What `askedFrom` reads, of a usager `u`, a motif `m` and its partner `p`. */
export const ASKED = `u.told_by, u.safe_contact, u.language,
       case when u.contact_told then u.contact_phone else u.phone end as phone,
       case when u.contact_told then u.contact_phone_kind else u.phone_kind end as phone_kind,
       u.phone_shared or u.contact_told as phone_shared,
       case when u.contact_told then coalesce(nullif(u.first_name, ''), u.last_name) end as whose,
       exists (
         select from usager_partner up join agent a on a.space_id = up.space_id and a.id = up.referent_id and a.retired_at is null
         where up.space_id = u.space_id and up.usager_id = u.id and up.partner_id = m.partner_id) as has_referent,
       m.names_service, m.confidential or p.confidential as confidential, p.short_name as service`;

/** As for a reminder: her contact in her place where she asked for it, the service only where it may be read. */
export async function whoIsAsked(tx: Transaction, usagerId: string, motifId: string): Promise<Asked | null> {
  const [row] = await tx.query<AskedRow>(
    `select ${ASKED}
     from usager u
     join motif m on m.space_id = u.space_id and m.id = $3
     join partner p on p.space_id = m.space_id and p.id = m.partner_id
     where u.space_id = $1 and u.id = $2`,
    [tx.context.spaceId, usagerId, motifId],
  );
  return row ? askedFrom(row) : null;
}

export function askedFrom(row: AskedRow): Asked {
  const { told_by: toldBy, phone_kind: phoneKind, safe_contact: safe } = row;
  return {
    phone: row.phone,
    reach: reachOf({ toldBy, phoneKind, safe: safe ? DESK_HOURS : null }),
    hasReferent: row.has_referent,
    isAlone: !row.phone_shared && !row.confidential,
    mayBeTold: safe || toldBy !== 'nobody',
    language: row.language === 'en' ? 'en' : 'fr',
    whose: row.whose,
    service: mayNameService({ namesService: row.names_service, confidential: row.confidential }, row.phone_shared)
      ? row.service
      : null,
  };
}

/** The clock and the holidays of a site, or of the space. */
export async function placeOf(tx: Transaction, siteId: string | null): Promise<Place> {
  const [row] = await tx.query<{ zone: string; territory: Territory }>(
    `select sp.zone, coalesce(s.territory, sp.territory) as territory
     from space sp left join site s on s.space_id = sp.id and s.id = $2 where sp.id = $1`,
    [tx.context.spaceId, siteId],
  );
  if (!row) throw new Error('A transaction without its space.');
  return row;
}
