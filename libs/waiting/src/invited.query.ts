import { bookFor, type SlotRefusal, slotsThatSuit } from '@app/booking';
import type { AppointmentMode, Invitation, Slot, Slots } from '@app/contract';
import { done, type Outcome, refuse, type Transaction } from '@app/persistence';
import {
  addDays,
  addMinutes,
  dateAt,
  dayBounds,
  type Instant,
  instantToIso,
  type Language,
  type LocalDateTime,
  type PlainDate,
  toInstant,
  toLocal,
} from '@app/time';
import { settleMessages } from './link-messages.query';
import { whoIsAsked } from './person.query';

/** Nobody who chooses at home is offered what begins within the time it takes to come. */
const NOTICE_MINUTES = 120;
const REACH_DAYS = 90;
const A_DAY = 3;
const SHOWN = 24;

/** An invitation as its page shows it. */
export interface Invited {
  id: string;
  state: Invitation['state'];
  language: Language;
  /** Discreet; null where others may read it: what may be said of it is as for her SMS. */
  motif: string | null;
  agent: string | null;
  minutes: number;
  slots: (Slot & { site: string })[];
  more: Slots['more'];
  /** Later days have some too. */
  goesOn: boolean;
  /** Its appointment, once she chose. */
  booked: { start: LocalDateTime; mode: AppointmentMode; site: string; address: string } | null;
  phone: string | null;
}

export type ChooseRefusal = SlotRefusal | 'not-found' | 'invitation-over';

/** What its page shows, from a day on; it is noted that it was opened. Null when there is no such invitation. */
export async function openInvitation(tx: Transaction, id: string, from: PlainDate | null): Promise<Invited | null> {
  const { spaceId } = tx.context;
  const invited = await lockInvitation(tx, id);
  if (!invited) return null;
  const { state } = invited;
  if (!invited.opened_at) {
    await tx.query('update invitation set opened_at = $3 where space_id = $1 and id = $2', [
      ...[spaceId, id, instantToIso(tx.now)],
    ]);
    const { partner_id: partnerId, confidential } = invited;
    await tx.record({ kind: 'invitation.changed', subjectId: id, partnerId, confidential });
  }
  const { slots, more } = state === 'open' ? await choices(tx, invited, from) : { slots: [], more: [] };
  const sites = await tx.query<{ id: string; name: string }>('select id, name from site where space_id = $1', [
    spaceId,
  ]);
  const person = await whoIsAsked(tx, invited.usager_id, invited.motif_id);
  return {
    id,
    state,
    language: person?.language ?? 'fr',
    motif: person?.isAlone ? invited.motif : null,
    agent: person?.isAlone ? invited.agent : null,
    minutes: invited.minutes,
    slots: slots.map((slot) => ({ ...slot, site: sites.find((site) => site.id === slot.siteId)?.name ?? '' })),
    more,
    goesOn: slots.length === SHOWN,
    booked: bookedOf(invited),
    phone: invited.site_phone ?? invited.any_phone,
  };
}

/** She chose. 'invitation-over': it ran out, was withdrawn, or she chose already. Others as for a booking. */
export async function chooseSlot(
  tx: Transaction,
  id: string,
  chosen: { occurrenceId: string; start: LocalDateTime; agentId: string | null },
): Promise<Outcome<{ id: string }, ChooseRefusal>> {
  const invited = await lockInvitation(tx, id);
  if (!invited) return refuse('not-found');
  if (invited.state !== 'open') return refuse('invitation-over');
  const { zone, interpreter, motif_id: motifId, partner_id: partnerId, confidential } = invited;
  const start = toInstant(chosen.start, zone);
  // What she was shown, and nothing that another address might say.
  if (start < addMinutes(tx.now, NOTICE_MINUTES)) return refuse('past');
  const booked = await bookFor(tx, zone, invited.usager_id, {
    occurrenceId: chosen.occurrenceId,
    motifId,
    start,
    agentId: invited.agent_id ?? chosen.agentId,
    interpreter,
    ...(invited.mode && { mode: invited.mode }),
  });
  if (!booked.ok) return booked;
  await tx.query(
    `update invitation set state = 'booked', settled_at = $3, appointment_id = $4 where space_id = $1 and id = $2`,
    [tx.context.spaceId, id, instantToIso(tx.now), booked.value.id],
  );
  await settleMessages(tx, id, false);
  await tx.record({ kind: 'invitation.changed', subjectId: id, partnerId, confidential });
  return done({ id: booked.value.id });
}

function bookedOf({ booked, booked_mode, site_name, site_address, zone }: LockedInvitation): Invited['booked'] {
  if (booked === null) return null;
  return { start: toLocal(booked, zone), mode: booked_mode, site: site_name, address: site_address };
}

interface LockedInvitation {
  usager_id: string;
  partner_id: string;
  motif_id: string;
  agent_id: string | null;
  confidential: boolean;
  interpreter: boolean;
  site_id: string | null;
  part: 'morning' | 'afternoon' | null;
  from_day: PlainDate | null;
  spoken: string | null;
  mode: AppointmentMode | null;
  accessible: boolean;
  state: Invitation['state'];
  opened_at: Instant | null;
  booked: Instant | null;
  booked_mode: AppointmentMode;
  site_name: string;
  site_address: string;
  site_phone: string | null;
  any_phone: string | null;
  motif: string;
  minutes: number;
  agent: string | null;
  zone: string;
}

async function lockInvitation(tx: Transaction, id: string): Promise<LockedInvitation | null> {
  const [row] = await tx.query<LockedInvitation>(
    `select i.usager_id, i.partner_id, i.motif_id, i.agent_id, i.confidential, i.interpreter,
       i.site_id, i.part, i.from_day, i.spoken, i.mode, i.accessible,
       case when i.state = 'open' and i.expires_at <= $3 then 'expired' else i.state end as state, i.opened_at,
       a.starts_at as booked, a.mode as booked_mode, s.name as site_name, s.address as site_address, s.phone as site_phone,
       (select min(phone) from site where space_id = i.space_id and phone is not null and retired_at is null) as any_phone,
       m.discreet_label as motif,
       m.duration_minutes * case when i.interpreter then 2 else 1 end as minutes, ag.name as agent, sp.zone
     from invitation i
     join motif m on m.space_id = i.space_id and m.id = i.motif_id
     join space sp on sp.id = i.space_id
     left join agent ag on ag.space_id = i.space_id and ag.id = i.agent_id
     left join appointment a on a.space_id = i.space_id and a.id = i.appointment_id and a.state in ('planned', 'confirmed')
     left join site s on s.space_id = i.space_id and s.id = coalesce(a.site_id, i.site_id)
     where i.space_id = $1 and i.id = $2 for update of i`,
    [tx.context.spaceId, id, instantToIso(tx.now)],
  );
  return row ?? null;
}

function choices(tx: Transaction, invited: LockedInvitation, from: PlainDate | null) {
  const { zone, motif_id: motifId, agent_id, site_id, part, from_day, spoken, mode, accessible, interpreter } = invited;
  const soonest = addMinutes(tx.now, NOTICE_MINUTES);
  const days = [from, from_day].flatMap((day) => (day ? [dayBounds(day, zone).start] : []));
  return slotsThatSuit(tx, zone, {
    motifId,
    window: {
      start: Math.max(soonest, ...days) as Instant,
      end: dayBounds(addDays(dateAt(tx.now, zone), REACH_DAYS), zone).start,
    },
    asked: {
      ...(agent_id && { agent: agent_id }),
      ...(site_id && { sites: [site_id] }),
      ...(part && { part }),
      ...(spoken && { language: spoken }),
      ...(mode && { mode }),
      accessible,
      interpreter,
    },
    perDay: A_DAY,
    limit: SHOWN,
  });
}
