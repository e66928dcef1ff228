import { contextOf, type Viewer } from '@app/accounts';
import type { CalendarChange, CalendarImport, Subscription, SubscriptionBody, TakenBody } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { dateAt, instantToIso, type PlainTime, sayTimeRange, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { calendarAddress, hostOf } from './calendar-address';
import { changesOf, saysTheSame, type StandingRule } from './calendar-change';
import { keptOf, sayDays } from './calendar-lines';
import { sayFailure } from './calendar-words';
import { FollowCalendar } from './follow-calendar.service';
import { refusalToImport, standingRules } from './import-calendar.query';
import { readSubscription, readSubscriptions, type SubscriptionRow } from './subscriptions.query';

export type SubscriptionRefusal = 'not-found' | 'not-yours';

/** Calendars that partners keep elsewhere, followed from here. */
@Injectable()
export class Subscriptions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FollowCalendar) private readonly following: FollowCalendar,
  ) {}

  /** Those of the partners whose permanences the viewer writes, the newest first. */
  async list(viewer: Viewer): Promise<Subscription[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const rows = await readSubscriptions(tx);
      return rows.map((row) => asTold(tx, row, viewer));
    });
  }

  async create(
    viewer: Viewer,
    { partnerId, address }: SubscriptionBody,
    once: Once | null,
  ): Promise<Outcome<{ id: string }, SubscriptionRefusal | 'not-an-address' | 'key-reused'>> {
    return this.database.once<{ id: string }, SubscriptionRefusal | 'not-an-address'>(
      contextOf(viewer),
      once,
      async (tx) => {
        const refusal = await refusalToImport(tx, partnerId, viewer.language);
        if (refusal) return refusal;
        const url = calendarAddress(address);
        if (!url) return refuse('not-an-address');
        const [made] = await tx.query<{ id: string }>(
          `insert into calendar_subscription (space_id, partner_id, address, created_at, next_try)
           values ($1, $2, $3, $4, $4) returning id`,
          [tx.context.spaceId, partnerId, url.href, instantToIso(tx.now)],
        );
        if (!made) throw new Error('A subscription just written gave no id.');
        await tx.audit('calendar-subscription.created', 'calendar-subscription', made.id);
        return done(made);
      },
    );
  }

  /** What it says now. */
  async look(viewer: Viewer, id: string): Promise<Outcome<CalendarImport, SubscriptionRefusal | 'calendar-not-read'>> {
    const mine = await this.database.within(contextOf(viewer), (tx) => mineOf(tx, viewer, id));
    return mine.ok ? this.following.look(contextOf(viewer), id, viewer.language) : mine;
  }

  /** What it became: from now on, what changes of these titles is proposed for that permanence. */
  async take(viewer: Viewer, id: string, taken: TakenBody): Promise<Outcome<null, SubscriptionRefusal>> {
    return this.changing(viewer, id, async (tx, { partnerId }) => {
      const [permanence] = await tx.query(
        'select from permanence where space_id = $1 and id = $2 and partner_id = $3',
        [tx.context.spaceId, taken.permanenceId, partnerId],
      );
      if (!permanence) return refuse('not-found');
      const lines = JSON.stringify(taken.lines.map(keptOf));
      // Read again at once: it may have changed while it was being looked at.
      await tx.query(
        `update calendar_subscription set permanence_id = $3, titles = $4, taken = $5, latest = $5, etag = null, modified = null, next_try = $6
         where space_id = $1 and id = $2`,
        [tx.context.spaceId, id, taken.permanenceId, [...new Set(taken.titles)], lines, instantToIso(tx.now)],
      );
      return done(null);
    });
  }

  /** What it would change of its permanence. */
  async change(viewer: Viewer, id: string): Promise<Outcome<CalendarChange, SubscriptionRefusal>> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const mine = await mineOf(tx, viewer, id);
      if (!mine.ok) return mine;
      const { permanenceId, taken, latest, titles, zone } = mine.value;
      if (!permanenceId) return done({ permanenceId, gone: [], come: [], latest, titles });
      const { language } = viewer;
      const { gone, come } = changesOf(taken, latest, await standingRules(tx, permanenceId), dateAt(tx.now, zone));
      return done({
        permanenceId,
        gone: gone.map((rule) => ({ ruleId: rule.id, words: sayStanding(rule, language) })),
        come: come.map((line) => ({ ...line, title: '', location: '', said: sayDays(line, language) })),
        latest,
        titles,
      });
    });
  }

  /** The permanence stays as it is; only what changes from now on is proposed. */
  async keep(viewer: Viewer, id: string): Promise<Outcome<null, SubscriptionRefusal>> {
    return this.changing(viewer, id, async (tx) => {
      await tx.query('update calendar_subscription set taken = latest where space_id = $1 and id = $2', [
        tx.context.spaceId,
        id,
      ]);
      return done(null);
    });
  }

  async remove(viewer: Viewer, id: string): Promise<Outcome<null, SubscriptionRefusal>> {
    return this.changing(viewer, id, async (tx) => {
      await tx.query('delete from calendar_subscription where space_id = $1 and id = $2', [tx.context.spaceId, id]);
      await tx.audit('calendar-subscription.removed', 'calendar-subscription', id);
      return done(null);
    });
  }

  private changing(
    viewer: Viewer,
    id: string,
    work: (tx: Transaction, row: SubscriptionRow) => Promise<Outcome<null, SubscriptionRefusal>>,
  ): Promise<Outcome<null, SubscriptionRefusal>> {
    return this.database.command<null, SubscriptionRefusal>(contextOf(viewer), async (tx) => {
      const mine = await mineOf(tx, viewer, id, true);
      if (!mine.ok) return mine;
      const { partnerId, confidential } = mine.value;
      const outcome = await work(tx, mine.value);
      if (outcome.ok) {
        await tx.record({ kind: 'calendar-subscription.changed', subjectId: id, partnerId, confidential });
      }
      return outcome;
    });
  }
}

async function mineOf(
  tx: Transaction,
  viewer: Viewer,
  id: string,
  lock = false,
): Promise<Outcome<SubscriptionRow, SubscriptionRefusal>> {
  const row = await readSubscription(tx, id, lock);
  if (!row) return refuse('not-found');
  return (await refusalToImport(tx, row.partnerId, viewer.language)) ?? done(row);
}

function asTold(tx: Transaction, row: SubscriptionRow, { language }: Viewer): Subscription {
  const { id, partnerId, address, permanenceId, readAt, failure, failingSince, nextTry, zone } = row;
  return {
    id,
    partnerId,
    host: hostOf(new URL(address)),
    permanenceId,
    readAt: readAt && toLocal(readAt, zone),
    failure: failure &&
      failingSince && {
        text: sayFailure(failure, language),
        since: toLocal(failingSince, zone),
        nextTry: toLocal(nextTry, zone),
      },
    changed: permanenceId !== null && !saysTheSame(row.taken, row.latest, dateAt(tx.now, zone)),
  };
}

function sayStanding(rule: StandingRule, language: Viewer['language']): string {
  const hours = sayTimeRange(rule.startTime as PlainTime, rule.endTime as PlainTime, language);
  return `${sayDays({ rrule: rule.rrule, from: rule.dtstart }, language)}, ${hours}`;
}
