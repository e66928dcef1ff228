import type { Dictionary } from '../../i18n/language';

const fr = {
  create: 'Ajouter un secteur',
  none: 'Aucun secteur',
  noneHow: 'Collez la liste des rues : les secteurs qu’elle nomme se font d’eux-mêmes.',
  streets: (n: number) => (n === 0 ? 'aucune rue' : `${n} ligne${n > 1 ? 's' : ''} de rues`),
  agents: 'Assistantes et assistants sociaux du secteur',
  list: 'Liste des rues',
  listHow: 'Une ligne par bout de rue : commune ; rue ; pairs, impairs ou tous ; numéros ; secteur.',
  listExample: 'Chevilly-Larue;rue de Verdun;pairs;2-48;Secteur 2',
  lines: 'Rues et secteurs',
  linesHint:
    'Cette liste remplace celle d’avant. Les adresses des personnes ne sont jamais gardées : seulement leur secteur.',
  commune: 'Commune des lignes qui n’en disent pas',
  save: 'Enregistrer la liste',
  saved: 'La liste des rues est enregistrée.',
};

const en: typeof fr = {
  create: 'Add a sector',
  none: 'No sector',
  noneHow: 'Paste the list of streets: the sectors it names are made by themselves.',
  streets: (n) => (n === 0 ? 'no street' : `${n} line${n > 1 ? 's' : ''} of streets`),
  agents: 'Social workers of the sector',
  list: 'List of streets',
  listHow: 'One line for each stretch of street: commune; street; even, odd or all; numbers; sector.',
  listExample: 'Chevilly-Larue;rue de Verdun;even;2-48;Sector 2',
  lines: 'Streets and sectors',
  linesHint: 'This list replaces the one before. People’s addresses are never kept: only their sector.',
  commune: 'Commune of the lines that name none',
  save: 'Save the list',
  saved: 'The list of streets is saved.',
};

export const sectorWords: Dictionary<typeof fr> = { fr, en };
