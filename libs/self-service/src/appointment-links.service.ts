import { contextOf, PUBLIC_URL, type Viewer } from '@app/accounts';
import { newAppointmentLink } from '@app/booking';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { Inject, Injectable } from '@nestjs/common';

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
      const token = await newAppointmentLink(tx, appointmentId);
      if (!token) return refuse('not-found');
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
