import type { SeriesUndoBody, SeriesUndone } from '@app/contract';
import { Refused, send } from '../../api/client';
import { say } from '../../ui/toasts';
import { looksAgain } from './looks-again';

interface Telling {
  undo: string;
  words: { undone(n: number): string; restored(n: number): string; notUndone(n: number): string };
  onUndone?(): void;
}

/** Says what was done to a series; for ten seconds one click takes all of it back, and names what it can't. */
export function sayWithSeriesUndo(
  text: string,
  seriesId: string,
  what: SeriesUndoBody['what'],
  { undo, words, onUndone }: Telling,
): void {
  const act = async () => {
    try {
      const { count, left } = await send<SeriesUndone>('POST', `/series/${seriesId}/undo`, { what });
      const said = what === 'booked' ? words.undone(count) : words.restored(count);
      const reasons = left.map(({ problem }) => problem.title).join(' ');
      say(said, left.length > 0 ? { detail: `${words.notUndone(left.length)} ${reasons}` } : {});
      onUndone?.();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(error.problem.title, { detail: error.problem.detail });
    }
    looksAgain();
  };
  say(text, { undo: { label: undo, act: () => void act() } });
}
