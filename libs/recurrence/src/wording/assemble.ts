import { beginsWithTimes } from './around-a-piece';
import { Assembly } from './assembly';
import { takeMonths, takePeriod, takePublic, takeSchool } from './calendars-of-groups';
import { placeDays, placeHalf, placeRange, placeRanks } from './days-and-hours';
import { type Assembled, merged } from './groups';
import { leaveOutDays, leaveOutHalf, leaveOutRanks, takeExcept } from './left-out';
import type { Piece, Separator } from './pieces';
import { qualify, takeMode, takeParity, takeSite } from './qualify';
import { ask } from './questions';

/**
 * Gives each piece its place: which hours belong to which days, what holds for one stretch, a sentence or the whole
 * phrase. What stands before days or hours holds for those that follow; what comes after them, for those just said.
 */
export function assemble(pieces: readonly Piece[], phrase: string): Assembled {
  const assembly = new Assembly(pieces, phrase);
  for (; assembly.p < pieces.length; assembly.p += 1) take(assembly, pieces[assembly.p] as Piece);
  if (assembly.except && !assembly.except.met) assembly.questions.push(ask.whatClosure(assembly.except.at));
  assembly.close();
  openForWhatHasNoDays(assembly);
  const { groups, removals, zone, questions, warnings } = assembly;
  return { groups, removals, zone, questions, warnings };
}

/** "Toutes les six semaines": a rhythm, although neither days nor hours are said. */
function openForWhatHasNoDays(assembly: Assembly): void {
  const said = merged(assembly.lasting, assembly.forSentence);
  if (assembly.groups.length > 0 || !said.interval) return;
  assembly.p = assembly.pieces.length - 1;
  assembly.open();
  assembly.close();
}

function take(assembly: Assembly, piece: Piece): void {
  switch (piece.is) {
    case 'separator':
      takeSeparator(assembly, piece.text);
      return;
    case 'days':
      if (assembly.except) leaveOutDays(assembly, piece);
      else placeDays(assembly, piece);
      return;
    case 'range':
      placeRange(assembly, piece);
      return;
    case 'half':
      if (assembly.except) leaveOutHalf(assembly, piece);
      else placeHalf(assembly, piece);
      return;
    case 'ranks':
      if (assembly.except) leaveOutRanks(assembly, piece);
      else placeRanks(assembly, piece);
      return;
    case 'except':
      takeExcept(assembly, piece);
      return;
    case 'school':
      takeSchool(assembly, piece);
      return;
    case 'public':
      takePublic(assembly, piece);
      return;
    case 'even':
      assembly.even = true;
      return;
    case 'mode':
      takeMode(assembly, piece);
      return;
    case 'parity':
      takeParity(assembly, piece);
      return;
    case 'months':
      takeMonths(assembly, piece);
      return;
    case 'period':
      takePeriod(assembly, piece);
      return;
    case 'interval':
      assembly.endExcept();
      qualify(assembly, { interval: piece }, piece.at);
      return;
    case 'times-over':
      assembly.endExcept();
      qualify(assembly, { count: piece.count }, piece.at);
      return;
    case 'site':
      takeSite(assembly, piece);
      return;
    default:
      return;
  }
}

function takeSeparator(assembly: Assembly, text: Separator): void {
  if (text === '.' || text === ';') {
    assembly.segment += 1;
    assembly.endExcept();
  }
  if (text === ';') forgetRhythm(assembly);
  if (text === ')') assembly.endExcept();
  if (text !== '.') return;
  assembly.sentence += 1;
  assembly.skipRanges = false;
  const timesFirst = beginsWithTimes(assembly.pieces, assembly.p + 1);
  if (assembly.current && (assembly.current.ranges.length > 0 || assembly.current.settled) && timesFirst)
    assembly.close();
  if (!assembly.current || assembly.current.ranges.length > 0) {
    assembly.timesFirst = timesFirst;
    assembly.forSentence = {};
  }
}

/** "Un mois sur deux, le 1er lundi… ; le mardi": a clause has its own rhythm, but keeps the mode and the place. */
function forgetRhythm(assembly: Assembly): void {
  const { mode, weakMode, site } = assembly.forSentence;
  const kept = { mode, weakMode, site };
  if (assembly.current?.ranges.length !== 0) {
    assembly.forSentence = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
  }
}
