import { z } from 'zod';
import { Id, LocalDateTime, Note } from './common';

const label = Note(60).meta({ description: 'Where the link will be used: "Téléphone de Nadia".' });

/** Whose calendar a new link gives: what is public, a partner's dates, a room's, or one agent's. */
export const CalendarBody = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('space'), label }),
    z.object({ kind: z.literal('partner'), partnerId: Id, label }),
    z.object({ kind: z.literal('room'), roomId: Id, label }),
    z.object({ kind: z.literal('agent'), agentId: Id, label }),
  ])
  .meta({ id: 'CalendarBody' });
export type CalendarBody = z.infer<typeof CalendarBody>;

/** A link that exists. Its secret is not told again. */
export const CalendarFeed = z
  .object({
    id: Id,
    kind: z.enum(['space', 'partner', 'room', 'agent']),
    partnerId: Id.nullable(),
    roomId: Id.nullable(),
    agentId: Id.nullable(),
    label: z.string(),
    /** When its address was last made. */
    since: LocalDateTime,
  })
  .meta({ id: 'CalendarFeed' });
export type CalendarFeed = z.infer<typeof CalendarFeed>;

/** The address that calendar programs read, told once. */
export const CalendarLink = z
  .object({
    id: Id,
    url: z.string().meta({
      description:
        'iCalendar (RFC 5545), read without signing in. ?forme=regles asks for repeating events, ?lang=en for English.',
    }),
  })
  .meta({ id: 'CalendarLink' });
export type CalendarLink = z.infer<typeof CalendarLink>;
