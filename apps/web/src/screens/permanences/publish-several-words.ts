import type { Dictionary } from '../../i18n/language';

const fr = {
  open: (count: number) => `Publier des brouillons (${count})`,
  title: 'Publier plusieurs permanences',
  lead: 'Dans l’ordre de la liste : la première qui veut un bureau l’obtient, l’autre date reste à régler.',
  which: 'Brouillons à publier',
  all: 'Tous',
  publish: (count: number) => (count > 1 ? `Publier ces ${count} permanences` : 'Publier cette permanence'),
  done: (count: number) => (count > 1 ? `${count} permanences publiées` : `${count} permanence publiée`),
  asked: (count: number) =>
    count > 1 ? `${count} publications demandées au responsable` : 'Une publication demandée au responsable',
  dates: (count: number) => (count > 1 ? `${count} dates` : `${count} date`),
  toSettle: (count: number) => (count > 1 ? `${count} choses à régler` : 'une chose à régler'),
  refused: (count: number) =>
    count > 1 ? `${count} permanences n’ont pas pu l’être :` : 'Une permanence n’a pas pu l’être :',
  close: 'Fermer',
};

const en: typeof fr = {
  open: (count) => `Publish drafts (${count})`,
  title: 'Publish several permanences',
  lead: 'In the order of the list: the first that wants a room has it, the other date is left to settle.',
  which: 'Drafts to publish',
  all: 'All of them',
  publish: (count) => (count > 1 ? `Publish these ${count} permanences` : 'Publish this permanence'),
  done: (count) => (count > 1 ? `${count} permanences published` : `${count} permanence published`),
  asked: (count) => `${count > 1 ? `${count} publications` : 'One publication'} asked of the person in charge`,
  dates: (count) => (count > 1 ? `${count} dates` : `${count} date`),
  toSettle: (count) => (count > 1 ? `${count} things to settle` : 'one thing to settle'),
  refused: (count) => (count > 1 ? `${count} permanences could not be:` : 'One permanence could not be:'),
  close: 'Close',
};

export const publishSeveralWords: Dictionary<typeof fr> = { fr, en };
