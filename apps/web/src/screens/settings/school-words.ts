import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Calendrier scolaire',
  shipped: 'Palier est livré avec le calendrier officiel connu à sa sortie.',
  imported: (moment: string) => `Années plus récentes importées : ${moment}.`,
  how: 'Quand un nouveau calendrier officiel paraît, déposez ici son export (CSV ou JSON, « calendrier scolaire » du ministère) : les dates « à vérifier » sont alors sûres.',
  drop: 'Déposez le fichier ici, ou',
  pick: 'Choisir le fichier',
  reading: 'Lecture du fichier…',
  tooLarge: 'Ce fichier est trop gros : exportez seulement les années qui manquent.',
  noZone: 'Dites d’abord la zone de l’espace, ci-dessus.',
  until: (before: string, after: string) => `Vérifié jusqu’au ${after} (jusqu’ici : ${before}).`,
  never: 'jamais',
  come: (line: string) => `Ajouté : ${line}`,
  gone: (line: string) => `Retiré : ${line}`,
  same: 'Ces vacances sont déjà celles que l’on connaît.',
  confirmed: (count: number) =>
    count > 1 ? `${count} dates ne sont plus à vérifier.` : count === 1 ? 'Une date n’est plus à vérifier.' : '',
  take: 'Prendre ce calendrier',
  taken: 'Calendrier scolaire pris en compte.',
  forget: 'Revenir au calendrier livré',
  forgotten: 'Calendrier livré repris.',
};

const en: typeof fr = {
  title: 'School calendar',
  shipped: 'Palier comes with the official calendar known when it was released.',
  imported: (moment: string) => `Newer years imported: ${moment}.`,
  how: 'When a new official calendar is published, drop its export here (CSV or JSON, the ministry’s “calendrier scolaire”): dates “to check” become certain.',
  drop: 'Drop the file here, or',
  pick: 'Choose the file',
  reading: 'Reading the file…',
  tooLarge: 'This file is too large: export only the missing years.',
  noZone: 'First say the zone of the space, above.',
  until: (before: string, after: string) => `Verified until ${after} (so far: ${before}).`,
  never: 'never',
  come: (line: string) => `Added: ${line}`,
  gone: (line: string) => `Removed: ${line}`,
  same: 'These holidays are those already known.',
  confirmed: (count: number) =>
    count > 1 ? `${count} dates are no longer to check.` : count === 1 ? 'A date is no longer to check.' : '',
  take: 'Take this calendar',
  taken: 'School calendar taken into account.',
  forget: 'Back to the calendar Palier comes with',
  forgotten: 'Back to the calendar Palier comes with.',
};

export const schoolWords: Dictionary<typeof fr> = { fr, en };
