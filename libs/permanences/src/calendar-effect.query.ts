import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { CalendarEffect } from '@app/contract';
import type { Context, Transaction } from '@app/persistence';
import { dateOf, type Instant, instantToIso, type LocalDateTime, toLocal } from '@app/time';
import { sayCause } from './causes';
import { recordLayouts } from './happenings.query';
import { type LaidOut, layOutMany } from './lay-out.query';
import type { PlannedPermanence, WantedDate } from './permanence';
import { readPermanences, readPlace } from './permanence.query';
import { type ClosedDays, aloneOn, seenAlone, strandAlone } from './standing-alone.query';

/** What a change of calendar concerns: the permanences of a partner, of a site, of a room, or all. */
export interface Concern {
  siteId?: string | null;
  roomId?: string | null;
  partnerId?: string | null;
}

interface DateRow {
  id: string;
  permanenceId: string;
  originalStart: LocalDateTime;
  startsAt: Instant;
  state: WantedDate['state'];
  cause: string;
  roomId: string | null;
}

/**
 * In whose name calendars are changed. A closed building is closed for the confidential too: whoever sets the place lays
 * their dates out as well, without being told of them.
 */
export function contextOfCalendars(viewer: Viewer): Context {
  const context = contextOf(viewer);
  return context.sight === 'desk' ? { ...context, sight: 'system' } : context;
}

/** Nobody publishes a permanence, and nobody else changes calendars, until this transaction ends. */
export async function lockCalendars(tx: Transaction): Promise<void> {
  await tx.query('select id from space where id = $1 for no key update', [tx.context.spaceId]);
}

interface CalendarChange {
  dryRun: boolean;
  write(): Promise<void>;
  /** Days closed before or after it, for what stands outside any permanence. */
  days?: readonly ClosedDays[];
}

/**
 * Writes a change of calendar, lays out every published permanence it concerns, and tells which dates became something
 * else. A dry run does it all and undoes it.
 */
export async function changeCalendars(
  tx: Transaction,
  viewer: Viewer,
  concern: Concern,
  { dryRun, write, days = [] }: CalendarChange,
): Promise<CalendarEffect> {
  const permanences = await lockConcerned(tx, concern);
  const ids = permanences.map(({ id }) => id);
  const before = new Map((await datesAhead(tx, ids)).map((date) => [date.id, date]));
  const aloneIds = await aloneOn(tx, concern, days);
  if (dryRun) await tx.query('savepoint dry_run');
  await write();
  const place = await readPlace(tx);
  const own = permanences.filter((permanence) => isSeenBy(viewer, permanence));
  const laidOut = await layOutMany(tx, permanences, place);
  const done = permanences.map((permanence, nth) => ({ permanence, laidOut: laidOut[nth] as LaidOut }));
  const seen = new Set(own);
  const stranded = done.reduce((sum, one) => sum + (seen.has(one.permanence) ? one.laidOut.stranded.length : 0), 0);
  const alone = seenAlone(await strandAlone(tx, viewer, aloneIds));
  if (!dryRun) {
    const touched = done.filter((one) => one.laidOut.touched.length > 0);
    await recordLayouts(tx, 'occurrence.changed', touched);
  }
  const changed = (await datesAhead(tx, ids)).filter((date) => {
    const was = before.get(date.id);
    return was && (was.state !== date.state || was.startsAt !== date.startsAt || losesRoom(was, date));
  });
  const booked = await bookedOn(tx, changed);
  if (dryRun) await tx.query('rollback to savepoint dry_run');
  const titles = new Map(own.map((permanence) => [permanence.id, permanence]));
  const dates = changed.flatMap(({ id, permanenceId, originalStart, startsAt, state, cause, roomId }) => {
    const permanence = titles.get(permanenceId);
    if (!permanence) return [];
    const start = toLocal(startsAt, place.zone);
    return [
      {
        permanenceId,
        partnerId: permanence.partnerId,
        title: permanence.title,
        originalStart,
        start,
        becomes: becomesOf({
          state,
          isLeft: losesRoom(before.get(id), { state, roomId }),
          isMoved: start !== originalStart,
        }),
        cause: sayCause(cause, dateOf(originalStart), viewer.language),
        booked: booked.get(id) ?? 0,
      },
    ];
  });
  return { dryRun, dates, otherDates: changed.length - dates.length, alone, people: stranded + alone.length };
}

function isSeenBy(viewer: Viewer, { partnerId, confidential }: PlannedPermanence): boolean {
  return partnerId === viewer.partnerId || (sightOf(viewer.role) === 'desk' && !confidential);
}

async function lockConcerned(tx: Transaction, { siteId, roomId, partnerId }: Concern): Promise<PlannedPermanence[]> {
  const locked = await tx.query<{ id: string }>(
    `select p.id from permanence p
     where p.space_id = $1 and p.state = 'published' and ($2::uuid is null or p.partner_id = $2)
       and ($3::uuid is null
         or exists (select from permanence_rule r where r.space_id = p.space_id and r.permanence_id = p.id and r.site_id = $3)
         or exists (select from occurrence o where o.space_id = p.space_id and o.permanence_id = p.id and o.site_id = $3 and o.ends_at > $5))
       and ($4::uuid is null
         or exists (select from permanence_rule r where r.space_id = p.space_id and r.permanence_id = p.id and r.room_id = $4)
         or exists (select from permanence_exception e
                    where e.space_id = p.space_id and e.permanence_id = p.id and e.new_room_id = $4))
     order by p.id for update`,
    [tx.context.spaceId, partnerId ?? null, siteId ?? null, roomId ?? null, instantToIso(tx.now)],
  );
  const ids = new Set(locked.map(({ id }) => id));
  if (!ids.size) return [];
  return (await readPermanences(tx, { state: 'published' })).filter(({ id }) => ids.has(id));
}

async function datesAhead(tx: Transaction, permanenceIds: string[]): Promise<DateRow[]> {
  if (!permanenceIds.length) return [];
  return tx.query<DateRow>(
    `select id, permanence_id as "permanenceId", original_start as "originalStart", starts_at as "startsAt", state, cause,
       room_id as "roomId"
     from occurrence where space_id = $1 and permanence_id = any ($2::uuid[]) and ends_at > $3
     order by starts_at, id`,
    [tx.context.spaceId, permanenceIds, instantToIso(tx.now)],
  );
}

async function bookedOn(tx: Transaction, dates: readonly DateRow[]): Promise<Map<string, number>> {
  if (!dates.length) return new Map();
  const rows = await tx.query<{ id: string; booked: number }>(
    'select occurrence_id as id, booked::int from appointments_on($1::uuid[])',
    [dates.map(({ id }) => id)],
  );
  return new Map(rows.map(({ id, booked }) => [id, booked]));
}

/** Held as before, in no room: its own is closed. */
function losesRoom(was: DateRow | undefined, { state, roomId }: Pick<DateRow, 'state' | 'roomId'>): boolean {
  return was?.state === 'held' && was.roomId !== null && state === 'held' && roomId === null;
}

function becomesOf({
  state,
  isLeft,
  isMoved,
}: Pick<DateRow, 'state'> & { isLeft: boolean; isMoved: boolean }): CalendarEffect['dates'][number]['becomes'] {
  if (state !== 'held') return state;
  if (isLeft) return 'without-room';
  return isMoved ? 'moved' : 'held';
}
