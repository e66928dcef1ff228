import { PlainDate } from '@app/contract';
import { type Language, type PlainDate as Day, parsePlainDate } from '@app/time';

export type Said = Record<string, unknown>;

/** What a query or a form says, whatever it is: ?q=a&q=b arrives as a list. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A day in reach of a calendar; anything else asks for no day at all. */
export function dayOf(asked: unknown): Day | null {
  return PlainDate.safeParse(asked).success ? parsePlainDate(text(asked)) : null;
}

export function languageOf(asked: unknown): Language {
  return asked === 'en' ? 'en' : 'fr';
}
