import { type PlainDate, plainDate } from '@app/time';
import { afterJoiner, countAt, weekdayAt } from './day-names';
import { endOfMonth, resolve, type WrittenDate, writtenDateAt, yearAt } from './dates-in-words';
import { monthNamed } from './lexicon';
import {
  type Around,
  between,
  type Found,
  markAt,
  type Piece,
  phraseAt,
  phrases,
  skip,
  wordAt,
  type Phrases,
} from './pieces';
import { ask, warn } from './questions';
import type { Token } from './tokens';

const BEFORE_MONTH = new Set([
  'en',
  'de',
  'd',
  'du',
  'mois',
  'des',
  'au',
  'aux',
  'pendant',
  'durant',
  'le',
  'les',
  'entre',
  'tout',
  'l',
  'dans',
  'a',
  'courant',
]);
/** "Les mois pairs": of the year; weeks have their own parity. */
const MONTHS_OF = { even: [2, 4, 6, 8, 10, 12], odd: [1, 3, 5, 7, 9, 11] } as const;
const UP_TO = new Set(['a', 'au', 'jusqua', 'jusquau']);

/** "de septembre à juin", "en juillet et août", "juillet-août", "entre octobre et novembre", "en mars 2027". */
export function monthsAt({ tokens }: Around, i: number): Found | null {
  const start = skip(tokens, i, BEFORE_MONTH);
  const range = wordAt(tokens, start - 1) === 'entre';
  const first = monthNamed(wordAt(tokens, start));
  const named = wordAt(tokens, start - 1) === 'mois' ? parityNamed(wordAt(tokens, start)) : null;
  if (named) return months(tokens, i, start + 1, MONTHS_OF[named]);
  if (first === null) return null;
  const firstYear = yearAt(tokens, start + 1);
  const joint = firstYear === null ? start + 1 : start + 2;
  const joins =
    UP_TO.has(wordAt(tokens, joint)) || markAt(tokens, joint) === '-' || (range && wordAt(tokens, joint) === 'et');
  const second = joins ? monthNamed(wordAt(tokens, skip(tokens, joint + 1, new Set(['fin', 'l', 'en'])))) : null;
  if (second !== null) {
    const at = skip(tokens, joint + 1, new Set(['fin', 'l', 'en']));
    const lastYear = yearAt(tokens, at + 1);
    const next = lastYear === null ? at + 1 : at + 2;
    if (lastYear !== null) {
      const year = firstYear ?? (first <= second ? lastYear : lastYear - 1);
      return period(tokens, i, next, firstOf(year, first), endOfMonth(lastYear, second));
    }
    return months(tokens, i, next, monthsFromTo(first, second));
  }
  if (firstYear !== null) return period(tokens, i, start + 2, firstOf(firstYear, first), endOfMonth(firstYear, first));
  const list = [first];
  let next = start + 1;
  for (let at = next; ; ) {
    const after = skip(tokens, afterJoiner(tokens, at), BEFORE_MONTH);
    const month = after > at ? monthNamed(wordAt(tokens, after)) : null;
    if (month === null) break;
    list.push(month);
    at = after + 1;
    next = at;
  }
  return months(tokens, i, next, list);
}

function months(tokens: readonly Token[], i: number, next: number, list: readonly number[]): Found {
  return {
    piece: { is: 'months', months: [...new Set(list)].sort((a, b) => a - b), at: between(tokens, i, next) },
    next,
  };
}

function period(
  tokens: readonly Token[],
  i: number,
  next: number,
  first: PlainDate | null,
  last: PlainDate | null,
): Found {
  return { piece: { is: 'period', first, last, at: between(tokens, i, next) }, next };
}

function firstOf(year: number, month: number): PlainDate {
  return plainDate(`${year}-${String(month).padStart(2, '0')}-01`);
}

function monthsFromTo(first: number, last: number): number[] {
  const length = ((last - first + 12) % 12) + 1;
  return Array.from({ length }, (_, n) => ((first - 1 + n) % 12) + 1);
}

const FROM = phrases(
  'apartirde|depuis le|depuis|commence le|commencent le|debute le|debutent le|debut le|reprise le|reprend le|reprennent le|demarrage le|demarre le|prochaine date le|prochaine seance le|prochaine le|prochaine fois le|prochaine date|premiere date le|premiere seance le|premiere le|premiere fois le|prochaine permanence le|prochaine permanence|prochaine reunion le|prochaine rencontre le|prochain atelier le|prochain le|prochain|prochaine',
);
const UNTIL = phrases('jusquau|jusqua|jusqua fin|jusqua la fin|jusqua la fin de|jusqua la fin du mois de');
const PART_OF_MONTH = new Set(['debut', 'mi', 'fin', 'la', 'de', 'd', 'du', 'mois']);

/** "à partir du 15 octobre", "du 4 janvier au 30 juin 2027", "jusqu’à fin juin". */
export function periodAt({ tokens, today }: Around, i: number): Found | null {
  return stretch(tokens, i, today) ?? beginning(tokens, i, today) ?? ending(tokens, i, today);
}

function beginning(tokens: readonly Token[], i: number, today: PlainDate): Found | null {
  const since = tokens[i]?.raw === 'dès' ? i + 1 : phraseAt(tokens, i, FROM);
  if (since === null) return null;
  const at = skip(tokens, markAt(tokens, since) === ':' ? since + 1 : since, new Set(['le', 'la', 'du', 'de']));
  const written = writtenDateAt(tokens, at);
  if (written) {
    const { date, questions, warnings } = resolve(written, today);
    const found = period(tokens, i, written.next, date, null);
    if (/^(prochaine?|premiere)$/.test(wordAt(tokens, i)) && found.piece.is === 'period') found.piece.isADate = true;
    if (wordAt(tokens, i + 1) === 'reunion' && found.piece.is === 'period') found.piece.isAMeeting = true;
    // "à partir du 15 octobre jusqu’au 30 juin".
    const end = ending(tokens, written.next, date ?? today);
    if (end?.piece.is !== 'period') return { ...found, questions, warnings };
    return {
      ...period(tokens, i, end.next, date, end.piece.last),
      questions: [...questions, ...(end.questions ?? [])],
      warnings: [...warnings, ...(end.warnings ?? [])],
    };
  }
  const month = monthNamed(wordAt(tokens, skip(tokens, at, PART_OF_MONTH)));
  if (month === null) return null;
  const named = skip(tokens, at, PART_OF_MONTH);
  const year = yearAt(tokens, named + 1);
  const next = year === null ? named + 1 : named + 2;
  const date = firstOf(year ?? nextYearOf(month, today), month);
  const found = period(tokens, i, next, date, null);
  if (named > at) return { ...found, questions: [ask.anchor(found.piece.at)] };
  return { ...found, warnings: year === null ? [warn.yearGuessed(found.piece.at, date)] : [] };
}

function nextYearOf(month: number, today: PlainDate): number {
  const year = Number(today.slice(0, 4));
  return month < Number(today.slice(5, 7)) ? year + 1 : year;
}

function ending(tokens: readonly Token[], i: number, today: PlainDate): Found | null {
  const until = phraseAt(tokens, i, UNTIL);
  if (until === null) return null;
  const at = skip(tokens, until, new Set(['le']));
  const written = writtenDateAt(tokens, at);
  if (written) {
    const { date, questions, warnings } = resolve(written, today);
    return { ...period(tokens, i, written.next, null, date), questions, warnings };
  }
  const named = skip(tokens, at, new Set(['fin', 'la', 'de', 'd', 'du', 'mois']));
  const month = monthNamed(wordAt(tokens, named));
  if (month === null) return null;
  const year = yearAt(tokens, named + 1);
  const next = year === null ? named + 1 : named + 2;
  const date = endOfMonth(year ?? nextYearOf(month, today), month);
  const found = period(tokens, i, next, null, date);
  return { ...found, warnings: year === null ? [warn.yearGuessed(found.piece.at, date)] : [] };
}

/** "du 1er au 15 août", "du 4 janvier au 30 juin 2027". */
function stretch(tokens: readonly Token[], i: number, today: PlainDate): Found | null {
  if (!['du', 'de', 'entre'].includes(wordAt(tokens, i))) return null;
  const at = skip(tokens, i + 1, new Set(['le']));
  const first = writtenDateAt(tokens, at) ?? dayOnly(tokens, at);
  if (!first || !['au', 'et', 'jusquau'].includes(wordAt(tokens, first.next))) return null;
  const last = writtenDateAt(tokens, skip(tokens, first.next + 1, new Set(['le'])));
  if (!last) return null;
  const end = resolve(last, today);
  const month = first.month ?? last.month;
  const start = startOf({ ...first, month }, last, end.date, today);
  return {
    ...period(tokens, i, last.next, start.date, end.date),
    questions: [...start.questions, ...end.questions],
    warnings: [...start.warnings, ...end.warnings],
  };
}

/** Without its own year, the start is the last such date before the end. */
function startOf(first: WrittenDate, last: WrittenDate, end: PlainDate | null, today: PlainDate) {
  if (first.year !== null || end === null) return resolve(first, today);
  const year = Number(end.slice(0, 4));
  const earlier = (first.month ?? 0) * 100 + first.day > (last.month ?? 0) * 100 + last.day;
  return resolve({ ...first, year: earlier ? year - 1 : year }, today);
}

function dayOnly(tokens: readonly Token[], i: number): WrittenDate | null {
  const weekday = weekdayAt(tokens, i);
  const at = weekday === null ? i : i + 1;
  const token = tokens[at];
  if (token?.kind !== 'number' && !(token?.kind === 'ordinal' && token.text === '1')) return null;
  if (token.text.length > 2) return null;
  return { weekday, day: Number(token.text), month: null, year: null, at: between(tokens, i, at + 1), next: at + 1 };
}

const EACH: readonly [words: Phrases, unit: 'week' | 'month' | 'year', every: number][] = [
  [phrases('toutes les quinzaines|chaque quinzaine|par quinzaine|tous les quinze jours'), 'week', 2],
  [phrases('toutes les semaines|chaque semaine|hebdomadaire|hebdomadaires|hebdomadairement|par semaine'), 'week', 1],
  [phrases('tous les mois|chaque mois|mensuel|mensuelle|mensuels|mensuelles|mensuellement'), 'month', 1],
  [phrases('tous les ans|chaque annee|annuel|annuelle|toutes les annees'), 'year', 1],
];

const VAGUE = phrases(
  'bimensuel|bimensuelle|bihebdomadaire|bimestriel|bimestrielle|trimestriel|trimestrielle|semestriel|semestrielle|par trimestre|du trimestre|de chaque trimestre|chaque trimestre',
);

/** "toutes les six semaines", "tous les 15 jours", "une semaine sur deux", "un mois sur deux"; "3 fois par mois" asks. */
export function intervalAt({ tokens }: Around, i: number): Found | null {
  for (const [words, unit, every] of EACH) {
    const next = phraseAt(tokens, i, words);
    if (next !== null) return interval(tokens, i, next, unit, every);
  }
  const vague = phraseAt(tokens, i, VAGUE) ?? timesPer(tokens, i);
  if (vague !== null) return { ...textPiece(tokens, i, vague), questions: [ask.whichDays(between(tokens, i, vague))] };
  return everySome(tokens, i) ?? oneOutOf(tokens, i);
}

/** "toutes les six semaines", "tous les 15 jours", "tous les deux mois". */
function everySome(tokens: readonly Token[], i: number): Found | null {
  if (!/^tou(s|tes)$/.test(wordAt(tokens, i)) || wordAt(tokens, i + 1) !== 'les') return null;
  const count = countAt(tokens, i + 2);
  const unit = wordAt(tokens, i + 3);
  if (count === null || count < 1) return null;
  if (/^semaines?$/.test(unit)) return interval(tokens, i, i + 4, 'week', count);
  if (unit === 'mois') return interval(tokens, i, i + 4, 'month', count);
  if (/^ans?$/.test(unit) || /^annees?$/.test(unit)) return interval(tokens, i, i + 4, 'year', count);
  if (!/^(jours?|j)$/.test(unit)) return null;
  // "Tous les 15 jours" and "tous les 8 jours" count both ends.
  if (count === 15) return interval(tokens, i, i + 4, 'week', 2);
  if (count === 8) return interval(tokens, i, i + 4, 'week', 1);
  return count % 7 === 0 ? interval(tokens, i, i + 4, 'week', count / 7) : interval(tokens, i, i + 4, 'day', count);
}

/** "une semaine sur deux", "un mois sur deux", "1 fois sur 2", "un sur deux". */
function oneOutOf(tokens: readonly Token[], i: number): Found | null {
  const count = countAt(tokens, i);
  const unit = wordAt(tokens, i + 1);
  const sign = unit === 'sur' ? i + 1 : i + 2;
  if (count === null || (wordAt(tokens, sign) !== 'sur' && markAt(tokens, sign) !== '/')) return null;
  const outOf = countAt(tokens, sign + 1);
  if (outOf === null || outOf < 2) return null;
  const every: Record<string, 'day' | 'week' | 'month' | 'year'> = {
    semaine: 'week',
    semaines: 'week',
    fois: 'week',
    sur: 'week',
    sem: 'week',
    mois: 'month',
    jour: 'day',
    jours: 'day',
    an: 'year',
  };
  const known = every[unit];
  if (!known) return null;
  // "trois semaines sur quatre" does not say which.
  if (count !== 1)
    return { ...textPiece(tokens, i, sign + 2), questions: [ask.whichWeeks(between(tokens, i, sign + 2))] };
  return interval(tokens, i, sign + 2, known, outOf);
}

/** "deux fois par mois", "3 permanences par semaine". */
function timesPer(tokens: readonly Token[], i: number): number | null {
  if (countAt(tokens, i) === null || tokens[i + 1]?.kind !== 'word') return null;
  return phraseAt(
    tokens,
    i + 2,
    phrases('par mois|par semaine|par an|par trimestre|dans le mois|dans la semaine|chaque mois|chaque semaine'),
  );
}

function interval(
  tokens: readonly Token[],
  i: number,
  next: number,
  unit: 'day' | 'week' | 'month' | 'year',
  every: number,
): Found {
  const at = between(tokens, i, next);
  if (every < 1 || every > 52) return { ...textPiece(tokens, i, next), questions: [ask.number(at)] };
  return { piece: { is: 'interval', unit, every, at }, next };
}

function textPiece(tokens: readonly Token[], i: number, next: number): Found {
  return { piece: { is: 'text', known: true, at: between(tokens, i, next) }, next };
}

const BEFORE_WEEKS = new Set(['les', 'des', 'en', 'sur', 'la', 'de', 'd', 'une', 'un', 'pendant', 'durant']);

/** "semaines paires", "en semaine impaire", "sem. paires". */
export function parityAt({ tokens }: Around, i: number): Found | null {
  const weeks = skip(tokens, i, BEFORE_WEEKS);
  if (!/^(semaines?|sem)$/.test(wordAt(tokens, weeks))) {
    // "(paire)", "lundis impairs".
    const alone = parityNamed(wordAt(tokens, i));
    // "les jours impairs", "les mois pairs" are no weeks.
    if (alone && /^(jours?|dates?|mois)$/.test(wordAt(tokens, i - 1))) return null;
    return alone ? parity(tokens, i, i + 1, alone) : null;
  }
  const named = parityNamed(wordAt(tokens, weeks + 1));
  if (named) {
    const other = parityNamed(wordAt(tokens, weeks + 3));
    // "semaines paires et impaires" are all of them.
    if (wordAt(tokens, weeks + 2) === 'et' && other && other !== named) return textPiece(tokens, i, weeks + 4);
    return parity(tokens, i, weeks + 2, named);
  }
  // "semaine 12", "semaines 1 et 3": of the month, of the year?
  const numbered = tokens[weeks + 1]?.kind === 'number' || /^[ab]$/.test(wordAt(tokens, weeks + 1));
  if (!numbered) return null;
  let next = weeks + 2;
  while (afterJoiner(tokens, next) > next && tokens[afterJoiner(tokens, next)]?.kind === 'number')
    next = afterJoiner(tokens, next) + 1;
  return { ...textPiece(tokens, i, next), questions: [ask.whichWeeks(between(tokens, i, next))] };
}

function parity(tokens: readonly Token[], i: number, next: number, value: 'even' | 'odd'): Found {
  return { piece: { is: 'parity', parity: value, at: between(tokens, i, next) }, next };
}

function parityNamed(word: string): 'even' | 'odd' | null {
  if (/^paire?s?$/.test(word)) return 'even';
  return /^impaire?s?$/.test(word) ? 'odd' : null;
}

const EXCEPT = new Set(['sauf', 'hors', 'hormis', 'excepte', 'exceptee', 'exceptes', 'exceptees', 'exclu', 'exclus']);
const CLOSED = phrases(
  'pas de permanence|pas de permanences|pas d accueil|pas d atelier|aucune permanence|sans permanence|fermeture|fermetures|off|relache|ne recoit pas|interruption|interruption pendant|suspendu|suspendue|suspendues|suspendus|absent|absente|absence|pas ouvert',
);

/** "sauf", "hors"; "fermé", "pas de permanence": what comes next, or came just before, is left out. */
export function exceptAt({ tokens }: Around, i: number): Found | null {
  const word = wordAt(tokens, i);
  const unbroken = phraseAt(tokens, i, phrases('sans interruption'));
  if (unbroken !== null) return textPiece(tokens, i, unbroken);
  if (EXCEPT.has(word)) return { piece: { is: 'except', closed: false, at: between(tokens, i, i + 1) }, next: i + 1 };
  const closed = isClosedWord(tokens, i) ? i + 1 : phraseAt(tokens, i, CLOSED);
  if (closed === null) return null;
  const next = phraseAt(tokens, closed, phrases('au public|annuelle|annuelles|exceptionnelle|totale')) ?? closed;
  return { piece: { is: 'except', closed: true, at: between(tokens, i, next) }, next };
}

/** "Fermé", not the farm: "la Ferme de l’Hôpital". */
function isClosedWord(tokens: readonly Token[], i: number): boolean {
  if (!/^fermee?s?$/.test(wordAt(tokens, i))) return false;
  return /é/.test(tokens[i]?.raw ?? '') || !['la', 'une', 'l', 'cette'].includes(wordAt(tokens, i - 1));
}

const DURING = new Set(['pendant', 'durant', 'lors', 'en', 'uniquement', 'periode', 'periodes']);
const BEFORE_SCHOOL = new Set([
  'pendant',
  'durant',
  'lors',
  'en',
  'les',
  'des',
  'de',
  'la',
  'le',
  'toutes',
  'periode',
  'periodes',
  'petites',
  'd',
  'aux',
  'du',
  'ces',
  'l',
]);
const HOLIDAY_NAMES: Record<string, string> = {
  toussaint: 'Toussaint',
  noel: 'Noël',
  hiver: 'hiver',
  fevrier: 'hiver',
  printemps: 'printemps',
  paques: 'printemps',
  ete: 'été',
};

/** "vacances scolaires (zone C)", "pendant les vacances de Noël", "en période scolaire". */
export function schoolAt({ tokens }: Around, i: number): Found | null {
  const at = skip(tokens, i, BEFORE_SCHOOL);
  const during = Array.from({ length: at - i }, (_, n) => wordAt(tokens, i + n)).some((word) => DURING.has(word));
  const term =
    at > i && /^periodes?$/.test(wordAt(tokens, at - 1)) && /^scolaires?$/.test(wordAt(tokens, at))
      ? at + 1
      : phraseAt(tokens, at, phrases('temps scolaire|semaines scolaires|jours scolaires|calendrier scolaire'));
  if (term !== null) return school(tokens, i, term, 'term', true, null);
  const holidays = phraseAt(
    tokens,
    at,
    phrases('vacances scolaires|vacances scolaire|vacance scolaire|vacances|conges scolaires|sh'),
  );
  if (holidays === null) return null;
  const named = skip(tokens, holidays, new Set(['de', 'd', 'la', 'l', 'des']));
  const name = HOLIDAY_NAMES[wordAt(tokens, named)] ?? null;
  return school(tokens, i, name ? named + 1 : holidays, 'holidays', during, name);
}

function school(
  tokens: readonly Token[],
  i: number,
  end: number,
  what: 'holidays' | 'term',
  during: boolean,
  name: string | null,
): Found {
  const open = markAt(tokens, end) === '(' || markAt(tokens, end) === ',' ? end + 1 : end;
  const letter = skip(tokens, open, new Set(['de', 'la', 'academie'])) + 1;
  const zone = wordAt(tokens, letter - 1) === 'zone' ? /^[abc]$/.exec(wordAt(tokens, letter))?.[0] : undefined;
  const unknown = zoneInDoubt(tokens, letter - 1, { apart: markAt(tokens, end) === ',', known: zone !== undefined });
  const close = zone && markAt(tokens, open - 1) === '(' && markAt(tokens, letter + 1) === ')' ? 1 : 0;
  const next = unknown ?? (zone ? letter + 1 + close : end);
  const piece: Piece = {
    is: 'school',
    what,
    during,
    name,
    zone: unknown === null ? ((zone?.toUpperCase() as 'A' | 'B' | 'C' | undefined) ?? null) : null,
    at: between(tokens, i, next),
  };
  return unknown === null ? { piece, next } : { piece, next, questions: [ask.zone(between(tokens, letter - 1, next))] };
}

function isZoneLetter(token: Token | undefined): boolean {
  return token?.kind === 'word' && token.capital && /^[abc]$/i.test(token.raw);
}

/** "Zone Z", "zones A et B": where what is no zone of the school calendar, or several of them, ends; null when nothing is in doubt. */
function zoneInDoubt(
  tokens: readonly Token[],
  i: number,
  { apart, known }: { apart: boolean; known: boolean },
): number | null {
  if (!/^zones?$/.test(wordAt(tokens, i))) return null;
  const letter = (at: number): boolean => /^[a-z]$/.test(wordAt(tokens, at)) || /^\d$/.test(tokens[at]?.text ?? '');
  let next = i + 1;
  if (letter(next)) {
    next += 1;
    // "zone C, à Clamart" is one zone.
    while (afterJoiner(tokens, next) > next && isZoneLetter(tokens[afterJoiner(tokens, next)]))
      next = afterJoiner(tokens, next) + 1;
    return known && next === i + 2 ? null : next;
  }
  // "…, zone industrielle des Bruyères" is a place.
  if (apart || /^(industrielle|artisanale|commerciale|d)$/.test(wordAt(tokens, next))) return null;
  return tokens[next]?.kind === 'word' ? next + 1 : next;
}

const BEFORE_HOLIDAY = new Set([
  'les',
  'des',
  'le',
  'un',
  'en',
  'cas',
  'de',
  'si',
  'jour',
  'jours',
  'lorsque',
  'c',
  'est',
  'et',
  'pendant',
  'ce',
  'tombe',
  'date',
]);

/** "jours fériés"; "reporté au lendemain si férié". */
export function publicHolidayAt({ tokens }: Around, i: number): Found | null {
  if (/^(reporte|reportee|reportes|reportees|decale|decalee|decalees)$/.test(wordAt(tokens, i)))
    return moved(tokens, i);
  const at = skip(tokens, i, BEFORE_HOLIDAY);
  if (wordAt(tokens, i) === 'et') return null;
  if (!/^feriee?s?$/.test(wordAt(tokens, at)) && !(wordAt(tokens, i) === 'ph' && at === i)) return null;
  return { piece: { is: 'public', means: 'mention', at: between(tokens, i, at + 1) }, next: at + 1 };
}

function moved(tokens: readonly Token[], i: number): Found {
  const onward = phraseAt(
    tokens,
    i + 1,
    phrases(
      'au lendemain|au jour suivant|au jour ouvre suivant|au jour ouvrable suivant|au premier jour ouvre suivant',
    ),
  );
  if (onward === null) return { ...textPiece(tokens, i, i + 1), questions: [ask.unread(between(tokens, i, i + 1))] };
  const at = skip(tokens, onward, BEFORE_HOLIDAY);
  const next = /^feriee?s?$/.test(wordAt(tokens, at)) ? at + 1 : onward;
  return { piece: { is: 'public', means: 'move', at: between(tokens, i, next) }, next };
}

/** ", 6 fois", "10 séances": an end counted, for `times` only. */
export function countedEndAt({ tokens }: Around, i: number): Found | null {
  const count =
    countAt(tokens, i) ??
    (tokens[i]?.kind === 'number' && (tokens[i] as Token).text.length <= 5 ? Number(tokens[i]?.text) : null);
  if (count === null || !/^(fois|seances)$/.test(wordAt(tokens, i + 1))) return null;
  if (wordAt(tokens, i + 2) === 'par' || wordAt(tokens, i + 2) === 'sur') return null;
  return { piece: { is: 'times-over', count, at: between(tokens, i, i + 2) }, next: i + 2 };
}
