import { addDays, dateAt, type Instant, parsePlainDate, type PlainDate } from '@app/time';
import type { SchoolCalendar, SchoolHoliday, SchoolZone } from './school-holidays';

/** What a file of school holidays says, or why it can't be read. */
export type SchoolFile =
  | { ok: true; holidays: SchoolHoliday[] }
  | { ok: false; why: 'not-a-table' | 'no-such-columns' | 'no-holidays' | 'too-long' };

/** The ministry's whole history of every zone is some two thousand lines. */
const MOST_LINES = 20_000;
const PARIS = 'Europe/Paris';

/** The names of a column: the published ones, those of the programming interface, and ours. */
const COLUMNS = {
  name: ['description', 'name'],
  population: ['population'],
  start: ['date de debut', 'start_date', 'firstdayoff'],
  end: ['date de fin', 'end_date', 'classesresume'],
  zone: ['zones', 'zone'],
  verified: ['verified'],
} as const;
type Column = keyof typeof COLUMNS;

/**
 * Reads the official calendar ("fr-en-calendrier-scolaire") as it is exported: CSV with commas, semicolons or tabs, a JSON
 * array, or one JSON object a line. Zones A, B and C are kept, and what concerns pupils; the day an end names is the day
 * classes start again. A beginning without an end (a summer not decided yet) is kept, not guessed. Never throws.
 */
export function readSchoolFile(text: string): SchoolFile {
  const rows = rowsOf(text.replace(/^\uFEFF/, '').trim());
  if (!rows) return { ok: false, why: 'not-a-table' };
  if (rows.length > MOST_LINES) return { ok: false, why: 'too-long' };
  const known = rows.map(namedColumns);
  if (!known.some((row) => row.name !== undefined && row.start !== undefined && row.zone !== undefined))
    return { ok: false, why: 'no-such-columns' };
  const found = new Map<string, SchoolHoliday>();
  for (const row of known) {
    const holiday = holidayOf(row);
    const key = holiday && `${holiday.zone} ${holiday.firstDayOff}`;
    // Each zone is repeated for each of its academies; a beginning said apart adds nothing to a whole stretch.
    if (key && (!found.has(key) || holiday.classesResume !== null)) found.set(key, holiday);
  }
  const holidays = [...found.values()].sort((a, b) => compare(a.zone, b.zone) || compare(a.firstDayOff, b.firstDayOff));
  return holidays.length ? { ok: true, holidays } : { ok: false, why: 'no-holidays' };
}

/**
 * The calendar with newer years: where the import speaks of a zone, from its first day to its last, it is what counts;
 * before and after, what was known stays.
 */
export function withNewerYears(known: SchoolCalendar, newer: SchoolCalendar): SchoolCalendar {
  const spans = new Map<SchoolZone, { first: PlainDate; last: PlainDate }>();
  for (const { zone, firstDayOff, classesResume } of newer.holidays) {
    const last = classesResume ?? firstDayOff;
    const span = spans.get(zone);
    spans.set(zone, {
      first: span && span.first < firstDayOff ? span.first : firstDayOff,
      last: span && span.last > last ? span.last : last,
    });
  }
  const untouched = known.holidays.filter(({ zone, firstDayOff, classesResume }) => {
    const span = spans.get(zone);
    return !span || firstDayOff > span.last || (classesResume ?? firstDayOff) < span.first;
  });
  return { version: newer.version, holidays: [...untouched, ...newer.holidays] };
}

type Row = Partial<Record<Column, string>>;

function rowsOf(text: string): Record<string, unknown>[] | null {
  if (!text.startsWith('{') && !text.startsWith('[')) return tableOf(text);
  const whole = jsonOf(text) ?? text.split('\n').flatMap((line) => jsonOf(line) ?? []);
  const list = Array.isArray(whole) ? whole : isThing(whole) && Array.isArray(whole.results) ? whole.results : [whole];
  const things = list.filter(isThing).map((thing) => (isThing(thing.fields) ? thing.fields : thing));
  return things.length ? things : null;
}

const isThing = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Lines of a table whose first line names the columns; a field in quotes may hold the separator. */
function tableOf(text: string): Record<string, unknown>[] | null {
  const [head, ...lines] = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  const separator = [';', ',', '\t'].find((one) => (head?.split(one).length ?? 0) >= 3);
  if (!head || !separator) return null;
  const names = fieldsOf(head, separator);
  return lines.slice(0, MOST_LINES + 1).map((line) => {
    const fields = fieldsOf(line, separator);
    return Object.fromEntries(names.map((name, nth) => [name, fields[nth] ?? '']));
  });
}

function fieldsOf(line: string, separator: string): string[] {
  const fields = [''];
  let quoted = false;
  for (const character of line) {
    if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) fields.push('');
    else fields[fields.length - 1] += character;
  }
  return fields.map((field) => field.trim());
}

function namedColumns(row: Record<string, unknown>): Row {
  const named: Row = {};
  for (const [key, value] of Object.entries(row)) {
    const plain = key.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();
    const column = (Object.keys(COLUMNS) as Column[]).find((one) =>
      (COLUMNS[one] as readonly string[]).includes(plain),
    );
    if (column && (typeof value === 'string' || typeof value === 'boolean')) named[column] = String(value);
  }
  return named;
}

function holidayOf({ name = '', population = '', start, end, zone = '', verified }: Row): SchoolHoliday | null {
  const letter = /^(?:zone\s*)?([abc])$/i.exec(zone.trim())?.[1]?.toUpperCase();
  const firstDayOff = start === undefined ? null : dayOf(start);
  const called = nameOf(name);
  if (!letter || !firstDayOff || !called || /enseignant/i.test(population)) return null;
  const back = end === undefined ? null : dayOf(end);
  const classesResume = back && back > addDays(firstDayOff, 1) ? back : null;
  return { zone: letter as SchoolZone, name: called, firstDayOff, classesResume, verified: verified !== 'false' };
}

const NAMES: readonly [RegExp, string][] = [
  [/toussaint/, 'Toussaint'],
  [/noel/, 'Noël'],
  [/hiver/, 'hiver'],
  [/printemps/, 'printemps'],
  [/\bete\b/, 'été'],
  [/ascension/, 'pont de l’Ascension'],
];

/** What is no holiday of pupils (the day teachers come back) has no name. */
function nameOf(description: string): string | null {
  const plain = description.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return NAMES.find(([pattern]) => pattern.test(plain))?.[1] ?? null;
}

/** "2027-02-06", or the instant it begins in France: "2027-02-05T23:00:00+00:00". */
function dayOf(text: string): PlainDate | null {
  const day = parsePlainDate(text.slice(0, 10));
  if (!day || !/[T ]\d{2}:\d{2}/.test(text)) return day;
  const instant = Date.parse(text);
  return Number.isNaN(instant) ? day : dateAt(instant as Instant, PARIS);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
