import { contextOf, type Viewer } from '@app/accounts';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AgentEntity } from './agent.entity';
import { MotifEntity } from './motif.entity';
import { PartnerEntity } from './partner.entity';
import { lockResourcesOf } from './resources.query';
import { RoomEntity, WorkstationEntity } from './room.entity';
import { SiteEntity } from './site.entity';
import { stillInUse } from './uses.query';
import type { Named } from './wording';

/** What can be retired by itself; a desk goes with a change of its room. */
export type Retirable = Exclude<Named, 'workstation' | 'sector'>;

const ENTITIES = {
  site: SiteEntity,
  room: RoomEntity,
  partner: PartnerEntity,
  agent: AgentEntity,
  motif: MotifEntity,
};

@Injectable()
export class Retirement {
  constructor(private readonly database: Database) {}

  /** Takes something out of use; the past keeps its name. Refused (`in-use`, saying by what) while something ahead needs it. */
  retire(viewer: Viewer, kind: Retirable, id: string): Promise<Outcome<null, 'not-found' | 'in-use'>> {
    return this.database.command(contextOf(viewer), async (tx) => {
      const agents = kind === 'partner' ? await agentsOf(tx, id) : [];
      // What can be held first, the rows after, as a booking does; FOR UPDATE: one that refers to it right now finishes first.
      await lockResourcesOf(tx, [
        id,
        ...(kind === 'room' ? await desksOf(tx, id) : []),
        ...agents.map((one) => one.id),
      ]);
      const key = { spaceId: tx.context.spaceId, id, retiredAt: IsNull() };
      const row: (Partial<Placed> & { id: string }) | null = await tx.manager.findOne(ENTITIES[kind], {
        where: key,
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) return refuse('not-found');
      const used = (await stillInUse(tx, viewer, kind, id)) ?? (await agentsInUse(tx, viewer, agents));
      if (used) return used;
      if (kind === 'partner') await retireWithPartner(tx, id);
      await tx.manager.update(ENTITIES[kind], key, { retiredAt: tx.now });
      const { partnerId = kind === 'partner' ? id : null, siteId = kind === 'site' ? id : null } = row;
      await tx.record({ kind: 'directory.changed', subjectId: id, partnerId, siteId });
      return done(null);
    });
  }
}

interface Placed {
  siteId: string;
  partnerId: string;
}

async function desksOf(tx: Transaction, roomId: string): Promise<string[]> {
  const desks = await tx.manager.findBy(WorkstationEntity, { spaceId: tx.context.spaceId, roomId });
  return desks.map((desk) => desk.id);
}

function agentsOf(tx: Transaction, partnerId: string): Promise<AgentEntity[]> {
  return tx.manager.findBy(AgentEntity, { spaceId: tx.context.spaceId, partnerId, retiredAt: IsNull() });
}

/** An agent of a partner that leaves may still be expected at another partner's meeting. */
async function agentsInUse(tx: Transaction, viewer: Viewer, agents: readonly AgentEntity[]) {
  for (const agent of agents) {
    const used = await stillInUse(tx, viewer, 'agent', agent.id);
    if (used) return { ...used, detail: `${agent.name} : ${used.detail}` };
  }
  return null;
}

/** A partner leaves with its agents and motifs, and its own offices become anyone's. */
async function retireWithPartner(tx: Transaction, partnerId: string): Promise<void> {
  const { spaceId } = tx.context;
  const theirs = { spaceId, partnerId, retiredAt: IsNull() };
  await tx.manager.update(AgentEntity, theirs, { retiredAt: tx.now });
  await tx.manager.update(MotifEntity, theirs, { retiredAt: tx.now });
  await tx.manager.update(RoomEntity, { spaceId, residentPartnerId: partnerId }, { residentPartnerId: null });
}
