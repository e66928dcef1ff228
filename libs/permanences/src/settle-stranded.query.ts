import type { Transaction } from '@app/persistence';
import { instantToIso } from '@app/time';

/** After an appointment was moved or cancelled: it no longer waits outside a date that changed. @returns how many conflicts that settled */
export async function settleStranded(tx: Transaction, appointmentId: string): Promise<number> {
  const settled = await tx.query(
    `update conflict set settled_at = $3
     where space_id = $1 and appointment_id = $2 and kind = 'appointment-stranded' and settled_at is null returning id`,
    [tx.context.spaceId, appointmentId, instantToIso(tx.now)],
  );
  return settled.length;
}
