import type { RoomBooking, RoomBookingBody } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { type Instant, toLocal } from '@app/time';

/** What a booking refers to, as it stands now. */
export interface BookingFacts {
  /** The room, desk, partner and agents exist, none of them retired. */
  stands: boolean;
  siteId: string;
  placeName: string;
  /** Why the room is closed on a day of the booking, '' without a cause; null when it is open. */
  closed: string | null;
  partnerConfidential: boolean;
  agentsAreTheirs: boolean;
  agentNames: Record<string, string>;
}

export async function bookingFacts(tx: Transaction, wanted: RoomBookingBody): Promise<BookingFacts> {
  const { spaceId } = tx.context;
  if (wanted.partnerId) {
    // A partner that becomes confidential right now hides this booking too: it waits for our commit.
    await tx.query('select id from partner where space_id = $1 and id = $2 for share', [spaceId, wanted.partnerId]);
  }
  const [row] = await tx.query<{
    site_id: string;
    name: string;
    label: string | null;
    closed: string | null;
    stands: boolean;
    confidential: boolean | null;
    agents: { id: string; name: string; partner: string }[] | null;
  }>(
    `select r.site_id, r.name, w.label, closure_of_room(r.id, $6::date) as closed, p.confidential, a.agents,
       r.retired_at is null and ($3::uuid is null or w.id is not null and w.retired_at is null)
         and ($4::uuid is null or p.id is not null and p.retired_at is null) as stands
     from room r
     left join workstation w on w.space_id = r.space_id and w.room_id = r.id and w.id = $3
     left join partner p on p.space_id = r.space_id and p.id = $4
     cross join lateral (
       select json_agg(json_build_object('id', a.id, 'name', a.name, 'partner', a.partner_id)) as agents
       from agent a where a.space_id = r.space_id and a.id = any ($5::uuid[]) and a.retired_at is null) a
     where r.space_id = $1 and r.id = $2`,
    [spaceId, wanted.roomId, wanted.workstationId, wanted.partnerId, wanted.agentIds, wanted.start.slice(0, 10)],
  );
  const agents = row?.agents ?? [];
  return {
    stands: row?.stands === true && agents.length === new Set(wanted.agentIds).size,
    siteId: row?.site_id ?? '',
    placeName: [row?.name, row?.label].filter(Boolean).join(' · '),
    closed: row?.closed ?? null,
    partnerConfidential: row?.confidential ?? false,
    agentsAreTheirs: agents.every((agent) => agent.partner === wanted.partnerId),
    agentNames: Object.fromEntries(agents.map(({ id, name }) => [id, name])),
  };
}

/** A room booking as it is kept, or null when there is none for this viewer. */
export async function readRoomBooking(tx: Transaction, id: string, zone: string): Promise<RoomBooking | null> {
  const [row] = await tx.query<{
    room_id: string;
    workstation_id: string | null;
    site_id: string;
    partner_id: string | null;
    title: string;
    starts_at: Instant;
    ends_at: Instant;
    cancelled: boolean;
    agents: string[];
  }>(
    `select b.room_id, b.workstation_id, b.site_id, b.partner_id, b.title, b.starts_at, b.ends_at,
       b.cancelled_at is not null as cancelled,
       array(select a.agent_id from room_booking_agent a where a.space_id = b.space_id and a.room_booking_id = b.id order by 1) as agents
     from room_booking b where b.space_id = $1 and b.id = $2`,
    [tx.context.spaceId, id],
  );
  if (!row) return null;
  return {
    id,
    roomId: row.room_id,
    workstationId: row.workstation_id,
    siteId: row.site_id,
    partnerId: row.partner_id,
    title: row.title,
    start: toLocal(row.starts_at, zone),
    end: toLocal(row.ends_at, zone),
    agentIds: row.agents,
    cancelled: row.cancelled,
  };
}
