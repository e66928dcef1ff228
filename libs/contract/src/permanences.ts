import { z } from 'zod';
import { Id, LocalDateTime, Note, PlainDate, PlainTime, Text } from './common';
import { asShown, Consequences } from './consequences';
import { Proposal, ProposalKind } from './proposals';

export const Mode = z.enum(['walk-in', 'appointment', 'group', 'internal']);
export type Mode = z.infer<typeof Mode>;

/** Days that a line leaves out, both included, and why in the words of whoever wrote it. */
export const ExcludedDays = z.object({ from: PlainDate, to: PlainDate, cause: Note(120) }).meta({ id: 'ExcludedDays' });
export type ExcludedDays = z.infer<typeof ExcludedDays>;
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
    /** "Sauf le 24 décembre", "sauf du 20 au 31 décembre": no permanence on these days. */
    excluded: z.array(ExcludedDays).max(60).default([]),
    /** What this line says of holidays when it is not what the permanence says. */
    onHoliday: z.enum(['skip', 'keep', 'move']).nullable().default(null),
    schoolHolidays: z
      .object({
        when: z.enum(['any', 'outside', 'only']),
        name: z
          .enum(['Toussaint', 'Noël', 'hiver', 'printemps', 'été'])
          .nullable()
          .meta({ description: 'Of these holidays only; null: of all.' }),
      })
      .nullable()
      .default(null),
  })
  .meta({ id: 'RuleBody' });
export type RuleBody = z.infer<typeof RuleBody>;
/** What is decided of one date while its permanence is written: known by its line, and by where that puts it. */
export const DateChoice = z
  .object({
    rule: z.int().min(0).max(19).meta({ description: 'Index of the rule.' }),
    originalStart: LocalDateTime,
    choice: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('room'), roomId: Id }),
      z.object({ kind: z.literal('without-room') }),
      z.object({ kind: z.literal('skip') }),
      z.object({ kind: z.literal('move'), date: PlainDate }),
    ]),
  })
  .meta({ id: 'DateChoice' });
export type DateChoice = z.infer<typeof DateChoice>;
export const PermanenceBody = z
  .object({
    partnerId: Id,
    title: Text(120),
    visibility: z.enum(['public', 'restricted', 'internal']).default('public'),
    confidential: z.boolean().default(false),
    onHoliday: z.enum(['skip', 'keep', 'move']).default('skip'),
    onClosure: z.enum(['skip', 'keep', 'move']).default('skip'),
    /** Whatever schools do; only in term time; only during the school holidays of the space's zone. */
    schoolHolidays: z.enum(['any', 'outside', 'only']).default('any'),
    publicNote: Note(300),
    motifIds: z.array(Id).max(30).default([]),
    /** Partners who come to an internal meeting: they read it, and their agents may be named in it. */
    invitedPartnerIds: z.array(Id).max(20).default([]),
    rules: z.array(RuleBody).min(1).max(20),
    /** Of a draft: all that is decided. Of what is published: decided besides what was before, and never given back. */
    choices: z.array(DateChoice).max(60).default([]),
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
  /** The last request of its partner, while it waits for the person in charge or when it was refused. */
  proposal: Proposal.nullable(),
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
    version: z.int(),
    /** What waits for the person in charge to agree. */
    waits: ProposalKind.nullable(),
  })
  .meta({ id: 'PermanenceLine' });
export type PermanenceLine = z.infer<typeof PermanenceLine>;

/** A date as it would be, or is: its state, why, and what stands in its way. */
export const DateState = z.enum(['held', 'skipped', 'moved', 'cancelled']);
export const Obstacle = z.object({
  kind: z.enum(['room-taken', 'agent-taken', 'agent-away', 'site-closed', 'closed', 'public-holiday']),
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
    agentIds: z.array(Id),
    state: DateState,
    cause: z.string(),
    decided: z.boolean().meta({ description: 'Something was decided of this date alone.' }),
    unverified: z.boolean().meta({ description: 'The official school calendar does not reach this day.' }),
    obstacles: z.array(Obstacle),
    /** What can be done when something stands in its way: rooms free then, and the next day on which its site is open. */
    waysOut: z
      .object({
        rooms: z.array(z.object({ roomId: Id, name: z.string(), lent: z.string() })),
        nextOpen: PlainDate.nullable(),
      })
      .optional(),
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
  .object({
    id: Id,
    inserted: z.int(),
    kept: z.int(),
    removed: z.int(),
    conflicts: z.int(),
    version: z.int(),
    /** For a change of what is published. */
    consequences: Consequences.optional(),
    /** Nothing was done yet: it waits for the person in charge to agree. */
    proposed: z.boolean().optional(),
  })
  .meta({ id: 'Published' });
export type Published = z.infer<typeof Published>;
/** Several to publish at once, each in the version that was looked at. */
export const SeveralToPublish = z
  .object({
    permanences: z
      .array(z.object({ id: Id, version: z.int() }))
      .min(1)
      .max(500),
  })
  .meta({ id: 'SeveralToPublish' });
export type SeveralToPublish = z.infer<typeof SeveralToPublish>;
/** What became of one of them: published, or why not. */
export const PublishedOne = z
  .object({
    id: Id,
    published: Published.nullable(),
    refused: z.object({ why: z.string(), title: z.string(), errors: z.array(z.string()) }).nullable(),
  })
  .meta({ id: 'PublishedOne' });
export type PublishedOne = z.infer<typeof PublishedOne>;
export const PermanenceChange = z
  .object({
    permanence: PermanenceBody,
    version: z.int(),
    /** From this day on only: earlier dates stay as they are, and so does what was decided of them. */
    from: PlainDate.optional(),
    ...asShown,
  })
  .meta({ id: 'PermanenceChange' });
export type PermanenceChange = z.infer<typeof PermanenceChange>;
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
        roomId: Id.nullable().meta({ description: 'null: the room of the rule.' }),
        withoutRoom: z.boolean().default(false).meta({ description: 'It is held without any room.' }),
        agentIds: z
          .array(Id)
          .max(10)
          .nullable()
          .optional()
          .meta({ description: 'null: whoever the rule says; left out: as decided before.' }),
        mode: Mode.nullable().optional().meta({ description: 'null: as the rule says; left out: as decided before.' }),
        cause: Note(200),
      }),
      z.object({ kind: z.literal('as-the-rule-says') }),
    ]),
    ...asShown,
  })
  .meta({ id: 'DateChange' });
export type DateChange = z.infer<typeof DateChange>;
export const DateChanged = z
  .object({
    dryRun: z.boolean(),
    conflicts: z.int(),
    appointments: z.array(z.object({ id: Id, start: LocalDateTime })),
    consequences: Consequences,
  })
  .meta({ id: 'DateChanged' });
export type DateChanged = z.infer<typeof DateChanged>;
