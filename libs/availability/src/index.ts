export { freeSeats, mostAtOnce, placesLeft, type SeatSlot } from './seats';
export { isFree, type SlotOptions, slots } from './slots';
