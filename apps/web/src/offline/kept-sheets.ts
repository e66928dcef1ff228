import type { DaySheet } from '@app/contract';

/**
 * The day sheets of this workstation, for when the network is down. They hold names and numbers: only today's and the next
 * opening day's are kept, two days at most, and none after whoever they were given to has signed out or handed over.
 */
const KEPT = 'palier.feuilles';
const TWO_DAYS_MS = 2 * 24 * 3600 * 1000;

interface Kept {
  accountId: string;
  /** By the workstation's own clock, which only measures how long ago that was. */
  keptAt: number;
  sheets: DaySheet[];
}

export function keepSheets(accountId: string, sheets: DaySheet[], elapsed = Date.now()): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ accountId, keptAt: elapsed, sheets } satisfies Kept));
  } catch {
    // A full or forbidden storage keeps nothing: the printed sheet remains.
  }
}

/** What is kept and still young enough; what is not is gone. */
export function keptSheets(elapsed = Date.now()): Kept | null {
  const kept = read();
  if (!kept) return null;
  const age = elapsed - kept.keptAt;
  if (age >= 0 && age < TWO_DAYS_MS) return kept;
  forgetSheets();
  return null;
}

export function keptSheet(siteId: string, date: string): DaySheet | null {
  return keptSheets()?.sheets.find((sheet) => sheet.siteId === siteId && sheet.date === date) ?? null;
}

export function forgetSheets(): void {
  localStorage.removeItem(KEPT);
}

/** Someone else sits down: what was given to another is forgotten. */
export function keepOnlyOf(accountId: string): void {
  const kept = read();
  if (kept && kept.accountId !== accountId) forgetSheets();
}

function read(): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? 'null') as Kept | null;
  } catch {
    return null;
  }
}
