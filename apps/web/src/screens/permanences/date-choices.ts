import type { DateChoice, PermanenceDate } from '@app/contract';

export type Choice = DateChoice['choice'];

/** What was decided of a date while writing: it holds as long as its line says the same days. */
export interface ChoiceDraft {
  /** The place of its line. */
  rule: number;
  /** What the line said: "FREQ=MONTHLY;BYDAY=1FR". */
  said: string;
  originalStart: string;
  choice: Choice;
}

const isSame = (one: Pick<ChoiceDraft, 'rule' | 'originalStart'>, rule: number, originalStart: string) =>
  one.rule === rule && one.originalStart.slice(0, 10) === originalStart.slice(0, 10);

/** The last word on a date, or none (null). @param said what each line says now */
export function choose(
  choices: readonly ChoiceDraft[],
  { rule, originalStart }: Pick<PermanenceDate, 'rule' | 'originalStart'>,
  choice: Choice | null,
  said: readonly string[],
): ChoiceDraft[] {
  const others = choices.filter((one) => !isSame(one, rule, originalStart));
  return choice ? [...others, { rule, said: said[rule] ?? '', originalStart, choice }] : others;
}

/** What was decided of this date, if anything. */
export function chosenFor(
  choices: readonly ChoiceDraft[],
  { rule, originalStart }: Pick<PermanenceDate, 'rule' | 'originalStart'>,
): Choice | null {
  return choices.find((one) => isSame(one, rule, originalStart))?.choice ?? null;
}

/** As the server takes them: those of lines that still say the same days. */
export function choicesToSend(choices: readonly ChoiceDraft[], said: readonly string[]): DateChoice[] {
  return choices
    .filter((one) => said[one.rule] === one.said)
    .map(({ rule, originalStart, choice }) => ({ rule, originalStart, choice }));
}
