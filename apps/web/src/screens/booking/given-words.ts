import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Places données ailleurs',
  count: (count: number) => (count > 1 ? `${count} places données ailleurs` : 'Une place donnée ailleurs'),
  how: 'Une place que vous avez donnée vous-même, par téléphone par exemple : elle est tenue, et Palier ne prévient personne.',
  which: 'Créneau',
  give: (hours: string) => `Place donnée ailleurs : ${hours}`,
  more: 'Un autre créneau',
  given: 'Place notée comme donnée ailleurs.',
  takeBack: 'Reprendre',
  takeBackOf: (hours: string) => `Reprendre la place de ${hours}`,
  takenBack: 'Place libre à nouveau.',
};

const en: typeof fr = {
  title: 'Places given elsewhere',
  count: (count: number) => (count > 1 ? `${count} places given elsewhere` : 'A place given elsewhere'),
  how: 'A place you gave by your own means, by phone for instance: it is held, and Palier tells nobody.',
  which: 'Slot',
  give: (hours: string) => `Place given elsewhere: ${hours}`,
  more: 'Another slot',
  given: 'Place noted as given elsewhere.',
  takeBack: 'Take back',
  takeBackOf: (hours: string) => `Take back the place of ${hours}`,
  takenBack: 'Place free again.',
};

export const givenWords: Dictionary<typeof fr> = { fr, en };
