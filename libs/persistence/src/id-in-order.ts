import { randomUUID } from 'node:crypto';
import type { Instant } from '@app/time';

const COUNTED = 4096;
let made = 0;

/**
 * An id that sorts by when it was made (UUID version 7, RFC 9562): rows laid out together are then neighbours in every index, and read
 * together they cost a page instead of one each. It tells when: not for what must not be dated or guessed.
 */
export function idInOrder(now: Instant): string {
  const milliseconds = now.toString(16).padStart(12, '0');
  const counter = (made % COUNTED).toString(16).padStart(3, '0');
  made += 1;
  const variantAndChance = randomUUID().slice(18);
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7${counter}${variantAndChance}`;
}
