import { weekdayAt } from './day-names';
import { writtenDateAt } from './dates-in-words';
import { COUNTED_WORDS, monthNamed, NUMBERED_WORDS, PLACE_WORDS, STREET_WORDS } from './lexicon';
import { type Around, between, type Found, markAt, phraseAt, phrases, skip, wordAt } from './pieces';
import { ask } from './questions';
import type { At } from './reading';
import type { Token } from './tokens';

const BOTH = phrases(
  'avec ou sans rdv|sans ou avec rdv|avec et sans rdv|sans et avec rdv|sur rdv ou sans rdv|sans rdv ou sur rdv|sans rdv ou avec rdv|sans rdv et sur rdv|libre ou sur rdv',
);
const WALK_IN = phrases(
  'sans prise de rdv|sans rdv|sans inscription|sans reservation|en accueil libre|accueil libre|en acces libre|acces libre|libre acces|en libre acces|entree libre|libre service|acces direct|sans rdv prealable|accueil sans rdv|venez sans rdv|libre|librement',
);
const APPOINTMENT = phrases(
  'sur prise de rdv|prise de rdv|sur simple rdv|pour un premier rdv|premier rdv|en rdv|sur rdv|avec rdv|par rdv|a rdv|rdv|sur inscription|sur inscriptions|inscription obligatoire|sur reservation|reservation obligatoire',
);
const GROUP = phrases(
  'reunion d information collective|reunion d information|reunions d information|reunion collective|reunions collectives|reunion|reunions|information collective|informations collectives|en groupe|groupe de parole|groupes de parole|seance collective|seances collectives|atelier collectif|ateliers collectifs|collectif|collective|collectifs|collectives',
);
const OPEN_TO_ALL = phrases(
  'ouvert au public|ouverte au public|ouverts au public|ouvertes au public|ouvert a tous|ouverte a tous|ouvert a toutes et tous',
);
const ADVISED = new Set([
  'conseille',
  'souhaite',
  'souhaitable',
  'possible',
  'possibles',
  'prefere',
  'preferable',
  'recommande',
  'prioritaire',
  'prioritaires',
  'privilegie',
]);

/** "sur rendez-vous", "sans rdv", "accès libre", "réunion d’information". */
export function modeAt({ tokens }: Around, i: number): Found | null {
  const both = phraseAt(tokens, i, BOTH);
  if (both !== null) return mode(tokens, i, both, 'walk-in', { both: true });
  const walkIn = phraseAt(tokens, i, WALK_IN);
  if (walkIn !== null) return mode(tokens, i, walkIn, 'walk-in');
  const booked = bookingAt(tokens, i);
  if (booked !== null) return { ...text(tokens, i, booked), questions: [ask.toBook(between(tokens, i, booked))] };
  const appointment = phraseAt(tokens, i, APPOINTMENT);
  if (appointment !== null) {
    const advised = skip(tokens, appointment, new Set(['est', 'sont', 'de', 'en']));
    if (!ADVISED.has(wordAt(tokens, advised))) return mode(tokens, i, appointment, 'appointment');
    return { ...text(tokens, i, advised + 1), questions: [ask.mode(between(tokens, i, advised + 1))] };
  }
  const group = phraseAt(tokens, i, GROUP);
  if (group !== null) return mode(tokens, i, group, 'group', { weak: true });
  const open = phraseAt(tokens, i, OPEN_TO_ALL);
  return open === null ? null : mode(tokens, i, open, 'walk-in', { weak: true });
}

const BOOKING = phrases(
  'prise de rdv|prises de rdv|prendre rdv|prenez rdv|rdv a prendre|inscription|inscriptions|inscription obligatoire|reservation|reservations|secretariat',
);

/** "Prise de rendez-vous le lundi de 14h à 17h": hours at which nobody is received, perhaps. */
function bookingAt(tokens: readonly Token[], i: number): number | null {
  const next = phraseAt(tokens, i, BOOKING);
  if (next === null || ['sur', 'sans', 'par'].includes(wordAt(tokens, i - 1))) return null;
  const at = skip(tokens, next, new Set(['par', 'telephone', 'au', 'le', 'les', 'du', 'de', 'tous', 'chaque']));
  const colon = markAt(tokens, at) === ':' ? skip(tokens, at + 1, new Set(['le', 'les', 'du', 'de'])) : at;
  return weekdayAt(tokens, colon) === null ? null : next;
}

function mode(
  tokens: readonly Token[],
  i: number,
  next: number,
  named: 'walk-in' | 'appointment' | 'group',
  { weak = false, both = false } = {},
): Found {
  return { piece: { is: 'mode', mode: named, weak, both, at: between(tokens, i, next) }, next };
}

const ONLY = new Set([
  'uniquement',
  'seulement',
  'exclusivement',
  'exclusif',
  'exclusive',
  'obligatoire',
  'obligatoirement',
  'only',
  'strictement',
]);

export function onlyAt({ tokens }: Around, i: number): Found | null {
  if (!ONLY.has(wordAt(tokens, i))) return null;
  return { piece: { is: 'only', at: between(tokens, i, i + 1) }, next: i + 1 };
}

export function evenAt({ tokens }: Around, i: number): Found | null {
  const next = phraseAt(tokens, i, phrases('ycompris|meme pendant|meme en|meme les|meme durant|meme'));
  return next === null ? null : { piece: { is: 'even', at: between(tokens, i, i + 1) }, next: i + 1 };
}

const UNSETTLED = phrases(
  'en principe|sur le principe|theoriquement|en theorie|generalement|en general|habituellement|d habitude|parfois|occasionnellement|ponctuellement|eventuellement|a la demande|sur demande|a definir|a determiner|a confirmer|a preciser|a venir|provisoire|provisoirement|variable|variables|selon|en fonction|si besoin|au besoin|le cas echeant|priorite|irregulier|irreguliere|irregulierement|environ|approximativement|plusieurs|certains|certaines|quelques|pas totalement|sous reserve|nous consulter|se renseigner|consulter le planning|voir planning|sur convocation|de temps en temps|respectivement|regulierement|frequemment',
);
const REFERS_ELSEWHERE = phrases(
  'memes horaires|meme horaire|memes heures|memes jours|idem|horaires habituels|horaires inchanges|comme d habitude|ci dessus|ci dessous|horaires d ete|horaires d hiver',
);
const ALTERNATES = phrases(
  'en alternance|alternance|alternativement|en alternant|a tour de role|par roulement|une fois sur l autre',
);

/** Words that say that something is not said: each asks. */
export function unsettledAt({ tokens }: Around, i: number): Found | null {
  for (const [words, question] of [
    [UNSETTLED, ask.notFixed],
    [REFERS_ELSEWHERE, ask.otherText],
    [ALTERNATES, ask.alternation],
  ] as const) {
    const next = phraseAt(tokens, i, words);
    if (next === null) continue;
    const at = between(tokens, i, next);
    return { piece: { is: 'unsettled', at }, next, questions: [question(at)] };
  }
  return null;
}

const TO_A_PLACE = new Set(['a', 'au', 'aux', 'chez', 'dans', 'sur', 'devant', 'en']);
const PLACE_ARTICLES = new Set(['la', 'le', 'les', 'l', 'notre', 'nos', 'une', 'un']);
/** Begin the name of a place only after "à", "au", "dans"…: "pôle", "point" and "espace" name services too. */
const NEED_A_PREPOSITION = new Set([
  'pole',
  'point',
  'local',
  'relais',
  'cours',
  'antenne',
  'espace',
  'quartier',
  'guichet',
  'place',
  'cours',
  'site',
  'restaurant',
  'resto',
]);
const LONGEST_NAME = 14;

/** "à la Maison pour tous", "au 3, rue du Béarn", "Mairie de Quartier"; ends before what `isSchedule` knows. */
export function siteAt(around: Around, i: number, isSchedule: (i: number) => boolean): Found | null {
  const { tokens } = around;
  const phone = phraseAt(tokens, i, phrases('telephonique|telephoniques|par telephone|au telephone'));
  if (phone !== null) {
    const preposed = phone > i + 1;
    return { piece: { is: 'site', text: 'téléphone', preposed, at: between(tokens, i, phone) }, next: phone };
  }
  const preposed = TO_A_PLACE.has(wordAt(tokens, i));
  const name = preposed ? skip(tokens, i + 1, PLACE_ARTICLES) : i;
  const quoted = preposed ? quotedAt(tokens, name) : null;
  if (quoted) return { piece: { is: 'site', text: '', preposed, at: quoted.at }, next: quoted.next };
  const address = addressAt(tokens, name);
  const word = wordAt(tokens, name);
  const begins =
    address ??
    (PLACE_WORDS.has(word) &&
    (preposed || !NEED_A_PREPOSITION.has(word)) &&
    !(word === 'place' && wordAt(tokens, i) === 'sur')
      ? name + 1
      : null);
  const town = begins === null ? townAt(tokens, i, isSchedule) : null;
  if (begins === null && town === null) return null;
  const next = begins === null ? (town as number) : endOfName(tokens, begins, isSchedule);
  const last = tokens[next - 1] as Token;
  return {
    piece: { is: 'site', text: '', preposed, at: [(tokens[town === null ? name : i + 1] as Token).from, last.to] },
    next,
  };
}

/** After "à", with a capital, and no town. */
const NO_TOWN = new Set(
  'noel paques toussaint ascension pentecote midi minuit partir compter domicile distance titre tous toutes chaque raison condition'.split(
    ' ',
  ),
);
const IN_A_TOWN = new Set(['le', 'la', 'les', 'l', 'sur', 'sous', 'en', 'de', 'du', 'des', 'd', 'aux']);

/** "à Vanves", "à L’Haÿ-les-Roses": a capital tells a town, where not everything has one. Answers where its name ends. */
function townAt(tokens: readonly Token[], i: number, isSchedule: (i: number) => boolean): number | null {
  const isName = (at: number): boolean => {
    const token = tokens[at];
    const isCapital = token?.kind === 'word' && token.capital && !NO_TOWN.has(token.text);
    return isCapital && weekdayAt(tokens, at) === null && monthNamed(token.text) === null && !isSchedule(at);
  };
  if (wordAt(tokens, i) !== 'a' || !isName(i + 1)) return null;
  if (tokens.every((token) => token.kind !== 'word' || token.capital || token.text.length < 4)) return null;
  let end = i + 2;
  for (let at = i + 2; at < Math.min(tokens.length, i + LONGEST_NAME); at += 1) {
    if (isName(at)) end = at + 1;
    else if (markAt(tokens, at) !== '-' && !IN_A_TOWN.has(wordAt(tokens, at))) break;
  }
  return end;
}

/** "à « Maison pour tous »": the name is what stands between the quotes. */
function quotedAt(tokens: readonly Token[], i: number): { at: At; next: number } | null {
  if (markAt(tokens, i) !== '«') return null;
  const end = tokens.findIndex((token, at) => at > i && token.text === '»');
  if (end < i + 2 || end > i + 2 * LONGEST_NAME) return null;
  return { at: between(tokens, i + 1, end), next: end + 1 };
}

/** "3, rue", "18 rue", "12 bis avenue": answers where the street's name begins. */
function addressAt(tokens: readonly Token[], i: number): number | null {
  if (tokens[i]?.kind !== 'number') return null;
  const at = markAt(tokens, i + 1) === ',' ? i + 2 : i + 1;
  if (!STREET_WORDS.has(wordAt(tokens, at))) return null;
  return skip(tokens, at, STREET_WORDS);
}

function endOfName(tokens: readonly Token[], begins: number, isSchedule: (i: number) => boolean): number {
  let at = begins;
  while (at < Math.min(tokens.length, begins + LONGEST_NAME)) {
    const date = wordAt(tokens, at) === 'du' ? writtenDateAt(tokens, at + 1) : null;
    // "place du 8 mai 1945" is a place.
    if (at <= begins + 1 && date && date.weekday === null && monthNamed(wordAt(tokens, at + 2)) !== null) {
      at =
        tokens[date.next]?.kind === 'number' && (tokens[date.next] as Token).text.length === 4
          ? date.next + 1
          : date.next;
      continue;
    }
    const token = tokens[at] as Token;
    if (
      token.kind === 'mark' &&
      !(token.text === '-' && token.glued && tokens[at + 1]?.kind === 'word' && weekdayAt(tokens, at + 1) === null)
    ) {
      const address = token.text === ',' ? addressAt(tokens, at + 1) : null;
      if (address === null) break;
      at = address;
      continue;
    }
    if (
      token.kind === 'phone' ||
      (token.kind === 'word' &&
        ['permanence', 'permanences', 'tel', 'pour', 'avec'].includes(token.text) &&
        token.text !== 'pour')
    )
      break;
    const address = addressAt(tokens, at);
    if (address !== null) {
      at = address;
      continue;
    }
    if (isSchedule(at)) break;
    at += 1;
  }
  // "et", "le" before what follows are not part of the name.
  while (
    at > begins &&
    ['et', 'le', 'la', 'les', 'de', 'du', 'l', 'd', 'a', 'des', 'ou', 'puis'].includes(wordAt(tokens, at - 1))
  )
    at -= 1;
  return at;
}

/** Numbers that count or name something and say no date: telephones, "16-25 ans", "salle 2", "2e étage", "94550". */
export function harmlessNumberAt({ tokens }: Around, i: number): number | null {
  const token = tokens[i];
  if (!token) return null;
  if (token.kind === 'phone') return i + 1;
  if (token.kind === 'ordinal') return COUNTED_WORDS.has(wordAt(tokens, i + 1)) ? i + 2 : null;
  if (token.kind === 'word') {
    const after = markAt(tokens, i + 1) === ':' ? i + 2 : i + 1;
    if (!NUMBERED_WORDS.has(token.text) || tokens[after]?.kind !== 'number') return null;
    let next = after + 1;
    // A telephone's short number: "39 19".
    while (/^(tel|telephone|appelez|appeler|numero)$/.test(token.text) && tokens[next]?.kind === 'number') next += 1;
    return next;
  }
  if (token.kind !== 'number') return null;
  // A postcode, or a telephone's short number.
  if (token.text.length === 5 || /^(3\d{3}|10\d\d)$/.test(token.text)) return i + 1;
  if (isNumberOfName(tokens, i)) return i + 1;
  const joint = markAt(tokens, i + 1) === '-' || ['a', 'et', 'ou'].includes(wordAt(tokens, i + 1)) ? i + 2 : null;
  if (joint !== null && tokens[joint]?.kind === 'number' && COUNTED_WORDS.has(wordAt(tokens, joint + 1)))
    return joint + 2;
  return COUNTED_WORDS.has(wordAt(tokens, i + 1)) ? i + 2 : null;
}

/** "ADIL 94": too great for an hour, after a name. */
function isNumberOfName(tokens: readonly Token[], i: number): boolean {
  const before = tokens[i - 1];
  if (before?.kind !== 'word' || before.text.length < 3 || !before.capital) return false;
  const named = weekdayAt(tokens, i - 1) !== null || monthNamed(before.text) !== null;
  const { text: digits } = tokens[i] as Token;
  return !named && digits.length <= 3 && Number(digits) > 31;
}

function text(tokens: readonly Token[], i: number, next: number): Found {
  return { piece: { is: 'text', known: true, at: between(tokens, i, next) }, next };
}
