import type { Transaction } from '@app/persistence';
import type { DateException } from './permanence';

/** Keeps what was decided of dates. @param anew nothing else is decided of any date: a draft is written wholly */
export async function saveChoices(
  tx: Transaction,
  permanenceId: string,
  exceptions: readonly DateException[],
  { anew }: { anew: boolean },
): Promise<void> {
  const { spaceId, accountId } = tx.context;
  if (anew) {
    await tx.query('delete from permanence_exception where space_id = $1 and permanence_id = $2', [
      spaceId,
      permanenceId,
    ]);
  }
  if (!exceptions.length) return;
  await tx.query(
    `insert into permanence_exception (space_id, permanence_id, rule_id, original_start, kind, new_date, new_room_id, without_room, account_id)
     select $1, $2, n.rule_id, n.original_start, n.kind, n.new_date, n.new_room_id, n.without_room, $4
     from jsonb_to_recordset($3::jsonb) as n(rule_id uuid, original_start timestamp, kind text, new_date date, new_room_id uuid, without_room boolean)
     on conflict (space_id, rule_id, original_start) do update set kind = excluded.kind, new_date = excluded.new_date,
       new_room_id = excluded.new_room_id, without_room = excluded.without_room, account_id = excluded.account_id`,
    [
      spaceId,
      permanenceId,
      JSON.stringify(
        exceptions.map(({ ruleId, originalStart, kind, date, roomId, withoutRoom = false }) => ({
          rule_id: ruleId,
          original_start: originalStart,
          kind,
          new_date: date,
          new_room_id: roomId,
          without_room: withoutRoom,
        })),
      ),
      accountId,
    ],
  );
}
