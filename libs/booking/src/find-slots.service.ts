import { contextOf, type Viewer } from '@app/accounts';
import type { Slot, Slots, SlotsQuery } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import {
  addDays,
  dateAt,
  dayBounds,
  type Instant,
  instantToIso,
  type Interval,
  interval,
  type LocalDateTime,
  parseLocalDateTime,
  toInstant,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import type { Asked } from './find-dates.query';
import { look, type Looked, lookWider, type Search, type Wider } from './look.query';
import { type Motif, motifsFor } from './motif.query';
import { notOffered, type Told, whyNotOffered } from './not-offered';
import { fewPerDay, heldSlots, nearest, needOn, slotOf } from './offer';

const ALTERNATIVE_DAYS = 90;
const ALTERNATIVES_A_DAY = 12;
const ENOUGH_TO_CHOOSE_FROM = 36;
const PRESENCES = 5;

/** What narrows a search, whatever the motifs. */
export type Narrowed = Omit<SlotsQuery, 'motif'>;

/** Trouver un créneau: the free slots of motifs, over every partner, site and agent that receives for them. */
@Injectable()
export class FindSlots {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Slots of one motif or of several together, in order of time, the first few of each day; why other dates have none; or
   * how else the motif is reached. 'not-found': none of the motifs is there for this viewer.
   */
  async forMotif(viewer: Viewer, query: SlotsQuery): Promise<Outcome<Slots, 'not-found'>> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const motifs = await motifsFor(tx, query.motif.split(','), query.interpreter);
      if (!motifs.length) return refuse('not-found');
      const search = searchOf(tx, viewer, query);
      const looked = await look(tx, motifs, search);
      const wider = await lookWider(tx, looked, search, viewer);
      const [only] = motifs;
      const instead = motifs.length === 1 && only ? await insteadOf(tx, only, search, query) : null;
      return done(answerOf(looked, search, { viewer, instead, wider }));
    });
  }

  /**
   * As `forMotif` for each of these motifs on its own, the first few of each, in one search: the number of queries depends
   * neither on the motifs nor on their dates. A motif that is not there for the viewer is absent.
   */
  async forMotifs(viewer: Viewer, motifIds: readonly string[], query: Narrowed): Promise<Map<string, Slots>> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const motifs = await motifsFor(tx, motifIds, query.interpreter);
      const search = searchOf(tx, viewer, query);
      const looked = await look(tx, motifs, search);
      const wider = await lookWider(tx, looked, search, viewer);
      const answers = new Map<string, Slots>();
      for (const one of looked) {
        const { booked, phone } = one.motif;
        const instead = booked === 'here' ? null : { kind: booked, phone, next: [] };
        answers.set(one.motif.id, answerOf([one], search, { viewer, instead, wider }));
      }
      return answers;
    });
  }

  /** Up to `count` slots of the motif free at this moment, nearest to what was wanted. */
  async alternatives(
    viewer: Viewer,
    motifId: string,
    wanted: { start: Instant; agentId: string | null; interpreter?: boolean | undefined },
    count = 3,
  ): Promise<Slot[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const [motif] = await motifsFor(tx, [motifId], wanted.interpreter);
      if (motif?.booked !== 'here') return [];
      const { zone } = viewer.space;
      const day = dateAt(Math.max(wanted.start, tx.now) as Instant, zone);
      const search = (from: Instant): Search => ({
        window: interval(from, dayBounds(addDays(day, ALTERNATIVE_DAYS), zone).start),
        zone,
        asked: { interpreter: wanted.interpreter },
        part: undefined,
        perDay: ALTERNATIVES_A_DAY,
        limit: ENOUGH_TO_CHOOSE_FROM,
      });
      const around = Math.max(tx.now, dayBounds(addDays(day, -1), zone).start) as Instant;
      let [looked] = await look(tx, [motif], search(around));
      if (looked && looked.offered.length < count && around > tx.now)
        [looked] = await look(tx, [motif], search(tx.now));
      return nearest(looked?.offered ?? [], wanted, count).map((slot) => slotOf(slot, motifId, zone));
    });
  }
}

/** The free slots of one date, for each of these motifs; one question to the database for all of them. */
export async function freeOn(
  tx: Transaction,
  date: { id: string; during: Interval },
  motifIds: readonly string[],
  zone: string,
): Promise<Slot[]> {
  const motifs = await motifsFor(tx, motifIds);
  const window = interval(
    Math.max(date.during.start, tx.now) as Instant,
    Math.max(date.during.end, tx.now + 1) as Instant,
  );
  const asked = { occurrence: date.id };
  const looked = await look(tx, motifs, { window, zone, asked, part: undefined, perDay: 1, limit: 1 });
  return looked.flatMap(({ motif, offered }) => offered.map((slot) => slotOf(slot, motif.id, zone)));
}

/** What would suit someone who waits, or who chooses by herself. */
export interface Suits {
  motifId: string;
  window: Interval;
  asked: Pick<Asked, 'sites' | 'agent' | 'part' | 'interpreter' | 'language' | 'mode' | 'accessible'>;
  perDay: number;
  limit: number;
}

/** The free slots that suit, within a transaction of the caller's; none when the motif is not booked here. */
export async function slotsThatSuit(
  tx: Transaction,
  zone: string,
  { motifId, window, asked, perDay, limit }: Suits,
): Promise<{ slots: Slot[]; more: Slots['more'] }> {
  const [motif] = await motifsFor(tx, [motifId], asked.interpreter);
  if (motif?.booked !== 'here' || window.end <= window.start) return { slots: [], more: [] };
  const search = { window, zone, asked, part: asked.part, perDay, limit };
  const [looked] = await look(tx, [motif], search);
  const { chosen, more } = fewPerDay(looked?.offered ?? [], search);
  return { slots: chosen.map((slot) => slotOf(slot, motifId, zone)), more };
}

function searchOf(tx: Transaction, viewer: Viewer, query: Narrowed): Search {
  const { zone } = viewer.space;
  const asked = query.from ? parseLocalDateTime(query.from) : null;
  const from = asked ? (Math.max(toInstant(asked, zone), tx.now) as Instant) : tx.now;
  return {
    window: interval(from, dayBounds(addDays(dateAt(from, zone), query.days), zone).start),
    zone,
    asked: {
      sites: query.site?.split(','),
      partner: query.partner,
      agent: query.agent,
      language: query.language,
      accessible: query.accessible,
      part: query.part,
      mode: query.mode,
      interpreter: query.interpreter,
      public: query.audience === 'public',
    },
    part: query.part,
    perDay: query.perDay,
    limit: query.limit,
  };
}

function answerOf(
  looked: readonly Looked[],
  search: Search,
  { viewer, instead, wider }: { viewer: Viewer; instead: Slots['instead']; wider: Wider },
): Slots {
  const { zone, window } = search;
  const offered = looked.flatMap((one) => one.offered);
  const { chosen, more, complete } = fewPerDay(offered, search);
  const last = chosen.at(-1);
  const shownUntil = !complete && last ? dateAt(last.start, zone) : null;
  const isShown = (day: string) => shownUntil === null || day <= shownUntil;
  return {
    slots: chosen.map((slot) => slotOf(slot, slot.motifId, zone)),
    more,
    instead,
    held: looked.flatMap((one) => heldIn(one, zone)).filter(({ start }) => isShown(start.slice(0, 10))),
    emptied: wider.emptied.filter(({ motifId }) => looked.some(({ motif }) => motif.id === motifId)),
    notOffered: looked
      .map((one) => wider.unfiltered.get(one.motif.id) ?? one)
      .flatMap((one) => notOfferedOf(one, { viewer, search, end: window.end }))
      .filter(({ date }) => isShown(date))
      .sort((a, b) => a.date.localeCompare(b.date)),
  };
}

function heldIn({ motif, dates, earliest }: Looked, zone: string): Slots['held'] {
  return dates.flatMap((date) =>
    date.verdict !== 'open'
      ? []
      : heldSlots(date, needOn(date, motif.need), earliest).map(({ start, end, until }) => ({
          start: toLocal(start, zone) as LocalDateTime,
          end: toLocal(end, zone) as LocalDateTime,
          siteId: date.siteId,
          until: toLocal(until, zone) as LocalDateTime,
        })),
  );
}

/** Of each day on which the motif has dates and no slot, the first reason. */
function notOfferedOf(
  { motif, dates, offered, earliest }: Looked,
  { viewer, search, end }: { viewer: Viewer; search: Search; end: Instant },
): Slots['notOffered'] {
  const { zone, asked, window } = search;
  const told: Told = { ...motif, motifId: motif.id, zone, language: viewer.language };
  const today = dateAt(window.start, zone);
  if (asked.public && motif.booked === 'here' && !motif.publicBooking)
    return [notOffered('audience', { date: today, siteId: null }, told)];
  const withSlots = new Set<string>(offered.map((slot) => dateAt(slot.start, zone)));
  const byDay = new Map<string, Slots['notOffered'][number]>();
  for (const date of dates) {
    // Most dates have slots to offer: not worked out again to say so.
    if (date.verdict === 'open' && withSlots.has(dateAt(date.during.start, zone))) continue;
    const why = whyNotOffered(date, needOn(date, motif.need), earliest, told);
    if (why && !withSlots.has(why.date) && !byDay.has(why.date)) byDay.set(why.date, why);
  }
  const all = [...byDay.values()];
  const horizon = addDays(dateAt(window.start, zone), motif.horizonDays + 1);
  if (asked.public && motif.booked === 'here' && horizon <= dateAt((end - 1) as Instant, zone))
    all.push(notOffered('horizon', { date: horizon, siteId: null }, told));
  return all;
}

/** How a motif that is not booked here is reached: its number, or when to come. */
async function insteadOf(
  tx: Transaction,
  motif: Motif,
  { window, zone }: Search,
  { site }: Narrowed,
): Promise<Slots['instead']> {
  if (motif.booked === 'here') return null;
  const rows = await tx.query<{ starts_at: Instant; ends_at: Instant; site_id: string }>(
    `select o.starts_at, o.ends_at, o.site_id
     from permanence_motif pm
     join permanence p on p.space_id = pm.space_id and p.id = pm.permanence_id and p.state <> 'draft'
     join occurrence o on o.space_id = pm.space_id and o.permanence_id = pm.permanence_id
     where pm.space_id = $1 and pm.motif_id = $2 and o.state = 'held' and o.mode <> 'internal'
       and o.starts_at > $3::timestamptz - interval '1 day' and o.ends_at > $3 and ($4::uuid[] is null or o.site_id = any ($4))
     order by o.starts_at limit $5`,
    [tx.context.spaceId, motif.id, instantToIso(window.start), site?.split(',') ?? null, PRESENCES],
  );
  const next = rows.map((row) => ({
    start: toLocal(row.starts_at, zone) as LocalDateTime,
    end: toLocal(row.ends_at, zone) as LocalDateTime,
    siteId: row.site_id,
  }));
  return { kind: motif.booked, phone: motif.phone, next };
}
