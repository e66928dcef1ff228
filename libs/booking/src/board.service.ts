import { contextOf, type Viewer } from '@app/accounts';
import type { Board } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import {
  dateAt,
  dayBounds,
  type Instant,
  localDateTime,
  parsePlainDate,
  publicHolidayOn,
  toInstant,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AppointmentRow,
  appointmentsOn,
  occurrencesOn,
  type OccurrenceRow,
  type RoomBookingRow,
  roomBookingsOn,
  siteDay,
} from './board.query';
import { isAfterHours, type RoomHeld, sayLeftAlone, unexplained } from './board';
import { initials, type Named } from './people';

type BoardAppointment = Board['appointments'][number];

/** Aujourd'hui: a site's rooms and hours, as far as the viewer may see them. */
@Injectable()
export class DayBoard {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The board of one site on one local date. */
  async of(viewer: Viewer, siteId: string, date: string): Promise<Outcome<Board, 'not-found'>> {
    const day = parsePlainDate(date);
    if (!day) return refuse('not-found');
    const { zone } = viewer.space;
    const bounds = dayBounds(day, zone);
    return this.database.within(contextOf(viewer), async (tx) => {
      // Sent together, the commit behind them: one round trip, however much the day holds.
      const asked = Promise.all([
        siteDay(tx, siteId, { day, during: bounds, tonight: dayBounds(dateAt(tx.now, zone), zone).end }),
        occurrencesOn(tx, siteId, bounds),
        appointmentsOn(tx, siteId, bounds),
        roomBookingsOn(tx, siteId, bounds),
      ]);
      tx.endsHere();
      const [site, occurrences, appointments, bookings] = await asked;
      if (!site) return refuse('not-found');
      const hours =
        site.opens && site.closes
          ? {
              opens: toInstant(localDateTime(day, site.opens), zone),
              closes: toInstant(localDateTime(day, site.closes), zone),
            }
          : null;
      const rooms = new Map(occurrences.map((row) => [row.id, row.room_id]));
      const booked = new Map<string, number>();
      for (const { occurrence_id: id } of appointments) if (id) booked.set(id, (booked.get(id) ?? 0) + 1);
      const holiday = publicHolidayOn(day, site.territory);
      const at = (instant: Instant) => toLocal(instant, zone);
      return done({
        site: siteId,
        date: day,
        now: at(tx.now),
        opens: site.opens,
        closes: site.closes,
        holiday: holiday && (viewer.language === 'fr' ? holiday.name : holiday.nameEn),
        closed: site.closed,
        closedRooms: site.closed_rooms,
        occurrences: occurrences.map((row) => boardOccurrence(row, { zone, hours, booked: booked.get(row.id) ?? 0 })),
        appointments: appointments.map((row) => boardAppointment(row, roomOf(row, rooms), zone, initials)),
        roomBookings: bookings.map((row) => boardBooking(row, zone)),
        taken: unexplained(site.taken, shown([...occurrences, ...bookings, ...alone(appointments)])).map(
          ({ roomId, workstationId, during }) => ({
            roomId,
            workstationId,
            start: at(during.start),
            end: at(during.end),
          }),
        ),
        counts: {
          permanences: occurrences.length,
          appointments: appointments.length,
          conflicts: site.conflicts,
          failedMessages: site.failed_messages,
          calls: site.calls,
        },
      });
    });
  }
}

/** A date as a board or a planning draws it. */
export function boardOccurrence(
  row: OccurrenceRow,
  about: {
    zone: string;
    hours: { opens: Instant; closes: Instant } | null;
    booked: number;
  },
): Board['occurrences'][number] {
  return {
    id: row.id,
    permanenceId: row.permanence_id,
    partnerId: row.partner_id,
    title: row.title,
    start: toLocal(row.starts_at, about.zone),
    end: toLocal(row.ends_at, about.zone),
    roomId: row.room_id,
    workstationId: row.workstation_id,
    mode: row.mode,
    seats: row.seats,
    agentIds: row.agent_ids,
    visibility: row.visibility,
    afterHours: isAfterHours({ start: row.starts_at, end: row.ends_at }, about.hours),
    booked: about.booked,
    ownNumber: row.own_number,
    conflict: row.conflict,
    leftAlone: sayLeftAlone(row.left_alone),
    given: row.given,
  };
}

/** A room held by itself, as a board or a planning draws it. */
export function boardBooking(row: RoomBookingRow, zone: string): Board['roomBookings'][number] {
  return {
    id: row.id,
    roomId: row.room_id,
    workstationId: row.workstation_id,
    siteId: row.site_id,
    partnerId: row.partner_id,
    title: row.title,
    start: toLocal(row.starts_at, zone),
    end: toLocal(row.ends_at, zone),
    agentIds: row.agent_ids,
    cancelled: false,
  };
}

/** An appointment as a board or a panel draws it, in its date's room. @param named how much of her name is said */
export function boardAppointment(
  row: AppointmentRow,
  roomId: string | null,
  zone: string,
  named: (person: Named) => string,
): BoardAppointment {
  return {
    id: row.id,
    occurrenceId: row.occurrence_id,
    mode: row.mode,
    partnerId: row.partner_id,
    start: toLocal(row.starts_at, zone),
    end: toLocal(row.ends_at, zone),
    agentId: row.agent_id,
    secondAgentId: row.second_agent_id,
    seat: row.seat,
    roomId,
    state: row.state,
    excused: row.excused,
    version: row.version,
    usagerName: named(row),
    safeContact: row.safe_contact ?? false,
    motif: row.motif,
  };
}

/** Where an appointment takes place: its date's room, or its own. */
export function roomOf(row: AppointmentRow, rooms: ReadonlyMap<string, string | null>): string | null {
  return row.occurrence_id === null ? row.room_id : (rooms.get(row.occurrence_id) ?? null);
}

/** Those outside any permanence, which hold a room and their agents themselves. */
export function alone(appointments: readonly AppointmentRow[]) {
  return appointments
    .filter(({ occurrence_id }) => occurrence_id === null)
    .map((row) => ({
      ...row,
      workstation_id: null,
      agent_ids: [row.agent_id, row.second_agent_id].filter((id) => id !== null),
    }));
}

interface Holding {
  room_id: string | null;
  workstation_id: string | null;
  starts_at: Instant;
  ends_at: Instant;
}

function shown(held: readonly Holding[]): RoomHeld[] {
  return held.flatMap((row) =>
    row.room_id
      ? [{ roomId: row.room_id, workstationId: row.workstation_id, during: { start: row.starts_at, end: row.ends_at } }]
      : [],
  );
}
