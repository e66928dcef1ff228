import type { Undone } from '@app/contract';
import { Refused, send } from '../../api/client';
import { say } from '../../ui/toasts';
import { looksAgain } from './looks-again';

interface Act {
  what: Undone['what'];
  undo: string;
  undone: string;
  onUndone?: () => void;
  detail?: string | undefined;
}

/** Says what was done to an appointment; for ten seconds one click takes it back, and says why when it can't. */
export function sayWithUndo(text: string, appointmentId: string, { what, undo, undone, onUndone, detail }: Act): void {
  const act = async () => {
    try {
      await send<Undone>('POST', `/appointments/${appointmentId}/undo?what=${what}`);
      say(undone);
      onUndone?.();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(error.problem.title, { detail: error.problem.detail });
    }
    looksAgain();
  };
  say(text, { detail, undo: { label: undo, act: () => void act() } });
}
