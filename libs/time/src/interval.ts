import type { Instant } from './instant';

/** `[start, end)`: 9–10 and 10–11 do not overlap. Never empty: start < end. */
export interface Interval {
  start: Instant;
  end: Instant;
}

/** @throws RangeError unless start < end. */
export function interval(start: Instant, end: Instant): Interval {
  if (!(start < end)) throw new RangeError(`An interval must not be empty: ${start} – ${end}`);
  return { start, end };
}

export function overlaps(a: Interval, b: Interval): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether `inner` lies wholly inside `outer`. */
export function contains(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the instant falls inside: the start does, the end does not. */
export function includes(during: Interval, at: Instant): boolean {
  return during.start <= at && at < during.end;
}

export function byStart(a: Interval, b: Interval): number {
  return a.start - b.start || a.end - b.end;
}

/** The same instants as the fewest intervals, in order; those that touch become one. */
export function merge(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  for (const next of [...intervals].sort(byStart)) {
    const last = merged.at(-1);
    if (last && next.start <= last.end) {
      if (next.end > last.end) last.end = next.end;
    } else {
      merged.push({ start: next.start, end: next.end });
    }
  }
  return merged;
}

/** The instants of `from` that are in none of `removed`, as the fewest intervals, in order. */
export function subtract(from: readonly Interval[], removed: readonly Interval[]): Interval[] {
  const holes = merge(removed);
  const rest: Interval[] = [];
  let first = 0;
  for (const piece of merge(from)) {
    let { start } = piece;
    while (first < holes.length && (holes[first] as Interval).end <= start) first += 1;
    for (let i = first; i < holes.length; i += 1) {
      const hole = holes[i] as Interval;
      if (hole.start >= piece.end) break;
      if (hole.start > start) rest.push({ start, end: hole.start });
      start = hole.end;
    }
    if (start < piece.end) rest.push({ start, end: piece.end });
  }
  return rest;
}
