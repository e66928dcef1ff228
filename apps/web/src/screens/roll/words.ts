import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Feuille d’émargement',
  name: 'Nom',
  signature: 'Signature',
  places: (booked: number, seats: number) => `${booked} inscrit·e${booked > 1 ? 's' : ''}, ${seats} places`,
  excused: 'excusé·e',
  noRoom: 'sans bureau',
  print: 'Imprimer',
  back: 'Revenir à la séance',
};

const en: typeof fr = {
  title: 'Attendance sheet',
  name: 'Name',
  signature: 'Signature',
  places: (booked, seats) => `${booked} booked, ${seats} places`,
  excused: 'excused',
  noRoom: 'no room',
  print: 'Print',
  back: 'Back to the session',
};

export const rollWords: Dictionary<typeof fr> = { fr, en };
