import type { Viewer } from '@app/accounts';
import type { RoomAlternative, RoomBookingBody } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { dateOf, dayBounds, type Interval, type LocalDateTime, toLocal } from '@app/time';
import type { z } from 'zod';
import { takenDuring } from './claims.query';
import { nextFree } from './obstacle';
import { officesOfOthersAt } from './offices.query';
import { closingOf, placesOf } from './places.query';
import { resourcesOf } from './resources.query';
import { MOST_WAYS_OUT, type Place, waysOut } from './ways-out';
import { sayLent } from './wording';

type Alternative = z.infer<typeof RoomAlternative>;

/** Up to three ways out of a refused booking: what is free at these hours, then the next time of what was wanted. */
export async function alternativesTo(
  tx: Transaction,
  viewer: Viewer,
  wanted: RoomBookingBody,
  during: Interval,
): Promise<Alternative[]> {
  const [room] = await tx.query<{ site_id: string }>('select site_id from room where space_id = $1 and id = $2', [
    tx.context.spaceId,
    wanted.roomId,
  ]);
  if (!room) return [];
  const date = dateOf(wanted.start as LocalDateTime);
  const all = await placesOf(tx, room.site_id, date);
  const offices = await officesOfOthersAt(
    tx,
    all.map(({ roomId }) => roomId),
    during,
    wanted.partnerId,
  );
  const every = all.map((place): Place => ({ ...place, lent: offices.get(place.roomId) ?? null }));
  // Someone's office that is not lent then is no way out.
  const places = every.filter(({ lent }) => lent === null || lent.lent !== null);
  const refused = every.find((one) => one.roomId === wanted.roomId && one.workstationId === wanted.workstationId);
  if (!refused) return [];
  const presences = [...(await resourcesOf(tx, 'presence', wanted.agentIds)).values()];
  const { zone } = viewer.space;
  const held = await takenDuring(tx, [...every.flatMap((place) => place.resourceIds), ...presences], {
    start: during.start,
    end: dayBounds(date, zone).end,
  });
  const say = ({ roomId, workstationId, name, lent }: Place, { start, end }: Interval): Alternative => ({
    roomId,
    workstationId,
    name,
    lent: lent?.lent ? sayLent(lent.lent, lent.resident, viewer.language) : '',
    start: toLocal(start, zone),
    end: toLocal(end, zone),
  });
  const agentsAreFree = !held.some((one) => presences.includes(one.resourceId) && one.during.start < during.end);
  // Another room is no way out while an agent is elsewhere.
  const elsewhere = agentsAreFree ? waysOut(refused, places, held, during) : [];
  const closing = await closingOf(tx, room.site_id, date);
  const needed = [...refused.resourceIds, ...presences];
  const later =
    closing &&
    nextFree(
      during,
      held.filter((one) => needed.includes(one.resourceId)),
      closing,
    );
  const atThatTime =
    later && (await officesOfOthersAt(tx, [wanted.roomId], later, wanted.partnerId)).get(wanted.roomId);
  const refusedLater =
    later && (!atThatTime || atThatTime.lent) ? [say({ ...refused, lent: atThatTime ?? null }, later)] : [];
  return [...elsewhere.map((place) => say(place, during)), ...refusedLater].slice(0, MOST_WAYS_OUT);
}
