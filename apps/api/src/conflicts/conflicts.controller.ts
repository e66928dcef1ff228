import type { Viewer } from '@app/accounts';
import { ConflictList, SettleConflict } from '@app/conflicts';
import { Conflict, Id } from '@app/contract';
import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, answer, CurrentViewer, notFound } from '../http';

const RoomGiven = z.object({ roomId: Id }).meta({ id: 'RoomGiven' });

@ApiTags('conflicts')
@Controller('conflicts')
export class ConflictsController {
  constructor(
    @Inject(ConflictList) private readonly conflicts: ConflictList,
    @Inject(SettleConflict) private readonly settling: SettleConflict,
  ) {}

  /** What is to settle, the nearest date first. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(Conflict) })
  async open(@CurrentViewer() viewer: Viewer): Promise<Conflict[]> {
    return this.conflicts.open(viewer);
  }

  /** Gives the date this room, when it is still free. */
  @Post(':id/room')
  @Answers(204)
  async giveRoom(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: RoomGiven }) { roomId }: z.infer<typeof RoomGiven>,
  ): Promise<void> {
    const outcome = await this.settling.giveRoom(viewer, id, roomId);
    if (!outcome.ok && outcome.why === 'not-found') notFound('conflict', id);
    answer(outcome);
  }

  /** It may stay as it is. */
  @Post(':id/settle')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async settle(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    const outcome = await this.settling.settle(viewer, id);
    if (!outcome.ok && outcome.why === 'not-found') notFound('conflict', id);
    answer(outcome);
  }
}
