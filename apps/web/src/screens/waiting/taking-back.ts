import type { WaitingEntry, WaitingUndone, WaitingUndoQuery } from '@app/contract';
import { Refused, send } from '../../api/client';
import { say } from '../../ui/toasts';
import { waitingChanged } from './queries';
import type { waitingWords } from './words';

type Words = Pick<(typeof waitingWords)['fr'], 'stillWaits'>;

/** Says what became of who waits; for ten seconds one click takes it back, and says what became of the place kept for her. */
export function sayWaitingUndo(
  text: string,
  { id, usagerName }: Pick<WaitingEntry, 'id' | 'usagerName'>,
  { what, undo, words }: WaitingUndoQuery & { undo: string; words: Words },
): void {
  const act = async () => {
    try {
      const { place } = await send<WaitingUndone>('POST', `/waiting/${id}/undo?what=${what}`);
      say(words.stillWaits[place](usagerName));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(error.problem.title, { detail: error.problem.detail });
    }
    waitingChanged();
  };
  say(text, { undo: { label: undo, act: () => void act() } });
}
