import type { OpenSession } from '@app/accounts';
import { Heard, ListenQuery } from '@app/contract';
import { Controller, Get, Headers, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentSession, type PalierRequest, RefusedError } from '../http';
import { SESSION_COOKIE } from '../http/cookies';
import { LiveScreens } from './live.service';

@ApiTags('live')
@Controller('events')
export class LiveController {
  constructor(@Inject(LiveScreens) private readonly live: LiveScreens) {}

  /** Server-sent events: one `Heard` per line of data. `resync` says that some were missed: look at everything again. */
  @Get()
  @ApiProduces('text/event-stream')
  @ApiResponse({ status: 200, standardSchema: Heard })
  listen(
    @CurrentSession() session: OpenSession,
    @Headers('last-event-id') lastHeard: string | undefined,
    @Query({ schema: ListenQuery }) { since }: ListenQuery,
    @Req() request: PalierRequest,
    @Res() reply: FastifyReply,
  ): void {
    if (!this.live.hasRoomFor(session.viewer.accountId)) {
      throw new RefusedError({ ok: false, why: 'too-many-screens' });
    }
    // From here the stream is ours: nothing compresses or buffers it.
    reply.hijack();
    reply.raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-accel-buffering': 'no',
    });
    this.live.join(session, request.cookies[SESSION_COOKIE] ?? '', reply.raw, lastHeard || since);
  }
}
