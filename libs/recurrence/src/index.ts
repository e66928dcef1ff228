export { describeRule, type RuleWording } from './describe';
export { firstOccurrenceOnOrAfter } from './first-occurrence';
export { asRepeating, type DatedEvent } from './ics-rules';
export * from './ics-reading';
export { type CalendarEvent, writeCalendar } from './ics-writer';
export { layOut } from './layout';
export { type ParsedRule, parseRule, type RuleRefusal } from './parse';
export {
  type Calendars,
  type Cause,
  type CauseKind,
  type ClosedDayPolicy,
  type ClosureKind,
  type ClosurePeriod,
  closedDays,
  type DateState,
  type ExcludedDays,
  type LaidOutDate,
  type Mode,
  type OccurrenceException,
  type PermanenceRule,
} from './permanence';
export { daysOff, daysOfTerm, type SchoolPeriod, type SchoolYears, schoolYears } from './school-closures';
export { type Frequency, formatRule, type RankedDay, type Rule, WEEKDAY_CODES } from './rule';
export {
  expand,
  expandMinutes,
  expandPrepared,
  expandToInstants,
  type PreparationResult,
  type PreparedSeries,
  prepareSeries,
  type Series,
  type SeriesRefusal,
  type Window,
} from './series';
export { SHIPPED_SCHOOL_CALENDAR } from './school-calendar';
export { readSchoolFile, type SchoolFile, withNewerYears } from './school-import';
export {
  SCHOOL_ZONES,
  type SchoolCalendar,
  type SchoolDay,
  type SchoolHoliday,
  type SchoolZone,
} from './school-holidays';
export * from './wording';
