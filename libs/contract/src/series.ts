import { z } from 'zod';
import { AppointmentMode, AppointmentState, Booked, CancelBody, NotOffered, Slot, Undone, Yes } from './appointments';
import { Id, LocalDateTime, PlainDate, Problem } from './common';

/** Six months of weeks: what lies beyond is another conversation. */
export const MOST_OF_A_SERIES = 24;

/**
 * The dates that would follow a slot: every so many weeks or, without `weeks`, each month on the same rank of weekday; so
 * many times, or until a day. The first one counts.
 */
export const SeriesQuery = z
  .object({
    motif: Id,
    usager: Id,
    site: Id,
    /** The first one: its weekday and its hour are repeated. */
    start: LocalDateTime,
    /** With whom; left out: her référent, else who is free at that hour most often. */
    agent: Id.optional(),
    /** Whoever is free. */
    anyone: Yes.optional(),
    mode: AppointmentMode.optional(),
    interpreter: Yes.optional(),
    weeks: z.coerce.number().int().min(1).max(12).optional(),
    times: z.coerce.number().int().min(2).max(MOST_OF_A_SERIES).default(6),
    /** The last day that suits, instead of `times`. */
    until: PlainDate.optional(),
    /** The first one is an appointment already: only those that follow are looked at. */
    booked: Yes.optional(),
  })
  .meta({ id: 'SeriesQuery' });
export type SeriesQuery = z.infer<typeof SeriesQuery>;

export const SeriesDate = z
  .object({
    date: PlainDate,
    /** What is wanted of that day. */
    start: LocalDateTime,
    /** 'other-hour': the same person receives that day, at another hour. */
    verdict: z.enum(['free', 'other-hour', 'not-possible']),
    /** The same hour, when it is free. */
    slot: Slot.nullable(),
    /** The nearest free: with the same person first, then with another. */
    alternatives: z.array(Slot),
    why: NotOffered.nullable(),
  })
  .meta({ id: 'SeriesDate' });
export type SeriesDate = z.infer<typeof SeriesDate>;

export const SeriesPlan = z
  .object({
    /** The rhythm in words. */
    words: z.string(),
    /** With whom these verdicts are; null: whoever is free. */
    agentId: Id.nullable(),
    /** Who else receives for this motif there. */
    agentIds: z.array(Id),
    dates: z.array(SeriesDate),
    /** She comes for the same motif on so many of these days already: they are not asked again. */
    already: z.int(),
    /** The day asked for lies further than a series goes. */
    more: z.boolean(),
  })
  .meta({ id: 'SeriesPlan' });
export type SeriesPlan = z.infer<typeof SeriesPlan>;

const ChosenDate = z.object({
  occurrenceId: Id,
  start: LocalDateTime,
  agentId: Id.nullable().default(null),
  holdId: Id.optional(),
});
export const SeriesBody = z
  .object({
    motifId: Id,
    usagerId: Id,
    mode: AppointmentMode.optional(),
    interpreter: z.boolean().optional(),
    /** The appointment they follow: they join its series, or it becomes the first of one. */
    appointmentId: Id.optional(),
    dates: z.array(ChosenDate).min(1).max(MOST_OF_A_SERIES),
  })
  .meta({ id: 'SeriesBody' });
export type SeriesBody = z.infer<typeof SeriesBody>;

/** Each date for itself, in the order asked: booked, or why not and the nearest that are free now. */
export const BookedSeries = z
  .object({
    id: Id,
    dates: z.array(z.object({ start: LocalDateTime, booked: Booked.nullable(), problem: Problem.nullable() })),
  })
  .meta({ id: 'BookedSeries' });
export type BookedSeries = z.infer<typeof BookedSeries>;

/** An appointment of a series, as its sisters are listed. */
export const SeriesAppointment = z
  .object({
    id: Id,
    start: LocalDateTime,
    end: LocalDateTime,
    siteId: Id,
    agentId: Id.nullable(),
    state: AppointmentState,
  })
  .meta({ id: 'SeriesAppointment' });
export type SeriesAppointment = z.infer<typeof SeriesAppointment>;

export const CancelFollowingBody = CancelBody.meta({ id: 'CancelFollowingBody' });
export const CancelledFollowing = z.object({ seriesId: Id, count: z.int() }).meta({ id: 'CancelledFollowing' });
export type CancelledFollowing = z.infer<typeof CancelledFollowing>;

export const SeriesUndoBody = z.object({ what: z.enum(['booked', 'cancelled']) }).meta({ id: 'SeriesUndoBody' });
export type SeriesUndoBody = z.infer<typeof SeriesUndoBody>;
/** What was taken back, and what could not be, with its reason. */
export const SeriesUndone = z
  .object({
    what: Undone.shape.what,
    count: z.int(),
    left: z.array(z.object({ start: LocalDateTime, problem: Problem })),
  })
  .meta({ id: 'SeriesUndone' });
export type SeriesUndone = z.infer<typeof SeriesUndone>;
