import type { Heard } from '@app/contract';
import { useEffect, useSyncExternalStore } from 'react';
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

function hear(heard: Heard): void {
  if (heard.subjectId) flash(heard.subjectId);
  // A hundred bookings in a second make one new look, not a hundred.
  if (waiting.size === 0) setTimeout(lookAgain, GATHER_MS);
  for (const key of staleAfter(heard.kind)) waiting.add(key);
}

function lookAgain(): void {
  const stale = [...waiting];
  waiting.clear();
  for (const queryKey of stale) void queryClient.invalidateQueries({ queryKey });
}

const AGAIN_MS = 5_000;

/** Listens to what other desks do while the screen is open. */
export function useLive(): void {
  useEffect(() => {
    let source: EventSource;
    let again: ReturnType<typeof setTimeout> | undefined;
    let wasCut = false;
    const listen = () => {
      source = new EventSource('/api/events');
      source.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as Heard);
      source.onopen = () => {
        if (wasCut) void queryClient.invalidateQueries();
        wasCut = false;
      };
      source.onerror = () => {
        // A cut line is taken up again by the browser, where it stopped; a refusal (a server that restarts) is not.
        if (source.readyState !== EventSource.CLOSED) return;
        wasCut = true;
        again = setTimeout(listen, AGAIN_MS);
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
