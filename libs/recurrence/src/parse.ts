import {
  HOME_ZONE,
  type LocalDateTime,
  localDateTime,
  parseInstant,
  parseLocalDateTime,
  parsePlainDate,
  plainDate,
  plainTime,
  toLocal,
} from '@app/time';
import { firstOccurrenceOnOrAfter } from './first-occurrence';
import { readWithRrule } from './rrule-library';
import { byRank, END_OF_DAY, type Frequency, type RankedDay, type Rule } from './rule';

/** Why a text is no rule we hold: not written as one, outside the whitelist, or right but without a single date. */
export type RuleRefusal = 'not-a-rule' | 'not-whitelisted' | 'never-occurs';

export type ParsedRule = { ok: true; rule: Rule } | { ok: false; why: RuleRefusal; text: string; textEn: string };

type Refused = Extract<ParsedRule, { ok: false }>;

/** Enough for any phrase of a bulletin, and small enough to read at once. */
const LONGEST_TEXT = 500;
const LONGEST_COUNT = 10_000;

/** The parts that are held and how each is written. */
const PARTS: Record<string, RegExp> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^0*([1-9]|[1-4]\d|5[0-2])$/,
  COUNT: /^\d{1,9}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYMONTH: /^(0?[1-9]|1[0-2])(,(0?[1-9]|1[0-2]))*$/,
  BYMONTHDAY: /^[+-]?(0?[1-9]|[12]\d|3[01])(,[+-]?(0?[1-9]|[12]\d|3[01]))*$/,
  BYDAY: /^([+-]?0?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?0?[1-5])?(MO|TU|WE|TH|FR|SA|SU))*$/,
  BYSETPOS: /^[+-]?(0?[1-9]|[12]\d|3[01])$/,
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
};

/** Parts of RFC 5545 that are understood and refused, so that the refusal can say so. */
const OTHER_PARTS = ['BYSECOND', 'BYMINUTE', 'BYHOUR', 'BYYEARDAY', 'BYWEEKNO', 'RSCALE', 'SKIP'];

/**
 * Reads an RRULE of the whitelist, RFC 5545 §3.3.10: daily to yearly, INTERVAL 1–52, UNTIL or COUNT (up to 10,000), BYDAY
 * with ranks −5 to 5, BYMONTH, BYMONTHDAY, a single BYSETPOS in MONTHLY, WKST. A date-only UNTIL includes its whole
 * date; one in UTC is converted to the wall clock of `zone`. Anything else is refused with its reason.
 */
export function parseRule(text: string, zone: string = HOME_ZONE): ParsedRule {
  const parts = partsOf(text);
  if (!(parts instanceof Map)) return parts;
  const refusal = outsideWhitelist(parts);
  if (refusal) return refusal;
  const until = parts.get('UNTIL');
  const lastStart = until === undefined ? null : readUntil(until, zone);
  if (until !== undefined && lastStart === null) {
    return notARule(`« UNTIL=${until} » n’est pas une date`, `“UNTIL=${until}” is not a date`);
  }
  const reading = readWithRrule(textFor(parts));
  if (!reading) return notARule('La règle n’a pas pu être lue', 'The rule could not be read');
  const rule: Rule = {
    frequency: parts.get('FREQ') as Frequency,
    interval: reading.interval,
    byMonth: sorted(reading.byMonth),
    byMonthDay: sorted(reading.byMonthDay),
    byDay: sortedDays(reading.byDay),
    bySetPos: reading.bySetPos[0] ?? null,
    weekStart: reading.weekStart,
    count: reading.count,
    until: lastStart,
  };
  return everOccurs(rule)
    ? { ok: true, rule }
    : refused('never-occurs', 'Cette règle ne donne jamais de date', 'This rule never gives a date');
}

function partsOf(text: string): Map<string, string> | Refused {
  const upper = text.trim().toUpperCase();
  if (upper.length > LONGEST_TEXT) return notARule('La règle est trop longue', 'The rule is too long');
  const parts = new Map<string, string>();
  for (const part of upper
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
    .split(';')) {
    const [name = '', value, ...rest] = part.split('=');
    if (value === undefined || rest.length > 0 || parts.has(name)) {
      return notARule(`« ${part} » n’a pas pu être lu`, `“${part}” could not be read`);
    }
    parts.set(name, value);
  }
  return parts;
}

function outsideWhitelist(parts: Map<string, string>): Refused | null {
  for (const [name, value] of parts) {
    const written = PARTS[name];
    if (!written) {
      return OTHER_PARTS.includes(name) ? notHeld(name) : notARule(`« ${name} » est inconnu`, `“${name}” is unknown`);
    }
    if (!written.test(value)) return notHeld(`${name}=${value}`);
  }
  const frequency = parts.get('FREQ');
  const ranked = /\d/.test(parts.get('BYDAY') ?? '');
  if (!frequency) return notARule('La fréquence (FREQ) manque', 'The frequency (FREQ) is missing');
  if (parts.has('UNTIL') && parts.has('COUNT')) return notHeld('UNTIL + COUNT');
  const count = Number(parts.get('COUNT') ?? 1);
  if (count < 1 || count > LONGEST_COUNT) return notHeld(`COUNT=${count}`);
  // RFC 5545: ranks have a meaning in a month or a year only, and BYMONTHDAY none in a week.
  if (ranked && (frequency === 'DAILY' || frequency === 'WEEKLY'))
    return notHeld(`${frequency} + BYDAY=${parts.get('BYDAY')}`);
  if (parts.has('BYMONTHDAY') && frequency === 'WEEKLY') return notHeld('WEEKLY + BYMONTHDAY');
  if (parts.has('BYSETPOS')) {
    if (frequency !== 'MONTHLY') return notHeld(`${frequency} + BYSETPOS`);
    if (!parts.has('BYDAY') && !parts.has('BYMONTHDAY')) return notHeld('BYSETPOS');
  }
  return null;
}

function textFor(parts: Map<string, string>): string {
  return [...parts]
    .filter(([name]) => name !== 'UNTIL')
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}

/** UNTIL as wall-clock time: rrule.js would compare a UTC one as if it were local, and drop a date's last day. */
function readUntil(value: string, zone: string): LocalDateTime | null {
  const date = parsePlainDate(`${value.slice(0, 4)}-${value.slice(4, 6)}-${value.slice(6, 8)}`);
  if (!date) return null;
  if (value.length === 8) return localDateTime(date, plainTime(END_OF_DAY));
  const time = `${value.slice(9, 11)}:${value.slice(11, 13)}`;
  const seconds = value.slice(13, 15);
  if (!value.endsWith('Z')) return Number(seconds) < 60 ? parseLocalDateTime(`${date}T${time}`) : null;
  const instant = parseInstant(`${date}T${time}:${seconds}Z`);
  return instant === null ? null : toLocal(instant, zone);
}

/** From 2000 to 2027 every kind of year is met: leap or not, beginning on each weekday. */
function everOccurs(rule: Rule): boolean {
  const { frequency } = rule;
  const filtered = rule.byMonthDay.length > 0 || rule.byDay.length > 0 || rule.byMonth.length > 0;
  if (!filtered || frequency === 'WEEKLY') return true;
  // Without an interval, a bound or an anchor's phase: is there a date at all?
  const free: Rule = { ...rule, interval: 1, count: null, until: null };
  return firstOccurrenceOnOrAfter(free, plainDate('2000-01-01'), plainDate('2027-12-31')) !== null;
}

function sorted(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort(byRank);
}

function sortedDays(days: readonly RankedDay[]): RankedDay[] {
  const unique = new Map(days.map((day) => [`${day.rank}/${day.weekday}`, day]));
  return [...unique.values()].sort((a, b) => byRank(a.rank, b.rank) || a.weekday - b.weekday);
}

function refused(why: RuleRefusal, text: string, textEn: string): Refused {
  return { ok: false, why, text, textEn };
}

function notARule(text: string, textEn: string): Refused {
  return refused('not-a-rule', text, textEn);
}

function notHeld(what: string): Refused {
  return refused('not-whitelisted', `« ${what} » n’est pas pris en charge`, `“${what}” is not supported`);
}
