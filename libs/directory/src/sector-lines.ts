/** Which houses of a street belong to a sector: one line of the list. */
export interface SectorLine {
  /** Its place in the text, from 1. */
  line: number;
  commune: string;
  street: string;
  communeKey: string;
  streetKey: string;
  side: Side;
  /** Both included. */
  first: number;
  last: number;
  sector: string;
}
export type Side = 'even' | 'odd' | 'all';

export interface LineError {
  line: number;
  why: 'fields' | 'commune' | 'side' | 'numbers' | 'overlap' | 'nir';
}

const LAST_NUMBER = 9999;

const SIDES: Record<string, Side> = {
  pairs: 'even',
  pair: 'even',
  even: 'even',
  impairs: 'odd',
  impair: 'odd',
  odd: 'odd',
  tous: 'all',
  toutes: 'all',
  all: 'all',
  '': 'all',
};
const SAID_SIDES: Record<Side, string> = { even: 'pairs', odd: 'impairs', all: 'tous' };

/**
 * Reads lines of "commune;rue de Verdun;pairs;2-48;Secteur 2"; without a commune they are all of the given one. Empty
 * lines and a heading are passed over.
 */
export function parseSectorLines(text: string, commune: string): { lines: SectorLine[]; errors: LineError[] } {
  const lines: SectorLine[] = [];
  const errors: LineError[] = [];
  const byStreet = new Map<string, SectorLine[]>();
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (written.trim() === '' || /^(commune|rue)\s*[;\t]/i.test(written.trim())) continue;
    const read = parseLine(written, commune, index + 1);
    if ('why' in read) {
      errors.push(read);
      continue;
    }
    const street = `${read.communeKey}|${read.streetKey}`;
    const before = byStreet.get(street) ?? [];
    if (before.some((other) => overlap(other, read))) {
      errors.push({ line: read.line, why: 'overlap' });
      continue;
    }
    byStreet.set(street, [...before, read]);
    lines.push(read);
  }
  return { lines, errors };
}

function parseLine(written: string, given: string, line: number): SectorLine | LineError {
  const cells = written.split(/[;\t]/).map((cell) => cell.trim());
  const [commune, street, side, numbers, sector] = cells.length === 4 ? [given.trim(), ...cells] : cells;
  if (cells.length < 4 || cells.length > 5 || !street || !sector || streetKey(street) === '')
    return { line, why: 'fields' };
  if (!commune) return { line, why: 'commune' };
  const sideRead = SIDES[plain(side ?? '')];
  if (!sideRead) return { line, why: 'side' };
  const range = parseNumbers(numbers ?? '');
  if (!range) return { line, why: 'numbers' };
  return {
    line,
    commune: commune.slice(0, 80),
    street: street.slice(0, 120),
    communeKey: placeKey(commune),
    streetKey: streetKey(street),
    side: sideRead,
    ...range,
    sector: sector.slice(0, 80),
  };
}

/** "2-48", "2 à 48", "50-" (to the end), "12", "tous". */
function parseNumbers(text: string): { first: number; last: number } | null {
  const words = plain(text);
  if (words === '' || words === 'tous' || words === 'all') return { first: 0, last: LAST_NUMBER };
  const found = /^(\d{1,4})\s*(?:(-|a|to)\s*(\d{1,4})?)?$/.exec(words.replace(/[–—]/g, '-'));
  if (!found) return null;
  const first = Number(found[1]);
  const last = found[3] ? Number(found[3]) : found[2] ? LAST_NUMBER : first;
  return last >= first ? { first, last } : null;
}

const overlap = (one: SectorLine, other: SectorLine) =>
  one.first <= other.last &&
  other.first <= one.last &&
  (one.side === 'all' || other.side === 'all' || one.side === other.side);

/** A line as it is written: read again it gives the same. */
export function sayLine({
  commune,
  street,
  side,
  first,
  last,
  sector,
}: Omit<SectorLine, 'line' | 'communeKey' | 'streetKey'>): string {
  const numbers =
    first === 0 && last === LAST_NUMBER
      ? 'tous'
      : last === LAST_NUMBER
        ? `${first}-`
        : first === last
          ? `${first}`
          : `${first}-${last}`;
  return [commune, street, SAID_SIDES[side], numbers, sector].join(';');
}

const BIS = '(?:\\s*(?:bis|ter|quater|[a-d])\\b)?';
// Before a comma or a kind of street, or last; never the 8 nor the 1945 of "rue du 8 mai 1945".
const HOUSE_NUMBER = new RegExp(
  `(?:^|[,;])\\s*(\\d{1,4})${BIS}(?!\\s+(?:mai|juin|novembre|septembre|ao[uû]t|mars)\\b)|` +
    `(?<!(?:mai|juin|novembre|septembre|ao[uû]t|mars|du)\\s+)\\b(\\d{1,4})${BIS}(?=\\s*(?:$|[,;])|\\s+(?:rue|r|avenue|av|ave|boulevard|bd|place|pl|all[ée]e|impasse|chemin|square|route)\\b)`,
  'i',
);

/** Where a person lives, as far as a sector needs it. */
export interface Address {
  /** null: not said, or not one of those known. */
  communeKey: string | null;
  streetKey: string;
  number: number | null;
}

/** Reads "12 bis rue de Verdun, 94550 Chevilly-Larue" in any order. @param communeKeys those of the lines */
export function parseAddress(text: string, communeKeys: readonly string[]): Address {
  const written = text.replace(/\b\d{5}\b/g, ' ').trim();
  const house = HOUSE_NUMBER.exec(written);
  const rest = house ? `${written.slice(0, house.index)} , ${written.slice(house.index + house[0].length)}` : written;
  const words = placeKey(rest);
  const commune = [...communeKeys]
    .sort((one, other) => other.length - one.length)
    .find((key) => words.endsWith(` ${key}`) || words.startsWith(`${key} `));
  const street = commune
    ? words.endsWith(` ${commune}`)
      ? words.slice(0, -commune.length).trim()
      : words.slice(commune.length).trim()
    : words;
  return {
    communeKey: commune ?? null,
    streetKey: streetKey(street),
    number: house ? Number(house[1] ?? house[2]) : null,
  };
}

/** The sector of an address among the lines of its street; null when none has it, or two could. */
export function sectorAt(
  lines: readonly { sectorId: string; side: Side; first: number; last: number }[],
  number: number | null,
): string | null {
  const fitting = lines.filter(
    ({ side, first, last }) =>
      number === null ||
      (number >= first && number <= last && (side === 'all' || (number % 2 === 0) === (side === 'even'))),
  );
  const sectors = new Set(fitting.map(({ sectorId }) => sectorId));
  return sectors.size === 1 ? ([...sectors][0] ?? null) : null;
}

const KINDS_OF_STREET: Record<string, string> = {
  r: 'rue',
  av: 'avenue',
  ave: 'avenue',
  bd: 'boulevard',
  bld: 'boulevard',
  boul: 'boulevard',
  pl: 'place',
  all: 'allee',
  imp: 'impasse',
  ch: 'chemin',
  chem: 'chemin',
  sq: 'square',
  rte: 'route',
  res: 'residence',
  pass: 'passage',
};
const TITLES: Record<string, string> = {
  st: 'saint',
  ste: 'sainte',
  gal: 'general',
  gen: 'general',
  dr: 'docteur',
  mal: 'marechal',
  pdt: 'president',
  pr: 'professeur',
};
const SMALL = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l', 'a', 'au', 'aux', 'en', 'sur', 'et']);

/** "Av. du Gal de Gaulle" and "avenue du Général-de-Gaulle" are one street. */
export function streetKey(street: string): string {
  const [first = '', ...others] = placeKey(street).split(' ');
  return [KINDS_OF_STREET[first] ?? first, ...others].join(' ').trim();
}

/** Words that tell a place, without accents nor small words. */
function placeKey(place: string): string {
  return plain(place)
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !SMALL.has(word))
    .map((word) => TITLES[word] ?? word)
    .join(' ');
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/œ/gi, 'oe').toLowerCase().trim();
}
