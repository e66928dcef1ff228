import { sayClosed } from '@app/permanences';
import type { Transaction } from '@app/persistence';
import { type Interval, type Language, type PlainDate, publicHolidayOn, type Territory } from '@app/time';
import { hoursOfSite, openingsOn, type SiteHours } from './site-hours.query';

/** What a motif takes, and what its place and its partner are that day. */
export interface AloneDay {
  partner_id: string;
  confidential: boolean;
  bookable: boolean;
  duration_minutes: number;
  pause_before: number;
  pause_after: number;
  agents_needed: number;
  meeting: 'any' | 'first' | 'follow-up';
  modes: string[];
  at_site: boolean;
  /** Null: the site's hours are not kept. */
  openings: Interval[] | null;
  territory: Territory;
  /** Why the site or the space is closed; '' is a closure that gives no cause. */
  closed: string | null;
  /** Why nobody of the partner receives, wherever it is. */
  partner_closed: string | null;
}

/** Null when there is no such motif for the viewer. */
export async function aloneDay(
  tx: Transaction,
  { motifId, siteId }: { motifId: string; siteId: string },
  { day, zone }: { day: PlainDate; zone: string },
): Promise<AloneDay | null> {
  const [row] = await tx.query<Omit<AloneDay, 'openings'> & { hours: SiteHours }>(
    `select m.partner_id, m.confidential or p.confidential as confidential,
       m.booked = 'here' and m.retired_at is null as bookable, m.duration_minutes, m.pause_before, m.pause_after, m.agents_needed,
       m.meeting, m.modes, s.id is not null as at_site, ${hoursOfSite('m.space_id', 's.id', '$4::date')} as hours,
       coalesce(s.territory, sp.territory) as territory,
       (select c.cause from closure c
        where c.space_id = sp.id and c.partner_id is null and c.room_id is null and $4::date between c.first_day and c.last_day
          and (c.site_id is null or c.site_id = s.id)
        order by c.site_id nulls last, c.first_day, c.id limit 1) as closed,
       (select c.cause from closure c
        where c.space_id = sp.id and c.partner_id = m.partner_id and $4::date between c.first_day and c.last_day
        order by c.first_day, c.id limit 1) as partner_closed
     from motif m
     join partner p on p.space_id = m.space_id and p.id = m.partner_id
     join space sp on sp.id = m.space_id
     left join site s on s.space_id = m.space_id and s.id = $3 and s.retired_at is null
     where m.space_id = $1 and m.id = $2 and sees(m.partner_id, m.confidential or p.confidential)`,
    [tx.context.spaceId, motifId, siteId, day],
  );
  if (!row) return null;
  const { hours, ...rest } = row;
  return { ...rest, openings: hours && openingsOn(day, hours, zone) };
}

/** Why nobody is received on site that day, as it is: a holiday is no closure. Null when the door is open. */
export function sayDoorClosed({ closed, territory }: AloneDay, day: PlainDate, language: Language): string | null {
  const holiday = publicHolidayOn(day, territory);
  if (holiday) return language === 'fr' ? holiday.name : holiday.nameEn;
  return closed === null ? null : sayClosed(closed, language);
}
