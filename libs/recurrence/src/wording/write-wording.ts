import { type Language, type PlainDate, type PlainTime, sayDate, sayTime } from '@app/time';
import { describeRule } from '../describe';
import { parseRule } from '../parse';
import type { DateStretch, ReadMode, ReadRule } from './reading';
import { saySchoolHolidays } from './say-exclusions';

const MODES: Record<Language, Record<ReadMode, string>> = {
  fr: { appointment: 'sur rendez-vous', 'walk-in': 'sans rendez-vous', group: 'réunion collective', unspecified: '' },
  en: { appointment: 'by appointment', 'walk-in': 'walk-in', group: 'group meeting', unspecified: '' },
};

/**
 * A permanence's rules as a bulletin would print them: « les 1er et 5e mercredis du mois, de 9 h à 12 h 30, sur
 * rendez-vous ; tous les lundis, … ». Ranges of the same days are said together. Read back, the French gives the same
 * rules; what a rule leaves open is not said.
 */
export function sayRules(rules: readonly ReadRule[], language: Language): string {
  return sameDays(rules)
    .map((alike) => sayTogether(alike, language))
    .join(language === 'fr' ? '\u00a0; ' : '; ');
}

/** Rules that follow each other and differ by their hours only. */
function sameDays(rules: readonly ReadRule[]): ReadRule[][] {
  const groups: ReadRule[][] = [];
  for (const rule of rules) {
    const last = groups.at(-1);
    if (last && sameBut(last[0] as ReadRule, rule)) last.push(rule);
    else groups.push([rule]);
  }
  return groups;
}

function sameBut(a: ReadRule, b: ReadRule): boolean {
  const key = ({ start, end, exclusions, ...rest }: ReadRule) => JSON.stringify(rest);
  // "(17 h pendant les vacances)" is said of one range.
  return key(a) === key(b) && a.schoolHolidays?.effect !== 'end';
}

function sayTogether(rules: readonly ReadRule[], language: Language): string {
  const rule = rules[0] as ReadRule;
  const parsed = rule.rrule === null ? null : parseRule(rule.rrule);
  const days = parsed?.ok
    ? describeRule(parsed.rule, language, { start: rule.firstDate ?? undefined, parity: rule.parity })
    : null;
  const once = parsed?.ok === true && parsed.rule.count === 1;
  const ranges = rules.map((one) => sayRange(one, language)).filter((text) => text !== '');
  return [
    days,
    rule.firstDate && !once ? sayFrom(rule.firstDate, language) : null,
    ranges.length > 0 ? ranges.join(language === 'fr' ? ' et ' : ' and ') + saySchoolEnd(rule, language) : null,
    MODES[language][rule.mode],
    saySite(rule.site, language),
    saySchool(rule, language),
    ...rule.withoutDates.map((stretch) => sayLeftOut(stretch, language)),
    sayPublicHolidays(rule, language),
  ]
    .filter((text) => text !== null && text !== '')
    .join(', ');
}

function sayRange({ start, end }: ReadRule, language: Language): string {
  const said = (time: PlainTime) => sayTime(time, language);
  if (language === 'en') return [start && `from ${said(start)}`, end && `until ${said(end)}`].filter(Boolean).join(' ');
  if (start && end) return `de ${said(start)} à ${said(end)}`;
  if (start) return `à partir de ${said(start)}`;
  return end ? `jusqu’à ${said(end)}` : '';
}

function saySchoolEnd({ schoolHolidays }: ReadRule, language: Language): string {
  if (schoolHolidays?.effect !== 'end' || schoolHolidays.end === null) return '';
  const end = sayTime(schoolHolidays.end, language);
  return language === 'fr' ? ` (${end} pendant les vacances scolaires)` : ` (${end} during school holidays)`;
}

function sayFrom(date: PlainDate, language: Language): string {
  return language === 'fr' ? `à partir du ${sayDate(date, 'fr')}` : `from ${sayDate(date, 'en')}`;
}

function saySite(site: string | null, language: Language): string | null {
  if (site === 'téléphone') return language === 'fr' ? 'par téléphone' : 'by telephone';
  return site === null ? null : language === 'fr' ? `à « ${site} »` : `at “${site}”`;
}

function saySchool({ schoolHolidays }: ReadRule, language: Language): string | null {
  if (schoolHolidays === null || schoolHolidays.effect === 'end') return null;
  return saySchoolHolidays(schoolHolidays.effect, schoolHolidays.name, language);
}

/** "Sauf le jeudi 24 décembre 2026", "sauf du … au …": as it is printed, and read back. */
export function sayLeftOut({ first, last }: DateStretch, language: Language): string {
  const [from, to] = [sayDate(first, language), sayDate(last, language)];
  if (language === 'en') return first === last ? `except ${from}` : `except from ${from} to ${to}`;
  return first === last ? `sauf le ${from}` : `sauf du ${from} au ${to}`;
}

function sayPublicHolidays({ publicHolidays, exclusions }: ReadRule, language: Language): string | null {
  const french = language === 'fr';
  if (publicHolidays === 'move') {
    return french ? 'reporté au lendemain si férié' : 'moved to the next day on public holidays';
  }
  if (publicHolidays === 'keep') return french ? 'y compris les jours fériés' : 'public holidays included';
  const said = exclusions.some(({ kind }) => kind === 'public-holidays');
  return said ? (french ? 'sauf jours fériés' : 'except public holidays') : null;
}
