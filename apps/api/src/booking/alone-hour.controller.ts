import type { Viewer } from '@app/accounts';
import { AloneHours } from '@app/booking';
import { AloneHour, AloneHourQuery } from '@app/contract';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentViewer, notFound } from '../http';

@ApiTags('booking')
@Controller('appointments/alone')
export class AloneHourController {
  constructor(@Inject(AloneHours) private readonly hours: AloneHours) {}

  /** An hour outside any permanence, while it is being chosen: whether the place opens then, and who is closed that day. */
  @Get('hour')
  @ApiResponse({ status: 200, standardSchema: AloneHour })
  async hour(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: AloneHourQuery }) query: AloneHourQuery,
  ): Promise<AloneHour> {
    return (await this.hours.of(viewer, query)) ?? notFound('motif', query.motif);
  }
}
