import { hashOf, type Viewer } from '@app/accounts';
import { bookSlot, newAppointmentLink } from '@app/booking';
import { type BookBody, UsagerBody } from '@app/contract';
import { done, isClaimTaken, type Outcome, refuse, type Transaction } from '@app/persistence';
import { instantToIso, toLocal } from '@app/time';
import { lockRequest, requestBooked } from './online-request.query';
import type { KnownPerson } from './typed-person';

/** Booked, with the secret of its link; or held, under a key, until the code of an SMS comes back. */
export type Asked = { is: 'booked'; link: string } | { is: 'code'; key: string };

/** Makes an appointment of a request: for the person known by that name and number, or for a new one. */
export async function bookRequest(
  tx: Transaction,
  viewer: Viewer,
  requestId: string,
): Promise<Outcome<{ link: string }, 'slot-gone'>> {
  const request = await lockRequest(tx, requestId);
  if (!request) return refuse('slot-gone');
  if (request.appointment_id) return done({ link: await linkOf(tx, request.appointment_id) });
  const { first_name: firstName, last_name: lastName, phone } = request;
  const usagerId = await samePerson(tx, { firstName, lastName, phone });
  const who = usagerId
    ? { usagerId }
    : { usager: UsagerBody.parse({ firstName, lastName, phone, language: viewer.language, toldBy: 'sms' }) };
  const body: BookBody = {
    occurrenceId: request.occurrence_id,
    motifId: request.motif_id,
    start: toLocal(request.starts_at, viewer.space.zone),
    agentId: null,
    ...who,
    ...(request.hold_id ? { holdId: request.hold_id } : {}),
  };
  const booked = await bookSlot(tx, viewer, body, request.starts_at);
  if (!booked.ok) return refuse('slot-gone');
  await requestBooked(tx, requestId, booked.value.id);
  return done({ link: await linkOf(tx, booked.value.id) });
}

/** The database has the last word on who was first. */
export function slotGone(error: unknown): Outcome<never, 'slot-gone'> {
  if (isClaimTaken(error)) return refuse('slot-gone');
  throw error;
}

/** What is left of what was sent before: an appointment cancelled or moved since answers nothing, nor does a code that ran out. */
export async function answerTo(tx: Transaction, key: string): Promise<Outcome<Asked, never> | null> {
  const [request] = await tx.query<{ appointmentId: string | null; stands: boolean }>(
    `select r.appointment_id as "appointmentId",
       case when a.id is null then r.expires_at > $3
         else a.starts_at = r.starts_at and a.state not in ('cancelledByUsager', 'cancelledByAgent') end as stands
     from online_request r left join appointment a on a.space_id = r.space_id and a.id = r.appointment_id
     where r.space_id = $1 and r.key_hash = $2`,
    [tx.context.spaceId, hashOf(key), instantToIso(tx.now)],
  );
  if (!request?.stands) return null;
  const { appointmentId } = request;
  return done(appointmentId ? { is: 'booked', link: await linkOf(tx, appointmentId) } : { is: 'code', key });
}

/** Whom the desk knows under this name and number, however it is accented: nobody is told that she was. */
async function samePerson(tx: Transaction, { firstName, lastName, phone }: KnownPerson): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>(
    `select id from usager
     where space_id = $1 and phone = $2 and known_to_desk
       and plain_text(last_name) = plain_text($3) and plain_text(first_name) = plain_text($4)
     order by created_at, id limit 1`,
    [tx.context.spaceId, phone, lastName, firstName],
  );
  return row?.id ?? null;
}

/** A link of its own for an appointment: she may have lost the one before. */
export async function linkOf(tx: Transaction, appointmentId: string): Promise<string> {
  const token = await newAppointmentLink(tx, appointmentId);
  if (!token) throw new Error('An appointment just booked cannot be found.');
  return token;
}
