import type { Transaction } from '@app/persistence';
import type { Instant } from '@app/time';
import type { AppointmentState } from './appointment-states';

/** For so long a booking, a move or a cancellation can be taken back: ten seconds on the screen, and the way there. */
export const UNDO_MS = 15_000;

/** What the last command changed: what it was before. Ids and codes only. */
export interface Undo {
  act: 'moved' | 'cancelled';
  at: number;
  by: string | null;
  occurrenceId: string;
  start: number;
  agentId: string | null;
  secondAgentId: string | null;
  state: AppointmentState;
  version: number;
}

interface Before {
  occurrenceId: string;
  start: Instant;
  agentId: string | null;
  secondAgentId: string | null;
  state: AppointmentState;
  version: number;
}

/** What to keep of an appointment that is about to change. */
export function undoOf(tx: Pick<Transaction, 'now' | 'context'>, before: Before, act: Undo['act']): string {
  const { occurrenceId, start, agentId, secondAgentId, state, version } = before;
  const by = tx.context.accountId;
  const undo: Undo = { act, at: tx.now, by, occurrenceId, start, agentId, secondAgentId, state, version };
  return JSON.stringify(undo);
}

/** Whether this account may still take it back. */
export function mayUndo(undo: Undo | null, by: string | null, now: Instant): undo is Undo {
  return undo !== null && by !== null && undo.by === by && now - undo.at <= UNDO_MS;
}
