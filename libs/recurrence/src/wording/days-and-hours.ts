import { ahead, inParentheses, isStrongBreak, lastSaid, parenthesesHold, separatorsBefore } from './around-a-piece';
import type { Assembly } from './assembly';
import type { Group } from './groups';
import { holdsHalf } from './halves';
import type { DayItem, PieceOf } from './pieces';
import { ask, warn } from './questions';
import type { At } from './reading';

/** Gives days to the group being said, or to another that they begin. */
export function placeDays(assembly: Assembly, piece: PieceOf<'days'>): void {
  assembly.skipRanges = false;
  const group = assembly.current;
  if (group && refines(assembly, piece, group)) return;
  const joined =
    separatorsBefore(assembly)?.every((separator) => ['et', ',', '/', 'ou', '-', '('].includes(separator)) ?? false;
  const previous = lastSaid(assembly);
  if (!group) addDays(assembly.open(), piece);
  else if (assembly.timesFirst && group.items.length === 0) addDays(group, piece);
  else if (assembly.timesFirst && joined && previous === 'days' && separatorsBefore(assembly)?.length)
    addDays(group, piece);
  else if (
    group.ranges.length > 0 ||
    group.settled ||
    assembly.timesFirst ||
    separatorsBefore(assembly)?.includes(':')
  ) {
    addDays(assembly.open(), piece);
  } else addDays(group, piece);
}

function addDays(group: Group, piece: PieceOf<'days'>): void {
  group.items.push(...piece.items);
  group.to = Math.max(group.to, piece.at[1]);
}

/** "Samedi 10h-12h (2e samedi du mois)": ranks for days already named. */
function refines(assembly: Assembly, piece: PieceOf<'days'>, group: Group): boolean {
  const after = ahead(assembly);
  const only = assembly.pieces[assembly.p - 1]?.is === 'only' || assembly.pieces[assembly.p + 1]?.is === 'only';
  const said =
    (only && after.piece?.is !== 'range') || (inParentheses(assembly) && !parenthesesHold(assembly, ['range']));
  const ranked = piece.items.every((item) => item.kind === 'weekdays' && item.ranks !== null);
  const named = new Set(group.items.flatMap((item) => (item.ranks === null ? item.weekdays : [])));
  if (!said || !ranked || !piece.items.every((item) => item.weekdays.every((day) => named.has(day)))) return false;
  const narrowed = new Set(piece.items.flatMap((item) => item.weekdays));
  group.items = [
    ...group.items
      .map((item) => ({ ...item, weekdays: item.weekdays.filter((day) => !narrowed.has(day)) }))
      .filter((item) => item.kind !== 'weekdays' || item.weekdays.length > 0),
    ...piece.items,
  ];
  return true;
}

/** "(le 2e et le 4e)": ranks for the days just said; "le premier" alone is the first of the month. */
export function placeRanks(assembly: Assembly, piece: PieceOf<'ranks'>): void {
  const group = assembly.current;
  const weekly = group?.items.some(
    (item) => item.kind === 'weekdays' && item.ranks === null && item.weekdays.length > 0,
  );
  const apart = separatorsBefore(assembly)?.some(isStrongBreak);
  if (group && weekly && !apart) {
    group.items = group.items.map((item) => (item.ranks === null ? { ...item, ranks: piece.ranks } : item));
  } else if (piece.ranks.length === 1 && piece.ranks[0] === 1) {
    const item: DayItem = {
      kind: 'month-days',
      weekdays: [],
      ranks: null,
      monthDays: [1],
      dates: [],
      everyWeeks: 1,
      others: false,
      half: null,
      at: piece.at,
    };
    placeDays(assembly, { is: 'days', items: [item], at: piece.at });
  } else assembly.questions.push(ask.whichDays(piece.at));
}

/** Gives hours to the days just said, or to those that follow. */
export function placeRange(assembly: Assembly, piece: PieceOf<'range'>): void {
  if (assembly.skipRanges) return;
  if (assembly.except) assembly.endExcept();
  if (isOtherEnd(assembly, piece)) return;
  const group = assembly.current;
  const startsAnother = !group || group.closed || (assembly.timesFirst && group.items.length > 0);
  const into = startsAnother ? assembly.open() : group;
  // "9h-12h ou 14h-17h": either, or both?
  if (separatorsBefore(assembly)?.includes('ou') && lastSaid(assembly) === 'range')
    assembly.questions.push(ask.either(piece.at));
  into.ranges.push({
    start: piece.start,
    end: piece.end,
    at: piece.at,
    mode: assembly.forNextRanges.mode ?? null,
    parity: assembly.forNextRanges.parity ?? null,
    months: null,
    schoolEnd: null,
    site: null,
    exclusions: [],
  });
  into.to = Math.max(into.to, piece.at[1]);
}

/** "(17h00 pendant les vacances scolaires)": the end of the range before it, on those days. */
function isOtherEnd(assembly: Assembly, piece: PieceOf<'range'>): boolean {
  const next = ahead(assembly);
  const last = assembly.current?.ranges.at(-1);
  const end = piece.end ?? piece.start;
  const alone = piece.start === null || piece.end === null;
  if (
    next.piece?.is !== 'school' ||
    next.piece.what !== 'holidays' ||
    !next.piece.during ||
    !last ||
    !alone ||
    end === null
  )
    return false;
  if (!inParentheses(assembly) || next.separators.length > 0) return false;
  const at: At = [piece.at[0], next.piece.at[1]];
  last.schoolEnd = end;
  last.exclusions = [...last.exclusions, { kind: 'other', text: assembly.words(at) }];
  assembly.warnings.push(warn.otherEnd(at));
  assembly.p = next.index;
  return true;
}

/** "Le matin": a half of the days just said, or the same days again. */
export function placeHalf(assembly: Assembly, piece: PieceOf<'half'>): void {
  const said = assembly.current;
  const another =
    said?.ranges.length && !said.ranges.some(({ start, end }) => holdsHalf(piece.half, start, end) === 'all');
  // "Le lundi de 9h à 12h et l’après-midi sur rendez-vous": the same days again.
  const group = said && !(another && separatorsBefore(assembly)?.length) ? said : assembly.open();
  if (another && said !== group) group.items = said?.items.map((item) => ({ ...item, half: piece.half })) ?? [];
  group.halves.push({ half: piece.half, at: piece.at });
}
