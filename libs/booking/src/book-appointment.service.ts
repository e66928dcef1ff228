import { randomUUID } from 'node:crypto';
import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { BookBody, Booked } from '@app/contract';
import { createUsager } from '@app/directory';
import { Database, done, isClaimTaken, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { dateAt, type Instant, instantToIso, type Interval, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { type Decision, decide, type OpenSlot, type SlotRefusal } from './bookable';
import { FindSlots } from './find-slots.service';
import { forgetHold, keptBy } from './hold.query';
import { openSlot } from './open-slot.query';
import { overlapAt } from './overlap.query';
import { type Overlap, overlapWarnings } from './warnings';

/** About the person or the request: another slot would not help. */
type OtherRefusal = 'not-found' | 'key-reused' | 'nir' | 'invalid';
type BookRefusal = SlotRefusal | OtherRefusal;

interface NewAppointment {
  wanted: WantedBooking;
  slot: OpenSlot;
  decision: Decision;
  usagerId: string;
}

interface Taken {
  id: string;
  usagerId: string;
  during: Interval;
  roomId: string | null;
  /** She has something else then, that the viewer may know of. */
  overlap: Overlap | null;
}

/** Takes a slot for a person: everything it holds, the appointment and its event, or nothing. */
@Injectable()
export class BookAppointment {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(FindSlots) private readonly slots: FindSlots,
  ) {}

  /**
   * Books what the person saw: a slot that was offered, or held for her. A refusal says why and gives the three nearest
   * slots that are free now. A hold that ran out refuses nobody while the slot is free.
   * 'not-found': no such person for this viewer; 'nir' and 'invalid': what was typed about a new one.
   */
  async book(viewer: Viewer, body: BookBody, once: Once | null): Promise<Outcome<Booked, BookRefusal>> {
    const local = parseLocalDateTime(body.start);
    if (!local) return refuse('occurrence-changed');
    const start = toInstant(local, viewer.space.zone);
    const outcome = await this.tried(viewer, body, start, once);
    if (outcome.ok || isOther(outcome.why) || outcome.why === 'already-booked') return outcome;
    if (outcome.why === 'occurrence-changed') await this.keepAttempt(viewer, body.occurrenceId);
    const { agentId, interpreter } = body;
    const alternatives = await this.slots.alternatives(viewer, body.motifId, { start, agentId, interpreter });
    return { heldBy: null, ...outcome, alternatives };
  }

  // The database can't tell a date that is gone from one that is not for this viewer.
  private async keepAttempt(viewer: Viewer, occurrenceId: string): Promise<void> {
    await this.database.within(contextOf(viewer), (tx) =>
      tx.audit('appointment.book', 'occurrence', occurrenceId, 'refused'),
    );
  }

  private async tried(
    viewer: Viewer,
    body: BookBody,
    start: Instant,
    once: Once | null,
  ): Promise<Outcome<Booked, BookRefusal>> {
    try {
      return await this.database.once(contextOf(viewer), once, (tx) =>
        bookSlot(tx, viewer, { ...body, notTwice: true }, start),
      );
    } catch (error) {
      // The locks leave nothing to race for; if a claim came by another way, its holder was first.
      if (isClaimTaken(error)) return refuse('slot-taken');
      throw error;
    }
  }
}

/** As `book`, within a transaction of the caller's. @throws 23P01 (`isClaimTaken`) */
export async function bookSlot(
  tx: Transaction,
  viewer: Viewer,
  body: BookBody & Pick<WantedBooking, 'seriesId' | 'notTwice'>,
  start: Instant,
): Promise<Outcome<Booked, BookRefusal>> {
  const { zone } = viewer.space;
  const booked = await take(tx, zone, { ...body, start }, (slot) => personOf(tx, viewer, body, slot));
  if (!booked.ok) return booked;
  const { during, overlap, ...said } = booked.value;
  return done({
    ...said,
    start: toLocal(during.start, zone),
    end: toLocal(during.end, zone),
    warnings: overlapWarnings(overlap, { sight: sightOf(viewer.role), language: viewer.language }),
  });
}

/** What is booked, whoever asks for it. */
export interface WantedBooking {
  occurrenceId: string;
  motifId: string;
  start: Instant;
  agentId: string | null;
  mode?: BookBody['mode'];
  interpreter?: boolean | undefined;
  holdId?: string | undefined;
  exact?: boolean | undefined;
  /** It is one of the follow-ups booked together. */
  seriesId?: string | undefined;
  /** Refused to whoever is booked there already at that hour. Never asked from outside: it would tell that she comes. */
  notTwice?: boolean | undefined;
}

/**
 * Books for a person who is known, within a transaction of the caller's: she answered an offer or an invitation, or the desk
 * did for her. @throws 23P01 (`isClaimTaken`)
 */
export async function bookFor(
  tx: Transaction,
  zone: string,
  usagerId: string,
  wanted: WantedBooking,
): Promise<Outcome<{ id: string; during: Interval }, SlotRefusal | 'not-found'>> {
  return take(tx, zone, wanted, async () => done({ id: usagerId }));
}

/** The slot, if it may be booked, then the person: a refused slot leaves no half-made record behind. */
async function take<Why extends string>(
  tx: Transaction,
  zone: string,
  wanted: WantedBooking,
  whom: (slot: OpenSlot) => Promise<Outcome<{ id: string }, Why>>,
): Promise<Outcome<Taken, Why | SlotRefusal | 'not-found'>> {
  const { holdId, agentId, start } = wanted;
  const leaving = holdId ? await keptBy(tx, holdId) : [];
  const slot = await openSlot(tx, { ...wanted, leaving });
  if (!slot) return refuse('occurrence-changed');
  if (wanted.mode && !slot.modes.includes(wanted.mode)) return refuse('not-bookable-here');
  const isHeld = leaving.length > 0 && slot.taken.some(({ heldBy }) => heldBy === holdId);
  const exact = wanted.exact || isHeld;
  const decision = decide(slot, { zone, start, agentId, moving: holdId, exact }, tx.now);
  if (!decision.ok) return decision;
  const person = await whom(slot);
  if (!person.ok) return person;
  if (holdId && leaving.length) await forgetHold(tx, holdId);
  return write(tx, zone, { wanted, slot, decision, usagerId: person.value.id });
}

/** The known person, or a new one kept in the same transaction. */
export async function personOf(
  tx: Transaction,
  viewer: Viewer,
  body: Pick<BookBody, 'usagerId' | 'usager'>,
  { partnerId, confidential }: Pick<OpenSlot, 'partnerId' | 'confidential'>,
): Promise<Outcome<{ id: string }, 'not-found' | 'nir' | 'invalid'>> {
  if (body.usagerId) return done({ id: body.usagerId });
  if (!body.usager) return refuse('not-found');
  const created = await createUsager(tx, viewer, body.usager, { partnerId, confidential });
  if (created.ok) await tx.audit('usager.created', 'usager', created.value.id);
  return created;
}

function isOther(why: BookRefusal): why is OtherRefusal {
  return why === 'not-found' || why === 'key-reused' || why === 'nir' || why === 'invalid';
}

async function write(
  tx: Transaction,
  zone: string,
  { wanted, slot, decision, usagerId }: NewAppointment,
): Promise<Outcome<Taken, 'not-found' | 'already-booked'>> {
  const { during, takes, counters } = decision;
  const [counter, second] = counters;
  const id = randomUUID();
  const notTwice = wanted.notTwice ?? false;
  const [written] = await tx.prepared<{ overlap: Overlap | null }>(
    'booking.book',
    // One statement: the person (if the viewer may see her), then all that a booking leaves behind.
    `with person as (
       select id from usager where space_id = $1 and id = $2 and not ($23 and exists (${SAME_SESSION}))
     ), held as (
       insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id, confidential)
       select $1, taken.id, tstzrange($17, $18), 'appointment', $6, $7, $8 from person, unnest($3::uuid[]) taken(id)
     ), met as (
       insert into usager_partner (space_id, usager_id, partner_id)
       select $1, id, $7 from person on conflict do nothing
     ), booked as (
       insert into appointment (id, space_id, partner_id, motif_id, usager_id, occurrence_id, agent_id, seat, site_id,
         starts_at, ends_at, state, confidential, booked_at, booked_by, second_agent_id, mode, interpreter, series_id)
       select $6, $1, $7, $9, id, $10, $11, $12, $13, $4, $5, 'planned', $8, $14, $15, $19, $20, $21, $22 from person
     ), told as (
       insert into event (space_id, account_id, at, kind, subject_id, partner_id, confidential, site_id, day, detail)
       select $1, $15, $14, 'appointment.booked', $6, $7, $8, $13, $16, jsonb_build_object('occurrenceId', $10::uuid) from person
     )
     select ${OVERLAP} as overlap
     from person`,
    [
      tx.context.spaceId,
      usagerId,
      counters.map(({ resourceId }) => resourceId),
      instantToIso(during.start),
      instantToIso(during.end),
      id,
      slot.partnerId,
      slot.confidential,
      wanted.motifId,
      wanted.occurrenceId,
      counter.agentId,
      counter.seat,
      slot.siteId,
      instantToIso(tx.now),
      tx.context.accountId,
      dateAt(during.start, zone),
      instantToIso(takes.start),
      instantToIso(takes.end),
      second?.agentId ?? null,
      wanted.mode ?? usualMode(slot.modes),
      wanted.interpreter ?? false,
      wanted.seriesId ?? null,
      notTwice,
    ],
  );
  if (!written) return refuse(notTwice && (await isKnown(tx, usagerId)) ? 'already-booked' : 'not-found');
  tx.recorded = true;
  return done({ id, usagerId, during, roomId: slot.roomId, overlap: written.overlap });
}

/** She is booked in that session at those hours. $1 space, $2 usager, $4 and $5 the hours, $10 the date. */
const SAME_SESSION = `select from appointment a
         where a.space_id = $1 and a.usager_id = $2 and a.occurrence_id = $10 and a.starts_at > $4::timestamptz - interval '1 day'
           and a.starts_at < $5 and a.ends_at > $4 and a.state not in ('cancelledByUsager', 'cancelledByAgent')`;

const OVERLAP = overlapAt({ usager: 'person.id', but: '$6', start: '$4::timestamptz', end: '$5' });

async function isKnown(tx: Transaction, usagerId: string): Promise<boolean> {
  const rows = await tx.query('select from usager where space_id = $1 and id = $2', [tx.context.spaceId, usagerId]);
  return rows.length > 0;
}

/** In the same room when the motif allows it. */
function usualMode(modes: readonly string[]): string {
  return modes.includes('on-site') ? 'on-site' : (modes[0] ?? 'on-site');
}
