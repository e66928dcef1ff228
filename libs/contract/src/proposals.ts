import { z } from 'zod';
import { Id, LocalDateTime, Text } from './common';

export const ProposalKind = z.enum(['publication', 'change', 'stop']);
const asking = {
  id: Id,
  kind: ProposalKind,
  askedBy: z.string().meta({ description: 'The name of the account.' }),
  askedAt: LocalDateTime,
};

/** What a partner's editor asked for and the person in charge has not answered. */
export const ProposalLine = z
  .object({
    ...asking,
    permanenceId: Id,
    partnerId: Id,
    title: z.string(),
    /** What a change would change, in the reader's words. */
    details: z.array(z.string()),
  })
  .meta({ id: 'ProposalLine' });
export type ProposalLine = z.infer<typeof ProposalLine>;

/** The last request about a permanence, while it waits or when it was refused; for whoever may write the permanence. */
export const Proposal = z
  .object({
    ...asking,
    state: z.enum(['waiting', 'refused']),
    decidedBy: z.string().nullable(),
    reason: z.string(),
  })
  .meta({ id: 'Proposal' });
export type Proposal = z.infer<typeof Proposal>;

export const ProposalRefusal = z.object({ reason: Text(300) }).meta({ id: 'ProposalRefusal' });
export type ProposalRefusal = z.infer<typeof ProposalRefusal>;

/** Whether partners' publications wait for the person in charge. */
export const PublicationApproval = z.object({ required: z.boolean() }).meta({ id: 'PublicationApproval' });
export type PublicationApproval = z.infer<typeof PublicationApproval>;
