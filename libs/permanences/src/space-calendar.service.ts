import { contextOf, type Viewer } from '@app/accounts';
import type { CalendarEffect, SchoolImported, SpaceCalendar, SpaceCalendarBody } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import {
  readSchoolFile,
  type SchoolCalendar,
  type SchoolFile,
  type SchoolYears,
  type SchoolZone,
  schoolYears,
} from '@app/recurrence';
import { dateAt, type Instant, instantToIso, type PlainDate, type Territory, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { changeCalendars, contextOfCalendars, lockCalendars } from './calendar-effect.query';
import { schoolCalendarWith } from './permanence.query';

export type SchoolFileRefusal = Extract<SchoolFile, { ok: false }>['why'];

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
      const imported = await importedYears(tx);
      return {
        ...space,
        sites,
        schoolHolidays: asShown(schoolYears(space.schoolZone, schoolCalendarWith(imported))),
        schoolImported: imported && toLocal(imported.at, viewer.space.zone),
      };
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

  /**
   * Newer years of school holidays, from a file of the official calendar: they replace those of the last import, and dates
   * that hang on them are laid out again. @param file what was uploaded; null goes back to what Palier comes with
   */
  async importSchool(
    viewer: Viewer,
    file: Uint8Array | null,
    dryRun: boolean,
  ): Promise<Outcome<SchoolImported, SchoolFileRefusal>> {
    const read = file && readSchoolFile(new TextDecoder().decode(file));
    if (read && !read.ok) return refuse(read.why);
    return this.database.command<SchoolImported, SchoolFileRefusal>(contextOfCalendars(viewer), async (tx) => {
      await lockCalendars(tx);
      const { spaceId, accountId } = tx.context;
      const [space] = await tx.query<{ schoolZone: SchoolZone | null; zone: string }>(
        'select school_zone as "schoolZone", zone from space where id = $1',
        [spaceId],
      );
      if (!space) throw new Error('the space of this context does not exist');
      const newer = read && { version: dateAt(tx.now, space.zone), holidays: read.holidays };
      const before = schoolYears(space.schoolZone, schoolCalendarWith(await importedYears(tx)));
      const after = schoolYears(space.schoolZone, schoolCalendarWith(newer));
      const confirmed = await confirmedBy(tx, after.verifiedUntil);
      const write = async () => {
        await tx.query('delete from school_calendar where space_id = $1', [spaceId]);
        if (!newer) return;
        await tx.query(
          'insert into school_calendar (space_id, version, holidays, imported_at, imported_by) values ($1, $2, $3, $4, $5)',
          [spaceId, newer.version, JSON.stringify(newer.holidays), instantToIso(tx.now), accountId],
        );
      };
      const effect = await changeCalendars(tx, viewer, {}, { dryRun, write });
      if (!dryRun) {
        await tx.record({ kind: 'closure.calendars', subjectId: spaceId });
        await tx.audit(newer ? 'school-calendar.imported' : 'school-calendar.removed', 'space', spaceId);
      }
      return done({ ...effect, before: asShown(before), after: asShown(after), confirmed });
    });
  }
}

function asShown({ version, verifiedUntil, periods }: SchoolYears): SpaceCalendar['schoolHolidays'] {
  return { version, verifiedUntil, periods: [...periods] };
}

async function importedYears(tx: Transaction): Promise<(SchoolCalendar & { at: Instant }) | null> {
  const [imported] = await tx.query<SchoolCalendar & { at: Instant }>(
    'select version, holidays, imported_at as at from school_calendar where space_id = $1',
    [tx.context.spaceId],
  );
  return imported ?? null;
}

/** How many dates to come were to be checked and are within the official calendar. */
async function confirmedBy(tx: Transaction, verifiedUntil: PlainDate | null): Promise<number> {
  const [row] = await tx.query<{ confirmed: number }>(
    `select count(*)::int as confirmed from occurrence
     where space_id = $1 and unverified and ends_at > $2 and original_start::date <= $3::date`,
    [tx.context.spaceId, instantToIso(tx.now), verifiedUntil],
  );
  return row?.confirmed ?? 0;
}

async function areAllHere(tx: Transaction, sites: SpaceCalendarBody['sites']): Promise<boolean> {
  const ids = [...new Set(sites.map(({ siteId }) => siteId))];
  const rows = await tx.query('select from site where space_id = $1 and id = any ($2::uuid[]) and retired_at is null', [
    tx.context.spaceId,
    ids,
  ]);
  return rows.length === ids.length;
}
