import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import type { Agent, AgentBody } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse } from '@app/persistence';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { AgentEntity } from './agent.entity';
import { readAgents } from './directory.query';
import { unlessNameTaken } from './name-taken';
import { mayWriteFor } from './ownership';
import { PartnerEntity } from './partner.entity';
import { nextPosition } from './position.query';
import { ensureResources } from './resources.query';

@Injectable()
export class Agents {
  constructor(private readonly database: Database) {}

  create(viewer: Viewer, body: AgentBody, once: Once | null = null): Promise<Outcome<{ id: string }>> {
    return unlessNameTaken(viewer, 'agent', () =>
      this.database.once(contextOf(viewer), once, async (tx) => {
        if (!mayWriteFor(viewer, body.partnerId)) return refuse('not-yours');
        const { spaceId } = tx.context;
        const partner = { spaceId, id: body.partnerId, retiredAt: IsNull() };
        if (!(await tx.manager.existsBy(PartnerEntity, partner))) return refuse('no-such-reference');
        const id = randomUUID();
        const position = await nextPosition(tx, AgentEntity);
        await tx.manager.insert(AgentEntity, { ...body, spaceId, id, position, retiredAt: null });
        await ensureResources(tx, [
          { kind: 'presence', ownerId: id },
          { kind: 'time', ownerId: id },
        ]);
        await tx.record({ kind: 'directory.changed', subjectId: id, partnerId: body.partnerId });
        return done({ id });
      }),
    );
  }

  update(viewer: Viewer, id: string, body: AgentBody): Promise<Outcome<Agent>> {
    return unlessNameTaken(viewer, 'agent', () =>
      this.database.command(contextOf(viewer), async (tx) => {
        if (!mayWriteFor(viewer, body.partnerId)) return refuse('not-yours');
        const key = { spaceId: tx.context.spaceId, id, retiredAt: IsNull() };
        const before = await tx.manager.findOneBy(AgentEntity, key);
        if (!before || !mayWriteFor(viewer, before.partnerId)) return refuse('not-found');
        if (before.partnerId !== body.partnerId) return refuse('partner-fixed');
        await tx.manager.update(AgentEntity, key, body);
        await tx.record({ kind: 'directory.changed', subjectId: id, partnerId: body.partnerId });
        const [agent] = await readAgents(tx, id);
        return agent ? done(agent) : refuse('not-found');
      }),
    );
  }
}
