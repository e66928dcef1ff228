import { z } from 'zod';
import { Id, LocalDateTime, Note, PlainDate, PlainTime, Text } from './common';
import { UsagerBody } from './directory';

export const Mode = z.enum(['walk-in', 'appointment', 'group', 'internal']);
export type Mode = z.infer<typeof Mode>;
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

// --- permanences

export const RuleBody = z
  .object({
    /** Given back from a previous reading to keep the rule's identity (and its dates' exceptions). */
    id: Id.optional(),
    rrule: Text(300).meta({ description: 'RFC 5545, without DTSTART: FREQ=MONTHLY;BYDAY=1WE,5WE' }),
    /** The first date is the first one the rule gives on or after this day. */
    from: PlainDate,
    start: PlainTime,
    end: PlainTime,
    parity: z.enum(['even', 'odd']).nullable().default(null),
    mode: Mode,
    siteId: Id,
    roomId: Id.nullable().default(null),
    workstationId: Id.nullable().default(null),
    agentIds: z.array(Id).max(10).default([]),
    /** How many are received at once when no agent is named; the places of a group. */
    seats: z.int().min(1).max(200).default(1),
    assumption: Note(300),
  })
  .meta({ id: 'RuleBody' });
export type RuleBody = z.infer<typeof RuleBody>;
export const PermanenceBody = z
  .object({
    partnerId: Id,
    title: Text(120),
    visibility: z.enum(['public', 'restricted', 'internal']).default('public'),
    confidential: z.boolean().default(false),
    onHoliday: z.enum(['skip', 'keep', 'move']).default('skip'),
    publicNote: Note(300),
    motifIds: z.array(Id).max(30).default([]),
    rules: z.array(RuleBody).min(1).max(20),
  })
  .meta({ id: 'PermanenceBody' });
export type PermanenceBody = z.infer<typeof PermanenceBody>;
export const Rule = RuleBody.extend({
  id: Id,
  words: z.string().meta({ description: 'The rule in French (or English), as a bulletin would print it.' }),
}).meta({ id: 'Rule' });
export const Permanence = PermanenceBody.extend({
  id: Id,
  state: z.enum(['draft', 'published', 'stopped']),
  version: z.int(),
  rules: z.array(Rule),
  laidOutUntil: PlainDate.nullable(),
  stopsOn: PlainDate.nullable().meta({ description: 'From this day on there are no more dates.' }),
}).meta({ id: 'Permanence' });
export type Permanence = z.infer<typeof Permanence>;
export const PermanenceLine = z
  .object({
    id: Id,
    partnerId: Id,
    title: z.string(),
    state: z.enum(['draft', 'published', 'stopped']),
    visibility: z.enum(['public', 'restricted', 'internal']),
    words: z.array(z.string()),
    next: LocalDateTime.nullable(),
    openConflicts: z.int(),
  })
  .meta({ id: 'PermanenceLine' });
export type PermanenceLine = z.infer<typeof PermanenceLine>;

/** A date as it would be, or is: its state, why, and what stands in its way. */
export const DateState = z.enum(['held', 'skipped', 'moved', 'cancelled']);
export const Obstacle = z.object({
  kind: z.enum(['room-taken', 'agent-taken', 'site-closed', 'public-holiday']),
  text: z.string(),
});
export const PermanenceDate = z
  .object({
    occurrenceId: Id.nullable(),
    rule: z.int().meta({ description: 'Index of the rule.' }),
    ruleId: Id.nullable(),
    originalStart: LocalDateTime,
    start: LocalDateTime,
    end: LocalDateTime,
    mode: Mode,
    siteId: Id,
    roomId: Id.nullable(),
    state: DateState,
    cause: z.string(),
    obstacles: z.array(Obstacle),
    booked: z.int(),
  })
  .meta({ id: 'PermanenceDate' });
export type PermanenceDate = z.infer<typeof PermanenceDate>;
export const PreviewBody = z
  .object({
    permanence: PermanenceBody,
    permanenceId: Id.optional(),
    count: z.int().min(1).max(60).default(8),
    from: PlainDate.optional(),
  })
  .meta({ id: 'PreviewBody' });
export const Preview = z.object({ dates: z.array(PermanenceDate), words: z.array(z.string()) }).meta({ id: 'Preview' });
export type Preview = z.infer<typeof Preview>;
/** What publishing did: dates inserted, kept and removed, and conflicts it opened. Appointments on a removed date are never dropped: they become conflicts. */
export const Published = z
  .object({ id: Id, inserted: z.int(), kept: z.int(), removed: z.int(), conflicts: z.int(), version: z.int() })
  .meta({ id: 'Published' });
export type Published = z.infer<typeof Published>;
export const PermanenceChange = z
  .object({ permanence: PermanenceBody, version: z.int() })
  .meta({ id: 'PermanenceChange' });
export const DateChange = z
  .object({
    ruleId: Id,
    originalStart: LocalDateTime,
    change: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('cancelled'), cause: Text(200) }),
      z.object({
        kind: z.literal('changed'),
        date: PlainDate,
        start: PlainTime,
        end: PlainTime,
        roomId: Id.nullable(),
        cause: Note(200),
      }),
      z.object({ kind: z.literal('as-the-rule-says') }),
    ]),
    /** true: say what would happen and who would be told, change nothing. */
    dryRun: z.boolean().default(false),
  })
  .meta({ id: 'DateChange' });
export type DateChange = z.infer<typeof DateChange>;
export const DateChanged = z
  .object({
    dryRun: z.boolean(),
    conflicts: z.int(),
    appointments: z.array(z.object({ id: Id, start: LocalDateTime })),
  })
  .meta({ id: 'DateChanged' });

// --- slots and appointments

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
      z.object({ kind: z.string(), channel: z.enum(['sms', 'call', 'letter']), state: z.string(), due: LocalDateTime }),
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

// --- single bookings of a room

export const RoomBookingBody = z
  .object({
    roomId: Id,
    workstationId: Id.nullable().default(null),
    start: LocalDateTime,
    end: LocalDateTime,
    title: Text(120),
    partnerId: Id.nullable().default(null),
    agentIds: z.array(Id).max(30).default([]),
    confidential: z.boolean().default(false),
  })
  .refine((b) => b.end > b.start && b.start.slice(0, 10) === b.end.slice(0, 10), {
    params: { why: 'wrong-hours' },
    path: ['end'],
  })
  .meta({ id: 'RoomBookingBody' });
export type RoomBookingBody = z.infer<typeof RoomBookingBody>;
export const RoomBooking = z
  .object({
    id: Id,
    roomId: Id,
    workstationId: Id.nullable(),
    siteId: Id,
    partnerId: Id.nullable(),
    title: z.string(),
    start: LocalDateTime,
    end: LocalDateTime,
    agentIds: z.array(Id),
    cancelled: z.boolean(),
  })
  .meta({ id: 'RoomBooking' });
export type RoomBooking = z.infer<typeof RoomBooking>;
/** A way out of a refused room: another room, or a desk of the same one, free for the same hours. */
export const RoomAlternative = z
  .object({ roomId: Id, workstationId: Id.nullable(), name: z.string(), start: LocalDateTime, end: LocalDateTime })
  .meta({ id: 'RoomAlternative' });

// --- the board

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
    /** Bookable through Palier, or by the partner's own number. */
    ownNumber: z.string().nullable(),
    conflict: z.boolean(),
  })
  .meta({ id: 'BoardOccurrence' });
export const BoardAppointment = z
  .object({
    id: Id,
    occurrenceId: Id,
    partnerId: Id,
    start: LocalDateTime,
    end: LocalDateTime,
    agentId: Id.nullable(),
    seat: z.int().nullable(),
    roomId: Id.nullable(),
    state: AppointmentState,
    usagerName: z.string(),
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
    motifIds: z.array(Id),
    mayChange: z.boolean(),
    appointments: z.array(BoardAppointment),
    free: z.array(Slot),
  })
  .meta({ id: 'OccurrenceDetail' });
export type OccurrenceDetail = z.infer<typeof OccurrenceDetail>;

export const Conflict = z
  .object({
    id: Id,
    kind: z.enum(['room-taken', 'agent-taken', 'appointment-stranded']),
    partnerId: Id,
    permanenceId: Id.nullable(),
    occurrenceId: Id.nullable(),
    appointmentId: Id.nullable(),
    title: z.string(),
    start: LocalDateTime,
    end: LocalDateTime,
    wanted: z.string(),
    heldBy: z.string().nullable(),
    usagerName: z.string().nullable(),
    openedAt: LocalDateTime,
    /** Rooms of the site free for these hours. */
    rooms: z.array(z.object({ roomId: Id, name: z.string() })),
  })
  .meta({ id: 'Conflict' });
export type Conflict = z.infer<typeof Conflict>;

// --- messages

export const MessageLine = z
  .object({
    id: Id,
    kind: z.enum(['confirmation', 'before', 'moved', 'cancelled']),
    channel: z.enum(['sms', 'call', 'letter']),
    state: z.enum(['waiting', 'sent', 'failed', 'dropped', 'todo', 'done']),
    due: LocalDateTime,
    /** When it was sent, or done by someone of the desk. */
    sentAt: LocalDateTime.nullable(),
    settledBy: z.string().nullable(),
    appointmentId: Id,
    appointmentStart: LocalDateTime,
    usagerName: z.string(),
    recipient: z.string().nullable(),
    text: z.string().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'MessageLine' });
export type MessageLine = z.infer<typeof MessageLine>;
export const MessagesQuery = z
  .object({
    state: MessageLine.shape.state.optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** The `next` of the page before. */
    before: z
      .string()
      .regex(/^\d{1,15}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      .optional(),
  })
  .meta({ id: 'MessagesQuery' });
export type MessagesQuery = z.infer<typeof MessagesQuery>;
export const Messages = z.object({ items: z.array(MessageLine), next: z.string().nullable() }).meta({ id: 'Messages' });
export type Messages = z.infer<typeof Messages>;

// --- live

/** What a live screen hears: something of this kind changed; look again if it concerns you. */
export const Heard = z
  .object({
    id: z.string(),
    kind: z.string(),
    subjectId: Id.nullable(),
    siteId: Id.nullable(),
    day: PlainDate.nullable(),
  })
  .meta({ id: 'Heard' });
export type Heard = z.infer<typeof Heard>;
