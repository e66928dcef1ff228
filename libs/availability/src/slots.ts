import { addMinutes, byStart, contains, type Interval, MINUTE, merge, overlaps } from '@app/time';

/** All in minutes. */
export interface SlotOptions {
  durationMinutes: number;
  /** Kept free before the slot, by whoever receives. What is busy includes its own pauses already. */
  pauseBefore?: number;
  /** Kept free after the slot. */
  pauseAfter?: number;
  /** What else is received in the same hours takes, pauses included: no gap is left that none of them could use. */
  lengths?: readonly number[];
}

/**
 * The slots that can be booked, in order of start. Each lies inside one opening — openings are taken one by one, since a
 * slot belongs to one occurrence — and, with its pauses, touches nothing busy; a pause may lie outside the opening.
 * Starts are packed: in each gap they follow each other from its beginning, and all of them can be booked. A start that
 * would strand time which another start leaves usable is not offered; the last one of a gap then lies against its end.
 * @throws RangeError for a duration that is not above zero, or a negative pause.
 */
export function slots(openings: readonly Interval[], busy: readonly Interval[], options: SlotOptions): Interval[] {
  const { duration, before, takes } = inMilliseconds(options);
  const wasted = wasteOf([...(options.lengths ?? []), takes / MINUTE]);
  const found: Interval[] = [];
  for (const gap of gapsOf(openings, busy, options)) {
    for (const start of startsIn(gap, takes, wasted)) found.push(slotAt(start + before, duration));
  }
  // Openings that overlap may offer the same slot: it is told once.
  found.sort(byStart);
  return found.filter((slot, i) => slot.start !== found[i - 1]?.start);
}

/** Whether one wanted interval could be booked as it is: inside an opening, and with its pauses clear of everything busy. */
export function isFree(
  wanted: Interval,
  openings: readonly Interval[],
  busy: readonly Interval[],
  { pauseBefore = 0, pauseAfter = 0 }: Pick<SlotOptions, 'pauseBefore' | 'pauseAfter'> = {},
): boolean {
  const clear = { start: addMinutes(wanted.start, -pauseBefore), end: addMinutes(wanted.end, pauseAfter) };
  return openings.some((opening) => contains(opening, wanted)) && !busy.some((taken) => overlaps(taken, clear));
}

/**
 * Whether a free start is one that somebody may have been offered: on the rhythm of the empty opening, on that of its gap,
 * or against either end of the gap. 10:07 between two appointments is none of these: it strands time on both sides.
 */
export function isPacked(start: number, opening: Interval, busy: readonly Interval[], options: SlotOptions): boolean {
  const { before, takes } = inMilliseconds(options);
  if ((start - opening.start) % takes === 0) return true;
  const from = start - before;
  const gap = gapsOf([opening], busy, options).find((one) => one.start <= from && from + takes <= one.end);
  return gap !== undefined && ((from - gap.start) % takes === 0 || from + takes === gap.end);
}

/** What is left of the openings, each widened by the pauses that may lie outside it. */
function gapsOf(openings: readonly Interval[], busy: readonly Interval[], options: SlotOptions): Interval[] {
  const { before, after } = inMilliseconds(options);
  const taken = merge(busy);
  const gaps: Interval[] = [];
  let first = 0;
  for (const opening of [...openings].sort(byStart)) {
    let start: number = opening.start - before;
    const end = opening.end + after;
    // What ended before this opening can't matter to it, nor to those that start later.
    while (first < taken.length && (taken[first] as Interval).end <= start) first += 1;
    for (let i = first; start < end; i += 1) {
      const next = taken[i];
      if (!next || next.start >= end) {
        gaps.push({ start, end } as Interval);
        break;
      }
      if (next.start > start) gaps.push({ start, end: next.start } as Interval);
      start = Math.max(start, next.end);
    }
  }
  return gaps;
}

function startsIn(gap: Interval, takes: number, wasted: (ms: number) => number): number[] {
  const starts: number[] = [];
  for (let start: number = gap.start; start + takes <= gap.end; start += takes) starts.push(start);
  const last = gap.end - takes;
  if (starts.length === 0 || last === starts.at(-1)) return starts;
  const waste = (start: number) => wasted(start - gap.start) + wasted(gap.end - start - takes);
  const least = Math.min(waste(last), ...starts.map(waste));
  const kept = starts.filter((start) => waste(start) === least);
  return kept.at(-1) !== starts.at(-1) && waste(last) === least ? [...kept, last] : kept;
}

/** How much of a stretch stays unused however appointments of these lengths (minutes) fill it; in milliseconds. */
function wasteOf(lengths: readonly number[]): (ms: number) => number {
  const pieces = [...new Set(lengths)].filter((length) => length > 0).map((length) => length * MINUTE);
  const known = new Map<number, number>();
  const wasted = (ms: number): number => {
    const before = known.get(ms);
    if (before !== undefined) return before;
    let least = ms;
    for (const piece of pieces) if (piece <= ms && least > 0) least = Math.min(least, wasted(ms - piece));
    known.set(ms, least);
    return least;
  };
  // One length alone: no recursion as deep as the stretch is long.
  return pieces.length === 1 ? (ms) => ms % (pieces[0] as number) : wasted;
}

function slotAt(start: number, duration: number): Interval {
  return { start, end: start + duration } as Interval;
}

function inMilliseconds({ durationMinutes, pauseBefore = 0, pauseAfter = 0 }: SlotOptions) {
  if (!(durationMinutes > 0)) throw new RangeError('A slot needs a duration above zero');
  if (pauseBefore < 0 || pauseAfter < 0) throw new RangeError('A pause cannot be negative');
  const [duration, before, after] = [durationMinutes * MINUTE, pauseBefore * MINUTE, pauseAfter * MINUTE];
  return { duration, before, after, takes: before + duration + after };
}
