import { describeRule, parseRule, sayLeftOut, saySchoolHolidays } from '@app/recurrence';
import { isoWeekday, type PlainDate, type PlainTime, sayTime, sayTimeRange, sayWeekday } from '@app/time';
import type { Opening, PlannedRule, SchoolHolidays } from './permanence';

type Language = 'fr' | 'en';

/** A rule as a bulletin prints it: "les 1er et 5e mercredis du mois, 9 h – 12 h 30". */
export function sayRule(rule: PlannedRule, language: Language): string {
  const { rrule, dtstart, parity, startTime, endTime, schoolHolidays, onHoliday, excluded } = rule;
  const parsed = parseRule(rrule);
  const days = parsed.ok ? describeRule(parsed.rule, language, { start: dtstart, parity }) : rrule;
  return [
    days,
    sayTimeRange(startTime, endTime, language),
    schoolHolidays && saySchoolDates(schoolHolidays.when, schoolHolidays.name, language),
    ...excluded.map(({ from, to }) => sayLeftOut({ first: from, last: to }, language)),
    onHoliday && ON_HOLIDAY[language][onHoliday],
  ]
    .filter(Boolean)
    .join(', ');
}

const ON_HOLIDAY = {
  fr: { skip: 'sauf jours fériés', keep: 'y compris les jours fériés', move: 'reporté au lendemain si férié' },
  en: {
    skip: 'except public holidays',
    keep: 'public holidays included',
    move: 'moved to the next day on public holidays',
  },
};

function saySchoolDates(when: SchoolHolidays, name: string | null, language: Language): string {
  if (when === 'any') return language === 'fr' ? 'vacances scolaires comprises' : 'school holidays included';
  return saySchoolHolidays(when === 'outside' ? 'skip' : 'only', name, language);
}

/** Who holds what was wanted: a published permanence by its name, anything else is "pris". */
function sayHeldBy(publishedName: string | null, language: Language): string {
  if (publishedName) return language === 'fr' ? `« ${publishedName} »` : `“${publishedName}”`;
  return language === 'fr' ? 'pris' : 'taken';
}

export function sayRoomTaken(room: string, heldBy: string | null, language: Language): string {
  return `${room}${language === 'fr' ? '\u00a0:' : ':'} ${sayHeldBy(heldBy, language)}`;
}

/** "Bureau 3 : salle fermée (peinture)". */
export function sayRoomClosed(room: string, cause: string, language: Language): string {
  const closed = language === 'fr' ? `${room}\u00a0: salle fermée` : `${room}: closed`;
  return cause ? `${closed} (${cause})` : closed;
}

export function sayAgentTaken(agent: string, heldBy: string | null, language: Language): string {
  const where = heldBy ? sayHeldBy(heldBy, language) : language === 'fr' ? 'ailleurs' : 'elsewhere';
  return language === 'fr' ? `${agent} est déjà pris\u00a0: ${where}` : `${agent} is already taken: ${where}`;
}

export function sayAgentAway(agent: string, language: Language): string {
  return language === 'fr' ? `${agent}\u00a0: absent·e` : `${agent}: away`;
}

/** A cause at the head of a line. */
export function sayFirst(cause: string): string {
  return cause.charAt(0).toUpperCase() + cause.slice(1);
}

/**
 * What of a range lies outside a site's hours, said; null when nothing does, or when the site gives no hours at all.
 * It is named, never refused: a meeting may end after the doors close.
 */
export function sayOutsideHours(
  openings: readonly Opening[],
  date: PlainDate,
  { start, end }: { start: PlainTime; end: PlainTime },
  language: Language,
): string | null {
  if (!openings.length) return null;
  const weekday = isoWeekday(date);
  const today = openings.filter((one) => one.weekday === weekday).sort((a, b) => (a.opens < b.opens ? -1 : 1));
  const first = today[0];
  const last = today.at(-1);
  if (!first || !last) {
    return language === 'fr'
      ? `Le lieu est fermé le ${sayWeekday(weekday, 'fr')}`
      : `The site is closed on ${sayWeekday(weekday, 'en')}s`;
  }
  if (start >= last.closes) {
    return language === 'fr'
      ? `Après la fermeture (${sayTime(last.closes, 'fr')})`
      : `After closing time (${last.closes})`;
  }
  if (end > last.closes) {
    return language === 'fr'
      ? `Finit à ${sayTime(end, 'fr')}, après la fermeture (${sayTime(last.closes, 'fr')})`
      : `Ends at ${end}, after closing time (${last.closes})`;
  }
  if (start < first.opens) {
    return language === 'fr'
      ? `Commence à ${sayTime(start, 'fr')}, avant l’ouverture (${sayTime(first.opens, 'fr')})`
      : `Starts at ${start}, before opening time (${first.opens})`;
  }
  if (covers(today, start, end)) return null;
  return language === 'fr' ? 'Le lieu ferme dans l’intervalle' : 'The site closes in between';
}

/** Whether touching openings together cover the range (8:30–12:00 and 12:00–17:30). */
function covers(sorted: readonly Opening[], start: PlainTime, end: PlainTime): boolean {
  let reached: string = start;
  for (const { opens, closes } of sorted) {
    if (opens <= reached && closes > reached) reached = closes;
  }
  return reached >= end;
}
