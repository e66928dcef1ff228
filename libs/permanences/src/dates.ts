import { type Calendars, type Cause, type LaidOutDate, layOut, type OccurrenceException } from '@app/recurrence';
import {
  dateOf,
  type LocalDateTime,
  MINUTE,
  type PlainDate,
  publicHolidayOn,
  toInstant,
  toLocalMinutes,
} from '@app/time';
import type { DateException, Place, Plan, PlannedRule, WantedDate } from './permanence';

/**
 * The dates of a plan whose original start lies in `[from, to)` on the wall clock, in order: held where they should be,
 * or skipped and cancelled with their cause in French.
 */
export function datesOf(plan: Plan, place: Place, window: { from: LocalDateTime; to: LocalDateTime }): WantedDate[] {
  const rules = new Map(plan.rules.map((rule) => [rule.id, rule]));
  const exceptions = plan.exceptions
    .filter(({ ruleId }) => rules.has(ruleId))
    .map((exception) => asEngineException(exception, place));
  return [...bySite(plan.rules)]
    .flatMap(([siteId, ofSite]) => layOut(ofSite, exceptions, calendarsOf(plan, place, siteId), window))
    .filter(({ originalStart }) => !plan.stopsOn || dateOf(originalStart) < plan.stopsOn)
    .map((date) => wanted(date, rules.get(date.ruleId) as PlannedRule, place.zone))
    .sort(
      (a, b) => a.startsAt - b.startsAt || compare(a.ruleId, b.ruleId) || compare(a.originalStart, b.originalStart),
    );
}

/** A date that is moved goes to a day on which its site opens, so each site's rules are laid out with its own week. */
function bySite(rules: readonly PlannedRule[]): Map<string, PlannedRule[]> {
  const sites = new Map<string, PlannedRule[]>();
  for (const rule of rules) sites.set(rule.siteId, [...(sites.get(rule.siteId) ?? []), rule]);
  return sites;
}

function calendarsOf({ onHoliday }: Plan, { territory, sites }: Place, siteId: string): Calendars {
  const weekdays = [...new Set((sites.get(siteId)?.openings ?? []).map(({ weekday }) => weekday))];
  return {
    territory,
    closures: [],
    policy: { publicHolidays: onHoliday, closures: 'skip' },
    ...(weekdays.length ? { openWeekdays: weekdays } : {}),
  };
}

function asEngineException(exception: DateException, { rooms }: Place): OccurrenceException {
  const { ruleId, originalStart, kind, date, start, end, roomId, cause } = exception;
  if (kind === 'cancelled') return { ruleId, originalStart, cancelled: true, reason: cause };
  const room = roomId ? rooms.get(roomId) : undefined;
  return {
    ruleId,
    originalStart,
    // Whoever chose the day of a date wants it held then, holiday or not; a change of room alone says nothing of that.
    heldAnyway: date !== null,
    ...(date ? { date } : {}),
    ...(start ? { startTime: start } : {}),
    ...(end ? { endTime: end } : {}),
    ...(roomId && room ? { roomId, siteId: room.siteId } : {}),
    ...(cause ? { reason: cause } : {}),
  };
}

function wanted(date: LaidOutDate, rule: PlannedRule, zone: string): WantedDate {
  const startsAt = toInstant(date.start, zone);
  const endsAt = toInstant(date.end, zone);
  const minutes = toLocalMinutes(date.end) - toLocalMinutes(date.start);
  return {
    ruleId: rule.id,
    originalStart: date.originalStart,
    startsAt,
    // A range that the clocks swallow keeps its length.
    endsAt: endsAt > startsAt ? endsAt : ((startsAt + minutes * MINUTE) as typeof endsAt),
    siteId: date.siteId ?? rule.siteId,
    roomId: date.roomId,
    workstationId: date.roomId === rule.roomId ? rule.workstationId : null,
    mode: date.mode,
    seats: rule.seats,
    state: date.state === 'moved' ? 'held' : date.state,
    cause: date.cause ? storedCause(date.cause) : '',
    agentIds: [...date.agentIds].sort(),
  };
}

const HOLIDAY = 'jour férié : ';

function storedCause({ kind, text }: Cause): string {
  return kind === 'public-holiday' ? HOLIDAY + text : text;
}

/** Whether the cause of a date is a public holiday. */
export function isHolidayCause(cause: string): boolean {
  return cause.startsWith(HOLIDAY);
}

/** A cause in the reader's language: what someone wrote stays as written, a holiday has a name in both. */
export function sayCause(cause: string, original: PlainDate, place: Place, language: 'fr' | 'en'): string {
  if (language === 'fr' || !isHolidayCause(cause)) return cause;
  const holiday = publicHolidayOn(original, place.territory);
  return holiday ? `public holiday: ${holiday.nameEn}` : cause;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
