import { createHash, randomBytes } from 'node:crypto';

/** A secret handed to a browser or written in a link: 256 random bits, URL-safe. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a secret: a copy of the table opens nothing. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The key under which failures are counted: several parts, none of them readable afterwards. */
export function attemptKey(...parts: string[]): Buffer {
  return hashOf(JSON.stringify(parts));
}
