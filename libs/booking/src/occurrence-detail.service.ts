import { contextOf, type Viewer } from '@app/accounts';
import type { OccurrenceDetail, Slot } from '@app/contract';
import { Database, type Transaction } from '@app/persistence';
import { type Instant, type LocalDateTime, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { sayLeftAlone } from './board';
import { boardAppointment } from './board.service';
import { fullName } from './people';
import { appointmentsIn } from './board.query';
import { seatsGivenOf } from './given-seats.service';
import { freeOn } from './find-slots.service';

interface Row {
  id: string;
  permanence_id: string;
  rule_id: string;
  original_start: LocalDateTime;
  partner_id: string;
  title: string;
  starts_at: Instant;
  ends_at: Instant;
  site_id: string;
  room_id: string | null;
  mode: OccurrenceDetail['mode'];
  seats: number;
  state: OccurrenceDetail['state'];
  cause: string;
  served: boolean;
  agent_ids: string[];
  away_ids: string[];
  left_alone: boolean | null;
  motifs: { id: string; here: boolean }[];
  waiting: number;
}

/** One date of a permanence, opened: who is booked, and what is still free. */
@Injectable()
export class OccurrenceDetails {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Null when there is no such date for the viewer. Of another partner's published date: its name and hours only. */
  async of(viewer: Viewer, id: string): Promise<OccurrenceDetail | null> {
    const { zone } = viewer.space;
    return this.database.within(contextOf(viewer), async (tx) => {
      const [row] = await tx.prepared<Row>(
        'booking.occurrence',
        `select o.id, o.permanence_id, o.rule_id, o.original_start, o.partner_id, p.title, o.starts_at, o.ends_at, o.site_id, o.room_id,
           o.mode, o.seats, o.state, o.cause, sees(o.partner_id, o.confidential) as served,
           array(select oa.agent_id from occurrence_agent oa where oa.space_id = o.space_id and oa.occurrence_id = o.id order by oa.agent_id) as agent_ids,
           array(select distinct b.agent_id from occurrence_agent oa join absence b on b.space_id = oa.space_id and b.agent_id = oa.agent_id
                 where oa.space_id = o.space_id and oa.occurrence_id = o.id and b.starts_at < o.ends_at and b.ends_at > o.starts_at) as away_ids,
           (select l.wholly from left_alone(array[o.id]) l) as left_alone,
           coalesce((select json_agg(json_build_object('id', m.id,
                       'here', m.booked = 'here' and m.retired_at is null and sees(m.partner_id, m.confidential)) order by m.position, m.label)
                     from permanence_motif pm join motif m on m.space_id = pm.space_id and m.id = pm.motif_id
                     where pm.space_id = o.space_id and pm.permanence_id = o.permanence_id), '[]') as motifs,
           (select count(*)::int from waiting_entry w
            join permanence_motif pm on pm.space_id = w.space_id and pm.permanence_id = o.permanence_id and pm.motif_id = w.motif_id
            where w.space_id = o.space_id and w.partner_id = o.partner_id and w.state in ('waiting', 'offered')
              and (o.starts_at at time zone $3)::date between w.from_day and w.until_day
              and (w.occurrence_id is null or w.occurrence_id = o.id) and (w.site_id is null or w.site_id = o.site_id)
              and (w.agent_id is null or w.agent_id in (
                select oa.agent_id from occurrence_agent oa where oa.space_id = o.space_id and oa.occurrence_id = o.id))
              and (w.part is null or (w.part = 'morning') = ((o.starts_at at time zone $3)::time < '12:00'))) as waiting
         from occurrence o
         join permanence p on p.space_id = o.space_id and p.id = o.permanence_id
         where o.space_id = $1 and o.id = $2`,
        [tx.context.spaceId, id, zone],
      );
      if (!row) return null;
      const appointments = row.served ? await appointmentsIn(tx, id) : [];
      return {
        id,
        permanenceId: row.permanence_id,
        ruleId: row.rule_id,
        originalStart: row.original_start,
        partnerId: row.partner_id,
        title: row.title,
        start: toLocal(row.starts_at, zone),
        end: toLocal(row.ends_at, zone),
        siteId: row.site_id,
        roomId: row.room_id,
        mode: row.mode,
        seats: row.seats,
        state: row.state,
        cause: row.cause,
        agentIds: row.served ? row.agent_ids : [],
        awayIds: row.served ? row.away_ids : [],
        leftAlone: sayLeftAlone(row.left_alone),
        motifIds: row.motifs.map((motif) => motif.id),
        mayChange: mayChange(viewer, row.partner_id),
        appointments: appointments.map((appointment) => boardAppointment(appointment, row.room_id, zone, fullName)),
        free: row.served ? await freeSlots(tx, row, zone) : [],
        given: row.served ? await seatsGivenOf(tx, id, zone) : [],
        waiting: row.waiting,
      };
    });
  }
}

async function freeSlots(tx: Transaction, row: Row, zone: string): Promise<Slot[]> {
  const here = row.motifs.filter((motif) => motif.here).map(({ id }) => id);
  if (!here.length || row.state !== 'held') return [];
  return freeOn(tx, { id: row.id, during: { start: row.starts_at, end: row.ends_at } }, here, zone);
}

/** A permanence is changed by its partner's editors, and by those who run the place. */
function mayChange({ role, partnerId }: Viewer, ofPartner: string): boolean {
  return role === 'manager' || role === 'administrator' || (role === 'partner-editor' && partnerId === ofPartner);
}
