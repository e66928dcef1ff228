import { z } from 'zod';
import { AppointmentAlone, Concerned } from './consequences';
import { Id, LocalDateTime, Note } from './common';

const hours = {
  start: LocalDateTime,
  end: LocalDateTime,
  label: Note(60).meta({ description: 'What kind, never why: "congés", "visite à domicile", "formation".' }),
};
/** true: say what it would touch, change nothing. */
const dryRun = z.boolean().default(false);
const isInOrder = ({ start, end }: { start: string; end: string }) => start < end;
const inOrder = { params: { why: 'wrong-moments' }, path: ['end'] };

export const AbsenceBody = z
  .object({ agentId: Id, ...hours, dryRun })
  .refine(isInOrder, inOrder)
  .meta({ id: 'AbsenceBody' });
export type AbsenceBody = z.infer<typeof AbsenceBody>;
export const AbsenceChange = z
  .object({ ...hours, dryRun })
  .refine(isInOrder, inOrder)
  .meta({ id: 'AbsenceChange' });
export type AbsenceChange = z.infer<typeof AbsenceChange>;
export const Absence = z
  .object({ id: Id, agentId: Id, partnerId: Id, ...hours, mayChange: z.boolean() })
  .meta({ id: 'Absence' });
export type Absence = z.infer<typeof Absence>;

/** What an absence touches: the dates on which the agent is expected, who is left, and who is booked. */
export const AbsenceEffect = z
  .object({
    dryRun: z.boolean(),
    dates: z.array(
      z.object({
        occurrenceId: Id,
        permanenceId: Id,
        partnerId: Id,
        title: z.string(),
        start: LocalDateTime,
        end: LocalDateTime,
        /** The other agents of that date who are there. */
        remaining: z.array(Id),
        /** Nobody is there: not at all, or not all along. */
        left: z.enum(['someone', 'nobody', 'nobody-for-a-while']),
        /** Those booked who can't be received as they were told. */
        people: z.array(Concerned),
      }),
    ),
    /** Appointments of the agent outside any permanence, that can't be kept. */
    alone: z.array(AppointmentAlone),
    /** Appointments that no longer hold, those the viewer may not see included. */
    people: z.int(),
    /** Offices that may be lent then. */
    offices: z.array(Id),
    /** Offices that others have borrowed and keep. */
    borrowed: z.int(),
  })
  .meta({ id: 'AbsenceEffect' });
export type AbsenceEffect = z.infer<typeof AbsenceEffect>;
export const AbsenceSaved = AbsenceEffect.extend({
  id: Id.nullable().meta({ description: 'Null for a dry run of a new absence.' }),
}).meta({ id: 'AbsenceSaved' });
export type AbsenceSaved = z.infer<typeof AbsenceSaved>;

/** Someone's office, lent though they are there. */
export const OfficeLoanBody = z
  .object({
    roomId: Id,
    start: LocalDateTime,
    end: LocalDateTime,
    toPartnerId: Id.nullable().default(null).meta({ description: 'Null: to whoever needs it.' }),
  })
  .refine(isInOrder, inOrder)
  .meta({ id: 'OfficeLoanBody' });
export type OfficeLoanBody = z.infer<typeof OfficeLoanBody>;
export const OfficeLoan = z
  .object({
    id: Id,
    roomId: Id,
    partnerId: Id,
    toPartnerId: Id.nullable(),
    start: LocalDateTime,
    end: LocalDateTime,
    mayChange: z.boolean(),
  })
  .meta({ id: 'OfficeLoan' });
export type OfficeLoan = z.infer<typeof OfficeLoan>;
