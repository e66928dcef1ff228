import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { wordsIn } from './typeset';

const SCREENS = path.join(import.meta.dirname, '..');
const BREAKABLE = / [?!:;»]|« /;

const files = readdirSync(SCREENS, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /words\.ts$|i18n\/shared\.ts$/.test(file),
);
type Catalogue = { fr: object; en: object };
const catalogues: [string, Catalogue][] = [];
for (const file of files) {
  const found = (await import(path.join(SCREENS, file))) as Record<string, Partial<Catalogue>>;
  for (const [name, { fr, en }] of Object.entries(found))
    if (fr && en) catalogues.push([`${file} ${name}`, { fr, en }]);
}

/** Whatever is said, of a few things or of none. */
function* saidBy(words: unknown): Generator<string> {
  if (typeof words === 'string') yield words;
  else if (typeof words === 'function') {
    for (const told of [2, 'mot', ['mot'], {}, null]) {
      try {
        yield* saidBy(words(told, told, told));
      } catch {
        // Not a thing it can be told of.
      }
    }
  } else if (words && typeof words === 'object') for (const one of Object.values(words)) yield* saidBy(one);
}

describe('French words on the screens', () => {
  it('there are many catalogues, with words to keep on one line', () => {
    expect(catalogues.length).toBeGreaterThan(30);
    expect(
      catalogues.flatMap(([, { fr }]) => [...saidBy(fr)]).filter((said) => BREAKABLE.test(said)).length,
    ).toBeGreaterThan(50);
  });

  it.each(catalogues)('no line breaks before a high mark or inside guillemets: %s', (_, dictionary) => {
    expect([...saidBy(wordsIn(dictionary, 'fr'))].filter((said) => BREAKABLE.test(said))).toEqual([]);
  });

  it('English words are as they are written, and both are the same words each time', () => {
    const dictionary = { fr: { ask: 'Qui ? « lui » : oui' }, en: { ask: 'Who?' } };
    expect(wordsIn(dictionary, 'fr').ask).toBe('Qui\u00a0? «\u00a0lui\u00a0»\u00a0: oui');
    expect(wordsIn(dictionary, 'en')).toBe(dictionary.en);
    expect(wordsIn(dictionary, 'fr')).toBe(wordsIn(dictionary, 'fr'));
  });
});
