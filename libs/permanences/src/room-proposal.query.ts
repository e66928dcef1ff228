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
       case when r.resident_partner_id is null then null when r.resident_partner_id = $2 then 'own' else 'other' end as resident,
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
  zone: string,
): Promise<RuleRead[]> {
  const placed: RuleRead[] = [];
  for (const rule of rules) {
    const here = rooms.filter(({ siteId }) => siteId === rule.siteId);
    const own = here.find(({ resident }) => resident === 'own');
    const used = here
      .filter(({ lastUsed }) => lastUsed !== null)
      .sort((a, b) => (b.lastUsed ?? 0) - (a.lastUsed ?? 0))[0];
    const free = own || used ? null : await mostlyFree(tx, here, windowsOf(rule, zone));
    placed.push({
      ...rule,
      roomId: own?.id ?? used?.id ?? free,
      roomWhy: own ? 'resident' : used ? 'last-used' : free ? 'free' : null,
    });
  }
  return placed;
}

function windowsOf({ rrule, parity, from, start, end }: UnplacedRule, zone: string): Interval[] {
  const parsed = rrule === null ? null : parseRule(rrule);
  if (!parsed?.ok || !from || !start || !end || end <= start) return [];
  return nextDates(parsed.rule, parity, from as PlainDate, DATES_LOOKED_AT).map((date) => ({
    start: toInstant(localDateTime(date, start as PlainTime), zone),
    end: toInstant(localDateTime(date, end as PlainTime), zone),
  }));
}

/** Nobody else's office, free on the most of these dates and on the first; two people sit in it. Null when none is ever free. */
async function mostlyFree(
  tx: Transaction,
  here: readonly RoomOfPartner[],
  windows: readonly Interval[],
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
    .sort((a, b) => a.met - b.met);
  const [best] = ranked;
  return best && best.met < windows.length ? best.id : null;
}
