import { numberNamed, osmWeekday, rankNamed, shortestWeekday, shortWeekday, weekdayNamed } from './lexicon';
import { markAt, wordAt } from './pieces';
import type { Token } from './tokens';

/** The ISO weekday that stands at `i`, or null; short forms that are also words count only among days and hours. */
export function weekdayAt(tokens: readonly Token[], i: number): number | null {
  const word = wordAt(tokens, i);
  if (word === '') return null;
  const named = weekdayNamed(word);
  if (named !== null) return named;
  const short = shortWeekday(word);
  if (short !== null) return short;
  const shortest = shortestWeekday(word) ?? (isOsm(tokens[i] as Token) ? osmWeekday(word) : null);
  return shortest !== null && amongHours(tokens, i) ? shortest : null;
}

/** Days as OpenStreetMap writes them: a dash between two is always a range. */
export function isOsm(token: Token): boolean {
  return token.capital && token.text.length === 2 && osmWeekday(token.text) !== null;
}

function amongHours(tokens: readonly Token[], i: number): boolean {
  const next = tokens[i + 1];
  if (!next) return true;
  if (next.kind === 'number') return true;
  const further = wordAt(tokens, i + 2);
  const isDay = (word: string) => shortestWeekday(word) !== null || osmWeekday(word) !== null;
  if (next.kind === 'word') return isDay(next.text) || (next.text === 'et' && isDay(further));
  return [',', '-', '/', '&'].includes(next.text)
    ? isDay(further) || tokens[i + 2]?.kind === 'number'
    : next.text === ':';
}

/** A rank that stands at `i`: "1er", "2ème", "premier", "dernier". */
export function rankAt(tokens: readonly Token[], i: number): number | null {
  const token = tokens[i];
  if (token?.kind === 'ordinal') return Number(token.text);
  return rankNamed(wordAt(tokens, i));
}

/** A number in digits or letters. */
export function countAt(tokens: readonly Token[], i: number): number | null {
  const token = tokens[i];
  if (token?.kind === 'number' && token.text.length <= 2) return Number(token.text);
  return numberNamed(wordAt(tokens, i));
}

const JOINERS = new Set(['et', 'ou', 'puis']);

/** After "lundi": steps over ", ", " et ", "/", "&"; answers where the next word begins. */
export function afterJoiner(tokens: readonly Token[], i: number): number {
  let at = i;
  while (at < i + 3 && ([',', '/', '&', '+'].includes(markAt(tokens, at)) || JOINERS.has(wordAt(tokens, at)))) at += 1;
  return at;
}
