import { randomUUID } from 'node:crypto';
import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { OfficeLoan, OfficeLoanBody } from '@app/contract';
import { Database, done, type Once, type Outcome, refuse, type Transaction } from '@app/persistence';
import { dateAt, type Instant, instantToIso, type Interval, parseLocalDateTime, toInstant, toLocal } from '@app/time';
import { Injectable } from '@nestjs/common';
import { lockResources } from './claims.query';
import { heedAbsences, recallOffices, resourcesOfOffices } from './offices.query';
import { sayWrongHours } from './wording';

export type LendRefusal = 'not-found' | 'not-yours' | 'not-an-office' | 'no-such-reference' | 'past' | 'invalid';

/** As many as one looks through. */
const MOST = 200;

interface LoanRow {
  id: string;
  roomId: string;
  partnerId: string;
  toPartnerId: string | null;
  startsAt: Instant;
  endsAt: Instant;
}

interface Office {
  siteId: string;
  residents: string[];
}

/** Someone's office lent for some hours, though they are there, by them or by the desk. */
@Injectable()
export class OfficeLoans {
  constructor(private readonly database: Database) {}

  /** Those that are not over, the nearest first. */
  async all(viewer: Viewer): Promise<OfficeLoan[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const rows = await tx.query<LoanRow>(
        `select id, room_id as "roomId", partner_id as "partnerId", to_partner_id as "toPartnerId", starts_at as "startsAt", ends_at as "endsAt"
         from office_loan where space_id = $1 and ends_at > $2 order by starts_at, id limit ${MOST}`,
        [tx.context.spaceId, instantToIso(tx.now)],
      );
      return rows.map(({ startsAt, endsAt, ...loan }) => ({
        ...loan,
        start: toLocal(startsAt, viewer.space.zone),
        end: toLocal(endsAt, viewer.space.zone),
        mayChange: mayLend(viewer, [loan.partnerId]),
      }));
    });
  }

  async lend(
    viewer: Viewer,
    body: OfficeLoanBody,
    once: Once | null = null,
  ): Promise<Outcome<{ id: string }, LendRefusal | 'key-reused'>> {
    const during = duringOf(viewer, body);
    if (!during) return refuse('invalid', { errors: [{ at: 'end', message: sayWrongHours(viewer.language) }] });
    return this.database.once<{ id: string }, LendRefusal>(contextOf(viewer), once, async (tx) => {
      if (during.end <= tx.now) return refuse('past');
      await lockResources(tx, await resourcesOfOffices(tx, [body.roomId]));
      const office = await officeOf(tx, body.roomId);
      if (!office || !(await isPartner(tx, body.toPartnerId))) return refuse('no-such-reference');
      const { residents } = office;
      const resident = residents.find((id) => id === viewer.partnerId) ?? residents[0];
      if (!resident) return refuse('not-an-office');
      if (!mayLend(viewer, residents)) return refuse('not-yours');
      const id = randomUUID();
      await tx.query(
        `insert into office_loan (space_id, id, room_id, partner_id, to_partner_id, starts_at, ends_at, lent_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          tx.context.spaceId,
          id,
          body.roomId,
          resident,
          body.toPartnerId,
          instantToIso(during.start),
          instantToIso(during.end),
          viewer.accountId,
          instantToIso(tx.now),
        ],
      );
      await heedAbsences(tx);
      await record(tx, viewer, 'office.lent', { id, partnerId: resident, siteId: office.siteId, during });
      return done({ id });
    });
  }

  /** Lends it no more. Whoever took it meanwhile keeps it: its resident finds that among what there is to settle. */
  async takeBack(viewer: Viewer, id: string): Promise<Outcome<null, 'not-found'>> {
    return this.database.command<null, 'not-found'>(contextOf(viewer), async (tx) => {
      const [found] = await tx.query<{ roomId: string }>(
        'select room_id as "roomId" from office_loan where space_id = $1 and id = $2',
        [tx.context.spaceId, id],
      );
      if (!found) return refuse('not-found');
      await lockResources(tx, await resourcesOfOffices(tx, [found.roomId]));
      const [loan] = await tx.query<LoanRow>(
        `delete from office_loan where space_id = $1 and id = $2
         returning id, room_id as "roomId", partner_id as "partnerId", to_partner_id as "toPartnerId", starts_at as "startsAt", ends_at as "endsAt"`,
        [tx.context.spaceId, id],
      );
      if (!loan) return refuse('not-found');
      const during = { start: loan.startsAt, end: loan.endsAt };
      await recallOffices(tx, [loan.roomId], during);
      const office = await officeOf(tx, loan.roomId);
      await record(tx, viewer, 'office.taken-back', {
        id,
        partnerId: loan.partnerId,
        siteId: office?.siteId ?? null,
        during,
      });
      return done(null);
    });
  }
}

function duringOf({ space }: Viewer, { start, end }: OfficeLoanBody): Interval | null {
  const [from, to] = [parseLocalDateTime(start), parseLocalDateTime(end)];
  if (!from || !to) return null;
  const during = { start: toInstant(from, space.zone), end: toInstant(to, space.zone) };
  return during.start < during.end ? during : null;
}

/** The desk lends any office; a partner's people their own. */
function mayLend({ role, partnerId }: Viewer, residents: readonly string[]): boolean {
  return sightOf(role) === 'desk' || (partnerId !== null && residents.includes(partnerId));
}

async function officeOf(tx: Transaction, roomId: string): Promise<Office | null> {
  const [office] = await tx.query<Office>(
    `select r.site_id as "siteId", array(select distinct s.partner_id::text from sitting_in(array[r.id]) s order by 1) as residents
     from room r where r.space_id = $1 and r.id = $2 and r.retired_at is null`,
    [tx.context.spaceId, roomId],
  );
  return office ?? null;
}

async function isPartner(tx: Transaction, id: string | null): Promise<boolean> {
  if (id === null) return true;
  const found = await tx.query('select id from partner where space_id = $1 and id = $2 and retired_at is null', [
    tx.context.spaceId,
    id,
  ]);
  return found.length > 0;
}

async function record(
  tx: Transaction,
  { space }: Viewer,
  kind: 'office.lent' | 'office.taken-back',
  { id, partnerId, siteId, during }: { id: string; partnerId: string; siteId: string | null; during: Interval },
): Promise<void> {
  await tx.record({ kind, subjectId: id, partnerId, siteId, day: dateAt(during.start, space.zone) });
}
