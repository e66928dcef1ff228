import type { Half } from './pieces';

const at = (hour: number, minute = 0): number => hour * 60 + minute;

/** Where a half day begins and ends for whoever writes a schedule: generously, so that 12 h 30 may belong to either. */
const BOUNDS: Record<Half, readonly [latestStart: number, earliestStart: number, latestEnd: number]> = {
  morning: [at(12), at(5), at(14)],
  afternoon: [at(18), at(11, 59), at(21)],
  evening: [at(23), at(16), at(24)],
  day: [at(24), at(0), at(24)],
};

/** Whether a range lies in a half day: all of it, a part (9 h – 18 h and "matin"), or nothing. What is not known counts in. */
export function holdsHalf(half: Half, start: number | null, end: number | null): 'all' | 'part' | 'none' {
  const [latestStart, earliestStart, latestEnd] = BOUNDS[half];
  const startsIn = start === null || (start >= earliestStart && start < latestStart);
  const endsIn = end === null || (end <= latestEnd && end > earliestStart);
  if (startsIn && endsIn) return 'all';
  const from = start ?? 0;
  const to = end ?? at(24);
  const noon = at(12, 30);
  const touches = half === 'morning' ? from < noon : half === 'afternoon' ? to > at(13, 30) : to > earliestStart;
  return touches && !(half === 'morning' && from >= latestStart) ? 'part' : 'none';
}
