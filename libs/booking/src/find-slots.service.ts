import { contextOf, type Viewer } from '@app/accounts';
import type { Slot, Slots, SlotsQuery } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import {
  addDays,
  dateAt,
  dayBounds,
  type Instant,
  instantToIso,
  interval,
  parseLocalDateTime,
  toInstant,
  toLocal,
  type LocalDateTime,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { busyAt, datesFor } from './held.query';
import { type NotOffered, whyNotOffered } from './not-offered';
import { fewPerDay, matching, nearest, offer, slotOf } from './offer';

/** Dates looked at in one question: beyond, the window ends earlier than asked. */
const MOST_DATES = 400;
/** Dates looked at around a refused slot. */
const NEAREST_DATES = 40;
const ALTERNATIVE_DAYS = 90;
const PRESENCES = 5;

interface MotifRow {
  duration_minutes: number;
  booked: 'here' | 'own-number' | 'walk-in';
  phone: string | null;
}

/** Trouver un créneau: the free slots of a motif, over every site where it is received. */
@Injectable()
export class FindSlots {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Slots from a moment on, the first few of each day; why other dates have none; or how else the motif is reached. */
  async forMotif(viewer: Viewer, query: SlotsQuery): Promise<Outcome<Slots, 'not-found'>> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const motif = await motifFor(tx, query.motif);
      if (!motif) return refuse('not-found');
      const { zone } = viewer.space;
      const asked = query.from ? parseLocalDateTime(query.from) : null;
      const from = asked ? (Math.max(toInstant(asked, zone), tx.now) as Instant) : tx.now;
      const window = interval(from, dayBounds(addDays(dateAt(from, zone), query.days), zone).start);
      if (motif.booked !== 'here') {
        const next = await presences(tx, query.motif, from, query.site, zone);
        return done({ slots: [], more: [], instead: { kind: motif.booked, phone: motif.phone, next }, notOffered: [] });
      }
      const dates = await datesFor(tx, { motifId: query.motif, window, siteId: query.site, limit: MOST_DATES });
      const busy = await busyAt(tx, dates);
      const offered = dates.flatMap((date) => offer(date, busy, motif.duration_minutes, from));
      const fitting = matching(offered, { agentId: query.agent, part: query.part, zone });
      const { chosen, more, complete } = fewPerDay(fitting, { perDay: query.perDay, limit: query.limit, zone });
      const last = chosen.at(-1);
      const shownUntil = !complete && last ? dateAt(last.start, zone) : null;
      const withSlots = new Set(offered.map((slot) => dateAt(slot.start, zone)));
      const told = { zone, language: viewer.language };
      const notOffered = new Map<string, NotOffered>();
      for (const date of dates) {
        const why = whyNotOffered(date, busy, motif.duration_minutes, told);
        if (why && !withSlots.has(why.date) && (!shownUntil || why.date <= shownUntil) && !notOffered.has(why.date))
          notOffered.set(why.date, why);
      }
      return done({
        slots: chosen.map((slot) => slotOf(slot, query.motif, zone)),
        more,
        instead: null,
        notOffered: [...notOffered.values()].sort((a, b) => a.date.localeCompare(b.date)),
      });
    });
  }

  /** Up to `count` slots of the motif free at this moment, nearest to what was wanted. */
  async alternatives(
    viewer: Viewer,
    motifId: string,
    wanted: { start: Instant; agentId: string | null },
    count = 3,
  ): Promise<Slot[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const motif = await motifFor(tx, motifId);
      if (motif?.booked !== 'here') return [];
      const { zone } = viewer.space;
      const end = dayBounds(
        addDays(dateAt(Math.max(wanted.start, tx.now) as Instant, zone), ALTERNATIVE_DAYS),
        zone,
      ).start;
      const dates = await datesFor(tx, {
        motifId,
        window: interval(tx.now, end),
        nearTo: wanted.start,
        limit: NEAREST_DATES,
      });
      const busy = await busyAt(tx, dates);
      const offered = dates.flatMap((date) => offer(date, busy, motif.duration_minutes, tx.now));
      return nearest(offered, wanted, count).map((slot) => slotOf(slot, motifId, zone));
    });
  }
}

/** The motif when the viewer may know of it: a confidential one exists for its own partner only. */
async function motifFor(tx: Transaction, motifId: string): Promise<MotifRow | undefined> {
  const [motif] = await tx.prepared<MotifRow>(
    'booking.motif',
    `select m.duration_minutes, m.booked, coalesce(m.phone, pa.phone) as phone
     from motif m
     join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
     where m.space_id = $1 and m.id = $2 and m.retired_at is null
       and (not (m.confidential or pa.confidential) or sees(m.partner_id, true))`,
    [tx.context.spaceId, motifId],
  );
  return motif;
}

async function presences(tx: Transaction, motifId: string, from: Instant, siteId: string | undefined, zone: string) {
  const rows = await tx.query<{ starts_at: Instant; ends_at: Instant; site_id: string }>(
    `select o.starts_at, o.ends_at, o.site_id
     from permanence_motif pm
     join permanence p on p.space_id = pm.space_id and p.id = pm.permanence_id and p.state <> 'draft'
     join occurrence o on o.space_id = pm.space_id and o.permanence_id = pm.permanence_id
     where pm.space_id = $1 and pm.motif_id = $2 and o.state = 'held' and o.mode <> 'internal'
       and o.starts_at > $3::timestamptz - interval '1 day' and o.ends_at > $3 and ($4::uuid is null or o.site_id = $4)
     order by o.starts_at limit $5`,
    [tx.context.spaceId, motifId, instantToIso(from), siteId ?? null, PRESENCES],
  );
  return rows.map((row) => ({
    start: toLocal(row.starts_at, zone) as LocalDateTime,
    end: toLocal(row.ends_at, zone) as LocalDateTime,
    siteId: row.site_id,
  }));
}
