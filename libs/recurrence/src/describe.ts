import {
  civilOf,
  dateOf,
  isoWeekday,
  type Language,
  type PlainDate,
  sayList,
  toEpochDay,
  type WeekParity,
} from '@app/time';
import { english } from './describe-english';
import { french } from './describe-french';
import type { RankedDay, Rule } from './rule';
import type { Sayings } from './sayings';

export interface RuleWording {
  /** The first date: names the day that a rule leaves to it ("toutes les six semaines, le mardi"). */
  start?: PlainDate;
  parity?: WeekParity | null;
}

/** A rule as a bulletin would print it: "les 1er et 5e mercredis du mois"; "the 1st and 5th Wednesdays of the month". */
export function describeRule(rule: Rule, language: Language, { start, parity = null }: RuleWording = {}): string {
  const say = language === 'fr' ? french : english;
  if (rule.count === 1) return say.once(start);
  const words = [daysOf(withAnchor(rule, start), parity, say, language)];
  if (rule.frequency !== 'YEARLY' && rule.byMonth.length > 0) words.push(say.onlyMonths(rule.byMonth));
  if (rule.frequency !== 'WEEKLY' && parity) words.push(`, ${say.weeks(parity)}`);
  if (rule.until !== null) words.push(say.until(dateOf(rule.until)));
  if (rule.count !== null) words.push(say.times(rule.count));
  return words.join('');
}

/** The rule with what it leaves to its first date. */
function withAnchor(rule: Rule, start: PlainDate | undefined): Rule {
  if (!start || rule.byDay.length > 0 || rule.byMonthDay.length > 0) return rule;
  const { month, day } = civilOf(toEpochDay(start));
  switch (rule.frequency) {
    case 'DAILY':
      return rule;
    case 'WEEKLY':
      return { ...rule, byDay: [{ weekday: isoWeekday(start), rank: null }] };
    case 'MONTHLY':
      return { ...rule, byMonthDay: [day] };
    case 'YEARLY':
      return { ...rule, byMonth: rule.byMonth.length > 0 ? rule.byMonth : [month], byMonthDay: [day] };
  }
}

function daysOf(rule: Rule, parity: WeekParity | null, say: Sayings, language: Language): string {
  switch (rule.frequency) {
    case 'DAILY':
      return daily(rule, say);
    case 'WEEKLY':
      return weekly(rule, parity, say);
    case 'MONTHLY':
      return monthly(rule, say, language);
    case 'YEARLY':
      return yearly(rule, say, language);
  }
}

function daily({ interval, byDay, byMonthDay }: Rule, say: Sayings): string {
  const days = plainDays(byDay);
  const words = [interval === 1 && days.length > 0 ? say.every(days) : say.everyDays(interval)];
  if (interval > 1 && days.length > 0) words.push(say.on(days));
  if (byMonthDay.length > 0) words.push(`${say.numbered(byMonthDay)} ${say.ofTheMonth}`);
  return words.join(', ');
}

function weekly({ interval, byDay }: Rule, parity: WeekParity | null, say: Sayings): string {
  const days = plainDays(byDay);
  const words: string[] = [];
  if (days.length === 0) words.push(say.everyWeeks(interval));
  else if (interval === 1) words.push(say.every(days));
  else if (interval === 2 && days.length === 1) words.push(say.everyOther(days[0] as number));
  else words.push(say.everyWeeks(interval), say.on(days));
  if (parity) words.push(say.weeks(parity));
  return words.join(', ');
}

function monthly(rule: Rule, say: Sayings, language: Language): string {
  const nothingSaid = rule.byDay.length === 0 && rule.byMonthDay.length === 0;
  const dates = nothingSaid ? say.sameDate : datesIn(rule, say.ofTheMonth, say, language);
  return rule.interval === 1 && !nothingSaid ? dates : `${say.everyMonths(rule.interval)}, ${dates}`;
}

function yearly(rule: Rule, say: Sayings, language: Language): string {
  return `${say.everyYears(rule.interval)}, ${yearlyDates(rule, say, language)}`;
}

function yearlyDates(rule: Rule, say: Sayings, language: Language): string {
  const { byMonth, byMonthDay, byDay } = rule;
  if (byDay.length === 0 && byMonthDay.length === 0) {
    return byMonth.length === 0 ? say.sameDate : say.sameDate + say.onlyMonths(byMonth);
  }
  if (byMonth.length === 0) {
    const where = byDay.some(({ rank }) => rank !== null) && byMonthDay.length === 0 ? say.ofTheYear : say.ofTheMonth;
    return datesIn(rule, where, say, language);
  }
  const month = byMonth.length === 1 ? byMonth[0] : undefined;
  if (byDay.length === 0 && month !== undefined && byMonthDay.every((day) => day > 0)) {
    return say.dated(say.numbered(byMonthDay), month);
  }
  return datesIn(rule, say.ofMonths(byMonth), say, language);
}

/** "le 1er vendredi du mois", "le 15 de mars"; `where` is "du mois", "de mars", "de l’année". */
function datesIn(rule: Rule, where: string, say: Sayings, language: Language): string {
  const { byDay, byMonthDay, bySetPos } = rule;
  const numbered = byMonthDay.length > 0 ? `${say.numbered(byMonthDay)} ${where}` : '';
  const dates = byDay.length > 0 ? namedDays(rule, where, numbered, say, language) : numbered;
  return bySetPos === null || isRankOfOneDay(rule) ? dates : say.picked(bySetPos, dates);
}

function namedDays(rule: Rule, where: string, numbered: string, say: Sayings, language: Language): string {
  const plain = isRankOfOneDay(rule) ? [] : plainDays(rule.byDay);
  const ranked = ranksByDay(rule);
  const named = ranked.map(([weekday, ranks]) => say.ranked(ranks, weekday));
  if (plain.length > 0) named.unshift(say.every(plain));
  const said = sayList(named, language);
  if (numbered !== '') return `${said} ${say.falling(numbered, howMany(plain, ranked))}`;
  // "tous les lundis" needs no "du mois", but does need "de mars".
  return ranked.length === 0 && where === say.ofTheMonth ? said : `${said} ${where}`;
}

function howMany(plain: readonly number[], ranked: readonly [number, number[]][]): 'every' | 'one' | 'many' {
  if (ranked.length === 0) return 'every';
  return plain.length === 0 && ranked.length === 1 && ranked[0]?.[1].length === 1 ? 'one' : 'many';
}

/** "BYDAY=FR;BYSETPOS=-1" is the last Friday, said as "-1FR" is. */
function isRankOfOneDay({ byDay, byMonthDay, bySetPos }: Rule): boolean {
  return bySetPos !== null && byMonthDay.length === 0 && byDay.length === 1 && byDay[0]?.rank === null;
}

function ranksByDay(rule: Rule): [weekday: number, ranks: number[]][] {
  if (isRankOfOneDay(rule)) return [[(rule.byDay[0] as RankedDay).weekday, [rule.bySetPos as number]]];
  const ranks = new Map<number, number[]>();
  for (const { weekday, rank } of rule.byDay) {
    if (rank !== null) ranks.set(weekday, [...(ranks.get(weekday) ?? []), rank]);
  }
  return [...ranks].sort((a, b) => a[0] - b[0]);
}

function plainDays(days: readonly RankedDay[]): number[] {
  return days.filter(({ rank }) => rank === null).map(({ weekday }) => weekday);
}
