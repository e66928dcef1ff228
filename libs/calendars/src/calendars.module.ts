import { Module } from '@nestjs/common';
import { CalendarLinks } from './calendar-links.service';
import { ReadCalendar } from './read-calendar.service';

/** Calendars that other programs read by a secret link. */
@Module({ providers: [CalendarLinks, ReadCalendar], exports: [CalendarLinks, ReadCalendar] })
export class CalendarsModule {}
