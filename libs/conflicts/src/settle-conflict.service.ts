import { contextOf, type Viewer } from '@app/accounts';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import {
  claim,
  lockResources,
  officesOfOthersAt,
  resourcesOfRooms,
  roomKey,
  sayOfficeKept,
  takenDuring,
} from '@app/rooms';
import { dateAt, type Instant, instantToIso, type LocalDateTime, type PlainDate, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

export type GiveRoomRefusal =
  | 'not-found'
  | 'already-settled'
  | 'room-elsewhere'
  | 'room-taken'
  | 'office-kept'
  | 'closed'
  | 'occurrence-changed';
export type SettleRefusal = 'not-found';

interface Opposed {
  permanenceId: string;
  occurrenceId: string;
}

interface LockedDate {
  ruleId: string;
  originalStart: LocalDateTime;
  startsAt: Instant;
  endsAt: Instant;
  siteId: string;
  roomId: string | null;
  state: string;
  partnerId: string;
  confidential: boolean;
  /** What the rule gives the date, when nobody decided otherwise. */
  ruleRoomId: string | null;
  ruleWorkstationId: string | null;
}

/** Settles what was opened: gives a date another room, or says that it may stay as it is. */
@Injectable()
export class SettleConflict {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Gives a date without a room one that is free at its hours, for good: publishing again does not undo it. */
  async giveRoom(viewer: Viewer, conflictId: string, roomId: string): Promise<Outcome<null, GiveRoomRefusal>> {
    return this.database.command<null, GiveRoomRefusal>(contextOf(viewer), async (tx) => {
      const opposed = await findOpposed(tx, conflictId);
      if (!opposed) return refuse('not-found');
      const date = await lockDate(tx, opposed);
      if (!date) return refuse('not-found');
      // A date that was left without its room may still have one.
      const isLeft = date.roomId === null && date.state === 'held';
      if (!(await markSettled(tx, conflictId, isLeft))) return refuse('already-settled');
      if (date.roomId || date.state !== 'held' || date.endsAt <= tx.now) return refuse('occurrence-changed');
      if (!(await isRoomOfSite(tx, roomId, date.siteId))) return refuse('room-elsewhere');
      const closure = await closureOf(tx, roomId, dateAt(date.startsAt, viewer.space.zone));
      if (closure !== null) return refuse('closed', closure ? { detail: closure } : {});
      return this.take(tx, opposed, date, roomId, viewer);
    });
  }

  /**
   * It may stay as it is: without a room, without the agent, or with the person told by other means. A room that is free all the
   * same is not offered to that date again; one that is taken is, when it comes free.
   */
  async settle(viewer: Viewer, conflictId: string): Promise<Outcome<null, SettleRefusal>> {
    return this.database.command<null, SettleRefusal>(contextOf(viewer), async (tx) => {
      const settled = await markSettled(tx, conflictId, true);
      if (!settled) return refuse('not-found');
      if (await isFree(tx, settled, viewer.space.zone)) await decline(tx, conflictId);
      if (settled.appointmentId) await followDate(tx, settled.appointmentId);
      await tx.record({
        kind: 'conflict.settled',
        subjectId: conflictId,
        partnerId: settled.partnerId,
        confidential: settled.confidential,
      });
      return done(null);
    });
  }

  private async take(
    tx: Transaction,
    { permanenceId, occurrenceId }: Opposed,
    date: LockedDate,
    roomId: string,
    { space: { zone }, language }: Viewer,
  ): Promise<Outcome<null, GiveRoomRefusal>> {
    const isRuleRoom = roomId === date.ruleRoomId;
    const room = { roomId, workstationId: isRuleRoom ? date.ruleWorkstationId : null };
    const during = { start: date.startsAt, end: date.endsAt };
    const resources = (await resourcesOfRooms(tx, [room])).get(roomKey(room)) ?? [];
    await lockResources(tx, resources);
    const [held] = await takenDuring(tx, resources, during);
    if (held) return refuse('room-taken', { heldBy: held.publishedName, until: toLocal(held.during.end, zone) });
    const { partnerId, confidential } = date;
    const office = (await officesOfOthersAt(tx, [roomId], during, partnerId)).get(roomId);
    if (office && !office.lent) {
      const name = await nameOfRoom(tx, roomId);
      return refuse('office-kept', { detail: sayOfficeKept(name, office.resident, language) });
    }
    await claim(
      tx,
      { kind: 'occurrence', id: occurrenceId, partnerId, confidential },
      resources.map((resourceId) => ({ resourceId, during })),
    );
    await tx.query('update occurrence set room_id = $3, workstation_id = $4 where space_id = $1 and id = $2', [
      tx.context.spaceId,
      occurrenceId,
      room.roomId,
      room.workstationId,
    ]);
    await keepRoom(tx, permanenceId, date, isRuleRoom ? null : roomId);
    const about = {
      subjectId: permanenceId,
      partnerId,
      confidential,
      siteId: date.siteId,
      day: dateAt(date.startsAt, zone),
    };
    await tx.record({ ...about, kind: 'occurrence.changed' }, { ...about, kind: 'conflict.settled' });
    return done(null);
  }
}

async function findOpposed(tx: Transaction, conflictId: string): Promise<Opposed | null> {
  const [found] = await tx.query<Opposed>(
    `select o.permanence_id as "permanenceId", o.id as "occurrenceId" from conflict c
     join occurrence o on o.space_id = c.space_id and o.id = c.occurrence_id
     where c.space_id = $1 and c.id = $2 and c.kind = 'room-taken'`,
    [tx.context.spaceId, conflictId],
  );
  return found ?? null;
}

/** Why the room is closed that day, '' without a cause; null when it is open. */
async function closureOf(tx: Transaction, roomId: string, day: PlainDate): Promise<string | null> {
  const [row] = await tx.query<{ cause: string | null }>('select closure_of_room($1, $2::date) as cause', [
    roomId,
    day,
  ]);
  return row?.cause ?? null;
}

/** Permanence, then date, as publishing does: the two never wait for each other. */
async function lockDate(tx: Transaction, { permanenceId, occurrenceId }: Opposed): Promise<LockedDate | null> {
  const { spaceId } = tx.context;
  const locked = await tx.query('select id from permanence where space_id = $1 and id = $2 for update', [
    spaceId,
    permanenceId,
  ]);
  if (!locked.length) return null;
  const [date] = await tx.query<LockedDate>(
    `select o.rule_id as "ruleId", o.original_start as "originalStart", o.starts_at as "startsAt", o.ends_at as "endsAt",
       o.site_id as "siteId", o.room_id as "roomId", o.state, o.partner_id as "partnerId", o.confidential,
       r.room_id as "ruleRoomId", r.workstation_id as "ruleWorkstationId"
     from occurrence o join permanence_rule r on r.space_id = o.space_id and r.id = o.rule_id
     where o.space_id = $1 and o.id = $2 for update of o`,
    [spaceId, occurrenceId],
  );
  return date ?? null;
}

interface Settled {
  partnerId: string;
  confidential: boolean;
  occurrenceId: string | null;
  appointmentId: string | null;
  /** The room that was wanted; null when it is of something else. */
  roomId: string | null;
}

/** @param orLeft also one that was settled by leaving a date without its room */
async function markSettled(tx: Transaction, conflictId: string, orLeft: boolean): Promise<Settled | null> {
  const [settled] = await tx.query<Settled>(
    `update conflict set settled_at = coalesce(settled_at, $3)
     where space_id = $1 and id = $2 and (settled_at is null or ($4 and kind = 'room-taken' and not declined))
     returning partner_id as "partnerId", confidential, occurrence_id as "occurrenceId", appointment_id as "appointmentId",
       case when kind = 'room-taken' then wanted_id end as "roomId"`,
    [tx.context.spaceId, conflictId, instantToIso(tx.now), orLeft],
  );
  return settled ?? null;
}

/** Whether the room that was wanted could be had now. */
async function isFree(tx: Transaction, { occurrenceId, roomId }: Settled, zone: string): Promise<boolean> {
  if (!occurrenceId || !roomId) return false;
  const [date] = await tx.query<{ start: Instant; end: Instant }>(
    'select starts_at as start, ends_at as end from occurrence where space_id = $1 and id = $2',
    [tx.context.spaceId, occurrenceId],
  );
  if (!date || (await closureOf(tx, roomId, dateAt(date.start, zone))) !== null) return false;
  const room = { roomId, workstationId: null };
  const resources = (await resourcesOfRooms(tx, [room])).get(roomKey(room)) ?? [];
  return (await takenDuring(tx, resources, date)).length === 0;
}

async function decline(tx: Transaction, conflictId: string): Promise<void> {
  await tx.query('update conflict set declined = true where space_id = $1 and id = $2', [
    tx.context.spaceId,
    conflictId,
  ]);
}

/** Whoever was told by other means comes to where the date is held now. */
async function followDate(tx: Transaction, appointmentId: string): Promise<void> {
  await tx.query(
    `update appointment a set site_id = o.site_id from occurrence o
     where a.space_id = $1 and a.id = $2 and o.space_id = a.space_id and o.id = a.occurrence_id and o.state = 'held'
       and a.starts_at >= o.starts_at and a.ends_at <= o.ends_at and a.site_id <> o.site_id`,
    [tx.context.spaceId, appointmentId],
  );
}

async function isRoomOfSite(tx: Transaction, roomId: string, siteId: string): Promise<boolean> {
  const found = await tx.query(
    'select id from room where space_id = $1 and id = $2 and site_id = $3 and retired_at is null',
    [tx.context.spaceId, roomId, siteId],
  );
  return found.length > 0;
}

async function nameOfRoom(tx: Transaction, roomId: string): Promise<string> {
  const [room] = await tx.query<{ name: string }>('select name from room where space_id = $1 and id = $2', [
    tx.context.spaceId,
    roomId,
  ]);
  return room?.name ?? '';
}

/** The room of this one date, decided by someone: a later layout keeps it. Null goes back to the rule's own. */
async function keepRoom(
  tx: Transaction,
  permanenceId: string,
  { ruleId, originalStart }: LockedDate,
  roomId: string | null,
): Promise<void> {
  const { spaceId, accountId } = tx.context;
  if (!roomId) {
    await tx.query(
      'update permanence_exception set new_room_id = null where space_id = $1 and rule_id = $2 and original_start = $3::timestamp',
      [spaceId, ruleId, originalStart],
    );
    return;
  }
  await tx.query(
    `insert into permanence_exception (space_id, permanence_id, rule_id, original_start, kind, new_room_id, account_id)
     values ($1, $2, $3, $4::timestamp, 'changed', $5, $6)
     on conflict (space_id, rule_id, original_start) do update set new_room_id = excluded.new_room_id, account_id = excluded.account_id`,
    [spaceId, permanenceId, ruleId, originalStart, roomId, accountId],
  );
}
