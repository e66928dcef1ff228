import { type Interval, overlaps } from '@app/time';

/** A date and what it would hold: its room (with its desks) as resources, and each agent's presence. */
export interface Ask {
  id: string;
  during: Interval;
  room: readonly string[];
  /** Its room is someone else's own office, and not lent then. */
  isRoomKept?: boolean;
  /** Its room is closed then: nobody has it. */
  isRoomClosed?: boolean;
  presences: readonly { agentId: string; resourceId: string }[];
}

export interface Share {
  id: string;
  /** True when it wanted no room. */
  hasRoom: boolean;
  /** The agents who are somewhere else then. */
  absentAgents: string[];
  resources: string[];
}

/**
 * Gives each date what is still free, in the order they are asked: never the same thing twice, never half a room.
 * @param taken who holds what already, by resource; completed with what is given here.
 */
export function share(asks: readonly Ask[], taken: Map<string, Interval[]>): Share[] {
  const isFree = (resourceId: string, during: Interval) =>
    !(taken.get(resourceId) ?? []).some((held) => overlaps(held, during));
  return asks.map(({ id, during, room, isRoomKept = false, isRoomClosed = false, presences }) => {
    const hasRoom = !isRoomKept && !isRoomClosed && room.every((resourceId) => isFree(resourceId, during));
    const present = presences.filter(({ resourceId }) => isFree(resourceId, during));
    const resources = [...(hasRoom ? room : []), ...present.map(({ resourceId }) => resourceId)];
    for (const resourceId of resources) {
      const held = taken.get(resourceId);
      if (held) held.push(during);
      else taken.set(resourceId, [during]);
    }
    const absent = presences.filter((one) => !present.includes(one));
    return { id, hasRoom, absentAgents: absent.map(({ agentId }) => agentId), resources };
  });
}
