import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { Room, RoomBody } from '@app/contract';
import { Database, done, type Once, type Outcome, type Refusal, refuse, type Transaction } from '@app/persistence';
import { instantToIso } from '@app/time';
import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { AgentEntity } from './agent.entity';
import { deskChanges, hasTwins } from './desks';
import { readRooms } from './directory.query';
import { unlessNameTaken } from './name-taken';
import { nextPosition } from './position.query';
import { ensureResources, lockResourcesOf } from './resources.query';
import { RoomEntity, RoomResidentEntity, WorkstationEntity } from './room.entity';
import { SiteEntity } from './site.entity';
import { stillInUse } from './uses.query';
import { sayNameTaken } from './wording';

@Injectable()
export class Rooms {
  constructor(private readonly database: Database) {}

  create(viewer: Viewer, body: RoomBody, once: Once | null = null): Promise<Outcome<{ id: string }>> {
    return unlessNameTaken(viewer, 'room', () =>
      this.database.once(contextOf(viewer), once, async (tx) => {
        const { workstations, residentAgentIds, ...facts } = body;
        if (hasTwins(workstations)) return refuseTwins(viewer);
        if (!(await siteStands(tx, body.siteId))) return refuse('no-such-reference');
        if (!(await agentsStand(tx, residentAgentIds))) return refuse('no-such-reference');
        const id = randomUUID();
        const { spaceId } = tx.context;
        await tx.manager.insert(RoomEntity, {
          ...facts,
          spaceId,
          id,
          position: await nextPosition(tx, RoomEntity),
          retiredAt: null,
        });
        await ensureResources(tx, [{ kind: 'room', ownerId: id }]);
        await setResidents(tx, id, residentAgentIds);
        await setDesks(tx, viewer, id, workstations);
        await tx.record({ kind: 'directory.changed', subjectId: id, siteId: body.siteId });
        return done({ id });
      }),
    );
  }

  /** A room with dates ahead keeps its site; a desk with dates of its own ahead is kept. */
  update(viewer: Viewer, id: string, body: RoomBody): Promise<Outcome<Room>> {
    return unlessNameTaken(viewer, 'room', () =>
      this.database.command(contextOf(viewer), async (tx) => {
        const { workstations, residentAgentIds, ...facts } = body;
        if (hasTwins(workstations)) return refuseTwins(viewer);
        if (!(await agentsStand(tx, residentAgentIds))) return refuse('no-such-reference');
        const key = { spaceId: tx.context.spaceId, id };
        // Whoever books the room or a desk at this moment finishes first, and two changes of its desks take turns.
        await lockResourcesOf(tx, [id, ...(await desksOf(tx, id)).map((desk) => desk.id)]);
        const before = await tx.manager.findOneBy(RoomEntity, { ...key, retiredAt: IsNull() });
        if (!before) return refuse('not-found');
        if (before.siteId !== body.siteId) {
          if (!(await siteStands(tx, body.siteId))) return refuse('no-such-reference');
          const used = await stillInUse(tx, viewer, 'room', id);
          if (used) return used;
        }
        await tx.manager.update(RoomEntity, key, facts);
        await setResidents(tx, id, residentAgentIds);
        const kept = await setDesks(tx, viewer, id, workstations);
        if (kept) return kept;
        await tx.record({ kind: 'directory.changed', subjectId: id, siteId: body.siteId });
        const [room] = await readRooms(tx, id);
        return room ? done(room) : refuse('not-found');
      }),
    );
  }
}

function refuseTwins({ language }: Viewer) {
  return refuse('name-taken', { detail: sayNameTaken('workstation', language) });
}

function siteStands(tx: Transaction, id: string): Promise<boolean> {
  return tx.manager.existsBy(SiteEntity, { spaceId: tx.context.spaceId, id, retiredAt: IsNull() });
}

async function agentsStand(tx: Transaction, ids: readonly string[]): Promise<boolean> {
  const { spaceId } = tx.context;
  const found = await tx.manager.countBy(AgentEntity, { spaceId, id: In([...ids]), retiredAt: IsNull() });
  return found === new Set(ids).size;
}

async function setResidents(tx: Transaction, roomId: string, agentIds: readonly string[]): Promise<void> {
  const { spaceId } = tx.context;
  await tx.manager.delete(RoomResidentEntity, { spaceId, roomId });
  if (!agentIds.length) return;
  await tx.manager.insert(
    RoomResidentEntity,
    [...new Set(agentIds)].map((agentId) => ({ spaceId, roomId, agentId })),
  );
}

function desksOf(tx: Transaction, roomId: string): Promise<WorkstationEntity[]> {
  return tx.manager.findBy(WorkstationEntity, { spaceId: tx.context.spaceId, roomId, retiredAt: IsNull() });
}

/** Makes the room's desks these ones. A refusal when a desk that is left out still serves. */
async function setDesks(
  tx: Transaction,
  viewer: Viewer,
  roomId: string,
  labels: readonly string[],
): Promise<Refusal<'in-use'> | null> {
  const { spaceId } = tx.context;
  const { kept, added, removed } = deskChanges(await desksOf(tx, roomId), labels);
  for (const desk of removed) {
    const used = await stillInUse(tx, viewer, 'workstation', desk.id);
    if (used) return { ...used, detail: `${desk.label} : ${used.detail}` };
    await tx.manager.update(WorkstationEntity, { spaceId, id: desk.id }, { retiredAt: tx.now });
  }
  for (const { id, label, position } of kept) {
    await tx.manager.update(WorkstationEntity, { spaceId, id }, { label, position });
  }
  const made = added.map((desk) => ({ ...desk, id: randomUUID(), spaceId, roomId, retiredAt: null }));
  if (!made.length) return null;
  await tx.manager.insert(WorkstationEntity, made);
  await ensureResources(
    tx,
    made.map(({ id }) => ({ kind: 'workstation', ownerId: id })),
  );
  // Whoever holds the whole room ahead holds its new desks too.
  await tx.query('select hold_desks_with_their_room($1, $2::uuid[], $3)', [
    roomId,
    made.map(({ id }) => id),
    instantToIso(tx.now),
  ]);
  return null;
}
