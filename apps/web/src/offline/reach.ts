import { useSyncExternalStore } from 'react';

/** Whether the server answered the last time it was asked anything. */
let isReached = true;
const listeners = new Set<() => void>();

export function noteReach(reached: boolean): void {
  if (reached === isReached) return;
  isReached = reached;
  for (const listener of listeners) listener();
}

export function useReached(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isReached,
  );
}
