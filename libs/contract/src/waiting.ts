import { z } from 'zod';
import { AppointmentMode } from './appointments';
import { Id, LocalDateTime, PlainDate } from './common';

const Part = z.enum(['morning', 'afternoon']).nullable();

export const WaitingBody = z
  .object({
    usagerId: Id,
    motifId: Id,
    from: PlainDate,
    /** The last day that suits. */
    until: PlainDate,
    part: Part.default(null),
    siteId: Id.nullable().default(null),
    /** Null: her référent where a follow-up is hers, else anyone. */
    agentId: Id.nullable().default(null),
    /** One session of a group, and no other. */
    occurrenceId: Id.optional(),
    /** A date that her series misses: got later, it joins the others. */
    ofSeries: z.boolean().optional(),
  })
  .refine(({ from, until }) => until >= from, { params: { why: 'wrong-days' }, path: ['until'] })
  .meta({ id: 'WaitingBody' });
export type WaitingBody = z.infer<typeof WaitingBody>;

/** What became of the SMS that carries a link, or of the call or letter in its place; null: there is none. */
const Told = z.enum(['waiting', 'sent', 'failed', 'dropped', 'todo', 'done']).nullable();

/** A slot that became free, kept for who waits until she answers or the deadline passes. */
export const SlotOffer = z
  .object({
    id: Id,
    start: LocalDateTime,
    end: LocalDateTime,
    siteId: Id,
    agentId: Id.nullable(),
    /** By a message with a short link, or the desk calls. */
    by: z.enum(['sms', 'desk']),
    told: Told,
    deadline: LocalDateTime,
  })
  .meta({ id: 'SlotOffer' });
export type SlotOffer = z.infer<typeof SlotOffer>;

export const WaitingEntry = z
  .object({
    id: Id,
    usagerId: Id,
    usagerName: z.string(),
    /** Null as well for a safe contact: nobody but her référent calls her. */
    phone: z.string().nullable(),
    safeContact: z.boolean(),
    /** false: she asked not to be contacted, or has no phone. Nothing is kept for her that she could not be told of. */
    reachable: z.boolean(),
    partnerId: Id,
    motifId: Id,
    siteId: Id.nullable(),
    agentId: Id.nullable(),
    from: PlainDate,
    until: PlainDate,
    part: Part,
    /** When the one session begins that she waits for. */
    session: LocalDateTime.nullable(),
    ofSeries: z.boolean(),
    state: z.enum(['waiting', 'offered', 'booked', 'gone']),
    since: LocalDateTime,
    /** Who wrote her down. */
    by: z.string().nullable(),
    offer: SlotOffer.nullable(),
  })
  .meta({ id: 'WaitingEntry' });
export type WaitingEntry = z.infer<typeof WaitingEntry>;

/** What the desk said of who waits, in the seconds that follow. */
export const WaitingUndoQuery = z.object({ what: z.enum(['declined', 'left']) }).meta({ id: 'WaitingUndoQuery' });
export type WaitingUndoQuery = z.infer<typeof WaitingUndoQuery>;
/** She waits as before. The place that was kept for her is so again, or is somebody else's by now; `none`: there was none. */
export const WaitingUndone = z.object({ place: z.enum(['kept', 'given-on', 'none']) }).meta({ id: 'WaitingUndone' });
export type WaitingUndone = z.infer<typeof WaitingUndone>;

/** `offers=desk`: only those to whom the desk has a slot to propose. `more`: beyond the limit. */
export const WaitingQuery = z
  .object({
    usager: Id.optional(),
    offers: z.enum(['desk']).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(100),
  })
  .meta({ id: 'WaitingQuery' });
export type WaitingQuery = z.infer<typeof WaitingQuery>;
export const WaitingList = z.object({ items: z.array(WaitingEntry), more: z.boolean() }).meta({ id: 'WaitingList' });
export type WaitingList = z.infer<typeof WaitingList>;

export const InvitationBody = z
  .object({
    usagerId: Id,
    motifId: Id,
    agentId: Id.nullable().default(null),
    siteId: Id.nullable().default(null),
    part: Part.default(null),
    /** Not before that day. */
    from: PlainDate.nullable().default(null),
    /** A language code, spoken by whoever receives. */
    language: z.string().min(2).max(8).nullable().default(null),
    mode: AppointmentMode.nullable().default(null),
    /** Only rooms that a wheelchair enters. */
    accessible: z.boolean().default(false),
    /** Also where her record says nothing of it. */
    interpreter: z.boolean().default(false),
    /** How long the link answers. */
    days: z.int().min(1).max(60).default(14),
  })
  .meta({ id: 'InvitationBody' });
export type InvitationBody = z.infer<typeof InvitationBody>;

/** It left by SMS, or its link is to be handed over. */
export const InvitationSaved = z
  .object({
    id: Id,
    by: z.enum(['sms', 'letter']),
    /** An earlier one for the same motif was open: its link answers no more. */
    replaced: z.boolean(),
  })
  .meta({ id: 'InvitationSaved' });
export type InvitationSaved = z.infer<typeof InvitationSaved>;

/** "Choose your slot". */
export const Invitation = z
  .object({
    id: Id,
    usagerId: Id,
    partnerId: Id,
    motifId: Id,
    agentId: Id.nullable(),
    by: z.enum(['sms', 'letter']),
    told: Told,
    state: z.enum(['open', 'booked', 'withdrawn', 'expired']),
    created: LocalDateTime,
    expires: LocalDateTime,
    opened: LocalDateTime.nullable(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;
export const InvitationsQuery = z.object({ usager: Id }).meta({ id: 'InvitationsQuery' });
/** A new link of the invitation, to be printed or read out: told once. */
export const InvitationLink = z.object({ link: z.string(), text: z.string() }).meta({ id: 'InvitationLink' });
export type InvitationLink = z.infer<typeof InvitationLink>;
