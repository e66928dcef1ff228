import { hashOf } from '@app/accounts';
import { type Context, Database, publicContext, type Transaction } from '@app/persistence';
import { writeCalendar } from '@app/recurrence';
import { addMinutes, type Instant, type Interval, type Language, MINUTES_PER_DAY } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { appointmentEvent, bookingEvent, busyEvents, permanenceEvent, type Reader, repeatingEvents } from './events';
import {
  contentOfAgent,
  contentOfPartner,
  contentOfRoom,
  contentOfSpace,
  type FeedContent,
  rhythmsOf,
  withAbsences,
} from './feed.query';

/** Cancelled dates stay told this long after the day they were to take place. */
const DAYS_BACK = 31;
/** Permanences are laid out eighteen months ahead; this is beyond. */
const DAYS_AHEAD = 600;
const REFRESH_MINUTES = 60;
const SECRET = /^[\w-]{43}$/;

interface Feed {
  space_id: string;
  space_name: string;
  zone: string;
  kind: 'space' | 'partner' | 'room' | 'agent';
  partner_id: string | null;
  room_id: string | null;
  agent_id: string | null;
  name: string;
  since: Instant;
}

export interface CalendarAsked {
  language: Language;
  /** Repeating events where every reader understands them alike; otherwise one event for each date. */
  repeating: boolean;
}

/** A calendar, as programs read it by its link. */
@Injectable()
export class ReadCalendar {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The iCalendar text behind a secret; null when no link has it, or no longer. */
  async read(secret: string, { language, repeating }: CalendarAsked): Promise<string | null> {
    if (!SECRET.test(secret)) return null;
    const [feed] = await this.database.outside<Feed>('select * from calendar_feed_by_secret($1)', [hashOf(secret)]);
    if (!feed) return null;
    const reader: Reader = { language, zone: feed.zone, isPublic: feed.kind === 'space' };
    const { content, rhythms } = await this.database.within(sightOf(feed), async (tx) => {
      const found = await contentOf(tx, feed);
      const content = { ...found, days: await withAbsences(tx, found.days) };
      return { content, rhythms: repeating ? await rhythmsOf(tx, content.days) : null };
    });
    const { days, withdrawn, appointments, bookings, busy } = content;
    return writeCalendar({
      name: feed.kind === 'space' ? feed.space_name : `${feed.name} · ${feed.space_name}`,
      zone: feed.zone,
      refreshMinutes: REFRESH_MINUTES,
      events: [
        ...(rhythms ? repeatingEvents(days, rhythms, reader) : days.map((day) => permanenceEvent(day, reader))),
        ...withdrawn.map((day) => permanenceEvent(day, reader)),
        ...appointments.map((appointment) => appointmentEvent(appointment, reader)),
        ...bookings.map((booking) => bookingEvent(booking, reader)),
        ...busyEvents(feed.room_id ?? feed.agent_id ?? feed.space_id, busy, feed.since, language),
      ],
    });
  }
}

/** A feed sees what whoever may read it sees: the public, or one partner's people. */
function sightOf(feed: Feed): Context {
  if (feed.partner_id === null) return publicContext(feed.space_id);
  return { spaceId: feed.space_id, sight: 'partner', partnerId: feed.partner_id, accountId: null };
}

function contentOf(tx: Transaction, feed: Feed): Promise<FeedContent> {
  const window: Interval = {
    start: addMinutes(tx.now, -DAYS_BACK * MINUTES_PER_DAY),
    end: addMinutes(tx.now, DAYS_AHEAD * MINUTES_PER_DAY),
  };
  if (feed.agent_id) return contentOfAgent(tx, feed.agent_id, window);
  if (feed.partner_id) return contentOfPartner(tx, feed.partner_id, window);
  if (feed.room_id) return contentOfRoom(tx, feed.room_id, window);
  return contentOfSpace(tx, window);
}
