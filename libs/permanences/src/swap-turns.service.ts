import { contextOf, type Viewer } from '@app/accounts';
import type { DateChanged, TurnsSwap } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { lockResources, resourcesOf } from '@app/rooms';
import { type Instant, instantToIso, localDateTime, plainTime, dateAt, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { carryOut, type Touched } from './carry-out.query';
import { recordLayout } from './happenings.query';
import { layOutPermanence } from './lay-out.query';
import type { Place, PlannedPermanence } from './permanence';
import { lockPermanence, readPermanences, readPlace } from './permanence.query';
import { lockDates } from './stored-dates.query';
import { type Handover, type Turn, turnsSwapped } from './turns';

export type SwapRefusal = 'not-found' | 'not-published' | 'no-such-date' | 'past' | 'nothing-to-swap' | 'not-as-shown';

interface StoredTurn extends Turn {
  startsAt: Instant;
  endsAt: Instant;
}

/** Two agents of a rota swap their turns: hours, rooms and whoever is received stay, nobody outside is told. */
@Injectable()
export class SwapTurns {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** What the agents have elsewhere at those hours is told as `clashes`; who can't be received by the other agent, as `told`. */
  async swap(viewer: Viewer, id: string, asked: TurnsSwap): Promise<Outcome<DateChanged, SwapRefusal>> {
    return this.database.command<DateChanged, SwapRefusal>(contextOf(viewer), async (tx) => {
      const permanence = await lockPermanence(tx, id);
      if (!permanence) return refuse('not-found');
      if (permanence.state !== 'published') return refuse('not-published');
      const place = await readPlace(tx);
      const stored = await lockDates(tx, id, localDateTime(dateAt(tx.now, place.zone), plainTime('00:00')));
      const turnAt = ({ ruleId, originalStart }: TurnsSwap['one']): StoredTurn | undefined =>
        stored.find((date) => date.ruleId === ruleId && date.originalStart === originalStart);
      const [one, other] = [turnAt(asked.one), turnAt(asked.other)];
      if (!one || !other) return refuse('no-such-date');
      if (one.startsAt <= tx.now || other.startsAt <= tx.now) return refuse('past');
      const handovers = turnsSwapped(one, other);
      if (!handovers) return refuse('nothing-to-swap');
      const clashes = await clashesOf(tx, [one, other], handovers);
      const carried = await carryOut(
        tx,
        permanence,
        place,
        asked,
        async () => {
          await this.write(tx, permanence, one, other.agentIds);
          await this.write(tx, permanence, other, one.agentIds);
          await handOver(tx, handovers);
          const [after] = await readPermanences(tx, { id });
          return layOutPermanence(tx, after as PlannedPermanence, place);
        },
        clashes,
      );
      if (!carried.ok) return carried;
      const { laidOut, consequences } = carried.value;
      if (!asked.dryRun) {
        await recordLayout(tx, 'permanence.turns-swapped', permanence, laidOut, {
          one: { originalStart: one.originalStart, agentIds: one.agentIds },
          other: { originalStart: other.originalStart, agentIds: other.agentIds },
        });
      }
      return done({
        dryRun: asked.dryRun,
        conflicts: laidOut.conflicts,
        appointments: appointmentsOf(laidOut.stranded, place),
        consequences,
      });
    });
  }

  /** Whose turn a date is; back to the rule's own agents, nothing is left to say of it. */
  private async write(
    tx: Transaction,
    { id, rules }: PlannedPermanence,
    { ruleId, originalStart }: Turn,
    agentIds: readonly string[],
  ): Promise<void> {
    const { spaceId, accountId } = tx.context;
    const asTheRule = rules.find((rule) => rule.id === ruleId)?.agentIds.join() === [...agentIds].sort().join();
    await tx.query(
      `insert into permanence_exception (space_id, permanence_id, rule_id, original_start, kind, agent_ids, account_id)
       values ($1, $2, $3, $4::timestamp, 'changed', $5::uuid[], $6)
       on conflict (space_id, rule_id, original_start) do update set agent_ids = excluded.agent_ids, account_id = excluded.account_id`,
      [spaceId, id, ruleId, originalStart, asTheRule ? null : agentIds, accountId],
    );
    await tx.query(
      `delete from permanence_exception where space_id = $1 and rule_id = $2 and original_start = $3::timestamp and kind = 'changed'
         and agent_ids is null and new_date is null and new_start is null and new_end is null and new_room_id is null`,
      [spaceId, ruleId, originalStart],
    );
  }
}

/** The agents' time is locked before the layout locks rooms and presences: every swap goes in this order. */
async function handOver(tx: Transaction, handovers: readonly Handover[]): Promise<void> {
  const times = await resourcesOf(
    tx,
    'time',
    handovers.flatMap(({ from, to }) => [from, to]),
  );
  await lockResources(tx, [...times.values()]);
  for (const { occurrenceId, from, to } of handovers) {
    await tx.query('select hand_over_turn($1, $2, $3, $4)', [occurrenceId, from, to, instantToIso(tx.now)]);
  }
}

async function clashesOf(
  tx: Transaction,
  turns: readonly StoredTurn[],
  handovers: readonly Handover[],
): Promise<Touched[]> {
  const clashes: Touched[] = [];
  for (const { occurrenceId, to } of handovers) {
    const turn = turns.find(({ id }) => id === occurrenceId) as StoredTurn;
    const rows = await tx.query<{ id: string | null; starts_at: Instant }>(
      'select * from appointments_elsewhere($1, $2, $3, $4::uuid[])',
      [to, instantToIso(turn.startsAt), instantToIso(turn.endsAt), turns.map(({ id }) => id)],
    );
    clashes.push(...rows.map((row) => ({ id: row.id, startsAt: row.starts_at })));
  }
  return clashes.sort((a, b) => a.startsAt - b.startsAt);
}

function appointmentsOf(stranded: readonly Touched[], { zone }: Place): DateChanged['appointments'] {
  return stranded.flatMap(({ id, startsAt }) => (id ? [{ id, start: toLocal(startsAt, zone) }] : []));
}
