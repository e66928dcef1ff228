import type { Dictionary } from '../../i18n/language';

const fr = {
  given: (count: number) =>
    count > 1 ? `${count} places données ailleurs ne tiennent plus.` : 'Une place donnée ailleurs ne tient plus.',
  givenHow: 'Palier ne connaît pas ces personnes : à prévenir par qui a donné la place.',
  others: (count: number) =>
    count > 1 ? `${count} autres personnes, que vous ne voyez pas` : 'Une autre personne, que vous ne voyez pas',
  clashes: (count: number) =>
    count > 1 ? `${count} rendez-vous ailleurs, à la même heure` : 'Un rendez-vous ailleurs, à la même heure',
  added: (count: number) => (count > 1 ? `${count} dates ajoutées` : 'Une date ajoutée'),
  removed: (count: number) => (count > 1 ? `${count} dates retirées` : 'Une date retirée'),
  changed: (count: number) => (count > 1 ? `${count} dates changées` : 'Une date changée'),
  kept: (count: number) =>
    count > 1
      ? `${count} dates restent comme elles sont.`
      : count === 1
        ? 'Une date reste comme elle est.'
        : 'Aucune date ne reste comme elle est.',
  more: (count: number) => (count > 1 ? `et ${count} autres` : 'et une autre'),
  lacksRoom: (room: string) => (room ? `sans bureau (${room} : pris)` : 'sans bureau'),
  nothing: 'rien',

  reviewTitle: 'Ce que cela change',
  reviewWhich: 'Dates concernées',
  which: { all: 'Toutes les dates', from: 'À partir d’un jour' },
  reviewFrom: 'À partir du',
  fromHow: 'Les dates d’avant restent telles quelles. Le nom, qui la voit et les motifs changent partout.',
  saveNow: 'Enregistrer ces changements',

  whoThatDay:
    'Ce jour-là seulement. Qui a rendez-vous avec la personne remplacée est reçu par l’autre, à la même heure.',

  swap: 'Échanger',
  swapOf: (moment: string) => `Échanger le tour du ${moment}`,
  swapTitle: 'Échanger deux tours',
  swapWhy: 'Les heures et les rendez-vous restent ; seuls les agents changent. Personne d’autre n’est prévenu.',
  swapWith: 'Avec le tour du',
  swapNone: 'Aucun tour d’un autre agent parmi les prochaines dates de ce partenaire.',
  swapNow: 'Échanger ces tours',
  swapDone: 'Tours échangés.',

  history: 'Historique',
  night: 'Palier',
};

const en: typeof fr = {
  given: (count: number) =>
    count > 1 ? `${count} places given elsewhere no longer hold.` : 'A place given elsewhere no longer holds.',
  givenHow: 'Palier does not know these people: whoever gave the place tells them.',
  others: (count) =>
    count > 1 ? `${count} other people, whom you cannot see` : 'One other person, whom you cannot see',
  clashes: (count) =>
    count > 1 ? `${count} appointments elsewhere at the same hour` : 'One appointment elsewhere at the same hour',
  added: (count) => (count > 1 ? `${count} dates added` : 'One date added'),
  removed: (count) => (count > 1 ? `${count} dates removed` : 'One date removed'),
  changed: (count) => (count > 1 ? `${count} dates changed` : 'One date changed'),
  kept: (count) =>
    count > 1
      ? `${count} dates stay as they are.`
      : count === 1
        ? 'One date stays as it is.'
        : 'No date stays as it is.',
  more: (count) => (count > 1 ? `and ${count} more` : 'and one more'),
  lacksRoom: (room) => (room ? `no room (${room}: taken)` : 'no room'),
  nothing: 'nothing',

  reviewTitle: 'What this changes',
  reviewWhich: 'Dates concerned',
  which: { all: 'All dates', from: 'From a day on' },
  reviewFrom: 'From',
  fromHow: 'Earlier dates stay as they are. The name, who sees it and the reasons change everywhere.',
  saveNow: 'Save these changes',

  whoThatDay: 'That day only. Whoever is booked with the person replaced is received by the other, at the same hour.',

  swap: 'Swap',
  swapOf: (moment) => `Swap the turn of ${moment}`,
  swapTitle: 'Swap two turns',
  swapWhy: 'Hours and appointments stay; only the agents change. Nobody else is told.',
  swapWith: 'With the turn of',
  swapNone: 'No turn of another agent among the next dates of this partner.',
  swapNow: 'Swap these turns',
  swapDone: 'Turns swapped.',

  history: 'History',
  night: 'Palier',
};

/** Changing a permanence with open eyes: what it does, from when, whose turn, who did what. */
export const changeWords: Dictionary<typeof fr> = { fr, en };
