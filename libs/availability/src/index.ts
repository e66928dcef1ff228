export { freePairs, freeSeats, type PairSlot, placesLeft, type SeatSlot } from './seats';
export { isFree, isPacked, type SlotOptions, slots } from './slots';
