import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { GivenSeat, SeatToGive } from '@app/contract';
import { Database, done, isClaimTaken, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { claim } from '@app/rooms';
import { dateAt, type Instant, instantToIso, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { decide, type SlotRefusal } from './bookable';
import { openSlot } from './open-slot.query';

/** Places of a date that a partner gave by its own means: held as an appointment would be, and nobody is told anything. */
@Injectable()
export class GivenSeats {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Takes a slot for someone whom Palier does not know: everything an appointment would hold, or nothing. */
  async give(
    viewer: Viewer,
    occurrenceId: string,
    { motifId, start: wanted, agentId }: SeatToGive,
    once: Once | null,
  ): Promise<Outcome<{ id: string }, SlotRefusal | 'not-found' | 'key-reused'>> {
    const local = parseLocalDateTime(wanted);
    if (!local) return refuse('occurrence-changed');
    const start = toInstant(local, viewer.space.zone);
    try {
      return await this.database.once<{ id: string }, SlotRefusal | 'not-found'>(
        contextOf(viewer),
        once,
        async (tx) => {
          const slot = await openSlot(tx, { occurrenceId, motifId, start, agentId });
          if (!slot) return refuse('not-found');
          const decision = decide(slot, { zone: viewer.space.zone, start, agentId }, tx.now);
          if (!decision.ok) return decision;
          const { counters, during, takes } = decision;
          const id = randomUUID();
          const { partnerId, confidential, siteId } = slot;
          await tx.query(
            `insert into seat_given (space_id, id, occurrence_id, agent_id, seat, starts_at, ends_at, given_at, given_by, second_agent_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
            [
              tx.context.spaceId,
              id,
              occurrenceId,
              counters[0].agentId,
              counters[0].seat,
              instantToIso(during.start),
              instantToIso(during.end),
              instantToIso(tx.now),
              tx.context.accountId,
              counters[1]?.agentId ?? null,
            ],
          );
          const claimed = counters.map(({ resourceId }) => ({ resourceId, during: takes }));
          await claim(tx, { kind: 'seat-given', id, partnerId, confidential }, claimed);
          const day = dateAt(during.start, viewer.space.zone);
          await tx.record({
            kind: 'occurrence.seat-given',
            subjectId: occurrenceId,
            partnerId,
            confidential,
            siteId,
            day,
          });
          return done({ id });
        },
      );
    } catch (error) {
      if (isClaimTaken(error)) return refuse('slot-taken');
      throw error;
    }
  }

  /** The place is free again. */
  async takeBack(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found'>> {
    return this.database.command<null, 'not-found'>(contextOf(viewer), async (tx) => {
      const [freed] = await tx.query<{
        occurrenceId: string;
        partnerId: string;
        confidential: boolean;
        siteId: string;
        startsAt: Instant;
      }>(
        `delete from seat_given g using occurrence o
         where g.space_id = $1 and g.id = $2 and o.space_id = g.space_id and o.id = g.occurrence_id
         returning o.id as "occurrenceId", o.partner_id as "partnerId", o.confidential, o.site_id as "siteId", o.starts_at as "startsAt"`,
        [tx.context.spaceId, id],
      );
      if (!freed) return refuse('not-found');
      const { occurrenceId, startsAt, ...about } = freed;
      const day = dateAt(startsAt, viewer.space.zone);
      await tx.record({ kind: 'occurrence.seat-freed', subjectId: occurrenceId, ...about, day });
      return done(null);
    });
  }
}

/** The places of a date that were given elsewhere, in order. */
export async function seatsGivenOf(tx: Transaction, occurrenceId: string, zone: string): Promise<GivenSeat[]> {
  const rows = await tx.prepared<{
    id: string;
    agent_id: string | null;
    seat: number | null;
    starts_at: Instant;
    ends_at: Instant;
  }>(
    'booking.seats-given',
    `select id, agent_id, seat, starts_at, ends_at from seat_given
     where space_id = $1 and occurrence_id = $2 order by starts_at, seat, given_at, id`,
    [tx.context.spaceId, occurrenceId],
  );
  return rows.map((row) => ({
    id: row.id,
    start: toLocal(row.starts_at, zone),
    end: toLocal(row.ends_at, zone),
    agentId: row.agent_id,
    seat: row.seat,
  }));
}
