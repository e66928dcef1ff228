import type { Viewer } from '@app/accounts';
import { AloneHours, WaysOutOfAlone } from '@app/booking';
import { AloneHour, AloneHourQuery, AloneWays, Id } from '@app/contract';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentViewer, notFound } from '../http';

@ApiTags('booking')
@Controller('appointments')
export class AloneController {
  constructor(
    @Inject(AloneHours) private readonly hours: AloneHours,
    @Inject(WaysOutOfAlone) private readonly waysOut: WaysOutOfAlone,
  ) {}

  /** An hour outside any permanence, while it is being chosen: whether the place opens then, and who is closed that day. */
  @Get('alone/hour')
  @ApiResponse({ status: 200, standardSchema: AloneHour })
  async hour(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: AloneHourQuery }) query: AloneHourQuery,
  ): Promise<AloneHour> {
    return (await this.hours.of(viewer, query)) ?? notFound('motif', query.motif);
  }

  /** Another room, hour or agent for one that can't be kept as it is, the least disturbing first. */
  @Get(':id/ways')
  @ApiResponse({ status: 200, standardSchema: AloneWays })
  async ways(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<AloneWays> {
    return (await this.waysOut.of(viewer, id)) ?? notFound('appointment', id);
  }
}
