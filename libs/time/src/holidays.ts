import { epochDayOf } from './epoch-day';
import { fromEpochDay, type PlainDate } from './plain';

/** Where the French labour code gives the same public holidays (L3133-1, L3134-13, L3422-2). */
export type Territory =
  | 'metropole'
  | 'alsace-moselle'
  | 'guadeloupe'
  | 'guyane'
  | 'martinique'
  | 'mayotte'
  | 'reunion'
  | 'saint-barthelemy'
  | 'saint-martin';

export const TERRITORIES: readonly Territory[] = [
  'metropole',
  'alsace-moselle',
  'guadeloupe',
  'guyane',
  'martinique',
  'mayotte',
  'reunion',
  'saint-barthelemy',
  'saint-martin',
];

export interface PublicHoliday {
  date: PlainDate;
  /** In French, as a poster names it. */
  name: string;
  nameEn: string;
}

export interface HolidayOptions {
  /** Alsace-Moselle only: Good Friday is a holiday where the commune has a Protestant church or a mixed one. Default true. */
  goodFriday?: boolean;
}

/** Day and month of the abolition of slavery, kept as a holiday overseas (decree 83-1003). */
const ABOLITION: Partial<Record<Territory, [month: number, day: number]>> = {
  guadeloupe: [5, 27],
  guyane: [6, 10],
  martinique: [5, 22],
  mayotte: [4, 27],
  reunion: [12, 20],
  'saint-barthelemy': [10, 9],
  'saint-martin': [5, 28],
};

/**
 * Epoch day of Easter Sunday in the Gregorian calendar (Meeus/Jones/Butcher).
 * @throws RangeError before 1583, when the calendar did not exist yet.
 */
export function easterSunday(year: number): number {
  if (!Number.isInteger(year) || year < 1583 || year > 9999) throw new RangeError(`No Gregorian Easter in ${year}`);
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31);
  return epochDayOf(year, month, ((h + l - 7 * m + 114) % 31) + 1);
}

const computed = new Map<string, PublicHoliday[]>();

/**
 * The public holidays of a year by today's law, in order of date.
 * @throws RangeError for a year before 1583 or after 9999.
 */
export function publicHolidays(
  year: number,
  territory: Territory = 'metropole',
  { goodFriday = true }: HolidayOptions = {},
): readonly PublicHoliday[] {
  const key = `${year} ${territory} ${goodFriday}`;
  let holidays = computed.get(key);
  if (!holidays) {
    holidays = compute(year, territory, goodFriday);
    computed.set(key, holidays);
  }
  return holidays;
}

/** The public holiday that falls on a date, or null. */
export function publicHolidayOn(
  date: PlainDate,
  territory: Territory = 'metropole',
  options: HolidayOptions = {},
): PublicHoliday | null {
  const year = Number(date.slice(0, 4));
  return publicHolidays(year, territory, options).find((holiday) => holiday.date === date) ?? null;
}

function compute(year: number, territory: Territory, goodFriday: boolean): PublicHoliday[] {
  const easter = easterSunday(year);
  const found: [day: number, name: string, nameEn: string][] = [
    [epochDayOf(year, 1, 1), 'Jour de l’an', 'New Year’s Day'],
    [easter + 1, 'Lundi de Pâques', 'Easter Monday'],
    [epochDayOf(year, 5, 1), 'Fête du travail', 'Labour Day'],
    [epochDayOf(year, 5, 8), 'Victoire de 1945', 'Victory in Europe Day'],
    [easter + 39, 'Ascension', 'Ascension Day'],
    [easter + 50, 'Lundi de Pentecôte', 'Whit Monday'],
    [epochDayOf(year, 7, 14), 'Fête nationale', 'Bastille Day'],
    [epochDayOf(year, 8, 15), 'Assomption', 'Assumption Day'],
    [epochDayOf(year, 11, 1), 'Toussaint', 'All Saints’ Day'],
    [epochDayOf(year, 11, 11), 'Armistice de 1918', 'Armistice Day'],
    [epochDayOf(year, 12, 25), 'Noël', 'Christmas Day'],
  ];
  if (territory === 'alsace-moselle') {
    if (goodFriday) found.push([easter - 2, 'Vendredi saint', 'Good Friday']);
    found.push([epochDayOf(year, 12, 26), 'Saint-Étienne', 'St Stephen’s Day']);
  }
  const abolition = ABOLITION[territory];
  if (abolition) {
    found.push([epochDayOf(year, ...abolition), 'Abolition de l’esclavage', 'Abolition of Slavery']);
  }
  return merged(found).map(([day, name, nameEn]) => ({ date: fromEpochDay(day), name, nameEn }));
}

/** In order, one entry a date: Ascension falls on 1 or 8 May in some years (2008, 2013). */
function merged(found: [number, string, string][]): [number, string, string][] {
  const byDay = new Map<number, [number, string, string]>();
  for (const [day, name, nameEn] of found.sort((a, b) => a[0] - b[0])) {
    const other = byDay.get(day);
    byDay.set(day, other ? [day, `${other[1]} et ${name}`, `${other[2]} and ${nameEn}`] : [day, name, nameEn]);
  }
  return [...byDay.values()];
}
