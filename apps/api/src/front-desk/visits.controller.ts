import type { Viewer } from '@app/accounts';
import { Id, Joined, VisitBody, VisitChange, Visits, VisitsQuery } from '@app/contract';
import { FollowVisit, JoinQueue } from '@app/front-desk';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, answer, CurrentViewer, found, OnceKey } from '../http';

@ApiTags('front-desk')
@Controller()
export class VisitsController {
  constructor(
    @Inject(JoinQueue) private readonly joining: JoinQueue,
    @Inject(FollowVisit) private readonly following: FollowVisit,
  ) {}

  /** Those who wait or are received at one site, in the order they pass; or the day's others. */
  @Get('visits')
  @ApiResponse({ status: 200, standardSchema: Visits })
  async list(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: VisitsQuery }) { site, date, state }: z.infer<typeof VisitsQuery>,
  ): Promise<Visits> {
    return found('site', site, await this.following.of(viewer, site, date, state));
  }

  /** A person who comes without appointment joins a queue; a full one is refused unless the desk says `anyway`. */
  @Post('visits')
  @Answers(201, Joined)
  async join(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: VisitBody }) body: VisitBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Joined>> {
    return answer(await this.joining.join(viewer, body, once));
  }

  /** Received, answered, gone — or back in the queue, when it was said by mistake. */
  @Post('visits/:id/state')
  @Answers(204)
  async pass(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: VisitChange }) body: VisitChange,
  ): Promise<void> {
    found('visit', id, await this.following.pass(viewer, id, body));
  }

  /** A ticket given by mistake, taken back within two minutes. */
  @Delete('visits/:id')
  @Answers(204)
  async takeBack(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('visit', id, await this.following.takeBack(viewer, id));
  }

  /** Last entry: nobody more joins the queue of this date. */
  @Put('occurrences/:id/last-entry')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async lastEntry(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('occurrence', id, await this.following.endQueue(viewer, id, true));
  }

  @Delete('occurrences/:id/last-entry')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async reopen(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('occurrence', id, await this.following.endQueue(viewer, id, false));
  }
}
