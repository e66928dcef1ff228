import { randomUUID } from 'node:crypto';
import { contextOf, type Viewer } from '@app/accounts';
import { bookFor, newShortLink, type SlotRefusal, slotsThatSuit } from '@app/booking';
import type {
  AppointmentMode,
  Invitation,
  InvitationBody,
  InvitationLink,
  InvitationSaved,
  Slot,
  Slots,
} from '@app/contract';
import {
  Database,
  done,
  isClaimTaken,
  type Once,
  type Outcome,
  refuse,
  systemContext,
  type Transaction,
} from '@app/persistence';
import { nextMoment, SMS_HOURS } from '@app/reminders';
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
import { Inject, Injectable } from '@nestjs/common';
import { LINKS_ADDRESS } from './links-address';
import { settleMessages, writeMessage } from './link-messages.query';
import { invitationWords } from './link-words';
import { placeOf, whoIsAsked } from './person.query';

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

type InviteRefusal = 'no-such-reference' | 'not-bookable-here';
export type ChooseRefusal = SlotRefusal | 'not-found' | 'invitation-over';

interface Row {
  id: string;
  usager_id: string;
  partner_id: string;
  motif_id: string;
  agent_id: string | null;
  told_by: Invitation['by'];
  told: Invitation['told'];
  state: 'open' | 'booked' | 'withdrawn';
  created_at: Instant;
  expires_at: Instant;
  opened_at: Instant | null;
}

/** "Choose your slot": a person is invited to choose by herself, for a motif, during some days. */
@Injectable()
export class Invitations {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(LINKS_ADDRESS) private readonly address: string,
  ) {}

  /**
   * By SMS where she reads them; otherwise its link is printed or read out (`link`). One link a person and motif answers: an
   * earlier one that is still open is withdrawn.
   */
  async invite(
    viewer: Viewer,
    body: InvitationBody,
    once: Once | null,
  ): Promise<Outcome<InvitationSaved, InviteRefusal | 'key-reused'>> {
    return this.database.once<InvitationSaved, InviteRefusal>(contextOf(viewer), once, (tx) => write(tx, viewer, body));
  }

  /** A person's, the latest first. */
  async of(viewer: Viewer, usagerId: string): Promise<Invitation[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const rows = await tx.query<Row>(
        `select i.id, i.usager_id, i.partner_id, i.motif_id, i.agent_id, i.told_by, l.state as told, i.state, i.created_at,
           i.expires_at, i.opened_at
         from invitation i
         left join link_message l on l.space_id = i.space_id and l.kind = 'invitation' and l.subject_id = i.id
         where i.space_id = $1 and i.usager_id = $2 order by i.created_at desc, i.id limit 50`,
        [viewer.space.id, usagerId],
      );
      return rows.map((row) => invitationOf(row, tx.now, viewer.space.zone));
    });
  }

  /** A link of its own for paper or the phone, and the words around it: seen this once. */
  async link(viewer: Viewer, id: string): Promise<Outcome<InvitationLink, 'not-found' | 'invitation-over'>> {
    return this.database.command<InvitationLink, 'not-found' | 'invitation-over'>(contextOf(viewer), async (tx) => {
      const [row] = await tx.query<{
        usager_id: string;
        motif_id: string;
        partner_id: string;
        confidential: boolean;
        state: string;
        expires_at: Instant;
      }>(
        `select usager_id, motif_id, partner_id, confidential, state, expires_at from invitation where space_id = $1 and id = $2`,
        [viewer.space.id, id],
      );
      if (!row) return refuse('not-found');
      if (row.state !== 'open' || row.expires_at <= tx.now) return refuse('invitation-over');
      const { partner_id: partnerId, confidential, expires_at: expiresAt } = row;
      const token = await newShortLink(tx, { kind: 'invitation', subjectId: id, partnerId, confidential, expiresAt });
      const person = await whoIsAsked(tx, row.usager_id, row.motif_id);
      const link = `${this.address}/i/${token}`;
      const { zone } = viewer.space;
      const text = invitationWords({
        language: person?.language ?? 'fr',
        link,
        today: dateAt(tx.now, zone),
        service: person?.service ?? null,
        whose: person?.whose ?? null,
        phone: null,
        until: toLocal(expiresAt, zone),
      });
      await tx.audit('invitation.link', 'invitation', id);
      return done({ link, text });
    });
  }

  /** The link answers no more. Said twice changes nothing; what was booked stays. */
  async withdraw(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found'>> {
    return this.database.command<null, 'not-found'>(contextOf(viewer), async (tx) => {
      const [row] = await tx.query<{ partner_id: string; confidential: boolean }>(
        `update invitation set state = case when state = 'open' then 'withdrawn' else state end,
           settled_at = case when state = 'open' then $3::timestamptz else settled_at end
         where space_id = $1 and id = $2 returning partner_id, confidential`,
        [viewer.space.id, id, instantToIso(tx.now)],
      );
      if (!row) return refuse('not-found');
      await settleMessages(tx, id, false);
      const { partner_id: partnerId, confidential } = row;
      await tx.record({ kind: 'invitation.changed', subjectId: id, partnerId, confidential });
      return done(null);
    });
  }

  /** What its page shows, from a day on; it is noted that it was opened. Null when there is no such invitation. */
  async open(spaceId: string, id: string, from: PlainDate | null): Promise<Invited | null> {
    return this.database.within(systemContext(spaceId), async (tx) => {
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
    });
  }

  /** She chose. 'invitation-over': it ran out, was withdrawn, or she chose already. Others as for a booking. */
  async choose(
    spaceId: string,
    id: string,
    chosen: { occurrenceId: string; start: LocalDateTime; agentId: string | null },
  ): Promise<Outcome<{ id: string }, ChooseRefusal>> {
    return this.database
      .command<{ id: string }, ChooseRefusal>(systemContext(spaceId), async (tx) => {
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
          [spaceId, id, instantToIso(tx.now), booked.value.id],
        );
        await settleMessages(tx, id, false);
        await tx.record({ kind: 'invitation.changed', subjectId: id, partnerId, confidential });
        return done({ id: booked.value.id });
      })
      .catch((error): Outcome<{ id: string }, ChooseRefusal> => {
        if (isClaimTaken(error)) return refuse('slot-taken');
        throw error;
      });
  }
}

async function write(
  tx: Transaction,
  viewer: Viewer,
  { usagerId, motifId, agentId, days, ...asked }: InvitationBody,
): Promise<Outcome<InvitationSaved, InviteRefusal>> {
  const [about] = await tx.query<{
    partner_id: string;
    confidential: boolean;
    bookable: boolean;
    interpreter: boolean;
  }>(
    `select m.partner_id, m.confidential or p.confidential as confidential, m.booked = 'here' and m.retired_at is null as bookable,
       u.interpreter
     from usager u
     join motif m on m.space_id = u.space_id and m.id = $3
     join partner p on p.space_id = m.space_id and p.id = m.partner_id
     where u.space_id = $1 and u.id = $2 and sees(m.partner_id, m.confidential or p.confidential)
       and ($4::uuid is null or exists (
         select from agent a where a.space_id = u.space_id and a.id = $4 and a.partner_id = m.partner_id and a.retired_at is null))
       and ($5::uuid is null or exists (select from site s where s.space_id = u.space_id and s.id = $5 and s.retired_at is null))`,
    [viewer.space.id, usagerId, motifId, agentId, asked.siteId],
  );
  const person = about && (await whoIsAsked(tx, usagerId, motifId));
  if (!about || !person) return refuse('no-such-reference');
  if (!about.bookable) return refuse('not-bookable-here');
  const { partner_id: partnerId, confidential } = about;
  const replaced = await withdrawEarlier(tx, usagerId, motifId);
  const { zone } = viewer.space;
  const id = randomUUID();
  const by = person.reach === 'sms' ? 'sms' : 'letter';
  // The last minute of the last day: what is said of it names that day.
  const expiresAt = addMinutes(dayBounds(addDays(dateAt(tx.now, zone), days), zone).end, -1);
  await tx.query(
    `with met as (
       insert into usager_partner (space_id, usager_id, partner_id) values ($1, $5, $3) on conflict do nothing
     )
     insert into invitation (space_id, id, partner_id, confidential, usager_id, motif_id, agent_id, interpreter, told_by, created_at,
       created_by, expires_at, site_id, part, from_day, spoken, mode, accessible)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [
      ...[
        viewer.space.id,
        id,
        partnerId,
        confidential,
        usagerId,
        motifId,
        agentId,
        about.interpreter || asked.interpreter,
      ],
      ...[by, instantToIso(tx.now), viewer.accountId, instantToIso(expiresAt)],
      ...[asked.siteId, asked.part, asked.from, asked.language, asked.mode, asked.accessible],
    ],
  );
  const channel = person.reach === 'sms' || person.reach === 'task' ? person.reach : 'letter';
  // Who asked not to be contacted is given it at the desk.
  if (person.mayBeTold) {
    const due = channel === 'sms' ? nextMoment(tx.now, SMS_HOURS, await placeOf(tx, null)) : tx.now;
    await writeMessage(tx, { kind: 'invitation', subjectId: id, usagerId, partnerId, confidential, channel, due });
  }
  await tx.record({ kind: 'invitation.changed', subjectId: id, partnerId, confidential });
  return done({ id, by, replaced });
}

/** Two links for the same thing would book it twice. Whether one was still open. */
async function withdrawEarlier(tx: Transaction, usagerId: string, motifId: string): Promise<boolean> {
  const { spaceId } = tx.context;
  // Two desks that invite at once: the second withdraws what the first has just made.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 33))', [`${spaceId} ${usagerId} ${motifId}`]);
  const earlier = await tx.query<{ id: string; partner_id: string; confidential: boolean }>(
    `update invitation set state = 'withdrawn', settled_at = $4
     where space_id = $1 and usager_id = $2 and motif_id = $3 and state = 'open' and expires_at > $4
     returning id, partner_id, confidential`,
    [spaceId, usagerId, motifId, instantToIso(tx.now)],
  );
  for (const { id, partner_id: partnerId, confidential } of earlier) {
    await settleMessages(tx, id, false);
    await tx.record({ kind: 'invitation.changed', subjectId: id, partnerId, confidential });
  }
  return earlier.length > 0;
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

function invitationOf(row: Row, now: Instant, zone: string): Invitation {
  return {
    id: row.id,
    usagerId: row.usager_id,
    partnerId: row.partner_id,
    motifId: row.motif_id,
    agentId: row.agent_id,
    by: row.told_by,
    told: row.told,
    state: row.state === 'open' && row.expires_at <= now ? 'expired' : row.state,
    created: toLocal(row.created_at, zone),
    expires: toLocal(row.expires_at, zone),
    opened: row.opened_at === null ? null : toLocal(row.opened_at, zone),
  };
}
