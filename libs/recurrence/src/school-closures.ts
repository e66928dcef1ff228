import { addDays, type PlainDate } from '@app/time';
import { type ClosurePeriod, closedDays } from './permanence';
import { SHIPPED_SCHOOL_CALENDAR } from './school-calendar';
import type { SchoolCalendar, SchoolZone } from './school-holidays';

/** One stretch of school holidays: whole days off, the last one included. */
export interface SchoolPeriod {
  /** "hiver", "Noël". */
  name: string;
  from: PlainDate;
  /** Null while the return to school is not published. */
  to: PlainDate | null;
  verified: boolean;
}

/** The school holidays known of a zone, in order. */
export interface SchoolYears {
  version: string;
  periods: readonly SchoolPeriod[];
  /** The last day of which the calendar is official; null: none is. */
  verifiedUntil: PlainDate | null;
}

/** What is known of a zone's school holidays, by the calendar Palier comes with or a newer one; of no zone, nothing is. */
export function schoolYears(zone: SchoolZone | null, calendar: SchoolCalendar = SHIPPED_SCHOOL_CALENDAR): SchoolYears {
  const { version, holidays } = calendar;
  const periods = holidays
    .filter((holiday) => holiday.zone === zone)
    .map(({ name, firstDayOff, classesResume, verified }) => ({
      name,
      from: firstDayOff,
      to: classesResume ? addDays(classesResume, -1) : null,
      verified,
    }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const doubtful = periods.find(({ verified, to }) => !verified || !to);
  const last = periods.at(-1);
  return { version, periods, verifiedUntil: doubtful ? addDays(doubtful.from, -1) : (last?.to ?? null) };
}

/** The days off as closures, named. A period whose end is not published closes nothing: it is not guessed. */
export function daysOff({ periods }: SchoolYears): ClosurePeriod[] {
  return periods.flatMap(({ name, from, to }) => (to ? [closedDays(from, to, name, { kind: 'school-holidays' })] : []));
}

/** The days between two periods of holidays, as closures: term time, for what is held during holidays only. */
export function daysOfTerm({ periods }: SchoolYears, cause: string): ClosurePeriod[] {
  return periods.slice(1).flatMap(({ from }, before) => {
    const last = periods[before]?.to;
    const first = last && addDays(last, 1);
    return first && first < from ? [closedDays(first, addDays(from, -1), cause, { kind: 'school-holidays' })] : [];
  });
}
