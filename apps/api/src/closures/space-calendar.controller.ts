import type { Viewer } from '@app/accounts';
import {
  CalendarEffect,
  Problem,
  SchoolImported,
  SchoolImportQuery,
  SpaceCalendar,
  SpaceCalendarBody,
} from '@app/contract';
import { SpaceCalendars } from '@app/permanences';
import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, answer, CurrentViewer, Roles } from '../http';

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
  @Answers(200, CalendarEffect)
  async set(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: SpaceCalendarBody }) body: SpaceCalendarBody,
  ): Promise<CalendarEffect> {
    return answer(await this.calendars.set(viewer, body));
  }

  /**
   * Newer years of school holidays, from a file of the official calendar as it is exported (CSV or JSON). A dry run only tells
   * what it says and which dates would change.
   */
  @Post('school-holidays')
  @HttpCode(200)
  @Roles('manager', 'administrator')
  @ApiConsumes('text/csv')
  @ApiBody({ description: 'The file as it is, four megabytes at most.', schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 200, standardSchema: SchoolImported })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async importSchool(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: SchoolImportQuery }) { dryRun }: z.infer<typeof SchoolImportQuery>,
    @Req() { body }: { body: unknown },
  ): Promise<SchoolImported> {
    const file = body instanceof Uint8Array ? body : new Uint8Array();
    return answer(await this.calendars.importSchool(viewer, file, dryRun));
  }

  /** Back to the school holidays that Palier comes with. */
  @Delete('school-holidays')
  @Roles('manager', 'administrator')
  @ApiResponse({ status: 200, standardSchema: SchoolImported })
  async forgetSchool(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: SchoolImportQuery }) { dryRun }: z.infer<typeof SchoolImportQuery>,
  ): Promise<SchoolImported> {
    return answer(await this.calendars.importSchool(viewer, null, dryRun));
  }
}
