/** Whether numbers in order follow each other, three at least: worth saying "from … to …". */
export function isRun(numbers: readonly number[]): boolean {
  return numbers.length >= 3 && numbers.every((n, i) => i === 0 || n === (numbers[i - 1] as number) + 1);
}

/** The first and last of at least three months that follow each other around the year; null when they leave a gap. */
export function monthRun(months: readonly number[]): [first: number, last: number] | null {
  const first = months.find((month) => !months.includes(month === 1 ? 12 : month - 1));
  if (first === undefined || months.length < 3) return null;
  let last = first;
  for (let length = 1; length < months.length; length += 1) {
    last = (last % 12) + 1;
    if (!months.includes(last)) return null;
  }
  return [first, last];
}

/** The one month that is left out of a year, or null. */
export function onlyMissingMonth(months: readonly number[]): number | null {
  const missing = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].filter((month) => !months.includes(month));
  return missing.length === 1 ? (missing[0] as number) : null;
}
