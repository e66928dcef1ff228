export {
  claim, claimForEach, type Holder, type HolderKind, heldResources, lockResources, release, type Taken, takenDuring, takenDuringEach,
  type Wanted,
} from './claims';
export { ensureResources, type ResourceKind, type RoomOrDesk, resourcesOf, resourcesOfRooms, roomKey, seatsOf } from './resources';
