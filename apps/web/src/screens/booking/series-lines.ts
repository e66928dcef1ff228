import type { BookedSeries, SeriesDate, Slot } from '@app/contract';

/** A date on the screen: its verdict, and what became of it once it was tried. */
export interface Line extends SeriesDate {
  booked: BookedSeries['dates'][number]['booked'];
  problem: BookedSeries['dates'][number]['problem'];
}

/** What somebody chose of each date, by its day: a slot, or none. A free date is chosen until it is left out. */
export type Choices = Readonly<Record<string, string | null>>;

export const lineOf = (date: SeriesDate): Line => ({ ...date, booked: null, problem: null });

/** A slot by its name: the same slot read again is the same choice. */
export const nameOf = ({ occurrenceId, start, agentId }: Slot): string => `${occurrenceId} ${start} ${agentId ?? ''}`;

/** The slots of a date, the wanted hour first. */
export const optionsOf = ({ slot, alternatives }: SeriesDate): Slot[] =>
  slot ? [slot, ...alternatives] : alternatives;

/** The slot that will be asked for; null when the date is left out, done, or what was chosen is gone. */
export function chosenOf(line: Line, choices: Choices): Slot | null {
  if (line.booked) return null;
  const said = choices[line.date];
  if (said === undefined) return line.slot;
  return optionsOf(line).find((slot) => nameOf(slot) === said) ?? null;
}

/** The lines after a try: booked, or refused with the ways out that are free now. */
export function afterTry(lines: readonly Line[], asked: readonly { date: string }[], answer: BookedSeries): Line[] {
  const became = new Map(asked.map(({ date }, nth) => [date, answer.dates[nth]]));
  return lines.map((line) => {
    const one = became.get(line.date);
    if (!one) return line;
    if (one.booked) return { ...line, booked: one.booked, problem: null };
    return { ...line, problem: one.problem, slot: null, alternatives: (one.problem?.alternatives ?? []) as Slot[] };
  });
}

/** Nothing frees itself on a day when nobody was to receive. */
const NEVER_FREED = ['public-holiday', 'no-date', 'not-laid-out', 'other-hours'];

export function mayBeFreed({ why, problem, booked, slot }: Line): boolean {
  return booked === null && slot === null && (problem !== null || (why !== null && !NEVER_FREED.includes(why.why)));
}
