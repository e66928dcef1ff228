import type { Viewer } from '@app/accounts';
import { Appointments, BookSeries, CancelFollowing, PlanSeries, UndoSeries } from '@app/booking';
import {
  BookedSeries,
  CancelFollowingBody,
  CancelledFollowing,
  Id,
  SeriesAppointment,
  SeriesBody,
  SeriesPlan,
  SeriesQuery,
  SeriesUndoBody,
  SeriesUndone,
} from '@app/contract';
import type { Once } from '@app/persistence';
import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, CurrentViewer, found, notFound, OnceKey, problemOf } from '../http';

@ApiTags('booking')
@Controller()
export class SeriesController {
  constructor(
    @Inject(PlanSeries) private readonly plans: PlanSeries,
    @Inject(BookSeries) private readonly booking: BookSeries,
    @Inject(CancelFollowing) private readonly cancelling: CancelFollowing,
    @Inject(UndoSeries) private readonly undoing: UndoSeries,
    @Inject(Appointments) private readonly appointments: Appointments,
  ) {}

  /** The dates that would follow a slot, each with its verdict: free, another hour, or why not, and the nearest ways out. */
  @Get('series/dates')
  @Answers(200, SeriesPlan)
  async dates(
    @CurrentViewer() viewer: Viewer,
    @Query({ schema: SeriesQuery }) query: SeriesQuery,
  ): Promise<SeriesPlan> {
    return found('motif', query.motif, await this.plans.plan(viewer, query));
  }

  /** Books the chosen dates of a known person. Each is booked, or refused with why and the nearest that are free now. */
  @Post('series')
  @Answers(201, BookedSeries)
  async book(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: SeriesBody }) body: SeriesBody,
    @OnceKey() once: Once | null,
  ): Promise<BookedSeries> {
    const { id, dates } = found('usager', body.usagerId, await this.booking.book(viewer, body, once));
    const { language } = viewer;
    return {
      id,
      dates: dates.map(({ refusal, ...date }) => ({ ...date, problem: refusal && problemOf(refusal, language) })),
    };
  }

  /** For some seconds, by whoever booked or cancelled them: each date is taken back, or says why it is not. */
  @Post('series/:id/undo')
  @Answers(200, SeriesUndone)
  async undo(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: SeriesUndoBody }) body: SeriesUndoBody,
  ): Promise<SeriesUndone> {
    const { left, ...undone } = found('series', id, await this.undoing.undo(viewer, id, body));
    const { language } = viewer;
    return { ...undone, left: left.map(({ start, refusal }) => ({ start, problem: problemOf(refusal, language) })) };
  }

  /** Those booked together with an appointment, in order of time. */
  @Get('appointments/:id/series')
  @ApiResponse({ status: 200, standardSchema: z.array(SeriesAppointment) })
  async sisters(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
  ): Promise<SeriesAppointment[]> {
    return (await this.appointments.sisters(viewer, id)) ?? notFound('appointment', id);
  }

  /** This one and those of its series that come after it. */
  @Post('appointments/:id/cancel-following')
  @Answers(200, CancelledFollowing)
  async cancelFollowing(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CancelFollowingBody }) body: z.infer<typeof CancelFollowingBody>,
  ): Promise<CancelledFollowing> {
    return found('appointment', id, await this.cancelling.cancel(viewer, id, body));
  }
}
