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
  const bySeat = busyBySeat.map((busy) => slots(openings, busy, options));
  // One agent on duty: nothing to bring together.
  if (bySeat.length === 1) return (bySeat[0] as Interval[]).map(({ start, end }) => ({ start, end, seats: [0] }));
  const found = new Map<number, SeatSlot>();
  bySeat.forEach((offered, seat) => {
    for (const { start, end } of offered) {
      const known = found.get(start);
      if (!known) found.set(start, { start, end, seats: [seat] });
      else known.seats.push(seat);
    }
  });
  return [...found.values()].sort(byStart);
}

/** Two seats that are free together for the whole of a slot: an interview that takes two agents. */
export interface PairSlot extends Interval {
  /** Each pair in ascending order of seats. Never empty. */
  pairs: [number, number][];
}

/** Slots that take two counters at once. Every pair that can take a slot is told, in the order of the seats. */
export function freePairs(
  openings: readonly Interval[],
  busyBySeat: readonly (readonly Interval[])[],
  options: SlotOptions,
): PairSlot[] {
  const found = new Map<number, PairSlot>();
  busyBySeat.forEach((busy, first) => {
    for (let second = first + 1; second < busyBySeat.length; second += 1) {
      for (const slot of slots(openings, [...busy, ...(busyBySeat[second] ?? [])], options)) {
        const known = found.get(slot.start);
        if (!known) found.set(slot.start, { ...slot, pairs: [[first, second]] });
        else known.pairs.push([first, second]);
      }
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
