import {
  ahead,
  anotherFollows,
  clauseHasHours,
  inParentheses,
  isBreak,
  isSeparator,
  isStrongBreak,
  rangeFollows,
  separatorsBefore,
} from './around-a-piece';
import type { Assembly } from './assembly';
import { placeRange } from './days-and-hours';
import { type Group, merged, type Qualifiers, saysAlready } from './groups';
import type { Piece, PieceOf, Separator } from './pieces';
import { ask, warn } from './questions';
import type { At } from './reading';

/** Pieces that days and hours are made of. */
const SCHEDULE = new Set<Piece['is']>(['days', 'range', 'half', 'ranks']);

/** "Sur rendez-vous", "sans rendez-vous": how one comes. */
export function takeMode(assembly: Assembly, piece: PieceOf<'mode'>): void {
  assembly.endExcept();
  if (piece.both) assembly.warnings.push(warn.withOrWithout(piece.at));
  if (piece.weak) {
    qualify(assembly, { weakMode: piece.mode }, piece.at);
    return;
  }
  const group = assembly.current;
  const before = separatorsBefore(assembly) ?? [];
  const next = ahead(assembly);
  const ends = next.piece === null || next.separators.includes('.') || next.separators.includes(';');
  const ranges = group?.ranges ?? [];
  // "Le lundi de 9h à 12h et sur rendez-vous": hours for all, and appointments besides.
  if (piece.mode === 'appointment' && ends && (before[0] === 'et' || before[0] === 'ou') && ranges.length > 0) {
    for (const range of ranges) range.mode = range.mode ?? group?.own.mode ?? 'walk-in';
    assembly.warnings.push(warn.alsoByAppointment(piece.at));
    return;
  }
  qualify(assembly, { mode: piece.mode }, piece.at);
}

/** "À la mairie": where, for the days just said or for the ranges before it. */
export function takeSite(assembly: Assembly, piece: PieceOf<'site'>): void {
  assembly.endExcept();
  const group = assembly.current;
  const last = group?.ranges.at(-1);
  const perRange = group?.ranges.some((range) => range.site) || anotherFollows(assembly, 'site');
  // "de 9h à 12h au CCAS et de 14h à 17h à la mairie": each for the ranges before it.
  if (group && last && group.items.length > 0 && piece.preposed && perRange) {
    for (const range of group.ranges) range.site = range.site ?? piece.text;
    return;
  }
  qualify(assembly, { site: piece.text }, piece.at, { announces: !piece.preposed });
}

/** "Semaine paire": which weeks, for the days just said or for the range before it. */
export function takeParity(assembly: Assembly, piece: PieceOf<'parity'>): void {
  assembly.endExcept();
  const group = assembly.current;
  const last = group?.ranges.at(-1);
  // "14h-16h (semaine paire) ou 16h-18h (semaine impaire)": each for the range before it.
  if (
    group &&
    last &&
    group.items.length > 0 &&
    (group.ranges.some((range) => range.parity) || anotherFollows(assembly, 'parity'))
  ) {
    last.parity = piece.parity;
    return;
  }
  qualify(assembly, { parity: piece.parity }, piece.at);
}

/** Decides what a qualifier is said of: what follows, the days just said, their sentence, or all of them. */
export function qualify(
  assembly: Assembly,
  qualifiers: Qualifiers,
  at: At,
  { announces = false, everywhere = false } = {},
): void {
  const group = assembly.current;
  const before = separatorsBefore(assembly);
  const next = ahead(assembly);
  const scheduleNext = next.piece !== null && SCHEDULE.has(next.piece.is);
  const colon = next.separators[0] === ':' && assembly.except === null;
  const breaksBefore = before === null || before.some(isBreak);
  const breaksAfter = next.piece === null || next.separators.some(isBreak);
  const all = [...assembly.groups, ...(group ? [group] : [])];
  if (
    everywhere ||
    (all.length > 0 && breaksBefore && breaksAfter && !colon && !(group && group.ranges.length === 0))
  ) {
    if (all.length === 0) assembly.lasting = merged(assembly.lasting, qualifiers);
    for (const one of all) add(assembly, one, qualifiers, at);
    if (everywhere) assembly.lasting = merged(assembly.lasting, qualifiers);
    return;
  }
  if (!group) {
    if (colon || breaksAfter) assembly.announce(qualifiers);
    else assembly.forSentence = merged(assembly.forSentence, qualifiers);
    return;
  }
  const complete = namesDays(group) && group.ranges.length > 0;
  if (complete && assembly.except === null && before?.some(isStrongBreak) && !breaksAfter && clauseHasHours(assembly)) {
    assembly.close();
    if (colon) assembly.announce(qualifiers);
    else assembly.forSentence = merged(assembly.forSentence, qualifiers);
    return;
  }
  if (complete && assembly.except === null) {
    const closesParenthesis = next.separators[0] === ')';
    // "Mardi 9h-12h CCAS / jeudi 14h-17h EDS": nothing parts the place from what comes before it.
    const standsBetween = before?.length === 0 && next.separators.length > 0;
    const leads = scheduleNext && leadsOn(assembly, before ?? [], next.separators, qualifiers);
    if (
      (colon && !inParentheses(assembly)) ||
      (leads && next.piece?.is === 'days') ||
      (announces && next.piece?.is === 'days' && !closesParenthesis && !breaksAfter && !standsBetween)
    ) {
      assembly.close();
      if (colon) assembly.announce(qualifiers);
      else assembly.forSentence = merged(assembly.forSentence, qualifiers);
      return;
    }
    if (leads && (qualifiers.mode || qualifiers.parity)) {
      assembly.forNextRanges = {
        ...(qualifiers.mode && { mode: qualifiers.mode }),
        ...(qualifiers.parity && { parity: qualifiers.parity }),
      };
      qualifyNextRanges(assembly);
      return;
    }
  }
  // "mardi 9h-12h, jeudi 14h-17h, semaines paires": a rhythm that the last days have already is of those only.
  const rhythm = qualifiers.parity !== undefined || qualifiers.interval !== undefined || qualifiers.count !== undefined;
  const closes = rhythm && !rangeFollows(assembly) && !group.items.some(({ everyWeeks }) => everyWeeks > 1);
  const forMany = before?.[0] === ',' && (qualifiers.mode !== undefined || closes);
  const quietly = !qualifiers.mode && !qualifiers.parity && !qualifiers.interval && !qualifiers.count;
  // "les autres jeudis à la Maison pour tous" is said of those only.
  const apart = qualifiers.site !== undefined && group.items.some(({ others }) => others);
  if (complete && (breaksAfter || closes) && !apart && (forMany || quietly)) {
    addToSegment(assembly, qualifiers, at, group, quietly);
    return;
  }
  if (complete && closes && before?.length === 0 && othersWithout(assembly, qualifiers, group).length > 0)
    assembly.warnings.push(warn.forLast(at));
  add(assembly, group, qualifiers, at);
  if (group.ranges.length === 0 && (qualifiers.mode || qualifiers.site || qualifiers.parity))
    group.settled = !next.separators.includes(':') || !scheduleNext || next.piece?.is === 'days';
}

/**
 * Said in a clause of its own: of all that was said before it (after a semicolon, in its sentence), unless a clause of
 * the same kind already closed what came earlier.
 */
export function qualifyAll(assembly: Assembly, qualifiers: Qualifiers, everySentence: boolean): void {
  const group = assembly.current;
  const said = [...assembly.groups, ...(group ? [group] : [])].filter(
    (one) => everySentence || one.sentence === assembly.sentence,
  );
  if (said.length === 0) assembly.announce(qualifiers);
  const kinds = new Set(qualifiers.exclusions?.map(({ kind }) => kind));
  const closed = said.findLastIndex(
    (one) => one !== group && (one.own.exclusions ?? []).some(({ kind }) => kinds.has(kind)),
  );
  for (const one of said.slice(closed + 1)) add(assembly, one, qualifiers, null);
}

/** "…, sur rendez-vous le jeudi", "… ; en semaine impaire, le vendredi": said of what follows. */
function leadsOn(
  assembly: Assembly,
  before: readonly Separator[],
  after: readonly Separator[],
  qualifiers: Qualifiers,
): boolean {
  if (before.length === 0) return false;
  if (after.length === 0) return true;
  if (after.some(isBreak)) return false;
  // As the first one was: "en semaine paire, le mardi…, en semaine impaire, le vendredi…".
  const saidBefore = saysAlready(merged(assembly.lasting, assembly.forSentence), qualifiers);
  return before.some(isStrongBreak) || saidBefore;
}

/** "… et sur rendez-vous de 14h à 17h": for the ranges until other days. */
function qualifyNextRanges(assembly: Assembly): void {
  const said = assembly.forNextRanges;
  for (let i = assembly.p + 1; i < assembly.pieces.length; i += 1) {
    const piece = assembly.pieces[i] as Piece;
    if (piece.is === 'days' || piece.is === 'mode' || isSeparator(piece, '.')) break;
    if (piece.is !== 'range') continue;
    assembly.p = i;
    placeRange(assembly, piece);
  }
  if (assembly.forNextRanges === said) assembly.forNextRanges = {};
}

/** Said at the end: of all that its sentence has said without it. */
function addToSegment(assembly: Assembly, qualifiers: Qualifiers, at: At, group: Group, quietly: boolean): void {
  const without = othersWithout(assembly, qualifiers, group);
  // "mardi 9h-12h, un jeudi sur deux 14h-17h à partir du 7 janvier": the anchor of the Thursdays is no start of the Tuesdays.
  const anchors = qualifiers.first !== undefined && needsAnchor(group);
  const others = anchors ? without.filter(needsAnchor) : without;
  const apart = separatorsBefore(assembly)?.[0] === ',' && !qualifiers.firstIsADate;
  if (others.length < without.length && (apart || qualifiers.last)) assembly.questions.push(ask.whichLines(at));
  for (const one of [...others, group]) add(assembly, one, qualifiers, at);
  if (others.length > 0 && !quietly) assembly.warnings.push(warn.forAll(at));
}

/** "Un jeudi sur deux", "10 séances": counted from a date. */
function needsAnchor({ items, own, inherited }: Group): boolean {
  const { interval, count } = merged(inherited, own);
  return items.some(({ everyWeeks }) => everyWeeks > 1) || (interval?.every ?? 1) > 1 || count !== undefined;
}

/** Said before it in its segment, and without what is said now. */
function othersWithout(assembly: Assembly, qualifiers: Qualifiers, group: Group): Group[] {
  return assembly.groups.filter(
    (one) =>
      one.segment === group.segment &&
      !saysAlready(merged(one.inherited, one.own), qualifiers) &&
      !endsBefore(merged(one.inherited, one.own), qualifiers) &&
      !one.ranges.some((range) => (range.mode && qualifiers.mode) || (range.parity && qualifiers.parity)),
  );
}

/** "Mardi jusqu'au 31 mars, puis jeudi à partir du 1er avril": the beginning of what follows. */
function endsBefore({ last }: Qualifiers, { first }: Qualifiers): boolean {
  return last !== undefined && first !== undefined && last < first;
}

function add(assembly: Assembly, group: Group, qualifiers: Qualifiers, at: At | null): void {
  if (at && group.ranges.length > 0 && contradicts(group.own, qualifiers)) assembly.questions.push(ask.whose(at));
  if (qualifiers.mode && group.ranges.length > 0) {
    const { mode, ...rest } = qualifiers;
    for (const range of group.ranges) range.mode = range.mode ?? group.own.mode ?? mode;
    group.own = merged(group.own, rest);
    return;
  }
  group.own = merged(group.own, qualifiers);
}

/** "9h-12h du 4 au 30 janvier, 14h-17h du 1er au 28 février": one of the two would be lost. */
function contradicts(own: Qualifiers, more: Qualifiers): boolean {
  const single = ['months', 'interval', 'first', 'last', 'count', 'school'] as const;
  const plain = (value: unknown): string => JSON.stringify(value, (key, inner) => (key === 'at' ? undefined : inner));
  return single.some(
    (key) => own[key] !== undefined && more[key] !== undefined && plain(own[key]) !== plain(more[key]),
  );
}

/** "Un jour sur deux" names days as well as "le lundi" does. */
function namesDays({ items, own, inherited }: Group): boolean {
  return items.length > 0 || merged(inherited, own).interval?.unit === 'day';
}
