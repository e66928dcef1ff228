import type { Transaction } from '@app/persistence';
import {
  dateAt,
  type Instant,
  instantToIso,
  type Language,
  minuteOfDay,
  type PlainTime,
  type Territory,
  toLocal,
} from '@app/time';
import { type Channel, isCancelled, type Kind, type Known, type Reachable, type ReminderState } from './planning';
import { DESK_HOURS, type Place, type TellingHours } from './telling-hours';
import { mayNameService, wordsOf } from './wording';

/** All that decides what a person is told of an appointment, as it stands now. */
export interface AppointmentFacts {
  id: string;
  version: number;
  state: string;
  start: Instant;
  /** Its date is cancelled or shorter now, its agent away or its room closed: someone has yet to settle what becomes of it. */
  stranded: boolean;
  /** Of a series: another of those booked or cancelled together says it for all. */
  saidByAnother: boolean;
  toldByAnother: boolean;
  partnerId: string;
  confidential: boolean;
  usagerId: string;
  siteId: string;
  person: Reachable & { phone: string | null };
  place: Place;
  /** Whether the space lets its messages carry a link. */
  linksAllowed: boolean;
  /** What to say in a message of this kind, written on the day of `now`. */
  words(kind: Kind, now: Instant): string;
}

interface Row {
  id: string;
  version: number;
  state: string;
  starts_at: Instant;
  mode: 'on-site' | 'phone' | 'home' | 'video';
  stranded: boolean;
  partner_id: string;
  confidential: boolean;
  usager_id: string;
  site_id: string;
  told_by: Reachable['toldBy'];
  phone: string | null;
  phone_kind: Reachable['phoneKind'];
  phone_shared: boolean;
  /** The person's first name when a contact is told in her place. */
  whose: string | null;
  safe_contact: boolean;
  safe_from: PlainTime | null;
  safe_until: PlainTime | null;
  language: string;
  site_name: string;
  site_address: string;
  site_phone: string | null;
  names_service: boolean;
  service: string;
  zone: string;
  territory: Territory;
  links_in_messages: boolean;
  speaker_id: string | null;
  told_by_another: boolean;
  together: number[] | null;
}

/**
 * Those of a series that are said in one message: booked in one act and never moved since, or cancelled in one act; at one
 * place, in one way. `told`: another one has said already that they were booked.
 */
const TOGETHER = `left join lateral (
    select exists (
      select from appointment c
      join reminder r on r.space_id = c.space_id and r.appointment_id = c.id and r.kind = 'confirmation' and r.appointment_version = 1
      where c.space_id = a.space_id and c.series_id = a.series_id and c.booked_at = a.booked_at and c.id <> a.id
        and (c.version > 1 or (c.site_id = a.site_id and c.mode = a.mode))
        and (r.state in ('sent', 'done') or exists (select from message g where g.space_id = r.space_id and g.id = r.id))
    ) as told
  ) another on a.series_id is not null
  left join lateral (
    select (array_agg(b.id order by b.starts_at <= $3, b.starts_at, b.id))[1] as speaker_id,
      array_agg((extract(epoch from b.starts_at) * 1000)::float8 order by b.starts_at) filter (where b.starts_at > $3) as starts
    from appointment b
    where b.space_id = a.space_id and b.series_id = a.series_id and b.site_id = a.site_id and b.mode = a.mode
      and b.confidential = a.confidential
      and case when a.state in ('cancelledByUsager', 'cancelledByAgent')
        then b.state = a.state and b.cancelled_at = a.cancelled_at
        else b.booked_at = a.booked_at and b.version = 1 and b.state in ('planned', 'confirmed') end
  ) together on a.series_id is not null
    and (a.version = 1 or a.state in ('cancelledByUsager', 'cancelledByAgent'))`;

/** The facts of these appointments, under the transaction's own sight. Unknown ids are left out. */
export async function factsOf(tx: Transaction, appointmentIds: readonly string[]): Promise<AppointmentFacts[]> {
  const rows = await tx.query<Row>(
    `select a.id, a.version, a.state, a.starts_at, a.partner_id, a.usager_id, a.site_id,
       a.mode,
       coalesce(o.state <> 'held' or a.starts_at < o.starts_at or a.ends_at > o.ends_at, false) or exists (
         select from conflict c where c.space_id = a.space_id and c.appointment_id = a.id and c.settled_at is null) as stranded,
       a.confidential or p.confidential or m.confidential as confidential,
       u.told_by, u.safe_contact, u.safe_from, u.safe_until, u.language,
       case when u.contact_told then u.contact_phone else u.phone end as phone,
       case when u.contact_told then u.contact_phone_kind else u.phone_kind end as phone_kind,
       -- another's phone: the service is not for her contact to read
       u.phone_shared or u.contact_told as phone_shared,
       case when u.contact_told then coalesce(nullif(u.first_name, ''), u.last_name) end as whose,
       s.name as site_name, s.address as site_address, s.phone as site_phone,
       m.names_service, p.short_name as service, sp.zone, coalesce(s.territory, sp.territory) as territory,
       sp.links_in_messages, together.speaker_id, together.starts as together, coalesce(another.told, false) as told_by_another
     from appointment a
     join usager u on u.space_id = a.space_id and u.id = a.usager_id
     join site s on s.space_id = a.space_id and s.id = a.site_id
     join motif m on m.space_id = a.space_id and m.id = a.motif_id
     join partner p on p.space_id = a.space_id and p.id = a.partner_id
     left join occurrence o on o.space_id = a.space_id and o.id = a.occurrence_id
     join space sp on sp.id = a.space_id
     ${TOGETHER}
     where a.space_id = $1 and a.id = any ($2)
     order by a.id`,
    [tx.context.spaceId, appointmentIds, instantToIso(tx.now)],
  );
  return rows.map(factsFrom);
}

function factsFrom(row: Row): AppointmentFacts {
  const named = mayNameService({ namesService: row.names_service, confidential: row.confidential }, row.phone_shared);
  // Only the two languages the product speaks; any other is met by an interpreter, not by an SMS.
  const language: Language = row.language === 'en' ? 'en' : 'fr';
  return {
    id: row.id,
    version: row.version,
    state: row.state,
    start: row.starts_at,
    stranded: row.stranded,
    saidByAnother: isSaidByAnother(row),
    toldByAnother: row.told_by_another,
    partnerId: row.partner_id,
    confidential: row.confidential,
    usagerId: row.usager_id,
    siteId: row.site_id,
    person: { toldBy: row.told_by, phoneKind: row.phone_kind, phone: row.phone, safe: safeHoursOf(row) },
    place: { zone: row.zone, territory: row.territory },
    linksAllowed: row.links_in_messages,
    words: (kind, now) =>
      wordsOf({
        kind,
        language,
        start: toLocal(row.starts_at, row.zone),
        together: (row.together ?? []).map((at) => toLocal(Math.round(at) as Instant, row.zone)),
        today: dateAt(now, row.zone),
        site: { name: row.site_name, address: row.site_address, phone: row.site_phone },
        service: named ? row.service : null,
        whose: row.whose,
        mode: row.mode,
      }),
  };
}

/** Of those booked together the first says it, unless one has; of those cancelled together, the first. */
function isSaidByAnother({ id, version, state, speaker_id, told_by_another }: Row): boolean {
  if (isCancelled(state)) return speaker_id !== null && speaker_id !== id;
  return version === 1 && (told_by_another || (speaker_id !== null && speaker_id !== id));
}

/** When the référent of a safe contact may try: on working days, at the hours that are hers. */
function safeHoursOf({ safe_contact, safe_from, safe_until }: Row): TellingHours | null {
  if (!safe_contact) return null;
  if (safe_from === null || safe_until === null) return DESK_HOURS;
  const opens = minuteOfDay(safe_from);
  return { ...DESK_HOURS, opens, closes: minuteOfDay(safe_until), lastPlanned: opens };
}

/**
 * What exists for these appointments, locked until the transaction ends so that nothing is sent meanwhile.
 * Call it before `factsOf`: what is read after the locks is the truth.
 */
export async function lockKnown(tx: Transaction, appointmentIds: readonly string[]): Promise<Map<string, Known[]>> {
  const of = [tx.context.spaceId, appointmentIds];
  await tx.query(
    'select id from reminder where space_id = $1 and appointment_id = any ($2) order by id for update',
    of,
  );
  const rows = await tx.query<{
    appointment_id: string;
    id: string;
    kind: Kind;
    channel: Channel;
    version: number;
    state: ReminderState;
    handed: boolean;
  }>(
    `select r.appointment_id, r.id, r.kind, r.channel, r.appointment_version as version, r.state, m.id is not null as handed
     from reminder r left join message m on m.space_id = r.space_id and m.id = r.id
     where r.space_id = $1 and r.appointment_id = any ($2)`,
    of,
  );
  const known = new Map<string, Known[]>(appointmentIds.map((id) => [id, []]));
  for (const { appointment_id, ...row } of rows) known.get(appointment_id)?.push(row);
  return known;
}
