import { sayMonth } from '@app/time';
import { ahead, anotherFollows } from './around-a-piece';
import type { Assembly } from './assembly';
import type { Qualifiers } from './groups';
import { exclude } from './left-out';
import type { PieceOf } from './pieces';
import { qualify } from './qualify';
import { ask } from './questions';
import type { Exclusion } from './reading';
import { saySchoolHolidays } from './say-exclusions';

/** "De septembre à juin", "sauf en août". */
export function takeMonths(assembly: Assembly, piece: PieceOf<'months'>): void {
  if (!assembly.except) {
    const ranges = assembly.current?.items.length ? assembly.current.ranges : [];
    if (ranges.some(({ months }) => months) || (ranges.length > 0 && anotherFollows(assembly, 'months'))) {
      for (const range of ranges) range.months ??= piece.months;
    } else qualify(assembly, { months: piece.months }, piece.at);
    return;
  }
  const text = piece.months.map((month) => sayMonth(month, 'fr')).join(', ');
  exclude(assembly, { withoutMonths: piece.months, exclusions: [{ kind: 'months', text: `sauf ${text}` }] }, piece.at);
}

/** "À partir du 7 janvier", "sauf du 3 au 14 août". */
export function takePeriod(assembly: Assembly, piece: PieceOf<'period'>): void {
  // "sauf en août, à partir du 7 janvier": what is left out was said.
  if (assembly.except?.met && !(piece.first && piece.last)) assembly.endExcept();
  if (!assembly.except) {
    const { first, last, isADate } = piece;
    // "Prochaine réunion le 12 janvier": a group, unless something else is said.
    if (piece.isAMeeting) qualify(assembly, { weakMode: 'group' }, piece.at);
    const begins = first && { first, firstIsADate: isADate === true };
    qualify(assembly, { ...begins, ...(last && { last }) }, piece.at);
    return;
  }
  const exclusion: Exclusion = { kind: 'dates', text: assembly.words(piece.at) };
  if (!piece.first || !piece.last) assembly.questions.push(ask.whatClosure(piece.at));
  const stretches = piece.first && piece.last ? [{ first: piece.first, last: piece.last }] : [];
  exclude(assembly, { withoutDates: stretches, exclusions: [exclusion] }, piece.at);
}

/** "Hors vacances scolaires", "pendant les vacances de Noël". */
export function takeSchool(assembly: Assembly, piece: PieceOf<'school'>): void {
  assembly.zone = piece.zone ?? assembly.zone;
  const even = assembly.even;
  assembly.even = false;
  if (even) return;
  const closedAfter = closesNext(assembly);
  const out = assembly.except !== null || closedAfter;
  if (!out && piece.what === 'holidays' && !piece.during) {
    assembly.questions.push(ask.whatClosure(piece.at));
    return;
  }
  const skips = (piece.what === 'holidays') === out;
  const text = saySchoolHolidays(skips ? 'skip' : 'only', piece.name) + (piece.zone ? ` (zone ${piece.zone})` : '');
  const qualifiers: Qualifiers = {
    school: { effect: skips ? 'skip' : 'only', name: piece.name },
    exclusions: [{ kind: 'school-holidays', text }],
  };
  if (out) exclude(assembly, qualifiers, piece.at);
  else qualify(assembly, qualifiers, piece.at);
  if (closedAfter) assembly.p = ahead(assembly).index;
}

/** "Sauf jours fériés", "reporté au lendemain si férié". */
export function takePublic(assembly: Assembly, piece: PieceOf<'public'>): void {
  const exclusions: Exclusion[] = [{ kind: 'public-holidays', text: 'sauf jours fériés' }];
  if (assembly.even) {
    assembly.even = false;
    qualify(assembly, { publicHolidays: 'keep', exclusions: [] }, piece.at, { everywhere: true });
  } else if (piece.means === 'move') {
    qualify(
      assembly,
      { publicHolidays: 'move', exclusions: [{ kind: 'public-holidays', text: 'reporté au lendemain si férié' }] },
      piece.at,
      { everywhere: true },
    );
  } else if (assembly.except) {
    assembly.except.met = true;
    qualify(assembly, { publicHolidays: 'skip', exclusions }, piece.at, { everywhere: true });
  } else if (closesNext(assembly)) {
    qualify(assembly, { publicHolidays: 'skip', exclusions }, piece.at, { everywhere: true });
    assembly.p = ahead(assembly).index;
  } else if (ahead(assembly).piece?.is !== 'public') assembly.questions.push(ask.whatClosure(piece.at));
}

function closesNext(assembly: Assembly): boolean {
  const { piece, separators } = ahead(assembly);
  return (
    assembly.except === null &&
    piece?.is === 'except' &&
    piece.closed &&
    separators.every((one) => one === ':' || one === ',' || one === '(')
  );
}
