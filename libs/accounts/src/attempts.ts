import { type Instant, type Interval, interval, MINUTE } from '@app/time';

/** Failures are counted within a quarter of an hour; the next one starts anew. */
const WINDOW = 15 * MINUTE;

/** Tries one account allows from one address within a window, right ones aside. */
export const TRIES_PER_ACCOUNT = 5;
/** Failures one address is allowed within a window, over all accounts: a whole site may share an address. */
export const FAILURES_PER_ADDRESS = 50;
/** Wrong short codes before the password is asked for again. */
export const CODE_TRIES = 5;

/** The window of attempts an instant falls in: [start, end). Who may try no more waits for its end. */
export function attemptWindow(now: Instant): Interval {
  const start = Math.floor(now / WINDOW) * WINDOW;
  return interval(start as Instant, (start + WINDOW) as Instant);
}
