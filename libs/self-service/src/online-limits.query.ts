import { type Attempts, attemptKey } from '@app/accounts';
import type { Transaction } from '@app/persistence';
import { instantToIso } from '@app/time';

/** Within a quarter of an hour: a whole site may share an address, nobody asks that often from one phone. */
const FORMS_PER_ADDRESS = 40;
const FORMS_PER_PHONE = 6;
/** Of one motif, to come: for oneself and for somebody at home. */
const MOST_PER_PHONE = 2;

export function phoneKeyOf(spaceId: string, phone: string): Buffer {
  return attemptKey('online-phone', spaceId, phone);
}

/** Counted, then answered. */
export function mayAskFrom(attempts: Attempts, address: string): Promise<boolean> {
  return attempts.mayTry(attemptKey('online', address), FORMS_PER_ADDRESS);
}

/** Counted, then answered. */
export function mayAskFor(attempts: Attempts, phoneKey: Buffer): Promise<boolean> {
  return attempts.mayTry(phoneKey, FORMS_PER_PHONE);
}

/** What one phone asks for is decided one after another: counted, then granted. */
export async function oneAtATime(tx: Transaction, phoneKey: Buffer): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 31))', [phoneKey.toString('hex')]);
}

export async function mayTakeMore(tx: Transaction, phoneKey: Buffer, motifId: string): Promise<boolean> {
  const [row] = await tx.query<{ count: number }>(
    `select count(*)::int as count
     from online_request r left join appointment a on a.space_id = r.space_id and a.id = r.appointment_id
     where r.space_id = $1 and r.phone_hash = $2 and r.motif_id = $3
       and case when a.id is null then r.expires_at > $4 else a.starts_at > $4 and a.state in ('planned', 'confirmed') end`,
    [tx.context.spaceId, phoneKey, motifId, instantToIso(tx.now)],
  );
  return (row?.count ?? 0) < MOST_PER_PHONE;
}
