/** Words that a name may have or lack. */
const SMALL = new Set('a au aux d de des du en et l la le les'.split(' '));

/**
 * The site that a written name means: the one of that name, else the only one whose name is a part of it or of which it
 * is a part ("rue du Béarn" for "3 rue du Béarn"); null when none is, or several are.
 */
export function siteNamed<Site extends { name: string }>(written: string, sites: readonly Site[]): Site | null {
  const wanted = wordsOf(written);
  if (!wanted.length) return null;
  const same = sites.filter(({ name }) => wordsOf(name).join(' ') === wanted.join(' '));
  const near = same.length
    ? same
    : sites.filter(({ name }) => holds(wordsOf(name), wanted) || holds(wanted, wordsOf(name)));
  return near.length === 1 ? (near[0] as Site) : null;
}

function wordsOf(name: string): string[] {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return (plain.match(/[a-z0-9]+/g) ?? []).filter((word) => !SMALL.has(word));
}

function holds(whole: readonly string[], part: readonly string[]): boolean {
  return part.length > 0 && part.every((word) => whole.includes(word));
}
