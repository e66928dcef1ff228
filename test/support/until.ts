import type { Locator } from 'playwright-core';

/** Until it has the focus: what is typed next goes there. A field may be on the screen a moment before. */
export const hasFocus = (where: Locator): Promise<void> => where.and(where.page().locator(':focus')).waitFor();

/** What is read, once it is what is expected; else what it still is after some seconds, for the test to say. */
export async function comesTo<T>(expected: T, read: () => Promise<T>): Promise<T> {
  let seen = await read();
  for (const end = performance.now() + 5_000; seen !== expected && performance.now() < end; seen = await read()) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return seen;
}
