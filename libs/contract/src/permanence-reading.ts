import { z } from 'zod';
import { Id, PlainDate, PlainTime, written } from './common';
import { Mode, PermanenceBody, RuleBody } from './permanences';

/** A permanence as its partner prints it, to be read. */
export const WordsBody = z
  .object({
    words: written(z.string().min(1).max(3000)).meta({ description: 'As in the bulletin, in French.' }),
    partnerId: Id.optional(),
    /** No date before this day; today when it is not said. */
    from: PlainDate.optional(),
    /** Which site is meant by a name that is not one of the space's (""; where no site is named). */
    sites: z
      .array(z.object({ name: z.string().max(200), siteId: Id }))
      .max(10)
      .default([]),
  })
  .meta({ id: 'WordsBody' });
export type WordsBody = z.infer<typeof WordsBody>;

const At = z.array(z.int()).length(2).meta({ description: '[from, to) in the words, counted as JavaScript does.' });
const Remark = z.object({ text: z.string(), at: At });

/** A rule as far as the words say it: what is null is asked for. */
export const RuleRead = z
  .object({
    said: z.string().nullable().meta({ description: 'Its days, as a bulletin would print them.' }),
    rrule: z.string().nullable(),
    parity: z.enum(['even', 'odd']).nullable(),
    from: PlainDate.nullable(),
    /** The dates of which one must be the first, when it repeats every n weeks and nothing says from when. */
    anchors: z.array(PlainDate),
    start: PlainTime.nullable(),
    end: PlainTime.nullable(),
    mode: Mode.nullable(),
    site: z.string().nullable().meta({ description: 'The site as it is written.' }),
    siteId: Id.nullable(),
    roomId: Id.nullable(),
    roomWhy: z.enum(['resident', 'last-used', 'free']).nullable(),
    exclusions: z.array(z.string()),
    excluded: RuleBody.shape.excluded.unwrap(),
    onHoliday: RuleBody.shape.onHoliday.unwrap(),
    schoolHolidays: RuleBody.shape.schoolHolidays.unwrap(),
  })
  .meta({ id: 'RuleRead' });
export type RuleRead = z.infer<typeof RuleRead>;

export const PermanenceReading = z
  .object({
    verdict: z.enum(['exact', 'question', 'refused']),
    questions: z.array(Remark.extend({ about: z.enum(['times', 'anchor', 'days', 'mode', 'site', 'other']) })),
    warnings: z.array(Remark),
    rules: z.array(RuleRead),
    onHoliday: PermanenceBody.shape.onHoliday.unwrap().nullable().meta({ description: 'null: the words do not say.' }),
    schoolHolidays: PermanenceBody.shape.schoolHolidays.unwrap(),
  })
  .meta({ id: 'PermanenceReading' });
export type PermanenceReading = z.infer<typeof PermanenceReading>;
