import { contextOf, type Viewer } from '@app/accounts';
import type { DateChange, DateChanged } from '@app/contract';
import { Database, done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { type Instant, localDateTime, parsePlainDate, type PlainTime, toInstant, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { carryOut } from './carry-out.query';
import { keyOf } from './difference';
import { recordLayout } from './happenings.query';
import { type LaidOut, layOutPermanence } from './lay-out.query';
import type { Place, PlannedPermanence } from './permanence';
import { lockPermanence, readPermanences, readPlace } from './permanence.query';
import { invalid } from './rights';
import type { FieldError, Language } from './rule-check';

export type ChangeDateRefusal = 'not-found' | 'not-published' | 'no-such-date' | 'past' | 'invalid' | 'not-as-shown';

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
      const carried = await carryOut(tx, permanence, place, asked, () => this.apply(tx, permanence, place, asked));
      if (!carried.ok) return carried;
      const { laidOut, consequences } = carried.value;
      if (!asked.dryRun) {
        await recordLayout(tx, 'permanence.date-changed', permanence, laidOut, {
          originalStart: asked.originalStart,
          change: asked.change.kind,
          ...(asked.change.kind === 'changed' && { to: `${asked.change.date}T${asked.change.start}` }),
        });
      }
      const appointments = laidOut.stranded.flatMap(({ id, startsAt }) =>
        id ? [{ id, start: toLocal(startsAt, place.zone) }] : [],
      );
      return done({ dryRun: asked.dryRun, conflicts: laidOut.conflicts, appointments, consequences });
    });
  }

  private async refusalOf(
    tx: Transaction,
    { id }: PlannedPermanence,
    place: Place,
    asked: DateChange,
    language: Language,
  ) {
    const [date] = await tx.query<{ ends_at: Instant }>(
      'select ends_at from occurrence where space_id = $1 and permanence_id = $2 and rule_id = $3 and original_start = $4::timestamp',
      [tx.context.spaceId, id, asked.ruleId, asked.originalStart],
    );
    if (!date) return refuse('no-such-date');
    if (date.ends_at <= tx.now) return refuse('past');
    if (asked.change.kind !== 'changed') return null;
    const errors = errorsOf(asked.change, place, language);
    if (errors.length) return invalid(errors);
    const startsAt = toInstant(
      localDateTime(parsePlainDate(asked.change.date) as never, asked.change.start as PlainTime),
      place.zone,
    );
    return startsAt <= tx.now && !startsAtOriginal(asked) ? refuse('past') : null;
  }

  private async apply(tx: Transaction, { id }: PlannedPermanence, place: Place, asked: DateChange): Promise<LaidOut> {
    await writeException(tx, id, asked);
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

async function writeException(
  tx: Transaction,
  permanenceId: string,
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
  await tx.query(
    `insert into permanence_exception (space_id, permanence_id, rule_id, original_start, kind, new_date, new_start, new_end, new_room_id, cause, account_id)
     values ($1, $2, $3, $4::timestamp, $5, $6, $7, $8, $9, $10, $11)
     on conflict (space_id, rule_id, original_start) do update set kind = excluded.kind, new_date = excluded.new_date,
       new_start = excluded.new_start, new_end = excluded.new_end, new_room_id = excluded.new_room_id, cause = excluded.cause,
       account_id = excluded.account_id`,
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
    ],
  );
}
