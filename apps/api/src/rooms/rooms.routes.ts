import { RoomsModule } from '@app/rooms';
import { Module } from '@nestjs/common';
import { OfficeLoansController } from './office-loans.controller';
import { RoomBookingsController } from './room-bookings.controller';

/** Single bookings of a room and offices that are lent, over HTTP. */
@Module({ imports: [RoomsModule], controllers: [OfficeLoansController, RoomBookingsController] })
export class RoomsRoutes {}
