import type { PlainDate } from '@app/time';

export type SchoolZone = 'A' | 'B' | 'C';

export const SCHOOL_ZONES: readonly SchoolZone[] = ['A', 'B', 'C'];

export interface SchoolHoliday {
  zone: SchoolZone;
  /** "Toussaint", "Noël", "hiver", "printemps", "été". */
  name: string;
  /** The first Saturday off. */
  firstDayOff: PlainDate;
  /** The day classes start again, not off; null when it is not published. */
  classesResume: PlainDate | null;
  /** False when only the rotation of zones says so. */
  verified: boolean;
}

/** An official calendar, imported or shipped, with its version. */
export interface SchoolCalendar {
  version: string;
  holidays: readonly SchoolHoliday[];
}

/** Off, with the holiday; at school; or not known: outside the calendar, or where it is not official yet. */
export type SchoolDay = { is: 'off'; holiday: SchoolHoliday } | { is: 'class' } | { is: 'unknown' };

/** What a date is for the schools of a zone. Beyond the calendar nothing is guessed. */
export function schoolDay(date: PlainDate, zone: SchoolZone, { holidays }: SchoolCalendar): SchoolDay {
  const own = holidays
    .filter((holiday) => holiday.zone === zone)
    .sort((a, b) => (a.firstDayOff < b.firstDayOff ? -1 : 1));
  const first = own[0];
  const last = own.at(-1);
  if (!first || !last || date < first.firstDayOff || date >= (last.classesResume ?? last.firstDayOff))
    return { is: 'unknown' };
  const holiday = own.find((one) => one.firstDayOff <= date && one.classesResume !== null && date < one.classesResume);
  if (!holiday) return { is: 'class' };
  return holiday.verified ? { is: 'off', holiday } : { is: 'unknown' };
}
