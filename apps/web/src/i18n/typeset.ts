import { type Language, NO_BREAK_SPACE } from '@app/time';

/** In French "?", "!", ":" and ";" stay on the line of the word before, and guillemets with what they hold. */
export function typesetFrench(text: string): string {
  return text.replace(/ (?=[?!:;»])/g, NO_BREAK_SPACE).replace(/(?<=«) /g, NO_BREAK_SPACE);
}

/** The words of a language as they reach the screen: the same ones each time. */
export function wordsIn<Words>(dictionary: Record<Language, Words>, language: Language): Words {
  return language === 'fr' ? typeset(dictionary.fr) : dictionary[language];
}

const done = new WeakMap<object, unknown>();

function typeset<Words>(words: Words): Words {
  if (typeof words === 'string') return typesetFrench(words) as Words;
  if (typeof words === 'function') return ((...told: unknown[]) => ofString(words(...told))) as Words;
  if (typeof words !== 'object' || words === null) return words;
  const known = done.get(words);
  if (known) return known as Words;
  const set = Array.isArray(words)
    ? words.map(typeset)
    : Object.fromEntries(Object.entries(words).map(([name, value]) => [name, typeset(value)]));
  done.set(words, set);
  return set as Words;
}

const ofString = (said: unknown): unknown => (typeof said === 'string' ? typesetFrench(said) : said);
