import { FindSlots } from '@app/booking';
import { type Slot, SlotsQuery } from '@app/contract';
import { Database, publicContext } from '@app/persistence';
import type { LocalDateTime, PlainDate } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { FormState } from './form-state';
import { type OnlineMotif, onlineMotif, onlineMotifs } from './online-motifs.query';
import { daysOf, type OfferedDay, SLOTS_A_DAY, SLOTS_A_PAGE } from './online-slots';
import { type PublicSpace, visitorOf } from './visitor';

const HORIZON_DAYS = 366;
/** All those of one day, as far as a page can show them. */
const ONE_DAY = { days: 1, perDay: 50, limit: 50 };

/** What anyone may book on the public page. */
@Injectable()
export class OnlineOffer {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FindSlots) private readonly slots: FindSlots,
  ) {}

  /** What may be booked, the best answers to the words first; everything without words. */
  motifs(space: PublicSpace, words: string): Promise<OnlineMotif[]> {
    return this.database.within(publicContext(space.id), (tx) => onlineMotifs(tx, words));
  }

  motif(space: PublicSpace, motifId: string): Promise<OnlineMotif | null> {
    return this.database.within(publicContext(space.id), (tx) => onlineMotif(tx, motifId));
  }

  /** A few hours of each day from a day on, or all those of one day. */
  async days(
    space: PublicSpace,
    motifId: string,
    { from, day }: { from: PlainDate | null; day: PlainDate | null },
  ): Promise<{ days: OfferedDay[]; next: PlainDate | null }> {
    const first = day ?? from;
    const asked = {
      motif: motifId,
      audience: 'public' as const,
      from: first ? (`${first}T00:00` as LocalDateTime) : undefined,
      ...(day ? ONE_DAY : { days: HORIZON_DAYS, perDay: SLOTS_A_DAY, limit: SLOTS_A_PAGE }),
    };
    const found = await this.slots.forMotif(visitorOf(space, 'fr'), SlotsQuery.parse(asked));
    return found.ok ? daysOf(found.value, day ? Number.POSITIVE_INFINITY : undefined) : { days: [], next: null };
  }

  /** The slot of that date and hour (local, such as "2027-01-12T09:00"), while it is offered; else null. */
  async slot(
    space: PublicSpace,
    { motifId, occurrenceId, start }: Pick<FormState, 'motifId' | 'occurrenceId' | 'start'>,
  ): Promise<Slot | null> {
    const query = SlotsQuery.safeParse({ motif: motifId, audience: 'public', from: start, ...ONE_DAY });
    const found = query.success ? await this.slots.forMotif(visitorOf(space, 'fr'), query.data) : null;
    if (!found?.ok) return null;
    return found.value.slots.find((slot) => slot.occurrenceId === occurrenceId && slot.start === start) ?? null;
  }
}
