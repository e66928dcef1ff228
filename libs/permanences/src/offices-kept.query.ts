import type { Transaction } from '@app/persistence';
import { officesOfOthers } from '@app/rooms';
import type { WantedDate } from './permanence';
import type { Ask } from './sharing';

interface Dated {
  id: string;
  wanted: Pick<WantedDate, 'roomId' | 'startsAt' | 'endsAt'>;
  permanence: { partnerId: string };
}

/** A room that is someone else's office is not had, unless it is lent then. Looked at under the rooms' locks. */
export async function keepOffices(tx: Transaction, dates: readonly Dated[], asks: readonly Ask[]): Promise<void> {
  const inRooms = dates.flatMap(({ id, wanted: { roomId, startsAt, endsAt }, permanence: { partnerId } }) =>
    roomId ? [{ id, roomId, partnerId, during: { start: startsAt, end: endsAt } }] : [],
  );
  const kept = new Set<string>();
  for (const [nth, { lent }] of await officesOfOthers(tx, inRooms)) {
    const date = inRooms[nth];
    if (date && !lent) kept.add(date.id);
  }
  for (const ask of asks) if (kept.has(ask.id)) ask.isRoomKept = true;
}
