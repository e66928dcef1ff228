import { z } from 'zod';
import { Id, LocalDateTime } from './common';

export const MessageLine = z
  .object({
    id: Id,
    /** Of an appointment; or a slot that became free, an invitation to choose one. */
    kind: z.enum(['confirmation', 'before', 'moved', 'cancelled', 'offer', 'invitation']),
    /** 'task': a way of telling that the person's référent alone can find. */
    channel: z.enum(['sms', 'call', 'letter', 'task']),
    state: z.enum(['waiting', 'sent', 'failed', 'dropped', 'todo', 'done']),
    due: LocalDateTime,
    /** When it was sent, or done by someone of the desk. */
    sentAt: LocalDateTime.nullable(),
    settledBy: z.string().nullable(),
    /** Null for an offer or an invitation. */
    appointmentId: Id.nullable(),
    appointmentStart: LocalDateTime.nullable(),
    /** Of an offer: the slot, and until when it is kept; of an invitation, until when its link answers. */
    slotStart: LocalDateTime.nullable(),
    until: LocalDateTime.nullable(),
    usagerId: Id,
    usagerName: z.string(),
    /** Whose task it is; null: any agent of the partner. */
    forAgentId: Id.nullable(),
    recipient: z.string().nullable(),
    text: z.string().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'MessageLine' });
export type MessageLine = z.infer<typeof MessageLine>;
export const MessagesQuery = z
  .object({
    state: MessageLine.shape.state.optional(),
    /** false: without the offers of free slots, which "À proposer" shows. */
    offers: z.stringbool().default(true),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    /** The `next` of the page before. */
    before: z
      .string()
      .regex(/^\d{1,14}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
      .optional(),
  })
  .meta({ id: 'MessagesQuery' });
export type MessagesQuery = z.infer<typeof MessagesQuery>;
export const Messages = z.object({ items: z.array(MessageLine), next: z.string().nullable() }).meta({ id: 'Messages' });
export type Messages = z.infer<typeof Messages>;

/** Whether messages carry the short address of the appointment; without it they are plain words. */
export const MessageLinks = z.object({ allowed: z.boolean() }).meta({ id: 'MessageLinks' });
export type MessageLinks = z.infer<typeof MessageLinks>;
/** Where a person sees, confirms, moves or cancels her appointment without an account. Shown once. */
export const AppointmentLink = z.object({ url: z.string() }).meta({ id: 'AppointmentLink' });
export type AppointmentLink = z.infer<typeof AppointmentLink>;
