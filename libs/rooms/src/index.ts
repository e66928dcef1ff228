export {
  claim,
  claimForEach,
  type Holder,
  type HolderKind,
  heldResources,
  lockResources,
  release,
  type Taken,
  takenDuring,
  takenDuringEach,
  type Wanted,
} from './claims.query';
export { ensureResources, type ResourceKind } from '@app/directory';
export { type RoomOrDesk, resourcesOf, resourcesOfRooms, roomKey, seatsOf } from './resources.query';
export { BookRoom } from './book-room.service';
export { RoomBookings } from './room-bookings.service';
export { RoomsModule } from './rooms.module';
