import { contextOf, type Viewer } from '@app/accounts';
import type { DateChange, DateChanged } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import {
  dateAt,
  dateOf,
  type Instant,
  type LocalDateTime,
  localDateTime,
  parsePlainDate,
  type PlainDate,
  type PlainTime,
  plainTime,
  toInstant,
} from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { carryOut } from './carry-out.query';
import { keyOf } from './difference';
import { appointmentsOf, clashesOf, handOver, type Taking } from './handovers.query';
import { recordLayout } from './happenings.query';
import { type LaidOut, layOutPermanence } from './lay-out.query';
import type { Place, PlannedPermanence, WantedDate } from './permanence';
import { lockPermanence, readPartner, readPermanences, readPlace } from './permanence.query';
import { invalid } from './rights';
import type { FieldError, Language } from './rule-check';
import { lockDates } from './stored-dates.query';
import { type Handover, turnsTaken } from './turns';

export type ChangeDateRefusal = 'not-found' | 'not-published' | 'no-such-date' | 'past' | 'invalid' | 'not-as-shown';

/** Who comes to a date instead of whom. */
interface GivenTurn {
  id: string;
  handovers: Handover[];
  takings: Taking[];
}

/** Cancels, changes or restores one date of a permanence, known by where its rule puts it. */
@Injectable()
export class ChangeDate {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * A changed date without a room keeps wanting the one its rule gives. A dry run does everything, tells who is booked
   * outside what would be left, and undoes it.
   */
  async change(
    viewer: Viewer,
    permanenceId: string,
    asked: DateChange,
  ): Promise<Outcome<DateChanged, ChangeDateRefusal>> {
    return this.database.command<DateChanged, ChangeDateRefusal>(contextOf(viewer), async (tx) => {
      const permanence = await lockPermanence(tx, permanenceId);
      if (!permanence) return refuse('not-found');
      if (permanence.state !== 'published') return refuse('not-published');
      const place = await readPlace(tx);
      const refusal = await this.refusalOf(tx, permanence, place, asked, viewer.language);
      if (refusal) return refusal;
      const turn = await this.turnOf(tx, permanence, place, asked);
      const clashes = turn ? await clashesOf(tx, turn.takings, [turn.id]) : [];
      const work = () => this.apply(tx, permanence, place, asked, turn);
      const carried = await carryOut(tx, permanence, place, asked, work, clashes);
      if (!carried.ok) return carried;
      const { laidOut, consequences } = carried.value;
      if (!asked.dryRun) {
        await recordLayout(tx, 'permanence.date-changed', permanence, laidOut, {
          originalStart: asked.originalStart,
          change: asked.change.kind,
          ...(asked.change.kind === 'changed' && { to: `${asked.change.date}T${asked.change.start}` }),
          ...differing(laidOut.effects.changed[0]),
        });
      }
      const appointments = appointmentsOf(laidOut.stranded, place);
      return done({ dryRun: asked.dryRun, conflicts: laidOut.conflicts, appointments, consequences });
    });
  }

  private async refusalOf(
    tx: Transaction,
    permanence: PlannedPermanence,
    place: Place,
    asked: DateChange,
    language: Language,
  ) {
    const { id } = permanence;
    const [date] = await tx.query<{ ends_at: Instant }>(
      'select ends_at from occurrence where space_id = $1 and permanence_id = $2 and rule_id = $3 and original_start = $4::timestamp',
      [tx.context.spaceId, id, asked.ruleId, asked.originalStart],
    );
    if (!date) return refuse('no-such-date');
    if (date.ends_at <= tx.now) return refuse('past');
    if (asked.change.kind !== 'changed') return null;
    const errors = errorsOf(asked.change, place, language);
    errors.push(...(await this.agentErrors(tx, permanence, asked.change.agentIds ?? [], language)));
    if (errors.length) return invalid(errors);
    const startsAt = toInstant(
      localDateTime(parsePlainDate(asked.change.date) as never, asked.change.start as PlainTime),
      place.zone,
    );
    return startsAt <= tx.now && !startsAtOriginal(asked) ? refuse('past') : null;
  }

  /** The partner's own agents, and those whom the permanence names already (of a partner invited to a meeting). */
  private async agentErrors(
    tx: Transaction,
    { partnerId, rules }: PlannedPermanence,
    agentIds: readonly string[],
    language: Language,
  ): Promise<FieldError[]> {
    const named = new Set(rules.flatMap((rule) => rule.agentIds));
    const unknown = agentIds.filter((agentId) => !named.has(agentId));
    if (!unknown.length) return [];
    const partner = await readPartner(tx, partnerId);
    const isOurs = (agentId: string) => partner?.agents.get(agentId)?.retired === false;
    const at = agentIds.findIndex((agentId) => unknown.includes(agentId) && !isOurs(agentId));
    return at < 0 ? [] : [{ at: `change.agentIds.${at}`, message: agentOfAnother(language) }];
  }

  /** Who takes over from whom on the date, and from when: nothing when it is cancelled or put on another day, as all change then. */
  private async turnOf(
    tx: Transaction,
    { id, rules, exceptions }: PlannedPermanence,
    place: Place,
    { ruleId, originalStart, change }: DateChange,
  ): Promise<GivenTurn | null> {
    const rule = rules.find((one) => one.id === ruleId);
    if (change.kind === 'cancelled' || !rule) return null;
    const stored = await lockDates(tx, id, localDateTime(dateOf(originalStart as LocalDateTime), plainTime('00:00')));
    const date = stored.find((one) => one.ruleId === ruleId && one.originalStart === originalStart);
    if (date?.state !== 'held') return null;
    const decided = exceptions.find((one) => one.ruleId === ruleId && one.originalStart === originalStart);
    const asked = change.kind === 'changed' ? change.agentIds : null;
    const after = (asked === undefined ? decided?.agentIds : asked) ?? rule.agentIds;
    const to =
      change.kind === 'changed'
        ? { date: change.date, start: change.start, end: change.end }
        : { date: dateOf(originalStart as LocalDateTime), start: rule.startTime, end: rule.endTime };
    const at = (time: string) => toInstant(localDateTime(to.date as PlainDate, time as PlainTime), place.zone);
    const during = { startsAt: at(to.start), endsAt: at(to.end) };
    const staysThatDay = dateAt(date.startsAt, place.zone) === to.date;
    return {
      id: date.id,
      handovers: staysThatDay ? turnsTaken(date.id, date.agentIds, after) : [],
      takings: after.filter((agent) => !date.agentIds.includes(agent)).map((agentId) => ({ agentId, ...during })),
    };
  }

  private async apply(
    tx: Transaction,
    permanence: PlannedPermanence,
    place: Place,
    asked: DateChange,
    turn: GivenTurn | null,
  ): Promise<LaidOut> {
    const { id } = permanence;
    await writeException(tx, permanence, asked);
    await handOver(tx, turn?.handovers ?? []);
    const [after] = await readPermanences(tx, { id });
    return layOutPermanence(tx, after as PlannedPermanence, place, keyOf(asked as never));
  }
}

/** A session under way may end earlier or later without being put into the past. */
function startsAtOriginal({ originalStart, change }: DateChange): boolean {
  return change.kind === 'changed' && `${change.date}T${change.start}` === originalStart;
}

function errorsOf(
  change: Extract<DateChange['change'], { kind: 'changed' }>,
  { rooms }: Place,
  language: Language,
): FieldError[] {
  const say = (fr: string, en: string) => (language === 'fr' ? fr : en);
  const errors: FieldError[] = [];
  if (!parsePlainDate(change.date))
    errors.push({ at: 'change.date', message: say('Cette date n’existe pas.', 'This date does not exist.') });
  if (change.end <= change.start)
    errors.push({ at: 'change.end', message: say('La fin suit le début.', 'The end comes after the start.') });
  const room = change.roomId ? rooms.get(change.roomId) : null;
  if (change.roomId && (!room || room.retired)) {
    errors.push({
      at: 'change.roomId',
      message: say('Ce bureau n’existe pas ou n’est plus utilisé.', 'This room does not exist or is no longer used.'),
    });
  }
  return errors;
}

function agentOfAnother(language: Language): string {
  return language === 'fr'
    ? 'Cet agent n’est pas de ce partenaire, ou n’est plus là.'
    : 'This agent is not of this partner, or has left.';
}

/** What of a date is another person's or another way to be received, by its ids and codes. */
function differing(changed: { before: WantedDate; after: WantedDate } | undefined) {
  if (!changed) return {};
  const { before, after } = changed;
  return {
    ...(before.agentIds.join() === after.agentIds.join() ? {} : { agentIds: after.agentIds }),
    ...(before.mode === after.mode ? {} : { mode: after.mode }),
    ...(before.roomId === after.roomId || !after.roomId ? {} : { roomId: after.roomId }),
  };
}

/** What is left out stays as it was decided; what is as the rule says is not kept, so that it follows the rule. */
async function writeException(
  tx: Transaction,
  { id: permanenceId, rules }: PlannedPermanence,
  { ruleId, originalStart, change }: DateChange,
): Promise<void> {
  const { spaceId, accountId } = tx.context;
  if (change.kind === 'as-the-rule-says') {
    await tx.query(
      'delete from permanence_exception where space_id = $1 and rule_id = $2 and original_start = $3::timestamp',
      [spaceId, ruleId, originalStart],
    );
    return;
  }
  const changed = change.kind === 'changed' ? change : null;
  const rule = rules.find((one) => one.id === ruleId);
  const agentIds = changed?.agentIds ? [...new Set(changed.agentIds)].sort() : null;
  const mode = changed?.mode ?? null;
  await tx.query(
    `insert into permanence_exception as e (space_id, permanence_id, rule_id, original_start, kind, new_date, new_start, new_end,
       new_room_id, cause, account_id, agent_ids, new_mode, without_room)
     values ($1, $2, $3, $4::timestamp, $5, $6, $7, $8, $9, $10, $11, $12::uuid[], $13, $16)
     on conflict (space_id, rule_id, original_start) do update set kind = excluded.kind, new_date = excluded.new_date,
       new_start = excluded.new_start, new_end = excluded.new_end, new_room_id = excluded.new_room_id, cause = excluded.cause,
       account_id = excluded.account_id, without_room = excluded.without_room, agent_ids = case when $14 then excluded.agent_ids else e.agent_ids end,
       new_mode = case when $15 then excluded.new_mode else e.new_mode end`,
    [
      spaceId,
      permanenceId,
      ruleId,
      originalStart,
      change.kind,
      changed?.date ?? null,
      changed?.start ?? null,
      changed?.end ?? null,
      changed?.roomId ?? null,
      change.cause,
      accountId,
      agentIds?.join() === rule?.agentIds.join() ? null : agentIds,
      mode === rule?.mode ? null : mode,
      changed?.agentIds !== undefined,
      changed?.mode !== undefined,
      changed?.withoutRoom ?? false,
    ],
  );
}
