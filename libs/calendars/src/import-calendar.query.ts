import { refusalToWrite } from '@app/permanences';
import { type Refusal, refuse, type Transaction } from '@app/persistence';
import type { Language } from '@app/time';
import type { StandingRule } from './calendar-change';
import type { Places } from './calendar-lines';

/** The sites and rooms in use. */
export async function readPlaces(tx: Transaction): Promise<Places> {
  const sites = await tx.query<Places['sites'][number]>(
    'select id, name, address from site where space_id = $1 and retired_at is null order by position, name',
    [tx.context.spaceId],
  );
  const rooms = await tx.query<Places['rooms'][number]>(
    'select id, name, site_id as "siteId" from room where space_id = $1 and retired_at is null order by position, name',
    [tx.context.spaceId],
  );
  return { sites, rooms };
}

/** Why the viewer may not make a permanence of this partner from a calendar, or null. */
export async function refusalToImport(
  tx: Transaction,
  partnerId: string,
  language: Language,
): Promise<Refusal<'not-found' | 'not-yours'> | null> {
  const [partner] = await tx.query<{ confidential: boolean }>(
    'select confidential from partner where space_id = $1 and id = $2 and retired_at is null',
    [tx.context.spaceId, partnerId],
  );
  if (!partner) return refuse('not-found');
  return refusalToWrite(tx.context, partnerId, partner.confidential, language);
}

/** The lines of a permanence in use, as far as a calendar can say them. */
export async function standingRules(tx: Transaction, permanenceId: string): Promise<StandingRule[]> {
  return tx.query<StandingRule>(
    `select id, rrule, dtstart, to_char(start_time, 'HH24:MI') as "startTime", to_char(end_time, 'HH24:MI') as "endTime",
       parity, site_id as "siteId", excluded
     from permanence_rule where space_id = $1 and permanence_id = $2 and retired_at is null order by position, id`,
    [tx.context.spaceId, permanenceId],
  );
}
