import { type Instant, type Interval, includes, merge, overlaps, subtract } from '@app/time';

/** A stretch during which something is held, and by which published permanence if it may be told. */
export interface HeldStretch {
  during: Interval;
  publishedName: string | null;
}

/** What stands in the way. `until`: the end of the unbroken stretch, whoever holds its parts. */
export interface Obstacle {
  heldBy: string | null;
  until: Instant;
}

/** The first thing in the way of `wanted` among stretches held that day; null when it is free. */
export function obstacleTo(wanted: Interval, held: readonly HeldStretch[]): Obstacle | null {
  const [first] = held
    .filter(({ during }) => overlaps(during, wanted))
    .sort((one, other) => one.during.start - other.during.start);
  if (!first) return null;
  const from = Math.max(first.during.start, wanted.start) as Instant;
  const stretch = merge(held.map(({ during }) => during)).find((one) => includes(one, from));
  return { heldBy: first.publishedName, until: stretch?.end ?? first.during.end };
}

/** The next time at least as long as `wanted`, after its start and over by `latest`, when nothing of `held` is held. */
export function nextFree(wanted: Interval, held: readonly HeldStretch[], latest: Instant): Interval | null {
  if (latest <= wanted.start) return null;
  const length = wanted.end - wanted.start;
  const free = subtract(
    [{ start: wanted.start, end: latest }],
    held.map(({ during }) => during),
  );
  const found = free.find(({ start, end }) => start > wanted.start && end - start >= length);
  return found ? { start: found.start, end: (found.start + length) as Instant } : null;
}
