/** A refusal is a value: why (a code the screens and tests switch on), and what the person can be told or do instead. */
export interface Refusal<Why extends string = string> {
  ok: false;
  why: Why;
  /** French, for the person, when the code alone does not say it. */
  detail?: string;
  /** Who holds what was wanted: a published permanence's name, or null for "pris". */
  heldBy?: string | null;
  /** Local date and time until which it is held. */
  until?: string;
  alternatives?: unknown[];
  /** What a change would do now, when that is no longer what was shown. */
  consequences?: unknown;
  /** The fields that are wrong, by path ("rules.0.rrule"), in the viewer's language. */
  errors?: { at: string; message: string }[];
}

export type Outcome<T, Why extends string = string> = { ok: true; value: T } | Refusal<Why>;

export const done = <T>(value: T): { ok: true; value: T } => ({ ok: true, value });

export function refuse<Why extends string>(why: Why, more: Omit<Refusal, 'ok' | 'why'> = {}): Refusal<Why> {
  return { ok: false, why, ...more };
}
