import { addMinutes, byStart, contains, type Interval, MINUTE, merge, overlaps } from '@app/time';

/** All in minutes. */
export interface SlotOptions {
  durationMinutes: number;
  /** From one offered start to the next in the same gap. By default slots follow each other and all can be booked. */
  stepMinutes?: number;
  /** Kept free between something busy and the slot that follows it. */
  pauseBefore?: number;
  /** Kept free between the slot and something busy that follows it. */
  pauseAfter?: number;
}

/**
 * The slots that can be booked, in order of start. Each lies inside one opening — openings are taken one by one, since a
 * slot belongs to one occurrence — and touches nothing busy, pauses included. Starts are packed: the first of a gap is
 * the opening's start, or the end of what precedes it (and the pause); the next follow at the step. Pauses keep apart
 * from what is busy, not from the opening's edges.
 * @throws RangeError for a duration or a step that is not above zero, or a negative pause.
 */
export function slots(openings: readonly Interval[], busy: readonly Interval[], options: SlotOptions): Interval[] {
  const { duration, step, before, after } = inMilliseconds(options);
  const taken = merge(busy);
  const found: Interval[] = [];
  let first = 0;
  for (const opening of [...openings].sort(byStart)) {
    // What ended a pause before this opening can't matter to it, nor to those that start later.
    while (first < taken.length && (taken[first] as Interval).end + before <= opening.start) first += 1;
    let start: number = opening.start;
    for (let i = first; start < opening.end; i += 1) {
      const next = taken[i];
      const end = next ? Math.min(opening.end, next.start - after) : opening.end;
      for (; start + duration <= end; start += step) found.push(slotAt(start, duration));
      if (!next) break;
      start = Math.max(opening.start, next.end + before);
    }
  }
  // Openings that overlap may offer the same slot: it is told once.
  found.sort(byStart);
  return found.filter((slot, i) => slot.start !== found[i - 1]?.start);
}

/** Whether one wanted interval could be booked as it is: inside an opening, and clear of everything busy. */
export function isFree(
  wanted: Interval,
  openings: readonly Interval[],
  busy: readonly Interval[],
  { pauseBefore = 0, pauseAfter = 0 }: Pick<SlotOptions, 'pauseBefore' | 'pauseAfter'> = {},
): boolean {
  const clear = { start: addMinutes(wanted.start, -pauseBefore), end: addMinutes(wanted.end, pauseAfter) };
  return openings.some((opening) => contains(opening, wanted)) && !busy.some((taken) => overlaps(taken, clear));
}

function slotAt(start: number, duration: number): Interval {
  return { start, end: start + duration } as Interval;
}

function inMilliseconds({ durationMinutes, stepMinutes, pauseBefore = 0, pauseAfter = 0 }: SlotOptions) {
  // Two slots that follow each other must both stay bookable once one of them is taken.
  const step = stepMinutes ?? durationMinutes + Math.max(pauseBefore, pauseAfter);
  if (!(durationMinutes > 0) || !(step > 0)) throw new RangeError('A slot needs a duration and a step above zero');
  if (pauseBefore < 0 || pauseAfter < 0) throw new RangeError('A pause cannot be negative');
  return {
    duration: durationMinutes * MINUTE,
    step: step * MINUTE,
    before: pauseBefore * MINUTE,
    after: pauseAfter * MINUTE,
  };
}
