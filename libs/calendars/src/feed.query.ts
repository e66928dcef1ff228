import type { Transaction } from '@app/persistence';
import { resourcesOf, resourcesOfRooms, roomKey, takenDuring } from '@app/rooms';
import { type Instant, instantToIso, type Interval } from '@app/time';
import type { Happens, PermanenceDay, Rhythm } from './events';

/** What a calendar holds, in one window; `busy` is what its reader may not know more of. */
export interface FeedContent {
  days: PermanenceDay[];
  /** Those deleted since they were announced, and those on which someone else receives since. */
  withdrawn: PermanenceDay[];
  appointments: Happens[];
  bookings: Happens[];
  busy: Interval[];
}

const EMPTY: FeedContent = { days: [], withdrawn: [], appointments: [], bookings: [], busy: [] };

const dayColumns = ({ changedAt = 'o.changed_at', cancelled = `o.state <> 'held'`, cause = 'o.cause' } = {}) =>
  `o.id, o.starts_at as start, o.ends_at as "end", ${changedAt} as "changedAt", ${cancelled} as cancelled,
  o.confidential, s.name as site, s.address, rm.name as room, o.rule_id as "ruleId", o.original_start as "originalStart",
  p.title, pa.name as partner, p.public_note as note, o.mode, ${cause} as cause`;
const DAY_COLUMNS = dayColumns();
const DAY_TABLES = `join partner pa on pa.space_id = p.space_id and pa.id = p.partner_id
  join site s on s.space_id = o.space_id and s.id = o.site_id
  left join room rm on rm.space_id = o.space_id and rm.id = o.room_id`;
// A date that was skipped from the first was never promised; any other that is not held is said to be cancelled, so that nobody comes.
const SHOWN = `(o.state in ('held', 'cancelled') or o.was_held) and o.starts_at >= $2 and o.starts_at < $3`;
const FOR_EVERYONE = `p.state = 'published' and p.visibility = 'public' and o.visibility = 'public' and o.mode <> 'internal'
  and pa.on_public_page and pa.retired_at is null`;

// Dates that were announced and deleted since, under the identity they had.
const WITHDRAWN = `select w.id, w.starts_at as start, w.ends_at as "end", w.withdrawn_at as "changedAt", true as cancelled, w.confidential,
    s.name as site, s.address, rm.name as room, w.rule_id as "ruleId", w.original_start as "originalStart", w.title,
    pa.name as partner, '' as note, w.mode, 'n’a plus lieu' as cause
  from withdrawn_date w
  join partner pa on pa.space_id = w.space_id and pa.id = w.partner_id
  join site s on s.space_id = w.space_id and s.id = w.site_id
  left join room rm on rm.space_id = w.space_id and rm.id = w.room_id
  where w.space_id = $1 and w.starts_at >= $2 and w.starts_at < $3`;
// Whoever was put back goes on counting from when she was replaced: a calendar takes the latest word.
const OF_AGENT = dayColumns({
  changedAt: `greatest(o.changed_at, (select ra.replaced_at + interval '1 second' from replaced_agent ra
    where ra.space_id = oa.space_id and ra.occurrence_id = oa.occurrence_id and ra.agent_id = oa.agent_id))`,
});
const OF_REPLACED = dayColumns({
  changedAt: 'greatest(o.changed_at, ra.replaced_at)',
  cancelled: 'true',
  cause: `'une autre personne reçoit'`,
});
const REPLACED = `select ${OF_REPLACED}
  from replaced_agent ra
  join occurrence o on o.space_id = ra.space_id and o.id = ra.occurrence_id
  join permanence p on p.space_id = o.space_id and p.id = o.permanence_id ${DAY_TABLES}
  where ra.space_id = $1 and ${SHOWN} and ra.agent_id = $4 and not exists (select from occurrence_agent oa
    where oa.space_id = ra.space_id and oa.occurrence_id = ra.occurrence_id and oa.agent_id = ra.agent_id)
  order by o.starts_at, o.id`;
const WITHDRAWN_FOR_EVERYONE = `w.visibility = 'public' and w.mode <> 'internal' and pa.on_public_page and pa.retired_at is null`;

const BOOKING = `select b.id, b.starts_at as start, b.ends_at as "end", b.changed_at as "changedAt",
    b.cancelled_at is not null as cancelled, b.confidential, s.name as site, rm.name as room
  from room_booking b
  join site s on s.space_id = b.space_id and s.id = b.site_id
  left join room rm on rm.space_id = b.space_id and rm.id = b.room_id
  where b.space_id = $1 and b.starts_at >= $2 and b.starts_at < $3`;

/** What the public may come to. Read under the public's sight. */
export async function contentOfSpace(tx: Transaction, window: Interval): Promise<FeedContent> {
  const days = await tx.query<PermanenceDay>(
    `select ${DAY_COLUMNS} from permanence p join occurrence o on o.space_id = p.space_id and o.permanence_id = p.id ${DAY_TABLES}
     where p.space_id = $1 and ${SHOWN} and ${FOR_EVERYONE} order by o.starts_at, o.id`,
    bounds(tx, window),
  );
  return { ...EMPTY, days, withdrawn: await withdrawn(tx, WITHDRAWN_FOR_EVERYONE, bounds(tx, window)) };
}

/** A partner's dates, the meetings it is invited to, and its single bookings. Read under that partner's sight. */
export async function contentOfPartner(tx: Transaction, partnerId: string, window: Interval): Promise<FeedContent> {
  const parameters = [...bounds(tx, window), partnerId];
  const days = await tx.query<PermanenceDay>(
    `select ${DAY_COLUMNS} from permanence p join occurrence o on o.space_id = p.space_id and o.permanence_id = p.id ${DAY_TABLES}
     where p.space_id = $1 and ${SHOWN} and (p.partner_id = $4 or p.id = any ((select invitations())::uuid[])) order by o.starts_at, o.id`,
    parameters,
  );
  const bookings = await tx.query<Happens>(`${BOOKING} and b.partner_id = $4 order by b.starts_at, b.id`, parameters);
  return { ...EMPTY, days, withdrawn: await withdrawn(tx, 'w.partner_id = $4', parameters), bookings };
}

/** What an agent does: permanences, appointments, bookings. Read under the sight of the agent's partner. */
export async function contentOfAgent(tx: Transaction, agentId: string, window: Interval): Promise<FeedContent> {
  const parameters = [...bounds(tx, window), agentId];
  const days = await tx.query<PermanenceDay>(
    `select ${OF_AGENT} from occurrence_agent oa
     join occurrence o on o.space_id = oa.space_id and o.id = oa.occurrence_id
     join permanence p on p.space_id = o.space_id and p.id = o.permanence_id ${DAY_TABLES}
     where oa.space_id = $1 and ${SHOWN} and oa.agent_id = $4 order by o.starts_at, o.id`,
    parameters,
  );
  const appointments = await tx.query<Happens>(
    `select a.id, a.starts_at as start, a.ends_at as "end", a.changed_at as "changedAt",
       a.state in ('cancelledByUsager', 'cancelledByAgent') as cancelled, a.confidential, s.name as site, rm.name as room
     from appointment a
     join site s on s.space_id = a.space_id and s.id = a.site_id
     left join occurrence o on o.space_id = a.space_id and o.id = a.occurrence_id
     left join room rm on rm.space_id = a.space_id and rm.id = coalesce(o.room_id, a.room_id)
     where a.space_id = $1 and a.starts_at >= $2 and a.starts_at < $3 and $4 in (a.agent_id, a.second_agent_id) order by a.starts_at, a.id`,
    parameters,
  );
  const bookings = await tx.query<Happens>(
    `${BOOKING} and exists (select from room_booking_agent g
       where g.space_id = b.space_id and g.room_booking_id = b.id and g.agent_id = $4) order by b.starts_at, b.id`,
    parameters,
  );
  const presence = await resourcesOf(tx, 'presence', [agentId]);
  const shown = [...days, ...appointments, ...bookings];
  return {
    days,
    withdrawn: [
      ...(await withdrawn(tx, '$4 = any (w.agent_ids)', parameters)),
      ...(await tx.query<PermanenceDay>(REPLACED, parameters)),
    ],
    appointments,
    bookings,
    busy: await busyBeside(tx, [...presence.values()], window, shown),
  };
}

/** Who receives in a room, when that is public; the rest of the time it is taken, it is only busy. Under the public's sight. */
export async function contentOfRoom(tx: Transaction, roomId: string, window: Interval): Promise<FeedContent> {
  const days = await tx.query<PermanenceDay>(
    `select ${DAY_COLUMNS} from room of_feed
     join occurrence o on o.space_id = of_feed.space_id and o.site_id = of_feed.site_id 
       and (o.room_id = of_feed.id or (o.state <> 'held' and o.held_room_id = of_feed.id))
     join permanence p on p.space_id = o.space_id and p.id = o.permanence_id ${DAY_TABLES}
     where of_feed.space_id = $1 and of_feed.id = $4 and ${SHOWN} and ${FOR_EVERYONE} order by o.starts_at, o.id`,
    [...bounds(tx, window), roomId],
  );
  const room = { roomId, workstationId: null };
  const resources = (await resourcesOfRooms(tx, [room])).get(roomKey(room)) ?? [];
  return {
    ...EMPTY,
    days,
    withdrawn: await withdrawn(tx, `w.room_id = $4 and ${WITHDRAWN_FOR_EVERYONE}`, [...bounds(tx, window), roomId]),
    busy: await busyBeside(tx, resources, window, days),
  };
}

async function withdrawn(tx: Transaction, whose: string, parameters: unknown[]): Promise<PermanenceDay[]> {
  return tx.query<PermanenceDay>(`${WITHDRAWN} and ${whose} order by w.starts_at, w.id`, parameters);
}

/** The same dates with those on which nobody is there after all. */
export async function withAbsences(tx: Transaction, days: PermanenceDay[]): Promise<PermanenceDay[]> {
  const rows = await tx.query<{ id: string; start: Instant; end: Instant; wholly: boolean }>(
    'select occurrence_id as id, starts_at as start, ends_at as "end", wholly from left_alone($1::uuid[])',
    [days.map(({ id }) => id)],
  );
  const alone = new Map(rows.map(({ id, ...away }) => [id, away]));
  return days.map((day) => {
    const away = alone.get(day.id);
    return away ? { ...day, away } : day;
  });
}

/** How the dates of these rules repeat, by rule id. */
export async function rhythmsOf(tx: Transaction, days: readonly PermanenceDay[]): Promise<Map<string, Rhythm>> {
  const rows = await tx.query<Rhythm & { id: string }>(
    'select id, rrule, parity from permanence_rule where space_id = $1 and id = any ($2::uuid[])',
    [tx.context.spaceId, [...new Set(days.map(({ ruleId }) => ruleId))]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** When these resources are held by anything that is not shown already. */
async function busyBeside(
  tx: Transaction,
  resourceIds: readonly string[],
  window: Interval,
  shown: readonly { id: string }[],
): Promise<Interval[]> {
  const ids = new Set(shown.map(({ id }) => id));
  const taken = await takenDuring(tx, resourceIds, window);
  return taken.filter(({ heldBy }) => heldBy === null || !ids.has(heldBy)).map(({ during }) => during);
}

function bounds(tx: Transaction, { start, end }: { start: Instant; end: Instant }): [string, string, string] {
  return [tx.context.spaceId, instantToIso(start), instantToIso(end)];
}
