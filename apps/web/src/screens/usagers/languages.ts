import type { Language } from '@app/time';
import type { Option } from '../../ui/field';

/** French first, then languages often spoken at the desks of the Paris region. */
const CODES = [
  'fr',
  'ar',
  'bn',
  'zh',
  'en',
  'es',
  'lt',
  'pt',
  'ro',
  'ru',
  'so',
  'sw',
  'ta',
  'tr',
  'uk',
  'ur',
  'vi',
  'wo',
];

/** Languages to choose from, named in the reader's own; those already chosen that are not in this list are kept. */
export function languageOptions(reader: Language, kept: readonly string[]): Option[] {
  const names = new Intl.DisplayNames([reader], { type: 'language' });
  return [...new Set([...CODES, ...kept])].map((id) => ({ id, label: sayLanguage(id, names) }));
}

export function sayLanguage(code: string, names: Intl.DisplayNames): string {
  try {
    return names.of(code) ?? code;
  } catch {
    // Not a language code: the word itself was written.
    return code;
  }
}
