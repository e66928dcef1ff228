import { contextOf, type Viewer } from '@app/accounts';
import type { Planning, PlanningQuery } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import {
  addDays,
  dateAt,
  dayBounds,
  type Instant,
  interval,
  localDateTime,
  parsePlainDate,
  publicHolidayOn,
  toInstant,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { unexplained } from './board';
import type { OccurrenceRow, RoomBookingRow } from './board.query';
import { alone, boardAppointment, boardBooking, boardOccurrence, roomOf } from './board.service';
import { initials } from './people';
import {
  absencesOf,
  appointmentsOf,
  daysOf,
  type DayRow,
  heldOf,
  knownLines,
  type LineHeld,
  occurrencesOf,
  type PlanningKind,
  roomBookingsOf,
} from './planning.query';

/** Some days of agents, rooms or partners, over every site. */
@Injectable()
export class Plannings {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** As far as the viewer may see; the same number of statements whatever the days hold. */
  async of(viewer: Viewer, { kind, ids, from, days }: PlanningQuery): Promise<Outcome<Planning, 'not-found'>> {
    const first = parsePlainDate(from);
    if (!first) return refuse('not-found');
    const { zone } = viewer.space;
    const dates = Array.from({ length: days }, (_, day) => addDays(first, day));
    const during = interval(dayBounds(first, zone).start, dayBounds(addDays(first, days - 1), zone).end);
    const lines = { kind, ids, during };
    return this.database.within(contextOf(viewer), async (tx) => {
      const [known, calendar, occurrences, bookings, held, absences] = await Promise.all([
        knownLines(tx, lines),
        daysOf(tx, lines, dates),
        occurrencesOf(tx, lines),
        roomBookingsOf(tx, lines),
        heldOf(tx, lines),
        absencesOf(tx, lines),
      ]);
      if (known < ids.length) return refuse('not-found');
      const shown = occurrences.map(({ id }) => id);
      const appointments = await appointmentsOf(tx, lines, shown);
      const rooms = new Map(occurrences.map((row) => [row.id, row.room_id]));
      const hours = new Map(calendar.map((day) => [day.date, hoursOf(day, zone)]));
      const booked = countBy(appointments.flatMap(({ occurrence_id }) => occurrence_id ?? []));
      const at = (instant: Instant) => toLocal(instant, zone);
      return done({
        now: at(tx.now),
        dates: calendar.map(({ date, opens, closes, territory, closed }) => {
          const holiday = publicHolidayOn(date, territory);
          return {
            date,
            opens,
            closes,
            holiday: holiday && (viewer.language === 'fr' ? holiday.name : holiday.nameEn),
            closed,
          };
        }),
        occurrences: occurrences.map((row) => ({
          ...boardOccurrence(row, {
            zone,
            hours: hours.get(dateAt(row.starts_at, zone)) ?? null,
            booked: booked.get(row.id) ?? 0,
          }),
          siteId: row.site_id,
        })),
        appointments: appointments.map((row) => ({
          ...boardAppointment(row, roomOf(row, rooms), zone, initials),
          siteId: row.site_id,
        })),
        roomBookings: bookings.map((row) => boardBooking(row, zone)),
        taken: unexplained(
          held.map(asRoom),
          explained(kind, ids, [...occurrences, ...bookings, ...alone(appointments)]),
        ).map((one) => ({
          id: one.roomId,
          workstationId: one.workstationId,
          start: at(one.during.start),
          end: at(one.during.end),
        })),
        absences: absences.map((row) => ({
          agentId: row.agent_id,
          label: row.label,
          start: at(row.starts_at),
          end: at(row.ends_at),
        })),
      });
    });
  }
}

function hoursOf({ date, opens, closes }: DayRow, zone: string) {
  if (!opens || !closes) return null;
  return { opens: toInstant(localDateTime(date, opens), zone), closes: toInstant(localDateTime(date, closes), zone) };
}

const asRoom = ({ id, workstationId, during }: LineHeld) => ({ roomId: id, workstationId, during });

/** What is drawn on a line explains why it is held then. */
function explained(
  kind: PlanningKind,
  ids: readonly string[],
  drawn: readonly Pick<
    RoomBookingRow | OccurrenceRow,
    'room_id' | 'workstation_id' | 'starts_at' | 'ends_at' | 'agent_ids'
  >[],
) {
  return drawn.flatMap((row) => {
    const during = { start: row.starts_at, end: row.ends_at };
    if (kind === 'room') {
      return row.room_id ? [{ roomId: row.room_id, workstationId: row.workstation_id, during }] : [];
    }
    return row.agent_ids.filter((id) => ids.includes(id)).map((roomId) => ({ roomId, workstationId: null, during }));
  });
}

function countBy(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
