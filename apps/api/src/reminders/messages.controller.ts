import type { Viewer } from '@app/accounts';
import { Id, Messages as Page, MessagesQuery } from '@app/contract';
import { Messages } from '@app/waiting';
import { Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { answer, notFound } from '../http/answer';
import { CurrentViewer } from '../http/request';

@ApiTags('Messages')
@Controller('messages')
export class MessagesController {
  constructor(@Inject(Messages) private readonly messages: Messages) {}

  /** What people were told or will be, a page at a time: what is to come soonest first, the rest latest first. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: Page })
  list(@CurrentViewer() viewer: Viewer, @Query({ schema: MessagesQuery }) query: MessagesQuery): Promise<Page> {
    return this.messages.page(viewer, query);
  }

  /** A call was made, a letter sent, or someone whose SMS failed was told another way. */
  @Post(':id/done')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async done(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    const outcome = await this.messages.done(viewer, id);
    if (!outcome.ok && outcome.why === 'not-found') return notFound('message', id);
    answer(outcome);
  }
}
