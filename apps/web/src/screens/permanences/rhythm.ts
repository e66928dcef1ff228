import { isoWeekday, type PlainDate } from '@app/time';

/** How often a permanence comes back, as one chooses it in a form. `written`: a rule no other choice can say. */
export type RhythmKind = 'weekly' | 'every-n-weeks' | 'even-weeks' | 'odd-weeks' | 'monthly' | 'once' | 'written';

export interface Rhythm {
  kind: RhythmKind;
  /** ISO weekdays, 1 (Monday) to 7. */
  days: readonly number[];
  /** One week in this many. */
  every: number;
  /** Ranks in the month: 1 to 5, −1 for the last. */
  ranks: readonly number[];
  /** Only these months, 1 to 12; none: all of them. */
  months: readonly number[];
  /** The last day it may fall on, 'YYYY-MM-DD'. */
  until: string | null;
  written: WrittenRule | null;
}

/** A rule as the server holds it: RFC 5545 without DTSTART, and the parity of ISO weeks beside it. */
export interface WrittenRule {
  rrule: string;
  parity: 'even' | 'odd' | null;
}

export const RANKS = [1, 2, 3, 4, 5, -1] as const;
const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

export const EVERY_WEEK: Rhythm = {
  kind: 'weekly',
  days: [],
  every: 2,
  ranks: [],
  months: [],
  until: null,
  written: null,
};

/** The rule a rhythm stands for; null while a day or a rank remains to be chosen. */
export function ruleOf(rhythm: Rhythm): WrittenRule | null {
  const { kind, every } = rhythm;
  if (kind === 'written') return rhythm.written;
  if (kind === 'once') return { rrule: 'FREQ=DAILY;COUNT=1', parity: null };
  if (rhythm.days.length === 0) return null;
  if (kind === 'monthly') {
    if (rhythm.ranks.length === 0) return null;
    return { rrule: write(rhythm, 'FREQ=MONTHLY', rankedDays(rhythm)), parity: null };
  }
  const frequency = kind === 'every-n-weeks' && every > 1 ? `FREQ=WEEKLY;INTERVAL=${every}` : 'FREQ=WEEKLY';
  const parity = kind === 'even-weeks' ? 'even' : kind === 'odd-weeks' ? 'odd' : null;
  return { rrule: write(rhythm, frequency, sorted(rhythm.days).map(code)), parity };
}

function write({ months, until }: Rhythm, frequency: string, days: readonly string[]): string {
  const parts = [frequency];
  if (until !== null) parts.push(`UNTIL=${until.replaceAll('-', '')}`);
  if (months.length > 0) parts.push(`BYMONTH=${sorted(months)}`);
  parts.push(`BYDAY=${days}`);
  return parts.join(';');
}

function rankedDays({ ranks, days }: Rhythm): string[] {
  const inOrder = RANKS.filter((rank) => ranks.includes(rank));
  return inOrder.flatMap((rank) => sorted(days).map((day) => `${rank}${code(day)}`));
}

/**
 * The rhythm a rule stands for, so that it can be chosen again. `from`: the rule's first date, which gives the weekday
 * that "FREQ=WEEKLY" leaves to it. A rule the form has no choice for is kept as it is written.
 */
export function rhythmOf({ rrule, parity }: WrittenRule, from: string): Rhythm {
  const asWritten: Rhythm = { ...EVERY_WEEK, kind: 'written', written: { rrule, parity } };
  if (rrule === 'FREQ=DAILY;COUNT=1' && parity === null) return { ...EVERY_WEEK, kind: 'once' };
  const parts = new Map(rrule.split(';').map((part) => part.split('=', 2) as [string, string]));
  const until = readUntil(parts.get('UNTIL'));
  if ([...parts.keys()].some((name) => !KNOWN.includes(name)) || until === undefined) return asWritten;
  const common = { ...EVERY_WEEK, until, months: (parts.get('BYMONTH') ?? '').split(',').filter(Boolean).map(Number) };
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const days = (parts.get('BYDAY') ?? '').split(',').filter(Boolean);
  if (parts.get('FREQ') === 'WEEKLY' && !parts.has('BYSETPOS')) {
    const plain = days.length > 0 ? days.map(weekday) : [isoWeekday(from as PlainDate)];
    if (plain.includes(0) || (interval > 1 && parity !== null)) return asWritten;
    const kind = parity ? (`${parity}-weeks` as const) : interval > 1 ? 'every-n-weeks' : 'weekly';
    return { ...common, kind, days: plain, every: interval > 1 ? interval : EVERY_WEEK.every };
  }
  if (parts.get('FREQ') !== 'MONTHLY' || interval > 1 || parity !== null) return asWritten;
  const ranked = readRanked(days, parts.get('BYSETPOS'));
  return ranked ? { ...common, kind: 'monthly', ...ranked } : asWritten;
}

const KNOWN = ['FREQ', 'INTERVAL', 'UNTIL', 'BYMONTH', 'BYDAY', 'BYSETPOS'];

/** undefined: a last day with an hour, which the form cannot say. */
function readUntil(until: string | undefined): string | null | undefined {
  if (until === undefined) return null;
  return /^\d{8}$/.test(until) ? `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6)}` : undefined;
}

/** "1st and 3rd, Tuesdays and Thursdays": only when every rank goes with every day. */
function readRanked(days: readonly string[], position: string | undefined): Pick<Rhythm, 'ranks' | 'days'> | null {
  const written = position && days.length === 1 ? [`${position}${days[0]}`] : position ? [] : days;
  const pairs = written.map((day) => ({ rank: Number.parseInt(day, 10), day: weekday(day.slice(-2)) }));
  const ranks = RANKS.filter((rank) => pairs.some((pair) => pair.rank === rank));
  const weekdays = sorted([...new Set(pairs.map(({ day }) => day))]);
  const isWhole = pairs.every(({ rank }) => ranks.some((known) => known === rank));
  return pairs.length > 0 && isWhole && pairs.length === ranks.length * weekdays.length
    ? { ranks, days: weekdays }
    : null;
}

const code = (day: number): string => CODES[day - 1] ?? '';
const weekday = (text: string): number => CODES.indexOf(text) + 1;
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);
