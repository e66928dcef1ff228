/** The one word of the list that a misspelt word is nearest to, or null: too far from all, or as near to two of them. */
export function nearestWord(word: string, vocabulary: readonly string[]): string | null {
  const allowed = word.length >= 8 ? 2 : 1;
  let best: string[] = [];
  let least = allowed;
  for (const known of vocabulary) {
    if (Math.abs(known.length - word.length) > least) continue;
    const distance = editDistance(word, known);
    if (distance > least) continue;
    if (distance < least) best = [];
    least = distance;
    best.push(known);
  }
  return best.length === 1 ? (best[0] as string) : null;
}

/** Letters added, dropped, replaced or swapped with their neighbour (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let previous: number[] = [];
  let current = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const before = previous;
    previous = current;
    current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(at(previous, j) + 1, at(current, j - 1) + 1, at(previous, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(before, j - 2) + 1);
      current.push(least);
    }
  }
  return at(current, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
