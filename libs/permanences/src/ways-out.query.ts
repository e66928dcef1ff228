import type { PermanenceDate } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type OfficeOfOthers, officesOfOthers, resourcesOfRooms, sayLent, takenDuringEach } from '@app/rooms';
import { addDays, dateAt, dateOf, isoWeekday, localDateTime, type PlainDate, plainTime } from '@app/time';
import { closureOfRoom, datesOf } from './dates';
import type { Place, Plan, PlannedRule, WantedDate } from './permanence';
import type { Language } from './rule-check';

export type WaysOut = NonNullable<PermanenceDate['waysOut']>;

/** A date in whose way something stands: a room is looked for when its own can't be had. */
export interface Hindered {
  date: WantedDate;
  lacksRoom: boolean;
}

/** As many as one chooses from. */
const MOST_ROOMS = 5;
const DAYS_LOOKED_AT = 62;
const MIDNIGHT = plainTime('00:00');

/** For each date: which rooms of its site are free then, and the next day on which its site is open. */
export async function waysOutOf(
  tx: Transaction,
  hindered: readonly Hindered[],
  place: Place,
  own: { partnerId: string; rules: readonly PlannedRule[]; occurrenceIds: ReadonlySet<string>; language: Language },
): Promise<WaysOut[]> {
  const lacking = hindered.filter(({ lacksRoom }) => lacksRoom).map(({ date }) => date);
  const rooms = await freeRoomsOf(tx, lacking, place, own);
  return hindered.map(({ date }) => ({
    rooms: rooms.get(date) ?? [],
    nextOpen: nextOpenDay(date, place, own),
  }));
}

async function freeRoomsOf(
  tx: Transaction,
  dates: readonly WantedDate[],
  place: Place,
  { partnerId, occurrenceIds, language }: Parameters<typeof waysOutOf>[3],
): Promise<Map<WantedDate, WaysOut['rooms']>> {
  if (!dates.length) return new Map();
  const sites = new Set(dates.map(({ siteId }) => siteId));
  const rooms = [...place.rooms].filter(([, { siteId, retired }]) => !retired && sites.has(siteId));
  const resources = await resourcesOfRooms(
    tx,
    rooms.map(([roomId]) => ({ roomId, workstationId: null })),
  );
  const during = dates.map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt }));
  const taken = await takenDuringEach(tx, [...resources.values()].flat(), during);
  const asked = dates.flatMap((date, nth) =>
    rooms.flatMap(([roomId, { siteId }]) => {
      if (siteId !== date.siteId || roomId === date.roomId) return [];
      if (closureOfRoom(dateAt(date.startsAt, place.zone), roomId, place.closures) !== null) return [];
      const busy = (taken[nth] ?? []).filter(({ heldBy }) => !heldBy || !occurrenceIds.has(heldBy));
      const needed = resources.get(roomId) ?? [];
      const isFree = needed.length > 0 && !busy.some(({ resourceId }) => needed.includes(resourceId));
      return isFree ? [{ date, roomId, partnerId, during: { start: date.startsAt, end: date.endsAt } }] : [];
    }),
  );
  const offices = await officesOfOthers(tx, asked);
  const found = new Map<WantedDate, WaysOut['rooms']>();
  // Rooms that are nobody's come before those that someone lends.
  const ranked = asked.map((one, nth) => ({ ...one, office: offices.get(nth) ?? null }));
  ranked.sort((a, b) => Number(a.office !== null) - Number(b.office !== null));
  for (const { date, roomId, office } of ranked) {
    const list = found.get(date) ?? [];
    if ((office && !office.lent) || list.length >= MOST_ROOMS) continue;
    list.push({ roomId, name: place.rooms.get(roomId)?.name ?? '', lent: sayOffice(office, language) });
    found.set(date, list);
  }
  return found;
}

function sayOffice(office: OfficeOfOthers | null, language: Language): string {
  return office?.lent ? sayLent(office.lent, office.resident, language) : '';
}

/** The first day after a date on which its site is open and nothing is closed; null within two months. */
function nextOpenDay(
  { ruleId, originalStart }: WantedDate,
  place: Place,
  { partnerId, rules }: { partnerId: string; rules: readonly PlannedRule[] },
): PlainDate | null {
  const rule = rules.find(({ id }) => id === ruleId);
  if (!rule) return null;
  const weekdays = (place.sites.get(rule.siteId)?.openings ?? []).map(({ weekday }) => weekday);
  let dtstart = addDays(dateOf(originalStart), 1);
  while (weekdays.length && !weekdays.includes(isoWeekday(dtstart))) dtstart = addDays(dtstart, 1);
  const once = { ...rule, rrule: 'FREQ=DAILY;COUNT=1', dtstart, parity: null, excluded: [] };
  const plan: Plan = {
    rules: [{ ...once, onHoliday: null, schoolHolidays: null }],
    exceptions: [],
    partnerId,
    onHoliday: 'move',
    onClosure: 'move',
    schoolHolidays: 'any',
    stopsOn: null,
  };
  const [next] = datesOf(plan, place, {
    from: localDateTime(dtstart, MIDNIGHT),
    to: localDateTime(addDays(dtstart, DAYS_LOOKED_AT), MIDNIGHT),
  });
  return next?.state === 'held' ? dateAt(next.startsAt, place.zone) : null;
}
