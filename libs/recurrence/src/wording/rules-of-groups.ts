import { addDays, isoWeekday, localDateTime, type PlainDate, type PlainTime, plainTime, timeOfMinute } from '@app/time';
import { firstOccurrenceOnOrAfter } from '../first-occurrence';
import { parseRule } from '../parse';
import { byRank, END_OF_DAY, formatRule, type RankedDay, type Rule } from '../rule';
import { type Assembled, type Group, type GroupRange, merged, type Qualifiers, type Removal } from './groups';
import { holdsHalf } from './halves';
import type { DayItem, Half } from './pieces';
import { ask } from './questions';
import type { At, Question, ReadMode, ReadRule } from './reading';

/** A rule and where its hours and days stand, for what is asked about two of them. */
export interface PlacedRule {
  rule: ReadRule;
  parsed: Rule | null;
  /** Said as "les autres jeudis": never at the same time as the alternation they complete. */
  others: boolean;
  at: At;
}

/** Days of one kind, and the rule they make; null when they are not known. */
interface Pattern {
  rule: Rule | null;
  needsAnchor: boolean;
  others: boolean;
  half: Half | null;
  firstDate: PlainDate | null;
  at: At | null;
}

const FREE: Rule = {
  frequency: 'WEEKLY',
  interval: 1,
  byMonth: [],
  byMonthDay: [],
  byDay: [],
  bySetPos: null,
  weekStart: 1,
  count: null,
  until: null,
};

const ALL_MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];

/** The rules of every group, what they leave to ask, and the hours they lack. */
export function rulesOf(assembled: Assembled): { rules: PlacedRule[]; questions: Question[] } {
  const { groups, removals } = assembled;
  const questions: Question[] = [];
  const withHours = sharedHours(groups);
  const rules = withHours.flatMap((group, index) => {
    const own = removals.filter(({ upTo }) => upTo > index);
    return rulesOfGroup(group, withHours.slice(0, index), own, questions);
  });
  return { rules, questions };
}

/** "un jeudi sur deux au CCAS et un jeudi sur deux à la mairie de 14h à 17h": the hours are said once. */
function sharedHours(groups: readonly Group[]): Group[] {
  return groups.map((group, i) => {
    const next = groups[i + 1];
    const sameDays =
      next &&
      group.ranges.length === 0 &&
      next.ranges.length > 0 &&
      daysKey(group) === daysKey(next) &&
      group.items.length > 0;
    return sameDays
      ? { ...group, ranges: next.ranges, halves: group.halves.length > 0 ? group.halves : next.halves }
      : group;
  });
}

const daysKey = (group: Group): string =>
  group.items
    .map(({ kind, weekdays, ranks, monthDays }) => [kind, weekdays.join(), ranks?.join(), monthDays.join()].join('/'))
    .join(';');

function modeOf({ own, inherited }: Group, range: GroupRange | null): ReadMode {
  return range?.mode ?? own.mode ?? inherited.mode ?? own.weakMode ?? inherited.weakMode ?? 'unspecified';
}

function rulesOfGroup(
  group: Group,
  earlier: readonly Group[],
  removals: readonly Removal[],
  questions: Question[],
): PlacedRule[] {
  const at: At = [group.from, group.to];
  const qualifiers = withSharedAnchor(group, earlier);
  const items = withoutRemoved(
    daysOf(group, earlier, qualifiers, at, questions),
    removals.filter(({ half }) => half === null),
  );
  if (items.length === 0) return [];
  const ranges: (GroupRange | null)[] = group.ranges.length > 0 ? group.ranges : [null];
  if (group.ranges.length === 0) questions.push(ask.hours(group.halves[0]?.at ?? at));
  questions.push(...halvesInDoubt(group, items, at));
  return ranges.flatMap((range) => {
    const here = items.map((item) => withoutHalves(item, range, removals, questions)).filter((item) => item !== null);
    const then = range?.months ? { ...qualifiers, months: range.months } : qualifiers;
    return patternsOf(here, then, at, questions).map((pattern) =>
      placed(pattern, range, group, qualifiers, at, questions),
    );
  });
}

/** "Les autres jeudis" are counted from the anchor of the Thursdays they complete. */
function withSharedAnchor(group: Group, earlier: readonly Group[]): Qualifiers {
  const said = merged(group.inherited, group.own);
  if (said.first || !group.items.some(({ others }) => others)) return said;
  const first = earlier.map((one) => merged(one.inherited, one.own).first).findLast((date) => date !== undefined);
  return first ? { ...said, first } : said;
}

function daysOf(
  group: Group,
  earlier: readonly Group[],
  { interval }: Qualifiers,
  at: At,
  questions: Question[],
): DayItem[] {
  if (group.items.length > 0) return group.items;
  const unknown: DayItem = {
    kind: 'weekdays',
    weekdays: [],
    ranks: null,
    monthDays: [],
    dates: [],
    everyWeeks: 1,
    others: false,
    half: null,
    at,
  };
  // "… et sur rendez-vous les après-midi": of the days just said.
  const before = earlier.at(-1)?.items;
  if (before && (group.halves.length > 0 || group.own.mode)) return before.map((item) => ({ ...item, half: null }));
  if (!interval || interval.every === 1) questions.push(ask.days(at));
  return [unknown];
}

function withoutRemoved(items: readonly DayItem[], removals: readonly Removal[]): DayItem[] {
  const removed = new Set(removals.flatMap(({ weekdays }) => weekdays));
  return removed.size === 0 ? [...items] : items.flatMap((item) => withoutDays(item, removed) ?? []);
}

function withoutDays(item: DayItem, removed: ReadonlySet<number>): DayItem | null {
  if (item.kind === 'every-day')
    return { ...item, kind: 'weekdays', weekdays: ALL_DAYS.filter((day) => !removed.has(day)) };
  if (item.kind !== 'weekdays' || item.weekdays.length === 0) return item;
  const weekdays = item.weekdays.filter((day) => !removed.has(day));
  return weekdays.length > 0 ? { ...item, weekdays } : null;
}

/** "sauf le mercredi après-midi": only the ranges of that half lose the day. */
function withoutHalves(
  item: DayItem,
  range: GroupRange | null,
  removals: readonly Removal[],
  questions: Question[],
): DayItem | null {
  let left: DayItem | null = item;
  for (const { weekdays, half, at } of removals) {
    if (half === null || left === null) continue;
    const removed = new Set(weekdays.length > 0 ? weekdays : ALL_DAYS);
    const concerned = left.kind === 'every-day' || left.weekdays.some((day) => removed.has(day));
    if (!concerned) continue;
    const held = range === null ? 'all' : holdsHalf(half, range.start, range.end);
    if (held === 'part') questions.push(ask.halfOfRange(at));
    if (held === 'all') left = withoutDays(left, removed);
  }
  return left;
}

function halvesInDoubt(group: Group, items: readonly DayItem[], at: At): Question[] {
  const own = items.filter(({ half }) => half !== null).map(({ half, at }) => ({ half: half as Half, at }));
  const halves = [...own, ...group.halves].filter(({ half }) => half !== 'day');
  if (group.ranges.length === 0 || halves.length === 0) return [];
  const names = new Set(halves.map(({ half }) => half));
  const met = halves.find(
    ({ half }) => !group.ranges.some((range) => holdsHalf(half, range.start, range.end) === 'all'),
  );
  if (met)
    return [
      (group.ranges.some((range) => holdsHalf(met.half, range.start, range.end) === 'part')
        ? ask.otherHalf
        : ask.hours)(met.at),
    ];
  const outside = group.ranges.find(
    (range) => ![...names].some((half) => holdsHalf(half, range.start, range.end) === 'all'),
  );
  if (outside && (outside.start !== null || outside.end !== null)) return [ask.otherHalf(outside.at)];
  // "lundi matin et mardi après-midi de 9h à 12h et de 14h à 17h": whose hours are whose?
  const perDay = new Set(items.map(({ half }) => half));
  return perDay.size > 1 && own.length > 0 && names.size > 1 ? [ask.otherHalf(at)] : [];
}

function patternsOf(items: readonly DayItem[], qualifiers: Qualifiers, at: At, questions: Question[]): Pattern[] {
  const patterns: Pattern[] = [];
  const weekly = new Map<string, DayItem>();
  const ranked: DayItem[] = [];
  const numbered: number[] = [];
  for (const item of items) {
    if (item.kind === 'dates') patterns.push(...datePatterns(item, qualifiers, questions));
    else if (item.kind === 'month-days') numbered.push(...item.monthDays);
    else if (item.kind === 'every-day')
      patterns.push(bounded({ ...FREE, frequency: 'DAILY' }, qualifiers, item, questions));
    else if (item.ranks !== null) ranked.push(item);
    else {
      const key = `${item.everyWeeks}/${item.others}/${item.monthDays.join()}`;
      const same = weekly.get(key);
      weekly.set(key, same ? { ...same, weekdays: [...same.weekdays, ...item.weekdays] } : item);
    }
  }
  for (const item of weekly.values()) patterns.push(weeklyPattern(item, qualifiers, at, questions));
  if (ranked.length > 0)
    patterns.push(
      bounded(
        { ...FREE, frequency: 'MONTHLY', byDay: rankedDays(ranked) },
        qualifiers,
        ranked[0] as DayItem,
        questions,
      ),
    );
  if (numbered.length > 0) {
    const byMonthDay = [...new Set(numbered)].sort(byRank);
    patterns.push(bounded({ ...FREE, frequency: 'MONTHLY', byMonthDay }, qualifiers, items[0] as DayItem, questions));
  }
  return patterns;
}

function rankedDays(items: readonly DayItem[]): RankedDay[] {
  const days = items.flatMap(({ weekdays, ranks }) =>
    (ranks ?? []).flatMap((rank) => weekdays.map((weekday) => ({ weekday, rank }))),
  );
  const unique = new Map(days.map((day) => [`${day.rank}/${day.weekday}`, day]));
  return [...unique.values()].sort((a, b) => byRank(a.rank, b.rank) || a.weekday - b.weekday);
}

function weeklyPattern(item: DayItem, qualifiers: Qualifiers, at: At, questions: Question[]): Pattern {
  const { interval } = qualifiers;
  if (item.weekdays.length === 0) return unknownDays(item, qualifiers, at, questions);
  const byDay = [...new Set(item.weekdays)].sort((a, b) => a - b).map((weekday) => ({ weekday, rank: null }));
  if (item.monthDays.length > 0) {
    return bounded({ ...FREE, frequency: 'MONTHLY', byDay, byMonthDay: item.monthDays }, qualifiers, item, questions);
  }
  if (interval?.unit === 'month') {
    // "tous les mois, le mercredi": which of them?
    questions.push(ask.whichDays(interval.at));
    return { rule: null, needsAnchor: false, others: false, half: item.half, firstDate: null, at: null };
  }
  const every = item.everyWeeks > 1 ? item.everyWeeks : interval?.unit === 'week' ? interval.every : 1;
  return bounded(
    { ...FREE, interval: every, byDay },
    { ...qualifiers, interval: undefined },
    { ...item, at: item.everyWeeks > 1 ? item.at : (interval?.at ?? item.at) },
    questions,
  );
}

function unknownDays(item: DayItem, qualifiers: Qualifiers, at: At, questions: Question[]): Pattern {
  const { interval, first } = qualifiers;
  const frequency = interval?.unit === 'week' ? 'WEEKLY' : interval?.unit === 'day' ? 'DAILY' : null;
  if (frequency === null || !interval || interval.every === 1) {
    if (interval && interval.every > 1) questions.push(ask.days(at));
    return { rule: null, needsAnchor: false, others: false, half: item.half, firstDate: first ?? null, at: null };
  }
  return bounded(
    { ...FREE, frequency, interval: interval.every },
    { ...qualifiers, interval: undefined },
    item,
    questions,
  );
}

/** "Jeudi 7 janvier puis tous les 15 jours" is a rhythm and its anchor; several dates are those dates. */
function datePatterns(item: DayItem, qualifiers: Qualifiers, questions: Question[]): Pattern[] {
  const { interval } = qualifiers;
  const [date, ...more] = item.dates;
  if (!interval || interval.unit === 'year' || date === undefined) {
    return item.dates.map((one) => datePattern(one, qualifiers));
  }
  if (interval.unit === 'week' && more.length === 0) {
    const byDay = [{ weekday: isoWeekday(date), rank: null }];
    return [bounded({ ...FREE, byDay }, { ...qualifiers, first: date }, item, questions)];
  }
  questions.push(ask.whichDays(interval.at));
  return item.dates.map((one) => datePattern(one, {}));
}

function datePattern(date: PlainDate, { interval, first, last, count }: Qualifiers): Pattern {
  const day: Rule = {
    ...FREE,
    frequency: 'YEARLY',
    byMonth: [Number(date.slice(5, 7))],
    byMonthDay: [Number(date.slice(8, 10))],
  };
  const alone = { others: false, half: null, at: interval?.at ?? null };
  if (interval?.unit !== 'year') return { ...alone, rule: { ...day, count: 1 }, needsAnchor: false, firstDate: date };
  const until = last ? localDateTime(last, plainTime(END_OF_DAY)) : null;
  return {
    ...alone,
    rule: { ...day, interval: interval.every, count: last ? null : (count ?? null), until },
    needsAnchor: (interval.every > 1 || count !== undefined) && !first,
    firstDate: first ? anchorOf(day, first, false) : null,
  };
}

/** The rule with its interval, months and end, and whether it needs a first date. */
function bounded(rule: Rule, qualifiers: Qualifiers, item: DayItem, questions: Question[]): Pattern {
  const { interval, months, withoutMonths, first, last, count } = qualifiers;
  let every = rule.interval;
  if (interval && interval.every > 0) {
    const unit = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }[rule.frequency];
    const obvious = interval.every === 1 && (interval.unit === 'week' || interval.unit === 'month');
    if (interval.unit === unit) every = interval.every;
    else if (!obvious) questions.push(ask.whichWeeks(interval.at));
  }
  const kept = (months ?? ALL_MONTHS).filter((month) => !withoutMonths?.includes(month));
  const bound: Rule = {
    ...rule,
    interval: every,
    byMonth: kept.length === 12 ? [] : kept,
    until: last ? localDateTime(last, plainTime(END_OF_DAY)) : null,
    count: last ? null : (count ?? null),
  };
  const anchored = first ? anchorOf({ ...bound, until: null, count: null }, first, item.others) : null;
  return {
    rule: bound,
    needsAnchor: (every > 1 || count !== undefined) && !first,
    others: item.others,
    half: item.half,
    firstDate: anchored,
    at: interval?.at ?? item.at,
  };
}

/** The first date from the one that is said; "les autres jeudis" begin one week later. */
function anchorOf(rule: Rule, first: PlainDate, others: boolean): PlainDate {
  if (rule.byDay.length === 0 && rule.byMonthDay.length === 0) return first;
  const found = firstOccurrenceOnOrAfter({ ...rule, interval: 1 }, first) ?? first;
  return others ? addDays(found, 7) : found;
}

function placed(
  pattern: Pattern,
  range: GroupRange | null,
  group: Group,
  qualifiers: Qualifiers,
  at: At,
  questions: Question[],
): PlacedRule {
  const rrule = pattern.rule ? formatRule(pattern.rule) : null;
  const parsed = rrule === null ? null : parseRule(rrule);
  if (parsed && !parsed.ok) questions.push(ask.days(at));
  const { first, last, firstIsADate } = qualifiers;
  if (firstIsADate && first && !pattern.others && pattern.firstDate !== first) questions.push(ask.weekdayOfDate(at));
  if (last && pattern.firstDate && pattern.firstDate > last) questions.push(ask.whose(at));
  if (pattern.needsAnchor) questions.push(ask.anchor(pattern.at ?? at));
  const exclusions = [...(qualifiers.exclusions ?? []), ...(range?.exclusions ?? [])];
  const start = clockTime(range?.start ?? null);
  return {
    rule: {
      rrule: parsed?.ok ? rrule : null,
      start,
      end: clockTime(range?.end ?? null),
      mode: modeOf(group, range),
      site: range?.site ?? qualifiers.site ?? null,
      parity: range?.parity ?? qualifiers.parity ?? null,
      exclusions: exclusions.filter(
        (one, i) => exclusions.findIndex(({ kind, text }) => kind === one.kind && text === one.text) === i,
      ),
      firstDate: pattern.firstDate,
      needsAnchor: pattern.needsAnchor,
      schoolHolidays: schoolEffect(qualifiers, range),
      publicHolidays: qualifiers.publicHolidays ?? 'skip',
      withoutDates: qualifiers.withoutDates ?? [],
    },
    parsed: parsed?.ok ? parsed.rule : null,
    others: pattern.others,
    at: range?.at ?? at,
  };
}

function schoolEffect({ school }: Qualifiers, range: GroupRange | null): ReadRule['schoolHolidays'] {
  if (range?.schoolEnd != null) return { effect: 'end', name: null, end: clockTime(range.schoolEnd) };
  return school ? { effect: school.effect, name: school.name, end: null } : null;
}

function clockTime(minutes: number | null): PlainTime | null {
  return minutes === null ? null : timeOfMinute(minutes);
}
