import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Votre rendez-vous',
  titleOfMany: 'Vos rendez-vous',
  away: {
    phone: 'Par téléphone, nous vous appellerons.',
    home: 'À votre domicile.',
    video: 'En visioconférence.',
  },
  change: 'Pour changer ou annuler :',
  bring: 'Gardez ce papier.',
  print: 'Imprimer',
  back: 'Revenir au rendez-vous',
  addLink: 'Ajouter l’adresse en ligne',
  online: 'Le voir, le changer ou l’annuler en ligne :',
};

const en: typeof fr = {
  title: 'Your appointment',
  titleOfMany: 'Your appointments',
  away: {
    phone: 'By phone, we will call you.',
    home: 'At your home.',
    video: 'By video.',
  },
  change: 'To change or cancel:',
  bring: 'Keep this paper.',
  print: 'Print',
  back: 'Back to the appointment',
  addLink: 'Add the online address',
  online: 'See, change or cancel it online:',
};

export const slipWords: Dictionary<typeof fr> = { fr, en };
