import type { Viewer } from '@app/accounts';
import { HoldSlot } from '@app/booking';
import { Hold, HoldBody, Id } from '@app/contract';
import { Body, Controller, Delete, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Answers, answer, CurrentViewer, notFound } from '../http';

@ApiTags('booking')
@Controller('holds')
export class HoldsController {
  constructor(@Inject(HoldSlot) private readonly holds: HoldSlot) {}

  /** Keeps a slot for three minutes while the person is written down. Booking with its id turns it into the appointment. */
  @Post()
  @Answers(201, Hold)
  async hold(@CurrentViewer() viewer: Viewer, @Body({ schema: HoldBody }) body: HoldBody): Promise<Hold> {
    return answer(await this.holds.hold(viewer, body));
  }

  /** The slot is free at once. */
  @Delete(':id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async letGo(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    const outcome = await this.holds.letGo(viewer, id);
    if (!outcome.ok) return notFound('hold', id);
  }
}
