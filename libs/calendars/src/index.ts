export { CalendarLinks } from './calendar-links.service';
export { CalendarsModule } from './calendars.module';
export { type DueSubscription, FollowCalendar } from './follow-calendar.service';
export { ImportFile } from './import-file.service';
export { type CalendarAsked, ReadCalendar } from './read-calendar.service';
export { Subscriptions } from './subscriptions.service';
