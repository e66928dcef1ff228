import { type Interval, overlaps } from '@app/time';
import type { OfficeOfOthers } from './office';

/** A room of the site, or a desk of one. */
export interface Place {
  roomId: string;
  workstationId: string | null;
  name: string;
  capacity: number;
  /** Someone else's own office, lent at these hours: the last to be proposed. Null: it is nobody else's. */
  lent: OfficeOfOthers | null;
  resourceIds: readonly string[];
}

export const MOST_WAYS_OUT = 3;

/**
 * The nearest places free during `wanted` for someone refused `refused`, at most three. Who wanted a room gets rooms of
 * about its size, with one place kept for a desk of the same room; who wanted a desk gets desks of that room first.
 */
export function waysOut(
  refused: Place,
  places: readonly Place[],
  held: readonly { resourceId: string; during: Interval }[],
  wanted: Interval,
): Place[] {
  const taken = new Set(held.filter(({ during }) => overlaps(during, wanted)).map(({ resourceId }) => resourceId));
  const free = places.filter((place) => !isSame(place, refused) && !place.resourceIds.some((id) => taken.has(id)));
  const rooms = free
    .filter((place) => !place.workstationId && place.roomId !== refused.roomId)
    .sort(nearestTo(refused));
  const desksHere = free.filter((place) => place.workstationId && place.roomId === refused.roomId);
  if (!refused.workstationId) {
    return [...rooms.slice(0, desksHere.length ? MOST_WAYS_OUT - 1 : MOST_WAYS_OUT), ...desksHere].slice(
      0,
      MOST_WAYS_OUT,
    );
  }
  const desksElsewhere = free.filter((place) => place.workstationId && place.roomId !== refused.roomId);
  return [...desksHere, ...desksElsewhere, ...rooms].slice(0, MOST_WAYS_OUT);
}

function isSame(one: Place, other: Place): boolean {
  return one.roomId === other.roomId && one.workstationId === other.workstationId;
}

/** Anyone's rooms before someone's own office, large enough before too small, then the closest in size. */
function nearestTo({ capacity }: Place): (one: Place, other: Place) => number {
  const small = (place: Place) => Number(place.capacity < capacity);
  const gap = (place: Place) => Math.abs(place.capacity - capacity);
  const isLent = (place: Place) => Number(place.lent !== null);
  return (one, other) => isLent(one) - isLent(other) || small(one) - small(other) || gap(one) - gap(other);
}
