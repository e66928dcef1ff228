import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import { freeOn, HORIZON_DAYS } from '@app/booking';
import type { WaitingBody, WaitingEntry, WaitingList as List, WaitingQuery } from '@app/contract';
import { Database, done, type Once, type Outcome, type Refusal, refuse, type Transaction } from '@app/persistence';
import { DESK_HOURS, type Reachable } from '@app/reminders';
import { addDays, dateAt, type Instant, instantToIso, type Language, type PlainDate, toLocal } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { endOffer, lockOffer } from './offers.query';
import { mayBeOffered, reachOf } from './reach';
import { keepUndo } from './waiting-undo.query';

type SessionRefusal = 'session-begun' | 'occurrence-cancelled' | 'already-booked' | 'places-left';
type JoinRefusal = 'no-such-reference' | 'too-far' | 'not-bookable-here' | 'already-waiting' | 'over' | SessionRefusal;

/** Those for whom nothing suited, in the order they came. */
@Injectable()
export class WaitingList {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * 'no-such-reference': no such person, motif, site, agent or session for this viewer. 'not-bookable-here': there is nothing to wait
   * for. 'over': the last day has passed. Of one session: it has begun, is called off, is hers already, or has places left, one of which
   * is the way out.
   */
  async join(
    viewer: Viewer,
    body: WaitingBody,
    once: Once | null,
  ): Promise<Outcome<{ id: string }, JoinRefusal | 'key-reused'>> {
    return this.database.once<{ id: string }, JoinRefusal>(contextOf(viewer), once, (tx) => write(tx, viewer, body));
  }

  /** Those who wait or have an offer, longest first; of one person, those that ended too, latest first. */
  async list(viewer: Viewer, { usager, offers, limit }: WaitingQuery): Promise<List> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const rows = await tx.query<Row>(
        `select w.id, w.usager_id, w.partner_id, w.motif_id, w.site_id, w.agent_id, w.from_day, w.until_day, w.part, w.of_series,
           session.starts_at as session_at, w.state, w.since, by.name as by, coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), '—') as usager_name,
           case when u.contact_told then u.contact_phone else u.phone end as phone,
           case when u.contact_told then u.contact_phone_kind else u.phone_kind end as phone_kind, u.told_by as person_told_by,
           coalesce(u.safe_contact, false) as safe_contact, exists (
             select from usager_partner up join agent a on a.space_id = up.space_id and a.id = up.referent_id and a.retired_at is null
             where up.space_id = w.space_id and up.usager_id = w.usager_id and up.partner_id = w.partner_id) as has_referent,
           o.id as offer_id, o.starts_at, o.ends_at,
           o.site_id as offer_site_id, o.agent_id as offer_agent_id, o.told_by, o.deadline_at, l.state as told
         from waiting_entry w
         left join usager u on u.space_id = w.space_id and u.id = w.usager_id
         left join account by on by.space_id = w.space_id and by.id = w.created_by
         left join occurrence session on session.space_id = w.space_id and session.id = w.occurrence_id
         left join slot_offer o on o.space_id = w.space_id and o.entry_id = w.id and o.state = 'offered'
         left join link_message l on l.space_id = o.space_id and l.kind = 'offer' and l.subject_id = o.id
         where w.space_id = $1
           and case when $2::uuid is null then w.state in ('waiting', 'offered') and w.until_day >= $3 else w.usager_id = $2 end
           and ($4::boolean is false or (o.told_by = 'desk' and o.deadline_at > $5))
         order by case when $2::uuid is null then w.since end, w.since desc, w.id
         limit $6`,
        [
          viewer.space.id,
          usager ?? null,
          dateAt(tx.now, viewer.space.zone),
          offers === 'desk',
          instantToIso(tx.now),
          limit + 1,
        ],
      );
      return {
        items: rows.slice(0, limit).map((row) => entryOf(row, viewer.space.zone)),
        more: rows.length > limit,
      };
    });
  }

  /** She waits no longer: what was kept for her is free for the next in turn. Said twice changes nothing. */
  async leave(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found'>> {
    return this.database.command<null, 'not-found'>(contextOf(viewer), async (tx) => {
      const [entry] = await tx.query<{ state: string; partner_id: string; confidential: boolean }>(
        'select state, partner_id, confidential from waiting_entry where space_id = $1 and id = $2 for update',
        [viewer.space.id, id],
      );
      if (!entry) return refuse('not-found');
      if (entry.state === 'booked' || entry.state === 'gone') return done(null);
      const [open] = await tx.query<{ id: string }>(
        `select id from slot_offer where space_id = $1 and entry_id = $2 and state = 'offered'`,
        [viewer.space.id, id],
      );
      const offer = open && (await lockOffer(tx, open.id));
      if (offer) await endOffer(tx, offer, 'declined', 'gone');
      else
        await tx.query(`update waiting_entry set state = 'gone', settled_at = $3 where space_id = $1 and id = $2`, [
          ...[viewer.space.id, id, instantToIso(tx.now)],
        ]);
      await keepUndo(tx, id, { act: 'left', offerId: offer?.id ?? null });
      await tx.record({
        kind: 'waiting.changed',
        subjectId: id,
        partnerId: entry.partner_id,
        confidential: entry.confidential,
      });
      return done(null);
    });
  }
}

async function write(
  tx: Transaction,
  viewer: Viewer,
  { usagerId, motifId, siteId, agentId, from, until, part, occurrenceId, ofSeries = false }: WaitingBody,
): Promise<Outcome<{ id: string }, JoinRefusal>> {
  const today = dateAt(tx.now, viewer.space.zone);
  if (until < today) return refuse('over');
  if (until > addDays(today, HORIZON_DAYS)) return refuse('too-far');
  const [about] = await tx.query<{
    partner_id: string;
    confidential: boolean;
    bookable: boolean;
    waits: boolean;
    referent_id: string | null;
    interpreter: boolean;
  }>(
    // A follow-up is her référent's: nobody tells her story again to a stranger.
    `select m.partner_id, m.confidential or p.confidential as confidential, m.booked = 'here' and m.retired_at is null as bookable,
       u.interpreter,
       exists (select from waiting_entry w where w.space_id = m.space_id and w.usager_id = u.id and w.motif_id = m.id
         and w.state in ('waiting', 'offered') and w.until_day >= greatest($6::date, $7::date) and w.from_day <= $8::date
         and (w.occurrence_id is null or $9::uuid is null or w.occurrence_id = $9)) as waits,
       (select a.id from usager_partner up join agent a on a.space_id = up.space_id and a.id = up.referent_id and a.retired_at is null
        where up.space_id = u.space_id and up.usager_id = u.id and up.partner_id = m.partner_id
          and (m.meeting = 'follow-up' or m.step = 'accompagnement')) as referent_id
     from usager u
     join motif m on m.space_id = u.space_id and m.id = $3
     join partner p on p.space_id = m.space_id and p.id = m.partner_id
     where u.space_id = $1 and u.id = $2 and sees(m.partner_id, m.confidential or p.confidential)
       and ($4::uuid is null or exists (select from site s where s.space_id = u.space_id and s.id = $4))
       and ($5::uuid is null or exists (
         select from agent a where a.space_id = u.space_id and a.id = $5 and a.partner_id = m.partner_id and a.retired_at is null))
       and ($9::uuid is null or exists (
         select from occurrence o
         join permanence_motif pm on pm.space_id = o.space_id and pm.permanence_id = o.permanence_id and pm.motif_id = m.id
         where o.space_id = u.space_id and o.id = $9 and o.mode = 'group' and sees(o.partner_id, o.confidential)
           and (o.starts_at at time zone $10)::date between $7 and $8))`,
    [
      ...[viewer.space.id, usagerId, motifId, siteId, agentId, today, from, until],
      ...[occurrenceId ?? null, viewer.space.zone],
    ],
  );
  if (!about) return refuse('no-such-reference');
  if (!about.bookable) return refuse('not-bookable-here');
  if (about.waits) return refuse('already-waiting');
  const inTheWay = occurrenceId ? await whyNotWaitFor(tx, viewer, { occurrenceId, usagerId, motifId }) : null;
  if (inTheWay) return inTheWay;
  const id = randomUUID();
  await tx.query(
    `with met as (
       insert into usager_partner (space_id, usager_id, partner_id) values ($1, $5, $3) on conflict do nothing
     )
     insert into waiting_entry (space_id, id, partner_id, confidential, usager_id, motif_id, site_id, agent_id, from_day, until_day,
       part, interpreter, since, created_by, occurrence_id, of_series)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      viewer.space.id,
      id,
      about.partner_id,
      about.confidential,
      usagerId,
      motifId,
      siteId,
      agentId ?? about.referent_id,
      from,
      until,
      part,
      about.interpreter,
      instantToIso(tx.now),
      viewer.accountId,
      occurrenceId ?? null,
      ofSeries,
    ],
  );
  const { partner_id: partnerId, confidential } = about;
  await tx.record({ kind: 'waiting.changed', subjectId: id, partnerId, confidential, siteId });
  return done({ id });
}

/** Why there is nothing to wait for at that session; null when it is full and still to come. */
async function whyNotWaitFor(
  tx: Transaction,
  { space: { zone }, language }: Viewer,
  { occurrenceId, usagerId, motifId }: { occurrenceId: string; usagerId: string; motifId: string },
): Promise<Refusal<SessionRefusal> | null> {
  const [session] = await tx.query<{ start: Instant; end: Instant; held: boolean; comes: boolean }>(
    `select starts_at as start, ends_at as "end", state = 'held' as held, exists (
       select from appointment a where a.space_id = o.space_id and a.occurrence_id = o.id and a.usager_id = $3
         and a.state not in ('cancelledByUsager', 'cancelledByAgent')) as comes
     from occurrence o where o.space_id = $1 and o.id = $2`,
    [tx.context.spaceId, occurrenceId, usagerId],
  );
  if (!session?.held) return refuse('occurrence-cancelled');
  if (session.start <= tx.now) return refuse('session-begun');
  if (session.comes) return refuse('already-booked');
  const [free] = await freeOn(tx, { id: occurrenceId, during: session }, [motifId], zone);
  return free
    ? refuse('places-left', { detail: sayPlacesLeft(free.placesLeft, language), alternatives: [free] })
    : null;
}

function sayPlacesLeft(count: number, language: Language): string {
  if (language === 'fr')
    return `Il reste ${count > 1 ? `${count} places` : '1 place'} : inscrivez la personne directement.`;
  return count > 1
    ? `${count} places are left: book the person directly.`
    : '1 place is left: book the person directly.';
}

interface Row {
  id: string;
  usager_id: string;
  usager_name: string;
  phone: string | null;
  phone_kind: Reachable['phoneKind'];
  /** Null: she is not for the viewer to read. */
  person_told_by: Reachable['toldBy'] | null;
  safe_contact: boolean;
  has_referent: boolean;
  partner_id: string;
  motif_id: string;
  site_id: string | null;
  agent_id: string | null;
  from_day: PlainDate;
  until_day: PlainDate;
  part: WaitingEntry['part'];
  of_series: boolean;
  session_at: Instant | null;
  state: WaitingEntry['state'];
  since: Instant;
  by: string | null;
  offer_id: string | null;
  starts_at: Instant;
  ends_at: Instant;
  offer_site_id: string;
  offer_agent_id: string | null;
  told_by: 'sms' | 'desk';
  deadline_at: Instant;
  told: NonNullable<WaitingEntry['offer']>['told'];
}

function isReachable({ person_told_by: toldBy, phone_kind: phoneKind, ...row }: Row): boolean {
  if (toldBy === null) return true;
  const reach = reachOf({ toldBy, phoneKind, safe: row.safe_contact ? DESK_HOURS : null });
  return mayBeOffered({ reach, hasReferent: row.has_referent });
}

function entryOf(row: Row, zone: string): WaitingEntry {
  return {
    id: row.id,
    usagerId: row.usager_id,
    usagerName: row.usager_name,
    phone: row.safe_contact ? null : row.phone,
    safeContact: row.safe_contact,
    reachable: isReachable(row),
    partnerId: row.partner_id,
    motifId: row.motif_id,
    siteId: row.site_id,
    agentId: row.agent_id,
    from: row.from_day,
    until: row.until_day,
    part: row.part,
    session: row.session_at === null ? null : toLocal(row.session_at, zone),
    ofSeries: row.of_series,
    state: row.state,
    since: toLocal(row.since, zone),
    by: row.by,
    offer: row.offer_id
      ? {
          id: row.offer_id,
          start: toLocal(row.starts_at, zone),
          end: toLocal(row.ends_at, zone),
          siteId: row.offer_site_id,
          agentId: row.offer_agent_id,
          by: row.told_by,
          told: row.told,
          deadline: toLocal(row.deadline_at, zone),
        }
      : null,
  };
}
