import type { Appointment } from '@app/contract';
import type { Language } from '@app/time';

const OVERLAP: Record<Language, string> = {
  fr: 'Cette personne a déjà un rendez-vous à cette heure.',
  en: 'This person already has an appointment at that time.',
};

/**
 * A person's overlap refuses nobody. It is looked up for everyone, in the same statement, and told to the desk alone:
 * a partner learns nothing of another one, neither from the answer nor from its delay.
 */
export function overlapWarnings(
  overlaps: boolean,
  { sight, language }: { sight: string; language: Language },
): Appointment['warnings'] {
  return overlaps && sight === 'desk' ? [{ kind: 'usager-overlap', text: OVERLAP[language] }] : [];
}
