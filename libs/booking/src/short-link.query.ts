import { hashOf, newShortToken } from '@app/accounts';
import type { Database, Transaction } from '@app/persistence';
import { addMinutes, type Instant, instantToIso } from '@app/time';

export type LinkKind = 'appointment' | 'offer' | 'invitation';

export interface LinkTo {
  kind: LinkKind;
  subjectId: string;
  partnerId: string;
  confidential: boolean;
  expiresAt: Instant;
}

/** What a link opens: one thing of one space. */
export interface OpenedLink {
  space: { id: string; name: string; slug: string; zone: string };
  kind: LinkKind;
  subjectId: string;
}

/** A link of its own to something a person may see and change without an account. Its secret is seen this once. */
export async function newShortLink(tx: Transaction, to: LinkTo): Promise<string> {
  const token = newShortToken();
  await tx.query(
    `insert into short_link (token_hash, space_id, partner_id, confidential, kind, subject_id, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      hashOf(token),
      tx.context.spaceId,
      to.partnerId,
      to.confidential,
      to.kind,
      to.subjectId,
      instantToIso(tx.now),
      instantToIso(to.expiresAt),
    ],
  );
  return token;
}

/** Beyond any appointment: what it opens ends with the appointment itself. */
const APPOINTMENT_LINK_MINUTES = 400 * 24 * 60;

/** A link to an appointment: she may have several, each message carries its own. Null when it is not there for whoever asks. */
export async function newAppointmentLink(tx: Transaction, appointmentId: string): Promise<string | null> {
  const [row] = await tx.query<{ partnerId: string; confidential: boolean }>(
    'select partner_id as "partnerId", confidential from appointment where space_id = $1 and id = $2',
    [tx.context.spaceId, appointmentId],
  );
  if (!row) return null;
  const expiresAt = addMinutes(tx.now, APPOINTMENT_LINK_MINUTES);
  return newShortLink(tx, { kind: 'appointment', subjectId: appointmentId, ...row, expiresAt });
}

/** What a link opens; null when it opens nothing, or nothing any more: which of the two can't be told. */
export async function openShortLink(database: Database, token: string): Promise<OpenedLink | null> {
  const [row] = await database.outside<{
    space_id: string;
    space_name: string;
    slug: string;
    zone: string;
    kind: LinkKind;
    subject_id: string;
  }>(
    `select l.space_id, l.space_name, s.slug, l.zone, l.kind, l.subject_id
     from short_link_by_token($1, $2) l join all_spaces() s on s.id = l.space_id`,
    [hashOf(token), instantToIso(database.now())],
  );
  if (!row) return null;
  const space = { id: row.space_id, name: row.space_name, slug: row.slug, zone: row.zone };
  return { space, kind: row.kind, subjectId: row.subject_id };
}
