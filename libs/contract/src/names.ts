// What turns the direction of letters around, or shows nothing at all. Marks that Arabic and Persian need are not among them.
const HIDDEN = /[\p{Cc}\u202a-\u202e\u2066-\u2069\ufeff\u200b]/u;
/** "Li 2" tells two people apart, "Louis 14" is a name; more digits are a number that belongs elsewhere. */
const MOST_DIGITS = 3;

/** Why a text cannot be somebody's name; null when it can: O'Brien, Jean-Paul, Nguyễn, علي, Li 2. Nothing at all is no name yet. */
export function whyNotAName(text: string): 'hidden' | 'not-a-name' | null {
  if (HIDDEN.test(text)) return 'hidden';
  const isName = /\p{L}/u.test(text) && (text.match(/\p{Nd}/gu) ?? []).length <= MOST_DIGITS;
  return text === '' || isName ? null : 'not-a-name';
}

// French sign language has no name among those of CLDR.
const UNNAMED = ['fsl'];
const KNOWN = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** Whether it is the ISO 639 code of a language, with a country or not: "so", "snk", "pt-BR". */
export function isLanguage(code: string): boolean {
  if (!/^[a-z]{2,3}(-[A-Z]{2})?$/.test(code)) return false;
  return UNNAMED.includes(code) || KNOWN.of(code) !== undefined;
}
