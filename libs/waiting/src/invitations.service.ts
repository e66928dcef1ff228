import { contextOf, type Viewer } from '@app/accounts';
import { newShortLink } from '@app/booking';
import type { Invitation, InvitationBody, InvitationLink, InvitationSaved } from '@app/contract';
import { Database, done, isClaimTaken, type Once, type Outcome, refuse, systemContext } from '@app/persistence';
import { dateAt, type Instant, instantToIso, type LocalDateTime, type PlainDate, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { invitationsOf } from './invitation-list.query';
import { type ChooseRefusal, chooseSlot, type Invited, openInvitation } from './invited.query';
import { settleMessages } from './link-messages.query';
import { invitationWords } from './link-words';
import { LINKS_ADDRESS } from './links-address';
import { whoIsAsked } from './person.query';
import { type InviteRefusal, writeInvitation } from './write-invitation.query';

/** "Choose your slot": a person is invited to choose by herself, for a motif, during some days. */
@Injectable()
export class Invitations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LINKS_ADDRESS) private readonly address: string,
  ) {}

  /**
   * By SMS where she reads them; otherwise its link is printed or read out (`link`). One link a person and motif answers: an
   * earlier one that is still open is withdrawn.
   */
  async invite(
    viewer: Viewer,
    body: InvitationBody,
    once: Once | null,
  ): Promise<Outcome<InvitationSaved, InviteRefusal | 'key-reused'>> {
    return this.database.once<InvitationSaved, InviteRefusal>(contextOf(viewer), once, (tx) =>
      writeInvitation(tx, viewer, body),
    );
  }

  /** A person's, the latest first. */
  async of(viewer: Viewer, usagerId: string): Promise<Invitation[]> {
    const { zone } = viewer.space;
    return this.database.within(contextOf(viewer), (tx) => invitationsOf(tx, usagerId, zone));
  }

  /** A link of its own for paper or the phone, and the words around it: seen this once. */
  async link(viewer: Viewer, id: string): Promise<Outcome<InvitationLink, 'not-found' | 'invitation-over'>> {
    return this.database.command<InvitationLink, 'not-found' | 'invitation-over'>(contextOf(viewer), async (tx) => {
      const [row] = await tx.query<{
        usager_id: string;
        motif_id: string;
        partner_id: string;
        confidential: boolean;
        state: string;
        expires_at: Instant;
      }>(
        `select usager_id, motif_id, partner_id, confidential, state, expires_at from invitation where space_id = $1 and id = $2`,
        [viewer.space.id, id],
      );
      if (!row) return refuse('not-found');
      if (row.state !== 'open' || row.expires_at <= tx.now) return refuse('invitation-over');
      const { partner_id: partnerId, confidential, expires_at: expiresAt } = row;
      const token = await newShortLink(tx, { kind: 'invitation', subjectId: id, partnerId, confidential, expiresAt });
      const person = await whoIsAsked(tx, row.usager_id, row.motif_id);
      const link = `${this.address}/i/${token}`;
      const { zone } = viewer.space;
      const text = invitationWords({
        language: person?.language ?? 'fr',
        link,
        today: dateAt(tx.now, zone),
        service: person?.service ?? null,
        whose: person?.whose ?? null,
        phone: null,
        until: toLocal(expiresAt, zone),
      });
      await tx.audit('invitation.link', 'invitation', id);
      return done({ link, text });
    });
  }

  /** The link answers no more. Said twice changes nothing; what was booked stays. */
  async withdraw(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found'>> {
    return this.database.command<null, 'not-found'>(contextOf(viewer), async (tx) => {
      const [row] = await tx.query<{ partner_id: string; confidential: boolean }>(
        `update invitation set state = case when state = 'open' then 'withdrawn' else state end,
           settled_at = case when state = 'open' then $3::timestamptz else settled_at end
         where space_id = $1 and id = $2 returning partner_id, confidential`,
        [viewer.space.id, id, instantToIso(tx.now)],
      );
      if (!row) return refuse('not-found');
      await settleMessages(tx, id, false);
      const { partner_id: partnerId, confidential } = row;
      await tx.record({ kind: 'invitation.changed', subjectId: id, partnerId, confidential });
      return done(null);
    });
  }

  /** What its page shows, from a day on; it is noted that it was opened. Null when there is no such invitation. */
  async open(spaceId: string, id: string, from: PlainDate | null): Promise<Invited | null> {
    return this.database.within(systemContext(spaceId), (tx) => openInvitation(tx, id, from));
  }

  /** She chose. 'invitation-over': it ran out, was withdrawn, or she chose already. Others as for a booking. */
  async choose(
    spaceId: string,
    id: string,
    chosen: { occurrenceId: string; start: LocalDateTime; agentId: string | null },
  ): Promise<Outcome<{ id: string }, ChooseRefusal>> {
    return this.database
      .command<{ id: string }, ChooseRefusal>(systemContext(spaceId), (tx) => chooseSlot(tx, id, chosen))
      .catch((error): Outcome<{ id: string }, ChooseRefusal> => {
        if (isClaimTaken(error)) return refuse('slot-taken');
        throw error;
      });
  }
}
