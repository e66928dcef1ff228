import { z } from 'zod';
import { Slot, Slots, SlotsQuery } from './appointments';
import { Id, LocalDateTime, Note, PlainDate, Text, written } from './common';

/** Several ids in one parameter, separated by commas. */
const Ids = z
  .string()
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(Id).max(30))
  .meta({ description: 'Ids between commas' });

export const OrientationQuery = z
  .object({
    /** What someone comes for, in everyday words; or the motifs themselves. */
    q: Note(120),
    motif: Ids.optional(),
    /** Where the person stands: who is here now comes before who is elsewhere. */
    site: Id.optional(),
    age: z.coerce.number().int().min(0).max(130).optional(),
    commune: written(z.string().trim().max(80)).optional(),
    /** Who asks, when she is known: her age and the steps open to her. */
    usager: Id.optional(),
    /** Slots at this site only; narrowed as the search of slots is. */
    within: Id.optional(),
    ...SlotsQuery.pick({
      from: true,
      part: true,
      partner: true,
      agent: true,
      language: true,
      accessible: true,
      mode: true,
      interpreter: true,
    }).shape,
    perNeed: z.coerce.number().int().min(1).max(12).default(3),
    limit: z.coerce.number().int().min(1).max(20).default(8),
  })
  .meta({ id: 'OrientationQuery' });
export type OrientationQuery = z.infer<typeof OrientationQuery>;

/** A motif that answers to words, without whoever receives for it: for a box that suggests while one types. */
export const NeedFound = z
  .object({ motifId: Id, partnerId: Id, urgent: z.boolean(), because: z.array(z.string()) })
  .meta({ id: 'NeedFound' });
export type NeedFound = z.infer<typeof NeedFound>;
export const NeedsQuery = z
  .object({ q: Note(120), limit: z.coerce.number().int().min(1).max(20).default(8) })
  .meta({ id: 'NeedsQuery' });

/** A walk-in date, with the truth of its queue. */
export const WalkIn = z
  .object({
    occurrenceId: Id,
    siteId: Id,
    roomId: Id.nullable(),
    title: z.string(),
    start: LocalDateTime,
    end: LocalDateTime,
    /** How many wait, and how many of them would be before the person. */
    waiting: z.int(),
    before: z.int(),
  })
  .meta({ id: 'WalkIn' });
export type WalkIn = z.infer<typeof WalkIn>;

/** A note on the line, never a closed door. */
export const EligibilityNote = z
  .object({
    kind: z.enum(['age', 'commune', 'audience', 'step', 'meeting']),
    /** It does not fit what is known of the person. */
    warns: z.boolean(),
    text: z.string(),
  })
  .meta({ id: 'EligibilityNote' });
export type EligibilityNote = z.infer<typeof EligibilityNote>;

export const Need = z
  .object({
    motifId: Id,
    partnerId: Id,
    urgent: z.boolean(),
    /** The words that answered, as the service writes them. */
    because: z.array(z.string()),
    notes: z.array(EligibilityNote),
    /** Whoever receives this minute and can still see the person: here first. */
    now: z.array(WalkIn),
    /** Receives this minute, but not the person: full before it closes, or its last entry was said. */
    full: z.array(WalkIn.extend({ why: z.enum(['queue', 'last-entry']) })),
    /** The next walk-in date, when nobody can see the person now. */
    next: WalkIn.nullable(),
    /** The first free slots, over sites. */
    slots: z.array(Slot),
    /** More of them exist. */
    more: z.boolean(),
    /** Dates that are not offered, and why. */
    notOffered: Slots.shape.notOffered,
    /** What was asked that leaves no slot. */
    emptied: Slots.shape.emptied,
    /** Booked by the service itself. */
    ownNumber: z
      .object({
        phone: z.string().nullable(),
        next: z.array(z.object({ start: LocalDateTime, end: LocalDateTime, siteId: Id })),
      })
      .nullable(),
    /** Accompagnement without an évaluation yet: whoever books may say who signed for it. */
    needsDecision: z.boolean(),
  })
  .meta({ id: 'Need' });
export type Need = z.infer<typeof Need>;

export const Orientation = z.object({ now: LocalDateTime, needs: z.array(Need) }).meta({ id: 'Orientation' });
export type Orientation = z.infer<typeof Orientation>;

/** Who signed that accompagnement opens for a person. */
export const DecisionBody = z
  .object({ usagerId: Id, partnerId: Id, signedBy: Text(120), signedOn: PlainDate })
  .meta({ id: 'DecisionBody' });
export type DecisionBody = z.infer<typeof DecisionBody>;
