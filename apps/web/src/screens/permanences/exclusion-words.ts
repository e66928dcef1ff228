import type { Dictionary } from '../../i18n/language';

const fr = {
  title: 'Dates sans permanence et vacances, pour cette ligne',
  add: 'Ajouter des jours sans permanence',
  from: 'Sauf le, ou du',
  to: 'Au (inclus)',
  cause: 'Pourquoi',
  remove: 'Retirer',
  removeOf: (date: string) => `Retirer : sauf le ${date}`,
  school: 'Vacances scolaires, cette ligne',
  which: 'Lesquelles',
  every: 'Toutes',
  names: { Toussaint: 'Toussaint', Noël: 'Noël', hiver: 'Hiver', printemps: 'Printemps', été: 'Été' },
  holiday: 'Jours fériés, cette ligne',
  asAll: 'Comme la permanence',
};

const en: typeof fr = {
  title: 'Days without a session and holidays, for this line',
  add: 'Add days without a session',
  from: 'Except on, or from',
  to: 'To (included)',
  cause: 'Why',
  remove: 'Remove',
  removeOf: (date) => `Remove: except ${date}`,
  school: 'School holidays, this line',
  which: 'Which ones',
  every: 'All of them',
  names: { Toussaint: 'Autumn (Toussaint)', Noël: 'Christmas', hiver: 'Winter', printemps: 'Spring', été: 'Summer' },
  holiday: 'Public holidays, this line',
  asAll: 'As the permanence',
};

/** What a line of a permanence leaves out. */
export const exclusionWords: Dictionary<typeof fr> = { fr, en };
