import type { Viewer } from '@app/accounts';
import type { AloneWays } from '@app/contract';
import type { Transaction } from '@app/persistence';
import {
  addDays,
  addMinutes,
  dateAt,
  dayBounds,
  type Instant,
  type Interval,
  isSkipped,
  localDateTime,
  timeOf,
  toInstant,
  toLocal,
} from '@app/time';
import { waysOut } from './alone';
import { type AloneDay, aloneDay, sayDoorClosed } from './alone-day.query';
import { type AloneWish, agentsOf, groundOf, minutesOf, windowsOf } from './place-alone.query';

const MOST = 3;
/** Beyond, from the first open day on, somebody chooses with her. */
const DAYS_TRIED = 7;
/** No closure is looked beyond. */
const FURTHEST = 60;

type Way = AloneWays['ways'][number];

export interface Sought {
  wish: AloneWish;
  /** The appointment that moves: its own place is no obstacle. */
  moving?: string | undefined;
  /** Where it is now, which is no way out. */
  notAt?: Instant | undefined;
}

/** Where it could be on the day it begins, the least disturbing first. Nothing is locked: booking or moving it has the last word. */
export async function waysThatDay(tx: Transaction, viewer: Viewer, sought: Sought): Promise<Way[]> {
  const day = await dayOf(tx, viewer, sought.wish);
  return day ? waysOn(tx, viewer, sought, day) : [];
}

/** The same hour with the same agents on the first day after on which they are free; none when that is far away. */
export async function sameHourLater(tx: Transaction, viewer: Viewer, { wish, moving, notAt }: Sought): Promise<Way[]> {
  const { zone } = viewer.space;
  const [day, time] = [dateAt(wish.start, zone), timeOf(toLocal(wish.start, zone))];
  let tried = 0;
  for (let days = 1; days <= FURTHEST && tried < DAYS_TRIED; days += 1) {
    const local = localDateTime(addDays(day, days), time);
    const later = { ...wish, start: toInstant(local, zone) };
    const isNone = isSkipped(local, zone) || later.start === notAt;
    const open = isNone ? null : await dayOf(tx, viewer, later);
    if (open || tried) tried += 1;
    const ways = open ? await waysOn(tx, viewer, { wish: later, moving }, open) : [];
    const same = ways.filter(({ changes }) => changes === 'room');
    if (same.length) return same.map((way) => ({ ...way, changes: 'day' }));
  }
  return [];
}

/** Null: nobody receives then. */
async function dayOf(
  tx: Transaction,
  { space: { zone }, language }: Viewer,
  wish: AloneWish,
): Promise<AloneDay | null> {
  const day = dateAt(wish.start, zone);
  const found = await aloneDay(tx, wish, { day, zone });
  if (!found?.at_site || found.partner_closed !== null || wish.start <= tx.now) return null;
  if (wish.mode !== 'on-site') return found;
  // A day without hours is chosen by somebody.
  return sayDoorClosed(found, day, language) !== null || found.openings?.length === 0 ? null : found;
}

async function waysOn(
  tx: Transaction,
  { space: { zone } }: Viewer,
  { wish, moving }: Sought,
  day: AloneDay,
): Promise<Way[]> {
  const bounds = dayBounds(dateAt(wish.start, zone), zone);
  const during: Interval = { start: wish.start, end: addMinutes(wish.start, minutesOf(wish, day)) };
  const takes = { start: addMinutes(during.start, -day.pause_before), end: addMinutes(during.end, day.pause_after) };
  const own = await agentsOf(tx, wish.motifId, wish.agentIds);
  const all = wish.agentIds.length === 1 ? await agentsOf(tx, wish.motifId, null) : [];
  const others = all.filter((one) => !wish.agentIds.includes(one.id));
  const about = { partnerId: day.partner_id, during, bounds, moving, locks: false };
  const { people, rooms } = await groundOf(tx, wish, { ...about, agents: [...own, ...others] });
  const whose = {
    people: people.slice(0, own.length),
    others: people.slice(own.length),
    isFirst: day.meeting === 'first',
  };
  const found = waysOut(whose, rooms, { during, takes }, windowsOf(day, bounds, tx.now), MOST);
  return found.map(({ changes, during, roomId, agent }) => ({
    changes,
    start: toLocal(during.start, zone),
    end: toLocal(during.end, zone),
    roomId,
    agentId: (agent === null ? wish.agentIds[0] : others[agent]?.id) ?? '',
    secondAgentId: wish.agentIds[1] ?? null,
  }));
}
