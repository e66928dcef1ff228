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
export { BookRoom, type BookRoomRefusal } from './book-room.service';
export { nextFree, type Obstacle, obstacleTo } from './obstacle';
export { closingOf, placesOf } from './places.query';
export { RoomBookings } from './room-bookings.service';
export { RoomsModule } from './rooms.module';
export { type Place, waysOut } from './ways-out';
