import type { Heard } from '@app/contract';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { lookingAgain } from './look-again';
import { queryClient } from './query-client';
import { staleAfter } from './stale';

const SHOWN_MS = 4_000;
const GATHER_MS = 120;

const changed = new Set<string>();
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

function flash(id: string): void {
  changed.add(id);
  tell();
  setTimeout(() => {
    changed.delete(id);
    tell();
  }, SHOWN_MS);
}

const waiting = new Set<readonly string[]>();
const lookAgain = lookingAgain(queryClient);

function hear(heard: Heard): void {
  if (heard.subjectId) flash(heard.subjectId);
  // A hundred bookings in a second make one new look, not a hundred.
  if (waiting.size === 0) setTimeout(lookAtAll, GATHER_MS);
  for (const key of staleAfter(heard.kind)) waiting.add(key);
}

function lookAtAll(): void {
  const stale = [...waiting];
  waiting.clear();
  for (const root of stale) void lookAgain(root);
}

const AGAIN_MS = 5_000;

/** Up to where this page has heard what happens, in the server's words; null until it heard of anything. */
let heardUpTo: string | null = null;

/**
 * Listens to what other desks do while the screen is open.
 * @param from how far the server had heard before any of the screen's contents were asked for
 */
export function useLive(from: string): void {
  const begin = useRef(from);
  useEffect(() => {
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      source = new EventSource(`/api/events?since=${encodeURIComponent(heardUpTo ?? begin.current)}`);
      source.onmessage = ({ data, lastEventId }: MessageEvent<string>) => {
        heardUpTo = lastEventId;
        hear(JSON.parse(data) as Heard);
      };
      source.onerror = () => {
        // A cut line is taken up again by the browser, where it stopped; a refusal (a server that restarts) is not.
        if (source.readyState === EventSource.CLOSED) again = setTimeout(listen, AGAIN_MS);
      };
    };
    listen();
    return () => {
      clearTimeout(again);
      source.close();
    };
  }, []);
}

/** True for a moment after someone, somewhere, changed this thing. */
export function useJustChanged(id: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => changed.has(id),
  );
}
