import { randomUUID } from 'node:crypto';
import { sightOf, type Viewer } from '@app/accounts';
import type { UsagerBody } from '@app/contract';
import { done, type Outcome, type Refusal, refuse, type Transaction } from '@app/persistence';
import { dateAt, type PlainTime } from '@app/time';
import { PartnerEntity } from './partner.entity';
import { type FieldError, parseUsager, type UsagerFacts } from './usager';
import { UsagerEntity } from './usager.entity';
import { sayFieldError } from './wording';

/** The service a person is met by, when it is not the viewer's own. */
export interface MetBy {
  partnerId: string;
  confidential: boolean;
}

/**
 * Keeps a person the viewer meets, within the caller's transaction, and notes which partner serves her.
 * Whom only a confidential service has met, the desk does not know. @returns 'nir' or 'invalid' with the wrong fields
 */
export async function createUsager(
  tx: Transaction,
  viewer: Viewer,
  body: UsagerBody,
  metBy: MetBy | null = null,
): Promise<Outcome<{ id: string }, 'nir' | 'invalid'>> {
  const read = readUsagerBody(tx, viewer, body);
  if (!read.ok) return read;
  const { spaceId } = tx.context;
  const meeting = metBy ?? (await ownPartner(tx, viewer));
  const id = randomUUID();
  await tx.manager.insert(UsagerEntity, {
    ...columnsOf(read.value),
    spaceId,
    id,
    knownToDesk: sightOf(viewer.role) === 'desk' || !meeting?.confidential,
    version: 1,
    createdAt: tx.now,
  });
  if (meeting) {
    await tx.query('insert into usager_partner (space_id, usager_id, partner_id) values ($1, $2, $3)', [
      spaceId,
      id,
      meeting.partnerId,
    ]);
  }
  return done({ id });
}

/** What was typed, read; or the refusal that points at each wrong field, in the viewer's language. */
export function readUsagerBody(
  tx: Transaction,
  viewer: Viewer,
  body: UsagerBody,
): Outcome<UsagerFacts, 'nir' | 'invalid'> {
  const read = parseUsager(body, Number(dateAt(tx.now, viewer.space.zone).slice(0, 4)));
  return 'facts' in read ? done(read.facts) : refuseFields(read.errors, viewer);
}

export function columnsOf({ phone, contact, safeHours, ...facts }: UsagerFacts) {
  return {
    ...facts,
    phone: phone?.number ?? null,
    phoneKind: phone?.kind ?? null,
    contactName: contact?.name ?? null,
    contactRelation: contact?.relation ?? null,
    contactPhone: contact?.phone?.number ?? null,
    contactPhoneKind: contact?.phone?.kind ?? null,
    contactTold: contact?.told ?? false,
    safeFrom: (safeHours?.from ?? null) as PlainTime | null,
    safeUntil: (safeHours?.until ?? null) as PlainTime | null,
  };
}

function refuseFields(errors: readonly FieldError[], { language }: Viewer): Refusal<'nir' | 'invalid'> {
  return refuse(errors.some(({ why }) => why === 'nir' || why === 'nir-shared') ? 'nir' : 'invalid', {
    errors: errors.map(({ at, why }) => ({ at, message: sayFieldError(why, language) })),
  });
}

async function ownPartner(tx: Transaction, { role, partnerId }: Viewer): Promise<MetBy | null> {
  if (sightOf(role) !== 'partner' || !partnerId) return null;
  const partner = await tx.manager.findOneByOrFail(PartnerEntity, { spaceId: tx.context.spaceId, id: partnerId });
  return { partnerId, confidential: partner.confidential };
}
