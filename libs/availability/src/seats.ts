import { byStart, type Interval } from '@app/time';
import { type SlotOptions, slots } from './slots';

/** A slot at one of several parallel counters, with the seats (indexes from 0, ascending) that are free all along. */
export interface SeatSlot extends Interval {
  seats: number[];
}

/**
 * Slots over parallel counters: n agents on duty, n workstations, n places of a group. A slot is offered as soon as one
 * seat can take it; two seats that can take the same slot are told together.
 * @param busyBySeat what each seat is taken by; its length is the number of seats.
 */
export function freeSeats(
  openings: readonly Interval[],
  busyBySeat: readonly (readonly Interval[])[],
  options: SlotOptions,
): SeatSlot[] {
  const found = new Map<string, SeatSlot>();
  busyBySeat.forEach((busy, seat) => {
    for (const slot of slots(openings, busy, options)) {
      const key = `${slot.start}/${slot.end}`;
      const known = found.get(key);
      if (!known) found.set(key, { ...slot, seats: [seat] });
      else known.seats.push(seat);
    }
  });
  return [...found.values()].sort(byStart);
}

/** How many places are left of a capacity while others hold some: never below zero. */
export function placesLeft(during: Interval, capacity: number, taken: readonly Interval[]): number {
  return Math.max(0, capacity - mostAtOnce(during, taken));
}

/** The largest number of intervals that hold at one moment of `during`. */
export function mostAtOnce(during: Interval, taken: readonly Interval[]): number {
  const steps: [at: number, change: number][] = [];
  for (const { start, end } of taken) {
    if (start < during.end && during.start < end) steps.push([Math.max(start, during.start), 1], [end, -1]);
  }
  // An end comes before a start at the same instant: 9–10 and 10–11 are never held together.
  steps.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let held = 0;
  let most = 0;
  for (const [, change] of steps) {
    held += change;
    if (held > most) most = held;
  }
  return most;
}
