import { sayMonth } from '@app/time';
import { type Assembled, type Group, merged, type Qualifiers, type Removal, saysAlready } from './groups';
import { holdsHalf } from './halves';
import type { DayItem, Half, Piece, PieceOf, Separator } from './pieces';
import { ask, warn } from './questions';
import type { At, Exclusion, Question, ReadMode, Warning } from './reading';
import { saySchoolHolidays } from './say-exclusions';

/** Pieces that days and hours are made of. */
const SCHEDULE = new Set<Piece['is']>(['days', 'range', 'half', 'ranks']);
const SKIPPED = new Set<Piece['is']>(['text', 'only']);

/**
 * Gives each piece its place: which hours belong to which days, what holds for one stretch, a sentence or the whole
 * phrase. What stands before days or hours holds for those that follow; what comes after them, for those just said.
 */
export function assemble(pieces: readonly Piece[], phrase: string): Assembled {
  return new Assembly(pieces, phrase).run();
}

class Assembly {
  private readonly groups: Group[] = [];
  private readonly removals: Removal[] = [];
  private readonly questions: Question[] = [];
  private readonly warnings: Warning[] = [];
  private current: Group | null = null;
  /** Said with a colon: until something else is said. Without: for the sentence. */
  private lasting: Qualifiers = {};
  private forSentence: Qualifiers = {};
  private forNextRanges: { mode?: ReadMode; parity?: 'even' | 'odd' } = {};
  private zone: 'A' | 'B' | 'C' | null = null;
  private sentence = 0;
  private segment = 0;
  private timesFirst: boolean;
  private except: { closed: boolean; at: At; met: boolean; ofOneRange: boolean } | null = null;
  private even = false;
  private skipRanges = false;
  private p = 0;

  constructor(
    private readonly pieces: readonly Piece[],
    private readonly phrase: string,
  ) {
    this.timesFirst = this.beginsWithTimes(0);
  }

  run(): Assembled {
    for (this.p = 0; this.p < this.pieces.length; this.p += 1) this.take(this.pieces[this.p] as Piece);
    if (this.except && !this.except.met) this.questions.push(ask.whatClosure(this.except.at));
    this.close();
    this.openForWhatHasNoDays();
    const { groups, removals, zone, questions, warnings } = this;
    return { groups, removals, zone, questions, warnings };
  }

  /** "Toutes les six semaines": a rhythm, although neither days nor hours are said. */
  private openForWhatHasNoDays(): void {
    const said = merged(this.lasting, this.forSentence);
    if (this.groups.length > 0 || !said.interval) return;
    this.p = this.pieces.length - 1;
    this.open();
    this.close();
  }

  private take(piece: Piece): void {
    switch (piece.is) {
      case 'separator':
        this.takeSeparator(piece.text);
        return;
      case 'days':
        this.takeDays(piece);
        return;
      case 'range':
        this.takeRange(piece);
        return;
      case 'half':
        this.takeHalf(piece);
        return;
      case 'ranks':
        this.takeRanks(piece);
        return;
      case 'except':
        this.takeExcept(piece);
        return;
      case 'school':
        this.takeSchool(piece);
        return;
      case 'public':
        this.takePublic(piece);
        return;
      case 'even':
        this.even = true;
        return;
      case 'mode':
        this.takeMode(piece);
        return;
      case 'parity':
        this.takeParity(piece);
        return;
      case 'months':
        this.takeMonths(piece);
        return;
      case 'period':
        this.takePeriod(piece);
        return;
      case 'interval':
        this.endExcept();
        this.qualify({ interval: piece }, piece.at);
        return;
      case 'times-over':
        this.endExcept();
        this.qualify({ count: piece.count }, piece.at);
        return;
      case 'site':
        this.takeSite(piece);
        return;
      default:
        return;
    }
  }

  // ——— What stands around a piece

  /** The next piece that says something, and whether a separator stands before it. */
  private ahead(from = this.p + 1): { piece: Piece | null; separators: Separator[]; index: number } {
    const separators: Separator[] = [];
    for (let i = from; i < this.pieces.length; i += 1) {
      const piece = this.pieces[i] as Piece;
      if (piece.is === 'separator') separators.push(piece.text);
      else if (!SKIPPED.has(piece.is)) return { piece, separators, index: i };
    }
    return { piece: null, separators, index: this.pieces.length };
  }

  /** The separators just before the piece, up to the last one that says something; null at the very beginning. */
  private separatorsBefore(): Separator[] | null {
    const separators: Separator[] = [];
    for (let i = this.p - 1; i >= 0; i -= 1) {
      const piece = this.pieces[i] as Piece;
      if (piece.is === 'separator') separators.push(piece.text);
      else if (!SKIPPED.has(piece.is)) return separators;
    }
    return null;
  }

  private inParentheses(): boolean {
    for (let i = this.p - 1, closed = 0; i >= 0; i -= 1) {
      const piece = this.pieces[i];
      if (piece?.is !== 'separator') continue;
      if (piece.text === ')') closed += 1;
      if (piece.text === '(' && closed-- === 0) return true;
    }
    return false;
  }

  /** Whether the parentheses around the piece hold one of these. */
  private parenthesesHold(kinds: readonly Piece['is'][]): boolean {
    let from = this.p;
    while (from > 0 && !isSeparator(this.pieces[from], '(')) from -= 1;
    for (let i = from + 1; i < this.pieces.length && !isSeparator(this.pieces[i], ')'); i += 1) {
      if (kinds.includes((this.pieces[i] as Piece).is)) return true;
    }
    return false;
  }

  private beginsWithTimes(from: number): boolean {
    let range = false;
    for (let i = from; i < this.pieces.length; i += 1) {
      const piece = this.pieces[i] as Piece;
      if (isSeparator(piece, '.') && (range || i > from)) return false;
      if (piece.is === 'except' && !range) return false;
      if (piece.is === 'range') range = true;
      if (piece.is === 'days' || piece.is === 'ranks') return range;
      // "Un jour sur deux" names days too.
      if (piece.is === 'interval' && piece.unit === 'day') return range;
    }
    return false;
  }

  // ——— Groups

  private open(): Group {
    this.close();
    const { p, sentence, segment } = this;
    const at = (this.pieces[p] as Piece).at;
    this.current = {
      items: [],
      halves: [],
      ranges: [],
      own: {},
      inherited: merged(this.lasting, this.forSentence),
      settled: false,
      closed: false,
      closedHalves: [],
      sentence,
      segment,
      from: at[0],
      to: at[1],
    };
    return this.current;
  }

  private close(): void {
    const group = this.current;
    if (!group) return;
    if (group.closed) {
      const weekdays = group.items.flatMap((item) => item.weekdays);
      const half = group.items.find((item) => item.half)?.half ?? null;
      this.removals.push({ weekdays, half, at: [group.from, group.to], upTo: this.groups.length });
    } else if (group.ranges.length > 0 || group.closedHalves.length === 0) {
      this.groups.push(group);
    }
    this.current = null;
  }

  private takeSeparator(text: Separator): void {
    if (text === '.' || text === ';') {
      this.segment += 1;
      this.endExcept();
    }
    if (text === ';') this.forgetRhythm();
    if (text === ')') this.endExcept();
    if (text !== '.') return;
    this.sentence += 1;
    this.skipRanges = false;
    const timesFirst = this.beginsWithTimes(this.p + 1);
    if (this.current && (this.current.ranges.length > 0 || this.current.settled) && timesFirst) this.close();
    if (!this.current || this.current.ranges.length > 0) {
      this.timesFirst = timesFirst;
      this.forSentence = {};
    }
  }

  /** "Un mois sur deux, le 1er lundi… ; le mardi": a clause has its own rhythm, but keeps the mode and the place. */
  private forgetRhythm(): void {
    const { mode, weakMode, site } = this.forSentence;
    const kept = { mode, weakMode, site };
    if (this.current?.ranges.length !== 0) {
      this.forSentence = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
    }
  }

  private takeDays(piece: PieceOf<'days'>): void {
    if (this.except) {
      this.takeDaysLeftOut(piece);
      return;
    }
    this.skipRanges = false;
    const group = this.current;
    if (group && this.refines(piece, group)) return;
    const joined =
      this.separatorsBefore()?.every((separator) => ['et', ',', '/', 'ou', '-', '('].includes(separator)) ?? false;
    const previous = this.lastSaid();
    if (!group) this.addDays(this.open(), piece);
    else if (this.timesFirst && group.items.length === 0) this.addDays(group, piece);
    else if (this.timesFirst && joined && previous === 'days' && this.separatorsBefore()?.length)
      this.addDays(group, piece);
    else if (group.ranges.length > 0 || group.settled || this.timesFirst || this.separatorsBefore()?.includes(':')) {
      this.addDays(this.open(), piece);
    } else this.addDays(group, piece);
  }

  private lastSaid(): Piece['is'] | null {
    for (let i = this.p - 1; i >= 0; i -= 1) {
      const piece = this.pieces[i] as Piece;
      if (piece.is !== 'separator' && piece.is !== 'only') return piece.is;
    }
    return null;
  }

  private addDays(group: Group, piece: PieceOf<'days'>): void {
    group.items.push(...piece.items);
    group.to = Math.max(group.to, piece.at[1]);
  }

  /** "Samedi 10h-12h (2e samedi du mois)": ranks for days already named. */
  private refines(piece: PieceOf<'days'>, group: Group): boolean {
    const after = this.ahead();
    const only = this.pieces[this.p - 1]?.is === 'only' || this.pieces[this.p + 1]?.is === 'only';
    const said = (only && after.piece?.is !== 'range') || (this.inParentheses() && !this.parenthesesHold(['range']));
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

  private takeRanks(piece: PieceOf<'ranks'>): void {
    if (this.except) {
      this.except.met = true;
      this.questions.push(ask.whatClosure(piece.at));
      return;
    }
    const group = this.current;
    const weekly = group?.items.some(
      (item) => item.kind === 'weekdays' && item.ranks === null && item.weekdays.length > 0,
    );
    const apart = this.separatorsBefore()?.some(isStrongBreak);
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
      this.takeDays({ is: 'days', items: [item], at: piece.at });
    } else this.questions.push(ask.whichDays(piece.at));
  }

  private takeRange(piece: PieceOf<'range'>): void {
    if (this.skipRanges) return;
    if (this.except) this.endExcept();
    if (this.isOtherEnd(piece)) return;
    const group = this.current;
    const startsAnother = !group || group.closed || (this.timesFirst && group.items.length > 0);
    const into = startsAnother ? this.open() : group;
    // "9h-12h ou 14h-17h": either, or both?
    if (this.separatorsBefore()?.includes('ou') && this.lastSaid() === 'range')
      this.questions.push(ask.either(piece.at));
    into.ranges.push({
      start: piece.start,
      end: piece.end,
      at: piece.at,
      mode: this.forNextRanges.mode ?? null,
      parity: this.forNextRanges.parity ?? null,
      schoolEnd: null,
      site: null,
      exclusions: [],
    });
    into.to = Math.max(into.to, piece.at[1]);
  }

  /** "(17h00 pendant les vacances scolaires)": the end of the range before it, on those days. */
  private isOtherEnd(piece: PieceOf<'range'>): boolean {
    const next = this.ahead();
    const last = this.current?.ranges.at(-1);
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
    if (!this.inParentheses() || next.separators.length > 0) return false;
    const at: At = [piece.at[0], next.piece.at[1]];
    last.schoolEnd = end;
    last.exclusions = [...last.exclusions, { kind: 'other', text: this.words(at) }];
    this.warnings.push(warn.otherEnd(at));
    this.p = next.index;
    return true;
  }

  private takeHalf(piece: PieceOf<'half'>): void {
    if (this.except) {
      const weekdays = this.current?.items.flatMap((item) => item.weekdays) ?? [];
      this.except.met = true;
      if (this.current && this.current.ranges.length === 0 && this.current.items.length > 0)
        this.current.closedHalves.push(piece.half);
      else this.leaveOut(weekdays, piece.half, piece.at);
      return;
    }
    const said = this.current;
    const another =
      said?.ranges.length && !said.ranges.some(({ start, end }) => holdsHalf(piece.half, start, end) === 'all');
    // "Le lundi de 9h à 12h et l’après-midi sur rendez-vous": the same days again.
    const group = said && !(another && this.separatorsBefore()?.length) ? said : this.open();
    if (another && said !== group) group.items = said?.items.map((item) => ({ ...item, half: piece.half })) ?? [];
    group.halves.push({ half: piece.half, at: piece.at });
  }

  // ——— What is left out

  private takeExcept(piece: PieceOf<'except'>): void {
    const group = this.current;
    const next = this.ahead().piece;
    const apart = this.separatorsBefore()?.some(isStrongBreak) ?? true;
    const daysOnly = group && group.items.length > 0 && group.ranges.length === 0 && !apart;
    if (piece.closed && daysOnly && next?.is !== 'half' && !this.speaksOfCalendars(next)) {
      group.closed = true;
      group.to = piece.at[1];
      this.close();
      return;
    }
    // "sauf le vendredi après-midi (fermé)" says it twice.
    if (piece.closed && this.except?.met && (next === null || this.ahead().separators.length > 0)) return;
    const ofOneRange =
      (group?.ranges.length ?? 0) > 1 && this.separatorsBefore()?.length === 0 && this.lastSaid() === 'range';
    this.except = { closed: piece.closed, at: piece.at, met: false, ofOneRange };
  }

  private speaksOfCalendars(piece: Piece | null): boolean {
    return piece !== null && ['school', 'public', 'months', 'period'].includes(piece.is);
  }

  private endExcept(): void {
    if (this.except && !this.except.met) this.questions.push(ask.whatClosure(this.except.at));
    this.except = null;
  }

  private takeDaysLeftOut(piece: PieceOf<'days'>): void {
    const { piece: next, separators } = this.ahead();
    const followedByHours =
      next?.is === 'range' && separators.every((separator) => separator === ':' || separator === '(');
    // "…, fermé le mercredi, et le samedi de 14h à 16h": other days with their hours.
    if (this.except?.met && followedByHours) {
      this.except = null;
      this.takeDays(piece);
      return;
    }
    if (this.except) this.except.met = true;
    if (followedByHours) {
      this.questions.push(ask.otherHours(piece.at));
      this.skipRanges = true;
    }
    for (const item of piece.items) {
      if (item.kind === 'dates') {
        const stretches = item.dates.map((date) => ({ first: date, last: date }));
        this.exclude(
          { withoutDates: stretches, exclusions: [{ kind: 'dates', text: this.words(piece.at) }] },
          piece.at,
        );
      } else if (item.kind === 'weekdays' && item.ranks === null && item.everyWeeks === 1) {
        // "9h-12h et 14h-17h sauf le vendredi": the day, or its afternoon?
        if (this.except?.ofOneRange && item.half === null) this.questions.push(ask.dayOrRange(item.at));
        this.leaveOut(item.weekdays, item.half, item.at);
      } else {
        this.questions.push(ask.whatClosure(item.at));
      }
    }
  }

  private leaveOut(weekdays: readonly number[], half: Half | null, at: At): void {
    this.removals.push({ weekdays, half, at, upTo: this.groups.length + (this.current ? 1 : 0) });
  }

  private exclude(qualifiers: Qualifiers, at: At): void {
    if (this.except) this.except.met = true;
    this.qualify(qualifiers, at);
  }

  private takeMonths(piece: PieceOf<'months'>): void {
    if (!this.except) {
      this.qualify({ months: piece.months }, piece.at);
      return;
    }
    const text = piece.months.map((month) => sayMonth(month, 'fr')).join(', ');
    this.exclude({ withoutMonths: piece.months, exclusions: [{ kind: 'months', text: `sauf ${text}` }] }, piece.at);
  }

  private takePeriod(piece: PieceOf<'period'>): void {
    // "sauf en août, à partir du 7 janvier": what is left out was said.
    if (this.except?.met && !(piece.first && piece.last)) this.endExcept();
    if (!this.except) {
      const { first, last } = piece;
      this.qualify({ ...(first && { first }), ...(last && { last }) }, piece.at);
      return;
    }
    const exclusion: Exclusion = { kind: 'dates', text: this.words(piece.at) };
    if (!piece.first || !piece.last) this.questions.push(ask.whatClosure(piece.at));
    const stretches = piece.first && piece.last ? [{ first: piece.first, last: piece.last }] : [];
    this.exclude({ withoutDates: stretches, exclusions: [exclusion] }, piece.at);
  }

  private takeSchool(piece: PieceOf<'school'>): void {
    this.zone = piece.zone ?? this.zone;
    const even = this.even;
    this.even = false;
    if (even) return;
    const closedAfter = this.closesNext();
    const out = this.except !== null || closedAfter;
    if (!out && piece.what === 'holidays' && !piece.during) {
      this.questions.push(ask.whatClosure(piece.at));
      return;
    }
    const skips = (piece.what === 'holidays') === out;
    const text = saySchoolHolidays(skips ? 'skip' : 'only', piece.name) + (piece.zone ? ` (zone ${piece.zone})` : '');
    const qualifiers: Qualifiers = {
      school: { effect: skips ? 'skip' : 'only', name: piece.name },
      exclusions: [{ kind: 'school-holidays', text }],
    };
    if (out) this.exclude(qualifiers, piece.at);
    else this.qualify(qualifiers, piece.at);
    if (closedAfter) this.p = this.ahead().index;
  }

  private closesNext(): boolean {
    const { piece, separators } = this.ahead();
    return (
      this.except === null &&
      piece?.is === 'except' &&
      piece.closed &&
      separators.every((one) => one === ':' || one === ',' || one === '(')
    );
  }

  private takePublic(piece: PieceOf<'public'>): void {
    const exclusions: Exclusion[] = [{ kind: 'public-holidays', text: 'sauf jours fériés' }];
    if (this.even) {
      this.even = false;
      this.qualify({ publicHolidays: 'keep', exclusions: [] }, piece.at, { everywhere: true });
    } else if (piece.means === 'move') {
      this.qualify(
        { publicHolidays: 'move', exclusions: [{ kind: 'public-holidays', text: 'reporté au lendemain si férié' }] },
        piece.at,
        { everywhere: true },
      );
    } else if (this.except) {
      this.except.met = true;
      this.qualify({ publicHolidays: 'skip', exclusions }, piece.at, { everywhere: true });
    } else if (this.closesNext()) {
      this.qualify({ publicHolidays: 'skip', exclusions }, piece.at, { everywhere: true });
      this.p = this.ahead().index;
    } else if (this.ahead().piece?.is !== 'public') this.questions.push(ask.whatClosure(piece.at));
  }

  // ——— What qualifies

  private takeMode(piece: PieceOf<'mode'>): void {
    this.endExcept();
    if (piece.both) this.warnings.push(warn.withOrWithout(piece.at));
    if (piece.weak) {
      this.qualify({ weakMode: piece.mode }, piece.at);
      return;
    }
    const group = this.current;
    const before = this.separatorsBefore() ?? [];
    const next = this.ahead();
    const ends = next.piece === null || next.separators.includes('.') || next.separators.includes(';');
    const ranges = group?.ranges ?? [];
    // "Le lundi de 9h à 12h et sur rendez-vous": hours for all, and appointments besides.
    if (piece.mode === 'appointment' && ends && (before[0] === 'et' || before[0] === 'ou') && ranges.length > 0) {
      for (const range of ranges) range.mode = range.mode ?? group?.own.mode ?? 'walk-in';
      this.warnings.push(warn.alsoByAppointment(piece.at));
      return;
    }
    this.qualify({ mode: piece.mode }, piece.at);
  }

  private takeSite(piece: PieceOf<'site'>): void {
    this.endExcept();
    const group = this.current;
    const last = group?.ranges.at(-1);
    const perRange = group?.ranges.some((range) => range.site) || this.anotherFollows('site');
    // "de 9h à 12h au CCAS et de 14h à 17h à la mairie": each for the ranges before it.
    if (group && last && group.items.length > 0 && piece.preposed && perRange) {
      for (const range of group.ranges) range.site = range.site ?? piece.text;
      return;
    }
    this.qualify({ site: piece.text }, piece.at, { announces: !piece.preposed });
  }

  private takeParity(piece: PieceOf<'parity'>): void {
    this.endExcept();
    const group = this.current;
    const last = group?.ranges.at(-1);
    // "14h-16h (semaine paire) ou 16h-18h (semaine impaire)": each for the range before it.
    if (
      group &&
      last &&
      group.items.length > 0 &&
      (group.ranges.some((range) => range.parity) || this.anotherFollows('parity'))
    ) {
      last.parity = piece.parity;
      return;
    }
    this.qualify({ parity: piece.parity }, piece.at);
  }

  /** Whether the same days have another range with its own qualifier of this kind. */
  private anotherFollows(kind: 'parity' | 'site'): boolean {
    let range = false;
    for (let i = this.p + 1; i < this.pieces.length; i += 1) {
      const piece = this.pieces[i] as Piece;
      if (piece.is === 'days' || isSeparator(piece, '.')) return false;
      if (piece.is === 'range') range = true;
      if (piece.is === kind) return range;
    }
    return false;
  }

  /** Decides what a qualifier is said of: what follows, the days just said, their sentence, or all of them. */
  private qualify(qualifiers: Qualifiers, at: At, { announces = false, everywhere = false } = {}): void {
    const group = this.current;
    const before = this.separatorsBefore();
    const next = this.ahead();
    const scheduleNext = next.piece !== null && SCHEDULE.has(next.piece.is);
    const colon = next.separators[0] === ':' && this.except === null;
    const breaksBefore = before === null || before.some(isBreak);
    const breaksAfter = next.piece === null || next.separators.some(isBreak);
    const all = [...this.groups, ...(group ? [group] : [])];
    if (
      everywhere ||
      (all.length > 0 && breaksBefore && breaksAfter && !colon && !(group && group.ranges.length === 0))
    ) {
      if (all.length === 0) this.lasting = merged(this.lasting, qualifiers);
      for (const one of all) this.add(one, qualifiers);
      if (everywhere) this.lasting = merged(this.lasting, qualifiers);
      return;
    }
    if (!group) {
      if (colon || breaksAfter) this.announce(qualifiers);
      else this.forSentence = merged(this.forSentence, qualifiers);
      return;
    }
    const complete = namesDays(group) && group.ranges.length > 0;
    if (complete && this.except === null && before?.some(isStrongBreak) && !breaksAfter && this.clauseHasHours()) {
      this.close();
      if (colon) this.announce(qualifiers);
      else this.forSentence = merged(this.forSentence, qualifiers);
      return;
    }
    if (complete && this.except === null) {
      const closesParenthesis = next.separators[0] === ')';
      const leads = scheduleNext && this.leads(before ?? [], next.separators, qualifiers);
      if (
        (colon && !this.inParentheses()) ||
        (leads && next.piece?.is === 'days') ||
        (announces && next.piece?.is === 'days' && !closesParenthesis && !breaksAfter)
      ) {
        this.close();
        if (colon) this.announce(qualifiers);
        else this.forSentence = merged(this.forSentence, qualifiers);
        return;
      }
      if (leads && (qualifiers.mode || qualifiers.parity)) {
        this.forNextRanges = {
          ...(qualifiers.mode && { mode: qualifiers.mode }),
          ...(qualifiers.parity && { parity: qualifiers.parity }),
        };
        this.qualifyNextRanges();
        return;
      }
    }
    const forMany = before?.[0] === ',' && qualifiers.mode !== undefined;
    const quietly = !qualifiers.mode && !qualifiers.parity && !qualifiers.interval && !qualifiers.count;
    // "les autres jeudis à la Maison pour tous" is said of those only.
    const apart = qualifiers.site !== undefined && group.items.some(({ others }) => others);
    if (complete && breaksAfter && !apart && (forMany || quietly)) {
      this.addToSegment(qualifiers, at, group, quietly);
      return;
    }
    this.add(group, qualifiers);
    if (group.ranges.length === 0 && (qualifiers.mode || qualifiers.site || qualifiers.parity))
      group.settled = !next.separators.includes(':') || !scheduleNext || next.piece?.is === 'days';
  }

  /** Whether days or hours come before the clause ends: then what begins it is said of them. */
  private clauseHasHours(): boolean {
    for (let i = this.p + 1; i < this.pieces.length; i += 1) {
      const piece = this.pieces[i] as Piece;
      if (piece.is === 'separator' && isStrongBreak(piece.text)) return false;
      if (piece.is === 'range' || piece.is === 'days') return true;
    }
    return false;
  }

  /** Said with a colon, or alone: it holds until something else is said, in the place of what the sentence said. */
  private announce(qualifiers: Qualifiers): void {
    this.lasting = merged(this.lasting, qualifiers);
    const said = Object.entries(this.forSentence).filter(([key]) => !(key in qualifiers));
    this.forSentence = Object.fromEntries(said);
  }

  /** "…, sur rendez-vous le jeudi", "… ; en semaine impaire, le vendredi": said of what follows. */
  private leads(before: readonly Separator[], after: readonly Separator[], qualifiers: Qualifiers): boolean {
    if (before.length === 0) return false;
    if (after.length === 0) return true;
    if (after.some(isBreak)) return false;
    // As the first one was: "en semaine paire, le mardi…, en semaine impaire, le vendredi…".
    const saidBefore = saysAlready(merged(this.lasting, this.forSentence), qualifiers);
    return before.some(isStrongBreak) || saidBefore;
  }

  /** "… et sur rendez-vous de 14h à 17h": for the ranges until other days. */
  private qualifyNextRanges(): void {
    const said = this.forNextRanges;
    for (let i = this.p + 1; i < this.pieces.length; i += 1) {
      const piece = this.pieces[i] as Piece;
      if (piece.is === 'days' || piece.is === 'mode' || isSeparator(piece, '.')) break;
      if (piece.is !== 'range') continue;
      this.p = i;
      this.takeRange(piece);
    }
    if (this.forNextRanges === said) this.forNextRanges = {};
  }

  /** Said at the end: of all that its sentence has said without it. */
  private addToSegment(qualifiers: Qualifiers, at: At, group: Group, quietly: boolean): void {
    const others = this.groups.filter(
      (one) =>
        one.segment === group.segment &&
        !saysAlready(merged(one.inherited, one.own), qualifiers) &&
        !one.ranges.some((range) => range.mode && qualifiers.mode),
    );
    for (const one of [...others, group]) this.add(one, qualifiers);
    if (others.length > 0 && !quietly) this.warnings.push(warn.forAll(at));
  }

  private add(group: Group, qualifiers: Qualifiers): void {
    if (qualifiers.mode && group.ranges.length > 0) {
      const { mode, ...rest } = qualifiers;
      for (const range of group.ranges) range.mode = range.mode ?? group.own.mode ?? mode;
      group.own = merged(group.own, rest);
      return;
    }
    group.own = merged(group.own, qualifiers);
  }

  private words(at: At): string {
    return this.phrase.slice(at[0], at[1]).trim();
  }
}

/** "Un jour sur deux" names days as well as "le lundi" does. */
function namesDays({ items, own, inherited }: Group): boolean {
  return items.length > 0 || merged(inherited, own).interval?.unit === 'day';
}

function isSeparator(piece: Piece | undefined, text: Separator): boolean {
  return piece?.is === 'separator' && piece.text === text;
}

function isStrongBreak(separator: Separator): boolean {
  return separator === '.' || separator === ';';
}

function isBreak(separator: Separator): boolean {
  return isStrongBreak(separator) || separator === '-';
}
