import { DirectoryModule } from '@app/directory';
import { Module } from '@nestjs/common';
import { BookRoom } from './book-room.service';
import { OfficeLoans } from './office-loans.service';
import { RoomBookings } from './room-bookings.service';

/** Who holds what, when; single bookings of a room. */
@Module({
  imports: [DirectoryModule],
  providers: [BookRoom, OfficeLoans, RoomBookings],
  exports: [BookRoom, OfficeLoans, RoomBookings],
})
export class RoomsModule {}
