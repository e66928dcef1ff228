import { randomUUID } from 'node:crypto';
import { type HeldSlot, holdSlot, leaveToOthers, type SlotToHold, slotsThatSuit } from '@app/booking';
import type { Slot } from '@app/contract';
import { Database, done, isClaimTaken, type Outcome, refuse, systemContext, type Transaction } from '@app/persistence';
import {
  addDays,
  dateAt,
  dayBounds,
  type Instant,
  instantToIso,
  type LocalDateTime,
  type PlainDate,
  timeOf,
  toInstant,
  toLocal,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { type Freed, freedBy, type HeardEvent } from './freed';
import { writeMessage } from './link-messages.query';
import { endOffer, lockOffer } from './offers.query';
import { placeOf, whoIsAsked } from './person.query';
import { mayBeOffered, type Reach } from './reach';
import { startOfWhatIsLeft, type Way, wayToOffer } from './turns';

const CONSUMER = 'waiting';
const BATCH = 500;
const AT_ONCE = 500;
/** Slots of a day, and in all, that are tried for one who waits before the next one is looked at. */
const SLOTS_A_DAY = 6;
const SLOTS = 12;
/** Among which one is looked for. */
const SESSIONS_A_DAY = 50;
const TRIES = 3;

interface Entry {
  id: string;
  partner_id: string;
  confidential: boolean;
  usager_id: string;
  motif_id: string;
  site_id: string | null;
  agent_id: string | null;
  from_day: PlainDate;
  until_day: PlainDate;
  part: 'morning' | 'afternoon' | null;
  interpreter: boolean;
  /** The one session she asked for. */
  occurrence_id: string | null;
}

const ENTRY = `select w.id, w.partner_id, w.confidential, w.usager_id, w.motif_id, w.site_id, w.agent_id, w.from_day, w.until_day,
    w.part, w.interpreter, w.occurrence_id
  from waiting_entry w`;

/**
 * Proposes what becomes free to those who wait, in turn. An offer is a row and a hold, written together or not at all; the
 * cursor moves after them, so that whoever dies in between reads the same events again, and finds who has an offer already.
 */
@Injectable()
export class OfferFreedSlots {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Ends offers that nobody answered, then reads the next events.
   * @param wait what happened less long ago may still be taken back: left for a later round
   * @returns how many events were read; 0 when there was nothing, or another worker is reading
   */
  async round(wait = 0): Promise<number> {
    await this.endOverdue();
    await this.database.outside('select tell_expired_holds($1)', [instantToIso(this.database.now())]);
    return this.database.acrossSpaces(async (tx) => {
      // Kept until the round is over: one worker at a time offers, so that turns are turns.
      const [from] = await tx.query<{ xid: string; id: number }>(
        'select xid::text as xid, id from take_event_cursor($1)',
        [CONSUMER],
      );
      if (!from) return 0;
      const read = await tx.query<HeardEvent>(
        `select xid::text as xid, id, space_id, at, kind, subject_id, partner_id, day, detail
         from events_after($1::text::xid8, $2, $3)`,
        [from.xid, from.id, BATCH],
      );
      const young = read.findIndex(({ at }) => at > tx.now - wait);
      const events = young < 0 ? read : read.slice(0, young);
      const last = events.at(-1);
      if (!last) return 0;
      for (const freed of freedBy(events)) await this.offer(freed);
      await tx.query('select move_event_cursor($1, $2::text::xid8, $3)', [CONSUMER, last.xid, last.id]);
      return events.length;
    });
  }

  private async endOverdue(): Promise<void> {
    const due = await this.database.outside<{ space_id: string; id: string }>('select * from due_offers($1, $2)', [
      instantToIso(this.database.now()),
      AT_ONCE,
    ]);
    for (const { space_id, id } of due) {
      await this.database.within(systemContext(space_id), async (tx) => {
        const offer = await lockOffer(tx, id);
        if (offer?.state !== 'offered' || offer.deadline > tx.now) return;
        // Silence is no refusal: she keeps her place, for another day.
        await endOffer(tx, offer, 'expired', 'waiting');
        await tx.record(happening(offer.entryId, offer.partnerId, offer.confidential, offer.siteId));
      });
    }
  }

  private async offer(freed: Freed): Promise<void> {
    if (freed.what === 'no-show') return this.offerWhatIsLeft(freed.spaceId, freed.appointmentId);
    const nothing = new Set<string>();
    for (const entry of await this.inTurn(freed))
      await this.inOwnTransaction(freed.spaceId, (tx) => offerTo(tx, entry, freed.days, nothing));
  }

  private async inTurn({ spaceId, partnerId, days, at }: Extract<Freed, { what: 'time' }>): Promise<Entry[]> {
    return this.database.within(systemContext(spaceId), (tx) =>
      tx.query<Entry>(
        `${ENTRY} join space s on s.id = w.space_id
         where w.space_id = $1 and w.state = 'waiting' and ($2::uuid is null or w.partner_id = $2) and w.since <= $3
           and w.until_day >= ($4::timestamptz at time zone s.zone)::date
           and ($5::date[] is null or exists (select from unnest($5::date[]) d where d between w.from_day and w.until_day))
         order by w.since, w.id limit $6`,
        [spaceId, partnerId, instantToIso(at), instantToIso(tx.now), days, AT_ONCE],
      ),
    );
  }

  /** What someone who did not come leaves is short: the first for whom it is long enough has it, by the desk. */
  private async offerWhatIsLeft(spaceId: string, appointmentId: string): Promise<void> {
    const entries = await this.database.within(systemContext(spaceId), (tx) =>
      tx.query<Entry>(
        `${ENTRY}
         join appointment a on a.space_id = w.space_id and a.id = $2 and a.state = 'noShow' and a.ends_at > $3
         join occurrence o on o.space_id = a.space_id and o.id = a.occurrence_id
         join permanence_motif pm on pm.space_id = o.space_id and pm.permanence_id = o.permanence_id and pm.motif_id = w.motif_id
         join space s on s.id = w.space_id
         where w.space_id = $1 and w.state = 'waiting' and (w.site_id is null or w.site_id = a.site_id)
           and (w.agent_id is null or w.agent_id = a.agent_id) and (w.occurrence_id is null or w.occurrence_id = o.id)
           and ($3::timestamptz at time zone s.zone)::date between w.from_day and w.until_day
           and (w.part is null or (w.part = 'morning') = (($3::timestamptz at time zone s.zone)::time < '12:00'))
         order by w.since, w.id limit $4`,
        [spaceId, appointmentId, instantToIso(tx.now), AT_ONCE],
      ),
    );
    for (const entry of entries) {
      const offered = await this.inOwnTransaction(spaceId, (tx) => offerWhatIsLeft(tx, entry, appointmentId));
      if (offered) return;
    }
  }

  /** Whether an offer was made. Somebody who books at that very moment is first: the next in turn is looked at. */
  private async inOwnTransaction(
    spaceId: string,
    work: (tx: Transaction) => Promise<Outcome<null, 'nothing'>>,
  ): Promise<boolean> {
    try {
      return (await this.database.command(systemContext(spaceId), work)).ok;
    } catch (error) {
      if (isClaimTaken(error)) return false;
      throw error;
    }
  }
}

async function offerTo(
  tx: Transaction,
  asked: Entry,
  days: readonly PlainDate[] | null,
  nothing: Set<string>,
): Promise<Outcome<null, 'nothing'>> {
  const entry = await lockWaiting(tx, asked.id);
  const person = entry && (await whoIsAsked(tx, entry.usager_id, entry.motif_id));
  if (!entry || !person?.reach || !mayBeOffered(person)) return refuse('nothing');
  const place = await placeOf(tx, entry.site_id);
  const before = await tx.query<{ starts_at: Instant }>(
    `select distinct starts_at from slot_offer where space_id = $1 and entry_id = $2 and state <> 'undone'`,
    [tx.context.spaceId, entry.id],
  );
  // What was proposed once is not proposed again: nobody is pressed for a day, nor for an hour when that day is all she wants.
  const isOneDay = entry.from_day === entry.until_day;
  const proposed = before.map(({ starts_at }) => toLocal(starts_at, place.zone).slice(0, isOneDay ? 16 : 10));
  const isNew = (slot: Slot) => !proposed.some((one) => slot.start.startsWith(one));
  for (const slot of (await freeFor(tx, entry, days, nothing, place.zone)).filter(isNew).slice(0, TRIES)) {
    const start = toInstant(slot.start as LocalDateTime, place.zone);
    const way = wayToOffer(start, person.reach === 'sms', tx.now, place);
    if (!way) continue;
    const agentId = slot.agentId ?? entry.agent_id;
    const by = { ...way, reach: person.reach };
    const held = await holdFor(tx, entry, by, place.zone, { occurrenceId: slot.occurrenceId, start, agentId });
    if (held) return done(null);
  }
  return refuse('nothing');
}

/** Several who wait for the same thing are told by one search that there is none. */
async function freeFor(
  tx: Transaction,
  entry: Entry,
  days: readonly PlainDate[] | null,
  nothing: Set<string>,
  zone: string,
): Promise<Slot[]> {
  const { motif_id: motifId, site_id: site, agent_id: agent, from_day, until_day, part, interpreter } = entry;
  const spans: [PlainDate, PlainDate][] = days
    ? days.filter((day) => day >= from_day && day <= until_day).map((day) => [day, day])
    : [[from_day, until_day]];
  const found: Slot[] = [];
  for (const [first, last] of spans) {
    const key = JSON.stringify([motifId, site, agent, part, interpreter, first, last]);
    if (nothing.has(key)) continue;
    const start = Math.max(tx.now, dayBounds(first, zone).start) as Instant;
    const { slots } = await slotsThatSuit(tx, zone, {
      motifId,
      window: { start, end: dayBounds(addDays(last, 1), zone).start },
      asked: { ...(site && { sites: [site] }), ...(agent && { agent }), ...(part && { part }), interpreter },
      ...(entry.occurrence_id
        ? { perDay: SESSIONS_A_DAY, limit: SESSIONS_A_DAY }
        : { perDay: SLOTS_A_DAY, limit: SLOTS }),
    });
    if (!slots.length) nothing.add(key);
    found.push(...slots.filter((slot) => !entry.occurrence_id || slot.occurrenceId === entry.occurrence_id));
  }
  return found;
}

async function offerWhatIsLeft(
  tx: Transaction,
  asked: Entry,
  appointmentId: string,
): Promise<Outcome<null, 'nothing'>> {
  const entry = await lockWaiting(tx, asked.id);
  const person = entry && (await whoIsAsked(tx, entry.usager_id, entry.motif_id));
  if (!entry || !person?.reach || !mayBeOffered(person)) return refuse('nothing');
  const left = await leaveToOthers(tx, appointmentId);
  if (!left) return refuse('nothing');
  const place = await placeOf(tx, entry.site_id);
  const start = startOfWhatIsLeft(left.start, tx.now, place.zone);
  const way = wayToOffer(start, false, tx.now, place);
  const isAsked = !entry.part || (entry.part === 'morning') === timeOf(toLocal(start, place.zone)) < '12:00';
  if (!way || !isAsked || start >= left.end) return refuse('nothing');
  const { occurrenceId, agentId } = left;
  const by = { ...way, reach: person.reach };
  const held = await holdFor(tx, entry, by, place.zone, { occurrenceId, start, agentId, exact: true });
  return held ? done(null) : refuse('nothing');
}

async function lockWaiting(tx: Transaction, id: string): Promise<Entry | null> {
  const [entry] = await tx.query<Entry>(
    `${ENTRY} where w.space_id = $1 and w.id = $2 and w.state = 'waiting' for update`,
    [tx.context.spaceId, id],
  );
  return entry ?? null;
}

/** The hold, the offer and its message: all that makes a proposal, or null when the slot may not be had. */
async function holdFor(
  tx: Transaction,
  entry: Entry,
  way: Way & { reach: Reach },
  zone: string,
  slot: Pick<SlotToHold, 'occurrenceId' | 'start' | 'agentId' | 'exact'>,
): Promise<HeldSlot | null> {
  const { motif_id: motifId, interpreter } = entry;
  const held = await holdSlot(tx, zone, { ...slot, motifId, interpreter, expiresAt: way.deadline });
  if (!held.ok) return null;
  const offerId = randomUUID();
  const [offer] = await tx.query<{ site_id: string }>(
    `insert into slot_offer (space_id, id, partner_id, confidential, entry_id, hold_id, occurrence_id, agent_id, site_id, starts_at,
       ends_at, told_by, made_at, deadline_at)
     select space_id, $3, partner_id, $4, $5, id, occurrence_id, agent_id, site_id, starts_at, ends_at, $6, $7, $8
     from slot_hold where space_id = $1 and id = $2 returning site_id`,
    [
      tx.context.spaceId,
      held.value.id,
      offerId,
      entry.confidential,
      entry.id,
      way.by,
      instantToIso(tx.now),
      instantToIso(way.deadline),
    ],
  );
  await tx.query(`update waiting_entry set state = 'offered' where space_id = $1 and id = $2`, [
    tx.context.spaceId,
    entry.id,
  ]);
  await writeMessage(tx, {
    kind: 'offer',
    subjectId: offerId,
    usagerId: entry.usager_id,
    partnerId: entry.partner_id,
    confidential: entry.confidential,
    // Proposed by the desk today, whoever reads SMS as well is called.
    channel: way.by === 'sms' ? 'sms' : way.reach === 'task' ? 'task' : 'call',
    due: way.by === 'sms' ? way.due : tx.now,
  });
  await tx.record({
    ...happening(entry.id, entry.partner_id, entry.confidential, offer?.site_id ?? null),
    day: dateAt(held.value.start, zone),
  });
  return held.value;
}

function happening(entryId: string, partnerId: string, confidential: boolean, siteId: string | null) {
  return { kind: 'waiting.changed', subjectId: entryId, partnerId, confidential, siteId };
}
