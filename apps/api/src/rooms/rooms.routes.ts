import { RoomsModule } from '@app/rooms';
import { Module } from '@nestjs/common';
import { RoomBookingsController } from './room-bookings.controller';

/** Single bookings of a room, over HTTP. */
@Module({ imports: [RoomsModule], controllers: [RoomBookingsController] })
export class RoomsRoutes {}
