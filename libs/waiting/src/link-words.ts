import { inGsmAlphabet, sayPhone } from '@app/reminders';
import { dateOf, type Language, type LocalDateTime, type PlainDate, sayDate, sayTime, timeOf } from '@app/time';

export interface LinkTold {
  language: Language;
  /** Null: said by someone, who hears the answer. */
  link: string | null;
  /** Date of the day it is written. */
  today: PlainDate;
  /** The service's name, only where it may be read by whoever holds the phone. */
  service: string | null;
  /** The first name of whom it is about, when somebody else is told in her place. */
  whose: string | null;
  phone: string | null;
  /** Until when the link answers. */
  until: LocalDateTime;
}

/** A slot that became free: when, where, and until when it is kept. */
export function offerWords(told: LinkTold & { start: LocalDateTime; site: string }): string {
  const { language, link, service, whose, site } = told;
  const when = momentOf(told.start, told);
  const until = momentOf(told.until, told);
  return inGsmAlphabet(
    language === 'fr'
      ? `Une place se libère${whose ? ` pour ${whose}` : ''}${service ? ` avec ${service}` : ''} : ${when}, ${site}. Elle vous est gardée jusqu’au ${until}.${link ? ` Répondez ici : ${link}` : ''}`
      : `A place has become free${whose ? ` for ${whose}` : ''}${service ? ` with ${service}` : ''}: ${when}, ${site}. It is kept for you until ${until}.${link ? ` Answer here: ${link}` : ''}`,
  );
}

/** "Choose your slot." */
export function invitationWords(told: LinkTold): string {
  const { language, link, service, whose, phone } = told;
  const day = sayDate(dateOf(told.until), language, { relativeTo: told.today });
  const call = phone ? sayPhone(phone) : null;
  return inGsmAlphabet(
    language === 'fr'
      ? `Choisissez l’heure ${whose ? `du rendez-vous pour ${whose}` : 'de votre rendez-vous'}${service ? ` avec ${service}` : ''}, jusqu’au ${day}${link ? ` : ${link}` : ''}${call ? ` ou ${call}` : ''}`
      : `Choose the time of ${whose ? `the appointment for ${whose}` : 'your appointment'}${service ? ` with ${service}` : ''}, until ${day}${link ? `: ${link}` : ''}${call ? ` or ${call}` : ''}`,
  );
}

function momentOf(at: LocalDateTime, { language, today }: Pick<LinkTold, 'language' | 'today'>): string {
  const day = sayDate(dateOf(at), language, { relativeTo: today });
  const hour = sayTime(timeOf(at), language);
  return language === 'fr' ? `${day} à ${hour}` : `${day} at ${hour}`;
}
