import { randomUUID } from 'node:crypto';
import { hashOf } from '@app/accounts';
import { letGoOf } from '@app/booking';
import { type Database, done, systemContext, type Transaction } from '@app/persistence';
import { type Instant, instantToIso, parseLocalDateTime, toInstant } from '@app/time';
import type { FormState } from './form-state';
import { CODE_TRIES } from './online-code';
import type { KnownPerson } from './typed-person';
import type { PublicSpace } from './visitor';

/** What somebody asked for on the public page: booked, or kept until its code comes back. */
export interface OnlineRequest {
  id: string;
  motif_id: string;
  occurrence_id: string;
  starts_at: Instant;
  /** Name and number are forgotten once it is booked. */
  first_name: string;
  last_name: string;
  phone: string;
  hold_id: string | null;
  code_hash: Buffer | null;
  sms_id: string | null;
  expires_at: Instant;
  appointment_id: string | null;
}
const COLUMNS =
  'id, motif_id, occurrence_id, starts_at, first_name, last_name, phone, hold_id, code_hash, sms_id, expires_at, appointment_id';

interface NewRequest {
  id: string;
  form: FormState;
  /** What the same form for the same person is known by. */
  answerKey: string;
  phoneKey: Buffer;
  person: KnownPerson;
  start: Instant;
  holdId: string | null;
  codeHash: Buffer | null;
  expiresAt: Instant;
}

export async function saveRequest(tx: Transaction, request: NewRequest): Promise<void> {
  const { id, form, person } = request;
  await tx.query(
    `insert into online_request (space_id, id, key_hash, phone_hash, partner_id, motif_id, occurrence_id, starts_at,
       first_name, last_name, phone, hold_id, code_hash, created_at, expires_at, browser_hash)
     select $1, $2, $3, $4, m.partner_id, m.id, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15
     from motif m where m.space_id = $1 and m.id = $5`,
    [
      tx.context.spaceId,
      id,
      hashOf(request.answerKey),
      request.phoneKey,
      form.motifId,
      form.occurrenceId,
      instantToIso(request.start),
      person.firstName,
      person.lastName,
      person.phone,
      request.holdId,
      request.codeHash,
      instantToIso(tx.now),
      instantToIso(request.expiresAt),
      hashOf(form.key),
    ],
  );
}

/** By what its form is known by. */
export async function requestBy(tx: Transaction, key: string): Promise<OnlineRequest | null> {
  const [row] = await tx.query<OnlineRequest>(
    `select ${COLUMNS} from online_request where space_id = $1 and key_hash = $2`,
    [tx.context.spaceId, hashOf(key)],
  );
  return row ?? null;
}

/** Held still until the transaction ends. */
export async function lockRequest(tx: Transaction, id: string): Promise<OnlineRequest | null> {
  const [row] = await tx.query<OnlineRequest>(
    `select ${COLUMNS} from online_request where space_id = $1 and id = $2 for update`,
    [tx.context.spaceId, id],
  );
  return row ?? null;
}

/** Booked: whose it was is forgotten. */
export async function requestBooked(tx: Transaction, id: string, appointmentId: string): Promise<void> {
  await tx.query(
    `update online_request set appointment_id = $3, first_name = null, last_name = null, phone = null, code_hash = null
     where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, appointmentId],
  );
}

/** Counts a try of a code that is awaited; null when none is, or none may be tried any more. */
export async function tryCode(tx: Transaction, key: string): Promise<{ id: string; code_hash: Buffer } | null> {
  const [tried] = await tx.query<{ id: string; code_hash: Buffer }>(
    `update online_request set tries = tries + 1
     where space_id = $1 and key_hash = $2 and code_hash is not null and tries < $3 and expires_at > $4
     returning id, code_hash`,
    [tx.context.spaceId, hashOf(key), CODE_TRIES, instantToIso(tx.now)],
  );
  return tried ?? null;
}

/** Another code, with all its tries. */
export async function codeAnew(tx: Transaction, id: string, hash: Buffer): Promise<void> {
  await tx.query(
    'update online_request set code_hash = $3, tries = 0 where space_id = $1 and id = $2 and code_hash is not null',
    [tx.context.spaceId, id, hash],
  );
}

/** Nothing is left of what was sent before: what comes now has the key. */
export async function answerAnew(tx: Transaction, key: string): Promise<void> {
  await tx.query('update online_request set key_hash = $3 where space_id = $1 and key_hash = $2', [
    tx.context.spaceId,
    hashOf(key),
    hashOf(randomUUID()),
  ]);
}

/** Whoever corrects her number has the hour itself kept under the one before: it is hers again. False: it was not. */
export async function giveBack(database: Database, space: PublicSpace, form: FormState): Promise<boolean> {
  const gone = await database.command<boolean, never>(systemContext(space.id), async (tx) => {
    const kept = await tx.query<{ id: string; hold_id: string }>(
      `select id, hold_id from online_request
       where space_id = $1 and browser_hash = $2 and motif_id = $3 and occurrence_id = $4 and starts_at = $5
         and hold_id is not null and appointment_id is null
       order by hold_id for update`,
      [space.id, hashOf(form.key), form.motifId, form.occurrenceId, instantToIso(startOf(form, space.zone))],
    );
    for (const { id, hold_id } of kept) {
      await letGoOf(tx, hold_id);
      await tx.query('delete from online_request where space_id = $1 and id = $2', [space.id, id]);
    }
    return done(kept.length > 0);
  });
  return gone.ok && gone.value;
}

/** Where the browser has this hour: booked, or kept until its code comes back; null when it has not. */
export async function takenHere(
  database: Database,
  space: PublicSpace,
  form: FormState,
): Promise<{ siteId: string; booked: boolean } | null> {
  if (!parseLocalDateTime(form.start)) return null;
  const start = instantToIso(startOf(form, space.zone));
  return database.within(systemContext(space.id), async (tx) => {
    const [taken] = await tx.query<{ siteId: string; booked: boolean }>(
      `select coalesce(a.site_id, o.site_id) as "siteId", a.id is not null as booked
       from online_request r
       join occurrence o on o.space_id = r.space_id and o.id = r.occurrence_id
       left join appointment a on a.space_id = r.space_id and a.id = r.appointment_id
       where r.space_id = $1 and r.browser_hash = $2 and r.motif_id::text = $3 and r.occurrence_id::text = $4
         and r.starts_at = $5 and case when a.id is null then r.expires_at > $6
           else a.starts_at = r.starts_at and a.state in ('planned', 'confirmed') end
       order by booked desc limit 1`,
      [space.id, hashOf(form.key), form.motifId, form.occurrenceId, start, instantToIso(tx.now)],
    );
    return taken ?? null;
  });
}

export function startOf({ start }: FormState, zone: string): Instant {
  const local = parseLocalDateTime(start);
  if (!local) throw new RangeError('A form of ours names an hour that is none.');
  return toInstant(local, zone);
}
