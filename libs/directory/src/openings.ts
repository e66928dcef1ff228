export interface Opening {
  weekday: number;
  opens: string;
  closes: string;
}

/** Indexes of openings that end before they begin, or that overlap another of the same weekday. */
export function wrongOpenings(openings: readonly Opening[]): number[] {
  return openings.flatMap((one, index) => {
    const backwards = one.closes <= one.opens;
    const overlaps = openings.some(
      (other, place) =>
        place < index && other.weekday === one.weekday && other.opens < one.closes && one.opens < other.closes,
    );
    return backwards || overlaps ? [index] : [];
  });
}
