import { randomUUID } from 'node:crypto';
import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { AloneBody, AloneMoveBody, AppointmentMode, Booked } from '@app/contract';
import {
  Database,
  done,
  isClaimTaken,
  type Once,
  type Outcome,
  type Refusal,
  refuse,
  type Transaction,
} from '@app/persistence';
import { keepCalendars, strandAlone } from '@app/permanences';
import { claim, release } from '@app/rooms';
import { dateAt, type Instant, instantToIso, isSkipped, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { sameHourLater, type Sought } from './alone-later.query';
import { lockAppointment, type LockedAppointment, settleStranded, whereBooked } from './appointment.query';
import { mayStillChange } from './appointment-states';
import { personOf } from './book-appointment.service';
import { keepDates } from './open-slot.query';
import { type AloneRefusal, type AloneWish, placeAlone, type PlacedAlone } from './place-alone.query';
import { undoOf } from './undo';
import { overlapAt } from './overlap.query';
import { outsideWarnings, type Overlap, overlapWarnings } from './warnings';

type BookRefusal = AloneRefusal | 'hour-skipped' | 'nir' | 'invalid' | 'key-reused';
type MoveRefusal = AloneRefusal | 'hour-skipped' | 'invalid' | 'version' | 'cannot-become';

/** Appointments outside any permanence: an agent, an hour, and a room that suits or none. */
@Injectable()
export class StandAlone {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Everything it takes, or nothing. Refused with who holds what until when, and up to three nearest hours of that day; on a closed
   * day, with the same hour of the next that is not.
   * 'agent-unfit', 'room-unfit', 'two-agents': what the motif asks for; 'site-closed': nobody is received on site that day; 'partner-closed': nor anywhere by its people; 'not-found': the motif, the person or the place.
   */
  async book(viewer: Viewer, body: AloneBody, once: Once | null): Promise<Outcome<Booked, BookRefusal>> {
    const at = startOf(viewer, body.start);
    if (!at.ok) return at;
    const start = at.value;
    return this.database
      .once<Booked, BookRefusal>(contextOf(viewer), once, async (tx) => {
        await keepCalendars(tx);
        const wish = wishOf(body, { motifId: body.motifId, interpreter: body.interpreter ?? false, start });
        const placed = await placeAlone(tx, viewer, wish);
        if (!placed.ok) return withNextDay(tx, viewer, placed, { wish });
        const person = await personOf(tx, viewer, body, placed.value);
        if (!person.ok) return person;
        return write(tx, viewer, wish, placed.value, person.value.id);
      })
      .catch(taken<Booked, BookRefusal>);
  }

  /** Other hours, another room, other agents; from a slot of a permanence too. Nothing moves when nothing changes. */
  async move(viewer: Viewer, id: string, body: AloneMoveBody): Promise<Outcome<Booked, MoveRefusal>> {
    const at = startOf(viewer, body.start);
    if (!at.ok) return at;
    const start = at.value;
    return this.database
      .command<Booked, MoveRefusal>(contextOf(viewer), async (tx) => {
        await keepCalendars(tx);
        const from = await whereBooked(tx, id);
        if (!from) return refuse('not-found');
        if (from.occurrenceId) await keepDates(tx, [from.occurrenceId]);
        const appointment = await lockAppointment(tx, id);
        if (!appointment) return refuse('not-found');
        if (appointment.version !== body.version || appointment.occurrenceId !== from.occurrenceId)
          return refuse('version');
        if (!mayStillChange(appointment)) return refuse('cannot-become');
        const { motifId, interpreter } = appointment;
        return moveAlone(tx, viewer, appointment, wishOf(body, { motifId, interpreter, start }));
      })
      .catch(taken<Booked, MoveRefusal>);
  }
}

/** The locks leave nothing to race for; if a claim came by another way, its holder was first. */
function taken<T, Why extends string>(error: unknown): Outcome<T, Why | 'agent-taken'> {
  if (isClaimTaken(error)) return refuse('agent-taken');
  throw error;
}

/** 'hour-skipped': the clocks go forward over it that day; it would be another hour than was said. */
function startOf({ space: { zone } }: Viewer, text: string): Outcome<Instant, 'invalid' | 'hour-skipped'> {
  const local = parseLocalDateTime(text);
  if (!local) return refuse('invalid');
  return isSkipped(local, zone) ? refuse('hour-skipped') : done(toInstant(local, zone));
}

/** A closed day leaves no hour of it to offer: the first day after, at the same hour, is the way out. */
async function withNextDay(
  tx: Transaction,
  viewer: Viewer,
  refused: Refusal<AloneRefusal>,
  sought: Sought,
): Promise<Refusal<AloneRefusal>> {
  if (refused.why !== 'site-closed' && refused.why !== 'partner-closed') return refused;
  const ways = await sameHourLater(tx, viewer, sought);
  return { ...refused, alternatives: ways.map(({ start, end, roomId }) => ({ start, end, roomId })) };
}

function wishOf(
  body: Pick<AloneMoveBody, 'agentId' | 'secondAgentId' | 'siteId' | 'mode' | 'roomId' | 'minutes'>,
  more: Pick<AloneWish, 'motifId' | 'interpreter' | 'start'>,
): AloneWish {
  const { agentId, secondAgentId, siteId, mode, roomId, minutes } = body;
  return { ...more, siteId, mode, roomId, minutes, agentIds: secondAgentId ? [agentId, secondAgentId] : [agentId] };
}

/** What such an appointment takes now, asked for again: to give it back, or to move it back. */
export function wishAgain(
  { motifId, interpreter }: Pick<LockedAppointment, 'motifId' | 'interpreter'>,
  was: {
    agentId: string | null;
    secondAgentId: string | null;
    siteId: string;
    roomId: string | null;
    mode: AppointmentMode;
    start: number;
    end: number;
  },
): AloneWish {
  const { agentId, secondAgentId, siteId, roomId, mode, start, end } = was;
  const agentIds = [agentId, secondAgentId].filter((id) => id !== null);
  return {
    motifId,
    interpreter,
    agentIds,
    siteId,
    roomId,
    mode,
    start: start as Instant,
    minutes: (end - start) / 60_000,
  };
}

async function write(
  tx: Transaction,
  viewer: Viewer,
  wish: AloneWish,
  placed: PlacedAlone,
  usagerId: string,
): Promise<Outcome<Booked, 'not-found'>> {
  const { partnerId, confidential, roomId, during } = placed;
  const id = randomUUID();
  const [person] = await tx.query<{ overlap: Overlap | null }>(
    `with person as (select id from usager where space_id = $1 and id = $2), met as (
       insert into usager_partner (space_id, usager_id, partner_id) select $1, id, $3 from person on conflict do nothing)
     select ${OVERLAP} as overlap from person`,
    [tx.context.spaceId, usagerId, partnerId, id, instantToIso(during.start), instantToIso(during.end)],
  );
  if (!person) return refuse('not-found');
  const [agentId, secondAgentId = null] = wish.agentIds;
  await claim(tx, { kind: 'appointment', id, partnerId, confidential }, placed.claims);
  await tx.query(
    `insert into appointment (id, space_id, partner_id, motif_id, usager_id, agent_id, second_agent_id, site_id, room_id, mode,
       interpreter, starts_at, ends_at, state, confidential, booked_at, booked_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'planned', $14, $15, $16)`,
    [
      id,
      tx.context.spaceId,
      partnerId,
      wish.motifId,
      usagerId,
      agentId,
      secondAgentId,
      wish.siteId,
      roomId,
      wish.mode,
      wish.interpreter,
      instantToIso(during.start),
      instantToIso(during.end),
      confidential,
      instantToIso(tx.now),
      tx.context.accountId,
    ],
  );
  const day = dateAt(during.start, viewer.space.zone);
  await tx.record({ kind: 'appointment.booked', subjectId: id, partnerId, confidential, siteId: wish.siteId, day });
  return done(bookedOf(viewer, { id, usagerId }, placed, person.overlap));
}

/** $1 space, $2 usager, $4 this appointment, $5 and $6 its hours. */
const OVERLAP = overlapAt({ usager: '$2::uuid', but: '$4::uuid', start: '$5::timestamptz', end: '$6' });

/** Moves a locked appointment outside any permanence, or says why it can't be there. */
export async function moveAlone(
  tx: Transaction,
  viewer: Viewer,
  appointment: LockedAppointment,
  wish: AloneWish,
  back?: { version: number; state: string },
): Promise<Outcome<Booked, AloneRefusal>> {
  const placed = await placeAlone(tx, viewer, wish, { moving: appointment.id, back: back !== undefined });
  if (!placed.ok) {
    return back ? placed : withNextDay(tx, viewer, placed, { wish, moving: appointment.id, notAt: appointment.start });
  }
  const { partnerId, confidential, roomId, during, claims } = placed.value;
  const [agentId, secondAgentId = null] = wish.agentIds;
  const { id, usagerId } = appointment;
  // Moved onto itself: nothing happened, and nobody is told that it did.
  const sameButRoom =
    appointment.occurrenceId === null &&
    appointment.siteId === wish.siteId &&
    appointment.mode === wish.mode &&
    appointment.agentId === agentId &&
    appointment.secondAgentId === secondAgentId &&
    appointment.start === during.start &&
    appointment.end === during.end;
  if (sameButRoom && appointment.roomId === roomId) return done(bookedOf(viewer, { id, usagerId }, placed.value, null));
  await release(tx, [id]);
  await claim(tx, { kind: 'appointment', id, partnerId, confidential }, claims);
  // Whoever comes asks at the desk: of another room alone nobody is told, and a yes still holds.
  const version = back?.version ?? appointment.version + (sameButRoom ? 0 : 1);
  const [moved] = await tx.query<{ overlap: Overlap | null }>(
    `update appointment set occurrence_id = null, seat = null, agent_id = $3, second_agent_id = $7, site_id = $8, room_id = $9,
       mode = $10, starts_at = $5, ends_at = $6, state = $11, confidential = $12, version = $13, undo = $14
     where space_id = $1 and id = $4 returning ${OVERLAP} as overlap`,
    [
      tx.context.spaceId,
      usagerId,
      agentId,
      id,
      instantToIso(during.start),
      instantToIso(during.end),
      secondAgentId,
      wish.siteId,
      roomId,
      wish.mode,
      back?.state ?? (sameButRoom ? appointment.state : 'planned'),
      confidential,
      version,
      back ? null : undoOf(tx, appointment, 'moved'),
    ],
  );
  await settleStranded(tx, id);
  if (back) await strandAlone(tx, viewer, [id]);
  const { zone } = viewer.space;
  const about = { subjectId: id, partnerId, confidential };
  const [day, left] = [dateAt(during.start, zone), dateAt(appointment.start, zone)];
  await tx.record({ ...about, kind: 'appointment.moved', siteId: wish.siteId, day, detail: { version } });
  if (day !== left || wish.siteId !== appointment.siteId) {
    await tx.record({ ...about, kind: 'appointment.left', siteId: appointment.siteId, day: left });
  }
  return done(bookedOf(viewer, { id, usagerId }, placed.value, moved?.overlap ?? null));
}

function bookedOf(
  { space: { zone }, role, language }: Viewer,
  about: { id: string; usagerId: string },
  { during, roomId, outside }: PlacedAlone,
  overlap: Overlap | null,
): Booked {
  return {
    ...about,
    start: toLocal(during.start, zone),
    end: toLocal(during.end, zone),
    roomId,
    warnings: [
      ...overlapWarnings(overlap, { sight: sightOf(role), language }),
      ...outsideWarnings(outside, { zone, language }),
    ],
  };
}
