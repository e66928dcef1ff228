import { randomUUID } from 'node:crypto';
import type { Viewer } from '@app/accounts';
import type { InvitationBody, InvitationSaved } from '@app/contract';
import { done, type Outcome, refuse, type Transaction } from '@app/persistence';
import { nextMoment, SMS_HOURS } from '@app/reminders';
import { addDays, addMinutes, dateAt, dayBounds, instantToIso } from '@app/time';
import { settleMessages, writeMessage } from './link-messages.query';
import { placeOf, whoIsAsked } from './person.query';

/** 'no-such-reference': no such person, motif, agent of its partner or site for this viewer. 'not-bookable-here': elsewhere, or no more. */
export type InviteRefusal = 'no-such-reference' | 'not-bookable-here';

/** Told by SMS, or to be handed over; an earlier one for the same motif is withdrawn. */
export async function writeInvitation(
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
