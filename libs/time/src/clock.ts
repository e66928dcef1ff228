import { type Instant, instant } from './instant';

/** Who is asked for the time; everything else is told it. */
export interface Clock {
  now(): Instant;
}

/** The machine's clock, shifted by a number of milliseconds (a demonstration's `PALIER_NOW` becomes one offset). */
export function systemClock(offsetMs = 0): Clock {
  return { now: () => instant(Date.now() + offsetMs) };
}

/** A clock that stands still. */
export function fixedClock(at: Instant): Clock {
  return { now: () => at };
}
