import { ahead, clauseApart, isStrongBreak, lastSaid, separatorsBefore } from './around-a-piece';
import type { Assembly } from './assembly';
import { placeDays } from './days-and-hours';
import type { Qualifiers } from './groups';
import type { Piece, PieceOf } from './pieces';
import { qualify, qualifyAll } from './qualify';
import { ask } from './questions';
import type { At } from './reading';

/** "Sauf", "fermé": closes the days just said, or begins what is left out. */
export function takeExcept(assembly: Assembly, piece: PieceOf<'except'>): void {
  const group = assembly.current;
  const next = ahead(assembly).piece;
  const apart = separatorsBefore(assembly)?.some(isStrongBreak) ?? true;
  const daysOnly = group && group.items.length > 0 && group.ranges.length === 0 && !apart;
  if (piece.closed && daysOnly && next?.is !== 'half' && !speaksOfCalendars(next)) {
    group.closed = true;
    group.to = piece.at[1];
    assembly.close();
    return;
  }
  // "sauf le vendredi après-midi (fermé)" says it twice.
  if (piece.closed && assembly.except?.met && (next === null || ahead(assembly).separators.length > 0)) return;
  const ofOneRange =
    (group?.ranges.length ?? 0) > 1 && separatorsBefore(assembly)?.length === 0 && lastSaid(assembly) === 'range';
  assembly.except = { closed: piece.closed, at: piece.at, met: false, ofOneRange };
}

function speaksOfCalendars(piece: Piece | null): boolean {
  return piece !== null && ['school', 'public', 'months', 'period'].includes(piece.is);
}

/** "Sauf le mercredi": days that are left out, unless hours show that they are others. */
export function leaveOutDays(assembly: Assembly, piece: PieceOf<'days'>): void {
  const { piece: next, separators } = ahead(assembly);
  const followedByHours =
    next?.is === 'range' && separators.every((separator) => separator === ':' || separator === '(');
  // "…, fermé le mercredi, et le samedi de 14h à 16h": other days with their hours.
  if (assembly.except?.met && followedByHours) {
    assembly.except = null;
    placeDays(assembly, piece);
    return;
  }
  if (assembly.except) assembly.except.met = true;
  if (followedByHours) {
    assembly.questions.push(ask.otherHours(piece.at));
    assembly.skipRanges = true;
  }
  for (const item of piece.items) {
    if (item.kind === 'dates') {
      const stretches = item.dates.map((date) => ({ first: date, last: date }));
      exclude(
        assembly,
        { withoutDates: stretches, exclusions: [{ kind: 'dates', text: assembly.words(piece.at) }] },
        piece.at,
      );
    } else if (item.kind === 'weekdays' && item.ranks === null && item.everyWeeks === 1) {
      // "9h-12h et 14h-17h sauf le vendredi": the day, or its afternoon?
      if (assembly.except?.ofOneRange && item.half === null) assembly.questions.push(ask.dayOrRange(item.at));
      assembly.leaveOut(item.weekdays, item.half, item.at);
    } else {
      assembly.questions.push(ask.whatClosure(item.at));
    }
  }
}

/** "Le lundi, sauf le matin": a half of the days just said. */
export function leaveOutHalf(assembly: Assembly, piece: PieceOf<'half'>): void {
  const weekdays = assembly.current?.items.flatMap((item) => item.weekdays) ?? [];
  if (assembly.except) assembly.except.met = true;
  if (assembly.current && assembly.current.ranges.length === 0 && assembly.current.items.length > 0)
    assembly.current.closedHalves.push(piece.half);
  else assembly.leaveOut(weekdays, piece.half, piece.at);
}

/** "Sauf le premier": of which days is asked. */
export function leaveOutRanks(assembly: Assembly, piece: PieceOf<'ranks'>): void {
  if (assembly.except) assembly.except.met = true;
  assembly.questions.push(ask.whatClosure(piece.at));
}

/** What "sauf" is followed by, as a qualifier of the days it is said of. */
export function exclude(assembly: Assembly, qualifiers: Qualifiers, at: At): void {
  if (assembly.except) assembly.except.met = true;
  const apart = clauseApart(assembly);
  if (apart === null) qualify(assembly, qualifiers, at);
  else qualifyAll(assembly, qualifiers, apart === '.');
}
