import type { Transaction } from '@app/persistence';
import type { Need } from './offer';

export interface Motif {
  id: string;
  booked: 'here' | 'own-number' | 'walk-in';
  phone: string | null;
  /** The service that receives. */
  partner: string;
  need: Need;
  publicBooking: boolean;
  noticeHours: number;
  horizonDays: number;
}

interface MotifRow {
  id: string;
  booked: Motif['booked'];
  phone: string | null;
  partner: string;
  duration_minutes: number;
  pause_before: number;
  pause_after: number;
  agents_needed: number;
  public_booking: boolean;
  public_notice_hours: number;
  public_horizon_days: number;
}

/** Those the viewer may know of, in the order asked for: a confidential one exists for its own partner only. */
export async function motifsFor(tx: Transaction, ids: readonly string[], interpreter = false): Promise<Motif[]> {
  const rows = await tx.prepared<MotifRow>(
    'booking.motifs',
    `select m.id, m.booked, coalesce(m.phone, pa.phone) as phone, pa.short_name as partner, m.duration_minutes,
       m.pause_before, m.pause_after, m.agents_needed, m.public_booking, m.public_notice_hours, m.public_horizon_days
     from unnest($2::uuid[]) with ordinality as wanted(id, nth)
     join motif m on m.space_id = $1 and m.id = wanted.id and m.retired_at is null
     join partner pa on pa.space_id = m.space_id and pa.id = m.partner_id
     where not (m.confidential or pa.confidential) or sees(m.partner_id, true)
     order by wanted.nth`,
    [tx.context.spaceId, [...new Set(ids)]],
  );
  return rows.map((row) => ({
    id: row.id,
    booked: row.booked,
    phone: row.phone,
    partner: row.partner,
    need: {
      durationMinutes: row.duration_minutes * (interpreter ? 2 : 1),
      pauseBefore: row.pause_before,
      pauseAfter: row.pause_after,
      agents: row.agents_needed,
    },
    publicBooking: row.public_booking,
    noticeHours: row.public_notice_hours,
    horizonDays: row.public_horizon_days,
  }));
}
