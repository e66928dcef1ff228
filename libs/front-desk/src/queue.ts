import { type Instant, type Interval, MINUTE } from '@app/time';

/** Someone who waits or is received, as a queue counts them. */
export interface InQueue {
  urgent: boolean;
  /** The usual length of a turn for what she comes for; null: not known. */
  minutes: number | null;
  /** Null while she waits. */
  receivedAt: Instant | null;
}

/** A walk-in date and those who wait for it, in the order they pass. */
export interface Queue extends Interval {
  /** How many are received side by side: the agents, or the places. */
  counters: number;
  people: readonly InQueue[];
  /** "Dernière entrée" was said. */
  isClosed: boolean;
}

export interface Newcomer {
  /** Passes the queue, behind other urgent needs. */
  urgent: boolean;
  minutes: number | null;
}

/** What a turn takes when nobody said. */
const USUAL_MINUTES = 15;

const lasting = (minutes: number | null) => (minutes ?? USUAL_MINUTES) * MINUTE;

/** Those who would pass before someone who comes now. */
export function ahead({ people }: Pick<Queue, 'people'>, { urgent }: Pick<Newcomer, 'urgent'>): number {
  return people.filter((one) => one.receivedAt === null && (one.urgent || !urgent)).length;
}

/**
 * Whether someone who comes at `now` can still be seen before the date ends, with those before her and a usual turn each.
 * Never said to the person in minutes: turns are usual, not promised.
 */
export function canStillBeSeen(queue: Queue, newcomer: Newcomer, now: Instant): boolean {
  if (queue.isClosed && !newcomer.urgent) return false;
  const opens = Math.max(now, queue.start);
  const free = Array.from({ length: Math.max(1, queue.counters) }, () => opens);
  const first = () => free.indexOf(Math.min(...free));
  for (const { receivedAt, minutes } of queue.people) {
    if (receivedAt === null) continue;
    free[first()] = Math.max(opens, receivedAt + lasting(minutes));
  }
  for (const { receivedAt, urgent, minutes } of queue.people) {
    if (receivedAt !== null || (newcomer.urgent && !urgent)) continue;
    const counter = first();
    free[counter] = (free[counter] ?? opens) + lasting(minutes);
  }
  return Math.min(...free) + lasting(newcomer.minutes) <= queue.end;
}
