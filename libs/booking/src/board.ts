import type { Instant, Interval } from '@app/time';

/** A room, or one desk of it, held during a stretch. */
export interface RoomHeld {
  roomId: string;
  workstationId: string | null;
  during: Interval;
}

/**
 * What holds rooms and is none of the things shown: "occupé". A claim never overlaps another on the same room, so a
 * stretch is explained when something shown holds that very room or desk at that moment. A whole room taken says
 * nothing more of its desks.
 */
export function unexplained(taken: readonly RoomHeld[], shown: readonly RoomHeld[]): RoomHeld[] {
  const explainedBy = new Map<string, Interval[]>();
  const add = (key: string, during: Interval) => explainedBy.set(key, [...(explainedBy.get(key) ?? []), during]);
  for (const { roomId, workstationId, during } of shown) add(workstationId ?? roomId, during);
  const whole = shown.filter(({ workstationId }) => !workstationId);
  const hidden = taken.filter((one) => !isCovered(one, explainedBy.get(one.workstationId ?? one.roomId) ?? []));
  const rooms = hidden.filter(({ workstationId }) => !workstationId);
  return hidden.filter(
    (one) =>
      !one.workstationId ||
      !isCovered(
        one,
        [...rooms, ...whole].filter(({ roomId }) => roomId === one.roomId).map(({ during }) => during),
      ),
  );
}

function isCovered({ during }: RoomHeld, by: readonly Interval[]): boolean {
  return by.some(({ start, end }) => start <= during.start && during.end <= end);
}

/** @param wholly null when someone is there all along */
export function sayLeftAlone(wholly: boolean | null): 'no' | 'for-a-while' | 'wholly' {
  if (wholly === null) return 'no';
  return wholly ? 'wholly' : 'for-a-while';
}

/** Whether a stretch goes beyond the hours the site is open that day: kept and named, never refused. */
export function isAfterHours(during: Interval, hours: { opens: Instant; closes: Instant } | null): boolean {
  return !hours || during.start < hours.opens || during.end > hours.closes;
}
