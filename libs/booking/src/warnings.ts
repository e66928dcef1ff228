import type { Appointment } from '@app/contract';
import { type Instant, type Language, sayTime, timeOf, toLocal } from '@app/time';
import type { OutsideHours } from './alone';

/** Something else at that hour: hers, or of another record that has her name and her number. */
export type Overlap = 'hers' | 'namesake';

const OVERLAP: Record<Overlap, Record<Language, string>> = {
  hers: {
    fr: 'Cette personne a déjà un rendez-vous à cette heure.',
    en: 'This person already has an appointment at that time.',
  },
  namesake: {
    fr: 'Une autre fiche, au même nom et au même téléphone, a déjà un rendez-vous à cette heure. Si c’est la même personne, sa fiche permet de les fusionner.',
    en: 'Another record, with the same name and telephone, already has an appointment at that time. If it is the same person, her record lets you merge them.',
  },
};

/**
 * A person's overlap refuses nobody. It is looked up for everyone, in the same statement, and told to the desk alone:
 * a partner learns nothing of another one, neither from the answer nor from its delay.
 */
export function overlapWarnings(
  overlap: Overlap | null,
  { sight, language }: { sight: string; language: Language },
): Appointment['warnings'] {
  return overlap && sight === 'desk' ? [{ kind: 'usager-overlap', text: OVERLAP[overlap][language] }] : [];
}

/** On site while the door is closed: nobody is refused, and whoever books knows that it is to be opened. */
export function outsideWarnings(
  outside: OutsideHours | null,
  { zone, language }: { zone: string; language: Language },
): { kind: 'outside-hours'; text: string }[] {
  if (!outside) return [];
  if (outside.when === 'all-day') {
    const text =
      language === 'fr' ? 'Le lieu n’ouvre pas ce jour de la semaine.' : 'The place does not open on that weekday.';
    return [{ kind: 'outside-hours', text }];
  }
  const timeAt = (at: Instant) => timeOf(toLocal(at, zone));
  if (outside.when === 'between') {
    const { start, end } = outside.closed;
    const [from, to] = [sayTime(timeAt(start), language), sayTime(timeAt(end), language)];
    const text =
      language === 'fr' ? `Le lieu est fermé de ${from} à ${to}.` : `The place is closed from ${from} to ${to}.`;
    return [{ kind: 'outside-hours', text }];
  }
  const hour = sayTime(timeAt(outside.at), language);
  const said = {
    before: { fr: `Avant l’ouverture du lieu, ${hour}.`, en: `Before the place opens, ${hour}.` },
    after: { fr: `Après la fermeture du lieu, ${hour}.`, en: `After the place closes, ${hour}.` },
  };
  return [{ kind: 'outside-hours', text: said[outside.when][language] }];
}

/** What is to know of an hour that the clocks skip. */
export function sayHourSkipped(language: Language): string {
  return language === 'fr'
    ? 'On passe à l’heure d’été : choisissez une autre heure.'
    : 'The clocks go forward: choose another hour.';
}
