import {
  addDays,
  dateOf,
  fromLocalMinutes,
  isoWeekday,
  type LocalDateTime,
  localDateTime,
  MINUTES_PER_DAY,
  type PlainDate,
  publicHolidayOn,
  timeOf,
  timeOfMinute,
  toLocalMinutes,
  weekParity,
} from '@app/time';
import { parseRule } from './parse';
import type {
  Calendars,
  Cause,
  ClosedDayPolicy,
  ClosurePeriod,
  ExcludedDays,
  LaidOutDate,
  OccurrenceException,
  PermanenceRule,
} from './permanence';
import { expandPrepared, isOccurrence, type PreparedSeries, prepareSeries } from './series';

/** A date is moved by at most this many days: beyond, it is no longer the same session. */
const FARTHEST_MOVE = 31;

const WORKING_WEEK = [1, 2, 3, 4, 5];

/**
 * The dates of a permanence whose original start lies in `[from, to)`, in order of start: those held and moved, and those
 * skipped or cancelled with their cause. Exceptions come before calendars: what someone decided by hand is not undone by
 * a holiday. Two dates of one rule that would overlap become one, and the other is told as skipped. A narrower window
 * gives exactly the dates that a wider one gives for it.
 * @throws RangeError for a rule that was not checked: an RRULE outside the whitelist, a DTSTART that is not its first date.
 */
export function layOut(
  rules: readonly PermanenceRule[],
  exceptions: readonly OccurrenceException[],
  calendars: Calendars,
  window: { from: LocalDateTime; to: LocalDateTime },
): LaidOutDate[] {
  return rules
    .flatMap((rule) => {
      const own = exceptions.filter(({ ruleId }) => ruleId === rule.id);
      return layOutRule(rule, new Map(own.map((exception) => [exception.originalStart, exception])), calendars, window);
    })
    .sort(inOrder);
}

function layOutRule(
  rule: PermanenceRule,
  exceptions: ReadonlyMap<LocalDateTime, OccurrenceException>,
  calendars: Calendars,
  { from, to }: { from: LocalDateTime; to: LocalDateTime },
): LaidOutDate[] {
  const series = seriesOf(rule);
  // Neighbours matter: one outside the window may be moved onto a date inside it…
  const starts = new Set(expandPrepared(series, around(from, to)));
  for (const { originalStart, date } of exceptions.values()) {
    if (!isOccurrence(series, originalStart)) continue;
    starts.add(originalStart);
    // … and one inside may be moved onto a date far away.
    for (const start of date ? expandPrepared(series, around(startOf(date), startOf(date))) : []) starts.add(start);
  }
  const dates = [...starts]
    .filter((start) => !rule.parity || weekParity(dateOf(start)) === rule.parity)
    .map((start) => place(rule, start, exceptions.get(start), calendars));
  return withoutSelfOverlap(dates).filter(({ originalStart }) => originalStart >= from && originalStart < to);
}

function seriesOf(rule: PermanenceRule): PreparedSeries {
  const parsed = parseRule(rule.rrule);
  if (!parsed.ok) throw new RangeError(`${rule.rrule}: ${parsed.textEn}`);
  if (rule.endTime <= rule.startTime)
    throw new RangeError(`${rule.startTime}–${rule.endTime}: the end must come after`);
  const prepared = prepareSeries({
    rule: parsed.rule,
    dtstart: localDateTime(rule.dtstart, rule.startTime),
    until: rule.lastDate ? localDateTime(rule.lastDate, rule.startTime) : null,
    rdates: rule.extraDates?.map((date) => localDateTime(date, rule.startTime)),
  });
  if (!prepared.ok) throw new RangeError(`${rule.rrule} from ${rule.dtstart}: ${prepared.textEn}`);
  return prepared.series;
}

/** The stretch and all that could be moved into it. */
function around(from: LocalDateTime, to: LocalDateTime) {
  return { from: shifted(from, -FARTHEST_MOVE - 1), to: shifted(to, FARTHEST_MOVE + 1) };
}

function startOf(date: PlainDate): LocalDateTime {
  return localDateTime(date, timeOfMinute(0));
}

function shifted(local: LocalDateTime, days: number): LocalDateTime {
  return fromLocalMinutes(toLocalMinutes(local) + days * MINUTES_PER_DAY);
}

/** One date of the rule after its exception, or else after the calendars. */
function place(
  rule: PermanenceRule,
  originalStart: LocalDateTime,
  exception: OccurrenceException | undefined,
  calendars: Calendars,
): LaidOutDate {
  const planned = planOf(rule, originalStart, exception, calendars);
  if (exception?.cancelled) return { ...planned, state: 'cancelled', cause: exceptionCause(exception, true) };
  const obstacle = obstacleOf(rule, planned, calendars);
  if (exception && isMove(exception, planned)) {
    return { ...planned, state: 'moved', cause: exceptionCause(exception, false) };
  }
  if (!obstacle) return planned;
  const { cause, policy } = obstacle;
  if (policy === 'keep' || exception?.heldAnyway) return { ...planned, cause };
  const next = policy === 'move' ? nextOpenDay(rule, planned, calendars) : null;
  // Skipped, or nowhere near to move to: the date stays where the rule puts it, with its cause.
  return next ? { ...on(planned, next), state: 'moved', cause } : { ...planned, state: 'skipped', cause };
}

/** Whether someone put the date elsewhere in time: a longer end alone keeps the session where it is. */
function isMove(exception: OccurrenceException, planned: LaidOutDate): boolean {
  return (exception.date !== undefined || exception.startTime !== undefined) && planned.start !== planned.originalStart;
}

function planOf(
  rule: PermanenceRule,
  originalStart: LocalDateTime,
  exception: OccurrenceException | undefined,
  { verifiedUntil = null }: Calendars,
): LaidOutDate {
  const date = exception?.date ?? dateOf(originalStart);
  const start = localDateTime(date, exception?.startTime ?? timeOf(originalStart));
  const end = localDateTime(date, exception?.endTime ?? rule.endTime);
  if (end <= start) throw new RangeError(`${rule.id} on ${originalStart}: ends at ${end}, before it starts`);
  return {
    ruleId: rule.id,
    originalStart,
    date,
    start,
    end,
    state: 'held',
    cause: null,
    mode: exception?.mode ?? rule.mode,
    siteId: exception?.siteId === undefined ? rule.siteId : exception.siteId,
    roomId: exception?.roomId === undefined ? rule.roomId : exception.roomId,
    agentIds: exception?.agentIds ?? rule.agentIds,
    exceptional: exception !== undefined,
    verified: verifiedUntil === null || date <= verifiedUntil,
  };
}

function exceptionCause({ reason }: OccurrenceException, cancelled: boolean): Cause {
  if (reason) return { kind: 'exception', text: reason, textEn: reason };
  return cancelled
    ? { kind: 'exception', text: 'Annulée', textEn: 'Cancelled' }
    : { kind: 'exception', text: 'Déplacée', textEn: 'Moved' };
}

/** What stands against holding this date, and what the permanence wants done then. */
function obstacleOf(
  { excluded = [] }: PermanenceRule,
  date: LaidOutDate,
  calendars: Calendars,
): { cause: Cause; policy: ClosedDayPolicy } | null {
  const leftOut = excluded.find(({ from, to }) => from <= date.date && date.date <= to);
  // What the rule itself leaves out is not put off to another day, holiday or not.
  if (leftOut) return { cause: excludedCause(leftOut), policy: 'skip' };
  // A closed door comes before a holiday: a date kept on a holiday is still not held in a closed building.
  const closures = calendars.closures
    .filter((period) => closes(period, date))
    .map((period) => ({ cause: closureCause(period), policy: policyFor(period, calendars) }));
  const closed = closures.find(({ policy }) => policy !== 'keep') ?? closures[0];
  if (closed && closed.policy !== 'keep') return holidayInstead(date, calendars) ?? closed;
  const holiday = holidayCause(date.date, calendars);
  if (holiday) return { cause: holiday, policy: calendars.policy.publicHolidays };
  return closed ?? null;
}

/** Closed on a holiday that the permanence does not keep: the holiday is the cause people expect to read. */
function holidayInstead(date: LaidOutDate, calendars: Calendars) {
  const policy = calendars.policy.publicHolidays;
  const cause = policy === 'keep' ? null : holidayCause(date.date, calendars);
  return cause && { cause, policy };
}

function holidayCause(date: PlainDate, { territory, goodFriday }: Calendars): Cause | null {
  const holiday = territory && publicHolidayOn(date, territory, { goodFriday });
  return holiday ? { kind: 'public-holiday', text: holiday.name, textEn: holiday.nameEn } : null;
}

function policyFor({ kind }: ClosurePeriod, { policy }: Calendars): ClosedDayPolicy {
  return kind === 'school-holidays' ? (policy.schoolHolidays ?? policy.closures) : policy.closures;
}

function closes(period: ClosurePeriod, { start, end, siteId, roomId }: LaidOutDate): boolean {
  if (period.siteId && period.siteId !== siteId) return false;
  if (period.roomId && period.roomId !== roomId) return false;
  return period.from < end && start < period.to;
}

function closureCause({ kind, cause }: ClosurePeriod): Cause {
  if (cause !== '') return { kind, text: cause, textEn: cause };
  return kind === 'school-holidays'
    ? { kind, text: 'Vacances scolaires', textEn: 'School holidays' }
    : { kind, text: 'Fermeture', textEn: 'Closed' };
}

function excludedCause({ cause }: ExcludedDays): Cause {
  return { kind: 'excluded', text: cause, textEn: cause };
}

function nextOpenDay(rule: PermanenceRule, planned: LaidOutDate, calendars: Calendars): PlainDate | null {
  const open = calendars.openWeekdays ?? WORKING_WEEK;
  for (let days = 1; days <= FARTHEST_MOVE; days += 1) {
    const date = addDays(planned.date, days);
    if (open.includes(isoWeekday(date)) && !obstacleOf(rule, on(planned, date), calendars)) return date;
  }
  return null;
}

function on(planned: LaidOutDate, date: PlainDate): LaidOutDate {
  return {
    ...planned,
    date,
    start: localDateTime(date, timeOf(planned.start)),
    end: localDateTime(date, timeOf(planned.end)),
  };
}

/**
 * A rule never competes with itself for its room: dates of one rule that overlap become one, as long as both together,
 * under the identity of the one that was there in its own right; the other is skipped and says so.
 */
function withoutSelfOverlap(dates: readonly LaidOutDate[]): LaidOutDate[] {
  const kept: LaidOutDate[] = [];
  const dropped: LaidOutDate[] = [];
  for (const next of [...dates].sort(ownFirst)) {
    if (next.state === 'skipped' || next.state === 'cancelled') {
      dropped.push(next);
      continue;
    }
    const last = kept.at(-1);
    if (!last || last.end <= next.start) {
      kept.push({ ...next });
      continue;
    }
    if (next.end > last.end) last.end = next.end;
    dropped.push(absorbed(next));
  }
  return [...kept, ...dropped];
}

function absorbed(date: LaidOutDate): LaidOutDate {
  const cause = date.cause ?? { kind: 'same-time', text: 'Déjà prévue à cette heure', textEn: 'Already held then' };
  const original = dateOf(date.originalStart);
  const back = on(date, original);
  return { ...back, state: 'skipped', cause };
}

function ownFirst(a: LaidOutDate, b: LaidOutDate): number {
  return compare(a.start, b.start) || Number(a.state === 'moved') - Number(b.state === 'moved') || inOrder(a, b);
}

function inOrder(a: LaidOutDate, b: LaidOutDate): number {
  return compare(a.start, b.start) || compare(a.ruleId, b.ruleId) || compare(a.originalStart, b.originalStart);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
