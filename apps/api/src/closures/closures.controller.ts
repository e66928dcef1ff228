import type { Viewer } from '@app/accounts';
import { CalendarEffect, Closure, ClosureBody, ClosureChange, ClosureSaved, Id, Problem } from '@app/contract';
import { Closures } from '@app/permanences';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { answer, CurrentViewer, found, OnceKey, Roles } from '../http';

const DryRun = z.object({ dryRun: z.enum(['true', 'false']).default('false') }).meta({ id: 'DryRun' });

const CLOSERS = ['partner-editor', 'manager', 'administrator'] as const;

@ApiTags('closures')
@Controller('closures')
export class ClosuresController {
  constructor(@Inject(Closures) private readonly closures: Closures) {}

  /** Closures under way and to come: the place's, and those of the partners the viewer acts for. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(Closure) })
  async all(@CurrentViewer() viewer: Viewer): Promise<Closure[]> {
    return this.closures.all(viewer);
  }

  /** Closes the space, a site, a room or a partner for whole days; tells which dates changed. A dry run changes nothing. */
  @Post()
  @Roles(...CLOSERS)
  @ApiResponse({ status: 201, standardSchema: ClosureSaved })
  @ApiResponse({ status: 400, standardSchema: Problem })
  @ApiResponse({ status: 403, standardSchema: Problem })
  async add(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: ClosureBody }) body: ClosureBody,
    @OnceKey() once: Once | null,
  ): Promise<ClosureSaved> {
    return answer(await this.closures.add(viewer, body, once));
  }

  /** Other days or another cause. */
  @Put(':id')
  @Roles(...CLOSERS)
  @ApiResponse({ status: 200, standardSchema: ClosureSaved })
  @ApiResponse({ status: 404, standardSchema: Problem })
  async change(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ClosureChange }) body: ClosureChange,
  ): Promise<ClosureSaved> {
    return found('closure', id, await this.closures.change(viewer, id, body));
  }

  /** Opens again: the dates it removed are held, where their rooms are still free. */
  @Delete(':id')
  @Roles(...CLOSERS)
  @ApiResponse({ status: 200, standardSchema: CalendarEffect })
  @ApiResponse({ status: 404, standardSchema: Problem })
  async remove(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: DryRun }) { dryRun }: z.infer<typeof DryRun>,
  ): Promise<CalendarEffect> {
    return found('closure', id, await this.closures.remove(viewer, id, dryRun === 'true'));
  }
}
