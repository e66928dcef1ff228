import { type Language, type LocalDateTime, sayTime, timeOf } from '@app/time';
import type { Lent } from './office';

/** "Bureau partagé : pris jusqu’à 18 h (Point conseil budget)." `name` is a room's, a desk's or an agent's. */
export function sayHeld(name: string, heldBy: string | null, until: LocalDateTime, language: Language): string {
  const hour = sayTime(timeOf(until), language);
  const holder = heldBy ? ` (${heldBy})` : '';
  return language === 'fr' ? `${name} : pris jusqu’à ${hour}${holder}.` : `${name}: taken until ${hour}${holder}.`;
}

/** "Bureau 1 : fermeture, pont de l’Ascension." An empty cause is one that nobody gave. */
export function sayClosed(name: string, cause: string, language: Language): string {
  const why = cause ? `, ${cause}` : '';
  return language === 'fr' ? `${name} : fermeture${why}.` : `${name}: closed${why}.`;
}

export function sayConfidentialElsewhere(language: Language): string {
  return language === 'fr'
    ? 'Une réservation confidentielle se fait depuis un compte du service concerné.'
    : 'A confidential booking is made from an account of the service concerned.';
}

export function sayWrongHours(language: Language): string {
  return language === 'fr'
    ? 'La fin doit suivre le début, à une date du calendrier.'
    : 'The end must follow the start, on a date of the calendar.';
}

/** "prêté : absence (Clic6)": why someone's office may be used. */
export function sayLent(lent: Lent, resident: string, language: Language): string {
  const words = {
    fr: {
      lent: `prêté par ${resident}`,
      closed: `prêté : fermeture (${resident})`,
      away: `prêté : absence (${resident})`,
    },
    en: { lent: `lent by ${resident}`, closed: `lent: closed (${resident})`, away: `lent: away (${resident})` },
  };
  return words[language][lent];
}

/** Whose office it is, and how it comes to be lent. */
export function sayOfficeKept(name: string, resident: string, language: Language): string {
  return language === 'fr'
    ? `${name} est un bureau attitré (${resident}). Il se prête en l’absence de qui l’occupe, ou quand ${resident} ou l’accueil le prête.`
    : `${name} is someone’s own office (${resident}). It is lent while they are away, or when ${resident} or the desk lends it.`;
}
