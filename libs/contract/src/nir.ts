const SEPARATOR = '[\\s._/-]{0,2}';
const DIGIT = `[0-9]${SEPARATOR}`;
const KEY = `(?:${SEPARATOR}[0-9]${SEPARATOR}[0-9])?`;
const THIRTEEN_DIGITS = new RegExp(`(?<![0-9])(?:${DIGIT}){12}[0-9]${KEY}(?![0-9])`);

// Whatever stands between its digits, commas or brackets, what is built like one is one: sex, year, month, département
// (Corsica's carry a letter: 1 85 05 2A 006 084), commune and rank. An amount of money ends what was being counted.
const ANY = '[^\\p{L}\\p{N}\\p{Sc}]{0,4}';
const MONTH = ['0_[1-9]', '1_[0-2]', '[235-9]_[0-9]', '4_[0-2]'].map((month) => month.replace('_', ANY)).join('|');
const AS_BUILT = new RegExp(
  `(?<![0-9])[12]${ANY}(?:[0-9]${ANY}){2}(?:${MONTH})${ANY}(?:[0-9]${ANY}[0-9]|2${ANY}[ab])(?:${ANY}[0-9]){6}(?:(?:${ANY}[0-9]){2})?(?![0-9])`,
  'iu',
);
// Several of these in a row are many digits, and no such number.
const FROM_ABROAD = /(?<![0-9])(?:\+|00)33[\s.-]?(?:\(0\)[\s.-]?)?[1-9](?:[\s.-]?[0-9]{2}){4}(?![0-9])/g;
const PHONES_AND_DATES =
  /(?<![0-9])(?:0[1-9](?:[\s.-]?[0-9]{2}){4}|[0-3]?[0-9][/.-][01]?[0-9][/.-](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9])(?![0-9])/g;

/** Whether a text holds what looks like a social security number: 13 digits, or 15 with its key, however they are written. */
export function looksLikeNir(text: string): boolean {
  // Full-width digits are digits; what has no width separates nothing.
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(FROM_ABROAD, 'x');
  return THIRTEEN_DIGITS.test(plain) || AS_BUILT.test(plain.replace(PHONES_AND_DATES, 'x'));
}
