import {
  dateOf,
  fromLocalMinutes,
  type LocalDateTime,
  minuteOfDay,
  type PlainDate,
  plainDate,
  timeOf,
  toLocalMinutes,
} from '@app/time';
import { useSyncExternalStore } from 'react';

/**
 * The space's clock: told by the server with every session and board, then run on by elapsed time.
 * The workstation's own clock is never read: it may be wrong, in another zone, or the product may be living another day.
 */
export class ProductClock {
  private told = 0;
  private at = 0;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly elapsedMs: () => number) {}

  tell(now: string): void {
    const minutes = toLocalMinutes(now as LocalDateTime);
    // Both are whole minutes: what is told corrects a drift and never sets the running minute back.
    if (this.told !== 0 && Math.abs(minutes - this.minutes()) < 1) return;
    this.told = minutes;
    this.at = this.elapsedMs();
    this.notify();
  }

  now(): LocalDateTime {
    return fromLocalMinutes(this.minutes());
  }

  /** False until the server has spoken. */
  isTold(): boolean {
    return this.told !== 0;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    const timer = setInterval(listener, 5_000);
    return () => {
      clearInterval(timer);
      this.listeners.delete(listener);
    };
  };

  private minutes(): number {
    return this.told + Math.floor((this.elapsedMs() - this.at) / 60_000);
  }

  private notify(): void {
    for (const listener of this.listeners) listener();
  }
}

export const productClock = new ProductClock(() => performance.now());

const BEFORE_IT_IS_TOLD = plainDate('2000-01-01');

/** The running minute, in the space's own wall time. */
export function useNow(): LocalDateTime {
  return useSyncExternalStore(productClock.subscribe, () => productClock.now());
}

export function useToday(): PlainDate {
  return useSyncExternalStore(productClock.subscribe, () =>
    productClock.isTold() ? dateOf(productClock.now()) : BEFORE_IT_IS_TOLD,
  );
}

/** Minutes since midnight of the product's day. */
export function useMinuteOfDay(): number {
  return minuteOfDay(timeOf(useNow()));
}
