import type { Transaction } from '@app/persistence';
import { type Instant, instantToIso } from '@app/time';

/** An appointment as whoever holds its link may read it: nothing of the person, nothing of the agent or the room. */
export interface OwnAppointmentRow {
  id: string;
  partnerId: string;
  motifId: string;
  /** Null: outside any permanence. */
  occurrenceId: string | null;
  agentId: string | null;
  siteId: string;
  start: Instant;
  end: Instant;
  state: string;
  mode: string;
  version: number;
  /** What was last done of it, while nothing else was. */
  lastAct: string | null;
  /** Discreet, and only where nothing about it is confidential and the phone is her own. */
  label: string | null;
  /** The service, only where it may be named to whoever holds the phone. */
  service: string | null;
  /** Another time may be chosen here. */
  online: boolean;
  /** Whom she comes to see is not replaced. */
  sameAgent: boolean;
  site: { name: string; address: string; phone: string | null };
}

export async function ownAppointment(tx: Transaction, id: string): Promise<OwnAppointmentRow | null> {
  const [row] = await tx.query<
    Omit<OwnAppointmentRow, 'site'> & { site: string; address: string; phone: string | null }
  >(
    `select a.id, a.partner_id as "partnerId", a.motif_id as "motifId", a.occurrence_id as "occurrenceId", a.agent_id as "agentId", a.site_id as "siteId",
       a.starts_at as start, a.ends_at as "end", a.state, a.mode, a.version,
       a.undo ->> 'act' as "lastAct",
       case when not (a.confidential or m.confidential or p.confidential or u.phone_shared or u.contact_told)
         then m.discreet_label end as label,
       case when m.names_service and not (a.confidential or m.confidential or p.confidential or u.phone_shared or u.contact_told)
         then p.short_name end as service,
       m.public_booking and m.booked = 'here' and not (a.confidential or m.confidential or p.confidential) as online,
       m.step = 'accompagnement' or m.meeting = 'follow-up' as "sameAgent",
       s.name as site, s.address, s.phone
     from appointment a
     join motif m on m.space_id = a.space_id and m.id = a.motif_id
     join partner p on p.space_id = a.space_id and p.id = a.partner_id
     join usager u on u.space_id = a.space_id and u.id = a.usager_id
     join site s on s.space_id = a.space_id and s.id = a.site_id
     where a.space_id = $1 and a.id = $2`,
    [tx.context.spaceId, id],
  );
  if (!row) return null;
  const { site: name, address, phone, ...own } = row;
  return { ...own, site: { name, address, phone } };
}

/** Another date of the series, as her link lists it. */
export interface OwnDateRow {
  id: string;
  start: Instant;
  state: string;
  mode: string;
  site: string;
}

/** More than a series ever has ahead. */
const MOST_DATES = 60;

/** The dates still to come of the series of an appointment, and of the same person; itself among them. */
export async function datesAhead(tx: Transaction, appointmentId: string): Promise<OwnDateRow[]> {
  return tx.query<OwnDateRow & Record<string, unknown>>(
    `select a.id, a.starts_at as start, a.state, a.mode, s.name as site
     ${OF_SERIES} join site s on s.space_id = a.space_id and s.id = a.site_id
     where first.space_id = $1 and first.id = $2 and a.starts_at > $3 and a.state in ('planned', 'confirmed')
     order by a.starts_at, a.id limit $4`,
    [tx.context.spaceId, appointmentId, instantToIso(tx.now), MOST_DATES],
  );
}

/** Whether one appointment is a date of the series of another. */
export async function isOfSeries(tx: Transaction, appointmentId: string, dateId: string): Promise<boolean> {
  const rows = await tx.query(`select ${OF_SERIES} where first.space_id = $1 and first.id = $2 and a.id = $3`, [
    tx.context.spaceId,
    appointmentId,
    dateId,
  ]);
  return rows.length > 0;
}

const OF_SERIES = `from appointment first
     join appointment a on a.space_id = first.space_id and a.series_id = first.series_id and a.usager_id = first.usager_id
       and a.partner_id = first.partner_id`;
