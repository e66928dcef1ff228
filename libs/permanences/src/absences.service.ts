import { randomUUID } from 'node:crypto';
import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { Absence, AbsenceBody, AbsenceChange, AbsenceEffect, AbsenceSaved } from '@app/contract';
import { type Context, Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { type Instant, instantToIso, type Interval, type LocalDateTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { lockCalendars } from './calendar-effect.query';
import { changeAbsence, type AgentAway } from './absence-effect.query';

export type AbsenceRefusal = 'not-found' | 'not-yours' | 'no-such-reference' | 'past';

/** As many as one looks through. */
const MOST = 200;

interface AbsenceRow {
  id: string;
  agentId: string;
  partnerId: string;
  confidential: boolean;
  startsAt: Instant;
  endsAt: Instant;
  label: string;
}

export interface AbsenceFilter {
  agent?: string | undefined;
  partner?: string | undefined;
}

/**
 * Agents who are away. It refuses nothing: what it falls on is shown before it is recorded, and is then to be settled.
 */
@Injectable()
export class Absences {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those that are not over, the nearest first. */
  async all(viewer: Viewer, { agent, partner }: AbsenceFilter = {}): Promise<Absence[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const rows = await tx.query<AbsenceRow>(
        `select ${COLUMNS} from absence
         where space_id = $1 and ends_at > $2 and ($3::uuid is null or agent_id = $3) and ($4::uuid is null or partner_id = $4)
         order by starts_at, id limit ${MOST}`,
        [tx.context.spaceId, instantToIso(tx.now), agent ?? null, partner ?? null],
      );
      return rows.map((row) => ({
        id: row.id,
        agentId: row.agentId,
        partnerId: row.partnerId,
        start: toLocal(row.startsAt, viewer.space.zone),
        end: toLocal(row.endsAt, viewer.space.zone),
        label: row.label,
        mayChange: mayRecord(viewer, row),
      }));
    });
  }

  async add(
    viewer: Viewer,
    { dryRun, ...body }: AbsenceBody,
    once: Once | null = null,
  ): Promise<Outcome<AbsenceSaved, AbsenceRefusal | 'key-reused'>> {
    const key = dryRun ? null : once;
    return this.database.once<AbsenceSaved, AbsenceRefusal>(contextOfAbsences(viewer), key, async (tx) => {
      await lockCalendars(tx);
      const agent = await agentOf(tx, body.agentId);
      if (!agent) return refuse('no-such-reference');
      if (!mayRecord(viewer, agent)) return refuse('not-yours');
      const during = duringOf(viewer, body);
      if (during.end <= tx.now) return refuse('past');
      const id = randomUUID();
      const effect = await changeAbsence(tx, viewer, agent, { before: null, after: during, dryRun }, async () => {
        await tx.query(
          `insert into absence (space_id, id, agent_id, partner_id, confidential, starts_at, ends_at, label, created_at, recorded_by)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [
            tx.context.spaceId,
            id,
            agent.agentId,
            agent.partnerId,
            agent.confidential,
            instantToIso(during.start),
            instantToIso(during.end),
            body.label,
            instantToIso(tx.now),
            viewer.accountId,
          ],
        );
      });
      if (!dryRun) await record(tx, 'absence.recorded', id, agent);
      return done({ ...effect, id: dryRun ? null : id });
    });
  }

  /** Other hours, or another label. */
  async change(
    viewer: Viewer,
    id: string,
    { dryRun, ...body }: AbsenceChange,
  ): Promise<Outcome<AbsenceSaved, AbsenceRefusal>> {
    return this.database.command<AbsenceSaved, AbsenceRefusal>(contextOfAbsences(viewer), async (tx) => {
      const found = await lockOne(tx, viewer, id);
      if (!found.ok) return found;
      const during = duringOf(viewer, body);
      if (during.end <= tx.now) return refuse('past');
      const times = { before: intervalOf(found.value), after: during, dryRun };
      const effect = await changeAbsence(tx, viewer, found.value, times, async () => {
        await tx.query(
          'update absence set starts_at = $3, ends_at = $4, label = $5, recorded_by = $6 where space_id = $1 and id = $2',
          [tx.context.spaceId, id, instantToIso(during.start), instantToIso(during.end), body.label, viewer.accountId],
        );
      });
      if (!dryRun) await record(tx, 'absence.changed', id, found.value);
      return done({ ...effect, id });
    });
  }

  /** Here after all: what the absence opened is settled, and its dates take their office again unless someone borrowed it. */
  async remove(viewer: Viewer, id: string, dryRun: boolean): Promise<Outcome<AbsenceEffect, AbsenceRefusal>> {
    return this.database.command<AbsenceEffect, AbsenceRefusal>(contextOfAbsences(viewer), async (tx) => {
      const found = await lockOne(tx, viewer, id);
      if (!found.ok) return found;
      const times = { before: intervalOf(found.value), after: null, dryRun };
      const effect = await changeAbsence(tx, viewer, found.value, times, async () => {
        await tx.query('delete from absence where space_id = $1 and id = $2', [tx.context.spaceId, id]);
      });
      if (!dryRun) await record(tx, 'absence.removed', id, found.value);
      return done(effect);
    });
  }
}

const COLUMNS = `id, agent_id as "agentId", partner_id as "partnerId", confidential, starts_at as "startsAt", ends_at as "endsAt", label`;

/**
 * In whose name absences are written, once it is known that the viewer may: the agent may be expected by others too, and an
 * office may be borrowed by whom the viewer does not see.
 */
function contextOfAbsences(viewer: Viewer): Context {
  return { ...contextOf(viewer), sight: 'system' };
}

/** An agent for herself, an editor for the partner's agents, the desk for those it sees. */
function mayRecord(viewer: Viewer, { agentId, partnerId, confidential }: AgentAway): boolean {
  if (viewer.role === 'agent') return viewer.agentId === agentId;
  if (partnerId === viewer.partnerId) return true;
  return sightOf(viewer.role) === 'desk' && !confidential;
}

async function agentOf(tx: Transaction, id: string): Promise<AgentAway | null> {
  const [agent] = await tx.query<AgentAway>(
    `select a.id as "agentId", a.partner_id as "partnerId", p.confidential
     from agent a join partner p on p.space_id = a.space_id and p.id = a.partner_id
     where a.space_id = $1 and a.id = $2 and a.retired_at is null`,
    [tx.context.spaceId, id],
  );
  return agent ?? null;
}

/** An absence that the viewer may not see is not there. */
async function lockOne(
  tx: Transaction,
  viewer: Viewer,
  id: string,
): Promise<Outcome<AbsenceRow, 'not-found' | 'not-yours'>> {
  await lockCalendars(tx);
  const [row] = await tx.query<AbsenceRow>(`select ${COLUMNS} from absence where space_id = $1 and id = $2`, [
    tx.context.spaceId,
    id,
  ]);
  if (!row) return refuse('not-found');
  if (mayRecord(viewer, row)) return done(row);
  return refuse(row.partnerId === viewer.partnerId ? 'not-yours' : 'not-found');
}

function duringOf({ space }: Viewer, { start, end }: { start: string; end: string }): Interval {
  return { start: toInstant(start as LocalDateTime, space.zone), end: toInstant(end as LocalDateTime, space.zone) };
}

function intervalOf({ startsAt, endsAt }: AbsenceRow): Interval {
  return { start: startsAt, end: endsAt };
}

async function record(
  tx: Transaction,
  kind: 'absence.recorded' | 'absence.changed' | 'absence.removed',
  id: string,
  { partnerId, confidential }: AgentAway,
): Promise<void> {
  await tx.record({ kind, subjectId: id, partnerId, confidential });
}
