import { contextOf, PUBLIC_URL, type Viewer } from '@app/accounts';
import { newShortLink } from '@app/booking';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { addMinutes } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

const LINK_MINUTES = 400 * 24 * 60;

/** What a person may take home, or find in her messages: the address of her own appointment. */
@Injectable()
export class AppointmentLinks {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  /** A new address for an appointment the viewer may see; it is shown this once. */
  async linkFor(viewer: Viewer, appointmentId: string): Promise<Outcome<{ url: string }, 'not-found'>> {
    return this.database.command<{ url: string }, 'not-found'>(contextOf(viewer), async (tx) => {
      const [row] = await tx.query<{ partnerId: string; confidential: boolean }>(
        'select partner_id as "partnerId", confidential from appointment where space_id = $1 and id = $2',
        [tx.context.spaceId, appointmentId],
      );
      if (!row) return refuse('not-found');
      const token = await newShortLink(tx, {
        kind: 'appointment',
        subjectId: appointmentId,
        ...row,
        expiresAt: addMinutes(tx.now, LINK_MINUTES),
      });
      await tx.audit('appointment.link', 'appointment', appointmentId);
      return done({ url: `${this.publicUrl}/r/${token}` });
    });
  }

  /** Whether messages carry such an address; without it they are plain words. */
  async inMessages(viewer: Viewer): Promise<{ allowed: boolean }> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const [row] = await tx.query<{ allowed: boolean }>(
        'select links_in_messages as allowed from space where id = $1',
        [tx.context.spaceId],
      );
      return { allowed: row?.allowed ?? false };
    });
  }

  async allowInMessages(viewer: Viewer, allowed: boolean): Promise<{ allowed: boolean }> {
    return this.database.within(contextOf(viewer), async (tx) => {
      await tx.query('update space set links_in_messages = $2 where id = $1', [tx.context.spaceId, allowed]);
      await tx.audit('messages.links', 'space', tx.context.spaceId);
      return { allowed };
    });
  }
}
