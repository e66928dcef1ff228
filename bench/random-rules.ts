import { firstOccurrenceOnOrAfter, parseRule, type Rule } from '@app/recurrence';
import { addDays, dateOf, fromEpochDay, type LocalDateTime, localDateTime, type PlainDate, plainTime } from '@app/time';

/** Numbers from 0 to 1 that are the same at every run for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Draws from one source of chance. */
export class Draw {
  private readonly chance: () => number;

  constructor(seed: number) {
    this.chance = randomFrom(Math.imul(seed + 1, 0x9e3779b1));
  }

  /** From `low` to `high`, both included. */
  number(low: number, high: number): number {
    return low + Math.floor(this.chance() * (high - low + 1));
  }

  one<T>(list: readonly T[]): T {
    return list[this.number(0, list.length - 1)] as T;
  }

  /** So many of a list at most, at least one, each once. */
  some<T>(list: readonly T[], most: number): T[] {
    return [...new Set(Array.from({ length: this.number(1, most) }, () => this.one(list)))];
  }

  /** True so often, out of a hundred. */
  percent(share: number): boolean {
    return this.chance() * 100 < share;
  }
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const RANKS = [1, 2, 3, 4, 5, -1, -2, -3, -4, -5];
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const MONTH_DAYS = Array.from({ length: 31 }, (_, index) => index + 1).flatMap((n) => [n, -n]);
const TIMES = ['00:00', '08:30', '09:00', '14:00', '17:15', '23:59'].map(plainTime);
const FIRST_DAY = 19_724; // 2024-01-01

export interface RandomSeries {
  rule: Rule;
  dtstart: LocalDateTime;
}

/** A rule of the whitelist started on its first date, from 2024 to 2031, some with a COUNT or an UNTIL. */
export function randomSeries(draw: Draw): RandomSeries {
  for (;;) {
    const text = ruleText(draw);
    const parsed = parseRule(text);
    const first = parsed.ok
      ? firstOccurrenceOnOrAfter(parsed.rule, fromEpochDay(FIRST_DAY + draw.number(0, 8 * 365)))
      : null;
    if (!parsed.ok || !first || first >= '2060') continue;
    const dtstart = localDateTime(first, draw.one(TIMES));
    return { rule: bounded(parsed.rule, dtstart, draw), dtstart };
  }
}

function bounded(rule: Rule, dtstart: LocalDateTime, draw: Draw): Rule {
  const kind = draw.number(0, 9);
  if (kind === 0) return { ...rule, count: draw.number(1, 60) };
  if (kind > 2) return rule;
  const date: PlainDate = addDays(dateOf(dtstart), draw.number(0, 700));
  const until = localDateTime(date, kind === 1 ? plainTime('23:59') : draw.one(TIMES));
  return { ...rule, until: until < dtstart ? dtstart : until };
}

/** The text of a rule of the whitelist; one in some never gives a date. */
export function ruleText(draw: Draw): string {
  const frequency = draw.one(['DAILY', 'WEEKLY', 'MONTHLY', 'MONTHLY', 'YEARLY']);
  const parts = [`FREQ=${frequency}`];
  const add = (name: string, values: readonly (string | number)[]) => parts.push(`${name}=${values.join(',')}`);
  if (draw.percent(60)) add('INTERVAL', [draw.percent(70) ? draw.number(1, 4) : draw.number(1, 52)]);
  if (draw.percent(25)) add('WKST', [draw.one(DAYS)]);
  if (draw.percent(30)) add('BYMONTH', draw.some(MONTHS, 6));
  const byDay = draw.percent(65);
  if (byDay) {
    const ranked = (frequency === 'MONTHLY' || frequency === 'YEARLY') && draw.percent(65);
    const days = draw.some(DAYS, 4);
    add('BYDAY', ranked ? days.map((day) => `${draw.one(RANKS)}${day}`) : days);
  }
  const byMonthDay = frequency !== 'WEEKLY' && draw.percent(30);
  if (byMonthDay) add('BYMONTHDAY', draw.some(MONTH_DAYS, 8));
  if (frequency === 'MONTHLY' && (byDay || byMonthDay) && draw.percent(25)) {
    add('BYSETPOS', [draw.one([1, 2, 3, 4, -1, -2, -3])]);
  }
  return parts.join(';');
}
