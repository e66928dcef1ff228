import type { DateChanged } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { heldResources, lockResources, resourcesOf } from '@app/rooms';
import { type Instant, instantToIso, toLocal } from '@app/time';
import type { Touched } from './carry-out.query';
import type { LaidOut } from './lay-out.query';
import type { Place } from './permanence';
import type { Handover } from './turns';

/** An agent who is given a date: when. */
export interface Taking {
  agentId: string;
  startsAt: Instant;
  endsAt: Instant;
}

/**
 * Whoever was received by one agent is received by the other, where that can be. The agents' time is locked, with all that these
 * dates hold, before the layout locks rooms and presences: whoever hands over goes in this order.
 */
export async function handOver(tx: Transaction, handovers: readonly Handover[]): Promise<void> {
  if (!handovers.length) return;
  const times = await resourcesOf(
    tx,
    'time',
    handovers.flatMap(({ from, to }) => [from, to]),
  );
  const dates = [...new Set(handovers.map(({ occurrenceId }) => occurrenceId))];
  await lockResources(tx, [...times.values(), ...(await heldResources(tx, dates))]);
  for (const { occurrenceId, from, to } of handovers) {
    await tx.query('select hand_over_turn($1, $2, $3, $4)', [occurrenceId, from, to, instantToIso(tx.now)]);
  }
}

/** What these agents have elsewhere at those hours; `butOn` are the dates that change hands themselves. */
export async function clashesOf(
  tx: Transaction,
  takings: readonly Taking[],
  butOn: readonly string[],
): Promise<Touched[]> {
  const clashes: Touched[] = [];
  for (const { agentId, startsAt, endsAt } of takings) {
    const rows = await tx.query<{ id: string | null; starts_at: Instant }>(
      'select * from appointments_elsewhere($1, $2, $3, $4::uuid[])',
      [agentId, instantToIso(startsAt), instantToIso(endsAt), butOn],
    );
    clashes.push(...rows.map((row) => ({ id: row.id, startsAt: row.starts_at })));
  }
  return clashes.sort((a, b) => a.startsAt - b.startsAt);
}

/** Those whom the viewer may know. */
export function appointmentsOf(stranded: readonly Touched[], { zone }: Place): DateChanged['appointments'] {
  return stranded.flatMap(({ id, startsAt }) => (id ? [{ id, start: toLocal(startsAt, zone) }] : []));
}

/** What was done to several permanences by one change. */
export function together(laidOut: readonly LaidOut[]): LaidOut {
  const sum = (of: 'inserted' | 'kept' | 'removed' | 'changed' | 'conflicts' | 'given') =>
    laidOut.reduce((total, one) => total + one[of], 0);
  return {
    inserted: sum('inserted'),
    kept: sum('kept'),
    removed: sum('removed'),
    changed: sum('changed'),
    conflicts: sum('conflicts'),
    given: sum('given'),
    stranded: laidOut.flatMap(({ stranded }) => stranded).sort((a, b) => a.startsAt - b.startsAt),
    touched: laidOut.flatMap(({ touched }) => touched),
    effects: {
      added: laidOut.flatMap(({ effects }) => effects.added),
      removed: laidOut.flatMap(({ effects }) => effects.removed),
      changed: laidOut.flatMap(({ effects }) => effects.changed).sort((a, b) => a.after.startsAt - b.after.startsAt),
      kept: laidOut.reduce((total, { effects }) => total + effects.kept, 0),
    },
  };
}
