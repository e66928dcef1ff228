import { useEffect, useRef } from 'react';

const acts = new Map<string, () => void>();

/** While the screen is shown, this key does this. A screen's own key comes before the shell's. */
export function useKey(key: string, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const before = acts.get(key);
    const run = () => latest.current();
    acts.set(key, run);
    return () => {
      if (acts.get(key) !== run) return;
      if (before) acts.set(key, before);
      else acts.delete(key);
    };
  }, [key]);
}

const SECOND_KEY_MS = 1_500;
const isTyping = (element: Element | null) =>
  element instanceof HTMLElement &&
  (element.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) ||
    element.getAttribute('role') === 'spinbutton');

// What says that something was done, and may be undone, stops nobody from going on.
const DIALOGS = '[role=dialog],[role=alertdialog]:not(.toast)';

/** Single keys for the whole application; never while typing, nor under a dialog. "g p" is g, then p. */
export function useKeyboard(): void {
  useEffect(() => {
    let first: { key: string; at: number } | null = null;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      // Where the focus is, not the event's target: a box with answers repeats its keys on the answer they are about.
      if (isTyping(document.activeElement) || document.querySelector(DIALOGS)) return;
      const pair = first && event.timeStamp - first.at < SECOND_KEY_MS ? `${first.key} ${event.key}` : null;
      first = event.key === 'g' && !pair ? { key: 'g', at: event.timeStamp } : null;
      const act = (pair && acts.get(pair)) ?? acts.get(event.key);
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
