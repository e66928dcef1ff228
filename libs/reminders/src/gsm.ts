import { withPlainSpaces } from '@app/time';

// GSM 03.38: an SMS in this alphabet holds 160 characters, in any other 70. It has é, è, à and ù, but no ê, î, û or ç.
const ALPHABET = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const LOOKS_LIKE: Record<string, string> = {
  '’': "'",
  '‘': "'",
  '«': '"',
  '»': '"',
  '–': '-',
  '—': '-',
  œ: 'oe',
  Œ: 'OE',
  '…': '...',
};

/** The text in the cheap alphabet: what it lacks loses its accent ("août" → "aout"); other scripts stay as they are. */
export function inGsmAlphabet(text: string): string {
  return [...withPlainSpaces(text).normalize('NFC')]
    .map((letter) => {
      if (ALPHABET.has(letter)) return letter;
      return LOOKS_LIKE[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '');
    })
    .join('');
}

export function isInGsmAlphabet(text: string): boolean {
  return [...text].every((letter) => ALPHABET.has(letter));
}
