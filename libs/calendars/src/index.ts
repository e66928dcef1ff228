export { CalendarLinks } from './calendar-links.service';
export { CalendarsModule } from './calendars.module';
export { type CalendarAsked, ReadCalendar } from './read-calendar.service';
