import { contextOf, hashOf, newToken, type Viewer } from '@app/accounts';
import type { CalendarBody, CalendarFeed } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { type Instant, instantToIso, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { mayHandOut, type Owner } from './rights';

interface Row {
  id: string;
  kind: CalendarFeed['kind'];
  partner_id: string | null;
  room_id: string | null;
  agent_id: string | null;
  label: string;
  renewed_at: Instant;
  confidential: boolean;
}

const ROWS = `select f.id, f.kind, f.partner_id, f.room_id, f.agent_id, f.label, f.renewed_at, coalesce(p.confidential, false) as confidential
  from calendar_feed f left join partner p on p.space_id = f.space_id and p.id = f.partner_id
  where f.space_id = $1`;

/** The links by which calendar programs read. A secret is told once, to whoever made or renewed the link. */
@Injectable()
export class CalendarLinks {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** The links the viewer may renew or revoke, the newest first. */
  async list(viewer: Viewer): Promise<CalendarFeed[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const rows = await tx.query<Row>(`${ROWS} order by f.renewed_at desc, f.id`, [viewer.space.id]);
      return rows.filter((row) => mayHandOut(viewer, ownerOf(row))).map((row) => feedOf(row, viewer.space.zone));
    });
  }

  /** A link whose address nobody knows yet: `renew` tells one. So a request sent twice keeps no secret anywhere. */
  async create(
    viewer: Viewer,
    body: CalendarBody,
    once: Once | null,
  ): Promise<Outcome<{ id: string }, 'not-found' | 'not-yours' | 'key-reused'>> {
    return this.database.once<{ id: string }, 'not-found' | 'not-yours'>(contextOf(viewer), once, async (tx) => {
      const owner = await ownerAsked(tx, body);
      if (!owner) return refuse('not-found');
      if (!mayHandOut(viewer, owner)) return refuse('not-yours');
      const [made] = await tx.query<{ id: string }>(
        `insert into calendar_feed (space_id, kind, partner_id, room_id, agent_id, label, secret_hash, told_to, created_at, renewed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9) returning id`,
        [
          viewer.space.id,
          body.kind,
          owner.partnerId,
          body.kind === 'room' ? body.roomId : null,
          owner.agentId,
          body.label,
          hashOf(newToken()),
          viewer.accountId,
          instantToIso(tx.now),
        ],
      );
      if (!made) throw new Error('A link just written gave no id.');
      await tx.audit('calendar.created', 'calendar', made.id);
      return done(made);
    });
  }

  /** A new secret: the address given before no longer answers. */
  async renew(viewer: Viewer, id: string): Promise<Outcome<{ id: string; secret: string }, 'not-found'>> {
    return this.changing(viewer, id, async (tx) => {
      const secret = newToken();
      await tx.query(
        'update calendar_feed set secret_hash = $3, renewed_at = $4, told_to = $5 where space_id = $1 and id = $2',
        [viewer.space.id, id, hashOf(secret), instantToIso(tx.now), viewer.accountId],
      );
      await tx.audit('calendar.renewed', 'calendar', id);
      return { id, secret };
    });
  }

  async revoke(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found'>> {
    return this.changing(viewer, id, async (tx) => {
      await tx.query('delete from calendar_feed where space_id = $1 and id = $2', [viewer.space.id, id]);
      await tx.audit('calendar.revoked', 'calendar', id);
      return null;
    });
  }

  private changing<T>(
    viewer: Viewer,
    id: string,
    work: (tx: Transaction) => Promise<T>,
  ): Promise<Outcome<T, 'not-found'>> {
    return this.database.command<T, 'not-found'>(contextOf(viewer), async (tx) => {
      const [row] = await tx.query<Row>(`${ROWS} and f.id = $2 for update of f`, [viewer.space.id, id]);
      if (!row || !mayHandOut(viewer, ownerOf(row))) return refuse('not-found');
      return done(await work(tx));
    });
  }
}

/** What the asked calendar belongs to; null when it is not of this space, or no longer in use. */
async function ownerAsked(tx: Transaction, body: CalendarBody): Promise<Owner | null> {
  const { spaceId } = tx.context;
  const { kind } = body;
  const nobody = { kind, partnerId: null, agentId: null, confidential: false };
  switch (body.kind) {
    case 'space':
      return nobody;
    case 'room': {
      const found = await tx.query('select from room where space_id = $1 and id = $2 and retired_at is null', [
        spaceId,
        body.roomId,
      ]);
      return found.length ? nobody : null;
    }
    case 'partner': {
      const [partner] = await tx.query<{ confidential: boolean }>(
        'select confidential from partner where space_id = $1 and id = $2 and retired_at is null',
        [spaceId, body.partnerId],
      );
      return partner ? { ...nobody, partnerId: body.partnerId, ...partner } : null;
    }
    case 'agent': {
      const [agent] = await tx.query<{ partnerId: string; confidential: boolean }>(
        `select a.partner_id as "partnerId", p.confidential
         from agent a join partner p on p.space_id = a.space_id and p.id = a.partner_id
         where a.space_id = $1 and a.id = $2 and a.retired_at is null`,
        [spaceId, body.agentId],
      );
      return agent ? { ...nobody, agentId: body.agentId, ...agent } : null;
    }
  }
}

function ownerOf(row: Row): Owner {
  return { kind: row.kind, partnerId: row.partner_id, agentId: row.agent_id, confidential: row.confidential };
}

function feedOf(row: Row, zone: string): CalendarFeed {
  return {
    id: row.id,
    kind: row.kind,
    partnerId: row.partner_id,
    roomId: row.room_id,
    agentId: row.agent_id,
    label: row.label,
    since: toLocal(row.renewed_at, zone),
  };
}
