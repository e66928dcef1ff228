import type { AppointmentMode } from '@app/contract';
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
  occurrenceId: string | null;
  /** Of one outside any permanence, the rest of what it was. */
  apart: { siteId: string; roomId: string | null; mode: AppointmentMode; end: number } | null;
  start: number;
  agentId: string | null;
  secondAgentId: string | null;
  state: AppointmentState;
  version: number;
}

interface Before {
  occurrenceId: string | null;
  siteId: string;
  roomId: string | null;
  mode: AppointmentMode;
  end: Instant;
  start: Instant;
  agentId: string | null;
  secondAgentId: string | null;
  state: AppointmentState;
  version: number;
}

/** What to keep of an appointment that is about to change. */
export function undoOf(tx: Pick<Transaction, 'now' | 'context'>, before: Before, act: Undo['act']): string {
  const { occurrenceId, start, agentId, secondAgentId, state, version } = before;
  const { siteId, roomId, mode, end } = before;
  const by = tx.context.accountId;
  const apart = occurrenceId === null ? { siteId, roomId, mode, end } : null;
  const undo: Undo = { act, at: tx.now, by, occurrenceId, apart, start, agentId, secondAgentId, state, version };
  return JSON.stringify(undo);
}

/** Whether this account may still take it back. */
export function mayUndo(undo: Undo | null, by: string | null, now: Instant): undo is Undo {
  return undo !== null && by !== null && undo.by === by && now - undo.at <= UNDO_MS;
}
