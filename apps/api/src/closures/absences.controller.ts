import type { Viewer } from '@app/accounts';
import { Absence, AbsenceBody, AbsenceChange, AbsenceEffect, AbsenceSaved, Id, Problem } from '@app/contract';
import { Absences } from '@app/permanences';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Get, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { answer, CurrentViewer, found, OnceKey } from '../http';

const AbsencesQuery = z.object({ agent: Id.optional(), partner: Id.optional() }).meta({ id: 'AbsencesQuery' });
const DryRun = z.object({ dryRun: z.enum(['true', 'false']).default('false') }).meta({ id: 'AbsenceDryRun' });

@ApiTags('absences')
@Controller('absences')
export class AbsencesController {
  constructor(@Inject(Absences) private readonly absences: Absences) {}

  /** Absences under way and to come of the agents the viewer works with, the nearest first; two hundred at most. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(Absence) })
  async all(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: AbsencesQuery }) query: z.infer<typeof AbsencesQuery>,
  ): Promise<Absence[]> {
    return this.absences.all(viewer, query);
  }

  /**
   * An agent is away: recorded by herself, her partner's editor or the desk. Tells which dates and people it touches; a dry run
   * changes nothing.
   */
  @Post()
  @ApiResponse({ status: 201, standardSchema: AbsenceSaved })
  @ApiResponse({ status: 400, standardSchema: Problem })
  @ApiResponse({ status: 403, standardSchema: Problem })
  async add(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: AbsenceBody }) body: AbsenceBody,
    @OnceKey() once: Once | null,
  ): Promise<AbsenceSaved> {
    return answer(await this.absences.add(viewer, body, once));
  }

  /** Other hours or another label. */
  @Put(':id')
  @ApiResponse({ status: 200, standardSchema: AbsenceSaved })
  @ApiResponse({ status: 404, standardSchema: Problem })
  async change(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AbsenceChange }) body: AbsenceChange,
  ): Promise<AbsenceSaved> {
    return found('absence', id, await this.absences.change(viewer, id, body));
  }

  /** Here after all: what it opened is settled. */
  @Delete(':id')
  @ApiResponse({ status: 200, standardSchema: AbsenceEffect })
  @ApiResponse({ status: 404, standardSchema: Problem })
  async remove(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: DryRun }) { dryRun }: z.infer<typeof DryRun>,
  ): Promise<AbsenceEffect> {
    return found('absence', id, await this.absences.remove(viewer, id, dryRun === 'true'));
  }
}
