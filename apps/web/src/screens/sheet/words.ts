import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Feuille du jour',
  of: (who: string, day: string) => `${who}, ${day}`,
  print: 'Imprimer',
  back: 'Revenir à la journée',
  at: (moment: string) => `État du ${moment}`,
  closed: (cause: string) => `Fermé : ${cause}.`,
  none: 'Personne ne reçoit ce jour-là.',
  columns: { where: 'Heures, salle', who: 'Qui reçoit', people: 'Rendez-vous' },
  taken: 'occupé',
  noRoom: 'sans bureau',
  walkIns: 'Sans rendez-vous :',
  sayNothing: 'ne rien dire au téléphone',
  kept: (moment: string) =>
    `Le serveur ne répond pas : voici la feuille gardée sur ce poste, telle qu’à ${moment}. Notez les arrivées avec leur heure : vous les saisirez au retour du réseau.`,
  notKept: 'Le serveur ne répond pas, et aucune feuille de ce jour n’est gardée sur ce poste.',
  offline: 'Hors connexion.',
  offlineSince: (moment: string) => `Feuille du jour gardée à ${moment}.`,
  see: 'Voir la feuille',
  sheetOf: (day: string) => `Feuille du ${day}`,
  retry: 'Réessayer',
};

const en: typeof fr = {
  title: 'Day sheet',
  of: (who: string, day: string) => `${who}, ${day}`,
  print: 'Print',
  back: 'Back to the day',
  at: (moment: string) => `As of ${moment}`,
  closed: (cause: string) => `Closed: ${cause}.`,
  none: 'Nobody receives on that day.',
  columns: { where: 'Hours, room', who: 'Who receives', people: 'Appointments' },
  taken: 'taken',
  noRoom: 'no room',
  walkIns: 'Without appointment:',
  sayNothing: 'say nothing by telephone',
  kept: (moment: string) =>
    `The server does not answer: this is the sheet kept on this workstation, as of ${moment}. Write arrivals down with their hour: you will enter them once the network is back.`,
  notKept: 'The server does not answer, and no sheet of that day is kept on this workstation.',
  offline: 'Offline.',
  offlineSince: (moment: string) => `Day sheet kept at ${moment}.`,
  see: 'See the sheet',
  sheetOf: (day: string) => `Sheet of ${day}`,
  retry: 'Try again',
};

export const sheetWords: Dictionary<typeof fr> = { fr, en };
