import type { Viewer } from '@app/accounts';
import {
  Appointments,
  BookAppointment,
  FollowAppointment,
  MoveAppointment,
  StandAlone,
  UndoAppointment,
} from '@app/booking';
import {
  AloneBody,
  AloneMoveBody,
  Appointment,
  BookBody,
  Booked,
  CancelBody,
  Id,
  MoveBody,
  StateBody,
  Undone,
  UndoQuery,
} from '@app/contract';
import type { Once } from '@app/persistence';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Answers, CurrentViewer, found, notFound, OnceKey } from '../http';

@ApiTags('booking')
@Controller()
export class AppointmentsController {
  constructor(
    @Inject(Appointments) private readonly appointments: Appointments,
    @Inject(BookAppointment) private readonly booking: BookAppointment,
    @Inject(MoveAppointment) private readonly moving: MoveAppointment,
    @Inject(FollowAppointment) private readonly following: FollowAppointment,
    @Inject(StandAlone) private readonly alone: StandAlone,
    @Inject(UndoAppointment) private readonly undoing: UndoAppointment,
  ) {}

  /** Books a slot for a known person, or for a new one. A refusal says why and gives the three nearest slots free now. */
  @Post('appointments')
  @Answers(201, Booked)
  async book(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: BookBody }) body: BookBody,
    @OnceKey() once: Once | null,
  ): Promise<Booked> {
    return found('usager', body.usagerId ?? '', await this.booking.book(viewer, body, once));
  }

  /** Outside any permanence: its agents' time, and a room that suits or none. A refusal says who holds what, and the nearest hours. */
  @Post('appointments/alone')
  @Answers(201, Booked)
  async bookAlone(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: AloneBody }) body: AloneBody,
    @OnceKey() once: Once | null,
  ): Promise<Booked> {
    return found('motif', body.motifId, await this.alone.book(viewer, body, once));
  }

  @Get('appointments/:id')
  @ApiResponse({ status: 200, standardSchema: Appointment })
  async read(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<Appointment> {
    return (await this.appointments.one(viewer, id)) ?? notFound('appointment', id);
  }

  /** A person's appointments, those the viewer may see: coming ones first. */
  @Get('usagers/:id/appointments')
  @ApiResponse({ status: 200, standardSchema: z.array(Appointment) })
  async ofUsager(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<Appointment[]> {
    return (await this.appointments.ofUsager(viewer, id)) ?? notFound('usager', id);
  }

  /** Another slot for the same person and motif; the old one is free at once. */
  @Post('appointments/:id/move')
  @Answers(200, Booked)
  async move(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: MoveBody }) body: z.infer<typeof MoveBody>,
  ): Promise<Booked> {
    return found('appointment', id, await this.moving.move(viewer, id, body));
  }

  /** To hours outside any permanence, another room or other agents. */
  @Post('appointments/:id/move-alone')
  @Answers(200, Booked)
  async moveAlone(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AloneMoveBody }) body: AloneMoveBody,
  ): Promise<Booked> {
    return found('appointment', id, await this.alone.move(viewer, id, body));
  }

  @Post('appointments/:id/cancel')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async cancel(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: CancelBody }) body: z.infer<typeof CancelBody>,
  ): Promise<void> {
    found('appointment', id, await this.following.cancel(viewer, id, body));
  }

  /** For some seconds, by whoever booked, moved or cancelled it: taken back, and nobody is told of it. */
  @Post('appointments/:id/undo')
  @Answers(200, Undone)
  async undo(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Query({ schema: UndoQuery }) { what }: UndoQuery,
  ): Promise<Undone> {
    return found('appointment', id, await this.undoing.undo(viewer, id, what));
  }

  /** Arrived, seen, absent — or planned again, when it was said by mistake. */
  @Post('appointments/:id/state')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async say(
    @CurrentViewer() viewer: Viewer,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: StateBody }) body: z.infer<typeof StateBody>,
  ): Promise<void> {
    found('appointment', id, await this.following.say(viewer, id, body));
  }
}
