import { z } from 'zod';
import { AppointmentState } from './appointments';
import { Id, LocalDateTime, PlainDate, PlainTime } from './common';
import { Mode } from './permanences';

export const DaySheetQuery = z
  .object({ site: Id, date: PlainDate, agent: Id.optional() })
  .meta({ id: 'DaySheetQuery' });
export type DaySheetQuery = z.infer<typeof DaySheetQuery>;

const DaySheetPerson = z.object({
  appointmentId: Id,
  start: LocalDateTime,
  end: LocalDateTime,
  name: z.string(),
  /** Null where there is none, and for whom the desk says nothing by telephone. */
  phone: z.string().nullable(),
  safeContact: z.boolean(),
  note: z.string(),
  motif: z.string(),
  agent: z.string().nullable(),
  state: AppointmentState,
});

/** A site's day, or an agent's there, on a page: every name is in it, so that it serves without the network. */
export const DaySheet = z
  .object({
    siteId: Id,
    site: z.string(),
    agent: z.string().nullable(),
    date: PlainDate,
    /** When it was true. */
    at: LocalDateTime,
    opens: PlainTime.nullable(),
    closes: PlainTime.nullable(),
    /** The holiday or the cause of a closure; empty on a working day. */
    closed: z.string(),
    lines: z.array(
      z.object({
        id: z.string(),
        start: LocalDateTime,
        end: LocalDateTime,
        room: z.string(),
        /** Null: held by what the viewer may not see, "occupé". */
        title: z.string().nullable(),
        mode: Mode.nullable(),
        agents: z.array(z.string()),
        ownNumber: z.string().nullable(),
        people: z.array(DaySheetPerson),
      }),
    ),
  })
  .meta({ id: 'DaySheet' });
export type DaySheet = z.infer<typeof DaySheet>;
