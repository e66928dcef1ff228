import { z } from 'zod';
import { Id, PlainDate } from './common';

/** `since` is where a screen stopped listening, or began to be filled; a Last-Event-ID says it better. */
export const ListenQuery = z.object({ since: z.string().max(50).optional() });
export type ListenQuery = z.infer<typeof ListenQuery>;

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
