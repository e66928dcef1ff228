import { contextOf, type Viewer } from '@app/accounts';
import type { Conflict } from '@app/contract';
import { Database, type Transaction } from '@app/persistence';
import { sayCause, sayClosed } from '@app/permanences';
import {
  type OfficeOfOthers,
  officesOfOthers,
  resourcesOf,
  resourcesOfRooms,
  sayLent,
  type Taken,
  takenDuringEach,
} from '@app/rooms';
import {
  dateAt,
  dateOf,
  type Instant,
  instantToIso,
  type Interval,
  type LocalDateTime,
  type PlainDate,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { freeRooms } from './free-rooms';

/** Enough for one screen: what comes first is settled first. */
const MOST = 100;

interface ConflictRow {
  id: string;
  kind: Conflict['kind'];
  partnerId: string;
  permanenceId: string | null;
  occurrenceId: string | null;
  appointmentId: string | null;
  title: string;
  startsAt: Instant;
  endsAt: Instant;
  siteId: string;
  wantedId: string | null;
  wanted: string;
  cause: string;
  /** Null for what is of no date: an office that is borrowed. */
  originalStart: LocalDateTime | null;
  usagerName: string | null;
  /** Who of the appointment's agents is away, and why it is closed to it. */
  awayNames: string | null;
  closed: string | null;
  openedAt: Instant;
}

interface Room {
  id: string;
  name: string;
  siteId: string;
  resources: readonly string[];
  /** First and last days on which it is closed, or its whole site, and why. */
  closed: readonly [PlainDate, PlainDate, string][];
}

/** What cannot hold as it stands, until someone settles it ("À régler"). */
@Injectable()
export class ConflictList {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those the viewer may see, of dates to come, the nearest first; for a room, who holds it and which others are free. */
  async open(viewer: Viewer): Promise<Conflict[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const open = await readConflicts(tx, OPEN);
      const left = await readConflicts(tx, LEFT_WITHOUT_ROOM);
      const isOpen = new Set(open.map(({ id }) => id));
      const rows = [...open, ...left].sort((a, b) => a.startsAt - b.startsAt);
      const rooms = await roomsOf(tx, rows);
      const presences = await resourcesOf(tx, 'presence', wantedOf(rows, 'agent-taken'));
      const windows = rows.map(({ startsAt, endsAt }): Interval => ({ start: startsAt, end: endsAt }));
      const all = [...rooms.flatMap(({ resources }) => resources), ...presences.values()];
      const lists = await takenDuringEach(tx, all, windows);
      const lending = await lendingFor(tx, rows, rooms);
      const conflicts = rows.map((row, nth) => {
        const taken = lists[nth] ?? [];
        const wanted =
          row.kind === 'agent-taken' ? [presences.get(row.wantedId ?? '')] : resourcesFor(rooms, row.wantedId);
        return shown(
          row,
          holderOf(taken, wanted),
          row.kind === 'room-taken'
            ? freeRooms(
                openOn(dateAt(row.startsAt, viewer.space.zone), ofSite(rooms, row.siteId)).filter(
                  (room) => lending.get(`${nth} ${room.id}`)?.lent !== null,
                ),
                taken,
                row.wantedId,
              ).map((room) => ({ ...room, lent: sayLending(lending.get(`${nth} ${room.roomId}`), viewer.language) }))
            : [],
          row.kind === 'room-taken' ? closureOn(dateAt(row.startsAt, viewer.space.zone), row.wantedId, rooms) : null,
          viewer,
        );
      });
      return conflicts.filter(({ id, isFreed }) => isFreed || isOpen.has(id));
    });
  }
}

/** Not settled yet; nobody is waited for any more who left at the very moment it was opened. */
const OPEN = `c.settled_at is null and (a.state is null or a.state not in ('cancelledByUsager', 'cancelledByAgent'))`;

/** Dates that someone left without their room, and did not refuse it since: it is offered again once it is free. */
const LEFT_WITHOUT_ROOM = `c.kind = 'room-taken' and c.settled_at is not null and not c.declined
  and o.state = 'held' and o.room_id is null
  and not exists (
    select from conflict later where later.space_id = c.space_id and later.occurrence_id = c.occurrence_id and later.kind = c.kind
      and (later.settled_at is null or (later.settled_at, later.id) > (c.settled_at, c.id)))
  and not exists (
    select from permanence_exception e where e.space_id = o.space_id and e.rule_id = o.rule_id
      and e.original_start = o.original_start and e.without_room)`;

async function readConflicts(tx: Transaction, which: typeof OPEN | typeof LEFT_WITHOUT_ROOM): Promise<ConflictRow[]> {
  return tx.query<ConflictRow>(
    `select c.id, c.kind, c.partner_id as "partnerId", o.permanence_id as "permanenceId", c.occurrence_id as "occurrenceId",
       c.appointment_id as "appointmentId", coalesce(p.title, owner.name, '') as title, c.wanted_id as "wantedId", c.opened_at as "openedAt",
       coalesce(a.starts_at, o.starts_at, c.starts_at) as "startsAt", coalesce(a.ends_at, o.ends_at, c.ends_at) as "endsAt",
       coalesce(o.site_id, r.site_id, a.site_id) as "siteId", coalesce(r.name, g.name, away.names, m.discreet_label, '') as wanted,
       case when o.state <> 'held' then o.cause else '' end as cause, o.original_start as "originalStart",
       nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') as "usagerName", hindrance.names as "awayNames", hindrance.closed
     from conflict c
     left join occurrence o on o.space_id = c.space_id and o.id = c.occurrence_id
     left join permanence p on p.space_id = o.space_id and p.id = o.permanence_id
     left join appointment a on a.space_id = c.space_id and a.id = c.appointment_id
     left join usager u on u.space_id = a.space_id and u.id = a.usager_id
     left join motif m on m.space_id = a.space_id and m.id = a.motif_id
     left join partner owner on c.occurrence_id is null and owner.space_id = c.space_id and owner.id = c.partner_id
     left join room r on c.kind in ('room-taken', 'office-borrowed') and r.space_id = c.space_id and r.id = c.wanted_id
     left join agent g on c.kind = 'agent-taken' and g.space_id = c.space_id and g.id = c.wanted_id
     left join lateral (
       select string_agg(ag.name, ', ' order by ag.position, ag.name) as names
       from occurrence_agent oa join agent ag on ag.space_id = oa.space_id and ag.id = oa.agent_id
       where c.kind = 'agent-away' and oa.space_id = c.space_id and oa.occurrence_id = c.occurrence_id) away on true
     left join lateral (
       select h.closed, (select string_agg(ag.name, ', ' order by ag.position, ag.name) from agent ag
                         where ag.space_id = c.space_id and ag.id = any (h.away)) as names
       from hindered(array[c.appointment_id]) h) hindrance on c.kind = 'appointment-stranded'
     where c.space_id = $1 and ${which} and coalesce(a.ends_at, o.ends_at, c.ends_at) > $2
     order by coalesce(a.starts_at, o.starts_at, c.starts_at), c.opened_at, c.id limit $3`,
    [tx.context.spaceId, instantToIso(tx.now), MOST],
  );
}

/** Every room of the sites concerned, with what holding it whole takes. */
async function roomsOf(tx: Transaction, rows: readonly ConflictRow[]): Promise<Room[]> {
  const sites = [
    ...new Set(
      rows.flatMap(({ kind, siteId }) => (kind === 'room-taken' || kind === 'office-borrowed' ? [siteId] : [])),
    ),
  ];
  if (!sites.length) return [];
  const rooms = await tx.query<Omit<Room, 'resources'>>(
    `select id, name, site_id as "siteId",
       (select coalesce(jsonb_agg(jsonb_build_array(c.first_day, c.last_day, c.cause)), '[]') from closure c
        where c.space_id = room.space_id and c.partner_id is null
          and (c.room_id = room.id or c.site_id = room.site_id or (c.room_id is null and c.site_id is null))) as closed
     from room
     where space_id = $1 and retired_at is null and (site_id = any ($2::uuid[]) or id = any ($3::uuid[])) order by position, name`,
    [tx.context.spaceId, sites, wantedOf(rows, 'room-taken')],
  );
  const resources = await resourcesOfRooms(
    tx,
    rooms.map(({ id }) => ({ roomId: id, workstationId: null })),
  );
  return rooms.map((room) => ({ ...room, resources: resources.get(room.id) ?? [] }));
}

/** Whose office each room of a site is at the hours of each conflict, by "nth room". */
async function lendingFor(
  tx: Transaction,
  rows: readonly ConflictRow[],
  rooms: readonly Room[],
): Promise<Map<string, OfficeOfOthers>> {
  const asked = rows.flatMap(({ kind, siteId, partnerId, startsAt, endsAt }, nth) =>
    kind === 'room-taken'
      ? ofSite(rooms, siteId).map(({ id }) => ({
          key: `${nth} ${id}`,
          roomId: id,
          partnerId,
          during: { start: startsAt, end: endsAt },
        }))
      : [],
  );
  const found = await officesOfOthers(tx, asked);
  return new Map([...found].map(([place, office]) => [asked[place]?.key ?? '', office]));
}

function sayLending(office: OfficeOfOthers | undefined, language: Viewer['language']): string {
  return office?.lent ? sayLent(office.lent, office.resident, language) : '';
}

function wantedOf(rows: readonly ConflictRow[], kind: Conflict['kind']): string[] {
  return rows.flatMap((row) => (row.kind === kind && row.wantedId ? [row.wantedId] : []));
}

function resourcesFor(rooms: readonly Room[], roomId: string | null): readonly string[] {
  return rooms.find(({ id }) => id === roomId)?.resources ?? [];
}

function ofSite(rooms: readonly Room[], siteId: string): Room[] {
  return rooms.filter((room) => room.siteId === siteId);
}

function openOn(day: PlainDate, rooms: readonly Room[]): Room[] {
  return rooms.filter(({ closed }) => !closed.some(([first, last]) => first <= day && day <= last));
}

/** Why a room is closed that day, '' without a cause; null when it is open. */
function closureOn(day: PlainDate, roomId: string | null, rooms: readonly Room[]): string | null {
  const closed = rooms.find(({ id }) => id === roomId)?.closed ?? [];
  return closed.find(([first, last]) => first <= day && day <= last)?.[2] ?? null;
}

function holderOf(taken: readonly Taken[], wanted: readonly (string | undefined)[]): string | null {
  return taken.find(({ resourceId }) => wanted.includes(resourceId))?.publishedName ?? null;
}

/** Why the date is not held, or why the appointment can't be kept. */
function causeOf({ originalStart, cause, awayNames, closed }: ConflictRow, language: Viewer['language']): string {
  const ofDate = originalStart ? sayCause(cause, dateOf(originalStart), language) : '';
  const away = awayNames && (language === 'fr' ? `${awayNames}\u00a0: absent·e` : `${awayNames}: away`);
  return [ofDate, closed !== null && sayClosed(closed, language), away].filter(Boolean).join(' · ');
}

function shown(
  row: ConflictRow,
  heldBy: string | null,
  rooms: Conflict['rooms'],
  roomClosed: string | null,
  { space, language }: Viewer,
): Conflict {
  const { id, kind, partnerId, permanenceId, occurrenceId, appointmentId, title, wanted, usagerName } = row;
  return {
    id,
    kind,
    partnerId,
    permanenceId,
    occurrenceId,
    appointmentId,
    title,
    wanted,
    cause: causeOf(row, language),
    usagerName,
    heldBy,
    roomClosed,
    isFreed: rooms.some(({ roomId }) => roomId === row.wantedId),
    rooms,
    start: toLocal(row.startsAt, space.zone),
    end: toLocal(row.endsAt, space.zone),
    openedAt: toLocal(row.openedAt, space.zone),
  };
}
