import { contextOf, type Viewer } from '@app/accounts';
import type { VisitChange, Visits } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { dayBounds, instantToIso, MINUTE, parseLocalDateTime, parsePlainDate, toInstant } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { mayPass } from './visit';
import { closedQueuesOn, type LockedVisit, lockVisit, visitsOn } from './visits.query';

/** A ticket made by mistake is taken back as if it had never been; later, the person has left or was answered. */
const TAKEN_BACK_WITHIN = 2 * MINUTE;

type FollowRefusal = 'not-found' | 'visit-changed' | 'not-yet' | 'before-arrival';

/** Those who wait, and what becomes of them: received, answered, gone — each time with its author. */
@Injectable()
export class FollowVisit {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The queue of one site on one local date. */
  async of(
    viewer: Viewer,
    siteId: string,
    date: string,
    state: 'open' | 'closed',
  ): Promise<Outcome<Visits, 'not-found'>> {
    const day = parsePlainDate(date);
    if (!day) return refuse('not-found');
    const { zone } = viewer.space;
    const bounds = dayBounds(day, zone);
    return this.database.within(contextOf(viewer), async (tx) => {
      const [site] = await tx.query('select id from site where space_id = $1 and id = $2', [
        tx.context.spaceId,
        siteId,
      ]);
      if (!site) return refuse('not-found');
      return done({
        visits: await visitsOn(tx, { siteId, day, state, zone }),
        closedQueues: await closedQueuesOn(tx, siteId, {
          start: instantToIso(bounds.start),
          end: instantToIso(bounds.end),
        }),
      });
    });
  }

  /** 'visit-changed': somebody else took care of her meanwhile. A visit ends with an outcome, the database insists. */
  async pass(viewer: Viewer, id: string, change: VisitChange): Promise<Outcome<null, FollowRefusal>> {
    return this.database.command<null, FollowRefusal>(contextOf(viewer), async (tx) => {
      const visit = await lockVisit(tx, id);
      if (!visit) return refuse('not-found');
      if (visit.state !== change.from || !mayPass(change.from, change.to)) return refuse('visit-changed');
      const told = change.at ? parseLocalDateTime(change.at) : null;
      const at = told ? toInstant(told, viewer.space.zone) : tx.now;
      if (at > tx.now) return refuse('not-yet');
      if (at < (visit.received_at ?? visit.arrived_at)) return refuse('before-arrival');
      const isClosed = change.to === 'done' || change.to === 'left';
      await tx.query(
        `update visit set state = $3, outcome = $4, changed_by = $5,
           closed_at = case when $6 then $7::timestamptz end,
           received_at = case $3 when 'received' then coalesce(received_at, $7) when 'waiting' then null else received_at end
         where space_id = $1 and id = $2`,
        [
          tx.context.spaceId,
          id,
          change.to,
          change.to === 'left' ? 'left' : change.outcome,
          tx.context.accountId,
          isClosed,
          instantToIso(at),
        ],
      );
      await happened(tx, visit, id, `visit.${change.to}`);
      return done(null);
    });
  }

  /** A ticket given by mistake, taken back at once. */
  async takeBack(viewer: Viewer, id: string): Promise<Outcome<null, FollowRefusal>> {
    return this.database.command<null, FollowRefusal>(contextOf(viewer), async (tx) => {
      const visit = await lockVisit(tx, id);
      if (!visit) return refuse('not-found');
      if (visit.state !== 'waiting' || tx.now - visit.created_at > TAKEN_BACK_WITHIN) return refuse('visit-changed');
      await tx.query('delete from visit where space_id = $1 and id = $2', [tx.context.spaceId, id]);
      await happened(tx, visit, id, 'visit.taken-back');
      return done(null);
    });
  }

  /** Dernière entrée: nobody more joins the queue of this date, unless the desk takes it back. */
  async endQueue(viewer: Viewer, occurrenceId: string, isOver: boolean): Promise<Outcome<null, 'not-found'>> {
    return this.database.command<null, 'not-found'>(contextOf(viewer), async (tx) => {
      const [date] = await tx.query<{ partner_id: string; confidential: boolean; site_id: string; day: string }>(
        `select partner_id, confidential, site_id, (starts_at at time zone $3)::date as day from occurrence
         where space_id = $1 and id = $2 and mode = 'walk-in' and state = 'held' and sees(partner_id, confidential)`,
        [tx.context.spaceId, occurrenceId, viewer.space.zone],
      );
      if (!date) return refuse('not-found');
      if (isOver) {
        await tx.query(
          `insert into queue_end (space_id, occurrence_id, partner_id, confidential, ended_at, ended_by)
           values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
          [
            tx.context.spaceId,
            occurrenceId,
            date.partner_id,
            date.confidential,
            instantToIso(tx.now),
            tx.context.accountId,
          ],
        );
      } else {
        await tx.query('delete from queue_end where space_id = $1 and occurrence_id = $2', [
          tx.context.spaceId,
          occurrenceId,
        ]);
      }
      await tx.record({
        kind: isOver ? 'visit.last-entry' : 'visit.queue-reopened',
        subjectId: occurrenceId,
        partnerId: date.partner_id,
        confidential: date.confidential,
        siteId: date.site_id,
        day: date.day,
      });
      return done(null);
    });
  }
}

async function happened(tx: Transaction, visit: LockedVisit, id: string, kind: string): Promise<void> {
  await tx.record({
    kind,
    subjectId: id,
    partnerId: visit.partner_id,
    confidential: visit.confidential,
    siteId: visit.site_id,
    day: visit.day,
  });
}
