import { idInOrder, type Transaction } from '@app/persistence';
import {
  claimForEach,
  heedAbsences,
  heldResources,
  lockResources,
  type Released,
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
import { type Difference, difference, keyOf, type StoredDate } from './difference';
import { horizonOf } from './horizon';
import { keepOffices } from './offices-kept.query';
import { dropGivenSeats, openConflicts, type Stranded, strand } from './opened-conflicts.query';
import { keepHorizons } from './permanence.query';
import type { Place, PlannedPermanence, WantedDate } from './permanence';
import { type Ask, type Share, share } from './sharing';
import {
  agentsAway,
  cancelDates,
  deleteDates,
  giveAgents,
  insertDates,
  lockDatesOf,
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
  /** Places given elsewhere that no longer hold. */
  given: number;
  /** The local days and sites whose board changed. */
  touched: { siteId: string; day: PlainDate }[];
  /** Date by date. */
  effects: Effects;
}

/** Written together at most: what is locked, and for how long, stays bounded. */
export const AT_ONCE = 100;

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
  const [laidOut] = await layOutMany(tx, [permanence], place, thawed);
  return laidOut as LaidOut;
}

/**
 * As `layOutPermanence` for each in this order, first come, first served, but written together: as many statements for a
 * hundred permanences as for one.
 * @returns what it did to each, in the same order
 */
export async function layOutMany(
  tx: Transaction,
  permanences: readonly PlannedPermanence[],
  place: Place,
  thawed?: string,
): Promise<LaidOut[]> {
  const today = dateAt(tx.now, place.zone);
  const midnight = localDateTime(today, MIDNIGHT);
  return inBatches(permanences, async (batch) => {
    const ids = batch.map(({ id }) => id);
    const stored = await lockDatesOf(tx, ids, midnight);
    const found = batch.map((permanence) => {
      const own = stored.get(permanence.id) ?? [];
      const until = later(horizonOf(today), permanence.laidOutUntil);
      const earliest = own.reduce(
        (first, { originalStart }) => earlier(first, originalStart),
        firstOriginal(permanence, today),
      );
      const wanted = datesOf(permanence, place, { from: earliest, to: localDateTime(until, MIDNIGHT) });
      return { permanence, until, found: difference(own, wanted, permanence, tx.now, thawed) };
    });
    return carryOn(tx, found, place.zone);
  });
}

/** Adds the dates of locked permanences between their horizon and a later one; those laid out before are not looked at. */
export async function extendMany(
  tx: Transaction,
  permanences: readonly PlannedPermanence[],
  place: Place,
  until: PlainDate,
): Promise<LaidOut[]> {
  const to = localDateTime(until, MIDNIGHT);
  return inBatches(permanences, (batch) => {
    const found = batch.map((permanence) => {
      const from = localDateTime(permanence.laidOutUntil ?? dateAt(tx.now, place.zone), MIDNIGHT);
      const wanted = datesOf(permanence, place, { from, to });
      return { permanence, until, found: difference([], wanted, permanence, tx.now) };
    });
    return carryOn(tx, found, place.zone);
  });
}

async function inBatches(
  permanences: readonly PlannedPermanence[],
  work: (batch: readonly PlannedPermanence[]) => Promise<LaidOut[]>,
): Promise<LaidOut[]> {
  const laidOut: LaidOut[] = [];
  for (let first = 0; first < permanences.length; first += AT_ONCE) {
    laidOut.push(...(await work(permanences.slice(first, first + AT_ONCE))));
  }
  return laidOut;
}

/** What is to be done to one permanence. */
interface Found {
  permanence: PlannedPermanence;
  /** How far it will be laid out. */
  until: PlainDate;
  found: Difference;
}

/** The same, with an id for each new date. */
interface Layout extends Found {
  inserted: Placed[];
  updated: Placed[];
  /** Dates that let go of what they hold. */
  left: StoredDate[];
}

/** A date put off by hand may lie ahead though its rule had it in the past. */
function firstOriginal({ exceptions }: PlannedPermanence, today: PlainDate): LocalDateTime {
  return exceptions
    .filter(({ date }) => date !== null && date >= today)
    .reduce((first, { originalStart }) => earlier(first, originalStart), localDateTime(today, MIDNIGHT));
}

async function carryOn(tx: Transaction, all: readonly Found[], zone: string): Promise<LaidOut[]> {
  const layouts = all.map((one) => asLayout(one, tx.now));
  const isTouched = ({ inserted, left }: Layout) => inserted.length > 0 || left.length > 0;
  const written = await write(tx, layouts.filter(isTouched));
  await keepHorizons(tx, all);
  return layouts.map((layout) => {
    const { shares, opened, stranded, newly, given } = written.get(layout.permanence.id) ?? UNTOUCHED;
    const { found, inserted, updated, left } = layout;
    const lacking = new Set(
      [...updated, ...inserted].flatMap(({ id, wanted }) => (shares.get(id)?.hasRoom === false ? keyOf(wanted) : [])),
    );
    const dates = [...left, ...inserted.map(({ wanted }) => wanted), ...updated.map(({ wanted }) => wanted)];
    const staying = [...found.kept, ...updated.map(({ wanted }) => wanted)];
    return {
      inserted: inserted.length,
      kept: staying.filter(({ startsAt }) => startsAt > tx.now).length,
      removed: found.remove.length + found.cancel.length,
      changed: updated.length,
      conflicts: opened + newly,
      stranded,
      given,
      touched: daysTouched(dates, zone),
      effects: effectsOf(found, lacking, tx.now),
    };
  });
}

function asLayout(one: Found, now: Instant): Layout {
  const { permanence, found } = one;
  return {
    ...one,
    inserted: found.insert.map((wanted) => ({ id: idInOrder(now), wanted, permanence })),
    updated: found.update.map(({ stored, wanted }) => ({ id: stored.id, wanted, permanence })),
    left: [...found.update.map(({ stored }) => stored), ...found.remove, ...found.cancel],
  };
}

/** What writing did to one permanence. */
interface Written {
  shares: ReadonlyMap<string, Share>;
  opened: number;
  stranded: Stranded[];
  newly: number;
  given: number;
}

const UNTOUCHED: Written = { shares: new Map(), opened: 0, stranded: [], newly: 0, given: 0 };

/** Writes what was found. Gives what became of each permanence, by its id. */
async function write(tx: Transaction, layouts: readonly Layout[]): Promise<Map<string, Written>> {
  const written = new Map<string, Written>();
  for (const together of await inTurn(tx, layouts)) {
    for (const [id, one] of await writeTogether(tx, together)) written.set(id, one);
  }
  return written;
}

/**
 * Those that may be written together, in order. A date that is left alone lets go of its own office, which the next
 * permanence may take: whoever counts on an agent who will be away is written alone.
 */
async function inTurn(tx: Transaction, layouts: readonly Layout[]): Promise<Layout[][]> {
  if (layouts.length < 2) return layouts.map((one) => [one]);
  const agentsOf = ({ updated, inserted }: Layout) =>
    [...updated, ...inserted].flatMap(({ wanted }) => wanted.agentIds);
  const away = await agentsAway(tx, layouts.flatMap(agentsOf));
  const turns: Layout[][] = [[]];
  for (const layout of layouts) {
    if (agentsOf(layout).some((id) => away.has(id))) turns.push([layout], []);
    else turns.at(-1)?.push(layout);
  }
  return turns.filter((turn) => turn.length > 0);
}

/** In a constant number of statements, however many they are. */
async function writeTogether(tx: Transaction, layouts: readonly Layout[]): Promise<Map<string, Written>> {
  const shares = await takeOver(tx, layouts);
  const updated = layouts.flatMap((layout) => layout.updated);
  const inserted = layouts.flatMap((layout) => layout.inserted);
  const cancelled = layouts.flatMap(({ permanence, found }) => found.cancel.map(({ id }) => ({ id, permanence })));
  await deleteDates(
    tx,
    layouts.flatMap(({ found }) => found.remove.map(({ id }) => id)),
  );
  await cancelDates(
    tx,
    cancelled.map(({ id }) => id),
  );
  await updateDates(tx, updated, shares);
  const respoken = layouts.filter(({ permanence, found }) =>
    found.update.some(({ stored }) => stored.confidential !== permanence.confidential),
  );
  await spreadConfidentiality(
    tx,
    respoken.flatMap((layout) => layout.updated.map(({ id }) => id)),
  );
  await insertDates(tx, inserted, shares);
  await giveAgents(tx, updated, inserted);
  await claimShares(tx, [...updated, ...inserted], shares);
  const opened = await openConflicts(tx, [...updated, ...inserted], cancelled, shares);
  const strandings = await strand(tx, [...updated, ...cancelled]);
  const given = await dropGivenSeats(tx, [...updated, ...cancelled]);
  const alone = await heedAbsences(tx, [...updated, ...inserted]);
  return new Map(
    layouts.map(({ permanence: { id } }) => {
      const booked = strandings.filter(({ permanenceId }) => permanenceId === id);
      return [
        id,
        {
          shares,
          opened: (opened.get(id) ?? 0) + (alone.get(id) ?? 0),
          stranded: booked.map(({ stranded }) => stranded),
          newly: booked.filter(({ newly }) => newly).length,
          given: given.get(id) ?? 0,
        },
      ];
    }),
  );
}

/** Locks all that is left or wanted, lets go of the old, and sees what each date can have. Nothing is claimed yet. */
async function takeOver(tx: Transaction, layouts: readonly Layout[]): Promise<Map<string, Share>> {
  const held = (layout: Layout) =>
    [...layout.updated, ...layout.inserted].filter(({ wanted }) => wanted.state === 'held');
  const all = layouts.flatMap(held);
  const rooms = await resourcesOfRooms(
    tx,
    all.flatMap(({ wanted }) => roomOf(wanted) ?? []),
  );
  const presences = await resourcesOf(
    tx,
    'presence',
    all.flatMap(({ wanted }) => wanted.agentIds),
  );
  const asksOf = (layout: Layout) =>
    held(layout).map(({ id, wanted, permanence }): Ask => {
      const room = roomOf(wanted);
      return {
        id,
        during: { start: wanted.startsAt, end: wanted.endsAt },
        room: room ? (rooms.get(roomKey(room)) ?? []) : [],
        isRoomClosed: wanted.roomClosed !== undefined,
        presences: wanted.agentIds.map((agentId) => ({
          agentId,
          resourceId: known(presences.get(agentId), permanence.id),
        })),
      };
    });
  const asks = layouts.map(asksOf);
  const leftIds = layouts.flatMap(({ left }) => left.map(({ id }) => id));
  const resources = [...new Set(asks.flat().flatMap(resourcesOfAsk))];
  await lockResources(tx, [...resources, ...(await heldResources(tx, leftIds))]);
  const released = await release(tx, leftIds);
  const taken = await takenBy(tx, resources, asks.flat());
  await keepOffices(tx, all, asks.flat());
  return shareInTurn(layouts, asks, taken, released);
}

function resourcesOfAsk({ room, presences }: Ask): string[] {
  return [...room, ...presences.map(({ resourceId }) => resourceId)];
}

/** Who holds what of these resources while anything is asked. */
async function takenBy(
  tx: Transaction,
  resources: readonly string[],
  asks: readonly Ask[],
): Promise<Map<string, Interval[]>> {
  const taken = new Map<string, Interval[]>();
  if (!asks.length) return taken;
  const start = asks.reduce((first, { during }) => Math.min(first, during.start), Number.POSITIVE_INFINITY);
  const end = asks.reduce((last, { during }) => Math.max(last, during.end), Number.NEGATIVE_INFINITY);
  for (const { resourceId, during } of await takenDuring(tx, resources, { start: instant(start), end: instant(end) })) {
    hold(taken, resourceId, during);
  }
  return taken;
}

/**
 * Shares permanence by permanence, as if each were laid out alone: what a later one holds until its own turn is not free
 * yet. Within one, first come, first served, by the hour they begin.
 */
function shareInTurn(
  layouts: readonly Layout[],
  asks: readonly Ask[][],
  taken: Map<string, Interval[]>,
  released: readonly Released[],
): Map<string, Share> {
  const shares = new Map<string, Share>();
  const byHolder = new Map<string, Released[]>();
  for (const one of released) {
    hold(taken, one.resourceId, one.during);
    byHolder.set(one.heldBy, [...(byHolder.get(one.heldBy) ?? []), one]);
  }
  for (const [nth, { left }] of layouts.entries()) {
    for (const { resourceId, during } of left.flatMap(({ id }) => byHolder.get(id) ?? [])) {
      taken.set(
        resourceId,
        (taken.get(resourceId) ?? []).filter((one) => one !== during),
      );
    }
    const inOrder = [...(asks[nth] ?? [])].sort((a, b) => a.during.start - b.during.start);
    for (const one of share(inOrder, taken)) shares.set(one.id, one);
  }
  return shares;
}

function hold(taken: Map<string, Interval[]>, resourceId: string, during: Interval): void {
  const stretches = taken.get(resourceId);
  if (stretches) stretches.push(during);
  else taken.set(resourceId, [during]);
}

function roomOf({ roomId, workstationId }: WantedDate) {
  return roomId ? { roomId, workstationId } : null;
}

function known(resourceId: string | undefined, permanenceId: string): string {
  if (!resourceId) throw new Error(`an agent of permanence ${permanenceId} has no presence to hold`);
  return resourceId;
}

async function claimShares(tx: Transaction, placed: readonly Placed[], shares: ReadonlyMap<string, Share>) {
  await claimForEach(
    tx,
    placed.flatMap(({ id, wanted, permanence: { partnerId, confidential } }) =>
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
