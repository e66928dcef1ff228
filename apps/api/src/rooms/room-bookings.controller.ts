import type { Viewer } from '@app/accounts';
import { Created, Id, RoomBooking, RoomBookingBody } from '@app/contract';
import type { Once } from '@app/persistence';
import { BookRoom, RoomBookings } from '@app/rooms';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Answers, answer, CurrentViewer, found, notFound, OnceKey } from '../http';

@ApiTags('rooms')
@Controller('room-bookings')
export class RoomBookingsController {
  constructor(
    @Inject(BookRoom) private readonly booking: BookRoom,
    @Inject(RoomBookings) private readonly bookings: RoomBookings,
  ) {}

  /** Books a room, or one desk of it, once. A refusal says who holds it if that is published, until when, and what is free. */
  @Post()
  @Answers(201, Created)
  async book(
    @CurrentViewer() viewer: Viewer,
    @Body({ schema: RoomBookingBody }) body: RoomBookingBody,
    @OnceKey() once: Once | null,
  ): Promise<z.infer<typeof Created>> {
    return answer(await this.booking.book(viewer, body, once));
  }

  @Get(':id')
  @ApiResponse({ status: 200, standardSchema: RoomBooking })
  async read(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<RoomBooking> {
    return (await this.bookings.read(viewer, id)) ?? notFound('room-booking', id);
  }

  /** Cancels a booking: the room, the desk and the agents are free at once. */
  @Delete(':id')
  @HttpCode(204)
  @ApiResponse({ status: 204 })
  async cancel(@CurrentViewer() viewer: Viewer, @Param('id', { schema: Id }) id: string): Promise<void> {
    found('room-booking', id, await this.bookings.cancel(viewer, id));
  }
}
