import { z } from 'zod';
import { Id, PlainDate } from './common';

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
