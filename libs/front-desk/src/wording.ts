import { type Language, type LocalDateTime, sayTime, timeOf } from '@app/time';

/** "4 personnes attendent ; la permanence finit à 10 h 30." */
export function sayQueue(before: number, end: LocalDateTime, language: Language): string {
  const until = sayTime(timeOf(end), language);
  if (language === 'en') return `${before === 1 ? '1 person waits' : `${before} people wait`}; it ends at ${until}.`;
  return `${before > 1 ? `${before} personnes attendent` : `${before} personne attend`} ; la permanence finit à ${until}.`;
}
