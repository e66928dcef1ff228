import type { Locator } from 'playwright-core';
import { eventually } from '../../scripts/lib/processes.mjs';

/** Until it has the focus: what is typed next goes there. A field may be on the screen a moment before. */
export const hasFocus = (where: Locator): Promise<void> => where.and(where.page().locator(':focus')).waitFor();

/** Until a field in it has the focus, as the first one of a form has. */
export const hasFieldInFocus = (where: Locator): Promise<void> => where.locator('input:focus').waitFor();

/** What is read, once it is what is expected; else what it still is after some seconds, for the test to say. */
export async function comesTo<T>(expected: T, read: () => Promise<T>): Promise<T> {
  let seen: T | undefined;
  await eventually(
    async () => {
      seen = await read();
      return seen === expected;
    },
    5_000,
    50,
  );
  return seen as T;
}
