import { COUNTED_WORDS, isHourWord, STREET_WORDS } from './lexicon';
import { type Around, between, type Found, markAt, wordAt } from './pieces';
import { ask, warn } from './questions';
import type { At, Question, Warning } from './reading';
import type { Token } from './tokens';

/** A time of day in minutes, or null where one stands that cannot be read. */
interface ClockTime {
  minutes: number | null;
  /** Its unit is written: "9 h", "09:00", "midi"; not "9". */
  certain: boolean;
  at: At;
  next: number;
}

const NOON = 12 * 60;
const LAST_MINUTE = 24 * 60;

/** "de 9h à 12h30", "9-12h", "8h30 12h30", "à partir de 14h", "jusqu'à 17h", "à 17h": one range of hours. */
export function rangeAt({ tokens }: Around, i: number): Found | null {
  let at = i;
  const prefix = wordAt(tokens, at);
  const openStart = prefix === 'apartirde' || (prefix === 'des' && tokens[at]?.raw !== 'des') || prefix === 'apres';
  const openEnd = prefix === 'jusqua' || prefix === 'jusquau' || prefix === 'avant';
  const approximate = prefix === 'vers' || prefix === 'environ';
  const prefixed =
    openStart || openEnd || approximate || ['de', 'des', 'entre', 'a', 'd', 'du', 'dans', 'le'].includes(prefix);
  if (prefixed) at += 1;
  if (prefixed && ['la', 'le', 'l'].includes(wordAt(tokens, at)) && prefix !== 'le') return null;
  const first = timeAt(tokens, at) ?? bareHourBeforeTime(tokens, at);
  if (!first) return null;
  // "le 9h" is nobody's French, and "le midi" is a half day.
  if (prefix === 'le') return null;
  if (openEnd) return found(tokens, i, first.next, null, first, [ask.start(between(tokens, i, first.next))]);
  if (approximate) {
    return found(tokens, i, first.next, first, null, [ask.approximateTime(between(tokens, i, first.next))]);
  }
  const second = secondTime(tokens, first, prefix === 'entre');
  if (second) {
    const warnings = prefix === 'a' ? [warn.toForAnd(between(tokens, i, i + 1))] : [];
    return found(tokens, i, second.next, first, second, [], warnings);
  }
  if (!first.certain) return null;
  return found(tokens, i, first.next, first, null, first.minutes === null ? [] : [ask.end(first.at)]);
}

function found(
  tokens: readonly Token[],
  from: number,
  next: number,
  start: ClockTime | null,
  end: ClockTime | null,
  asked: readonly Question[],
  warned: readonly Warning[] = [],
): Found {
  const questions = [...asked];
  const warnings = [...warned];
  for (const time of [start, end]) {
    if (!time) continue;
    if (time.minutes === null) questions.push(ask.unreadableTime(time.at));
    else if (time.minutes % 5 !== 0) warnings.push(warn.minutes(time.at));
  }
  let startsAt = start?.minutes ?? null;
  let endsAt = end?.minutes ?? null;
  if (startsAt !== null && endsAt !== null && (endsAt <= startsAt || endsAt >= LAST_MINUTE)) {
    questions.push(ask.endBeforeStart(between(tokens, from, next)));
    endsAt = null;
  }
  if (startsAt === LAST_MINUTE) startsAt = null;
  return {
    piece: { is: 'range', start: startsAt, end: endsAt, at: between(tokens, from, next) },
    next,
    questions,
    warnings,
  };
}

function secondTime(tokens: readonly Token[], first: ClockTime, between_: boolean): ClockTime | null {
  let at = first.next;
  const word = wordAt(tokens, at);
  const mark = markAt(tokens, at);
  const joins =
    ['a', 'au', 'jusqua', 'jusquau'].includes(word) || (between_ && word === 'et') || ['-', '/', '>'].includes(mark);
  if (joins) at += 1;
  // "14h – à 17h", "->".
  if (['>', '-'].includes(markAt(tokens, at)) || (mark !== '' && wordAt(tokens, at) === 'a')) at += 1;
  const time = timeAt(tokens, at) ?? (joins ? bareHourAfterTime(tokens, at, first) : null);
  if (!time) return null;
  if (joins) return time;
  // "8h30 12h30": nothing between the two.
  const ordered = first.minutes !== null && time.minutes !== null && time.minutes > first.minutes;
  return first.certain && ordered ? time : null;
}

/** A time with its unit: "9h", "9 h 30", "09:00", "9 heures et demie", "midi"; or one that stands there and cannot be read. */
export function timeAt(tokens: readonly Token[], i: number): ClockTime | null {
  const token = tokens[i];
  if (token?.kind === 'word') return namedTime(tokens, i);
  if (token?.kind !== 'number') return null;
  const unit = tokens[i + 1];
  if (unit?.kind === 'word' && isHourWord(unit.text)) return timeWithUnit(tokens, i);
  const minutes = tokens[i + 2];
  if (unit?.text === ':' && unit.glued && minutes?.kind === 'number' && minutes.glued) return timeWithColon(tokens, i);
  return null;
}

function namedTime(tokens: readonly Token[], i: number): ClockTime | null {
  const word = wordAt(tokens, i);
  if (word === 'midi' || word === 'minuit') {
    const half = wordAt(tokens, i + 1) === 'et' && wordAt(tokens, i + 2).startsWith('demi') ? 30 : 0;
    const next = half ? i + 3 : i + 1;
    const base = word === 'midi' ? NOON : LAST_MINUTE;
    return { minutes: base + half, certain: true, at: between(tokens, i, next), next };
  }
  const spelled = spelledTime(tokens, i);
  if (spelled) return spelled;
  // "h30": the hour is lost.
  const after = tokens[i + 1];
  if (word === 'h' && after?.kind === 'number' && after.glued) {
    return { minutes: null, certain: true, at: between(tokens, i, i + 2), next: i + 2 };
  }
  return null;
}

const UNITS = [
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
  'seize',
];
const TENS: Record<string, number> = { dix: 10, vingt: 20, trente: 30, quarante: 40, cinquante: 50 };

/** A number in letters up to fifty-nine: "quatorze", "dix-sept", "vingt et une", "quarante-cinq". */
export function spelledNumberAt(tokens: readonly Token[], i: number): { value: number; next: number } | null {
  const unitAt = (at: number) => UNITS.indexOf(wordAt(tokens, at) === 'une' ? 'un' : wordAt(tokens, at)) + 1;
  const tens = TENS[wordAt(tokens, i)];
  const least = wordAt(tokens, i) === 'dix' ? 7 : 1;
  if (tens !== undefined) {
    let at = i + 1;
    if (markAt(tokens, at) === '-' || wordAt(tokens, at) === 'et') at += 1;
    const unit = unitAt(at);
    return unit >= least && unit <= 9 ? { value: tens + unit, next: at + 1 } : { value: tens, next: i + 1 };
  }
  const unit = unitAt(i);
  return unit > 0 ? { value: unit, next: i + 1 } : null;
}

/** "quatorze heures trente". */
function spelledTime(tokens: readonly Token[], i: number): ClockTime | null {
  const hour = spelledNumberAt(tokens, i);
  if (!hour || !/^heures?$/.test(wordAt(tokens, hour.next))) return null;
  let next = hour.next + 1;
  const half = wordAt(tokens, next) === 'et' && /^(demie?|quart)$/.test(wordAt(tokens, next + 1));
  const spelled = half ? null : spelledNumberAt(tokens, next);
  const written =
    tokens[next]?.kind === 'number' && isSpacedMinutes(tokens, next) ? Number((tokens[next] as Token).text) : null;
  const minutes = half ? (wordAt(tokens, next + 1) === 'quart' ? 15 : 30) : (spelled?.value ?? written ?? 0);
  next = half ? next + 2 : (spelled?.next ?? (written === null ? next : next + 1));
  return clock(tokens, i, next, String(hour.value), minutes, true);
}

function timeWithUnit(tokens: readonly Token[], i: number): ClockTime {
  const hour = tokens[i] as Token;
  let next = i + 2;
  let minutes = 0;
  let readable = true;
  // "9h:30", "9 h. 30".
  const dotted =
    [':', '.'].includes(markAt(tokens, next)) && tokens[next + 1]?.kind === 'number' && tokens[next + 1]?.glued;
  if (dotted) next += 1;
  const after = tokens[next];
  if (after?.kind === 'number' && (after.glued || isSpacedMinutes(tokens, next))) {
    // "9h-12h 30 rue du Béarn": the end of the hour, or the number of the house?
    const ofTheStreet = !after.glued && tokens[i + 1]?.glued && STREET_WORDS.has(wordAt(tokens, next + 1));
    readable = after.text.length === 2 && Number(after.text) <= 59 && !ofTheStreet;
    minutes = Number(after.text);
    next += 1;
    if (['mn', 'min', 'minutes'].includes(wordAt(tokens, next))) next += 1;
    else if (wordAt(tokens, next) === 'h' && tokens[next]?.glued) next += 1;
  } else if (wordAt(tokens, next) === 'et' && /^(demie?|quart)$/.test(wordAt(tokens, next + 1))) {
    minutes = wordAt(tokens, next + 1) === 'quart' ? 15 : 30;
    next += 2;
  } else if (/^heures?$/.test(wordAt(tokens, i + 1))) {
    const spelled = spelledNumberAt(tokens, next);
    if (spelled && !/^heures?$/.test(wordAt(tokens, spelled.next))) {
      minutes = spelled.value;
      next = spelled.next;
    }
  }
  return clock(tokens, i, next, hour.text, minutes, readable);
}

/** "9 h 30": two digits that begin no other time and count nothing. */
function isSpacedMinutes(tokens: readonly Token[], i: number): boolean {
  const { text } = tokens[i] as Token;
  const after = tokens[i + 1];
  if (text.length !== 2 || Number(text) > 59) return false;
  if (after?.kind === 'word' && isHourWord(after.text)) return false;
  if (after?.text === ':' && after.glued) return false;
  const word = wordAt(tokens, i + 1);
  if (STREET_WORDS.has(word)) return Number(text) % 5 === 0;
  // "9h-12h 10 participants".
  if (COUNTED_WORDS.has(word) && !/^(mn|min|minutes?)$/.test(word)) return false;
  if (/^(seances?|fois|dates|enfants|familles|jeunes|tickets|rdv)$/.test(word)) return false;
  // "9 h - 12 h" has a sign between; "14h 16-18h" does not.
  return !(
    markAt(tokens, i + 1) === '-' &&
    timeAt(tokens, i + 2) !== null &&
    Number(text) <= 24 &&
    Number(text) % 5 !== 0
  );
}

function timeWithColon(tokens: readonly Token[], i: number): ClockTime {
  const minutes = tokens[i + 2] as Token;
  let next = i + 3;
  // "09:00:00".
  if (markAt(tokens, next) === ':' && tokens[next]?.glued && tokens[next + 1]?.text === '00') next += 2;
  if (isHourWord(wordAt(tokens, next)) && tokens[next]?.glued) next += 1;
  const readable = minutes.text.length === 2 && Number(minutes.text) <= 59;
  return clock(tokens, i, next, (tokens[i] as Token).text, Number(minutes.text), readable);
}

function clock(
  tokens: readonly Token[],
  i: number,
  next: number,
  hour: string,
  minutes: number,
  readable: boolean,
): ClockTime {
  const total = Number(hour) * 60 + minutes;
  const holds = readable && hour.length <= 2 && total <= LAST_MINUTE;
  return { minutes: holds ? total : null, certain: true, at: between(tokens, i, next), next };
}

/** "9-12h", "de 9 à 12 heures": the unit is on the second time only. */
function bareHourBeforeTime(tokens: readonly Token[], i: number): ClockTime | null {
  const hour = tokens[i];
  if (hour?.kind !== 'number' || hour.text.length > 2 || Number(hour.text) > 24) return null;
  const word = wordAt(tokens, i + 1);
  if (!['-', '/', '>'].includes(markAt(tokens, i + 1)) && !['a', 'et'].includes(word)) return null;
  const second = timeAt(tokens, i + 2);
  if (second?.minutes == null || second.minutes <= Number(hour.text) * 60) return null;
  return { minutes: Number(hour.text) * 60, certain: false, at: [hour.from, hour.to], next: i + 1 };
}

/** "9h-12": an hour that nothing else can be. */
function bareHourAfterTime(tokens: readonly Token[], i: number, first: ClockTime): ClockTime | null {
  const hour = tokens[i];
  if (hour?.kind !== 'number' || hour.text.length > 2 || Number(hour.text) > 24 || first.minutes === null) return null;
  const after = tokens[i + 1];
  const ends = !after || after.kind === 'mark' || ['et', 'puis', 'ou', 'sur', 'sans', 'le', 'les'].includes(after.text);
  if (!ends || Number(hour.text) * 60 <= first.minutes || after?.text === ':') return null;
  return { minutes: Number(hour.text) * 60, certain: true, at: [hour.from, hour.to], next: i + 1 };
}
