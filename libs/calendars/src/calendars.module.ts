import { type DynamicModule, Module } from '@nestjs/common';
import { CalendarLinks } from './calendar-links.service';
import { FetchCalendar, INTERNAL_CALENDARS } from './fetch-calendar.service';
import { FollowCalendar } from './follow-calendar.service';
import { ImportFile } from './import-file.service';
import { ReadCalendar } from './read-calendar.service';
import { Subscriptions } from './subscriptions.service';

export interface CalendarsOptions {
  /** Whether calendars are read at addresses of this machine and of internal networks. */
  internalCalendars: boolean;
}

const SERVICES = [CalendarLinks, ReadCalendar, ImportFile, FollowCalendar, Subscriptions];

/** Calendars that other programs read by a secret link, and those of other programs that are read here. */
@Module({})
export class CalendarsModule {
  static forRoot({ internalCalendars }: CalendarsOptions): DynamicModule {
    return {
      module: CalendarsModule,
      global: true,
      providers: [...SERVICES, FetchCalendar, { provide: INTERNAL_CALENDARS, useValue: internalCalendars }],
      exports: SERVICES,
    };
  }
}
