import { parseLocalDateTime, parsePlainDate, parsePlainTime } from '@app/time';
import { z } from 'zod';
import { looksLikeNir } from './nir';

/** Shapes exchanged over HTTP. The api validates with them, the web screens are typed by them, OpenAPI is made of them. */

export const Id = z.uuid();

// Beyond these years a date is a slip of the hand, or a try.
const inReach = (date: string) => date >= '1900' && date < '2200';
const isDay = (text: string) => parsePlainDate(text) !== null && inReach(text);
const isTime = (text: string) => parsePlainTime(text) !== null;
const isMoment = (text: string) => text.length === 16 && parseLocalDateTime(text) !== null && inReach(text);

export const PlainDate = z
  .string()
  .refine(isDay, { params: { why: 'no-such-day' } })
  .meta({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A calendar date from 1900 to 2199, 2027-01-04.' });
export const PlainTime = z
  .string()
  .refine(isTime, { params: { why: 'no-such-time' } })
  .meta({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'A wall-clock time of the space, 09:30.' });
export const LocalDateTime = z
  .string()
  .refine(isMoment, { params: { why: 'no-such-moment' } })
  .meta({
    pattern: '^\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d$',
    description: 'A wall-clock moment of the space, 2027-01-04T09:30. Ranges are [start, end).',
  });
/** What people write: never a social security number, wherever they put it. */
export const written = (text: z.ZodString) => text.refine((words) => !looksLikeNir(words), { params: { why: 'nir' } });
export const Text = (most: number) => written(z.string().trim().min(1).max(most));
export const Note = (most: number) => written(z.string().trim().max(most)).default('');

/** RFC 9457. `why` names the rule; `errors` points at fields; refusals carry the nearest ways out. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    why: z.string().optional(),
    errors: z.array(z.object({ at: z.string(), message: z.string() })).optional(),
    /** Who holds what was wanted: the name of a published permanence, or null ("pris"). */
    heldBy: z.string().nullable().optional(),
    until: LocalDateTime.optional(),
    alternatives: z.array(z.unknown()).optional(),
    /** What a change would do now, when that is no longer what was shown (Consequences). */
    consequences: z.unknown().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

export const Created = z.object({ id: Id }).meta({ id: 'Created' });
