import type { Viewer } from '@app/accounts';
import { GivenSeats } from '@app/booking';
import { Created, Id, SeatToGive } from '@app/contract';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, CurrentViewer, found, OnceKey } from '../http';

@ApiTags('booking')
@Controller()
export class GivenSeatsController {
  constructor(@Inject(GivenSeats) private readonly givenSeats: GivenSeats) {}

  /** A place of a date that its partner gave by its own means: held like an appointment, and nobody is told. */
  @Post('occurrences/:id/given-seats')
  @Answers(201, Created)
  async give(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SeatToGive }) body: SeatToGive,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return found('occurrence', id, await this.givenSeats.give(viewer, id, body, once));
  }

  /** The place is free again. */
  @Delete('given-seats/:id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async takeBack(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('given-seat', id, await this.givenSeats.takeBack(viewer, id));
  }
}
