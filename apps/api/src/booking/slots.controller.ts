import type { Viewer } from '@app/accounts';
import { DayBoard, FindSlots, OccurrenceDetails } from '@app/booking';
import { Board, BoardQuery, Id, OccurrenceDetail, Slots, SlotsQuery } from '@app/contract';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { answer, CurrentViewer, notFound } from '../http';

@ApiTags('booking')
@Controller()
export class SlotsController {
  constructor(
    @Inject(FindSlots) private readonly slots: FindSlots,
    @Inject(DayBoard) private readonly board: DayBoard,
    @Inject(OccurrenceDetails) private readonly occurrences: OccurrenceDetails,
  ) {}

  /** The free slots of one or several motifs, over partners, sites and agents, from a moment on. */
  @Get('slots')
  @ApiResponse({ status: 200, standardSchema: Slots })
  async find(@CurrentViewer() viewer: Viewer, @Query({ schema: SlotsQuery }) query: SlotsQuery): Promise<Slots> {
    const outcome = await this.slots.forMotif(viewer, query);
    return outcome.ok ? outcome.value : notFound('motif', query.motif.slice(0, 36));
  }

  /** Rooms and hours of one site on one day. */
  @Get('board')
  @ApiResponse({ status: 200, standardSchema: Board })
  async day(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: BoardQuery }) query: z.infer<typeof BoardQuery>,
  ): Promise<Board> {
    const outcome = await this.board.of(viewer, query.site, query.date);
    if (!outcome.ok && outcome.why === 'not-found') return notFound('site', query.site);
    return answer(outcome);
  }

  /** One date of a permanence: who is booked, what is free. */
  @Get('occurrences/:id')
  @ApiResponse({ status: 200, standardSchema: OccurrenceDetail })
  async occurrence(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
  ): Promise<OccurrenceDetail> {
    return (await this.occurrences.of(viewer, id)) ?? notFound('occurrence', id);
  }
}
