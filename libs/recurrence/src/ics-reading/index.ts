export { datesAsRules, ONCE } from './dates-as-rules';
export { LONGEST_CALENDAR, readCalendar } from './read-calendar';
export type { CalendarContent, CalendarLine, CalendarReading, CalendarRefusal, NotKept, NotKeptWhy } from './reading';
