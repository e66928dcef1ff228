import { Module } from '@nestjs/common';
import { CalendarFeedController } from './calendar-feed.controller';
import { CalendarFilesController, CalendarSubscriptionsController } from './calendar-imports.controller';
import { CalendarLinksController } from './calendar-links.controller';

/** Links to calendars and the calendars behind them; calendars of other programs, read from a file or followed. */
@Module({
  controllers: [
    CalendarLinksController,
    CalendarFeedController,
    CalendarFilesController,
    CalendarSubscriptionsController,
  ],
})
export class CalendarsRoutes {}
