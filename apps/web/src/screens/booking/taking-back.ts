import type { Undone } from '@app/contract';
import { Refused, send } from '../../api/client';
import { say } from '../../ui/toasts';
import { looksAgain } from './looks-again';

interface Words {
  undo: string;
  undone: Record<Undone['what'], string>;
}

/** Says what was done to an appointment; for ten seconds one click takes it back, and says why when it can't. */
export function sayWithUndo(
  text: string,
  appointmentId: string,
  { undo, undone, onUndone, detail }: Words & { onUndone?: () => void; detail?: string | undefined },
): void {
  const act = async () => {
    try {
      const { what } = await send<Undone>('POST', `/appointments/${appointmentId}/undo`);
      say(undone[what]);
      onUndone?.();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      say(error.problem.title, { detail: error.problem.detail });
    }
    looksAgain();
  };
  say(text, { detail, undo: { label: undo, act: () => void act() } });
}
