import type { QueryClient } from '@tanstack/react-query';

/** An answer that does not come for this long is asked for anew. */
const PATIENCE_MS = 10_000;

/**
 * Looks again at what became stale, one look at a time. An answer on its way may be of before: it is let come and shown, then
 * asked for once more. To cut it short at each news would be to show nothing new for as long as a busy hour lasts, and what is
 * asked for the first time is not asked anew by an invalidation at all.
 */
export function lookingAgain(
  client: QueryClient,
  patienceMs = PATIENCE_MS,
): (root: readonly string[]) => Promise<void> {
  const heardMeanwhile = new Map<string, boolean>();

  const look = async (queryKey: readonly string[]): Promise<void> => {
    const begun = new Set(client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' }));
    await atMost(patienceMs, client.invalidateQueries({ queryKey }, { cancelRefetch: false }));
    if (begun.size === 0) return;
    await atMost(patienceMs, client.invalidateQueries({ queryKey, predicate: (query) => begun.has(query) }));
  };

  return async (root) => {
    const name = root.join('/');
    if (heardMeanwhile.has(name)) {
      heardMeanwhile.set(name, true);
      return;
    }
    do {
      heardMeanwhile.set(name, false);
      await look(root);
    } while (heardMeanwhile.get(name));
    heardMeanwhile.delete(name);
  };
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
