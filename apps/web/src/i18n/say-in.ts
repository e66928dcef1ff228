import {
  daysBetween,
  dateOf,
  type Language,
  type LocalDateTime,
  NO_BREAK_SPACE,
  type PlainDate,
  type PlainTime,
  sayDate,
  sayTime,
  sayTimeRange,
  timeOf,
} from '@app/time';

/** Dates and hours as people say them, in the reader's language, told from the product's own day. */
export interface Say {
  /** "jeudi 7 janvier": the year when it is not this one. */
  date(date: string): string;
  /** "jeu. 7 janvier" */
  shortDate(date: string): string;
  /** "aujourd’hui", "demain", "hier", else the date. */
  day(date: string): string;
  /** "14 h 30", from a time or a moment. */
  time(timeOrMoment: string): string;
  /** "14 h – 14 h 30", from times or moments. */
  range(start: string, end: string): string;
  /** "jeudi 7 janvier, 14 h – 14 h 30" */
  moment(start: string, end?: string): string;
  /** "aujourd’hui 16 h 15", "mar. 5 janvier 10 h 30" */
  shortMoment(start: string): string;
  /** Where a day begins a line: a capital in English, where days have one everywhere; none in French. */
  atStart(said: string): string;
  /** "01 56 20 15 85" on one line; other countries' numbers in groups as they are. */
  phone(phone: string): string;
  today: PlainDate;
  language: Language;
}

const NEAR = {
  fr: { '-1': 'hier', '0': 'aujourd’hui', '1': 'demain' },
  en: { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' },
};

const timePart = (text: string): PlainTime => (text.length > 5 ? timeOf(text as LocalDateTime) : (text as PlainTime));
const datePart = (text: string): PlainDate => dateOf(text as LocalDateTime);

/** Pure: everything is told, the day and the language too. */
export function sayIn(language: Language, today: PlainDate): Say {
  const date = (value: string) => sayDate(value as PlainDate, language, { relativeTo: today });
  const shortDate = (value: string) => {
    const [weekday = '', ...rest] = date(value).split(' ');
    return [weekday.slice(0, 3) + (language === 'fr' ? '.' : ''), ...rest].join(NO_BREAK_SPACE);
  };
  const near = (value: string): string | undefined =>
    (NEAR[language] as Record<string, string>)[String(daysBetween(today, value as PlainDate))];
  const time = (value: string) => sayTime(timePart(value), language);
  const range = (start: string, end: string) => sayTimeRange(timePart(start), timePart(end), language);
  return {
    date,
    shortDate,
    day: (value) => near(value) ?? date(value),
    time,
    range,
    moment: (start, end) => `${date(datePart(start))}, ${end ? range(start, end) : time(start)}`,
    shortMoment: (start) => `${near(datePart(start)) ?? shortDate(datePart(start))}${NO_BREAK_SPACE}${time(start)}`,
    atStart: (said) => (language === 'en' ? said.charAt(0).toUpperCase() + said.slice(1) : said),
    phone: sayPhone,
    today,
    language,
  };
}

export function sayPhone(phone: string): string {
  const french = /^(?:\+33|0)(\d{9})$/.exec(phone.replace(/[\s.-]/g, ''));
  if (!french) return phone.replaceAll(' ', NO_BREAK_SPACE);
  return `0${french[1]}`.match(/\d{2}/g)?.join(NO_BREAK_SPACE) ?? phone;
}
