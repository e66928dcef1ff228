import { randomUUID } from 'node:crypto';
import type { Transaction } from '@app/persistence';
import {
  claimForEach,
  heldResources,
  lockResources,
  release,
  resourcesOf,
  resourcesOfRooms,
  roomKey,
  takenDuring,
} from '@app/rooms';
import {
  dateAt,
  dateOf,
  type Instant,
  instant,
  type Interval,
  type LocalDateTime,
  localDateTime,
  type PlainDate,
  plainTime,
} from '@app/time';
import { datesOf } from './dates';
import { type Effects, effectsOf } from './effects';
import { type Difference, difference, keyOf } from './difference';
import { horizonOf } from './horizon';
import { openConflicts, type Stranded, strand } from './opened-conflicts.query';
import { keepHorizon } from './permanence.query';
import type { Place, PlannedPermanence, WantedDate } from './permanence';
import { type Ask, type Share, share } from './sharing';
import {
  cancelDates,
  deleteDates,
  giveAgents,
  insertDates,
  lockDates,
  type Placed,
  spreadConfidentiality,
  updateDates,
} from './stored-dates.query';

const MIDNIGHT = plainTime('00:00');

/** What a layout did. Dates that were already right are `kept` and not touched. */
export interface LaidOut {
  inserted: number;
  kept: number;
  removed: number;
  changed: number;
  /** Conflicts opened, appointments left outside a date among them. */
  conflicts: number;
  stranded: Stranded[];
  /** The local days and sites whose board changed. */
  touched: { siteId: string; day: PlainDate }[];
  /** Date by date. */
  effects: Effects;
}

/**
 * Makes the stored dates of a locked permanence what its rules, exceptions and calendars say, 18 months ahead, in a constant
 * number of statements. What began is never touched; what is right is not either. A date whose room or agent is taken is
 * kept without it, and a conflict is opened; nobody booked is dropped.
 * @param thawed key of a date changed by hand, which may be under way
 */
export async function layOutPermanence(
  tx: Transaction,
  permanence: PlannedPermanence,
  place: Place,
  thawed?: string,
): Promise<LaidOut> {
  const today = dateAt(tx.now, place.zone);
  const until = later(horizonOf(today), permanence.laidOutUntil);
  const stored = await lockDates(tx, permanence.id, localDateTime(today, MIDNIGHT));
  const earliest = stored.reduce(
    (first, { originalStart }) => earlier(first, originalStart),
    firstOriginal(permanence, today),
  );
  const wanted = datesOf(permanence, place, { from: earliest, to: localDateTime(until, MIDNIGHT) });
  const laidOut = await apply(tx, permanence, difference(stored, wanted, permanence, tx.now, thawed), place.zone);
  await keepHorizon(tx, [permanence.id], until);
  return laidOut;
}

/** Adds the dates of a locked permanence between its horizon and a later one; those laid out before are not looked at. */
export async function extendPermanence(
  tx: Transaction,
  permanence: PlannedPermanence,
  place: Place,
  until: PlainDate,
): Promise<LaidOut> {
  const from = localDateTime(permanence.laidOutUntil ?? dateAt(tx.now, place.zone), MIDNIGHT);
  const wanted = datesOf(permanence, place, { from, to: localDateTime(until, MIDNIGHT) });
  const laidOut = await apply(tx, permanence, difference([], wanted, permanence, tx.now), place.zone);
  await keepHorizon(tx, [permanence.id], until);
  return laidOut;
}

/** A date put off by hand may lie ahead though its rule had it in the past. */
function firstOriginal({ exceptions }: PlannedPermanence, today: PlainDate): LocalDateTime {
  return exceptions
    .filter(({ date }) => date !== null && date >= today)
    .reduce((first, { originalStart }) => earlier(first, originalStart), localDateTime(today, MIDNIGHT));
}

async function apply(
  tx: Transaction,
  permanence: PlannedPermanence,
  found: Difference,
  zone: string,
): Promise<LaidOut> {
  const inserted = found.insert.map((wanted): Placed => ({ id: randomUUID(), wanted }));
  const updated = found.update.map(({ stored, wanted }): Placed => ({ id: stored.id, wanted }));
  const removed = [...found.remove, ...found.cancel];
  const left = [...found.update.map(({ stored }) => stored), ...removed];
  const report: LaidOut = {
    inserted: inserted.length,
    kept: [...found.kept, ...updated.map(({ wanted }) => wanted)].filter(({ startsAt }) => startsAt > tx.now).length,
    removed: removed.length,
    changed: updated.length,
    conflicts: 0,
    stranded: [],
    touched: daysTouched(
      [...left, ...inserted.map(({ wanted }) => wanted), ...updated.map(({ wanted }) => wanted)],
      zone,
    ),
    effects: effectsOf(found, new Set(), tx.now),
  };
  if (!inserted.length && !left.length) return report;
  const shares = await takeOver(
    tx,
    permanence,
    [...updated, ...inserted],
    left.map(({ id }) => id),
  );
  await deleteDates(
    tx,
    found.remove.map(({ id }) => id),
  );
  await cancelDates(
    tx,
    found.cancel.map(({ id }) => id),
  );
  await updateDates(tx, permanence, updated, shares);
  if (found.update.some(({ stored }) => stored.confidential !== permanence.confidential)) {
    await spreadConfidentiality(
      tx,
      updated.map(({ id }) => id),
    );
  }
  await insertDates(tx, permanence, inserted, shares);
  await giveAgents(tx, updated, inserted);
  await claimShares(tx, permanence, [...updated, ...inserted], shares);
  const opened = await openConflicts(tx, permanence, [...updated, ...inserted], found.cancel, shares);
  const { stranded, newly } = await strand(
    tx,
    [...updated, ...found.cancel].map(({ id }) => id),
  );
  const lacking = new Set(
    [...updated, ...inserted].flatMap(({ id, wanted }) => (shares.get(id)?.hasRoom === false ? keyOf(wanted) : [])),
  );
  return { ...report, conflicts: opened + newly, stranded, effects: effectsOf(found, lacking, tx.now) };
}

/** Locks all that is left or wanted, lets go of the old, and sees what each date can have. Nothing is claimed yet. */
async function takeOver(
  tx: Transaction,
  permanence: PlannedPermanence,
  placed: Placed[],
  leftIds: string[],
): Promise<Map<string, Share>> {
  const held = placed.filter(({ wanted }) => wanted.state === 'held');
  const rooms = await resourcesOfRooms(
    tx,
    held.flatMap(({ wanted }) => roomOf(wanted) ?? []),
  );
  const presences = await resourcesOf(
    tx,
    'presence',
    held.flatMap(({ wanted }) => wanted.agentIds),
  );
  const asks = held.map(({ id, wanted }): Ask => {
    const room = roomOf(wanted);
    return {
      id,
      during: { start: wanted.startsAt, end: wanted.endsAt },
      room: room ? (rooms.get(roomKey(room)) ?? []) : [],
      presences: wanted.agentIds.map((agentId) => ({
        agentId,
        resourceId: known(presences.get(agentId), permanence.id),
      })),
    };
  });
  const resources = asks.flatMap(({ room, presences: agents }) => [
    ...room,
      isRoomClosed: wanted.roomClosed !== undefined,
    ...agents.map(({ resourceId }) => resourceId),
  ]);
  await lockResources(tx, [...resources, ...(await heldResources(tx, leftIds))]);
  await release(tx, leftIds);
  const taken = new Map<string, Interval[]>();
  if (asks.length) {
    const window = {
      start: min(asks.map(({ during }) => during.start)),
      end: max(asks.map(({ during }) => during.end)),
    };
    for (const { resourceId, during } of await takenDuring(tx, resources, window)) {
      const stretches = taken.get(resourceId);
      if (stretches) stretches.push(during);
      else taken.set(resourceId, [during]);
    }
  }
  // First come, first served, by the hour they begin.
  asks.sort((a, b) => a.during.start - b.during.start);
  return new Map(share(asks, taken).map((one) => [one.id, one]));
}

function roomOf({ roomId, workstationId }: WantedDate) {
  return roomId ? { roomId, workstationId } : null;
}

function known(resourceId: string | undefined, permanenceId: string): string {
  if (!resourceId) throw new Error(`an agent of permanence ${permanenceId} has no presence to hold`);
  return resourceId;
}

async function claimShares(
  tx: Transaction,
  permanence: PlannedPermanence,
  placed: Placed[],
  shares: ReadonlyMap<string, Share>,
) {
  const { partnerId, confidential } = permanence;
  await claimForEach(
    tx,
    placed.flatMap(({ id, wanted }) =>
      (shares.get(id)?.resources ?? []).map((resourceId) => ({
        holder: { kind: 'occurrence' as const, id, partnerId, confidential },
        wanted: { resourceId, during: { start: wanted.startsAt, end: wanted.endsAt } },
      })),
    ),
  );
}

function daysTouched(dates: readonly { siteId: string; startsAt: Instant }[], zone: string): LaidOut['touched'] {
  const touched = new Map<string, { siteId: string; day: PlainDate }>();
  for (const { siteId, startsAt } of dates) {
    const day = dateAt(startsAt, zone);
    touched.set(`${siteId} ${day}`, { siteId, day });
  }
  return [...touched.values()];
}

/** Midnight of the earlier of two days. */
const earlier = (a: LocalDateTime, b: LocalDateTime): LocalDateTime => localDateTime(dateOf(a < b ? a : b), MIDNIGHT);
const later = (a: PlainDate, b: PlainDate | null): PlainDate => (b && b > a ? b : a);
const min = (instants: readonly Instant[]): Instant => instant(Math.min(...instants));
const max = (instants: readonly Instant[]): Instant => instant(Math.max(...instants));
