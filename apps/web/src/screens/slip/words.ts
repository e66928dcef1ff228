import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Votre rendez-vous',
  change: 'Pour changer ou annuler :',
  bring: 'Gardez ce papier.',
  print: 'Imprimer',
  back: 'Revenir au rendez-vous',
};

const en: typeof fr = {
  title: 'Your appointment',
  change: 'To change or cancel:',
  bring: 'Keep this paper.',
  print: 'Print',
  back: 'Back to the appointment',
};

export const slipWords: Dictionary<typeof fr> = { fr, en };
