import type { Language } from '@app/time';
import type { LineError } from './sector-lines';
import type { FieldError } from './usager';

const FIELD_ERRORS: Record<FieldError['why'], Record<Language, string>> = {
  nir: {
    fr: 'Cela ressemble à un numéro de sécurité sociale : il n’est jamais enregistré ici.',
    en: 'This looks like a social security number: it is never stored here.',
  },
  'nir-shared': {
    fr: 'Lus ensemble, le prénom et le nom ressemblent à un numéro de sécurité sociale : corrigez l’un ou l’autre.',
    en: 'Read together, the first and last names look like a social security number: correct one or the other.',
  },
  hidden: {
    fr: 'Ce nom contient un caractère invisible, venu d’un copier-coller : tapez-le de nouveau.',
    en: 'This name holds an invisible character, pasted from elsewhere: type it again.',
  },
  'not-a-name': {
    fr: 'Un nom a des lettres, et trois chiffres au plus : un numéro a sa place ailleurs.',
    en: 'A name has letters, and three digits at most: a number belongs elsewhere.',
  },
  language: { fr: 'Choisissez une langue de la liste.', en: 'Choose a language of the list.' },
  phone: {
    fr: 'Ce n’est pas un numéro où joindre une personne. Exemples : 06 39 98 12 34, +212 612 345 678.',
    en: 'This is not a number a person can be reached at. Examples: 06 39 98 12 34, +212 612 345 678.',
  },
  'contact-phone': {
    fr: 'Il faut le numéro de ce contact pour lui envoyer les messages.',
    en: 'This contact needs a number to be sent the messages.',
  },
  'safe-hours': { fr: 'La fin doit suivre le début.', en: 'The end must follow the start.' },
  'birth-year': { fr: 'Cette année n’est pas encore venue.', en: 'That year has not come yet.' },
};

export function sayFieldError(why: FieldError['why'], language: Language): string {
  return FIELD_ERRORS[why][language];
}

export function sayAgesCross(language: Language): string {
  return language === 'fr'
    ? 'L’âge le plus haut ne peut pas être au-dessous du plus bas.'
    : 'The highest age cannot be below the lowest.';
}

export type Named = 'site' | 'room' | 'workstation' | 'partner' | 'agent' | 'motif' | 'sector';

const NAME_TAKEN: Record<Named, Record<Language, string>> = {
  site: { fr: 'Un lieu porte déjà ce nom.', en: 'A site already has this name.' },
  room: { fr: 'Une salle de ce lieu porte déjà ce nom.', en: 'A room of this site already has this name.' },
  workstation: {
    fr: 'Deux postes de cette salle portent le même nom.',
    en: 'Two desks of this room have the same name.',
  },
  partner: { fr: 'Un partenaire porte déjà ce nom.', en: 'A partner already has this name.' },
  agent: {
    fr: 'Un agent de ce partenaire porte déjà ce nom : distinguez-les par une initiale.',
    en: 'An agent of this partner already has this name: tell them apart by an initial.',
  },
  sector: { fr: 'Un secteur porte déjà ce nom.', en: 'A sector already has this name.' },
  motif: { fr: 'Un motif de ce partenaire porte déjà ce nom.', en: 'A reason of this partner already has this name.' },
};

export function sayNameTaken(named: Named, language: Language): string {
  return NAME_TAKEN[named][language];
}

/** What still needs something that someone wants to retire. `name` is null unless it may be told. */
export interface Use {
  what: 'permanence' | 'appointment' | 'room-booking' | 'room' | 'account';
  name: string | null;
  howMany: number;
}

const USES: Record<Use['what'], Record<Language, [one: string, several: string]>> = {
  permanence: { fr: ['permanence', 'permanences'], en: ['session', 'sessions'] },
  appointment: {
    fr: ['rendez-vous à venir', 'rendez-vous à venir'],
    en: ['appointment to come', 'appointments to come'],
  },
  'room-booking': { fr: ['réservation de salle', 'réservations de salle'], en: ['room booking', 'room bookings'] },
  room: { fr: ['salle', 'salles'], en: ['room', 'rooms'] },
  account: { fr: ['compte ouvert', 'comptes ouverts'], en: ['open account', 'open accounts'] },
};

/** "Encore utilisé par : la permanence « Point conseil budget », 3 rendez-vous à venir." */
export function sayUses(uses: readonly Use[], language: Language): string {
  const parts = uses.map(({ what, name, howMany }) => {
    const [one, several] = USES[what][language];
    if (name) return language === 'fr' ? `la ${one} « ${name} »` : `the ${one} “${name}”`;
    return `${howMany} ${howMany === 1 ? one : several}`;
  });
  return language === 'fr' ? `Encore utilisé par : ${parts.join(', ')}.` : `Still used by: ${parts.join(', ')}.`;
}

const LINE_ERRORS: Record<LineError['why'], Record<Language, string>> = {
  fields: {
    fr: 'écrivez commune ; rue ; côté ; numéros ; secteur',
    en: 'write commune; street; side; numbers; sector',
  },
  commune: { fr: 'la commune manque', en: 'the commune is missing' },
  side: { fr: 'le côté est pairs, impairs ou tous', en: 'the side is even, odd or all' },
  numbers: { fr: 'les numéros s’écrivent 2-48, 50- ou tous', en: 'numbers are written 2-48, 50- or all' },
  overlap: { fr: 'ces numéros sont déjà dans une ligne au-dessus', en: 'these numbers are already in a line above' },
  nir: { fr: 'cela ressemble à un numéro de sécurité sociale', en: 'this looks like a social security number' },
};

/** "Ligne 3 : ces numéros sont déjà dans une ligne au-dessus." The first few lines that could not be read. */
export function sayLineErrors(errors: readonly LineError[], language: Language): string {
  return errors
    .slice(0, 5)
    .map(({ line, why }) => `${language === 'fr' ? `Ligne ${line} :` : `Line ${line}:`} ${LINE_ERRORS[why][language]}.`)
    .join(' ');
}

export function sayWrongOpening(language: Language): string {
  return language === 'fr'
    ? 'Ces heures finissent avant de commencer, ou recouvrent d’autres heures du même jour.'
    : 'These hours end before they begin, or overlap others of the same day.';
}
