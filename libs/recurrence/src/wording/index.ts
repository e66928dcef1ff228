export { readWording } from './read-wording';
export type {
  At,
  DateStretch,
  Exclusion,
  ExclusionKind,
  Question,
  QuestionAbout,
  Reading,
  ReadMode,
  ReadRule,
  SchoolHolidayEffect,
  Verdict,
  Warning,
} from './reading';
export { type UpcomingDate, type UpcomingOptions, upcomingDates } from './upcoming';
export { saySchoolHolidays } from './say-exclusions';
export { sayLeftOut, sayRules } from './write-wording';
