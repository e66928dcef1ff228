import type { Mode, PermanenceReading, RuleRead } from '@app/contract';
import { type Draft, excludedDrafts, type RuleDraft } from './draft';
import { EVERY_WEEK, type Rhythm, rhythmOf } from './rhythm';

/** What someone answered to what the words leave open. Kept by what it is about: words written further on change nothing of it. */
export interface Answers {
  /** By `ruleKey`. */
  days: Readonly<Record<string, Rhythm>>;
  /** By `ruleKey`. */
  times: Readonly<Record<string, Hours>>;
  /** The first date, by `anchorKey`. */
  anchors: Readonly<Record<string, string>>;
  mode: Mode | null;
  /** Which site is meant, by its name as written; "" where none is. */
  sites: Readonly<Record<string, string>>;
  /** Another room than the one proposed, by site; null: none. */
  rooms: Readonly<Record<string, string | null>>;
  /** The questions answered by "as it is understood", by their key. */
  agreed: readonly string[];
  onHoliday: Draft['onHoliday'] | null;
}

export interface Hours {
  start: string | null;
  end: string | null;
}

export const NO_ANSWERS: Answers = {
  days: {},
  times: {},
  anchors: {},
  mode: null,
  sites: {},
  rooms: {},
  agreed: [],
  onHoliday: null,
};

export type Place = readonly number[];

/** What remains to be said before anything is published. `agree`: what is understood is right, or it is not. */
export interface Open {
  key: string;
  about: 'days' | 'times' | 'anchor' | 'mode' | 'site' | 'agree';
  /** The question in words, when reading asked it. */
  text: string | null;
  /** Where in the words. */
  at: Place | null;
  /** The rule that lacks something. */
  rule: RuleRead | null;
  isAnswered: boolean;
}

export function ruleKey({ rrule, parity, start, end, site }: RuleRead): string {
  return [rrule, parity, start, end, site].join('|');
}

/** Two ranges of the same days begin on the same date. */
export function anchorKey({ rrule, parity, site }: RuleRead): string {
  return [rrule, parity, site].join('|');
}

/** Every question, answered or not: those the words leave, and those the space adds (which site it is). */
export function openOf(reading: PermanenceReading, words: string, answers: Answers): Open[] {
  const asked = [...reading.questions];
  const open = new Map<string, Open>();
  const lacking = (about: Open['about'], of: string, rule: RuleRead, isAnswered: boolean) => {
    const key = `${about}:${of}`;
    if (open.has(key)) return;
    const nth = asked.findIndex((question) => question.about === about);
    const [question] = nth < 0 ? [] : asked.splice(nth, 1);
    open.set(key, { key, about, text: question?.text ?? null, at: question?.at ?? null, rule, isAnswered });
  };
  for (const rule of reading.rules) {
    const key = ruleKey(rule);
    if (rule.rrule === null) lacking('days', key, rule, isChosen(answers.days[key]));
    if (rule.start === null || rule.end === null) lacking('times', key, rule, isWhole(hoursOf(rule, answers)));
    if (rule.anchors.length > 0) lacking('anchor', anchorKey(rule), rule, anchorKey(rule) in answers.anchors);
    if (rule.mode === null) lacking('mode', '', rule, answers.mode !== null);
    if (rule.siteId === null || (rule.site ?? '') in answers.sites) {
      lacking('site', rule.site ?? '', rule, (rule.site ?? '') in answers.sites);
    }
  }
  const agreeing = asked.map(({ text, at }) => {
    const key = `agree:${text}:${words.slice(at[0], at[1])}`;
    return { key, about: 'agree' as const, text, at, rule: null, isAnswered: answers.agreed.includes(key) };
  });
  return [...open.values(), ...agreeing];
}

function isChosen(rhythm: Rhythm | undefined): boolean {
  return rhythm !== undefined && rhythm.days.length > 0 && (rhythm.kind !== 'monthly' || rhythm.ranks.length > 0);
}

const isWhole = ({ start, end }: Hours): boolean => start !== null && end !== null && start < end;

/** A rule's hours: what the words say, else what was answered. */
export function hoursOf(rule: RuleRead, answers: Answers): Hours {
  const answered = answers.times[ruleKey(rule)];
  return { start: rule.start ?? answered?.start ?? null, end: rule.end ?? answered?.end ?? null };
}

/** The lines of the permanence as the words and the answers say them; what nobody said yet is null. */
export function linesOf(reading: PermanenceReading, answers: Answers): RuleDraft[] {
  return reading.rules.map((rule, index) => {
    const from = rule.anchors.length > 0 ? (answers.anchors[anchorKey(rule)] ?? null) : rule.from;
    const siteId = rule.siteId ?? answers.sites[rule.site ?? ''] ?? null;
    const chosen = siteId === null ? undefined : answers.rooms[siteId];
    return {
      key: `read-${index}`,
      id: null,
      rhythm:
        rule.rrule === null
          ? (answers.days[ruleKey(rule)] ?? EVERY_WEEK)
          : rhythmOf({ rrule: rule.rrule, parity: rule.parity }, from ?? rule.anchors[0] ?? ''),
      from,
      ...hoursOf(rule, answers),
      mode: rule.mode ?? answers.mode ?? 'appointment',
      siteId,
      roomId: chosen === undefined ? rule.roomId : chosen,
      workstationId: null,
      agentIds: [],
      seats: 1,
      assumption: '',
      excluded: excludedDrafts(rule.excluded, `read-${index}`),
      onHoliday: rule.onHoliday,
      schoolHolidays: rule.schoolHolidays,
    };
  });
}

/** The draft with what was read in it: its lines, and what the words say of holidays. */
export function withReading(draft: Draft, reading: PermanenceReading, answers: Answers): Draft {
  return {
    ...draft,
    onHoliday: answers.onHoliday ?? reading.onHoliday ?? draft.onHoliday,
    schoolHolidays: reading.schoolHolidays,
    rules: linesOf(reading, answers),
  };
}

/** A first choice of days from the words themselves: "2 mercredis par mois" is about Wednesdays of the month. */
export function daysHeard(excerpt: string): Rhythm {
  const plain = excerpt.toLowerCase();
  const days = WEEKDAYS.flatMap((name, index) => (plain.includes(name) ? [index + 1] : []));
  return { ...EVERY_WEEK, kind: plain.includes('mois') ? 'monthly' : 'weekly', days };
}

const WEEKDAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];

interface Opening {
  weekday: number;
  opens: string;
  closes: string;
}

const NOON = '12:00';
const AFTER_LUNCH = '13:30';

/** The half days that the words leave: "le matin" is no afternoon. */
export function halvesHeard<Half extends { start: string }>(excerpt: string, halves: readonly Half[]): Half[] {
  const plain = excerpt.toLowerCase();
  const [morning, afternoon] = [plain.includes('matin'), /apr[eè]s[ -]?midi/.test(plain)];
  if (morning === afternoon) return [...halves];
  return halves.filter(({ start }) => start < NOON === morning);
}

/** The half days a site is open most of its days: 8:30–12:00 and 13:30–17:30 for one open from 8:30 to 17:30. */
export function halfDaysOf(openings: readonly Opening[]): { start: string; end: string }[] {
  const usual = new Map<string, number>();
  for (const { opens, closes } of openings) {
    const halves =
      opens < NOON && closes > AFTER_LUNCH ? [`${opens} ${NOON}`, `${AFTER_LUNCH} ${closes}`] : [`${opens} ${closes}`];
    for (const half of halves) usual.set(half, (usual.get(half) ?? 0) + 1);
  }
  const halves = [...usual].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, 2);
  return halves
    .map(([half]) => ({ start: half.slice(0, 5), end: half.slice(6) }))
    .sort((a, b) => (a.start < b.start ? -1 : 1));
}
