import type { Instant, PlainDate } from '@app/time';

/** What is read of an event. */
export interface HeardEvent {
  xid: string;
  id: number;
  space_id: string;
  at: Instant;
  kind: string;
  subject_id: string | null;
  partner_id: string | null;
  day: PlainDate | null;
  detail: Record<string, unknown>;
}

/** Time that may be free now: at a partner (null: at any), on some days (null: on any), for whoever waited already at that instant. */
export type Freed =
  | { what: 'time'; spaceId: string; partnerId: string | null; days: PlainDate[] | null; at: Instant }
  | { what: 'no-show'; spaceId: string; appointmentId: string };

const FREEING = new Set([
  'appointment.cancelled',
  'appointment.moved',
  'appointment.left',
  'appointment.undone',
  'slot.free',
  'absence.removed',
  'absence.changed',
  'closure.removed',
  'closure.changed',
  'conflict.settled',
  'occurrence.changed',
  'occurrence.seat-freed',
  'permanence.changed',
  'permanence.extended',
  'permanence.published',
  'permanence.turns-swapped',
]);
/** Beyond as many days, one search of the whole is shorter. */
const MOST_DAYS = 10;

/** What these events may have freed, each place and day once, in a fixed order. */
export function freedBy(events: readonly HeardEvent[]): Freed[] {
  const times = new Map<string, Extract<Freed, { what: 'time' }>>();
  const absent: Freed[] = [];
  for (const { space_id: spaceId, partner_id: partnerId, kind, subject_id, day, at, detail } of events) {
    if (kind === 'appointment.state' && detail.to === 'noShow' && subject_id) {
      absent.push({ what: 'no-show', spaceId, appointmentId: subject_id });
    }
    if (!FREEING.has(kind)) continue;
    const key = `${spaceId} ${partnerId ?? ''}`;
    const known = times.get(key);
    if (!known) times.set(key, { what: 'time', spaceId, partnerId, days: day ? [day] : null, at });
    else {
      known.at = Math.max(known.at, at) as Instant;
      if (!day) known.days = null;
      else if (known.days && !known.days.includes(day)) known.days.push(day);
    }
  }
  const inOrder = [...times].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, freed]) => freed);
  for (const freed of inOrder) {
    freed.days?.sort();
    if (freed.days && freed.days.length > MOST_DAYS) freed.days = null;
  }
  return [...absent, ...inOrder];
}
