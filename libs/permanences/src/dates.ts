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
import { dateOf, type LocalDateTime, MINUTE, type PlainDate, plainDate, toInstant, toLocalMinutes } from '@app/time';
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
  const roomless = new Set(
    plan.exceptions.flatMap((one) => (one.withoutRoom ? `${one.ruleId} ${one.originalStart}` : [])),
  );
  return [...byCalendar(plan.rules).values()]
    .flatMap((alike) => layOut(alike, exceptions, calendarsOf(plan, place, alike[0] as PlannedRule), window))
    .filter(({ originalStart }) => !plan.stopsOn || dateOf(originalStart) < plan.stopsOn)
    .map((date) => wanted(date, rules.get(date.ruleId) as PlannedRule, place))
    .map((date) => (roomless.has(`${date.ruleId} ${date.originalStart}`) ? withoutRoom(date) : date))
    .sort(
      (a, b) => a.startsAt - b.startsAt || compare(a.ruleId, b.ruleId) || compare(a.originalStart, b.originalStart),
    );
}

function withoutRoom({ roomClosed: _open, ...date }: WantedDate): WantedDate {
  return { ...date, roomId: null, workstationId: null };
}

/** A date that is moved goes to a day on which its site opens, and a line may have its own word on holidays. */
function byCalendar(rules: readonly PlannedRule[]): Map<string, PlannedRule[]> {
  const alike = new Map<string, PlannedRule[]>();
  for (const rule of rules) {
    const { siteId, onHoliday, schoolHolidays } = rule;
    const key = [siteId, onHoliday, schoolHolidays?.when, schoolHolidays?.name].join();
    alike.set(key, [...(alike.get(key) ?? []), rule]);
  }
  return alike;
}

const calendarsOfPlaces = new WeakMap<Place, Map<string, Calendars>>();

/** Worked out once for a place as it was read: permanences laid out together mostly share theirs. */
function calendarsOf(plan: Plan, place: Place, rule: PlannedRule): Calendars {
  const known = calendarsOfPlaces.get(place) ?? new Map<string, Calendars>();
  calendarsOfPlaces.set(place, known);
  const { when, name } = rule.schoolHolidays ?? { when: plan.schoolHolidays, name: null };
  const said = [plan.partnerId, plan.onClosure, rule.onHoliday ?? plan.onHoliday, rule.siteId, when, name].join();
  const calendars = known.get(said) ?? workOutCalendars(plan, place, rule);
  known.set(said, calendars);
  return calendars;
}

function workOutCalendars(plan: Plan, place: Place, { siteId, onHoliday, schoolHolidays }: PlannedRule): Calendars {
  const { when, name } = schoolHolidays ?? { when: plan.schoolHolidays, name: null };
  const site = place.sites.get(siteId);
  const weekdays = [...new Set((site?.openings ?? []).map(({ weekday }) => weekday))];
  const school = schoolYears(place.schoolZone, place.schoolCalendar);
  return {
    territory: site?.territory ?? place.territory,
    closures: [...closuresOf(plan.partnerId, place.closures), ...schoolClosures(when, name, school)],
    policy: { publicHolidays: onHoliday ?? plan.onHoliday, closures: plan.onClosure, schoolHolidays: 'skip' },
    // Whoever holds dates whatever schools do needs no school calendar.
    verifiedUntil: when === 'any' ? null : (school.verifiedUntil ?? BEFORE_ALL),
    ...(weekdays.length ? { openWeekdays: weekdays } : {}),
  };
}

const BEFORE_ALL = plainDate('1970-01-01');

/** The place's closures and the partner's own. A room that is closed takes no date away: another room is looked for. */
function closuresOf(partnerId: string, closures: readonly PlacedClosure[]): ClosurePeriod[] {
  return closures
    .filter(({ roomId }) => roomId === null)
    .filter((closure) => closure.partnerId === null || closure.partnerId === partnerId)
    .map(({ firstDay, lastDay, cause, siteId }) => closedDays(firstDay, lastDay, cause, { siteId }));
}

/** Why a room is closed by itself that day, '' without a cause; null when it is not. */
export function closureOfRoom(
  day: PlainDate,
  roomId: string | null,
  closures: readonly PlacedClosure[],
): string | null {
  if (roomId === null) return null;
  return closures.find((one) => one.roomId === roomId && one.firstDay <= day && day <= one.lastDay)?.cause ?? null;
}

function schoolClosures(wanted: SchoolHolidays, name: string | null, school: SchoolYears): ClosurePeriod[] {
  if (wanted === 'any') return [];
  const periods = name === null ? school.periods : school.periods.filter((period) => period.name === name);
  const meant = { ...school, periods };
  return wanted === 'outside'
    ? daysOff(meant)
    : daysOfTerm(meant, name === null ? TERM_TIME : `${TERM_TIME} : ${name}`);
}

function asEngineException(exception: DateException, { rooms }: Place): OccurrenceException {
  const { ruleId, originalStart, kind, date, start, end, roomId, agentIds, mode, cause } = exception;
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
    ...(mode ? { mode } : {}),
    ...(cause ? { reason: cause } : {}),
  };
}

function wanted(date: LaidOutDate, rule: PlannedRule, { zone, closures }: Place): WantedDate {
  const startsAt = toInstant(date.start, zone);
  const endsAt = toInstant(date.end, zone);
  const roomClosed = closureOfRoom(date.date, date.roomId, closures);
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
    ...(roomClosed === null ? {} : { roomClosed }),
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
