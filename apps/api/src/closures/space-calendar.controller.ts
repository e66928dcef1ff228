import type { Viewer } from '@app/accounts';
import { CalendarEffect, Problem, SpaceCalendar, SpaceCalendarBody } from '@app/contract';
import { SpaceCalendars } from '@app/permanences';
import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { answer, CurrentViewer, Roles } from '../http';

@ApiTags('closures')
@Controller('space-calendar')
export class SpaceCalendarController {
  constructor(@Inject(SpaceCalendars) private readonly calendars: SpaceCalendars) {}

  /** Whose public holidays and school holidays count, and the school holidays that are known. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: SpaceCalendar })
  async read(@CurrentViewer() viewer: Viewer): Promise<SpaceCalendar> {
    return this.calendars.read(viewer);
  }

  /** Sets them and lays every date out again; a dry run only tells which would change. */
  @Put()
  @Roles('manager', 'administrator')
  @ApiResponse({ status: 200, standardSchema: CalendarEffect })
  @ApiResponse({ status: 409, standardSchema: Problem })
  async set(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: SpaceCalendarBody }) body: SpaceCalendarBody,
  ): Promise<CalendarEffect> {
    return answer(await this.calendars.set(viewer, body));
  }
}
