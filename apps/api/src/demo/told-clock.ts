import type { Clock, Instant } from '@app/time';

/** A clock that is set by hand: the demonstration books each appointment some days before it takes place. */
export class ToldClock implements Clock {
  constructor(private at: Instant) {}

  now(): Instant {
    return this.at;
  }

  set(at: Instant): void {
    this.at = at;
  }
}
