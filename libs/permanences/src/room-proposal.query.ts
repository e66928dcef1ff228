import type { RuleRead } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { parseRule } from '@app/recurrence';
import { resourcesOfRooms, takenDuringEach } from '@app/rooms';
import { type Interval, localDateTime, type PlainDate, type PlainTime, toInstant } from '@app/time';
import { nextDates, type UnplacedRule } from './reading';

/** A room in use, and what this partner has to do with it. */
export interface RoomOfPartner {
  id: string;
  siteId: string;
  capacity: number;
  /** Someone's own office: 'own', or someone else's. */
  resident: 'own' | 'other' | null;
  /** When this partner's permanences last had a date in it. */
  lastUsed: number | null;
}

/** The rooms in use, in the space's order. */
export async function roomsOfPartner(tx: Transaction, partnerId: string | null): Promise<RoomOfPartner[]> {
  return tx.query<RoomOfPartner>(
    `select r.id, r.site_id as "siteId", r.capacity,
       (select case when bool_or(s.partner_id is not distinct from $2) then 'own' else 'other' end
        from sitting_in(array[r.id]) s having count(*) > 0) as resident,
       (select max(o.starts_at) from occurrence o
        where o.space_id = r.space_id and o.room_id = r.id and o.partner_id = $2 and o.state = 'held') as "lastUsed"
     from room r where r.space_id = $1 and r.retired_at is null
     order by r.position, r.name`,
    [tx.context.spaceId, partnerId],
  );
}

/** The only site where this partner has its office or has been; null when there are several, or none. */
export function usualSite(rooms: readonly RoomOfPartner[]): string | null {
  const own = new Set(rooms.filter(({ resident }) => resident === 'own').map(({ siteId }) => siteId));
  const used = new Set(rooms.filter(({ lastUsed }) => lastUsed !== null).map(({ siteId }) => siteId));
  for (const sites of [own, used]) if (sites.size === 1) return [...sites][0] as string;
  return null;
}

const DATES_LOOKED_AT = 8;

/** The rules with a room proposed: the partner's own office, the one it used last, else the one that is free most often. */
export async function withRooms(
  tx: Transaction,
  rules: readonly UnplacedRule[],
  rooms: readonly RoomOfPartner[],
  today: PlainDate,
  zone: string,
): Promise<RuleRead[]> {
  const placed: RuleRead[] = [];
  for (const rule of rules) {
    const here = rooms.filter(({ siteId }) => siteId === rule.siteId);
    const own = here.find(({ resident }) => resident === 'own');
    const used = here
      // Someone's office that was lent once is not proposed again for good.
      .filter(({ lastUsed, resident }) => lastUsed !== null && resident !== 'other')
      .sort((a, b) => (b.lastUsed ?? 0) - (a.lastUsed ?? 0))[0];
    const beside = placed.find(({ siteId }) => siteId === rule.siteId)?.roomId ?? null;
    const free = own || used ? null : await mostlyFree(tx, here, windowsOf(rule, today, zone), beside);
    const isSaid = rule.rrule !== null && rule.start !== null && rule.end !== null;
    placed.push({
      ...rule,
      roomId: own?.id ?? used?.id ?? free,
      roomWhy: own ? 'resident' : used ? 'last-used' : free && isSaid ? 'free' : null,
    });
  }
  return placed;
}

/** When the room is needed; what is not said yet is taken widely: every day, any hour of the day, any first date. */
function windowsOf(
  { rrule, parity, from, anchors, start, end }: UnplacedRule,
  today: PlainDate,
  zone: string,
): Interval[] {
  const parsed = parseRule(rrule ?? 'FREQ=DAILY');
  const [opens, closes] = [start ?? '08:00', end ?? '18:00'];
  if (!parsed.ok || closes <= opens) return [];
  const rule = anchors.length > 0 ? { ...parsed.rule, interval: 1 } : parsed.rule;
  return nextDates(rule, parity, (from as PlainDate | null) ?? today, DATES_LOOKED_AT).map((date) => ({
    start: toInstant(localDateTime(date, opens as PlainTime), zone),
    end: toInstant(localDateTime(date, closes as PlainTime), zone),
  }));
}

/**
 * Nobody else's office, where two people can sit, free on the most of these dates; the one of the lines `beside` when
 * it is as free. Null when none is ever free.
 */
async function mostlyFree(
  tx: Transaction,
  here: readonly RoomOfPartner[],
  windows: readonly Interval[],
  beside: string | null,
): Promise<string | null> {
  const anyones = here.filter(({ resident, capacity }) => resident === null && capacity >= 2);
  if (!anyones.length || !windows.length) return null;
  const resources = await resourcesOfRooms(
    tx,
    anyones.map(({ id }) => ({ roomId: id, workstationId: null })),
  );
  const taken = await takenDuringEach(tx, [...resources.values()].flat(), windows);
  const ranked = anyones
    .map(({ id }) => {
      const needed = resources.get(id) ?? [];
      return { id, met: taken.filter((list) => list.some(({ resourceId }) => needed.includes(resourceId))).length };
    })
    .sort((a, b) => a.met - b.met || Number(b.id === beside) - Number(a.id === beside));
  const [best] = ranked;
  return best && best.met < windows.length ? best.id : null;
}
