import { sightOf, type Viewer } from '@app/accounts';
import type { Appointment, AppointmentMode } from '@app/contract';
import type { Transaction } from '@app/persistence';
import { dateAt, type Instant, instantToIso, toLocal } from '@app/time';
import { type OutsideHours, outsideHours } from './alone';
import type { AppointmentState } from './appointment-states';
import { fullName, type Named } from './people';
import { hoursOfSite, openingsOn, type SiteHours } from './site-hours.query';
import type { Undo } from './undo';
import { overlapAt } from './overlap.query';
import { type Overlap, outsideWarnings, overlapWarnings } from './warnings';

/** An appointment about to change: locked, so that what is decided about it stays true. */
export interface LockedAppointment {
  id: string;
  partnerId: string;
  motifId: string;
  usagerId: string;
  /** Null: outside any permanence. */
  occurrenceId: string | null;
  siteId: string;
  /** Of one outside any permanence; the others are in their date's. */
  roomId: string | null;
  mode: AppointmentMode;
  start: Instant;
  end: Instant;
  state: AppointmentState;
  confidential: boolean;
  version: number;
  agentId: string | null;
  secondAgentId: string | null;
  interpreter: boolean;
  /** The follow-ups booked together. */
  seriesId: string | null;
  /** What the last command changed, while it can be taken back. */
  undo: Undo | null;
}

/** Locks one appointment; null when it does not exist or is not shown to the viewer. */
export async function lockAppointment(tx: Transaction, id: string): Promise<LockedAppointment | null> {
  const [row] = await tx.prepared<{
    partner_id: string;
    motif_id: string;
    usager_id: string;
    occurrence_id: string | null;
    site_id: string;
    room_id: string | null;
    mode: AppointmentMode;
    starts_at: Instant;
    ends_at: Instant;
    state: AppointmentState;
    confidential: boolean;
    version: number;
    agent_id: string | null;
    second_agent_id: string | null;
    interpreter: boolean;
    series_id: string | null;
    undo: Undo | null;
  }>(
    'booking.lock-appointment',
    // NO KEY: a conflict or a reminder that refers to it need not wait.
    `select partner_id, motif_id, usager_id, occurrence_id, site_id, room_id, mode, starts_at, ends_at, state, confidential, version,
       agent_id, second_agent_id, interpreter, series_id, undo
     from appointment where space_id = $1 and id = $2 for no key update`,
    [tx.context.spaceId, id],
  );
  if (!row) return null;
  return {
    id,
    partnerId: row.partner_id,
    motifId: row.motif_id,
    usagerId: row.usager_id,
    occurrenceId: row.occurrence_id,
    siteId: row.site_id,
    roomId: row.room_id,
    mode: row.mode,
    start: row.starts_at,
    end: row.ends_at,
    state: row.state,
    confidential: row.confidential,
    version: row.version,
    agentId: row.agent_id,
    secondAgentId: row.second_agent_id,
    interpreter: row.interpreter,
    seriesId: row.series_id,
    undo: row.undo,
  };
}

/** As `dateOfAppointment`, of those outside any permanence too; null when there is no such appointment. */
export async function whereBooked(tx: Transaction, id: string): Promise<{ occurrenceId: string | null } | null> {
  const [row] = await tx.prepared<{ occurrence_id: string | null }>(
    'booking.date-of-appointment',
    'select occurrence_id from appointment where space_id = $1 and id = $2',
    [tx.context.spaceId, id],
  );
  return row ? { occurrenceId: row.occurrence_id } : null;
}

/** The date an appointment is on, read without a lock: dates are locked before appointments. */
export async function dateOfAppointment(tx: Transaction, id: string): Promise<string | null> {
  return (await whereBooked(tx, id))?.occurrenceId ?? null;
}

/** What someone had to settle about this appointment is settled once it has left its slot. */
export async function settleStranded(tx: Transaction, appointmentId: string): Promise<void> {
  await tx.query(
    `update conflict set settled_at = $3
     where space_id = $1 and appointment_id = $2 and kind = 'appointment-stranded' and settled_at is null`,
    [tx.context.spaceId, appointmentId, instantToIso(tx.now)],
  );
}

interface Row extends Named {
  id: string;
  partner_id: string;
  motif_id: string;
  motif_label: string;
  usager_id: string;
  phone: string | null;
  note: string | null;
  safe_contact: boolean | null;
  occurrence_id: string | null;
  mode: AppointmentMode;
  agent_id: string | null;
  second_agent_id: string | null;
  site_id: string;
  room_id: string | null;
  interpreter: boolean;
  starts_at: Instant;
  ends_at: Instant;
  state: AppointmentState;
  excused: boolean;
  cancelled_at: Instant | null;
  arrived_at: Instant | null;
  version: number;
  booked_by: string | null;
  booked_at_desk: boolean;
  booked_online: boolean;
  changed: Appointment['changed'];
  overlap: Overlap | null;
  /** Of one outside any permanence, on site and not cancelled. */
  hours: SiteHours;
  series_id: string | null;
  nth: number | null;
  of: number | null;
  told: { kind: string; channel: 'sms' | 'call' | 'letter' | 'task'; state: string; due: number }[];
}

// The desk reads a discreet label: the social reason is between the person and the partner.
const SELECT = `select a.id, a.partner_id, a.motif_id,
    case when a.partner_id = ctx_partner() or ctx_sight() = 'system' then m.label else m.discreet_label end as motif_label,
    a.usager_id, u.first_name, u.last_name, u.phone, u.note, u.safe_contact, a.occurrence_id, a.agent_id, a.second_agent_id, a.site_id,
    coalesce(o.room_id, a.room_id) as room_id, a.mode, a.interpreter, a.excused,
    a.starts_at, a.ends_at, a.state, a.cancelled_at, a.arrived_at, a.version, by.name as booked_by,
    by.id is not null and by.partner_id is null as booked_at_desk, a.booked_by is null as booked_online,
    case when a.undo is not null then json_build_object('act', a.undo ->> 'act', 'online', a.undo ->> 'by' is null, 'by',
      (select c.name from account c where c.space_id = a.space_id and c.id = (a.undo ->> 'by')::uuid)) end as changed,
    a.series_id, sisters.nth, sisters.of,
    ${overlapAt({ usager: 'a.usager_id', but: 'a.id', start: 'a.starts_at', end: 'a.ends_at' })} as overlap,
    case when a.occurrence_id is null and a.mode = 'on-site' and a.state not in ('cancelledByUsager', 'cancelledByAgent')
      then ${hoursOfSite('a.space_id', 'a.site_id', '(a.starts_at at time zone (select zone from space where id = a.space_id))')} end as hours,
    coalesce((select json_agg(json_build_object('kind', r.kind, 'channel', r.channel, 'state', r.state,
                'due', extract(epoch from r.due_at) * 1000) order by r.due_at)
              from reminder r where r.space_id = a.space_id and r.appointment_id = a.id), '[]') as told
  from appointment a
  join motif m on m.space_id = a.space_id and m.id = a.motif_id
  left join occurrence o on o.space_id = a.space_id and o.id = a.occurrence_id
  left join usager u on u.space_id = a.space_id and u.id = a.usager_id
  left join account by on by.space_id = a.space_id and by.id = a.booked_by
  left join lateral (
    select count(*)::int as of, (count(*) filter (where (s.starts_at, s.id) <= (a.starts_at, a.id)))::int as nth
    from appointment s
    where s.space_id = a.space_id and s.series_id = a.series_id and s.state not in ('cancelledByUsager', 'cancelledByAgent')
  ) sisters on a.series_id is not null and a.state not in ('cancelledByUsager', 'cancelledByAgent')`;

export async function appointmentById(tx: Transaction, viewer: Viewer, id: string): Promise<Appointment | null> {
  const [row] = await tx.prepared<Row>('booking.appointment', `${SELECT} where a.space_id = $1 and a.id = $2`, [
    tx.context.spaceId,
    id,
  ]);
  return row ? spoken(row, viewer) : null;
}

/** Those the viewer may see: the coming ones first, soonest first; then the past ones, latest first. */
export async function appointmentsOf(
  tx: Transaction,
  viewer: Viewer,
  usagerId: string,
  most: number,
): Promise<Appointment[]> {
  const rows = await tx.prepared<Row>(
    'booking.appointments-of',
    `${SELECT} where a.space_id = $1 and a.usager_id = $2
     order by a.ends_at <= $3, abs(extract(epoch from a.starts_at) - extract(epoch from $3::timestamptz)), a.id limit $4`,
    [tx.context.spaceId, usagerId, instantToIso(tx.now), most],
  );
  return rows.map((row) => spoken(row, viewer));
}

function spoken(row: Row, viewer: Viewer): Appointment {
  const { zone } = viewer.space;
  return {
    id: row.id,
    partnerId: row.partner_id,
    motifId: row.motif_id,
    motifLabel: row.motif_label,
    usagerId: row.usager_id,
    usagerName: fullName(row),
    phone: row.phone,
    note: row.note ?? '',
    safeContact: row.safe_contact ?? false,
    occurrenceId: row.occurrence_id,
    agentId: row.agent_id,
    secondAgentId: row.second_agent_id,
    siteId: row.site_id,
    roomId: row.room_id,
    mode: row.mode,
    interpreter: row.interpreter,
    start: toLocal(row.starts_at, zone),
    end: toLocal(row.ends_at, zone),
    state: row.state,
    excused: row.excused,
    arrivedAt: row.arrived_at === null ? null : toLocal(row.arrived_at, zone),
    cancelledAt: row.cancelled_at === null ? null : toLocal(row.cancelled_at, zone),
    version: row.version,
    bookedBy: row.booked_by,
    bookedAtDesk: row.booked_at_desk,
    series: row.series_id && row.nth && row.of && row.of > 1 ? { id: row.series_id, nth: row.nth, of: row.of } : null,
    bookedOnline: row.booked_online,
    changed: row.changed,
    warnings: [
      ...overlapWarnings(row.overlap, { sight: sightOf(viewer.role), language: viewer.language }),
      ...outsideWarnings(outsideOf(row, zone), { zone, language: viewer.language }),
    ],
    told: row.told.map(({ due, ...told }) => ({ ...told, due: toLocal(Math.round(due) as Instant, zone) })),
  };
}

/** Read again: the site may have changed its hours since it was booked. */
function outsideOf({ hours, starts_at: start, ends_at: end }: Row, zone: string): OutsideHours | null {
  return hours && outsideHours({ start, end }, openingsOn(dateAt(start, zone), hours, zone));
}
