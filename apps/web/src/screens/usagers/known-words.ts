import type { Dictionary } from '../../i18n/language';

const fr = {
  known: 'Déjà connue ?',
  isIt: (who: string) => `Est-ce ${who} ?`,
  same: { name: 'même nom, ou qui se prononce pareil', phone: 'même téléphone', 'birth-year': 'même année' },
  take: 'C’est elle ou lui',
  takeOf: (name: string) => `C’est elle ou lui : ${name}`,
  safe: 'Contact protégé',
  safeCaller: 'Au téléphone, ne dites rien de cette personne, pas même qu’elle est connue ici.',
};

const en: typeof fr = {
  known: 'Already known?',
  isIt: (who) => `Is it ${who}?`,
  same: { name: 'same name, or one that sounds alike', phone: 'same phone', 'birth-year': 'same year' },
  take: 'That is them',
  takeOf: (name) => `That is them: ${name}`,
  safe: 'Safe contact',
  safeCaller: 'On the phone, say nothing of this person, not even that they are known here.',
};

export const knownWords: Dictionary<typeof fr> = { fr, en };
