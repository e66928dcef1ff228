import type { LocalDateTime } from '@app/time';
import type { Held } from './offer';

/** What became of a date in a search. 'open': it may have slots; the others have none, and say why. */
export type Verdict =
  | 'open'
  | 'full'
  | 'no-room'
  | 'no-agent'
  | 'notice'
  /** Nothing of it is left to book: it is nearly over. */
  | 'over'
  | 'skipped'
  | 'cancelled';

/** A date the search came by. Only an open one has counters. */
export interface FoundDate extends Held {
  originalStart: LocalDateTime;
  cause: string;
  verdict: Verdict;
}
