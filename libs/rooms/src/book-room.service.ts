import { randomUUID } from 'node:crypto';
import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { RoomBookingBody } from '@app/contract';
import { Database, done, type Once, type Outcome, type Refusal, refuse, type Transaction } from '@app/persistence';
import {
  addMinutes,
  dateOf,
  dayBounds,
  type Interval,
  instantToIso,
  isSkipped,
  type LocalDateTime,
  parseLocalDateTime,
  toInstant,
  toLocal,
} from '@app/time';
import { Injectable } from '@nestjs/common';
import { claim, lockResources, takenDuring } from './claims.query';
import { officesOfOthersAt } from './offices.query';
import { type Obstacle, obstacleTo } from './obstacle';
import { resourcesOf, resourcesOfRooms, roomKey } from './resources.query';
import { alternativesTo } from './room-alternatives.query';
import { type BookingFacts, bookingFacts } from './room-bookings.query';
import { sayClosed, sayConfidentialElsewhere, sayHeld, sayOfficeKept, sayWrongHours } from './wording';

export type BookRoomRefusal =
  | 'room-taken'
  | 'agent-taken'
  | 'office-kept'
  | 'past'
  | 'closed'
  | 'invalid'
  | 'hour-skipped'
  | 'not-yours'
  | 'confidential-elsewhere'
  | 'no-such-reference';

// People sit down first and enter the meeting after: one that began a quarter of an hour ago is not yet the past.
const LATE_ENTRY_MINUTES = 15;

const HAS_WAYS_OUT: ReadonlySet<string> = new Set<BookRoomRefusal>(['room-taken', 'agent-taken', 'office-kept']);

/** A meeting, an interview: a room (or a desk of it) and the presence of agents, once. */
@Injectable()
export class BookRoom {
  constructor(private readonly database: Database) {}

  /** Takes everything or nothing. Refused when it is taken: by whom if that is published, until when, and what is free. */
  async book(
    viewer: Viewer,
    body: RoomBookingBody,
    once: Once | null = null,
  ): Promise<Outcome<{ id: string }, BookRoomRefusal | 'key-reused'>> {
    if ([body.start, body.end].some((text) => isHourSkipped(viewer, text))) return refuse('hour-skipped');
    const during = duringOf(viewer, body);
    if (!during) return refuse('invalid', { errors: [{ at: 'end', message: sayWrongHours(viewer.language) }] });
    const wanted = { ...body, partnerId: partnerOf(viewer, body) };
    const context = contextOf(viewer);
    const outcome = await this.database.once(context, once, (tx) => take(tx, viewer, wanted, during));
    if (outcome.ok || !HAS_WAYS_OUT.has(outcome.why)) return outcome;
    // Looked for once the locks are gone: the others who wanted it need not wait for our ways out.
    const alternatives = await this.database.within(context, (tx) => alternativesTo(tx, viewer, wanted, during));
    return { ...outcome, alternatives };
  }
}

function isHourSkipped({ space }: Viewer, text: string): boolean {
  const local = parseLocalDateTime(text);
  return local !== null && isSkipped(local, space.zone);
}

function duringOf({ space }: Viewer, { start, end }: RoomBookingBody): Interval | null {
  const [from, to] = [parseLocalDateTime(start), parseLocalDateTime(end)];
  if (!from || !to) return null;
  const during = { start: toInstant(from, space.zone), end: toInstant(to, space.zone) };
  return during.start < during.end ? during : null;
}

/** A partner's people book for their partner, said or not. */
function partnerOf({ role, partnerId }: Viewer, body: RoomBookingBody): string | null {
  return body.partnerId ?? (sightOf(role) === 'partner' ? partnerId : null);
}

async function take(
  tx: Transaction,
  viewer: Viewer,
  wanted: RoomBookingBody,
  during: Interval,
): Promise<Outcome<{ id: string }, BookRoomRefusal>> {
  if (during.start < addMinutes(tx.now, -LATE_ENTRY_MINUTES)) return refuse('past');
  const place = (await resourcesOfRooms(tx, [wanted])).get(roomKey(wanted)) ?? [];
  const presences = await resourcesOf(tx, 'presence', wanted.agentIds);
  if (!place.length || presences.size !== new Set(wanted.agentIds).size) return refuse('no-such-reference');
  await lockResources(tx, [...place, ...presences.values()]);
  const facts = await bookingFacts(tx, wanted);
  const refusal =
    mayNot(viewer, wanted, facts) ??
    (await whatIsTaken(tx, viewer, wanted, facts, during, place, presences)) ??
    (await whoseOffice(tx, viewer, wanted, facts, during));
  if (refusal) return refusal;
  const id = randomUUID();
  const { partnerId } = wanted;
  const confidential = wanted.confidential || facts.partnerConfidential;
  const resources = [...place, ...presences.values()];
  await claim(
    tx,
    { kind: 'room-booking', id, partnerId, confidential },
    resources.map((resourceId) => ({ resourceId, during })),
  );
  await tx.query(
    `insert into room_booking (space_id, id, partner_id, title, site_id, room_id, workstation_id, starts_at, ends_at, confidential, booked_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      tx.context.spaceId,
      id,
      partnerId,
      wanted.title,
      facts.siteId,
      wanted.roomId,
      wanted.workstationId,
      instantToIso(during.start),
      instantToIso(during.end),
      confidential,
      viewer.accountId,
    ],
  );
  // A statement of its own: its policy looks the booking up.
  await tx.query(
    'insert into room_booking_agent (space_id, room_booking_id, agent_id) select $1, $2, unnest($3::uuid[])',
    [tx.context.spaceId, id, [...presences.keys()]],
  );
  const { siteId } = facts;
  await tx.record({
    kind: 'room-booking.made',
    subjectId: id,
    partnerId,
    confidential,
    siteId,
    day: wanted.start.slice(0, 10),
  });
  return done({ id });
}

function mayNot(viewer: Viewer, wanted: RoomBookingBody, facts: BookingFacts): Refusal<BookRoomRefusal> | null {
  if (!facts.stands) return refuse('no-such-reference');
  if (facts.closed !== null) {
    return refuse('closed', { detail: sayClosed(facts.placeName, facts.closed, viewer.language) });
  }
  const ownPartnerOnly = sightOf(viewer.role) === 'partner';
  if (ownPartnerOnly && (wanted.partnerId !== viewer.partnerId || !facts.agentsAreTheirs)) return refuse('not-yours');
  // What the desk could not see once written, it does not write.
  if (
    (wanted.confidential || facts.partnerConfidential) &&
    (!wanted.partnerId || wanted.partnerId !== viewer.partnerId)
  ) {
    return refuse('confidential-elsewhere', { detail: sayConfidentialElsewhere(viewer.language) });
  }
  return null;
}

async function whatIsTaken(
  tx: Transaction,
  viewer: Viewer,
  wanted: RoomBookingBody,
  facts: BookingFacts,
  during: Interval,
  place: readonly string[],
  presences: ReadonlyMap<string, string>,
): Promise<Refusal<BookRoomRefusal> | null> {
  // The rest of the day too: "until when" runs on through whatever follows without a break.
  const { end } = dayBounds(dateOf(wanted.start as LocalDateTime), viewer.space.zone);
  const held = await takenDuring(tx, [...place, ...presences.values()], { start: during.start, end });
  const inRoom = obstacleTo(
    during,
    held.filter((one) => place.includes(one.resourceId)),
  );
  if (inRoom) return refuseHeld('room-taken', facts.placeName, inRoom, viewer);
  for (const [agentId, presence] of presences) {
    const inWay = obstacleTo(
      during,
      held.filter((one) => one.resourceId === presence),
    );
    if (inWay) return refuseHeld('agent-taken', facts.agentNames[agentId] ?? '', inWay, viewer);
  }
  return null;
}

/** Someone's office, at hours at which it is not lent. */
async function whoseOffice(
  tx: Transaction,
  viewer: Viewer,
  { roomId, partnerId }: RoomBookingBody,
  { placeName }: BookingFacts,
  during: Interval,
): Promise<Refusal<BookRoomRefusal> | null> {
  const office = (await officesOfOthersAt(tx, [roomId], during, partnerId)).get(roomId);
  if (!office || office.lent) return null;
  return refuse('office-kept', { detail: sayOfficeKept(placeName, office.resident, viewer.language) });
}

function refuseHeld(why: 'room-taken' | 'agent-taken', name: string, { heldBy, until }: Obstacle, viewer: Viewer) {
  const local = toLocal(until, viewer.space.zone);
  return refuse(why, { heldBy, until: local, detail: sayHeld(name, heldBy, local, viewer.language) });
}
