import { contextOf, type Viewer } from '@app/accounts';
import type { PermanenceBody, ProposalLine, PublicationApproval, Published } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { AsShown } from './carry-out.query';
import { changes, type Said, saidOf } from './history';
import { namesFor } from './history.query';
import type { PlannedPermanence, PlannedRule } from './permanence';
import { readPermanences } from './permanence.query';
import { decide, type KeptProposal, readProposals } from './proposals.query';
import { type PublishRefusal, PublishPermanence, type StopRefusal } from './publish-permanence.service';
import { type ChangeRefusal, WritePermanence } from './write-permanence.service';

export type ApproveRefusal = PublishRefusal | StopRefusal | ChangeRefusal | 'already-settled';

/** What partners ask before it is published, and what the person in charge answers. */
@Injectable()
export class Proposals {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PublishPermanence) private readonly publishing: PublishPermanence,
    @Inject(WritePermanence) private readonly writing: WritePermanence,
  ) {}

  async required(viewer: Viewer): Promise<PublicationApproval> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const [space] = await tx.query<PublicationApproval>(
        'select approves_publication as required from space where id = $1',
        [tx.context.spaceId],
      );
      return { required: space?.required ?? false };
    });
  }

  /** What already waits keeps waiting when it is no longer required: it is still to be answered. */
  async require(viewer: Viewer, { required }: PublicationApproval): Promise<void> {
    await this.database.within(contextOf(viewer), async (tx) => {
      await tx.query('update space set approves_publication = $2 where id = $1', [tx.context.spaceId, required]);
      await tx.audit(required ? 'publication.approval' : 'publication.free', 'space', tx.context.spaceId);
      await tx.record({ kind: 'permanence.approval', subjectId: tx.context.spaceId });
    });
  }

  /** Those that wait, as far as the viewer may see them, the oldest first. */
  async waiting(viewer: Viewer): Promise<ProposalLine[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const proposals = await readProposals(tx);
      const lines: ProposalLine[] = [];
      for (const proposal of proposals) {
        const [permanence] = await readPermanences(tx, { id: proposal.permanenceId });
        if (permanence) lines.push(await this.line(tx, viewer, proposal, permanence));
      }
      return lines;
    });
  }

  private async line(
    tx: Transaction,
    { language, space }: Viewer,
    proposal: KeptProposal,
    permanence: PlannedPermanence,
  ): Promise<ProposalLine> {
    const { id, kind, permanenceId, askedBy, askedAt } = proposal;
    const { partnerId, title } = permanence;
    const changed = proposal.kind === 'change' ? proposal.asked.permanence : null;
    const details = changed
      ? changes(
          saidOf(permanence, permanence.rules),
          asSaid(changed),
          await namesFor(tx, [partnerId, ...changed.invitedPartnerIds]),
          language,
        )
      : [];
    return { id, kind, permanenceId, partnerId, title, askedBy, askedAt: toLocal(askedAt, space.zone), details };
  }

  /**
   * Does what was asked, in the name of whoever agrees: exactly what was shown (`seen`), or refuses with what it would do
   * now. A dry run only shows it.
   */
  async approve(viewer: Viewer, id: string, how: AsShown): Promise<Outcome<Published, ApproveRefusal>> {
    return this.database.command<Published, ApproveRefusal>(contextOf(viewer), async (tx) => {
      const [proposal] = await readProposals(tx, id);
      if (!proposal) return refuse('not-found');
      if (proposal.state !== 'waiting') return refuse('already-settled');
      const carried = await this.carry(tx, viewer, proposal, how);
      if (!carried.ok || how.dryRun) return carried;
      // Publishing answers it on its way.
      const answered = proposal.kind === 'publication' || (await decide(tx, proposal, 'approved'));
      return answered ? carried : refuse('already-settled');
    });
  }

  private async carry(
    tx: Transaction,
    viewer: Viewer,
    proposal: KeptProposal,
    how: AsShown,
  ): Promise<Outcome<Published, ApproveRefusal>> {
    const { permanenceId } = proposal;
    if (proposal.kind === 'publication') return this.publishing.publishIn(tx, viewer, permanenceId, how);
    if (proposal.kind === 'stop')
      return this.publishing.stopIn(tx, viewer, permanenceId, { ...proposal.asked, ...how });
    return this.writing.changeIn(tx, viewer, permanenceId, { ...proposal.asked, ...how });
  }

  async refuse(viewer: Viewer, id: string, reason: string): Promise<Outcome<null, 'not-found' | 'already-settled'>> {
    return this.answer(viewer, id, 'refused', reason);
  }

  /** Whoever asked thinks again. */
  async withdraw(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found' | 'already-settled'>> {
    return this.answer(viewer, id, 'withdrawn');
  }

  private async answer(
    viewer: Viewer,
    id: string,
    state: 'refused' | 'withdrawn',
    reason?: string,
  ): Promise<Outcome<null, 'not-found' | 'already-settled'>> {
    return this.database.command<null, 'not-found' | 'already-settled'>(contextOf(viewer), async (tx) => {
      const [proposal] = await readProposals(tx, id);
      if (!proposal) return refuse('not-found');
      return (await decide(tx, proposal, state, reason)) ? done(null) : refuse('already-settled');
    });
  }
}

/** A request as a permanence says it, before its rules are checked once more. */
function asSaid(body: PermanenceBody): Said {
  return saidOf(
    body,
    body.rules.map(
      ({ id = '', from, start, end, ...rule }) =>
        ({ ...rule, id, dtstart: from, startTime: start, endTime: end }) as PlannedRule,
    ),
  );
}
