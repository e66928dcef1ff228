import { contextOf, type Viewer } from '@app/accounts';
import { FindSlots } from '@app/booking';
import type { Need, NeedFound, Orientation, OrientationQuery, Slots, WalkIn } from '@app/contract';
import { Database, done, type Outcome, refuse } from '@app/persistence';
import { dateAt, type Instant, type LocalDateTime, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { type Asker, eligibilityNotes } from './eligibility';
import { type NeedRow, needsFor, needsOf, type PersonRow, personAsking } from './needs.query';
import { soonerAmongEquals } from './needs-order';
import { type Presence, presencesOf, type QueueRow, queuesOf } from './presences.query';
import { ahead, canStillBeSeen, type Queue } from './queue';

const OWN_NUMBER_DATES = 4;
const DAYS = 90;
const A_DAY = 3;

interface Facts {
  query: OrientationQuery;
  person: PersonRow | null;
  presences: readonly Presence[];
  queues: ReadonlyMap<string, QueueRow>;
  slots: ReadonlyMap<string, Slots>;
  now: Instant;
  viewer: Viewer;
}

/** From a need in everyday words to whoever can help: here now, at the next walk-in hours, or by appointment. */
@Injectable()
export class Orient {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FindSlots) private readonly slots: FindSlots,
  ) {}

  /** The motifs that answer to words while they are typed. */
  async found(viewer: Viewer, words: string, limit: number): Promise<NeedFound[]> {
    const rows = await this.database.within(contextOf(viewer), (tx) => needsFor(tx, words, limit));
    return rows.map(({ id, partner_id, urgent, because }) => ({
      motifId: id,
      partnerId: partner_id,
      urgent,
      because,
    }));
  }

  /** The number of questions put to the database does not depend on what they find. 'not-found': no such person. */
  async answer(viewer: Viewer, query: OrientationQuery): Promise<Outcome<Orientation, 'not-found'>> {
    const { zone } = viewer.space;
    const asked = query.from ? parseLocalDateTime(query.from) : null;
    const found = await this.database.within(contextOf(viewer), async (tx) => {
      const person = query.usager ? await personAsking(tx, query.usager, zone) : null;
      if (query.usager && !person) return null;
      const needs = query.q
        ? await needsFor(tx, query.q, query.limit)
        : await needsOf(tx, query.motif ?? [], query.limit);
      const from = asked ? (Math.max(toInstant(asked, zone), tx.now) as Instant) : tx.now;
      const presences = await presencesOf(
        tx,
        needs.map(({ id }) => id),
        { from, siteId: query.within },
      );
      const queues = await queuesOf(
        tx,
        presences.map(({ occurrenceId }) => occurrenceId),
      );
      return { person, needs, presences, queues, now: tx.now };
    });
    if (!found) return refuse('not-found');
    const { needs, ...facts } = found;
    const booked = needs.filter((need) => need.booked === 'here').map(({ id }) => id);
    const slots = booked.length
      ? await this.slots.forMotifs(viewer, booked, narrowedBy(query, found.person))
      : new Map<string, Slots>();
    const answers = needs.map((row) => {
      const need = needOf(row, { ...facts, query, slots, viewer });
      return { need, urgent: row.urgent, score: row.score, first: firstChance(need) };
    });
    // Motifs that were named stay in the order they were named.
    const ordered = query.q ? soonerAmongEquals(answers) : answers;
    return done({ now: toLocal(found.now, zone), needs: ordered.map(({ need }) => need) });
  }
}

/** The slots of all motifs together, the first few of each: one search. */
function narrowedBy(
  { from, within: site, part, partner, agent, language, accessible, mode, perNeed, ...query }: OrientationQuery,
  person: PersonRow | null,
) {
  const interpreter = query.interpreter ?? person?.interpreter;
  return {
    from,
    site,
    part,
    partner,
    agent,
    language,
    accessible,
    mode,
    interpreter,
    days: DAYS,
    perDay: A_DAY,
    limit: perNeed,
  };
}

function needOf(need: NeedRow, facts: Facts): Need {
  const { query, now, viewer } = facts;
  const own = facts.presences.filter(({ motifId }) => motifId === need.id);
  const walkIns = own
    .filter(({ mode }) => mode === 'walk-in')
    .map((presence) => ({ presence, queue: queueOf(presence, facts.queues) }));
  const newcomer = { urgent: need.urgent, minutes: need.turn };
  const isNow = ({ presence: { during } }: (typeof walkIns)[number]) => during.start <= now && now < during.end;
  const sees = ({ queue }: (typeof walkIns)[number]) => canStillBeSeen(queue, newcomer, now);
  const said = ({ presence, queue }: (typeof walkIns)[number]) => walkIn(presence, queue, need, viewer.space.zone);
  const present = walkIns
    .filter(isNow)
    .sort((a, b) => nearness(a.presence, query.site) - nearness(b.presence, query.site));
  const receiving = present.filter(sees);
  const next = receiving.length ? undefined : walkIns.find((one) => !isNow(one) && sees(one));
  const asker = askerOf(need, facts);
  const { slots = [], more = [], notOffered = [], emptied = [] } = facts.slots.get(need.id) ?? {};
  return {
    motifId: need.id,
    partnerId: need.partner_id,
    urgent: need.urgent,
    because: need.because,
    notes: eligibilityNotes(
      {
        minAge: need.min_age,
        maxAge: need.max_age,
        communes: need.communes,
        audience: need.audience,
        step: need.step,
        meeting: need.meeting,
      },
      asker,
      viewer.language,
    ),
    now: receiving.map(said),
    full: present
      .filter((one) => !sees(one))
      .map((one) => ({ ...said(one), why: one.queue.isClosed ? ('last-entry' as const) : ('queue' as const) })),
    next: next ? said(next) : null,
    slots: slots.slice(0, query.perNeed),
    more: slots.length >= query.perNeed || more.length > 0,
    notOffered,
    emptied,
    ownNumber:
      need.booked === 'own-number'
        ? {
            phone: need.phone,
            next: own.slice(0, OWN_NUMBER_DATES).map(({ during, siteId }) => ({
              start: toLocal(during.start, viewer.space.zone) as LocalDateTime,
              end: toLocal(during.end, viewer.space.zone) as LocalDateTime,
              siteId,
            })),
          }
        : null,
    needsDecision: need.step === 'accompagnement' && !asker.opening,
  };
}

/** The soonest way in: a queue that is open, the next one, a slot, or a date of the service's own. */
function firstChance({ now, next, slots, ownNumber }: Need): string | null {
  const starts = [...now, next, ...slots, ownNumber?.next[0]].flatMap((one) => (one ? [one.start] : []));
  return starts.sort()[0] ?? null;
}

/** Here before elsewhere. */
const nearness = ({ siteId }: Presence, here: string | undefined) => (siteId === here ? 0 : 1);

function queueOf({ occurrenceId, during, counters }: Presence, queues: Facts['queues']): Queue {
  return { ...during, counters, people: [], isClosed: false, ...queues.get(occurrenceId) };
}

function walkIn(
  { occurrenceId, siteId, roomId, title, during }: Presence,
  queue: Queue,
  need: NeedRow,
  zone: string,
): WalkIn {
  return {
    occurrenceId,
    siteId,
    roomId,
    title,
    start: toLocal(during.start, zone),
    end: toLocal(during.end, zone),
    waiting: queue.people.filter(({ receivedAt }) => receivedAt === null).length,
    before: ahead(queue, need),
  };
}

function askerOf(need: NeedRow, { query, person, now, viewer }: Facts): Asker {
  const thisYear = Number(dateAt(now, viewer.space.zone).slice(0, 4));
  const born = person?.birth_year ?? null;
  return {
    age: query.age ?? (born === null ? null : thisYear - born),
    commune: query.commune || null,
    ...(person && { opening: person.openings.get(need.partner_id) ?? null }),
  };
}
