import { contextOf, type Viewer } from '@app/accounts';
import type { SpaceCalendarBody, CalendarEffect, SpaceCalendar } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { type SchoolZone, schoolYears } from '@app/recurrence';
import type { Territory } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { changeCalendars, contextOfCalendars, lockCalendars } from './calendar-effect.query';

/** Whose public holidays and school holidays count in the space and at each site. */
@Injectable()
export class SpaceCalendars {
  constructor(@Inject(Database) private readonly database: Database) {}

  async read(viewer: Viewer): Promise<SpaceCalendar> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const [space] = await tx.query<{ territory: Territory; schoolZone: SchoolZone | null }>(
        'select territory, school_zone as "schoolZone" from space where id = $1',
        [tx.context.spaceId],
      );
      if (!space) throw new Error('the space of this context does not exist');
      const sites = await tx.query<SpaceCalendar['sites'][number]>(
        'select id as "siteId", territory from site where space_id = $1 and retired_at is null order by position, name',
        [tx.context.spaceId],
      );
      const { version, verifiedUntil, periods } = schoolYears(space.schoolZone);
      return { ...space, sites, schoolHolidays: { version, verifiedUntil, periods: [...periods] } };
    });
  }

  /** Dates are laid out again by the new calendars; a site that is not named keeps its own. */
  async set(
    viewer: Viewer,
    { territory, schoolZone, sites, dryRun }: SpaceCalendarBody,
  ): Promise<Outcome<CalendarEffect, 'no-such-reference'>> {
    return this.database.command<CalendarEffect, 'no-such-reference'>(contextOfCalendars(viewer), async (tx) => {
      await lockCalendars(tx);
      if (!(await areAllHere(tx, sites))) return refuse('no-such-reference');
      const write = async () => {
        await tx.query('update space set territory = $2, school_zone = $3 where id = $1', [
          tx.context.spaceId,
          territory,
          schoolZone,
        ]);
        await tx.query(
          `update site s set territory = n.territory from jsonb_to_recordset($2::jsonb) as n("siteId" uuid, territory text)
           where s.space_id = $1 and s.id = n."siteId"`,
          [tx.context.spaceId, JSON.stringify(sites)],
        );
      };
      const effect = await changeCalendars(tx, viewer, {}, { dryRun, write });
      if (!dryRun) {
        await tx.record({ kind: 'closure.calendars', subjectId: tx.context.spaceId });
        await tx.audit('closure.calendars', 'space', tx.context.spaceId);
      }
      return done(effect);
    });
  }
}

async function areAllHere(tx: Transaction, sites: SpaceCalendarBody['sites']): Promise<boolean> {
  const ids = [...new Set(sites.map(({ siteId }) => siteId))];
  const rows = await tx.query('select from site where space_id = $1 and id = any ($2::uuid[]) and retired_at is null', [
    tx.context.spaceId,
    ids,
  ]);
  return rows.length === ids.length;
}
