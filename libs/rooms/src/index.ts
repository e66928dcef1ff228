export {
  claim,
  claimForEach,
  type Holder,
  type HolderKind,
  heldResources,
  lockResources,
  type Released,
  release,
  type Taken,
  takenDuring,
  takenDuringEach,
  type Wanted,
} from './claims.query';
export { ensureResources, type ResourceKind } from '@app/directory';
export { type RoomOrDesk, resourcesOf, resourcesOfRooms, roomKey } from './resources.query';
export { BookRoom } from './book-room.service';
export {
  heedAbsences,
  officesOfOthers,
  officesOfOthersAt,
  recallOffices,
  resourcesOfOffices,
} from './offices.query';
export type { Lent, OfficeOfOthers } from './office';
export { OfficeLoans, type LendRefusal } from './office-loans.service';
export { RoomBookings } from './room-bookings.service';
export { sayHeld, sayLent, sayOfficeKept } from './wording';
export { RoomsModule } from './rooms.module';
