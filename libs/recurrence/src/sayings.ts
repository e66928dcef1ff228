import type { PlainDate, WeekParity } from '@app/time';

/** What a language says of the parts of a rule; weekdays are ISO, in order, and lists are never empty. */
export interface Sayings {
  /** "tous les jours", "un jour sur deux". */
  everyDays(interval: number): string;
  /** "toutes les semaines", "toutes les six semaines". */
  everyWeeks(interval: number): string;
  /** "un mois sur deux", "tous les ans". */
  everyMonths(interval: number): string;
  everyYears(interval: number): string;
  /** "tous les lundis", "du lundi au vendredi". */
  every(weekdays: readonly number[]): string;
  /** After "toutes les six semaines": "le mardi". */
  on(weekdays: readonly number[]): string;
  /** "un jeudi sur deux". */
  everyOther(weekday: number): string;
  /** "semaines paires". */
  weeks(parity: WeekParity): string;
  /** "les 1er et 5e mercredis". */
  ranked(ranks: readonly number[], weekday: number): string;
  /** "le 1er et le 15", "du 3 au 9", "le dernier jour" (then `where` is needed). */
  numbered(days: readonly number[]): string;
  /** "qui tombe du 3 au 9 du mois": narrows what was named as every such day, or by its ranks. */
  falling(numbered: string, named: 'every' | 'one' | 'many'): string;
  /** "le dernier de ces jours : …". */
  picked(position: number, dates: string): string;
  ofTheMonth: string;
  ofTheYear: string;
  sameDate: string;
  /** "de mars", "d’avril et de juin". */
  ofMonths(months: readonly number[]): string;
  /** "le 14 juillet", from "le 14" and July. */
  dated(numbered: string, month: number): string;
  /** ", sauf en août", ", de septembre à juin", ", en mars et juin". */
  onlyMonths(months: readonly number[]): string;
  /** A rule that gives one date only. */
  once(date: PlainDate | undefined): string;
  until(date: PlainDate): string;
  times(count: number): string;
}
