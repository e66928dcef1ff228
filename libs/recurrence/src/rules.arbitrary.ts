import { fromEpochDay, localDateTime, plainDate, plainTime, toEpochDay } from '@app/time';
import fc from 'fast-check';
import { byRank, type Frequency, type RankedDay, type Rule } from './rule';

/** Rules of the whitelist for property tests: canonical, without UNTIL or COUNT unless asked. */

const ranks = [1, 2, 3, 4, 5, -5, -4, -3, -2, -1];
const weekday = fc.integer({ min: 1, max: 7 });
const plainDays = fc.uniqueArray(weekday, { minLength: 1, maxLength: 4 }).map((days) => inOrder(days.map(plain)));
const rankedDays = fc
  .uniqueArray(fc.tuple(weekday, fc.constantFrom(...ranks)), {
    minLength: 1,
    maxLength: 3,
    selector: ([day, rank]) => `${rank}/${day}`,
  })
  .map((days) => inOrder(days.map(([day, rank]) => ({ weekday: day, rank }))));
const monthDays = fc
  .uniqueArray(
    fc.integer({ min: -31, max: 31 }).filter((n) => n !== 0),
    { minLength: 1, maxLength: 8 },
  )
  .map((days) => days.sort(byRank));
const months = fc
  .uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 })
  .map((list) => list.sort((a, b) => a - b));
const maybe = <T>(some: fc.Arbitrary<T>, none: T): fc.Arbitrary<T> => fc.oneof(fc.constant(none), some);
const none: never[] = [];

function plain(day: number): RankedDay {
  return { weekday: day, rank: null };
}

function inOrder(days: RankedDay[]): RankedDay[] {
  return days.sort((a, b) => byRank(a.rank, b.rank) || a.weekday - b.weekday);
}

const base = fc.record({
  interval: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(1, 2, 3) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 52 }) },
  ),
  weekStart: fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: weekday }),
  byMonth: maybe(months, none),
});

const daily = fc.record({ byDay: maybe(plainDays, none), byMonthDay: maybe(monthDays, none) });
const weekly = fc.record({ byDay: maybe(plainDays, none), byMonthDay: fc.constant(none) });
const monthly = fc.record({
  byDay: fc.oneof(fc.constant(none), plainDays, rankedDays),
  byMonthDay: maybe(monthDays, none),
});

const daysFor: Record<Frequency, fc.Arbitrary<{ byDay: RankedDay[]; byMonthDay: number[] }>> = {
  DAILY: daily,
  WEEKLY: weekly,
  MONTHLY: monthly,
  YEARLY: monthly,
};

const setPos = fc.oneof(fc.constant(null), fc.constantFrom(1, 2, 3, 4, -1, -2, -3));

export const someRule: fc.Arbitrary<Rule> = fc
  .constantFrom<Frequency>('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')
  .chain((frequency) =>
    fc.tuple(base, daysFor[frequency], setPos).map(([shared, days, bySetPos]) => {
      const canSelect = frequency === 'MONTHLY' && (days.byDay.length > 0 || days.byMonthDay.length > 0);
      return { ...shared, ...days, frequency, bySetPos: canSelect ? bySetPos : null, count: null, until: null };
    }),
  );

const firstDay = toEpochDay(plainDate('2024-01-01'));

/** A date from 2024 to 2031. */
export const someDate = fc.integer({ min: firstDay, max: firstDay + 8 * 365 }).map(fromEpochDay);

export const someStart = fc
  .tuple(someDate, fc.constantFrom('00:00', '08:30', '14:00', '23:59'))
  .map(([date, time]) => localDateTime(date, plainTime(time)));
