import { z } from 'zod';
import { Id, LocalDateTime, PlainDate } from './common';

/** Someone with an appointment; the name is null for those who may not read it. */
export const Concerned = z
  .object({ appointmentId: Id, name: z.string().nullable(), start: LocalDateTime })
  .meta({ id: 'Concerned' });
export type Concerned = z.infer<typeof Concerned>;

/** An appointment outside any permanence, that can no longer be kept as it was told. */
export const AppointmentAlone = Concerned.extend({ end: LocalDateTime, partnerId: Id, motifId: Id }).meta({
  id: 'AppointmentAlone',
});
export type AppointmentAlone = z.infer<typeof AppointmentAlone>;

const People = z.object({
  people: z.array(Concerned),
  others: z.int().meta({ description: 'How many more, whom the viewer may not see.' }),
});

export const ConcernedDate = z
  .object({
    originalStart: LocalDateTime,
    start: LocalDateTime,
    end: LocalDateTime,
    siteId: Id,
    roomId: Id.nullable(),
    agentIds: z.array(Id),
    mode: z.enum(['walk-in', 'appointment', 'group', 'internal']),
    cause: z.string(),
    /** The room it wants is someone else's then: the date is kept without it, to be settled. */
    lacksRoom: z.boolean(),
  })
  .meta({ id: 'ConcernedDate' });
export type ConcernedDate = z.infer<typeof ConcernedDate>;

/** What a change of a permanence does to its dates and to people: shown before it is made, and made exactly so. */
export const Consequences = z
  .object({
    /** Given back as `seen`: the change is made only if this is still what it does. */
    token: z.string(),
    added: z.array(ConcernedDate),
    removed: z.array(ConcernedDate),
    changed: z.array(z.object({ before: ConcernedDate, after: ConcernedDate })),
    kept: z.int(),
    conflicts: z.int(),
    /** Whose appointment no longer holds: they wait in "À régler" and are told when it is moved or cancelled. */
    told: People,
    /** Places given outside Palier that no longer hold: only whoever gave them can tell the people. */
    given: z.int(),
    /** Whose appointment elsewhere is with an agent who is given a turn at the same hour. */
    clashes: People,
  })
  .meta({ id: 'Consequences' });
export type Consequences = z.infer<typeof Consequences>;

const Seen = z.string().max(100).optional();
/** How a change is asked: only to say what it would do, or to do what was shown (`seen`), or else to do it whatever it does. */
export const asShown = { dryRun: z.boolean().default(false), seen: Seen };

export const TurnsSwap = z
  .object({
    one: z.object({ ruleId: Id, originalStart: LocalDateTime }),
    other: z.object({
      ruleId: Id,
      originalStart: LocalDateTime,
      permanenceId: Id.optional().meta({
        description: 'Left out: of the same permanence; else another of its partner.',
      }),
    }),
    ...asShown,
  })
  .meta({ id: 'TurnsSwap' });
export type TurnsSwap = z.infer<typeof TurnsSwap>;

export const PermanenceStop = z.object({ from: PlainDate, ...asShown }).meta({ id: 'PermanenceStop' });
export type PermanenceStop = z.infer<typeof PermanenceStop>;

/** One line of a permanence's history, in the reader's words. */
export const HistoryLine = z
  .object({
    at: LocalDateTime,
    by: z.string().nullable().meta({ description: 'Who did it; null when nobody did (the round of the night).' }),
    words: z.string(),
    details: z.array(z.string()),
  })
  .meta({ id: 'HistoryLine' });
export type HistoryLine = z.infer<typeof HistoryLine>;
