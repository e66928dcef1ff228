import type { RankedDay, Rule } from '../rule';
import { ask, warn } from './questions';
import type { Question, ReadRule, Warning } from './reading';
import type { PlacedRule } from './rules-of-groups';

/** Asks about two ranges that overlap on one day in one mode at one place: one of them must be wrong. */
export function overlapsAsked(rules: readonly PlacedRule[]): Question[] {
  const questions: Question[] = [];
  for (const [i, second] of rules.entries()) {
    const clashes = rules.slice(0, i).some((first) => overlapInTime(first.rule, second.rule) && mayMeet(first, second));
    if (clashes) questions.push(ask.twice(second.at));
  }
  return questions;
}

function overlapInTime(a: ReadRule, b: ReadRule): boolean {
  if (a.start === null || a.end === null || b.start === null || b.end === null) return false;
  return a.start < b.end && b.start < a.end;
}

function mayMeet(first: PlacedRule, second: PlacedRule): boolean {
  const [a, b] = [first.rule, second.rule];
  if (a.mode !== b.mode || a.site !== b.site || first.others !== second.others) return false;
  if (a.parity && b.parity && a.parity !== b.parity) return false;
  if (a.schoolHolidays && b.schoolHolidays && a.schoolHolidays.effect !== b.schoolHolidays.effect) return false;
  return (
    first.parsed !== null &&
    second.parsed !== null &&
    shareDays(first.parsed, second.parsed) &&
    sharePeriod(first, second)
  );
}

function shareDays(a: Rule, b: Rule): boolean {
  if (a.byMonth.length > 0 && b.byMonth.length > 0 && !a.byMonth.some((month) => b.byMonth.includes(month)))
    return false;
  if (a.byMonthDay.length > 0 && b.byMonthDay.length > 0) return a.byMonthDay.some((day) => b.byMonthDay.includes(day));
  if (a.byDay.length === 0 || b.byDay.length === 0) return a.count === null && b.count === null;
  return a.byDay.some((one) => b.byDay.some((other) => sameDay(one, other)));
}

function sameDay(a: RankedDay, b: RankedDay): boolean {
  return a.weekday === b.weekday && (a.rank === null || b.rank === null || a.rank === b.rank);
}

function sharePeriod(first: PlacedRule, second: PlacedRule): boolean {
  const ends = (one: PlacedRule, other: PlacedRule) =>
    one.parsed?.until && other.rule.firstDate && one.parsed.until.slice(0, 10) < other.rule.firstDate;
  return !ends(first, second) && !ends(second, first);
}

/**
 * A day with hours by appointment and other hours that say nothing: the latter are without. Told, since it is understood
 * from the contrast only.
 */
export function withContrast(rules: readonly PlacedRule[]): { rules: PlacedRule[]; warnings: Warning[] } {
  const warnings: Warning[] = [];
  const byAppointment = new Set(
    rules.filter(({ rule }) => rule.mode === 'appointment').flatMap(({ parsed }) => weekdaysOf(parsed)),
  );
  const contrasted = rules.map((placed) => {
    const { rule, parsed } = placed;
    if (rule.mode !== 'unspecified' || !weekdaysOf(parsed).some((day) => byAppointment.has(day))) return placed;
    warnings.push(warn.walkInByContrast(placed.at));
    return { ...placed, rule: { ...rule, mode: 'walk-in' as const } };
  });
  return { rules: contrasted, warnings };
}

function weekdaysOf(rule: Rule | null): number[] {
  return rule?.byDay.map(({ weekday }) => weekday) ?? [];
}
