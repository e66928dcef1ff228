import { randomInt } from 'node:crypto';
import { attemptKey } from '@app/accounts';
import type { Language } from '@app/time';

/** How long the hour is kept, and the code awaited. */
export const CODE_MINUTES = 10;
export const CODE_TRIES = 5;

export function newCode(): string {
  return String(randomInt(1_000_000)).padStart(6, '0');
}

/** Of this request alone: the same six digits say nothing of another. */
export function codeHash(requestId: string, code: string): Buffer {
  return attemptKey('online-code', requestId, code);
}

/** Never what it is for: whoever holds the phone learns nothing. */
export function codeText(language: Language, code: string): string {
  return language === 'fr'
    ? `Votre code : ${code}. Il est valable ${CODE_MINUTES} minutes.`
    : `Your code: ${code}. It is valid for ${CODE_MINUTES} minutes.`;
}
