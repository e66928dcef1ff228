import type { Dictionary } from './language';

/** "45 min", "4 h", "1 h 30": nobody counts hours in minutes. */
function lasts(minutes: number, unitAfterHours: string): string {
  if (minutes < 60) return `${minutes}\u00a0min`;
  const left = minutes % 60;
  return `${Math.floor(minutes / 60)}\u00a0h${left ? `\u00a0${String(left).padStart(2, '0')}${unitAfterHours}` : ''}`;
}

const fr = {
  close: 'Fermer',
  back: 'Retour',
  cancel: 'Annuler',
  save: 'Enregistrer',
  retry: 'Réessayer',
  undo: 'Annuler l’action',
  loading: 'Chargement…',
  gone: 'Ce n’est plus ici',
  goneHow: 'L’adresse a changé ou est incomplète, ce qui était ici a été retiré, ou votre compte n’y a pas accès.',
  toToday: 'Revenir à aujourd’hui',
  unexpected: 'Quelque chose s’est mal passé. Ce que vous avez saisi est gardé.',
  news: 'Messages',
  previousMonth: 'Mois précédent',
  nextMonth: 'Mois suivant',
  chooseDate: 'Choisir une date',
  none: 'Aucun résultat',
  mode: { 'walk-in': 'sans rendez-vous', appointment: 'sur rendez-vous', group: 'en groupe', internal: 'interne' },
  state: {
    planned: 'prévu',
    confirmed: 'confirmé',
    arrived: 'arrivé·e',
    seen: 'vu·e',
    noShow: 'absent·e',
    cancelledByUsager: 'annulé par la personne',
    cancelledByAgent: 'annulé par le service',
  },
  messageState: {
    waiting: 'à venir',
    sent: 'envoyé',
    failed: 'non remis',
    dropped: 'abandonné',
    todo: 'à faire',
    done: 'fait',
  } as Record<string, string>,
  lasts: (minutes: number) => lasts(minutes, ''),
};

const en: typeof fr = {
  close: 'Close',
  back: 'Back',
  cancel: 'Cancel',
  save: 'Save',
  retry: 'Try again',
  undo: 'Undo',
  loading: 'Loading…',
  gone: 'This is no longer here',
  goneHow: 'The address has changed or is incomplete, what was here was removed, or your account has no access to it.',
  toToday: 'Back to today',
  unexpected: 'Something went wrong. What you typed is kept.',
  news: 'Notices',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  chooseDate: 'Choose a date',
  none: 'Nothing found',
  mode: { 'walk-in': 'walk-in', appointment: 'by appointment', group: 'group', internal: 'internal' },
  state: {
    planned: 'planned',
    confirmed: 'confirmed',
    arrived: 'arrived',
    seen: 'seen',
    noShow: 'did not come',
    cancelledByUsager: 'cancelled by the person',
    cancelledByAgent: 'cancelled by the service',
  },
  messageState: {
    waiting: 'to come',
    sent: 'sent',
    failed: 'not delivered',
    dropped: 'dropped',
    todo: 'to do',
    done: 'done',
  },
  lasts: (minutes: number) => lasts(minutes, '\u00a0min'),
};

export const sharedWords: Dictionary<typeof fr> = { fr, en };
