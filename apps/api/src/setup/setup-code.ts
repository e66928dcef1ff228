import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A code to be read aloud and typed: eight letters that are not mistaken for each other. */
export function newSetupCode(): string {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  return [...randomBytes(8)].map((byte) => letters[byte % letters.length]).join('');
}

const digest = (code: string) => createHash('sha256').update(code.trim().toUpperCase()).digest();

/** Whether what was typed is the code, whatever the case, in constant time. */
export function isSetupCode(typed: string, code: string): boolean {
  return timingSafeEqual(digest(typed), digest(code));
}
