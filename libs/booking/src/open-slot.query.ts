import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso } from '@app/time';
import type { OpenSlot } from './bookable';

interface Row {
  partner_id: string;
  site_id: string;
  room_id: string | null;
  mode: OpenSlot['mode'];
  state: OpenSlot['state'];
  cause: string;
  starts_at: Instant;
  ends_at: Instant;
  confidential: boolean;
  bookable: boolean;
  duration_minutes: number;
  pause_before: number;
  pause_after: number;
  agents_needed: number;
  modes: string[];
  counters: [resourceId: string, agentId: string | null, seat: number | null][];
  taken: [resourceId: string, start: number, end: number, heldBy: string | null, until: number | null, away: boolean][];
}

export interface SlotToOpen {
  occurrenceId: string;
  motifId: string;
  start: Instant;
  agentId: string | null;
  /** With an interpreter it lasts twice as long. */
  interpreter?: boolean | undefined;
  /** Resources the command leaves: locked together with those it may take. */
  leaving?: readonly string[];
}

/**
 * Keeps the date as it is until the transaction ends (others may book inside it, nobody may change it), locks what a
 * booking may take or leaves, and reads what decides. Null when the date or the motif is not there for this viewer.
 */
export async function openSlot(
  tx: Transaction,
  { occurrenceId, motifId, start, agentId, interpreter = false, leaving = [] }: SlotToOpen,
): Promise<OpenSlot | null> {
  const [row] = await tx.prepared<Row>('booking.open-slot', 'select * from open_slot($1, $2, $3, $4, $5, $6, $7)', [
    occurrenceId,
    motifId,
    instantToIso(start),
    agentId,
    leaving,
    instantToIso(tx.now),
    interpreter,
  ]);
  if (!row) return null;
  return {
    partnerId: row.partner_id,
    siteId: row.site_id,
    roomId: row.room_id,
    mode: row.mode,
    state: row.state,
    cause: row.cause,
    during: { start: row.starts_at, end: row.ends_at },
    confidential: row.confidential,
    bookable: row.bookable,
    need: {
      durationMinutes: row.duration_minutes,
      pauseBefore: row.pause_before,
      pauseAfter: row.pause_after,
      agents: row.agents_needed,
    },
    modes: row.modes,
    counters: row.counters.map(([resourceId, agent, seat]) => ({ resourceId, agentId: agent, seat })),
    taken: row.taken.map(([resourceId, from, until, heldBy, heldUntil, away]) => ({
      resourceId,
      start: Math.round(from) as Instant,
      end: Math.round(until) as Instant,
      heldBy,
      until: heldUntil === null ? null : (Math.round(heldUntil) as Instant),
      away,
    })),
  };
}

/** Keeps these dates as they are until the transaction ends, in id order: a move keeps the one it leaves as well. */
export async function keepDates(tx: Transaction, occurrenceIds: readonly string[]): Promise<void> {
  await tx.prepared(
    'booking.keep',
    'select id from occurrence where space_id = $1 and id = any ($2::uuid[]) order by id for share',
    [tx.context.spaceId, [...new Set(occurrenceIds)]],
  );
}
