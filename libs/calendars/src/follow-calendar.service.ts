import type { CalendarImport, CalendarLine } from '@app/contract';
import { type Context, Database, done, type Outcome, refuse, systemContext, type Transaction } from '@app/persistence';
import { type CalendarContent, readCalendar } from '@app/recurrence';
import { dateAt, instantToIso, type Language } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { saysTheSame } from './calendar-change';
import { asImport, asRead, keptOf } from './calendar-lines';
import { type FetchFailure, sayFailure } from './calendar-words';
import { FetchCalendar } from './fetch-calendar.service';
import { readPlaces } from './import-calendar.query';
import { noteFailure, noteRead, readSubscription, type SubscriptionRow } from './subscriptions.query';

export interface DueSubscription {
  spaceId: string;
  id: string;
}

/** Reads the calendars that are followed: when someone looks, and every hour. What changed waits to be looked at. */
@Injectable()
export class FollowCalendar {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FetchCalendar) private readonly fetching: FetchCalendar,
  ) {}

  /** Those to be read again now, in any space. */
  async due(most: number): Promise<DueSubscription[]> {
    const rows = await this.database.outside<{ space_id: string; id: string }>(
      'select space_id, id from due_calendar_subscriptions($1, $2)',
      [instantToIso(this.database.now()), most],
    );
    return rows.map(({ space_id, id }) => ({ spaceId: space_id, id }));
  }

  /** Safe to run again: one that was read meanwhile is no longer due. */
  async refresh({ spaceId, id }: DueSubscription): Promise<void> {
    const context = systemContext(spaceId);
    const row = await this.database.within(context, (tx) => readSubscription(tx, id));
    if (!row || row.nextTry > this.database.now()) return;
    const fetched = await this.fetching.fetch(row.address, row);
    if (fetched.ok && fetched.file === null) {
      await this.keep(context, row, (tx) => noteRead(tx, id, null));
      return;
    }
    const content = fetched.ok && fetched.file ? this.contentOf(fetched.file, row) : fetched;
    await this.keep(context, row, async (tx, now) => {
      if (!content.ok) return noteFailure(tx, now, content.why as FetchFailure);
      const { etag, modified } = fetched as { etag: string | null; modified: string | null };
      await noteRead(tx, id, { latest: await this.linesTaken(tx, content, now), etag, modified });
    });
  }

  /** Reads it now, all its titles included, for whoever follows it: nothing but its lines of before is kept. */
  async look(
    context: Context,
    id: string,
    language: Language,
  ): Promise<Outcome<CalendarImport, 'not-found' | 'calendar-not-read'>> {
    const row = await this.database.within(context, (tx) => readSubscription(tx, id));
    if (!row) return refuse('not-found');
    const fetched = await this.fetching.fetch(row.address, { etag: null, modified: null });
    const content = fetched.ok && fetched.file ? this.contentOf(fetched.file, row) : fetched;
    if (!content.ok || !('lines' in content)) {
      const why = content.ok ? 'unreachable' : (content.why as FetchFailure);
      await this.keep(context, row, (tx, now) => noteFailure(tx, now, why));
      return refuse('calendar-not-read', { detail: sayFailure(why, language) });
    }
    return this.database.within(context, async (tx) => {
      const now = await readSubscription(tx, id, true);
      if (!now) return refuse('not-found');
      const { etag, modified } = fetched as { etag: string | null; modified: string | null };
      await noteRead(tx, id, { latest: await this.linesTaken(tx, content, now), etag, modified });
      return done(asImport(content, await readPlaces(tx), language));
    });
  }

  private contentOf(file: Uint8Array, { zone }: SubscriptionRow) {
    return readCalendar(file, { today: dateAt(this.database.now(), zone), zone });
  }

  /** Of the titles that were taken over, and of them only the days, hours and places. */
  private async linesTaken(
    tx: Transaction,
    { lines }: CalendarContent,
    { titles }: SubscriptionRow,
  ): Promise<CalendarLine[]> {
    const places = await readPlaces(tx);
    return lines.filter(({ title }) => titles.includes(title)).map((line) => keptOf(asRead(line, places, 'fr')));
  }

  /** Notes what came of a try, and tells the screens when that is news. */
  private async keep(
    context: Context,
    { id }: SubscriptionRow,
    note: (tx: Transaction, now: SubscriptionRow) => Promise<void>,
  ): Promise<void> {
    await this.database.within(context, async (tx) => {
      const before = await readSubscription(tx, id, true);
      if (!before) return;
      await note(tx, before);
      const after = await readSubscription(tx, id);
      if (!after) return;
      const today = dateAt(tx.now, before.zone);
      const isNews =
        before.failure !== after.failure ||
        saysTheSame(before.taken, before.latest, today) !== saysTheSame(after.taken, after.latest, today);
      if (!isNews) return;
      const { partnerId, confidential } = after;
      await tx.record({ kind: 'calendar-subscription.changed', subjectId: id, partnerId, confidential });
    });
  }
}
