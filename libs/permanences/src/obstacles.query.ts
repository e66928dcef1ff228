import type { PermanenceDate } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { officesOfOthers, resourcesOf, resourcesOfRooms, roomKey, sayOfficeKept, takenDuringEach } from '@app/rooms';
import { dateOf, type Instant, instantToIso, type Interval, overlaps, timeOf, toLocal } from '@app/time';
import { isClosureCause, isHolidayCause, sayCause } from './causes';
import type { Place, WantedDate } from './permanence';
import { namesOfAgents } from './permanence.query';
import type { Language } from './rule-check';
import { share } from './sharing';
import { sayAgentAway, sayAgentTaken, sayFirst, sayOutsideHours, sayRoomClosed, sayRoomTaken } from './wording';

export type Obstacle = PermanenceDate['obstacles'][number];

/** What stands in the way of dates that are not laid out yet: nothing is locked, nothing is kept. */
export async function obstaclesAhead(
  tx: Transaction,
  dates: readonly WantedDate[],
  place: Place,
  own: { occurrenceIds: ReadonlySet<string>; title: string; partnerId: string; language: Language },
): Promise<Obstacle[][]> {
  const held = dates.filter(({ state }) => state === 'held');
  const rooms = await resourcesOfRooms(
    tx,
    held.flatMap(({ roomId, workstationId }) => (roomId ? [{ roomId, workstationId }] : [])),
  );
  const presences = await resourcesOf(
    tx,
    'presence',
    held.flatMap(({ agentIds }) => agentIds),
  );
  const names = await namesOfAgents(
    tx,
    held.flatMap(({ agentIds }) => agentIds),
  );
  const asks = dates.map((date, nth) => ({
    id: String(nth),
    during: { start: date.startsAt, end: date.endsAt },
    room:
      date.state === 'held' && date.roomId
        ? (rooms.get(roomKey({ roomId: date.roomId, workstationId: date.workstationId })) ?? [])
        : [],
    isRoomClosed: date.state === 'held' && date.roomClosed !== undefined,
    presences:
      date.state === 'held'
        ? date.agentIds.flatMap((agentId) =>
            presences.has(agentId) ? [{ agentId, resourceId: presences.get(agentId) as string }] : [],
          )
        : [],
  }));
  const resources = asks.flatMap(({ room, presences: agents }) => [
    ...room,
    ...agents.map(({ resourceId }) => resourceId),
  ]);
  const lists = await takenDuringEach(
    tx,
    resources,
    asks.map(({ during }) => during),
  );
  const others = lists.flat().filter(({ heldBy }) => !heldBy || !own.occurrenceIds.has(heldBy));
  const taken = new Map<string, Interval[]>();
  for (const { resourceId, during } of others) taken.set(resourceId, [...(taken.get(resourceId) ?? []), during]);
  // Who holds it; another line of the same permanence when nobody else does.
  const holder = (wanted: readonly string[], during: Interval): string | null => {
    const found = others.find((one) => wanted.includes(one.resourceId) && overlaps(one.during, during));
    return found ? found.publishedName : own.title;
  };
  const offices = await officesKept(tx, dates, own.partnerId);
  const away = await agentsAway(tx, dates);
  const shares = share(
    asks.map((ask, nth) => ({ ...ask, isRoomKept: offices.has(nth) })),
    taken,
  );
  return dates.map((date, nth) => {
    const ask = asks[nth] as (typeof asks)[number];
    const given = shares[nth] as (typeof shares)[number];
    const obstacles = obstaclesOfPlace(date, place, own.language);
    if (!given.hasRoom) {
      const room = nameOfRoom(date, place);
      const resident = offices.get(nth);
      const text = resident
        ? sayOfficeKept(room, resident, own.language)
        : date.roomClosed === undefined
          ? sayRoomTaken(room, holder(ask.room, ask.during), own.language)
          : sayRoomClosed(room, date.roomClosed, own.language);
      obstacles.push({ kind: 'room-taken', text });
    }
    for (const agentId of given.absentAgents) {
      const resource = ask.presences.flatMap((one) => (one.agentId === agentId ? [one.resourceId] : []));
      obstacles.push({
        kind: 'agent-taken',
        text: sayAgentTaken(names.get(agentId) ?? '', holder(resource, ask.during), own.language),
      });
    }
    for (const agentId of away[nth] ?? []) {
      obstacles.push({ kind: 'agent-away', text: sayAgentAway(names.get(agentId) ?? '', own.language) });
    }
    return obstacles;
  });
}

/** Of the dates in someone else's office that is not lent then: whose, by place in the list. */
async function officesKept(
  tx: Transaction,
  dates: readonly WantedDate[],
  partnerId: string,
): Promise<Map<number, string>> {
  const inRooms = dates.flatMap(({ state, roomId, startsAt, endsAt }, nth) =>
    state === 'held' && roomId ? [{ nth, roomId, partnerId, during: { start: startsAt, end: endsAt } }] : [],
  );
  const found = await officesOfOthers(tx, inRooms);
  return new Map(
    [...found].flatMap(([place, { resident, lent }]) => (lent ? [] : [[inRooms[place]?.nth ?? -1, resident] as const])),
  );
}

/** The agents of each date who are away then, for a part of it at least. */
async function agentsAway(tx: Transaction, dates: readonly WantedDate[]): Promise<string[][]> {
  const held = dates.map(({ state, agentIds }) => (state === 'held' ? agentIds : []));
  const agentIds = [...new Set(held.flat())];
  if (!agentIds.length) return [];
  const absences = await tx.query<{ agentId: string; start: Instant; end: Instant }>(
    `select agent_id as "agentId", starts_at as start, ends_at as "end" from absence
     where space_id = $1 and agent_id = any ($2::uuid[]) and ends_at > $3`,
    [tx.context.spaceId, agentIds, instantToIso(tx.now)],
  );
  return dates.map(({ startsAt, endsAt }, nth) =>
    (held[nth] ?? []).filter((id) =>
      absences.some(({ agentId, start, end }) => agentId === id && start < endsAt && end > startsAt),
    ),
  );
}

/** What the calendar and the site's hours have against a date. */
export function obstaclesOfPlace(
  date: Pick<WantedDate, 'startsAt' | 'endsAt' | 'siteId' | 'state' | 'cause' | 'originalStart'>,
  place: Place,
  language: Language,
): Obstacle[] {
  const obstacles: Obstacle[] = [];
  if (isHolidayCause(date.cause) || isClosureCause(date.cause)) {
    obstacles.push({
      kind: isHolidayCause(date.cause) ? 'public-holiday' : 'closed',
      text: sayFirst(sayCause(date.cause, dateOf(date.originalStart), language)),
    });
  }
  if (date.state !== 'held') return obstacles;
  const start = toLocal(date.startsAt, place.zone);
  const end = toLocal(date.endsAt, place.zone);
  const openings = place.sites.get(date.siteId)?.openings ?? [];
  const closed = sayOutsideHours(openings, dateOf(start), { start: timeOf(start), end: timeOf(end) }, language);
  if (closed) obstacles.push({ kind: 'site-closed', text: closed });
  return obstacles;
}

export function nameOfRoom(
  { roomId, workstationId }: Pick<WantedDate, 'roomId' | 'workstationId'>,
  { rooms, workstations }: Place,
): string {
  const room = roomId ? (rooms.get(roomId)?.name ?? '') : '';
  const desk = workstationId ? workstations.get(workstationId)?.label : undefined;
  return desk ? `${room}, ${desk}` : room;
}
