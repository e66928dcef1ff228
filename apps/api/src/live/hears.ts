import { sightOf, type Viewer } from '@app/accounts';
import type { Heard } from '@app/contract';
import type { EventRow } from '@app/persistence';

/** Whether a viewer's screen may hear of an event: the same rule as the policy `seen` on the table. */
export function hears(
  viewer: Pick<Viewer, 'role' | 'partnerId'> & { space: { id: string } },
  event: Pick<EventRow, 'space_id' | 'partner_id' | 'confidential'>,
): boolean {
  if (event.space_id !== viewer.space.id) return false;
  if (sightOf(viewer.role) === 'desk' && !event.confidential) return true;
  return event.partner_id !== null && event.partner_id === viewer.partnerId;
}

/** Where an event stands in the order of commits: what a screen says it heard last. */
export interface Place {
  xid: bigint;
  id: bigint;
}

export function placeOf({ xid, id }: Pick<EventRow, 'xid' | 'id'>): Place {
  return { xid: BigInt(xid), id: BigInt(id) };
}

export const writePlace = ({ xid, id }: Place): string => `${xid}-${id}`;

/** Reads a Last-Event-ID; null when it is none of ours. */
export function readPlace(text: string | undefined): Place | null {
  const match = /^(\d{1,20})-(\d{1,20})$/.exec(text ?? '');
  return match ? { xid: BigInt(match[1] ?? 0), id: BigInt(match[2] ?? 0) } : null;
}

export function isAfter(one: Place, other: Place): boolean {
  return one.xid > other.xid || (one.xid === other.xid && one.id > other.id);
}

/** What a screen is told: something of this kind changed, never what is in it. */
export function heardOf(event: EventRow): Heard {
  return {
    id: writePlace(placeOf(event)),
    kind: event.kind,
    subjectId: event.subject_id,
    siteId: event.site_id,
    day: event.day,
  };
}

/** "Look at everything again": what was missed can't be told one by one. */
export function resyncAt(place: Place): Heard {
  return { id: writePlace(place), kind: 'resync', subjectId: null, siteId: null, day: null };
}
