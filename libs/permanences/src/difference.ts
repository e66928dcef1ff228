import type { Instant, LocalDateTime } from '@app/time';
import type { Visibility, WantedDate } from './permanence';

/** A date as it is stored. */
export interface StoredDate extends WantedDate {
  id: string;
  visibility: Visibility;
  confidential: boolean;
  /** Appointments that name it, cancelled ones included: then it is never deleted. */
  appointments: number;
  /** The room it last wanted and did not get, and whether that is still to settle. */
  refusedRoom: { roomId: string; open: boolean } | null;
}

/** What a date's permanence gives it. */
export interface Manner {
  visibility: Visibility;
  confidential: boolean;
}

export interface Difference {
  insert: WantedDate[];
  update: { stored: StoredDate; wanted: WantedDate }[];
  /** Already as they should be: not touched. */
  kept: StoredDate[];
  /** No longer wanted, and nobody was ever booked: deleted. */
  remove: StoredDate[];
  /** No longer wanted, but someone is or was booked: kept as cancelled. */
  cancel: StoredDate[];
}

/**
 * What must change for the stored dates to become the wanted ones. A rule gives at most one date a day, so a date is known
 * by its rule and original day: a rule that starts half an hour later keeps its dates and whoever is booked on them.
 * What is published while it runs is there at once. What was there when it began is never touched, save the date in `thawed` (someone changes it by hand while it runs).
 */
export function difference(
  stored: readonly StoredDate[],
  wanted: readonly WantedDate[],
  manner: Manner,
  now: Instant,
  thawed?: string,
): Difference {
  const found: Difference = { insert: [], update: [], kept: [], remove: [], cancel: [] };
  const rows = new Map(stored.map((row) => [keyOf(row), row]));
  for (const date of wanted) {
    const row = rows.get(keyOf(date));
    rows.delete(keyOf(date));
    if (row && isFrozen(row, now, thawed)) found.kept.push(row);
    else if (!row) {
      if (date.endsAt > now) found.insert.push(date);
    } else if (isAsWanted(row, date, manner)) found.kept.push(row);
    else found.update.push({ stored: row, wanted: date });
  }
  for (const row of rows.values()) {
    if (isFrozen(row, now, thawed)) continue;
    if (row.appointments === 0) found.remove.push(row);
    else if (row.state !== 'cancelled') found.cancel.push(row);
  }
  return found;
}

/** A date's identity within its permanence: its rule, and the day the rule puts it on. */
export function keyOf({ ruleId, originalStart }: { ruleId: string; originalStart: LocalDateTime }): string {
  return `${ruleId} ${originalStart.slice(0, 10)}`;
}

function isFrozen(row: StoredDate, now: Instant, thawed: string | undefined): boolean {
  return (thawed === keyOf(row) ? row.endsAt : row.startsAt) <= now;
}

function isAsWanted(row: StoredDate, date: WantedDate, { visibility, confidential }: Manner): boolean {
  return (
    row.originalStart === date.originalStart &&
    row.startsAt === date.startsAt &&
    row.endsAt === date.endsAt &&
    row.siteId === date.siteId &&
    row.mode === date.mode &&
    row.seats === date.seats &&
    row.state === date.state &&
    row.cause === date.cause &&
    row.unverified === date.unverified &&
    row.visibility === visibility &&
    row.confidential === confidential &&
    row.agentIds.join() === date.agentIds.join() &&
    hasItsRoom(row, date)
  );
}

/** In its room; or without it, when that was said once: someone settles it, a later layout does not open it again. */
function hasItsRoom(row: StoredDate, date: WantedDate): boolean {
  if (date.state !== 'held') return row.roomId === null && !row.refusedRoom?.open;
  if (date.roomClosed !== undefined) return row.roomId === null && row.refusedRoom?.roomId === date.roomId;
  if (row.roomId === null && date.roomId !== null) return row.refusedRoom?.roomId === date.roomId;
  return row.roomId === date.roomId && row.workstationId === date.workstationId && !row.refusedRoom?.open;
}
