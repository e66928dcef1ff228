import type { Viewer } from '@app/accounts';
import { DaySheets, Plannings } from '@app/booking';
import { DaySheet, DaySheetQuery, Planning, PlanningQuery } from '@app/contract';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentViewer, notFound } from '../http';

@ApiTags('booking')
@Controller()
export class PlanningController {
  constructor(
    @Inject(Plannings) private readonly plannings: Plannings,
    @Inject(DaySheets) private readonly sheets: DaySheets,
  ) {}

  /** Some days of agents, rooms or partners: what they hold, over every site. */
  @Get('planning')
  @ApiResponse({ status: 200, standardSchema: Planning })
  async of(@CurrentViewer() viewer: Viewer, @Query({ schema: PlanningQuery }) query: PlanningQuery): Promise<Planning> {
    const outcome = await this.plannings.of(viewer, query);
    return outcome.ok ? outcome.value : notFound(query.kind, query.ids[0] as string);
  }

  /** A site's day on one page, or one agent's there: to be printed, or kept for when the network is down. */
  @Get('day-sheet')
  @ApiResponse({ status: 200, standardSchema: DaySheet })
  async sheet(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: DaySheetQuery }) query: DaySheetQuery,
  ): Promise<DaySheet> {
    const outcome = await this.sheets.of(viewer, query);
    return outcome.ok ? outcome.value : notFound(query.agent ? 'agent' : 'site', query.agent ?? query.site);
  }
}
