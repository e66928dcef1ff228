import { z } from 'zod';
import { AppointmentMode, AppointmentState, Slot } from './appointments';
import { Id, LocalDateTime, PlainDate, PlainTime } from './common';
import { Mode } from './permanences';
import { RoomBooking } from './room-bookings';

/** Whether the agents of a date are all away, all along or at some moment. */
export const LeftAlone = z.enum(['no', 'for-a-while', 'wholly']);
export const BoardQuery = z.object({ site: Id, date: PlainDate }).meta({ id: 'BoardQuery' });
export const BoardOccurrence = z
  .object({
    id: Id,
    permanenceId: Id,
    partnerId: Id,
    title: z.string(),
    start: LocalDateTime,
    end: LocalDateTime,
    roomId: Id.nullable(),
    workstationId: Id.nullable(),
    mode: Mode,
    seats: z.int(),
    agentIds: z.array(Id),
    visibility: z.string(),
    afterHours: z.boolean(),
    booked: z.int(),
    /** Places its partner gave by its own means; of the viewer's own partner. */
    given: z.int(),
    /** Bookable through Palier, or by the partner's own number. */
    ownNumber: z.string().nullable(),
    conflict: z.boolean(),
    leftAlone: LeftAlone,
  })
  .meta({ id: 'BoardOccurrence' });
export const BoardAppointment = z
  .object({
    id: Id,
    /** Null: outside any permanence, in a room of its own or in none. */
    occurrenceId: Id.nullable(),
    mode: AppointmentMode,
    partnerId: Id,
    start: LocalDateTime,
    end: LocalDateTime,
    agentId: Id.nullable(),
    /** The other one of an interview of two agents. */
    secondAgentId: Id.nullable(),
    seat: z.int().nullable(),
    roomId: Id.nullable(),
    state: AppointmentState,
    /** Did not come, and had said so. */
    excused: z.boolean(),
    version: z.int(),
    usagerName: z.string(),
    /** A caller is told nothing of this person. */
    safeContact: z.boolean(),
    motif: z.string(),
  })
  .meta({ id: 'BoardAppointment' });
export const Board = z
  .object({
    site: Id,
    date: PlainDate,
    now: LocalDateTime,
    opens: PlainTime.nullable(),
    closes: PlainTime.nullable(),
    holiday: z.string().nullable(),
    /** Why the site or the whole space is closed that day; empty when no cause was given. */
    closed: z.string().nullable(),
    closedRooms: z.array(z.object({ roomId: Id, cause: z.string() })),
    occurrences: z.array(BoardOccurrence),
    appointments: z.array(BoardAppointment),
    roomBookings: z.array(RoomBooking),
    /** Rooms held by what the viewer may not see: "occupé". */
    taken: z.array(z.object({ roomId: Id, workstationId: Id.nullable(), start: LocalDateTime, end: LocalDateTime })),
    counts: z.object({
      permanences: z.int(),
      appointments: z.int(),
      conflicts: z.int(),
      failedMessages: z.int(),
      calls: z.int(),
    }),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof Board>;

/** A place given outside Palier: held, of nobody that Palier knows. */
export const GivenSeat = z
  .object({ id: Id, start: LocalDateTime, end: LocalDateTime, agentId: Id.nullable(), seat: z.int().nullable() })
  .meta({ id: 'GivenSeat' });
export type GivenSeat = z.infer<typeof GivenSeat>;
export const SeatToGive = z
  .object({ motifId: Id, start: LocalDateTime, agentId: Id.nullable().default(null) })
  .meta({ id: 'SeatToGive' });
export type SeatToGive = z.infer<typeof SeatToGive>;

export const OccurrenceDetail = z
  .object({
    id: Id,
    permanenceId: Id,
    ruleId: Id,
    originalStart: LocalDateTime,
    partnerId: Id,
    title: z.string(),
    start: LocalDateTime,
    end: LocalDateTime,
    siteId: Id,
    roomId: Id.nullable(),
    mode: Mode,
    seats: z.int(),
    state: z.enum(['held', 'skipped', 'cancelled']),
    cause: z.string(),
    agentIds: z.array(Id),
    /** Those of its agents who are away then, for a part of it at least. */
    awayIds: z.array(Id),
    leftAlone: LeftAlone,
    motifIds: z.array(Id),
    mayChange: z.boolean(),
    appointments: z.array(BoardAppointment),
    free: z.array(Slot),
    given: z.array(GivenSeat),
    /** Who waits for a place that this date could give them. */
    waiting: z.int(),
  })
  .meta({ id: 'OccurrenceDetail' });
export type OccurrenceDetail = z.infer<typeof OccurrenceDetail>;
