import { addMinutes, type Instant, type Interval, merge, overlaps, subtract } from '@app/time';

/** A stretch someone or something is held; `by` only what may be said of it. */
export interface Stretch extends Interval {
  by: string | null;
}

/** Who is to receive, outside any permanence. */
export interface Person {
  name: string;
  /** Her attention, her being at a site, and when she is away. */
  time: readonly Stretch[];
  presence: readonly Stretch[];
  away: readonly Interval[];
}

/** A room that suits, in the order they are given out. */
export interface RoomOption {
  id: string;
  name: string;
  busy: readonly Stretch[];
}

export interface Hours {
  during: Interval;
  /** With the pauses. */
  takes: Interval;
}

export interface InTheWay {
  why: 'agent-taken' | 'agent-away' | 'room-taken';
  name: string;
  by: string | null;
  until: Instant;
}

const FIRST = (busy: readonly Stretch[], during: Interval) => busy.find((one) => overlaps(one, during));

/** The first obstacle, people before rooms; null when everybody and a room are free. `rooms` null: none is needed. */
export function inTheWay(
  people: readonly Person[],
  rooms: readonly RoomOption[] | null,
  { during, takes }: Hours,
): InTheWay | null {
  for (const { name, time, presence, away } of people) {
    const held = FIRST(presence, during) ?? FIRST(time, takes);
    if (held) return { why: 'agent-taken', name, by: held.by, until: held.end };
    const absent = away.find((one) => overlaps(one, takes));
    if (absent) return { why: 'agent-away', name, by: null, until: absent.end };
  }
  if (!rooms || freeRoom(rooms, during)) return null;
  const [room] = rooms;
  const held = room && FIRST(room.busy, during);
  return { why: 'room-taken', name: room?.name ?? '', by: held?.by ?? null, until: held?.end ?? during.end };
}

/** The first room that is free all along. */
export function freeRoom(rooms: readonly RoomOption[], during: Interval): RoomOption | undefined {
  return rooms.find(({ busy }) => !FIRST(busy, during));
}

const QUARTER = 15;

/** The nearest hours within windows at which everybody is free together, and the room asked for or another that suits. */
export function otherHours(
  people: readonly Person[],
  rooms: readonly RoomOption[] | null,
  { during, takes }: Hours,
  windows: readonly Interval[],
  most: number,
): { during: Interval; roomId: string | null }[] {
  const found: { during: Interval; roomId: string | null; far: number }[] = [];
  const length = during.end - during.start;
  for (const window of windows) {
    for (let start = window.start; start + length <= window.end; start = addMinutes(start, QUARTER)) {
      const by = start - during.start;
      const moved = (one: Interval): Interval => ({
        start: (one.start + by) as Instant,
        end: (one.end + by) as Instant,
      });
      const hours = { during: moved(during), takes: moved(takes) };
      if (inTheWay(people, rooms, hours)) continue;
      const roomId = rooms ? (freeRoom(rooms, hours.during)?.id ?? null) : null;
      found.push({ during: hours.during, roomId, far: Math.abs(by) });
    }
  }
  return found
    .sort((a, b) => a.far - b.far || a.during.start - b.during.start)
    .slice(0, most)
    .map(({ far: _, ...one }) => one);
}

/** Where an appointment that can't be kept could be; each keeps all it can of what the person was told. */
export interface WayOut {
  changes: 'room' | 'hour' | 'agent';
  during: Interval;
  roomId: string | null;
  /** The place among those asked, of the other agent who would receive. */
  agent: number | null;
}

interface Whose {
  /** Who receives now. */
  people: readonly Person[];
  /** Who could instead; nobody for an interview of two. */
  others: readonly Person[];
  /** For a first meeting another agent comes before another hour; for who is followed it is the other way round. */
  isFirst: boolean;
}

/** The least disturbing first: another room at the same hour, which nobody is told of, then another hour or agent that day. */
export function waysOut(
  { people, others, isFirst }: Whose,
  rooms: readonly RoomOption[] | null,
  hours: Hours,
  windows: readonly Interval[],
  most: number,
): WayOut[] {
  const roomId = (during: Interval) => (rooms ? (freeRoom(rooms, during)?.id ?? null) : null);
  if (rooms?.length === 0) return [];
  const { during } = hours;
  if (inTheWay(people, rooms, hours) === null)
    return [{ changes: 'room', during, roomId: roomId(during), agent: null }];
  const byHour = otherHours(people, rooms, hours, windows, most - 1).map(
    (one): WayOut => ({ changes: 'hour', ...one, agent: null }),
  );
  const agent = others.findIndex((one) => inTheWay([one], rooms, hours) === null);
  const byAgent: WayOut[] = agent < 0 ? [] : [{ changes: 'agent', during, roomId: roomId(during), agent }];
  return (isFirst ? [...byAgent, ...byHour] : [...byHour, ...byAgent]).slice(0, most);
}

/**
 * When an appointment on site begins before the door opens, ends after it closes, falls on the break of midday, or there are
 * no hours that weekday.
 */
export type OutsideHours =
  | { when: 'before' | 'after'; at: Instant }
  | { when: 'between'; closed: Interval }
  | { when: 'all-day' };

/** Null within the hours of the site. Before it opens comes first: nobody would let her in. */
export function outsideHours(during: Interval, openings: readonly Interval[]): OutsideHours | null {
  const open = merge(openings);
  const [first, last] = [open[0], open.at(-1)];
  if (!first || !last) return { when: 'all-day' };
  if (during.start < first.start) return { when: 'before', at: first.start };
  if (during.end > last.end) return { when: 'after', at: last.end };
  const breaks = subtract([{ start: first.start, end: last.end }], open);
  const closed = breaks.find((one) => overlaps(one, during));
  return closed ? { when: 'between', closed } : null;
}
