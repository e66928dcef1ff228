import { DirectoryModule } from '@app/directory';
import { Module } from '@nestjs/common';
import { BookRoom } from './book-room.service';
import { RoomBookings } from './room-bookings.service';

/** Who holds what, when; single bookings of a room. */
@Module({ imports: [DirectoryModule], providers: [BookRoom, RoomBookings], exports: [BookRoom, RoomBookings] })
export class RoomsModule {}
