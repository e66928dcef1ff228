import type { Viewer } from '@app/accounts';
import { Plannings } from '@app/booking';
import { Planning, PlanningQuery } from '@app/contract';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { CurrentViewer, notFound } from '../http';

@ApiTags('booking')
@Controller()
export class PlanningController {
  constructor(@Inject(Plannings) private readonly plannings: Plannings) {}

  /** Some days of agents, rooms or partners: what they hold, over every site. */
  @Get('planning')
  @ApiResponse({ status: 200, standardSchema: Planning })
  async of(@CurrentViewer() viewer: Viewer, @Query({ schema: PlanningQuery }) query: PlanningQuery): Promise<Planning> {
    const outcome = await this.plannings.of(viewer, query);
    return outcome.ok ? outcome.value : notFound(query.kind, query.ids[0] as string);
  }
}
