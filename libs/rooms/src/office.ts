/** Why someone's office may be used by others: it was lent, its service is closed, or nobody who sits there is in. */
export type Lent = 'lent' | 'closed' | 'away';

/** Someone else's office at some hours: `lent` is null while it is kept for its resident. */
export interface OfficeOfOthers {
  residentId: string;
  /** The resident's short name. */
  resident: string;
  lent: Lent | null;
}
