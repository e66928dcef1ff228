import { holidayOf, sayCause } from '@app/permanences';
import { dateOf, type Language, type LocalDateTime, type PlainDate, toLocal } from '@app/time';
import { type BusyByResource, type Held, offer } from './offer';

export interface NotOffered {
  date: PlainDate;
  why: 'public-holiday' | 'cancelled' | 'full' | 'closed';
  /** In the viewer's language: the holiday's name, the cause given when it was cancelled. */
  text: string;
}

const WORDS: Record<Language, Record<'cancelled' | 'full' | 'closed', string>> = {
  fr: { cancelled: 'annulé', full: 'complet', closed: 'fermé' },
  en: { cancelled: 'cancelled', full: 'full', closed: 'closed' },
};

/**
 * Why a date of the motif has no slot to offer; null when it has some, or when it is only over already.
 * The cause is named as it is: "fermeture" is not "férié".
 */
export function whyNotOffered(
  date: Held & { originalStart: LocalDateTime },
  busy: BusyByResource,
  durationMinutes: number,
  { zone, language }: { zone: string; language: Language },
): NotOffered | null {
  if (date.state === 'skipped') {
    const day = dateOf(date.originalStart);
    const holiday = holidayOf(date.cause, day, language);
    if (holiday !== null) return { date: day, why: 'public-holiday', text: holiday };
    return { date: day, why: 'closed', text: sayCause(date.cause, day, language) || WORDS[language].closed };
  }
  const day = dateOf(toLocal(date.during.start, zone));
  if (date.state === 'cancelled') return { date: day, why: 'cancelled', text: date.cause || WORDS[language].cancelled };
  const from = date.during.start;
  const full =
    offer(date, new Map(), durationMinutes, from).length > 0 && !offer(date, busy, durationMinutes, from).length;
  return full ? { date: day, why: 'full', text: WORDS[language].full } : null;
}
