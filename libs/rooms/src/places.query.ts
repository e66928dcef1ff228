import type { Transaction } from '@app/persistence';
import type { Instant, PlainDate } from '@app/time';
import type { Place } from './ways-out';

/** Every room in use of a site that is open on a date, and every desk of them, with what must be held to hold it. */
export async function placesOf(tx: Transaction, siteId: string, date: PlainDate): Promise<Omit<Place, 'lent'>[]> {
  const rows = await tx.query<{
    id: string;
    name: string;
    capacity: number;
    resource: string;
    desks: { id: string; label: string; resource: string }[] | null;
  }>(
    `select r.id, r.name, r.capacity, whole.id as resource,
       (select json_agg(json_build_object('id', w.id, 'label', w.label, 'resource', d.id) order by w.position, w.label)
        from workstation w
        join resource d on d.space_id = w.space_id and d.kind = 'workstation' and d.owner_id = w.id
        where w.space_id = r.space_id and w.room_id = r.id and w.retired_at is null) as desks
     from room r
     join resource whole on whole.space_id = r.space_id and whole.kind = 'room' and whole.owner_id = r.id
     where r.space_id = $1 and r.site_id = $2 and r.retired_at is null
       and closure_of_room(r.id, $3::date) is null
     order by r.position, r.name`,
    [tx.context.spaceId, siteId, date],
  );
  return rows.flatMap(({ id, name, capacity, resource, desks }) => [
    {
      roomId: id,
      workstationId: null,
      name,
      capacity,
      resourceIds: [resource, ...(desks ?? []).map((desk) => desk.resource)],
    },
    ...(desks ?? []).map((desk) => ({
      roomId: id,
      workstationId: desk.id,
      name: `${name} · ${desk.label}`,
      capacity,
      resourceIds: [desk.resource],
    })),
  ]);
}

/** When a site closes on a date, as an instant; null when it does not open. */
export async function closingOf(tx: Transaction, siteId: string, date: PlainDate): Promise<Instant | null> {
  const [row] = await tx.query<{ closes: Instant | null }>(
    `select max(($3::date + o.closes) at time zone s.zone) as closes
     from site_opening o join space s on s.id = o.space_id
     where o.space_id = $1 and o.site_id = $2 and o.weekday = extract(isodow from $3::date)`,
    [tx.context.spaceId, siteId, date],
  );
  return row?.closes ?? null;
}
