import { FindSlots, FollowAppointment, MoveAppointment, type OpenedLink } from '@app/booking';
import { type Slot, SlotsQuery } from '@app/contract';
import { Database, done, type Outcome, refuse, systemContext } from '@app/persistence';
import { DAY, type Instant, type Language, type LocalDateTime, type PlainDate, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import {
  datesAhead,
  isOfSeries,
  type OwnAppointmentRow,
  type OwnDateRow,
  ownAppointment,
} from './own-appointment.query';
import { daysOf, type OfferedDay, SLOTS_A_DAY, SLOTS_A_PAGE } from './online-slots';
import { holderOf, visitorOf } from './visitor';

/** Her own appointment, as its link shows it. */
export interface OwnAppointment extends Omit<OwnAppointmentRow, 'start' | 'end'> {
  start: LocalDateTime;
  end: LocalDateTime;
  startsAt: Instant;
  /** It is still to come, and neither said to have begun nor cancelled. */
  mayChange: boolean;
  /** The other dates of its series that are still to come. */
  others: OwnDate[];
}

export interface OwnDate extends Omit<OwnDateRow, 'start'> {
  start: LocalDateTime;
}

export type ChangeRefusal = 'changed' | 'over' | 'slot-gone';

/** What the holder of a link does with an appointment: reads, confirms, moves or cancels it. */
@Injectable()
export class OwnAppointments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FindSlots) private readonly slots: FindSlots,
    @Inject(MoveAppointment) private readonly moving: MoveAppointment,
    @Inject(FollowAppointment) private readonly following: FollowAppointment,
  ) {}

  /**
   * Until the day after it, then the next of its series while there is one; null from then on, as for a link that opens
   * nothing. The link of one date of a series opens the others as well: `dateId`.
   */
  async read({ space, subjectId }: OpenedLink, dateId = subjectId): Promise<OwnAppointment | null> {
    return this.database.within(systemContext(space.id), async (tx) => {
      if (dateId !== subjectId && !(await isOfSeries(tx, subjectId, dateId))) return null;
      const ahead = await datesAhead(tx, subjectId);
      const asked = await ownAppointment(tx, dateId);
      const isPast = asked !== null && asked.end + DAY <= tx.now;
      const next = isPast && dateId === subjectId ? ahead[0] : undefined;
      const row = next ? await ownAppointment(tx, next.id) : isPast ? null : asked;
      if (!row) return null;
      const isToCome = row.start > tx.now && (row.state === 'planned' || row.state === 'confirmed');
      return {
        ...row,
        start: toLocal(row.start, space.zone),
        end: toLocal(row.end, space.zone),
        startsAt: row.start,
        mayChange: isToCome,
        others: ahead.flatMap((one) => (one.id === row.id ? [] : [{ ...one, start: toLocal(one.start, space.zone) }])),
      };
    });
  }

  /** She says that she comes. */
  async confirm(link: OpenedLink, language: Language): Promise<Outcome<null, ChangeRefusal>> {
    const own = await this.read(link);
    if (!own?.mayChange) return refuse('over');
    if (own.state === 'confirmed') return done(null);
    const holder = holderOf(link.space, language, own.partnerId);
    const said = await this.following.say(holder, own.id, { state: 'confirmed', version: own.version });
    return said.ok ? said : refuse('changed');
  }

  /** `version` is that of what she was shown. */
  async cancel(link: OpenedLink, language: Language, version: number): Promise<Outcome<null, ChangeRefusal>> {
    const own = await this.read(link);
    if (!own?.mayChange) return refuse('over');
    const holder = holderOf(link.space, language, own.partnerId);
    const cancelled = await this.following.cancel(holder, own.id, { by: 'usager', version });
    return cancelled.ok ? cancelled : refuse('changed');
  }

  /** Other hours of the same motif, as the public page offers them; with the same agent where she is followed. */
  async days(
    { space }: OpenedLink,
    own: OwnAppointment,
    { from, day }: { from: PlainDate | null; day: PlainDate | null },
  ): Promise<{ days: OfferedDay[]; next: PlainDate | null }> {
    if (!own.online) return { days: [], next: null };
    const first = day ?? from;
    const found = await this.slots.forMotif(
      visitorOf(space, 'fr'),
      SlotsQuery.parse({
        ...wantedOf(own),
        from: first ? `${first}T00:00` : undefined,
        ...(day ? { days: 1, perDay: 50, limit: 50 } : { days: 366, perDay: SLOTS_A_DAY, limit: SLOTS_A_PAGE }),
      }),
    );
    if (!found.ok) return { days: [], next: null };
    const { days, next } = daysOf(found.value, day ? Number.POSITIVE_INFINITY : undefined);
    return { days: withoutOwn(days, own), next };
  }

  /** Moves it to a slot that is offered now. */
  async move(
    link: OpenedLink,
    language: Language,
    to: { occurrenceId: string; start: string; version: number },
  ): Promise<Outcome<null, ChangeRefusal>> {
    const own = await this.read(link);
    if (!own?.mayChange || !own.online) return refuse('over');
    // Its twin was faster: the page never offers the hour it has.
    if (own.version !== to.version && own.occurrenceId === to.occurrenceId && own.start === to.start) return done(null);
    const query = SlotsQuery.safeParse({ ...wantedOf(own), from: to.start, days: 1, perDay: 50, limit: 50 });
    const found = query.success ? await this.slots.forMotif(visitorOf(link.space, language), query.data) : null;
    const slot = found?.ok
      ? found.value.slots.find((one) => one.occurrenceId === to.occurrenceId && one.start === to.start)
      : null;
    if (!slot || isOwn(slot, own)) return refuse('slot-gone');
    const { occurrenceId, start } = slot;
    const agentId = own.sameAgent ? own.agentId : null;
    const moved = await this.moving.move(holderOf(link.space, language, own.partnerId), own.id, {
      occurrenceId,
      start,
      agentId,
      version: to.version,
    });
    if (moved.ok) return done(null);
    return refuse(moved.why === 'version' || moved.why === 'cannot-become' ? 'changed' : 'slot-gone');
  }
}

/** The hour it has already, whoever receives. */
function isOwn({ start, siteId }: Slot, own: OwnAppointment): boolean {
  return start === own.start && siteId === own.siteId;
}

function withoutOwn(days: readonly OfferedDay[], own: OwnAppointment): OfferedDay[] {
  return days
    .map((day) => ({ ...day, slots: day.slots.filter((slot) => !isOwn(slot, own)) }))
    .filter(({ slots, more }) => slots.length > 0 || more);
}

function wantedOf({ motifId, sameAgent, agentId }: OwnAppointment) {
  return { motif: motifId, audience: 'public', ...(sameAgent && agentId ? { agent: agentId } : {}) };
}
