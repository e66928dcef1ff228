import type { PlainDate } from '@app/time';
import {
  countedEndAt,
  exceptAt,
  intervalAt,
  monthsAt,
  parityAt,
  periodAt,
  publicHolidayAt,
  schoolAt,
} from './calendar-in-words';
import { rangeAt, spelledNumberAt, timeAt } from './clock-times';
import { datesAt } from './dates-in-words';
import { daysAt, halfPieceAt, lonelyRanksAt } from './days-in-words';
import {
  CORRECTABLE,
  isHourWord,
  isPlainWord,
  monthNamed,
  numberNamed,
  PLACE_WORDS,
  rankNamed,
  STREET_WORDS,
  weekdayNamed,
} from './lexicon';
import { evenAt, harmlessNumberAt, modeAt, onlyAt, siteAt, unsettledAt } from './modes-and-places';
import { type Around, between, type Found, type Piece, type Recogniser, type Separator, wordAt } from './pieces';
import { ask, warn } from './questions';
import type { Question, Warning } from './reading';
import { type Token, tokensOf } from './tokens';
import { nearestWord } from './typos';

/** What a phrase is made of, in order, with what its parts ask and warn on their own. */
export interface Recognised {
  pieces: readonly Piece[];
  questions: readonly Question[];
  warnings: readonly Warning[];
}

/** Tried in this order where a piece may begin: the more a recogniser needs, the earlier. */
const SCHEDULE: readonly Recogniser[] = [
  periodAt,
  rangeAt,
  datesAt,
  schoolAt,
  publicHolidayAt,
  exceptAt,
  parityAt,
  daysAt,
  intervalAt,
  countedEndAt,
  lonelyRanksAt,
  monthsAt,
  halfPieceAt,
  modeAt,
  onlyAt,
  evenAt,
  unsettledAt,
];

const SEPARATOR_WORDS: Record<string, Separator> = { et: 'et', puis: 'et', ou: 'ou' };

/** Words of time that no recogniser knows: they change dates, we do not know which. */
const SEASONS = new Set(
  'hiver ete printemps automne saison saisons ramadan careme fetes noel paques toussaint pentecote ascension pendant durant veille veilles lendemain prochain prochaine suivant suivante jusqua jusquau apartirde depuis'.split(
    ' ',
  ),
);

const QUIET = new Set(
  'le la les l un une de du des d a au aux en par pour dans sur sous avec chez vers ce cette ces c est sont se s qui que son sa leur nos notre votre vos il elle y ne n plus'.split(
    ' ',
  ),
);

/** Reads the pieces of a phrase from left to right; every number and every word of time must belong to one. */
export function recognise(phrase: string, today: PlainDate): Recognised {
  const spelt = corrected(tokensOf(phrase));
  const around: Around = { tokens: spelt.tokens, today };
  const pieces: Piece[] = [];
  const questions: Question[] = [];
  const warnings: Warning[] = [...spelt.warnings];
  for (let i = 0; i < spelt.tokens.length; ) {
    const found = scheduleAt(around, i) ?? place(around, i, phrase) ?? leftover(around, i);
    pieces.push(found.piece);
    questions.push(...(found.questions ?? []));
    warnings.push(...(found.warnings ?? []));
    i = Math.max(found.next, i + 1);
  }
  return { pieces, questions, warnings };
}

function scheduleAt(around: Around, i: number): Found | null {
  const token = around.tokens[i] as Token;
  if (token.kind === 'mark') return null;
  if (harmlessNumberAt(around, i) !== null && timeAt(around.tokens, i) === null) return null;
  for (const recogniser of SCHEDULE) {
    const found = recogniser(around, i);
    if (found) return found;
  }
  return null;
}

function place(around: Around, i: number, phrase: string): Found | null {
  const found = siteAt(around, i, (at) => around.tokens[at]?.kind !== 'mark' && scheduleAt(around, at) !== null);
  if (found?.piece.is !== 'site' || found.piece.text !== '') return found;
  const [from, to] = found.piece.at;
  return { ...found, piece: { ...found.piece, text: phrase.slice(from, to).trim() } };
}

function leftover(around: Around, i: number): Found {
  const { tokens } = around;
  const token = tokens[i] as Token;
  const at = between(tokens, i, i + 1);
  if (token.text === '«' || token.text === '»') return { piece: { is: 'text', known: true, at }, next: i + 1 };
  if (token.kind === 'mark') return { piece: { is: 'separator', text: separatorOf(token), at }, next: i + 1 };
  const joiner = SEPARATOR_WORDS[wordAt(tokens, i)];
  if (joiner) return { piece: { is: 'separator', text: joiner, at }, next: i + 1 };
  const harmless = harmlessNumberAt(around, i);
  if (harmless !== null)
    return { piece: { is: 'text', known: true, at: between(tokens, i, harmless) }, next: harmless };
  const known = token.kind === 'word' && (QUIET.has(token.text) || isPlainWord(token.text));
  const questions = questionsAbout(tokens, i);
  return { piece: { is: 'text', known: known || questions.length > 0, at }, next: i + 1, questions };
}

function separatorOf(token: Token): Separator {
  if (token.text === '\n') return '.';
  if (token.text === '-' || token.text === '>') return '-';
  if (token.text === '&' || token.text === '+') return 'et';
  return token.text as Separator;
}

/** A number, a rank or a word of time that nothing has explained carries a meaning we do not know. */
function questionsAbout(tokens: readonly Token[], i: number): Question[] {
  const token = tokens[i] as Token;
  const at = between(tokens, i, i + 1);
  if (token.kind === 'ordinal') return [ask.whichDays(at)];
  if (token.kind === 'number') {
    const next = tokens[i + 1];
    const counts =
      next?.kind === 'word' && !/^(h|heures?|jours?|semaines?|mois|fois)$/.test(next.text) && !weekdayNamed(next.text);
    const before = wordAt(tokens, i - 1);
    if (counts && !next.glued && !['a', 'de', 'et', 'jusqua'].includes(before)) return [];
    const hour = Number(token.text) <= 24 && token.text.length <= 2;
    return [(hour ? ask.unreadableTime : ask.number)(at)];
  }
  if (/^ouvr(é|able)s?$/.test(token.raw)) return [ask.whichDays(at)];
  if (SEASONS.has(token.text) && !['a', 'ont'].includes(wordAt(tokens, i - 1))) return [ask.unread(at)];
  const spelled = spelledNumberAt(tokens, i);
  // "trente" alone is an hour's end, or a date's.
  if (spelled && spelled.value > 1 && tokens[spelled.next]?.kind !== 'word') return [ask.number(at)];
  if (
    rankNamed(token.text) !== null &&
    token.text !== 'second' &&
    token.text !== 'seconde' &&
    !token.text.startsWith('premi')
  )
    return [ask.whichDays(at)];
  if (/^(mois|trimestres?|semestres?|quinzaines?|semaines?)$/.test(token.text) && !isExplained(tokens, i))
    return [ask.whichDays(at)];
  return [];
}

/** "du mois" after what was read, "toute l’année", "la semaine": nothing more is said. */
function isExplained(tokens: readonly Token[], i: number): boolean {
  return ['du', 'ce', 'de', 'la', 'toute'].includes(wordAt(tokens, i - 1));
}

interface Spelling {
  tokens: Token[];
  warnings: Warning[];
}

/** Misspelt words that carry a day, an hour or a mode are read as what they are nearest to, and told. */
function corrected(tokens: readonly Token[]): Spelling {
  const seen = new Map<string, string | null>();
  const warnings: Warning[] = [];
  const out = tokens.map((token, i) => {
    if (token.kind !== 'word' || token.text.length < 4 || token.text.length > 14 || isKnown(token.text)) return token;
    // Names of streets and people are spelt as they like.
    if (STREET_WORDS.has(tokens[i - 1]?.text ?? '') || tokens[i - 1]?.text === 'de') return token;
    const near = seen.get(token.text) ?? nearest(token.text);
    seen.set(token.text, near);
    if (near === null) return token;
    const meant = near === 'rendezvous' ? 'rdv' : near;
    warnings.push(warn.spelling([token.from, token.to], near === 'rendezvous' ? 'rendez-vous' : near));
    return { ...token, text: meant };
  });
  return { tokens: out, warnings };
}

function nearest(word: string): string | null {
  const near = nearestWord(word, CORRECTABLE);
  return near !== null && (word.length > 4 || weekdayNamed(near) !== null) ? near : null;
}

function isKnown(word: string): boolean {
  return (
    CORRECTABLE.includes(word) ||
    isPlainWord(word) ||
    isHourWord(word) ||
    PLACE_WORDS.has(word) ||
    weekdayNamed(word) !== null ||
    monthNamed(word) !== null ||
    rankNamed(word) !== null ||
    numberNamed(word) !== null
  );
}
