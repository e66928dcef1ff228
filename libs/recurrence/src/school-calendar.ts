import { plainDate } from '@app/time';
import type { SchoolCalendar, SchoolHoliday } from './school-holidays';

/**
 * School holidays of metropolitan France, 2024-2025 to 2026-2027. To 2026, from the open data set "vacances-scolaires"
 * (Licence Ouverte); 2026-2027 from several agreeing public sources. A manager imports newer ones.
 */
export const SHIPPED_SCHOOL_CALENDAR: SchoolCalendar = {
  version: '2026-11',
  holidays: [
    holiday('A', 'Toussaint', '2024-10-19', '2024-11-04'),
    holiday('A', 'Noël', '2024-12-21', '2025-01-06'),
    holiday('A', 'hiver', '2025-02-22', '2025-03-10'),
    holiday('A', 'printemps', '2025-04-19', '2025-05-05'),
    holiday('A', 'été', '2025-07-05', '2025-09-01'),
    holiday('A', 'Toussaint', '2025-10-18', '2025-11-03'),
    holiday('A', 'Noël', '2025-12-20', '2026-01-05'),
    holiday('A', 'hiver', '2026-02-07', '2026-02-23'),
    holiday('A', 'printemps', '2026-04-04', '2026-04-20'),
    holiday('A', 'été', '2026-07-04', '2026-08-31'),
    holiday('A', 'Toussaint', '2026-10-17', '2026-11-02'),
    holiday('A', 'Noël', '2026-12-19', '2027-01-04'),
    holiday('A', 'hiver', '2027-02-13', '2027-03-01', false),
    holiday('A', 'printemps', '2027-04-10', '2027-04-26', false),
    holiday('A', 'été', '2027-07-03', null, false),
    holiday('B', 'Toussaint', '2024-10-19', '2024-11-04'),
    holiday('B', 'Noël', '2024-12-21', '2025-01-06'),
    holiday('B', 'hiver', '2025-02-08', '2025-02-24'),
    holiday('B', 'printemps', '2025-04-05', '2025-04-22'),
    holiday('B', 'été', '2025-07-05', '2025-09-01'),
    holiday('B', 'Toussaint', '2025-10-18', '2025-11-03'),
    holiday('B', 'Noël', '2025-12-20', '2026-01-05'),
    holiday('B', 'hiver', '2026-02-14', '2026-03-02'),
    holiday('B', 'printemps', '2026-04-11', '2026-04-27'),
    holiday('B', 'été', '2026-07-04', '2026-08-31'),
    holiday('B', 'Toussaint', '2026-10-17', '2026-11-02'),
    holiday('B', 'Noël', '2026-12-19', '2027-01-04'),
    holiday('B', 'hiver', '2027-02-20', '2027-03-08'),
    holiday('B', 'printemps', '2027-04-17', '2027-05-03'),
    holiday('B', 'été', '2027-07-03', null, false),
    holiday('C', 'Toussaint', '2024-10-19', '2024-11-04'),
    holiday('C', 'Noël', '2024-12-21', '2025-01-06'),
    holiday('C', 'hiver', '2025-02-15', '2025-03-03'),
    holiday('C', 'printemps', '2025-04-12', '2025-04-28'),
    holiday('C', 'été', '2025-07-05', '2025-09-01'),
    holiday('C', 'Toussaint', '2025-10-18', '2025-11-03'),
    holiday('C', 'Noël', '2025-12-20', '2026-01-05'),
    holiday('C', 'hiver', '2026-02-21', '2026-03-09'),
    holiday('C', 'printemps', '2026-04-18', '2026-05-04'),
    holiday('C', 'été', '2026-07-04', '2026-08-31'),
    holiday('C', 'Toussaint', '2026-10-17', '2026-11-02'),
    holiday('C', 'Noël', '2026-12-19', '2027-01-04'),
    holiday('C', 'hiver', '2027-02-06', '2027-02-22'),
    holiday('C', 'printemps', '2027-04-03', '2027-04-19'),
    holiday('C', 'été', '2027-07-03', null, false),
  ],
};

function holiday(
  zone: SchoolHoliday['zone'],
  name: string,
  firstDayOff: string,
  classesResume: string | null,
  verified = true,
): SchoolHoliday {
  return {
    zone,
    name,
    firstDayOff: plainDate(firstDayOff),
    classesResume: classesResume === null ? null : plainDate(classesResume),
    verified,
  };
}
