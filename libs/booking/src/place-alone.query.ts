import type { Viewer } from '@app/accounts';
import type { AppointmentMode } from '@app/contract';
import { sayClosed } from '@app/permanences';
import { done, type Outcome, type Refusal, refuse, type Transaction } from '@app/persistence';
import {
  lockResources,
  officesOfOthersAt,
  resourcesOfRooms,
  sayHeld,
  takenDuring,
  type Taken,
  type Wanted,
} from '@app/rooms';
import { addDays, addMinutes, dateAt, dayBounds, type Instant, instantToIso, type Interval, toLocal } from '@app/time';
import {
  freeRoom,
  inTheWay,
  otherHours,
  type OutsideHours,
  outsideHours,
  type Person,
  type RoomOption,
  type Stretch,
} from './alone';
import { type AloneDay, aloneDay, sayDoorClosed } from './alone-day.query';
import { otherModes, sayWayOut } from './closed-day';

export type AloneRefusal =
  | 'not-found'
  | 'not-bookable-here'
  | 'agent-unfit'
  | 'two-agents'
  | 'room-unfit'
  | 'agent-taken'
  | 'agent-away'
  | 'room-taken'
  | 'site-closed'
  | 'partner-closed'
  | 'too-far'
  | 'over-midnight'
  | 'past';

/** An appointment outside any permanence, as asked for. */
export interface AloneWish {
  motifId: string;
  agentIds: readonly string[];
  siteId: string;
  mode: AppointmentMode;
  /** On site: null is whichever room suits and is free. */
  roomId: string | null;
  start: Instant;
  /** Undefined: what the motif takes. */
  minutes?: number | undefined;
  interpreter: boolean;
}

export interface PlacedAlone {
  partnerId: string;
  confidential: boolean;
  roomId: string | null;
  during: Interval;
  claims: Wanted[];
  /** On site, when the door is not open all along: kept, and said. */
  outside: OutsideHours | null;
}

/** Someone sits down first and the appointment is entered after. */
const LATE_ENTRY_MINUTES = 15;
const MOST_WAYS_OUT = 3;
const MOST_AGENTS = 60;
/** Beyond, the year was mistyped. */
export const HORIZON_DAYS = 3 * 365;

export interface AgentRow {
  id: string;
  name: string;
  receives: boolean;
  time: string;
  presence: string;
}

/**
 * Locks all that such an appointment takes or leaves, and decides: its agents' time with the pauses, their presence, and a
 * room that suits when it is on site. Refused with who holds what, and the nearest ways out of that day. The calendars are
 * kept first (`keepCalendars`), so that no closure is said meanwhile.
 * @param moving the appointment that moves: its own place is no obstacle; `back`: it goes where it was, so that neither an hour that
 * has just passed, nor an absence or a closure said meanwhile, is one either
 */
export async function placeAlone(
  tx: Transaction,
  viewer: Viewer,
  wish: AloneWish,
  { moving, back = false }: { moving?: string; back?: boolean } = {},
): Promise<Outcome<PlacedAlone, AloneRefusal>> {
  const { zone } = viewer.space;
  const day = dateAt(wish.start, zone);
  const bounds = dayBounds(day, zone);
  const motif = await aloneDay(tx, wish, { day, zone });
  if (!motif?.at_site) return refuse('not-found');
  if (!motif.bookable || !motif.modes.includes(wish.mode)) return refuse('not-bookable-here');
  const agentIds = [...new Set(wish.agentIds)];
  if (agentIds.length !== motif.agents_needed) return refuse('two-agents');
  const agents = await agentsOf(tx, wish.motifId, agentIds);
  if (agents.length !== agentIds.length) return refuse('not-found');
  const unfit = agents.find(({ receives }) => !receives);
  if (unfit) return refuse('agent-unfit', { detail: unfit.name });
  const during = { start: wish.start, end: addMinutes(wish.start, minutesOf(wish, motif)) };
  const takes = {
    start: addMinutes(during.start, -motif.pause_before),
    end: addMinutes(during.end, motif.pause_after),
  };
  if (!back && during.start < addMinutes(tx.now, -LATE_ENTRY_MINUTES)) return refuse('past');
  if (!back && day > addDays(dateAt(tx.now, zone), HORIZON_DAYS)) return refuse('too-far');
  if (!back && addMinutes(during.end, -1) >= bounds.end) return refuse('over-midnight');
  const { language } = viewer;
  const cause = back || wish.mode !== 'on-site' ? null : sayDoorClosed(motif, day, language);
  if (cause !== null) {
    return refuse('site-closed', { detail: sayWayOut(cause, otherModes(motif.modes), language) });
  }
  // As an agent who is away: nobody of the partner is there, whichever the way.
  if (!back && motif.partner_closed !== null) {
    return refuse('partner-closed', { detail: sayWayOut(sayClosed(motif.partner_closed, language), [], language) });
  }

  const ground = await groundOf(tx, wish, {
    partnerId: motif.partner_id,
    agents,
    during,
    bounds,
    moving,
    back,
    locks: true,
  });
  const { people, rooms, of } = ground;
  if (rooms?.length === 0) return refuse('room-unfit');
  const asked = rooms && wish.roomId ? rooms.filter(({ id }) => id === wish.roomId) : rooms;
  // A room was named that does not suit: the others are its ways out.
  if (asked?.length === 0) return refuse('room-unfit');
  const obstacle = inTheWay(people, asked, { during, takes });
  if (obstacle) {
    const { why, name, by, until } = obstacle;
    const local = toLocal(until, zone);
    const ways = otherHours(people, rooms, { during, takes }, windowsOf(motif, bounds, tx.now), MOST_WAYS_OUT);
    return {
      ...refuse(why, { heldBy: by, until: local, detail: sayHeld(name, by, local, language) }),
      alternatives: ways.map((way) => ({
        start: toLocal(way.during.start, zone),
        end: toLocal(way.during.end, zone),
        roomId: way.roomId,
      })),
    } as Refusal<AloneRefusal>;
  }
  const room = asked ? freeRoom(asked, during) : undefined;
  return done({
    partnerId: motif.partner_id,
    confidential: motif.confidential,
    roomId: room?.id ?? null,
    during,
    outside: wish.mode === 'on-site' && motif.openings ? outsideHours(during, motif.openings) : null,
    claims: [
      ...agents.map(({ time }) => ({ resourceId: time, during: takes })),
      ...agents.map(({ presence }) => ({ resourceId: presence, during })),
      ...(room ? of(room.id).map((resourceId) => ({ resourceId, during })) : []),
    ],
  });
}

/** As asked for, else what the motif takes. */
export function minutesOf({ minutes, interpreter }: AloneWish, { duration_minutes }: AloneDay): number {
  return minutes ?? duration_minutes * (interpreter ? 2 : 1);
}

interface GroundWish {
  partnerId: string;
  agents: readonly AgentRow[];
  during: Interval;
  bounds: Interval;
  moving?: string | undefined;
  back?: boolean;
  /** Whether what it looks at stays so until the transaction ends. */
  locks: boolean;
}

interface Ground {
  people: Person[];
  /** Null: none is needed. */
  rooms: RoomOption[] | null;
  /** What holding a room takes. */
  of(roomId: string): string[];
}

/** How busy these agents are that day, and the rooms that suit. */
export async function groundOf(
  tx: Transaction,
  wish: AloneWish,
  { partnerId, agents, during, bounds, moving, back = false, locks }: GroundWish,
): Promise<Ground> {
  const suitable = wish.mode === 'on-site' ? await roomsFor(tx, wish, partnerId, during, back) : null;
  const resources = await resourcesOfRooms(
    tx,
    (suitable ?? []).map(({ id }) => ({ roomId: id, workstationId: null })),
  );
  const of = (roomId: string) => resources.get(roomId) ?? [];
  const counters = agents.flatMap(({ time, presence }) => [time, presence]);
  if (locks) {
    const taken = (suitable ?? []).flatMap(({ id }) => of(id));
    await lockResources(tx, [...counters, ...taken, ...(await leftBy(tx, moving))]);
  }
  const held = (await takenDuring(tx, [...counters, ...resources.values()].flat(), bounds)).filter(
    ({ heldBy }) => moving === undefined || heldBy !== moving,
  );
  // Read under the locks: whoever records an absence holds the presence of who is away.
  const ids = agents.map(({ id }) => id);
  const absences = back ? [] : await absencesOf(tx, ids, bounds);
  const busy = (...of: string[]): Stretch[] => held.filter(({ resourceId }) => of.includes(resourceId)).map(stretch);
  const people = agents.map(
    ({ id, name, time, presence }): Person => ({
      name,
      time: busy(time),
      presence: busy(presence),
      away: absences.filter(({ agentId }) => agentId === id),
    }),
  );
  return { people, rooms: suitable?.map((room): RoomOption => ({ ...room, busy: busy(...of(room.id)) })) ?? null, of };
}

/** The hours of that day that are still to come: those of the site, or all of it. */
export function windowsOf({ openings }: AloneDay, bounds: Interval, now: Instant): Interval[] {
  return (openings?.length ? openings : [bounds]).map(({ start, end }) => ({ start: laterOf(start, now), end }));
}

const stretch = ({ during, publishedName }: Taken): Stretch => ({ ...during, by: publishedName });
/** On the quarter that follows: nobody begins in the past. */
const laterOf = (one: Instant, now: Instant): Instant => {
  const quarter = 15 * 60_000;
  return Math.max(one, Math.ceil(now / quarter) * quarter) as Instant;
};

/** Whatever giving it its place back may take: to be locked together with what others of the same act take. */
export async function resourcesAlone(tx: Transaction, partnerId: string, wish: AloneWish): Promise<string[]> {
  const during = { start: wish.start, end: addMinutes(wish.start, wish.minutes ?? 0) };
  const agents = await agentsOf(tx, wish.motifId, wish.agentIds);
  const rooms = wish.mode === 'on-site' ? await roomsFor(tx, wish, partnerId, during, true) : [];
  const taken = await resourcesOfRooms(
    tx,
    rooms.map(({ id }) => ({ roomId: id, workstationId: null })),
  );
  return [...agents.flatMap(({ time, presence }) => [time, presence]), ...[...taken.values()].flat()];
}

async function leftBy(tx: Transaction, moving: string | undefined): Promise<string[]> {
  if (!moving) return [];
  const rows = await tx.query<{ resource_id: string }>(
    'select distinct resource_id from claim where space_id = $1 and held_by_id = $2',
    [tx.context.spaceId, moving],
  );
  return rows.map((row) => row.resource_id);
}

/** These agents in this order; all who receive for the motif when none is named. */
export async function agentsOf(
  tx: Transaction,
  motifId: string,
  agentIds: readonly string[] | null,
): Promise<AgentRow[]> {
  const rows = await tx.query<AgentRow>(
    `select * from (
       select a.id, a.name, a.position, a.partner_id = m.partner_id and a.retired_at is null and a.skills @> m.skills as receives,
         t.id as time, p.id as presence
       from agent a
       join motif m on m.space_id = a.space_id and m.id = $2
       join resource t on t.space_id = a.space_id and t.kind = 'time' and t.owner_id = a.id and t.number = 0
       join resource p on p.space_id = a.space_id and p.kind = 'presence' and p.owner_id = a.id and p.number = 0
       where a.space_id = $1 and ($3::uuid[] is null or a.id = any ($3))) found
     where $3 is not null or receives order by position, name limit ${MOST_AGENTS}`,
    [tx.context.spaceId, motifId, agentIds],
  );
  return agentIds ? [...rows].sort((one, other) => agentIds.indexOf(one.id) - agentIds.indexOf(other.id)) : rows;
}

async function absencesOf(
  tx: Transaction,
  agentIds: readonly string[],
  day: Interval,
): Promise<(Interval & { agentId: string })[]> {
  return tx.query<Interval & { agentId: string }>(
    `select agent_id as "agentId", starts_at as start, ends_at as end from absence
     where space_id = $1 and agent_id = any ($2::uuid[]) and starts_at < $4 and ends_at > $3`,
    [tx.context.spaceId, agentIds, instantToIso(day.start), instantToIso(day.end)],
  );
}

/** Rooms that suit the motif, open that day and nobody else's office: the one asked for first, then the smallest. */
async function roomsFor(
  tx: Transaction,
  { motifId, siteId, roomId, start }: AloneWish,
  partnerId: string,
  during: Interval,
  back: boolean,
): Promise<{ id: string; name: string }[]> {
  const rows = await tx.query<{ id: string; name: string }>(
    `select r.id, r.name from room r
     join motif m on m.space_id = r.space_id and m.id = $2
     join space sp on sp.id = r.space_id
     where r.space_id = $1 and r.site_id = $3 and r.retired_at is null
       and r.capacity >= m.people and r.equipment @> m.equipment
       and (($6 and r.id = $5) or closure_of_room(r.id, ($4::timestamptz at time zone sp.zone)::date) is null)
     order by r.id is distinct from $5, r.capacity, r.position, r.name`,
    [tx.context.spaceId, motifId, siteId, instantToIso(start), roomId, back],
  );
  const ids = rows.map(({ id }) => id);
  const offices = await officesOfOthersAt(tx, ids, during, partnerId);
  return rows.filter(({ id }) => !offices.has(id) || offices.get(id)?.lent);
}
