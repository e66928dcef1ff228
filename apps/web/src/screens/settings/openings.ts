import type { SiteBody } from '@app/contract';
import { type Language, type PlainTime, sayList, sayTimeRange, sayWeekday } from '@app/time';

export type Opening = SiteBody['openings'][number];

const byTime = (a: Opening, b: Opening) => a.opens.localeCompare(b.opens);

/** "lundi au vendredi, 8 h 30 – 17 h 30": days that follow each other with the same hours are said together. */
export function sayOpenings(openings: readonly Opening[], language: Language): string[] {
  const runs: { first: number; last: number; hours: string }[] = [];
  for (let weekday = 1; weekday <= 7; weekday++) {
    const ranges = openings.filter((opening) => opening.weekday === weekday).sort(byTime);
    if (ranges.length === 0) continue;
    const hours = sayList(
      ranges.map(({ opens, closes }) => sayTimeRange(opens as PlainTime, closes as PlainTime, language)),
      language,
    );
    const before = runs.at(-1);
    if (before && before.last === weekday - 1 && before.hours === hours) before.last = weekday;
    else runs.push({ first: weekday, last: weekday, hours });
  }
  const to = language === 'fr' ? ' au ' : ' to ';
  return runs.map(({ first, last, hours }) => {
    const days = first === last ? [first] : [first, last];
    const join = last === first + 1 ? (language === 'fr' ? ' et ' : ' and ') : to;
    return `${days.map((day) => sayWeekday(day, language)).join(join)}, ${hours}`;
  });
}

/** Monday's hours, on each working day; the weekend stays as it is. */
export function likeMonday(openings: readonly Opening[]): Opening[] {
  const monday = openings.filter(({ weekday }) => weekday === 1);
  const weekend = openings.filter(({ weekday }) => weekday > 5);
  return [1, 2, 3, 4, 5].flatMap((weekday) => monday.map((opening) => ({ ...opening, weekday }))).concat(weekend);
}

/** A second range begins after the first: the afternoon of a morning; a first one is a usual day. */
export function nextRange(openings: readonly Opening[], weekday: number): Opening {
  const last = openings
    .filter((opening) => opening.weekday === weekday)
    .sort(byTime)
    .at(-1);
  return last && last.closes < '18:00'
    ? { weekday, opens: last.closes < '13:30' ? '13:30' : last.closes, closes: '18:00' }
    : { weekday, opens: '08:30', closes: last ? '12:00' : '17:30' };
}
