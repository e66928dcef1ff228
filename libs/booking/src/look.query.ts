import type { Viewer } from '@app/accounts';
import type { Emptied, SlotsQuery } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { addMinutes, type Instant, type Interval } from '@app/time';
import { emptiedBy, type FoundWider, widenings } from './emptied';
import { aboutAsked } from './emptied.query';
import { type Asked, findDates } from './find-dates.query';
import type { FoundDate } from './found-date';
import type { Motif } from './motif.query';
import { fewPerDay, matching, needOn, type Offered, offer, slotOf } from './offer';

/** A search that found less than its dates promised goes on so many times, each from where the one before stopped. */
const MOST_PAGES = 5;

export interface OfferedMotif extends Offered {
  motifId: string;
}

/** One motif's dates, as far as they were looked at. */
export interface Looked {
  motif: Motif;
  dates: FoundDate[];
  offered: OfferedMotif[];
  earliest: Instant;
  until: Instant;
}

export interface Search {
  window: Interval;
  zone: string;
  asked: Asked;
  part: SlotsQuery['part'];
  perDay: number;
  limit: number;
}

/** What there is of the motifs without a slot when less is asked. */
export interface Wider {
  emptied: Emptied[];
  /** Without any filter there is no slot either: these dates say why. */
  unfiltered: ReadonlyMap<string, Looked>;
}

/** Dates and slots of the motifs, until each has as many as are asked for, or its window is over. */
export async function look(tx: Transaction, motifs: readonly Motif[], search: Search): Promise<Looked[]> {
  const { window, zone, asked, perDay, limit } = search;
  const looked = motifs.map((motif): Looked => {
    const soonest = asked.public ? Math.max(window.start, addMinutes(tx.now, motif.noticeHours * 60)) : window.start;
    return { motif, dates: [], offered: [], earliest: soonest as Instant, until: window.start };
  });
  const isShort = (one: Looked) =>
    one.motif.booked === 'here' && one.until < window.end && fewPerDay(one.offered, search).chosen.length < limit;
  for (let page = 0, left = looked.filter(isShort); left.length && page < MOST_PAGES; page += 1) {
    const start = Math.min(...left.map(({ until }) => until)) as Instant;
    const motifIds = left.map(({ motif }) => motif.id);
    const found = await findDates(tx, { motifIds, window: { ...window, start }, zone, asked, perDay, most: limit });
    for (const one of left) {
      const { dates, until } = found.get(one.motif.id) ?? { dates: [], until: window.end };
      // Motifs that had stopped further are looked at again from where the first one stopped.
      const fresh = dates.filter(({ id }) => !one.dates.some((known) => known.id === id));
      one.dates.push(...fresh);
      one.offered.push(...fresh.flatMap((date) => offeredOn(date, one, search)));
      one.until = until;
    }
    left = left.filter(isShort);
  }
  return looked;
}

function offeredOn(date: FoundDate, { motif, earliest }: Looked, { part, zone }: Search): OfferedMotif[] {
  if (date.verdict !== 'open') return [];
  const slots = matching(offer(date, needOn(date, motif.need), earliest), { part, zone });
  return slots.map((slot) => ({ ...slot, motifId: motif.id }));
}

/**
 * For motifs that a filter may have left without a slot, the same search without each filter in turn, then without any: as
 * many searches as there are filters, whatever the motifs. The public page has no filter but its own rules.
 */
export async function lookWider(
  tx: Transaction,
  looked: readonly Looked[],
  search: Search,
  { language }: Viewer,
): Promise<Wider> {
  const { zone, asked, window } = search;
  const empty = looked.filter(({ motif, offered }) => motif.booked === 'here' && offered.length === 0);
  const ways = asked.public || !empty.length ? [] : widenings(asked, window.start > tx.now);
  const found: FoundWider[] = [];
  const unfiltered = new Map<string, Looked>();
  for (const way of ways) {
    const left = way.isAll ? empty.filter(({ motif }) => !found.some(({ motifId }) => motifId === motif.id)) : empty;
    const times = (way.asked.interpreter ? 2 : 1) / (asked.interpreter ? 2 : 1);
    const motifs = left.map(({ motif }) => lasting(motif, times));
    const start = way.fromNow ? tx.now : window.start;
    const wider = {
      ...search,
      window: { ...window, start },
      asked: way.asked,
      part: way.asked.part,
      perDay: 1,
      limit: 1,
    };
    for (const one of await look(tx, motifs, wider)) {
      const motifId = one.motif.id;
      const [first] = fewPerDay(one.offered, wider).chosen.map((slot) => slotOf(slot, motifId, zone));
      if (first) found.push({ motifId, way, start: first.start, end: first.end, siteId: first.siteId });
      else if (way.isAll) unfiltered.set(motifId, one);
    }
  }
  const motifIds = [...new Set(found.map(({ motifId }) => motifId))];
  const about = motifIds.length ? await aboutAsked(tx, motifIds, asked) : null;
  return { emptied: about ? emptiedBy(found, { ...about, asked, language }) : [], unfiltered };
}

const lasting = (motif: Motif, times: number): Motif => ({
  ...motif,
  need: { ...motif.need, durationMinutes: motif.need.durationMinutes * times },
});
