import { z } from 'zod';
import { Id, LocalDateTime, PlainDate, PlainTime } from './common';
import { ExcludedDays } from './permanences';

/** One line that a calendar gives: what is null the calendar does not say, or the space does not know. */
export const CalendarLine = z
  .object({
    rrule: z.string().max(300),
    from: PlainDate,
    last: PlainDate.nullable().meta({ description: 'Its last date; null when it does not end.' }),
    start: PlainTime.nullable(),
    end: PlainTime.nullable(),
    siteId: Id.nullable(),
    roomId: Id.nullable(),
    excluded: z.array(ExcludedDays).max(60),
  })
  .meta({ id: 'CalendarLine' });
export type CalendarLine = z.infer<typeof CalendarLine>;

export const CalendarLineRead = CalendarLine.extend({
  title: z
    .string()
    .meta({ description: 'As the calendar says it, perhaps with a name: kept nowhere before it is chosen.' }),
  location: z.string(),
  said: z.string().meta({ description: 'Its days, as a bulletin would print them.' }),
}).meta({ id: 'CalendarLineRead' });
export type CalendarLineRead = z.infer<typeof CalendarLineRead>;

/** What is understood of a calendar, from today on, and what of it can't be kept, each with its reason. */
export const CalendarImport = z
  .object({
    name: z.string(),
    lines: z.array(CalendarLineRead),
    more: z.int().meta({ description: 'How many lines more than are told here.' }),
    notKept: z.array(z.object({ title: z.string(), when: z.string().nullable(), why: z.string() })),
    past: z.int(),
    cancelled: z.int(),
  })
  .meta({ id: 'CalendarImport' });
export type CalendarImport = z.infer<typeof CalendarImport>;

export const CalendarFileQuery = z.object({ partnerId: Id }).meta({ id: 'CalendarFileQuery' });

export const SubscriptionBody = z
  .object({
    partnerId: Id,
    address: z
      .string()
      .trim()
      .min(8)
      .max(2000)
      .meta({ description: 'http://, https:// or webcal://. It is not told again.' }),
  })
  .meta({ id: 'SubscriptionBody' });
export type SubscriptionBody = z.infer<typeof SubscriptionBody>;

/** A calendar that is followed. Its address is a secret: only where it lies is told. */
export const Subscription = z
  .object({
    id: Id,
    partnerId: Id,
    host: z.string(),
    permanenceId: Id.nullable(),
    readAt: LocalDateTime.nullable(),
    failure: z.object({ text: z.string(), since: LocalDateTime, nextTry: LocalDateTime }).nullable(),
    changed: z.boolean().meta({ description: 'It no longer says what was taken from it.' }),
  })
  .meta({ id: 'Subscription' });
export type Subscription = z.infer<typeof Subscription>;

/** What was made of a calendar: the permanence, and the titles and lines it took. */
export const TakenBody = z
  .object({
    permanenceId: Id,
    titles: z.array(z.string().max(120)).max(200),
    lines: z.array(CalendarLine).max(200),
  })
  .meta({ id: 'TakenBody' });
export type TakenBody = z.infer<typeof TakenBody>;

/** What a changed calendar would change of its permanence. Nothing is done before someone saves it. */
export const CalendarChange = z
  .object({
    permanenceId: Id.nullable().meta({ description: 'null: nothing of it was taken over yet.' }),
    /** Lines of the permanence that the calendar no longer has. */
    gone: z.array(z.object({ ruleId: Id, words: z.string() })),
    /** Lines that are new in the calendar. */
    come: z.array(CalendarLineRead),
    latest: z.array(CalendarLine),
    titles: z.array(z.string()),
  })
  .meta({ id: 'CalendarChange' });
export type CalendarChange = z.infer<typeof CalendarChange>;
