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

export const AppointmentMode = z.enum(['on-site', 'phone', 'home', 'video']);
export type AppointmentMode = z.infer<typeof AppointmentMode>;

const MOST_IDS = 20;
/** One id, or several separated by commas. */
const Ids = z
  .string()
  .refine((text) => {
    const ids = text.split(',');
    return ids.length <= MOST_IDS && ids.every((id) => Id.safeParse(id).success);
  })
  .meta({ description: 'Ids between commas' });
export const Yes = z.enum(['true', 'false']).transform((text) => text === 'true');

export const SlotsQuery = z
  .object({
    motif: Ids,
    from: LocalDateTime.optional(),
    site: Ids.optional(),
    partner: Id.optional(),
    agent: Id.optional(),
    /** ISO 639 code, spoken by whoever receives. */
    language: z.string().min(2).max(8).optional(),
    accessible: Yes.optional(),
    mode: AppointmentMode.optional(),
    /** It lasts twice as long. */
    interpreter: Yes.optional(),
    /** As the public page offers it: with its notice and its horizon. The desk has none. */
    audience: z.enum(['desk', 'public']).optional(),
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
    /** The other one of an interview of two agents, when it is known who. */
    secondAgentId: Id.nullable(),
    placesLeft: z.int(),
  })
  .meta({ id: 'Slot' });
export type Slot = z.infer<typeof Slot>;
/** A date that is not offered: the rule, whose it is, and what can be done, in words. */
export const NotOffered = z
  .object({
    date: PlainDate,
    motifId: Id,
    siteId: Id.nullable(),
    why: z.enum([
      'public-holiday',
      'cancelled',
      'full',
      'closed',
      'absent',
      'notice',
      'horizon',
      'audience',
      'no-room',
      'no-agent',
      // of a series, where one very hour is wanted
      'taken',
      'other-hours',
      'agent-elsewhere',
      'no-date',
      'not-laid-out',
    ]),
    text: z.string(),
    owner: z.string(),
    remedy: z.string(),
  })
  .meta({ id: 'NotOffered' });
export type NotOffered = z.infer<typeof NotOffered>;
/** What a search may ask for that leaves dates out. */
export const SlotFilter = z.enum([
  'language',
  'interpreter',
  'mode',
  'accessible',
  'agent',
  'partner',
  'site',
  'part',
  'from',
]);
export type SlotFilter = z.infer<typeof SlotFilter>;
/** Filters that alone leave a motif without any slot: the rule, whose it is, and the first slot otherwise. */
export const Emptied = z
  .object({
    motifId: Id,
    /** Several: none of them alone does. */
    filters: z.array(SlotFilter).min(1),
    text: z.string(),
    owner: z.string(),
    waysOut: z
      .array(
        z.object({
          /** Someone translates instead: it lasts twice as long. */
          interpreter: z.boolean(),
          start: LocalDateTime,
          end: LocalDateTime,
          siteId: Id,
        }),
      )
      .min(1),
  })
  .meta({ id: 'Emptied' });
export type Emptied = z.infer<typeof Emptied>;
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
    /** Slots that someone is being written down for: booked, or free again, by then. */
    held: z.array(z.object({ start: LocalDateTime, end: LocalDateTime, siteId: Id, until: LocalDateTime })),
    /** Dates of the window that are not offered, and why. */
    notOffered: z.array(NotOffered),
    /** Slots exist, and only what was asked leaves none: by motif. */
    emptied: z.array(Emptied),
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
    mode: AppointmentMode.optional(),
    interpreter: z.boolean().optional(),
    /** The hold of this slot: it becomes the appointment. */
    holdId: Id.optional(),
    /** "At this very hour", whatever it strands. */
    exact: z.boolean().optional(),
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
    /** Null: outside any permanence. */
    occurrenceId: Id.nullable(),
    agentId: Id.nullable(),
    /** The other one of an interview of two agents. */
    secondAgentId: Id.nullable(),
    siteId: Id,
    roomId: Id.nullable(),
    mode: AppointmentMode,
    /** It lasts twice as long. */
    interpreter: z.boolean(),
    start: LocalDateTime,
    end: LocalDateTime,
    state: AppointmentState,
    /** Did not come, and had said so. */
    excused: z.boolean(),
    /** When it was cancelled: how long before its hour is the notice that was given. */
    arrivedAt: LocalDateTime.nullable(),
    cancelledAt: LocalDateTime.nullable(),
    version: z.int(),
    bookedBy: z.string().nullable(),
    /** By someone of the place itself, for the partner. */
    bookedAtDesk: z.boolean(),
    /** "3rd of 8": those booked together that hold; null when it stands alone or is cancelled. */
    series: z.object({ id: Id, nth: z.int(), of: z.int() }).nullable(),
    /** By the person herself: on the public page, or behind a link. */
    bookedOnline: z.boolean(),
    /** The last move or the cancellation, and whose it was; null when it is as it was booked. */
    changed: z
      .object({ act: z.enum(['moved', 'cancelled']), by: z.string().nullable(), online: z.boolean() })
      .nullable(),
    /**
     * For the desk alone: this person has something else at that hour, nothing of what or where. For all: the site is not open
     * all along.
     */
    warnings: z.array(z.object({ kind: z.enum(['usager-overlap', 'outside-hours']), text: z.string() })),
    told: z.array(
      z.object({
        kind: z.string(),
        channel: z.enum(['sms', 'call', 'letter', 'task']),
        state: z.string(),
        due: LocalDateTime,
      }),
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
  .object({
    occurrenceId: Id,
    start: LocalDateTime,
    agentId: Id.nullable().default(null),
    version: z.int(),
    exact: z.boolean().optional(),
    /** An interview of two agents goes on with others; else both come along, or the move is refused. */
    otherAgents: z.boolean().optional(),
  })
  .meta({ id: 'MoveBody' });
const apart = {
  agentId: Id,
  secondAgentId: Id.nullable().default(null),
  siteId: Id,
  mode: AppointmentMode.default('on-site'),
  /** On site: null is whichever room suits and is free. Elsewhere: none. */
  roomId: Id.nullable().default(null),
  start: LocalDateTime,
  /** Left out: what the motif takes. */
  minutes: z.int().min(5).max(480).optional(),
};
/** An appointment outside any permanence: it holds its agents and its room itself. */
export const AloneBody = z
  .object({
    ...apart,
    motifId: Id,
    usagerId: Id.optional(),
    usager: UsagerBody.optional(),
    interpreter: z.boolean().optional(),
  })
  .refine((b) => (b.usagerId === undefined) !== (b.usager === undefined), {
    params: { why: 'one-usager' },
    path: ['usagerId'],
  })
  .meta({ id: 'AloneBody' });
export type AloneBody = z.infer<typeof AloneBody>;
export const AloneMoveBody = z.object({ ...apart, version: z.int() }).meta({ id: 'AloneMoveBody' });
export type AloneMoveBody = z.infer<typeof AloneMoveBody>;
/** An hour being chosen outside any permanence. */
export const AloneHourQuery = z
  .object({
    motif: Id,
    site: Id,
    mode: AppointmentMode.default('on-site'),
    start: LocalDateTime,
    minutes: z.coerce.number().int().min(5).max(480).optional(),
    interpreter: Yes.optional(),
  })
  .meta({ id: 'AloneHourQuery' });
export type AloneHourQuery = z.infer<typeof AloneHourQuery>;
/** Said before it is booked: outside its hours the place is to be opened; on a closed day it would be refused. */
export const AloneHour = z
  .object({
    notes: z.array(
      z.object({ kind: z.enum(['outside-hours', 'site-closed', 'partner-closed', 'hour-skipped']), text: z.string() }),
    ),
  })
  .meta({ id: 'AloneHour' });
export type AloneHour = z.infer<typeof AloneHour>;
/** The nearest hours of that day at which its agents and a room are free together. */
export const AloneWayOut = z
  .object({ start: LocalDateTime, end: LocalDateTime, roomId: Id.nullable() })
  .meta({ id: 'AloneWayOut' });
export type AloneWayOut = z.infer<typeof AloneWayOut>;
/** Where one that can't be kept could be instead, the least disturbing first; each is asked for by moving it. */
export const AloneWays = z
  .object({
    siteId: Id,
    mode: AppointmentMode,
    minutes: z.int(),
    version: z.int(),
    ways: z.array(
      AloneWayOut.extend({
        changes: z.enum(['room', 'hour', 'agent', 'day']),
        agentId: Id,
        secondAgentId: Id.nullable(),
      }),
    ),
  })
  .meta({ id: 'AloneWays' });
export type AloneWays = z.infer<typeof AloneWays>;
/** A slot kept for three minutes while the person is written down. */
export const HoldBody = z
  .object({
    occurrenceId: Id,
    motifId: Id,
    start: LocalDateTime,
    agentId: Id.nullable().default(null),
    interpreter: z.boolean().optional(),
    exact: z.boolean().optional(),
  })
  .meta({ id: 'HoldBody' });
export type HoldBody = z.infer<typeof HoldBody>;
export const Hold = z
  .object({
    id: Id,
    start: LocalDateTime,
    end: LocalDateTime,
    until: LocalDateTime,
    /** How long it lasts from now, in seconds. */
    seconds: z.int(),
  })
  .meta({ id: 'Hold' });
export type Hold = z.infer<typeof Hold>;
/** What was taken back: the booking never was, the move or the cancellation neither. */
export const Undone = z.object({ what: z.enum(['booked', 'moved', 'cancelled']) }).meta({ id: 'Undone' });
export type Undone = z.infer<typeof Undone>;
/** The act that is taken back: when something else was done since, or it was taken back already, nothing happens. */
export const UndoQuery = z.object({ what: Undone.shape.what.optional() });
export type UndoQuery = z.infer<typeof UndoQuery>;
export const CancelBody = z.object({ by: z.enum(['usager', 'agent']), version: z.int() }).meta({ id: 'CancelBody' });
export const StateBody = z
  .object({
    state: z.enum(['planned', 'confirmed', 'arrived', 'seen', 'noShow']),
    version: z.int(),
    /** When the person came, if it is written down afterwards: an hour of that day, not to come. */
    at: LocalDateTime.optional(),
    /** Did not come, and had said so. */
    excused: z.boolean().optional(),
  })
  .refine(({ state, excused }) => !excused || state === 'noShow', { path: ['excused'] })
  .meta({ id: 'StateBody' });
