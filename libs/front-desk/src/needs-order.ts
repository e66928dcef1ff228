/** An answer to a need: how well its words match, and when it can first be had. */
export interface Answering {
  urgent: boolean;
  /** Of the words; the same for motifs that were named rather than sought. */
  score: number;
  /** Local, such as '2027-01-04T14:45'; null when nothing is known of. */
  first: string | null;
}

// "factures" is no worse an answer than "facture" (a tenth less); the same words scattered over two phrases are.
const AS_WELL = 0.89;

/**
 * The best matches first, as they come; among those that match as well, whichever can be had sooner. Urgent ones stay where
 * their own rule put them.
 */
export function soonerAmongEquals<Row extends Answering>(rows: readonly Row[]): Row[] {
  const runs: Row[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    const [best] = run ?? [];
    if (run && best && best.urgent === row.urgent && row.score >= AS_WELL * best.score) run.push(row);
    else runs.push([row]);
  }
  return runs.flatMap((run) => run.sort((a, b) => sooner(a.first, b.first)));
}

function sooner(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
