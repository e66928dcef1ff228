import { expand, formatRule, parseRule, type Rule } from '@app/recurrence';
import { addDays, dateOf, localDateTime, type PlainDate, plainTime } from '@app/time';
import { canonical } from './canonical';
import type { PlannedRule } from './permanence';

export interface SplitRules {
  /** From which day; null when everything is written anew. */
  day: PlainDate | null;
  /** Every rule from now on: those that end before the day, those that go on, those that begin. */
  rules: PlannedRule[];
  /** Whose dates from the day on become another rule's. */
  handedOver: { from: string; to: string }[];
  /** Indexes, in what was written, of the lines that give no date from the day on. */
  empty: number[];
}

const MIDNIGHT = plainTime('00:00');
const END_OF_DAY = plainTime('23:59');
const YEARS_TO_LOOK = 30;

/**
 * Rules as they become from a day on. A line that changes ends the day before, under its own identity; another begins with the first
 * date it gives from the day on, in the same rhythm ("un jeudi sur deux" keeps its Thursdays). What does not change goes on.
 * @param before the rules in use @param written what is wanted from the day on; a line of `before` keeps its id
 * @param today rules that ended before it are left out: nothing of them is still to come
 */
export function fromDateOn(
  before: readonly PlannedRule[],
  written: readonly PlannedRule[],
  { day, today, newId }: { day: PlainDate; today: PlainDate; newId: () => string },
): SplitRules {
  const known = new Map(before.map((rule) => [rule.id, rule]));
  const split: SplitRules = { day, rules: [], handedOver: [], empty: [] };
  const keptAsTheyAre = new Set<string>();
  const begun = written.flatMap((rule, index) => {
    const was = known.get(rule.id);
    if (was && saysTheSame(was, rule)) {
      keptAsTheyAre.add(rule.id);
      return [rule];
    }
    const next = beginningOn(rule, day);
    if (!next) {
      split.empty.push(index);
      return [];
    }
    if (!was || was.dtstart >= day) return [next];
    const to = newId();
    split.handedOver.push({ from: was.id, to });
    return [{ ...next, id: to }];
  });
  const ended = before.flatMap((rule) => {
    if (keptAsTheyAre.has(rule.id) || rule.dtstart >= day) return [];
    const ending = endingBefore(rule, day);
    return firstFrom(ending, checked(ending), today) ? [ending] : [];
  });
  split.rules = [...ended, ...begun];
  return split;
}

/** The rule as far as the day before. */
function endingBefore(rule: PlannedRule, day: PlainDate): PlannedRule {
  const parsed = checked(rule);
  const last = localDateTime(addDays(day, -1), END_OF_DAY);
  if (parsed.until !== null && parsed.until <= last) return rule;
  // A count is kept when it is used up before: its last date says nothing else.
  if (parsed.count !== null && datesBefore(rule, parsed, day) >= parsed.count) return rule;
  return { ...rule, rrule: formatRule({ ...parsed, count: null, until: last }) };
}

/** The rule from its first date on or after the day; null when it gives none. */
function beginningOn(rule: PlannedRule, day: PlainDate): PlannedRule | null {
  if (rule.dtstart >= day) return rule;
  const parsed = checked(rule);
  const first = firstFrom(rule, parsed, day);
  if (!first) return null;
  const count = parsed.count === null ? null : parsed.count - datesBefore(rule, parsed, day);
  return { ...rule, dtstart: first, rrule: formatRule({ ...parsed, count }) };
}

function datesBefore(rule: PlannedRule, parsed: Rule, day: PlainDate): number {
  const dtstart = localDateTime(rule.dtstart, rule.startTime);
  return expand({ rule: parsed, dtstart }, { from: dtstart, to: localDateTime(day, MIDNIGHT) }).length;
}

/** The first date that a rule gives on or after a day, within what anyone plans. */
function firstFrom(rule: PlannedRule, parsed: Rule, day: PlainDate): PlainDate | null {
  const [first] = expand(
    { rule: parsed, dtstart: localDateTime(rule.dtstart, rule.startTime) },
    {
      from: localDateTime(day, MIDNIGHT),
      to: localDateTime(addDays(day, YEARS_TO_LOOK * 366), MIDNIGHT),
      limit: 1,
    },
  );
  return first ? dateOf(first) : null;
}

function checked({ rrule }: PlannedRule): Rule {
  const parsed = parseRule(rrule);
  if (!parsed.ok) throw new RangeError(`${rrule}: ${parsed.textEn}`);
  return parsed.rule;
}

function saysTheSame(a: PlannedRule, b: PlannedRule): boolean {
  return canonical(a) === canonical(b);
}
