const SEPARATOR = '[\\s.\\u00a0\\u202f_/-]{0,2}';
const DIGIT = `[0-9]${SEPARATOR}`;
const KEY = `(?:${SEPARATOR}[0-9]${SEPARATOR}[0-9])?`;
const THIRTEEN_DIGITS = new RegExp(`(?<![0-9])(?:${DIGIT}){12}[0-9]${KEY}(?![0-9])`);
// Corsica's départements carry a letter: 1 85 05 2A 006 084.
const FROM_CORSICA = new RegExp(
  `(?<![0-9])[12]${SEPARATOR}(?:${DIGIT}){4}2${SEPARATOR}[ab]${SEPARATOR}(?:${DIGIT}){5}[0-9]`,
  'i',
);

/** Whether a text holds what looks like a social security number: 13 digits, or 15 with its key, spaces allowed between. */
export function looksLikeNir(text: string): boolean {
  return THIRTEEN_DIGITS.test(text) || FROM_CORSICA.test(text);
}
