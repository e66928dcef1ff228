import type { CalendarLine } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { addMinutes, type Instant, instantToIso } from '@app/time';
import type { Known } from './fetch-calendar.service';
import type { FetchFailure } from './calendar-words';

export interface SubscriptionRow {
  id: string;
  partnerId: string;
  confidential: boolean;
  address: string;
  permanenceId: string | null;
  titles: string[];
  taken: CalendarLine[];
  latest: CalendarLine[];
  etag: string | null;
  modified: string | null;
  readAt: Instant | null;
  failure: FetchFailure | null;
  failingSince: Instant | null;
  failures: number;
  nextTry: Instant;
  zone: string;
}

const ROWS = `select c.id, c.partner_id as "partnerId", p.confidential, c.address, c.permanence_id as "permanenceId", c.titles,
    c.taken, c.latest, c.etag, c.modified, c.read_at as "readAt", c.failure, c.failing_since as "failingSince", c.failures,
    c.next_try as "nextTry", s.zone
  from calendar_subscription c
  join partner p on p.space_id = c.space_id and p.id = c.partner_id
  join space s on s.id = c.space_id
  where c.space_id = $1`;

/** The calendars followed that the context may see, the newest first. */
export function readSubscriptions(tx: Transaction): Promise<SubscriptionRow[]> {
  return tx.query<SubscriptionRow>(`${ROWS} and p.retired_at is null order by c.created_at desc, c.id`, [
    tx.context.spaceId,
  ]);
}

/** @param lock taken for a change */
export async function readSubscription(tx: Transaction, id: string, lock = false): Promise<SubscriptionRow | null> {
  const [row] = await tx.query<SubscriptionRow>(`${ROWS} and c.id = $2${lock ? ' for update of c' : ''}`, [
    tx.context.spaceId,
    id,
  ]);
  return row ?? null;
}

const AGAIN_AFTER_MINUTES = 60;
/** A calendar that fails is asked less and less often: after 5 minutes, 10, 20… and every six hours in the end. */
const FIRST_RETRY_MINUTES = 5;
const LAST_RETRY_MINUTES = 360;

/** It was read, and says this; null: it is as it was. */
export async function noteRead(
  tx: Transaction,
  id: string,
  read: ({ latest: readonly CalendarLine[] } & Known) | null,
): Promise<void> {
  await tx.query(
    `update calendar_subscription set read_at = $3, next_try = $4, failure = null, failing_since = null, failures = 0
     where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, instantToIso(tx.now), instantToIso(addMinutes(tx.now, AGAIN_AFTER_MINUTES))],
  );
  if (!read) return;
  await tx.query(
    'update calendar_subscription set latest = $3, etag = $4, modified = $5 where space_id = $1 and id = $2',
    [tx.context.spaceId, id, JSON.stringify(read.latest), read.etag, read.modified],
  );
}

export async function noteFailure(
  tx: Transaction,
  { id, failures }: SubscriptionRow,
  why: FetchFailure,
): Promise<void> {
  const minutes = Math.min(LAST_RETRY_MINUTES, FIRST_RETRY_MINUTES * 2 ** Math.min(failures, 10));
  await tx.query(
    `update calendar_subscription set failure = $3, failing_since = coalesce(failing_since, $4), failures = failures + 1, next_try = $5
     where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, why, instantToIso(tx.now), instantToIso(addMinutes(tx.now, minutes))],
  );
}
