import type { Viewer } from '@app/accounts';
import { ImportFile, Subscriptions } from '@app/calendars';
import {
  CalendarChange,
  CalendarFileQuery,
  CalendarImport,
  Created,
  Id,
  Problem,
  Subscription,
  SubscriptionBody,
  TakenBody,
} from '@app/contract';
import type { Once } from '@app/persistence';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentViewer, found, OnceKey, Roles } from '../http';

const EDITORS = ['partner-editor', 'manager', 'administrator'] as const;
const SUBSCRIPTION = 'calendar-subscription';

@ApiTags('calendars')
@Roles(...EDITORS)
@Controller('calendar-files')
export class CalendarFilesController {
  constructor(@Inject(ImportFile) private readonly files: ImportFile) {}

  /** What an iCalendar file says from today on, as lines of a permanence, and what of it can't be kept. Nothing is written. */
  @Post('read')
  @HttpCode(200)
  @ApiConsumes('text/calendar')
  @ApiBody({ description: 'The file as it is, two megabytes at most.', schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 200, standardSchema: CalendarImport })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async read(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: CalendarFileQuery }) { partnerId }: z.infer<typeof CalendarFileQuery>,
    @Req() { body }: { body: unknown },
  ): Promise<CalendarImport> {
    const file = body instanceof Uint8Array ? body : new Uint8Array();
    return found('partner', partnerId, await this.files.read(viewer, partnerId, file));
  }
}

@ApiTags('calendars')
@Roles(...EDITORS)
@Controller('calendar-subscriptions')
export class CalendarSubscriptionsController {
  constructor(@Inject(Subscriptions) private readonly subscriptions: Subscriptions) {}

  /** The calendars followed for the partners whose permanences one writes, with what changed or fails. */
  @Get()
  @ApiResponse({ status: 200, standardSchema: z.array(Subscription) })
  list(@CurrentViewer() viewer: Viewer): Promise<Subscription[]> {
    return this.subscriptions.list(viewer);
  }

  /** Keeps the address of a calendar. Nothing is read before it is asked for. */
  @Post()
  @ApiResponse({ status: 201, standardSchema: Created })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async create(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: SubscriptionBody }) body: SubscriptionBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return found('partner', body.partnerId, await this.subscriptions.create(viewer, body, once));
  }

  /** Reads it now: what it says from today on, or why it can't be read. */
  @Post(':id/read')
  @HttpCode(200)
  @ApiResponse({ status: 200, standardSchema: CalendarImport })
  @ApiResponse({ status: 400, standardSchema: Problem })
  async read(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<CalendarImport> {
    return found(SUBSCRIPTION, id, await this.subscriptions.look(viewer, id));
  }

  /** Which permanence it became, and from which of its titles and lines: what changes of these is proposed from now on. */
  @Put(':id/taken')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async take(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: TakenBody }) body: TakenBody,
  ): Promise<void> {
    found(SUBSCRIPTION, id, await this.subscriptions.take(viewer, id, body));
  }

  /** What it would change of its permanence, should someone save it. */
  @Get(':id/change')
  @ApiResponse({ status: 200, standardSchema: CalendarChange })
  async change(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<CalendarChange> {
    return found(SUBSCRIPTION, id, await this.subscriptions.change(viewer, id));
  }

  /** Leaves the permanence as it is, whatever the calendar says now. */
  @Post(':id/keep')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async keep(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found(SUBSCRIPTION, id, await this.subscriptions.keep(viewer, id));
  }

  /** It is no longer followed; its permanence stays. */
  @Delete(':id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async remove(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found(SUBSCRIPTION, id, await this.subscriptions.remove(viewer, id));
  }
}
