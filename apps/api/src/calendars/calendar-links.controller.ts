import type { Viewer } from '@app/accounts';
import { CalendarLinks } from '@app/calendars';
import { CalendarBody, CalendarFeed, CalendarLink, Id, Problem } from '@app/contract';
import type { Once } from '@app/persistence';
import type { Environment } from '@config';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ENVIRONMENT } from '../environment.module';
import { answer, CurrentViewer, found, OnceKey } from '../http';

@ApiTags('calendars')
@Controller('calendars')
export class CalendarLinksController {
  constructor(
    @Inject(CalendarLinks) private readonly links: CalendarLinks,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** The links one may renew or revoke: one's own, one's partner's, or the place's. Their addresses are not told again. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(CalendarFeed) })
  list(@CurrentViewer() viewer: Viewer): Promise<CalendarFeed[]> {
    return this.links.list(viewer);
  }

  /** The address is made anew at each answer, so that no secret is kept with the Idempotency-Key. */
  @Post()
  @ApiResponse({ status: 201, standardSchema: CalendarLink })
  @ApiResponse({ status: 403, standardSchema: Problem })
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: CalendarBody }) body: CalendarBody,
    @OnceKey() once: Once | null,
  ): Promise<CalendarLink> {
    const { id } = answer(await this.links.create(viewer, body, once));
    return this.linkOf(viewer, id);
  }

  /** A new address; the one before it answers no more. */
  @Post(':id/renew')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: CalendarLink })
  renew(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<CalendarLink> {
    return this.linkOf(viewer, id);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async revoke(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('calendar', id, await this.links.revoke(viewer, id));
  }

  private async linkOf(viewer: Viewer, id: string): Promise<CalendarLink> {
    const { secret } = found('calendar', id, await this.links.renew(viewer, id));
    return { id, url: `${this.environment.publicUrl}/calendriers/${secret}.ics` };
  }
}
