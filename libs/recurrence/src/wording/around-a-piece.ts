import type { Piece, Separator } from './pieces';

const SKIPPED = new Set<Piece['is']>(['text', 'only']);

/** The pieces of a phrase, and the one that is looked at. */
export interface Place {
  readonly pieces: readonly Piece[];
  readonly p: number;
}

/** The next piece that says something, and whether a separator stands before it. */
export function ahead(place: Place): { piece: Piece | null; separators: Separator[]; index: number } {
  const separators: Separator[] = [];
  for (let i = place.p + 1; i < place.pieces.length; i += 1) {
    const piece = place.pieces[i] as Piece;
    if (piece.is === 'separator') separators.push(piece.text);
    else if (!SKIPPED.has(piece.is)) return { piece, separators, index: i };
  }
  return { piece: null, separators, index: place.pieces.length };
}

/** The separators just before the piece, up to the last one that says something; null at the very beginning. */
export function separatorsBefore(place: Place): Separator[] | null {
  const separators: Separator[] = [];
  for (let i = place.p - 1; i >= 0; i -= 1) {
    const piece = place.pieces[i] as Piece;
    if (piece.is === 'separator') separators.push(piece.text);
    else if (!SKIPPED.has(piece.is)) return separators;
  }
  return null;
}

/** What the piece before it says, separators aside; null at the very beginning. */
export function lastSaid(place: Place): Piece['is'] | null {
  for (let i = place.p - 1; i >= 0; i -= 1) {
    const piece = place.pieces[i] as Piece;
    if (piece.is !== 'separator' && piece.is !== 'only') return piece.is;
  }
  return null;
}

/** Whether parentheses are open where the piece stands. */
export function inParentheses(place: Place): boolean {
  for (let i = place.p - 1, closed = 0; i >= 0; i -= 1) {
    const piece = place.pieces[i];
    if (piece?.is !== 'separator') continue;
    if (piece.text === ')') closed += 1;
    if (piece.text === '(' && closed-- === 0) return true;
  }
  return false;
}

/** Whether the parentheses around the piece hold one of these. */
export function parenthesesHold(place: Place, kinds: readonly Piece['is'][]): boolean {
  let from = place.p;
  while (from > 0 && !isSeparator(place.pieces[from], '(')) from -= 1;
  for (let i = from + 1; i < place.pieces.length && !isSeparator(place.pieces[i], ')'); i += 1) {
    if (kinds.includes((place.pieces[i] as Piece).is)) return true;
  }
  return false;
}

/** Whether hours are said before the days they are for: "de 9h à 12h le lundi". */
export function beginsWithTimes(pieces: readonly Piece[], from: number): boolean {
  let range = false;
  for (let i = from; i < pieces.length; i += 1) {
    const piece = pieces[i] as Piece;
    if (isSeparator(piece, '.') && (range || i > from)) return false;
    if (piece.is === 'except' && !range) return false;
    if (piece.is === 'range') range = true;
    if (piece.is === 'days' || piece.is === 'ranks') return range;
    // "Un jour sur deux" names days too.
    if (piece.is === 'interval' && piece.unit === 'day') return range;
  }
  return false;
}

/** Whether the same days have another range with its own qualifier of this kind. */
export function anotherFollows(place: Place, kind: 'parity' | 'site' | 'months'): boolean {
  let range = false;
  for (let i = place.p + 1; i < place.pieces.length; i += 1) {
    const piece = place.pieces[i] as Piece;
    if (piece.is === 'days' || isSeparator(piece, '.')) return false;
    if (piece.is === 'range') range = true;
    if (piece.is === kind) return range;
  }
  return false;
}

/** Whether days or hours come before the clause ends: then what begins it is said of them. */
export function clauseHasHours(place: Place): boolean {
  for (let i = place.p + 1; i < place.pieces.length; i += 1) {
    const piece = place.pieces[i] as Piece;
    if (piece.is === 'separator' && isStrongBreak(piece.text)) return false;
    if (piece.is === 'range' || piece.is === 'days') return true;
  }
  return false;
}

/** Whether other hours come before the clause ends. */
export function rangeFollows(place: Place): boolean {
  for (let i = place.p + 1; i < place.pieces.length; i += 1) {
    const piece = place.pieces[i] as Piece;
    if (piece.is === 'separator' && isStrongBreak(piece.text)) return false;
    if (piece.is === 'range') return true;
  }
  return false;
}

const OF_CALENDARS = new Set<Piece['is']>(['except', 'school', 'public', 'months', 'period', 'stretches', 'separator']);

/** "Fermé en août." said in a clause of its own, after days and hours: the break before it, or null. */
export function clauseApart(place: Place): Separator | null {
  let before: Separator | null = null;
  for (let i = place.p; i >= 0 && before === null; i -= 1) {
    const piece = place.pieces[i] as Piece;
    if (piece.is === 'separator' && isStrongBreak(piece.text)) before = piece.text;
    else if (i !== place.p && !OF_CALENDARS.has(piece.is) && !SKIPPED.has(piece.is)) return null;
  }
  for (let i = place.p + 1; i < place.pieces.length; i += 1) {
    const piece = place.pieces[i] as Piece;
    if (piece.is === 'separator' && isStrongBreak(piece.text)) break;
    if (!OF_CALENDARS.has(piece.is) && !SKIPPED.has(piece.is)) return null;
  }
  return before;
}

/** Whether the piece is this separator. */
export function isSeparator(piece: Piece | undefined, text: Separator): boolean {
  return piece?.is === 'separator' && piece.text === text;
}

/** A full stop or a semicolon: another clause begins. */
export function isStrongBreak(separator: Separator): boolean {
  return separator === '.' || separator === ';';
}

/** A strong break, or a dash. */
export function isBreak(separator: Separator): boolean {
  return isStrongBreak(separator) || separator === '-';
}
