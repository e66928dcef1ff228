import { z } from 'zod';
import { Id, LocalDateTime, Note, PlainDate } from './common';

export const VisitState = z.enum(['waiting', 'received', 'done', 'left']);
export type VisitState = z.infer<typeof VisitState>;
/** What a visit ends with: nobody leaves without a first answer. */
export const VisitOutcome = z.enum(['answered', 'appointment', 'oriented', 'call-back', 'left']);
export type VisitOutcome = z.infer<typeof VisitOutcome>;
export const VisitStep = z.enum(['accueil', 'evaluation', 'accompagnement']);

export const VisitBody = z
  .object({
    siteId: Id,
    /** The walk-in date she waits for; or what she comes for, when nobody receives yet. */
    occurrenceId: Id.nullable().default(null),
    motifId: Id.nullable().default(null),
    usagerId: Id.nullable().default(null),
    /** A first name, or nothing: her number is enough. */
    name: Note(60),
    step: VisitStep.default('accueil'),
    urgent: z.boolean().default(false),
    /** Entered afterwards: when she came. */
    arrivedAt: LocalDateTime.nullable().default(null),
    /** Although the queue is full: the desk decides. */
    anyway: z.boolean().default(false),
  })
  .refine((body) => body.occurrenceId !== null || body.motifId !== null, {
    params: { why: 'what-for' },
    path: ['motifId'],
  })
  .meta({ id: 'VisitBody' });
export type VisitBody = z.infer<typeof VisitBody>;

export const Visit = z
  .object({
    id: Id,
    siteId: Id,
    day: PlainDate,
    number: z.int(),
    partnerId: Id,
    occurrenceId: Id.nullable(),
    motifId: Id.nullable(),
    usagerId: Id.nullable(),
    /** Initials of a known person, a first name, or "" when only the number is known. */
    who: z.string(),
    step: VisitStep,
    urgent: z.boolean(),
    state: VisitState,
    arrived: LocalDateTime,
    received: LocalDateTime.nullable(),
    closed: LocalDateTime.nullable(),
    outcome: VisitOutcome.nullable(),
    /** The hours of the date she waits for, and whether it is still held; null: nobody receives yet. */
    receives: z.object({ start: LocalDateTime, end: LocalDateTime, isHeld: z.boolean() }).nullable(),
    /** How many wait before her; 0 for whoever comes next. */
    before: z.int(),
    enteredBy: z.string().nullable(),
  })
  .meta({ id: 'Visit' });
export type Visit = z.infer<typeof Visit>;

export const VisitsQuery = z
  .object({ site: Id, date: PlainDate, state: z.enum(['open', 'closed']).default('open') })
  .meta({ id: 'VisitsQuery' });
/** Those who wait or are received, in the order they pass; or the day's others, last first. */
export const Visits = z
  .object({
    visits: z.array(Visit),
    /** Dates whose last entry was said. */
    closedQueues: z.array(Id),
  })
  .meta({ id: 'Visits' });
export type Visits = z.infer<typeof Visits>;

export const Joined = z.object({ id: Id, number: z.int(), before: z.int() }).meta({ id: 'Joined' });
export type Joined = z.infer<typeof Joined>;

/** What becomes of a visit, as it was seen; `at` when it is entered afterwards. */
export const VisitChange = z
  .object({
    from: VisitState,
    to: VisitState,
    outcome: VisitOutcome.exclude(['left']).nullable().default(null),
    at: LocalDateTime.nullable().default(null),
  })
  .refine(({ to, outcome }) => (to === 'done') === (outcome !== null), {
    params: { why: 'first-answer' },
    path: ['outcome'],
  })
  .meta({ id: 'VisitChange' });
export type VisitChange = z.infer<typeof VisitChange>;
