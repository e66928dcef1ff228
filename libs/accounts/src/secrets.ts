import { createHash, randomBytes, randomInt } from 'node:crypto';

/** A secret handed to a browser or written in a link: 256 random bits, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

// Without 0, O, I and l: read out on the phone and typed again.
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const SHORT = 10;

/** A secret short enough for an SMS, 58 random bits: nobody guesses it as long as tries are counted. */
export function newShortToken(): string {
  return Array.from({ length: SHORT }, () => BASE58[randomInt(BASE58.length)]).join('');
}

/** Whether it may be one: anything else is not looked for. */
export function isShortToken(text: string): boolean {
  return text.length === SHORT && [...text].every((letter) => BASE58.includes(letter));
}

/** What the database keeps of a secret: a copy of the table opens nothing. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The key under which failures are counted: several parts, none of them readable afterwards. */
export function attemptKey(...parts: string[]): Buffer {
  return hashOf(JSON.stringify(parts));
}
