import { contextOf, type Viewer } from '@app/accounts';
import type { DateChanged, TurnsSwap } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { release } from '@app/rooms';
import { dateAt, type Instant, localDateTime, plainTime } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { carryOut } from './carry-out.query';
import { appointmentsOf, clashesOf, handOver, together } from './handovers.query';
import { recordLayout } from './happenings.query';
import { type LaidOut, layOutMany } from './lay-out.query';
import type { Place, PlannedPermanence } from './permanence';
import { lockPermanence, readPermanences, readPlace } from './permanence.query';
import { lockDates } from './stored-dates.query';
import { type Turn, turnsSwapped } from './turns';

export type SwapRefusal =
  | 'not-found'
  | 'not-published'
  | 'other-partner'
  | 'no-such-date'
  | 'past'
  | 'nothing-to-swap'
  | 'not-as-shown';

/** A date that changes hands, and the permanence it is of. */
interface StoredTurn extends Turn {
  startsAt: Instant;
  endsAt: Instant;
  permanence: PlannedPermanence;
}

/** Two agents of a rota swap their turns: hours, rooms and whoever is received stay, nobody outside is told. */
@Injectable()
export class SwapTurns {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * The turns may be of two permanences of one partner. What the agents have elsewhere at those hours is told as `clashes`; who
   * can't be received by the other agent, as `told`.
   */
  async swap(viewer: Viewer, id: string, asked: TurnsSwap): Promise<Outcome<DateChanged, SwapRefusal>> {
    return this.database.command<DateChanged, SwapRefusal>(contextOf(viewer), async (tx) => {
      const otherId = asked.other.permanenceId ?? id;
      const found = await this.lock(tx, [id, otherId]);
      const [mine, theirs] = [found.get(id), found.get(otherId)];
      if (!mine || !theirs) return refuse('not-found');
      if (mine.state !== 'published' || theirs.state !== 'published') return refuse('not-published');
      if (mine.partnerId !== theirs.partnerId) return refuse('other-partner');
      const place = await readPlace(tx);
      const stored = await this.dates(tx, [...found.values()], place);
      const turnAt = (permanence: PlannedPermanence, { ruleId, originalStart }: TurnsSwap['one']) =>
        stored.find(
          (date) => date.permanence === permanence && date.ruleId === ruleId && date.originalStart === originalStart,
        );
      const [one, other] = [turnAt(mine, asked.one), turnAt(theirs, asked.other)];
      if (!one || !other) return refuse('no-such-date');
      if (one.startsAt <= tx.now || other.startsAt <= tx.now) return refuse('past');
      const handovers = turnsSwapped(one, other);
      if (!handovers) return refuse('nothing-to-swap');
      const takings = handovers.map(({ occurrenceId, to }) => ({
        ...(occurrenceId === one.id ? one : other),
        agentId: to,
      }));
      const clashes = await clashesOf(tx, takings, [one.id, other.id]);
      const carried = await carryOut(
        tx,
        mine,
        place,
        asked,
        async () => {
          await this.write(tx, one, other.agentIds);
          await this.write(tx, other, one.agentIds);
          await handOver(tx, handovers);
          return this.layOut(tx, [one, other], found.keys(), place);
        },
        clashes,
      );
      if (!carried.ok) return carried;
      const { laidOut, consequences } = carried.value;
      if (!asked.dryRun) {
        const said = {
          one: { originalStart: one.originalStart, agentIds: one.agentIds },
          other: { originalStart: other.originalStart, agentIds: other.agentIds },
        };
        await recordLayout(tx, 'permanence.turns-swapped', mine, laidOut, said);
        if (theirs !== mine) await tx.record({ ...asKept(theirs), kind: 'permanence.turns-swapped', detail: said });
      }
      return done({
        dryRun: asked.dryRun,
        conflicts: laidOut.conflicts,
        appointments: appointmentsOf(laidOut.stranded, place),
        consequences,
      });
    });
  }

  /** In id order: whoever swaps the other way round waits. */
  private async lock(tx: Transaction, ids: readonly string[]): Promise<Map<string, PlannedPermanence>> {
    const found = new Map<string, PlannedPermanence>();
    for (const id of [...new Set(ids)].sort()) {
      const permanence = await lockPermanence(tx, id);
      if (permanence) found.set(id, permanence);
    }
    return found;
  }

  private async dates(tx: Transaction, permanences: PlannedPermanence[], place: Place): Promise<StoredTurn[]> {
    const midnight = localDateTime(dateAt(tx.now, place.zone), plainTime('00:00'));
    const turns: StoredTurn[] = [];
    for (const permanence of permanences) {
      const dates = await lockDates(tx, permanence.id, midnight);
      turns.push(...dates.map((date) => ({ ...date, permanence })));
    }
    return turns;
  }

  /** Both let go of what they hold before either takes: two agents on duty at one hour are in nobody's way. */
  private async layOut(tx: Transaction, turns: StoredTurn[], ids: Iterable<string>, place: Place): Promise<LaidOut> {
    await release(
      tx,
      turns.map(({ id }) => id),
    );
    const after: PlannedPermanence[] = [];
    for (const id of ids) after.push(...(await readPermanences(tx, { id })));
    return together(await layOutMany(tx, after, place));
  }

  /** Whose turn a date is; back to the rule's own agents, nothing is left to say of it. */
  private async write(
    tx: Transaction,
    { permanence: { id, rules }, ruleId, originalStart }: StoredTurn,
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
         and agent_ids is null and new_mode is null and not without_room
         and new_date is null and new_start is null and new_end is null and new_room_id is null`,
      [spaceId, ruleId, originalStart],
    );
  }
}

/** The other permanence keeps it in its history too; its boards were told with the first. */
function asKept({ id, partnerId, confidential }: PlannedPermanence) {
  return { subjectId: id, partnerId, confidential };
}
