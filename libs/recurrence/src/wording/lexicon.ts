/** The closed vocabulary, folded: without accents or capitals. */

const WEEKDAYS = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'];
const SHORT_WEEKDAYS = ['lun', 'mar', 'mer', 'jeu', 'ven', 'sam', 'dim'];
const SHORTEST_WEEKDAYS = ['lu', 'ma', 'me', 'je', 've', 'sa', 'di'];
/** As OpenStreetMap writes them (opening_hours). */
const OSM_WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'];

const MONTHS = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
];
const SHORT_MONTHS: Record<string, number> = {
  janv: 1,
  fev: 2,
  fevr: 2,
  avr: 4,
  juil: 7,
  sept: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};

const RANKS: Record<string, number> = {
  premier: 1,
  premiere: 1,
  deuxieme: 2,
  second: 2,
  seconde: 2,
  troisieme: 3,
  quatrieme: 4,
  cinquieme: 5,
  dernier: -1,
  derniere: -1,
  avantdernier: -2,
};

const NUMBERS = [
  'zero',
  'un',
  'deux',
  'trois',
  'quatre',
  'cinq',
  'six',
  'sept',
  'huit',
  'neuf',
  'dix',
  'onze',
  'douze',
  'treize',
  'quatorze',
  'quinze',
];

const indexIn = (list: readonly string[], word: string): number | null => {
  const found = list.indexOf(word);
  return found < 0 ? null : found + 1;
};
const singular = (word: string): string => (word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word);

/** ISO weekday of a name in full, singular or plural. */
export function weekdayNamed(word: string): number | null {
  return indexIn(WEEKDAYS, word) ?? indexIn(WEEKDAYS, singular(word));
}

/** ISO weekday of "lun", "mar", "merc"… */
export function shortWeekday(word: string): number | null {
  return indexIn(SHORT_WEEKDAYS, word) ?? { merc: 3, vend: 5 }[word] ?? null;
}

/** ISO weekday of "lu", "ma"…: words of the language too, to be taken for days only among hours. */
export function shortestWeekday(word: string): number | null {
  return indexIn(SHORTEST_WEEKDAYS, word);
}

/** ISO weekday of "Mo", "Tu"…: to be taken for days only among hours. */
export function osmWeekday(word: string): number | null {
  return indexIn(OSM_WEEKDAYS, word);
}

export function monthNamed(word: string): number | null {
  return indexIn(MONTHS, word) ?? SHORT_MONTHS[word] ?? null;
}

/** "premier" to "cinquième", "dernier" (−1), "avant-dernier" (−2), in any gender and number. */
export function rankNamed(word: string): number | null {
  return RANKS[word] ?? RANKS[singular(word)] ?? null;
}

/** A number in letters up to fifteen; "une" is one. */
export function numberNamed(word: string): number | null {
  if (word === 'une') return 1;
  const found = NUMBERS.indexOf(word);
  return found < 0 ? null : found;
}

export function isHourWord(word: string): boolean {
  return ['h', 'hs', 'hr', 'hrs', 'heure', 'heures'].includes(word);
}

/** What a misspelt word may be meant for: words that carry a date, an hour or a mode. */
export const CORRECTABLE: readonly string[] = [
  ...WEEKDAYS,
  ...WEEKDAYS.map((day) => `${day}s`),
  ...MONTHS.filter((month) => month.length > 4),
  'premier',
  'premiers',
  'deuxieme',
  'troisieme',
  'quatrieme',
  'cinquieme',
  'dernier',
  'derniers',
  'semaine',
  'semaines',
  'paires',
  'impaire',
  'impaires',
  'vacances',
  'scolaire',
  'scolaires',
  'feries',
  'matin',
  'matins',
  'apresmidi',
  'rendezvous',
  'chaque',
  'toutes',
];

/** Words that look like others and are none of them, and what schedules say that changes no date. */
const PLAIN_WORDS = new Set(
  (
    'maire mairie maires mairies marie mari martin marin main maine saint sainte salle place premiere tous tout toute toutes ' +
    'accueil accueille public publique publics permanence permanences atelier ateliers reception recoit recevoir reçoit ' +
    'ouvert ouverte ouverts ouvertes ouverture ouvertures horaire horaires heure heures jour jours semaine mois annee an ans ' +
    'administrative administratives administratif administratifs social sociale sociaux agent agents conseiller conseillere ' +
    'conseillers numerique numeriques individuel individuelle accompagnement information informations pour avec dans chez ' +
    'par sur sous sans entre vers chaque lieu lieux site sites bureau service services centre maison espace jeunes bus ' +
    'assure assuree tient tiendra tenue aura lieu est sont les des aux une deux libre acces satin latin merci patin mardis ' +
    'tel telephone mail email courriel adresse contact gratuit gratuite juridique numero ' +
    'paire pairs pair impair impairs matins famille familles serie series ferme fermes ferie matines solaire solaires parc ' +
    'seine saine jeune jeux jeu jura juge juges avoir avis mars mais puis suite suit chacun chacune autres autre certains'
  ).split(' '),
);

/** Whether a word is known as it is written, so that it is never "corrected". */
export function isPlainWord(word: string): boolean {
  return PLAIN_WORDS.has(word) || PLAIN_WORDS.has(singular(word));
}

/** What begins the name of a place. */
export const PLACE_WORDS = new Set(
  (
    'mairie maison mediatheque bibliotheque ccas cias centre salle espace antenne local gymnase ecole college lycee foyer ' +
    'hopital relais pole site hotel msap mjc clic pmi rue avenue boulevard allee impasse chemin square quai cours batiment ' +
    'annexe bourse residence tribunal palais prefecture sous-prefecture eds mds udaf caf cpam ludotheque cyberbase tiers ' +
    'quartier theatre chateau cinema pavillon villa resto restaurant epicerie immeuble point guichet place av bd'
  ).split(' '),
);

/** What follows the number of an address. */
export const STREET_WORDS = new Set(
  'rue avenue av boulevard bd allee allees impasse chemin square quai cours place route passage bis ter'.split(' '),
);

/** What a number may count without saying when: "5 sites", "16-25 ans", "30 min", "2e étage". */
export const COUNTED_WORDS = new Set(
  'site sites personne personnes place places agent agents conseiller conseillers an ans euro euros min mn minute minutes km etage etages arrondissement lieu lieux commune communes salle salles creneau creneaux poste postes participant participants inscrit inscrits'.split(
    ' ',
  ),
);

/** What a number follows without saying when: "salle 2", "bureau 12", "bât. 3". */
export const NUMBERED_WORDS = new Set(
  'salle bureau bureaux batiment bat porte hall escalier no numero tel telephone appelez appeler zone cedex ligne lignes arret poste classe niveau lot'.split(
    ' ',
  ),
);
