import { contextOf, type Viewer } from '@app/accounts';
import type { DaySheet, DaySheetQuery } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import {
  dateAt,
  dayBounds,
  type Instant,
  instantToIso,
  type Interval,
  parsePlainDate,
  publicHolidayOn,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { AppointmentState } from './appointment-states';
import { unexplained } from './board';
import { occurrencesOn, type OccurrenceRow, type RoomBookingRow, roomBookingsOn, siteDay } from './board.query';
import { fullName, type Named } from './people';

interface PersonRow extends Named {
  id: string;
  occurrence_id: string | null;
  room_id: string | null;
  starts_at: Instant;
  ends_at: Instant;
  state: AppointmentState;
  phone: string | null;
  note: string | null;
  safe_contact: boolean | null;
  motif: string;
  agent_id: string | null;
  agent_name: string | null;
}

type Line = DaySheet['lines'][number];

/** The page the desk prints, or works from when the network is down. */
@Injectable()
export class DaySheets {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** One site's day, as far as the viewer may see; only one agent's when named. Kept in the audit: it holds names and numbers. */
  async of(
    viewer: Viewer,
    { site: siteId, date, agent: agentId }: DaySheetQuery,
  ): Promise<Outcome<DaySheet, 'not-found'>> {
    const day = parsePlainDate(date);
    if (!day) return refuse('not-found');
    const { zone } = viewer.space;
    const bounds = dayBounds(day, zone);
    return this.database.within(contextOf(viewer), async (tx) => {
      const [site, names, occurrences, people, bookings] = await Promise.all([
        siteDay(tx, siteId, { day, during: bounds, tonight: dayBounds(dateAt(tx.now, zone), zone).end }),
        namesOf(tx, siteId, agentId ?? null),
        occurrencesOn(tx, siteId, bounds),
        peopleOn(tx, siteId, bounds),
        roomBookingsOn(tx, siteId, bounds),
      ]);
      if (!site || !names || (agentId && !names.agent)) return refuse('not-found');
      await tx.audit('day-sheet.read', agentId ? 'agent' : 'site', agentId ?? siteId);
      const room = (id: string | null) => (id ? (names.rooms[id] ?? '') : '');
      const at = (instant: Instant) => toLocal(instant, zone);
      const ofAgent = (ids: readonly string[]) => !agentId || ids.includes(agentId);
      const seen = people.filter((row) => !agentId || row.agent_id === null || row.agent_id === agentId);
      const inside = (row: OccurrenceRow) => seen.filter(({ occurrence_id }) => occurrence_id === row.id);
      const alone = seen.filter(({ occurrence_id, agent_id }) => !occurrence_id && (!agentId || agent_id === agentId));
      const hidden = agentId ? [] : unexplained(site.taken, shown(occurrences, bookings, people));
      const holiday = publicHolidayOn(day, site.territory);
      const lines: Line[] = [
        ...occurrences
          .filter((row) => ofAgent(row.agent_ids))
          .map((row) => ({
            id: row.id,
            start: at(row.starts_at),
            end: at(row.ends_at),
            room: room(row.room_id),
            title: row.title,
            mode: row.mode,
            agents: row.agent_ids.flatMap((id) => names.agents[id] ?? []),
            ownNumber: row.own_number,
            people: inside(row).map((person) => personOf(person, zone)),
          })),
        ...bookings
          .filter((row) => ofAgent(row.agent_ids))
          .map((row) => ({
            id: row.id,
            start: at(row.starts_at),
            end: at(row.ends_at),
            room: room(row.room_id),
            title: row.title,
            mode: null,
            agents: row.agent_ids.flatMap((id) => names.agents[id] ?? []),
            ownNumber: null,
            people: [],
          })),
        ...alone.map((row) => ({
          id: row.id,
          start: at(row.starts_at),
          end: at(row.ends_at),
          room: room(row.room_id),
          title: row.motif,
          mode: 'appointment' as const,
          agents: row.agent_name ? [row.agent_name] : [],
          ownNumber: null,
          people: [personOf(row, zone)],
        })),
        ...hidden.map(({ roomId, workstationId, during }) => ({
          id: `${workstationId ?? roomId} ${during.start}`,
          start: at(during.start),
          end: at(during.end),
          room: room(roomId),
          title: null,
          mode: null,
          agents: [],
          ownNumber: null,
          people: [],
        })),
      ];
      return done({
        siteId,
        site: names.site,
        agent: names.agent,
        date: day,
        at: at(tx.now),
        opens: site.opens,
        closes: site.closes,
        closed: site.closed ?? (holiday ? (viewer.language === 'fr' ? holiday.name : holiday.nameEn) : ''),
        lines: lines.sort((a, b) => a.start.localeCompare(b.start) || a.room.localeCompare(b.room, 'fr')),
      });
    });
  }
}

interface SheetNames {
  site: string;
  agent: string | null;
  rooms: Record<string, string>;
  agents: Record<string, string>;
}

/** The agent is null when it is not one the viewer may print the day of. */
async function namesOf(tx: Transaction, siteId: string, agentId: string | null): Promise<SheetNames | null> {
  const [row] = await tx.query<SheetNames>(
    `select s.name as site,
       (select a.name from agent a where a.space_id = s.space_id and a.id = $3
          and (ctx_sight() <> 'partner' or a.partner_id = ctx_partner())) as agent,
       (select coalesce(jsonb_object_agg(r.id, r.name), '{}') from room r where r.space_id = s.space_id and r.site_id = s.id) as rooms,
       (select coalesce(jsonb_object_agg(a.id, a.name), '{}') from agent a where a.space_id = s.space_id) as agents
     from site s where s.space_id = $1 and s.id = $2`,
    [tx.context.spaceId, siteId, agentId],
  );
  return row ?? null;
}

async function peopleOn(tx: Transaction, siteId: string, day: Interval): Promise<PersonRow[]> {
  return tx.query<PersonRow>(
    `select a.id, a.occurrence_id, a.room_id, a.starts_at, a.ends_at, a.state, a.agent_id, g.name as agent_name,
       u.first_name, u.last_name, u.phone, u.note, u.safe_contact, m.discreet_label as motif
     from appointment a
     join motif m on m.space_id = a.space_id and m.id = a.motif_id
     left join agent g on g.space_id = a.space_id and g.id = a.agent_id
     left join usager u on u.space_id = a.space_id and u.id = a.usager_id
     where a.space_id = $1 and a.site_id = $2 and a.starts_at >= $3 and a.starts_at < $4
       and a.state not in ('cancelledByUsager', 'cancelledByAgent')
     order by a.starts_at, a.id`,
    [tx.context.spaceId, siteId, instantToIso(day.start), instantToIso(day.end)],
  );
}

function personOf(row: PersonRow, zone: string): Line['people'][number] {
  const safeContact = row.safe_contact ?? false;
  return {
    appointmentId: row.id,
    start: toLocal(row.starts_at, zone),
    end: toLocal(row.ends_at, zone),
    name: fullName(row),
    phone: safeContact ? null : row.phone,
    safeContact,
    note: row.note ?? '',
    motif: row.motif,
    agent: row.agent_name,
    state: row.state,
  };
}

function shown(
  occurrences: readonly OccurrenceRow[],
  bookings: readonly RoomBookingRow[],
  people: readonly PersonRow[],
) {
  const held = [...occurrences, ...bookings, ...people.map((row) => ({ ...row, workstation_id: null }))];
  return held.flatMap((row) =>
    row.room_id
      ? [{ roomId: row.room_id, workstationId: row.workstation_id, during: { start: row.starts_at, end: row.ends_at } }]
      : [],
  );
}
