import { z } from 'zod';
import { BoardAppointment, BoardOccurrence } from './board';
import { Id, LocalDateTime, PlainDate, PlainTime } from './common';
import { RoomBooking } from './room-bookings';

/** Twelve people side by side is what a screen, and an eye, can hold. */
const MOST_LINES = 12;

const PlanningIds = z
  .string()
  .transform((text) => [...new Set(text.split(','))])
  .pipe(z.array(Id).min(1).max(MOST_LINES))
  .meta({ description: 'Ids between commas' });

export const PlanningQuery = z
  .object({
    kind: z.enum(['agent', 'room', 'partner']),
    ids: PlanningIds,
    from: PlainDate,
    days: z.coerce.number().int().min(1).max(14).default(7),
  })
  .meta({ id: 'PlanningQuery' });
export type PlanningQuery = z.infer<typeof PlanningQuery>;

const somewhere = { siteId: Id };
/** Some days of agents, rooms or partners: what they hold, over every site. */
export const Planning = z
  .object({
    now: LocalDateTime,
    dates: z.array(
      z.object({
        date: PlainDate,
        /** The hours of the room's site; else from the first site that opens to the last that closes. */
        opens: PlainTime.nullable(),
        closes: PlainTime.nullable(),
        holiday: z.string().nullable(),
        closed: z.string().nullable(),
      }),
    ),
    occurrences: z.array(BoardOccurrence.extend(somewhere)),
    appointments: z.array(BoardAppointment.extend(somewhere)),
    roomBookings: z.array(RoomBooking),
    /** An agent or a room held by what the viewer may not see: "occupé". */
    taken: z.array(z.object({ id: Id, workstationId: Id.nullable(), start: LocalDateTime, end: LocalDateTime })),
    absences: z.array(z.object({ agentId: Id, label: z.string(), start: LocalDateTime, end: LocalDateTime })),
  })
  .meta({ id: 'Planning' });
export type Planning = z.infer<typeof Planning>;
