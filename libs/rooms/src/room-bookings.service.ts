import { contextOf, type Viewer } from '@app/accounts';
import type { RoomBooking } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { dateAt, type Instant, instantToIso } from '@app/time';
import { Injectable } from '@nestjs/common';
import { heldResources, lockResources, release } from './claims.query';
import { heedAbsences } from './offices.query';
import { readRoomBooking } from './room-bookings.query';

@Injectable()
export class RoomBookings {
  constructor(private readonly database: Database) {}

  /** A booking the viewer may see, or null. */
  read(viewer: Viewer, id: string): Promise<RoomBooking | null> {
    return this.database.within(contextOf(viewer), (tx) => readRoomBooking(tx, id, viewer.space.zone));
  }

  /** Frees the room, the desk and the agents. Cancelling twice is cancelling once; what is over stays as it was. */
  cancel(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found' | 'past'>> {
    return this.database.command(contextOf(viewer), async (tx) => {
      const [booking] = await tx.query<{
        partner_id: string | null;
        confidential: boolean;
        site_id: string;
        starts_at: Instant;
        ends_at: Instant;
        cancelled: boolean;
      }>(
        `select partner_id, confidential, site_id, starts_at, ends_at, cancelled_at is not null as cancelled
         from room_booking where space_id = $1 and id = $2 for update`,
        [tx.context.spaceId, id],
      );
      if (!booking) return refuse('not-found');
      if (booking.cancelled) return done(null);
      if (booking.ends_at <= tx.now) return refuse('past');
      await lockResources(tx, await heldResources(tx, [id]));
      await release(tx, [id]);
      // A borrowed office given back is no longer anything to settle.
      await heedAbsences(tx);
      await tx.query('update room_booking set cancelled_at = $3 where space_id = $1 and id = $2', [
        tx.context.spaceId,
        id,
        instantToIso(tx.now),
      ]);
      await tx.record({
        kind: 'room-booking.cancelled',
        subjectId: id,
        partnerId: booking.partner_id,
        confidential: booking.confidential,
        siteId: booking.site_id,
        day: dateAt(booking.starts_at, viewer.space.zone),
      });
      return done(null);
    });
  }
}
