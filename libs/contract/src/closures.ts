import { TERRITORIES } from '@app/time';
import { z } from 'zod';
import { Id, LocalDateTime, Note, PlainDate } from './common';
import { AppointmentAlone } from './consequences';

const days = {
  from: PlainDate,
  to: PlainDate.meta({ description: 'The last day closed, included.' }),
  cause: Note(120).meta({ description: 'As people say it: "pont de l’Ascension". Empty: only that it is closed.' }),
};
/** true: say which dates would change and how many people are booked on them, change nothing. */
const dryRun = z.boolean().default(false);
const inOrder = { params: { why: 'wrong-days' }, path: ['to'] };
const isInOrder = ({ from, to }: { from: string; to: string }) => from <= to;

/** Whole days on which a site, a room or a partner is closed; the whole space when none of them is named. */
export const ClosureBody = z
  .object({
    siteId: Id.nullable().default(null),
    roomId: Id.nullable().default(null),
    partnerId: Id.nullable().default(null),
    ...days,
    dryRun,
  })
  .refine(isInOrder, inOrder)
  .refine(({ siteId, roomId, partnerId }) => [siteId, roomId, partnerId].filter(Boolean).length <= 1, {
    params: { why: 'one-closed' },
    path: ['siteId'],
  })
  .meta({ id: 'ClosureBody' });
export type ClosureBody = z.infer<typeof ClosureBody>;
/** Other days or another cause; what is closed stays the same. */
export const ClosureChange = z
  .object({ ...days, dryRun })
  .refine(isInOrder, inOrder)
  .meta({ id: 'ClosureChange' });
export type ClosureChange = z.infer<typeof ClosureChange>;
export const Closure = z
  .object({
    id: Id,
    siteId: Id.nullable(),
    roomId: Id.nullable(),
    partnerId: Id.nullable(),
    ...days,
    mayChange: z.boolean(),
  })
  .meta({ id: 'Closure' });
export type Closure = z.infer<typeof Closure>;

/** What a change of closures or of calendars does to the dates. */
export const CalendarEffect = z
  .object({
    dryRun: z.boolean(),
    dates: z.array(
      z.object({
        permanenceId: Id,
        partnerId: Id,
        title: z.string(),
        originalStart: LocalDateTime,
        start: LocalDateTime,
        becomes: z.enum(['held', 'moved', 'without-room', 'skipped', 'cancelled']),
        cause: z.string(),
        booked: z.int(),
      }),
    ),
    /** Dates of services that the viewer does not see. */
    otherDates: z.int(),
    /** Appointments outside any permanence, on a day that is closed to them. */
    alone: z.array(AppointmentAlone),
    /** Appointments left outside a date, on the dates that the viewer sees, and those outside any permanence. */
    people: z.int(),
  })
  .meta({ id: 'CalendarEffect' });
export type CalendarEffect = z.infer<typeof CalendarEffect>;
export const ClosureSaved = CalendarEffect.extend({
  id: Id.nullable().meta({ description: 'Null for a dry run of a new closure.' }),
}).meta({ id: 'ClosureSaved' });
export type ClosureSaved = z.infer<typeof ClosureSaved>;

const Territory = z.enum(TERRITORIES as [(typeof TERRITORIES)[number], ...typeof TERRITORIES]);
export const SchoolZone = z.enum(['A', 'B', 'C']);
const calendar = {
  territory: Territory.meta({ description: 'Whose public holidays count.' }),
  schoolZone: SchoolZone.nullable(),
  sites: z
    .array(z.object({ siteId: Id, territory: Territory.nullable() }))
    .max(100)
    .meta({ description: 'Sites whose public holidays differ; null: as the space.' }),
};
export const SpaceCalendarBody = z.object({ ...calendar, dryRun }).meta({ id: 'SpaceCalendarBody' });
export type SpaceCalendarBody = z.infer<typeof SpaceCalendarBody>;
const schoolHolidays = z.object({
  version: z.string(),
  verifiedUntil: PlainDate.nullable(),
  periods: z.array(z.object({ name: z.string(), from: PlainDate, to: PlainDate.nullable(), verified: z.boolean() })),
});
export const SpaceCalendar = z
  .object({
    ...calendar,
    schoolHolidays,
    /** When newer years were imported; null: those that Palier comes with. */
    schoolImported: LocalDateTime.nullable(),
  })
  .meta({ id: 'SpaceCalendar' });
export type SpaceCalendar = z.infer<typeof SpaceCalendar>;

export const SchoolImportQuery = z.object({ dryRun: z.stringbool().default(false) }).meta({ id: 'SchoolImportQuery' });
/** What newer school holidays do: what is known of the space's zone before and after, and which dates change. */
export const SchoolImported = CalendarEffect.extend({
  before: schoolHolidays,
  after: schoolHolidays,
  /** Dates that are no longer to be checked. */
  confirmed: z.int(),
}).meta({ id: 'SchoolImported' });
export type SchoolImported = z.infer<typeof SchoolImported>;
