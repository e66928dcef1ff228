import { createHash } from 'node:crypto';
import type { Concerned, ConcernedDate, Consequences } from '@app/contract';
import { done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { type Instant, toLocal } from '@app/time';
import type { AffectedDate } from './effects';
import type { LaidOut } from './lay-out.query';
import type { Place, PlannedPermanence } from './permanence';

/** An appointment; the id is null when the viewer may not know whose. */
export interface Touched {
  id: string | null;
  startsAt: Instant;
}

export interface AsShown {
  dryRun: boolean;
  /** The token of what was shown. */
  seen?: string | undefined;
}

export interface CarriedOut {
  laidOut: LaidOut;
  consequences: Consequences;
}

/**
 * Does the work and tells what it did. A dry run is undone: what it shows is what the work does, not what someone thinks it would do.
 * When something else was shown (`seen`), it is refused with what it would do now; the command that refuses undoes it.
 * @param before the permanence as it was read, locked @param clashes booked elsewhere with an agent who is given a turn
 */
export async function carryOut(
  tx: Transaction,
  before: PlannedPermanence,
  place: Place,
  { dryRun, seen }: AsShown,
  work: () => Promise<LaidOut>,
  clashes: readonly Touched[] = [],
): Promise<Outcome<CarriedOut, 'not-as-shown'>> {
  if (dryRun) await tx.query('savepoint dry_run');
  const laidOut = await work();
  const consequences = await consequencesOf(tx, before, place, laidOut, clashes);
  if (dryRun) await tx.query('rollback to savepoint dry_run');
  else if (seen !== undefined && seen !== consequences.token) return refuse('not-as-shown', { consequences });
  return done({ laidOut, consequences });
}

async function consequencesOf(
  tx: Transaction,
  { version }: PlannedPermanence,
  place: Place,
  { effects, stranded, conflicts, given }: LaidOut,
  clashes: readonly Touched[],
): Promise<Consequences> {
  const names = await namesOn(tx, [...stranded, ...clashes]);
  const shown = {
    added: effects.added.map((date) => asConcerned(date, place)),
    removed: effects.removed.map((date) => asConcerned(date, place)),
    changed: effects.changed.map(({ before, after }) => ({
      before: asConcerned(before, place),
      after: asConcerned(after, place),
    })),
    kept: effects.kept,
    conflicts,
    told: peopleOf(stranded, names, place),
    given,
    clashes: peopleOf(clashes, names, place),
  };
  return { token: tokenOf(version, shown), ...shown };
}

/** A cause may still be written after the dates were shown: it explains, and changes nothing of what is done. */
function tokenOf(version: number, shown: Omit<Consequences, 'token'>): string {
  const text = JSON.stringify([version, shown], (key, value) => (key === 'cause' ? undefined : value));
  return createHash('sha256').update(text).digest('base64url');
}

function asConcerned(date: AffectedDate, place: Place): ConcernedDate {
  const { originalStart, startsAt, endsAt, siteId, roomId, agentIds, mode, cause, lacksRoom } = date;
  return {
    originalStart,
    start: toLocal(startsAt, place.zone),
    end: toLocal(endsAt, place.zone),
    siteId,
    roomId,
    agentIds,
    mode,
    cause,
    lacksRoom,
  };
}

function peopleOf(touched: readonly Touched[], names: ReadonlyMap<string, string | null>, { zone }: Place) {
  const people = touched.flatMap(({ id, startsAt }): Concerned[] =>
    id ? [{ appointmentId: id, name: names.get(id) ?? null, start: toLocal(startsAt, zone) }] : [],
  );
  return { people, others: touched.length - people.length };
}

/** The names of those who are booked, as far as the viewer may read them. */
async function namesOn(tx: Transaction, touched: readonly Touched[]): Promise<Map<string, string | null>> {
  const ids = touched.flatMap(({ id }) => (id ? [id] : []));
  if (!ids.length) return new Map();
  const rows = await tx.query<{ id: string; name: string | null }>(
    `select a.id, nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') as name
     from appointment a left join usager u on u.space_id = a.space_id and u.id = a.usager_id
     where a.space_id = $1 and a.id = any ($2::uuid[])`,
    [tx.context.spaceId, ids],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
