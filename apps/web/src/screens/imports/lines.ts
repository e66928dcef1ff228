import type { CalendarChange, CalendarLine, CalendarLineRead, Mode, Permanence } from '@app/contract';
import { type Draft, draftOf, excludedDrafts, type RuleDraft } from '../permanences/draft';
import { rhythmOf } from '../permanences/rhythm';

/** As the server says a single date. */
const ONCE = 'FREQ=DAILY;COUNT=1';
/** As many as a permanence holds. */
export const MOST_LINES = 20;

/** The lines that the calendar gives one title. */
export interface Titled {
  title: string;
  lines: CalendarLineRead[];
}

/** By title, in the order in which they first come. */
export function byTitle(lines: readonly CalendarLineRead[]): Titled[] {
  const found = new Map<string, Titled>();
  for (const line of lines) {
    const known = found.get(line.title);
    if (known) known.lines.push(line);
    else found.set(line.title, { title: line.title, lines: [line] });
  }
  return [...found.values()];
}

/** Titles that are a permanence at first sight: those that come back, else all of a calendar that is short. */
export function likely(titled: readonly Titled[]): string[] {
  const comeBack = titled.filter(({ lines }) => lines.some(({ rrule }) => rrule !== ONCE));
  const isShort = titled.flatMap(({ lines }) => lines).length <= MOST_LINES;
  return (comeBack.length > 0 ? comeBack : isShort ? titled : []).map(({ title }) => title);
}

/** In parts that a permanence can hold. */
export function parts<Line>(lines: readonly Line[]): Line[][] {
  return Array.from({ length: Math.ceil(lines.length / MOST_LINES) }, (_, nth) =>
    lines.slice(nth * MOST_LINES, (nth + 1) * MOST_LINES),
  );
}

/** A line as the form holds it: what the calendar does not say is still to be chosen there. */
export function ruleOfLine(line: CalendarLine, key: string, mode: Mode): RuleDraft {
  const { rrule, from, start, end, siteId, roomId, excluded } = line;
  return {
    key,
    id: null,
    rhythm: rhythmOf({ rrule, parity: null }, from),
    from,
    start,
    end,
    mode,
    siteId,
    roomId,
    workstationId: null,
    agentIds: [],
    seats: 1,
    assumption: '',
    excluded: excludedDrafts(excluded, key),
    onHoliday: null,
    schoolHolidays: null,
  };
}

/** Without titles and words: what is kept beside the permanence to know later what changed. */
export function keptOf({ rrule, from, last, start, end, siteId, roomId, excluded }: CalendarLineRead): CalendarLine {
  return { rrule, from, last, start, end, siteId, roomId, excluded };
}

/** The permanence with what its calendar changed: a new line is received as the one it replaces, or else as the first. */
export function withChange(permanence: Permanence, { gone, come }: Pick<CalendarChange, 'gone' | 'come'>): Draft {
  const draft = draftOf(permanence);
  const leaves = new Set(gone.map(({ ruleId }) => ruleId));
  const left = draft.rules.filter(({ id }) => id !== null && leaves.has(id));
  const arrives = come.map((line, nth) => {
    const like = left[nth] ?? left[0] ?? draft.rules[0];
    const rule = ruleOfLine(line, `come-${nth}`, like?.mode ?? 'appointment');
    if (!like) return rule;
    const isSamePlace = rule.siteId === null || rule.siteId === like.siteId;
    return {
      ...rule,
      start: rule.start ?? like.start,
      end: rule.end ?? like.end,
      siteId: rule.siteId ?? like.siteId,
      roomId: rule.roomId ?? (isSamePlace ? like.roomId : null),
      workstationId: isSamePlace && rule.roomId === null ? like.workstationId : null,
      agentIds: like.agentIds,
      seats: like.seats,
      onHoliday: like.onHoliday,
      schoolHolidays: like.schoolHolidays,
    };
  });
  // In the place of those they replace: what was decided of the others' dates goes by their places.
  const rules = draft.rules.flatMap((rule) => (left.includes(rule) ? (arrives[left.indexOf(rule)] ?? []) : rule));
  return { ...draft, rules: [...rules, ...arrives.slice(left.length)] };
}
