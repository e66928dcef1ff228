import { beginsWithTimes, type Place } from './around-a-piece';
import { type Group, merged, type Qualifiers, type Removal } from './groups';
import type { Half, Piece } from './pieces';
import { ask } from './questions';
import type { At, Question, ReadMode, Warning } from './reading';

/** What has been understood of a phrase up to one of its pieces: the groups said, and what holds for the next. */
export class Assembly implements Place {
  readonly groups: Group[] = [];
  readonly removals: Removal[] = [];
  readonly questions: Question[] = [];
  readonly warnings: Warning[] = [];
  current: Group | null = null;
  /** Said with a colon: until something else is said. Without: for the sentence. */
  lasting: Qualifiers = {};
  forSentence: Qualifiers = {};
  forNextRanges: { mode?: ReadMode; parity?: 'even' | 'odd' } = {};
  zone: 'A' | 'B' | 'C' | null = null;
  sentence = 0;
  segment = 0;
  timesFirst: boolean;
  except: { closed: boolean; at: At; met: boolean; ofOneRange: boolean } | null = null;
  even = false;
  skipRanges = false;
  p = 0;

  constructor(
    readonly pieces: readonly Piece[],
    readonly phrase: string,
  ) {
    this.timesFirst = beginsWithTimes(pieces, 0);
  }

  /** Closes the group that was being said, and begins another at this piece. */
  open(): Group {
    this.close();
    const { p, sentence, segment } = this;
    const at = (this.pieces[p] as Piece).at;
    this.current = {
      items: [],
      halves: [],
      ranges: [],
      own: {},
      inherited: merged(this.lasting, this.forSentence),
      settled: false,
      closed: false,
      closedHalves: [],
      sentence,
      segment,
      from: at[0],
      to: at[1],
    };
    return this.current;
  }

  /** Nothing more is said of the group: it is kept, or leaves its days out when they are closed. */
  close(): void {
    const group = this.current;
    if (!group) return;
    if (group.closed) {
      const weekdays = group.items.flatMap((item) => item.weekdays);
      const half = group.items.find((item) => item.half)?.half ?? null;
      this.removals.push({ weekdays, half, at: [group.from, group.to], upTo: this.groups.length });
    } else if (group.ranges.length > 0 || group.closedHalves.length === 0) {
      this.groups.push(group);
    }
    this.current = null;
  }

  /** What was to be left out ends here; asks what it is when nothing was said. */
  endExcept(): void {
    if (this.except && !this.except.met) this.questions.push(ask.whatClosure(this.except.at));
    this.except = null;
  }

  /** Days, or half of them, that the groups said so far are without. */
  leaveOut(weekdays: readonly number[], half: Half | null, at: At): void {
    this.removals.push({ weekdays, half, at, upTo: this.groups.length + (this.current ? 1 : 0) });
  }

  /** Said with a colon, or alone: it holds until something else is said, in the place of what the sentence said. */
  announce(qualifiers: Qualifiers): void {
    this.lasting = merged(this.lasting, qualifiers);
    const said = Object.entries(this.forSentence).filter(([key]) => !(key in qualifiers));
    this.forSentence = Object.fromEntries(said);
  }

  /** The phrase’s own words at a place. */
  words(at: At): string {
    return this.phrase.slice(at[0], at[1]).trim();
  }
}
