import type { PermanenceReading, RuleRead } from '@app/contract';
import {
  describeRule,
  expand,
  firstOccurrenceOnOrAfter,
  parseRule,
  type ReadRule,
  type Rule,
  saySchoolHolidays,
} from '@app/recurrence';
import { addDays, dateOf, localDateTime, type PlainDate, plainTime, weekParity } from '@app/time';
import type { Language } from './rule-check';
import { siteNamed } from './site-names';

/** What the words are read against. */
export interface Against {
  /** No date before this day. */
  from: PlainDate;
  /** Those in use. */
  sites: readonly { id: string; name: string }[];
  /** The site meant by a name that is no site's; "" where none is named. */
  meant: ReadonlyMap<string, string>;
  /** The site of this partner where the words name none; null when several could be. */
  usualSiteId: string | null;
  language: Language;
}

/** A rule that was read, before a room is proposed for it. */
export type UnplacedRule = Omit<RuleRead, 'roomId' | 'roomWhy'>;

const MOST_ANCHORS = 6;
const MIDNIGHT = plainTime('00:00');

/** A rule that was read, as the space knows its sites and the calendar its dates. */
export function asRule(
  read: ReadRule,
  { from: today, sites, meant, usualSiteId, language }: Against,
  perLine: Agreed['perLine'] = { holidays: false, school: false },
): UnplacedRule {
  const parsed = read.rrule === null ? null : parseRule(read.rrule);
  const rule = parsed?.ok ? parsed.rule : null;
  // A date that is named may be of the past; what repeats has no date before today.
  const from = read.firstDate ?? (read.needsAnchor ? null : today);
  const named = read.site === null ? null : siteNamed(read.site, sites);
  const told = sites.find(({ id }) => id === meant.get(read.site ?? ''));
  return {
    said: rule && describeRule(rule, language, { start: from ?? undefined, parity: read.parity }),
    rrule: rule?.count === 1 ? 'FREQ=DAILY;COUNT=1' : read.rrule,
    parity: read.parity,
    from,
    anchors: rule && read.needsAnchor ? anchorsOf(rule, today) : [],
    start: read.start,
    end: read.end,
    mode: read.mode === 'unspecified' ? null : read.mode,
    site: read.site,
    siteId: named?.id ?? told?.id ?? (read.site === null ? usualSiteId : null),
    exclusions: read.exclusions.map(({ kind, text }) => (kind === 'dates' ? `sauf ${text}` : text)),
    excluded: excludedBy(read),
    onHoliday: perLine.holidays && saysHolidays(read) ? read.publicHolidays : null,
    schoolHolidays: perLine.school ? schoolOf(read) : null,
  };
}

/** "Un jeudi sur deux": this Thursday or the next. The nearest possible first dates of a rule that repeats every n periods. */
function anchorsOf(rule: Rule, today: PlainDate): PlainDate[] {
  const everyTime: Rule = { ...rule, interval: 1, count: null, until: null };
  const choices = rule.frequency === 'WEEKLY' ? rule.interval * Math.max(1, rule.byDay.length) : rule.interval;
  return nextDates(everyTime, null, today, Math.min(MOST_ANCHORS, Math.max(2, choices)));
}

/** The next dates of a rule from a day on, which also anchors it. */
export function nextDates(rule: Rule, parity: RuleRead['parity'], from: PlainDate, count: number): PlainDate[] {
  const first = firstOccurrenceOnOrAfter(rule, from);
  if (!first) return [];
  const dtstart = localDateTime(first, MIDNIGHT);
  const to = localDateTime(addDays(first, DAYS_LOOKED_AT), MIDNIGHT);
  return expand({ rule, dtstart }, { from: dtstart, to, limit: parity ? MOST_OF_A_PARITY * count : count })
    .map(dateOf)
    .filter((date) => !parity || weekParity(date) === parity)
    .slice(0, count);
}

const DAYS_LOOKED_AT = 1_500;
/** One date in so many, at worst, is in the weeks wanted: five weekdays a week, every other week, and some to spare. */
const MOST_OF_A_PARITY = 15;

/** What of holidays is said of the whole permanence: all its lines agree. */
export interface Agreed {
  onHoliday: PermanenceReading['onHoliday'];
  schoolHolidays: PermanenceReading['schoolHolidays'];
  /** Where they differ, each line keeps its own word. */
  perLine: { holidays: boolean; school: boolean };
}

export function policiesOf(rules: readonly ReadRule[]): Agreed {
  const isSaid = rules.some(saysHolidays);
  const agree = new Set(rules.map(({ publicHolidays }) => publicHolidays)).size <= 1;
  const effects = new Set(rules.map(({ schoolHolidays }) => `${schoolHolidays?.effect} ${schoolHolidays?.name}`));
  const school = effects.size <= 1 ? (rules[0]?.schoolHolidays ?? null) : null;
  const isWhole = school !== null && school.effect !== 'end' && school.name === null;
  return {
    onHoliday: agree && isSaid ? (rules[0]?.publicHolidays ?? null) : null,
    schoolHolidays: isWhole ? (school.effect === 'skip' ? 'outside' : 'only') : 'any',
    perLine: { holidays: !agree, school: !isWhole },
  };
}

function saysHolidays({ publicHolidays, exclusions }: ReadRule): boolean {
  return publicHolidays !== 'skip' || exclusions.some(({ kind }) => kind === 'public-holidays');
}

/** A line that ends at another hour during the school holidays is two: in term time, and during the holidays. */
export function inTermAndHolidays(rule: ReadRule): ReadRule[] {
  const { schoolHolidays } = rule;
  if (schoolHolidays?.effect !== 'end') return [rule];
  const { name } = schoolHolidays;
  const during = (effect: 'skip' | 'only', end: ReadRule['end']): ReadRule => ({
    ...rule,
    schoolHolidays: { effect, name, end: null },
    end,
    exclusions: [
      // The other end is what makes it two.
      ...rule.exclusions.filter(({ kind }) => kind !== 'other'),
      { kind: 'school-holidays', text: saySchoolHolidays(effect, name) },
    ],
  });
  return [during('skip', rule.end), during('only', schoolHolidays.end)];
}

/** The days that the words leave out, each with what the words call it. */
function excludedBy({ withoutDates, exclusions }: ReadRule): RuleRead['excluded'] {
  const texts = exclusions.filter(({ kind }) => kind === 'dates').map(({ text }) => text);
  const isEach = texts.length === withoutDates.length;
  return withoutDates
    .map(({ first, last }, nth) => ({ from: first, to: last, cause: (isEach ? texts[nth] : texts[0]) ?? '' }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

function schoolOf({ schoolHolidays }: ReadRule): RuleRead['schoolHolidays'] {
  if (!schoolHolidays || schoolHolidays.effect === 'end') return null;
  const name = schoolHolidays.name as NonNullable<RuleRead['schoolHolidays']>['name'];
  return { when: schoolHolidays.effect === 'skip' ? 'outside' : 'only', name };
}
