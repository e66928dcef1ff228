import { CalendarsModule } from '@app/calendars';
import { Module } from '@nestjs/common';
import { CalendarFeedController } from './calendar-feed.controller';
import { CalendarLinksController } from './calendar-links.controller';

/** Links to calendars, and the calendars behind them. */
@Module({ imports: [CalendarsModule], controllers: [CalendarLinksController, CalendarFeedController] })
export class CalendarsRoutes {}
