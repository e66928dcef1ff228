import { civilOf } from './epoch-day';
import { isoWeekday, type PlainDate, type PlainTime, toEpochDay } from './plain';

export type Language = 'fr' | 'en';

/** U+00A0: "14 h 30" stays on one line. */
export const NO_BREAK_SPACE = '\u00a0';

const WEEKDAYS: Record<Language, readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const MONTHS: Record<Language, readonly string[]> = {
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

/** The name of an ISO weekday, 1 (Monday) to 7 (Sunday). @throws RangeError */
export function sayWeekday(weekday: number, language: Language): string {
  const name = WEEKDAYS[language][weekday - 1];
  if (!name) throw new RangeError(`Not a weekday: ${weekday}`);
  return name;
}

/** The name of a month, 1–12. @throws RangeError */
export function sayMonth(month: number, language: Language): string {
  const name = MONTHS[language][month - 1];
  if (!name) throw new RangeError(`Not a month: ${month}`);
  return name;
}

export interface DateWording {
  /** The year is left out when it is this date's; without it, the year is always said. */
  relativeTo?: PlainDate;
}

/** "jeudi 7 janvier 2027", "vendredi 1er janvier"; "Thursday 7 January 2027". */
export function sayDate(date: PlainDate, language: Language, { relativeTo }: DateWording = {}): string {
  const { year, month, day } = civilOf(toEpochDay(date));
  const rank = language === 'fr' && day === 1 ? '1er' : String(day);
  const words = [sayWeekday(isoWeekday(date), language), rank, sayMonth(month, language)];
  if (relativeTo?.slice(0, 4) !== date.slice(0, 4)) words.push(String(year));
  return words.join(' ');
}

/** "14 h 30", "9 h" with no-break spaces; "14:30" in English, as written in France. */
export function sayTime(time: PlainTime, language: Language): string {
  if (language === 'en') return time;
  const [hours = '', minutes = ''] = time.split(':');
  const parts = [String(Number(hours)), 'h'];
  if (minutes !== '00') parts.push(minutes);
  return parts.join(NO_BREAK_SPACE);
}

/** "14 h – 14 h 30", never broken across lines. */
export function sayTimeRange(start: PlainTime, end: PlainTime, language: Language): string {
  const dash = language === 'fr' ? `${NO_BREAK_SPACE}–${NO_BREAK_SPACE}` : '–';
  return sayTime(start, language) + dash + sayTime(end, language);
}

/** "lundi, mardi et jeudi"; "Monday, Tuesday and Thursday". */
export function sayList(items: readonly string[], language: Language): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${language === 'fr' ? 'et' : 'and'} ${items.at(-1)}`;
}

/** Ordinary spaces only: a no-break space would double the price of an SMS (it is not in the GSM alphabet). */
export function withPlainSpaces(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}
