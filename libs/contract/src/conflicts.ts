import { z } from 'zod';
import { Id, LocalDateTime } from './common';

export const Conflict = z
  .object({
    id: Id,
    kind: z.enum(['room-taken', 'agent-taken', 'appointment-stranded', 'agent-away', 'office-borrowed']),
    partnerId: Id,
    permanenceId: Id.nullable(),
    occurrenceId: Id.nullable(),
    appointmentId: Id.nullable(),
    title: z.string(),
    start: LocalDateTime,
    end: LocalDateTime,
    wanted: z.string(),
    /** Why the date is not held any more, or the appointment can't be kept: "fermeture : pont", "V. Aubert : absent·e"; or empty. */
    cause: z.string(),
    /** The room that was taken is free now: the date can have it. */
    isFreed: z.boolean(),
    heldBy: z.string().nullable(),
    roomClosed: z
      .string()
      .nullable()
      .meta({ description: 'Why the room wanted is closed that day, empty without a cause; null: it is open.' }),
    usagerName: z.string().nullable(),
    openedAt: LocalDateTime,
    /** Rooms of the site free for these hours. */
    rooms: z.array(
      z.object({
        roomId: Id,
        name: z.string(),
        lent: z.string().meta({ description: 'Why someone’s own office is lent then; empty: it is nobody’s.' }),
      }),
    ),
  })
  .meta({ id: 'Conflict' });
export type Conflict = z.infer<typeof Conflict>;
