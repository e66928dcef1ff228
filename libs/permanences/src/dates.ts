import {
  type Calendars,
  type ClosurePeriod,
  closedDays,
  daysOff,
  daysOfTerm,
  type LaidOutDate,
  layOut,
  type OccurrenceException,
  type SchoolYears,
  schoolYears,
} from '@app/recurrence';
import { dateOf, type LocalDateTime, MINUTE, plainDate, toInstant, toLocalMinutes } from '@app/time';
import { storedCause, TERM_TIME } from './causes';
import type { DateException, Place, PlacedClosure, Plan, PlannedRule, SchoolHolidays, WantedDate } from './permanence';

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

function calendarsOf(plan: Plan, place: Place, siteId: string): Calendars {
  const site = place.sites.get(siteId);
  const weekdays = [...new Set((site?.openings ?? []).map(({ weekday }) => weekday))];
  const school = schoolYears(place.schoolZone);
  return {
    territory: site?.territory ?? place.territory,
    closures: [...closuresOf(plan.partnerId, place.closures), ...schoolClosures(plan.schoolHolidays, school)],
    policy: { publicHolidays: plan.onHoliday, closures: plan.onClosure, schoolHolidays: 'skip' },
    // Whoever holds dates whatever schools do needs no school calendar.
    verifiedUntil: plan.schoolHolidays === 'any' ? null : (school.verifiedUntil ?? BEFORE_ALL),
    ...(weekdays.length ? { openWeekdays: weekdays } : {}),
  };
}

const BEFORE_ALL = plainDate('1970-01-01');

/** The place's closures and the partner's own. */
function closuresOf(partnerId: string, closures: readonly PlacedClosure[]): ClosurePeriod[] {
  return closures
    .filter((closure) => closure.partnerId === null || closure.partnerId === partnerId)
    .map(({ firstDay, lastDay, cause, siteId, roomId }) => closedDays(firstDay, lastDay, cause, { siteId, roomId }));
}

function schoolClosures(wanted: SchoolHolidays, school: SchoolYears): ClosurePeriod[] {
  if (wanted === 'any') return [];
  return wanted === 'outside' ? daysOff(school) : daysOfTerm(school, TERM_TIME);
}

function asEngineException(exception: DateException, { rooms }: Place): OccurrenceException {
  const { ruleId, originalStart, kind, date, start, end, roomId, agentIds, cause } = exception;
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
    ...(agentIds ? { agentIds } : {}),
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
    unverified: !date.verified,
    agentIds: [...date.agentIds].sort(),
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
