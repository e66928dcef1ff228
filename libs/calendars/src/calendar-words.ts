import type { CalendarRefusal, NotKept, NotKeptWhy } from '@app/recurrence';
import type { Language } from '@app/time';

/** Why the calendar at an address could not be read. */
export type FetchFailure =
  | 'unreachable'
  | 'too-slow'
  | 'not-there'
  | 'not-allowed'
  | 'server-error'
  | 'private-address'
  | 'too-many-redirects'
  | CalendarRefusal;

type Said = Record<Language, string>;

const NOT_KEPT: Record<NotKeptWhy, (written: string) => Said> = {
  'no-date': () => ({ fr: 'sa date n’a pas pu être lue', en: 'its date could not be read' }),
  'several-days': () => ({
    fr: 'il dure plusieurs jours : une permanence commence et finit le même jour',
    en: 'it lasts several days: a permanence begins and ends on the same day',
  }),
  'unknown-zone': (zone) => ({
    fr: `son fuseau horaire « ${zone} » est inconnu`,
    en: `its time zone “${zone}” is unknown`,
  }),
  'rule-not-held': (rule) => ({
    fr: `sa répétition n’est pas prise en charge (${rule})`,
    en: `the way it repeats is not supported (${rule})`,
  }),
  'rule-without-end': (rule) => ({
    fr: `sa répétition n’est pas prise en charge et n’a pas de fin (${rule})`,
    en: `the way it repeats is not supported and has no end (${rule})`,
  }),
  'rule-wrong': (rule) => ({
    fr: `sa répétition n’a pas pu être lue, ou ne donne aucune date (${rule})`,
    en: `the way it repeats could not be read, or gives no date (${rule})`,
  }),
  'clock-changes': () => ({
    fr: 'il est écrit à une autre heure que la nôtre, et tomberait à d’autres heures l’été que l’hiver',
    en: 'it is written on another clock than ours, and would fall at other hours in summer than in winter',
  }),
  'exclusion-rule': () => ({
    fr: 'il retire des dates par une règle (EXRULE) que plus aucun agenda ne lit',
    en: 'it leaves dates out by a rule (EXRULE) that no calendar reads any more',
  }),
  'this-and-following': () => ({
    fr: 'il change une date « et toutes les suivantes » : à reprendre à la main',
    en: 'it changes one date “and all that follow”: to be written by hand',
  }),
  'start-outside-rule': () => ({
    fr: 'sa première date n’est pas une date de sa répétition : elle est laissée de côté, le reste est gardé',
    en: 'its first date is not one that its repetition gives: it is left out, the rest is kept',
  }),
  'too-many-dates': () => ({
    fr: 'il y a trop de dates, ou celle-ci est à plus de cinq ans',
    en: 'there are too many dates, or this one is over five years ahead',
  }),
  'too-many-left-out': () => ({
    fr: 'plus de 60 de ses dates sont retirées',
    en: 'more than 60 of its dates are left out',
  }),
  'too-many-rules': () => ({
    fr: 'ce calendrier a plus de 150 répétitions différentes',
    en: 'this calendar has more than 150 different repetitions',
  }),
};

/** Why something of a calendar is not kept, as the end of "…: ". */
export function sayNotKept({ why, written }: Pick<NotKept, 'why' | 'written'>, language: Language): string {
  return NOT_KEPT[why](written)[language];
}

const FAILURES: Record<FetchFailure, Said> = {
  unreachable: {
    fr: 'Le serveur de ce calendrier ne répond pas, ou son adresse n’existe pas. Vérifiez l’adresse.',
    en: 'The server of this calendar does not answer, or its address does not exist. Check the address.',
  },
  'too-slow': {
    fr: 'Le serveur de ce calendrier met trop longtemps à répondre.',
    en: 'The server of this calendar takes too long to answer.',
  },
  'not-there': {
    fr: 'Il n’y a plus de calendrier à cette adresse. Demandez la nouvelle à son propriétaire.',
    en: 'There is no calendar at this address any more. Ask its owner for the new one.',
  },
  'not-allowed': {
    fr: 'Ce calendrier demande un mot de passe. Il faut son adresse secrète (« au format iCal »).',
    en: 'This calendar asks for a password. Its secret address (“iCal format”) is needed.',
  },
  'server-error': {
    fr: 'Le serveur de ce calendrier est en panne.',
    en: 'The server of this calendar is out of order.',
  },
  'private-address': {
    fr: 'Cette adresse est celle d’un réseau interne, où Palier ne lit rien. Téléversez plutôt le fichier.',
    en: 'This address lies on an internal network, where Palier reads nothing. Upload the file instead.',
  },
  'too-many-redirects': {
    fr: 'Cette adresse renvoie sans fin vers d’autres.',
    en: 'This address leads on and on to others.',
  },
  'too-large': {
    fr: 'Ce calendrier est trop grand : deux mégaoctets au plus. Exportez une période plus courte.',
    en: 'This calendar is too large: two megabytes at most. Export a shorter period.',
  },
  'too-many-events': {
    fr: 'Ce calendrier a trop d’événements : 5 000 au plus. Exportez une période plus courte.',
    en: 'This calendar has too many events: 5,000 at most. Export a shorter period.',
  },
  'not-a-calendar': {
    fr: 'Ce n’est pas un calendrier (.ics). L’adresse mène peut-être à une page à lire ; il faut celle « au format iCal ».',
    en: 'This is not a calendar (.ics). The address may lead to a page to read; the one “in iCal format” is needed.',
  },
};

/** Why a calendar could not be read, and what to do about it. */
export function sayFailure(failure: FetchFailure, language: Language): string {
  return FAILURES[failure][language];
}
