import { z } from 'zod';
import { Id, LocalDateTime, PlainDate } from './common';
import { UsagerBody } from './directory';

export const AppointmentState = z.enum([
  'planned',
  'confirmed',
  'arrived',
  'seen',
  'noShow',
  'cancelledByUsager',
  'cancelledByAgent',
]);
export type AppointmentState = z.infer<typeof AppointmentState>;

export const SlotsQuery = z
  .object({
    motif: Id,
    from: LocalDateTime.optional(),
    site: Id.optional(),
    agent: Id.optional(),
    part: z.enum(['morning', 'afternoon']).optional(),
    days: z.coerce.number().int().min(1).max(366).default(90),
    perDay: z.coerce.number().int().min(1).max(50).default(3),
    limit: z.coerce.number().int().min(1).max(200).default(30),
  })
  .meta({ id: 'SlotsQuery' });
export type SlotsQuery = z.infer<typeof SlotsQuery>;
export const Slot = z
  .object({
    occurrenceId: Id,
    motifId: Id,
    start: LocalDateTime,
    end: LocalDateTime,
    siteId: Id,
    roomId: Id.nullable(),
    agentId: Id.nullable(),
    placesLeft: z.int(),
  })
  .meta({ id: 'Slot' });
export type Slot = z.infer<typeof Slot>;
export const Slots = z
  .object({
    slots: z.array(Slot),
    /** More slots exist that day than were asked for. */
    more: z.array(z.object({ date: PlainDate, left: z.int() })),
    /** Nothing can be booked here for this motif: how it is reached instead. */
    instead: z
      .object({
        kind: z.enum(['own-number', 'walk-in']),
        phone: z.string().nullable(),
        next: z.array(z.object({ start: LocalDateTime, end: LocalDateTime, siteId: Id })),
      })
      .nullable(),
    /** Dates of the window that are not offered, and why. */
    notOffered: z.array(
      z.object({ date: PlainDate, why: z.enum(['public-holiday', 'cancelled', 'full', 'closed']), text: z.string() }),
    ),
  })
  .meta({ id: 'Slots' });
export type Slots = z.infer<typeof Slots>;

export const BookBody = z
  .object({
    occurrenceId: Id,
    motifId: Id,
    start: LocalDateTime,
    agentId: Id.nullable().default(null),
    usagerId: Id.optional(),
    usager: UsagerBody.optional(),
  })
  .refine((b) => (b.usagerId === undefined) !== (b.usager === undefined), {
    params: { why: 'one-usager' },
    path: ['usagerId'],
  })
  .meta({ id: 'BookBody' });
export type BookBody = z.infer<typeof BookBody>;
export const Appointment = z
  .object({
    id: Id,
    partnerId: Id,
    motifId: Id,
    motifLabel: z.string(),
    usagerId: Id,
    usagerName: z.string(),
    phone: z.string().nullable(),
    note: z.string(),
    /** A caller is told nothing of this person, and nothing is sent. */
    safeContact: z.boolean(),
    occurrenceId: Id,
    agentId: Id.nullable(),
    siteId: Id,
    roomId: Id.nullable(),
    start: LocalDateTime,
    end: LocalDateTime,
    state: AppointmentState,
    version: z.int(),
    bookedBy: z.string().nullable(),
    /** For the desk alone: this person has something else at that hour. Says nothing of what or where. */
    warnings: z.array(z.object({ kind: z.enum(['usager-overlap']), text: z.string() })),
    told: z.array(
      z.object({ kind: z.string(), channel: z.enum(['sms', 'call', 'letter', 'task']), state: z.string(), due: LocalDateTime }),
    ),
  })
  .meta({ id: 'Appointment' });
export type Appointment = z.infer<typeof Appointment>;
export const Booked = z
  .object({
    id: Id,
    usagerId: Id,
    start: LocalDateTime,
    end: LocalDateTime,
    roomId: Id.nullable(),
    warnings: Appointment.shape.warnings,
  })
  .meta({ id: 'Booked' });
export type Booked = z.infer<typeof Booked>;
export const MoveBody = z
  .object({ occurrenceId: Id, start: LocalDateTime, agentId: Id.nullable().default(null), version: z.int() })
  .meta({ id: 'MoveBody' });
export const CancelBody = z.object({ by: z.enum(['usager', 'agent']), version: z.int() }).meta({ id: 'CancelBody' });
export const StateBody = z
  .object({ state: z.enum(['planned', 'confirmed', 'arrived', 'seen', 'noShow']), version: z.int() })
  .meta({ id: 'StateBody' });
