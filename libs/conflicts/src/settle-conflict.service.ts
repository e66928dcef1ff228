import { contextOf, type Viewer } from '@app/accounts';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { claim, lockResources, resourcesOfRooms, roomKey, takenDuring } from '@app/rooms';
import { dateAt, type Instant, instantToIso, type LocalDateTime, type PlainDate, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';

export type GiveRoomRefusal =
  | 'not-found'
  | 'already-settled'
  | 'room-elsewhere'
  | 'room-taken'
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
      if (!(await markSettled(tx, conflictId))) return refuse('already-settled');
      if (date.roomId || date.state !== 'held' || date.endsAt <= tx.now) return refuse('occurrence-changed');
      if (!(await isRoomOfSite(tx, roomId, date.siteId))) return refuse('room-elsewhere');
      const closure = await closureOf(tx, roomId, dateAt(date.startsAt, viewer.space.zone));
      if (closure !== null) return refuse('closed', closure ? { detail: closure } : {});
      return this.take(tx, opposed, date, roomId, viewer.space.zone);
    });
  }

  /** It may stay as it is: without a room, without the agent, or with the person told by other means. */
  async settle(viewer: Viewer, conflictId: string): Promise<Outcome<null, SettleRefusal>> {
    return this.database.command<null, SettleRefusal>(contextOf(viewer), async (tx) => {
      const settled = await markSettled(tx, conflictId);
      if (!settled) return refuse('not-found');
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
    zone: string,
  ): Promise<Outcome<null, GiveRoomRefusal>> {
    const isRuleRoom = roomId === date.ruleRoomId;
    const room = { roomId, workstationId: isRuleRoom ? date.ruleWorkstationId : null };
    const during = { start: date.startsAt, end: date.endsAt };
    const resources = (await resourcesOfRooms(tx, [room])).get(roomKey(room)) ?? [];
    await lockResources(tx, resources);
    const [held] = await takenDuring(tx, resources, during);
    if (held) return refuse('room-taken', { heldBy: held.publishedName, until: toLocal(held.during.end, zone) });
    const { partnerId, confidential } = date;
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

async function markSettled(
  tx: Transaction,
  conflictId: string,
): Promise<{ partnerId: string; confidential: boolean } | null> {
  const [settled] = await tx.query<{ partnerId: string; confidential: boolean }>(
    `update conflict set settled_at = $3 where space_id = $1 and id = $2 and settled_at is null
     returning partner_id as "partnerId", confidential`,
    [tx.context.spaceId, conflictId, instantToIso(tx.now)],
  );
  return settled ?? null;
}

async function isRoomOfSite(tx: Transaction, roomId: string, siteId: string): Promise<boolean> {
  const found = await tx.query(
    'select id from room where space_id = $1 and id = $2 and site_id = $3 and retired_at is null',
    [tx.context.spaceId, roomId, siteId],
  );
  return found.length > 0;
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
