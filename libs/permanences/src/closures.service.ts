import { randomUUID } from 'node:crypto';
import { contextOf, sightOf, type Viewer } from '@app/accounts';
import type { CalendarEffect, Closure, ClosureBody, ClosureChange, ClosureSaved } from '@app/contract';
import { Database, done, type Once, type Outcome, type Refusal, refuse, type Transaction } from '@app/persistence';
import { lockResources, recallOffices, resourcesOfOffices } from '@app/rooms';
import { dateAt, dayBounds, type PlainDate } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { changeCalendars, type Concern, contextOfCalendars, lockCalendars } from './calendar-effect.query';
import { refusalToWrite } from './rights';

export type ClosureRefusal = 'not-found' | 'not-yours' | 'no-such-reference';

type ClosureRow = Omit<Closure, 'mayChange'>;

/** Days on which the space, a site, a room or a partner is closed. Saving lays out again every date they concern. */
@Injectable()
export class Closures {
  constructor(@Inject(Database) private readonly database: Database) {}

  /** Those that are not over, the nearest first. */
  async all(viewer: Viewer): Promise<Closure[]> {
    return this.database.within(contextOf(viewer), async (tx) => {
      const rows = await readClosures(tx, { endingFrom: dateAt(tx.now, viewer.space.zone) });
      return rows.map((row) => ({ ...row, mayChange: mayWrite(viewer, row.partnerId) }));
    });
  }

  async add(
    viewer: Viewer,
    { dryRun, ...body }: ClosureBody,
    once: Once | null = null,
  ): Promise<Outcome<ClosureSaved, ClosureRefusal | 'key-reused'>> {
    const key = dryRun ? null : once;
    return this.database.once<ClosureSaved, ClosureRefusal>(contextOfCalendars(viewer), key, async (tx) => {
      await lockCalendars(tx);
      const refusal = await refusalFor(tx, viewer, body);
      if (refusal) return refusal;
      const id = randomUUID();
      const write = () => insert(tx, id, body);
      const effect = await changeCalendars(tx, viewer, body, { dryRun, write, days: [body] });
      if (!dryRun) await record(tx, 'closure.added', { id, ...body });
      return done({ ...effect, id: dryRun ? null : id });
    });
  }

  /** Other days or another cause. */
  async change(
    viewer: Viewer,
    id: string,
    { dryRun, ...days }: ClosureChange,
  ): Promise<Outcome<ClosureSaved, ClosureRefusal>> {
    return this.database.command<ClosureSaved, ClosureRefusal>(contextOfCalendars(viewer), async (tx) => {
      const before = await lockOne(tx, viewer, id);
      if (!before.ok) return before;
      const write = () => update(tx, id, days);
      const effect = await changeCalendars(tx, viewer, before.value, { dryRun, write, days: [before.value, days] });
      if (!dryRun) await this.recall(tx, viewer, before.value);
      if (!dryRun) await record(tx, 'closure.changed', before.value);
      return done({ ...effect, id });
    });
  }

  /** A partner opens again: whoever borrowed its offices meanwhile keeps them, and it has that to settle. */
  private async recall(tx: Transaction, { space }: Viewer, { partnerId, from, to }: ClosureRow): Promise<void> {
    if (!partnerId) return;
    const offices = await officesOf(tx, partnerId);
    await lockResources(tx, await resourcesOfOffices(tx, offices));
    const start = dayBounds(from as PlainDate, space.zone).start;
    await recallOffices(tx, offices, { start, end: dayBounds(to as PlainDate, space.zone).end });
  }

  /** The dates it removed are held again, where their rooms are still free. */
  async remove(viewer: Viewer, id: string, dryRun: boolean): Promise<Outcome<CalendarEffect, ClosureRefusal>> {
    return this.database.command<CalendarEffect, ClosureRefusal>(contextOfCalendars(viewer), async (tx) => {
      const before = await lockOne(tx, viewer, id);
      if (!before.ok) return before;
      const write = async () => {
        await tx.query('delete from closure where space_id = $1 and id = $2', [tx.context.spaceId, id]);
      };
      const effect = await changeCalendars(tx, viewer, before.value, { dryRun, write, days: [before.value] });
      if (!dryRun) await this.recall(tx, viewer, before.value);
      if (!dryRun) await record(tx, 'closure.removed', before.value);
      return done(effect);
    });
  }
}

/** The offices of a partner, which are lent while it is closed. */
async function officesOf(tx: Transaction, partnerId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct s.room_id as id from sitting_in(array(select id from room where space_id = $1 and retired_at is null)) s
     where s.partner_id = $2`,
    [tx.context.spaceId, partnerId],
  );
  return rows.map(({ id }) => id);
}

/** A partner's editor closes its own partner; whoever sets the place closes the rest. */
function mayWrite({ role, partnerId: own }: Viewer, partnerId: string | null): boolean {
  if (role === 'manager' || role === 'administrator') return true;
  return role === 'partner-editor' && partnerId !== null && partnerId === own;
}

async function lockOne(
  tx: Transaction,
  viewer: Viewer,
  id: string,
): Promise<Outcome<ClosureRow, 'not-found' | 'not-yours'>> {
  await lockCalendars(tx);
  const [closure] = await readClosures(tx, { id });
  if (!closure) return refuse('not-found');
  const refusal = await refusalToClose(tx, viewer, closure.partnerId);
  // A closure that the viewer may not see is not there.
  if (refusal) return closure.partnerId && sightOf(viewer.role) === 'desk' ? refuse('not-found') : refusal;
  return done(closure);
}

async function refusalFor(tx: Transaction, viewer: Viewer, body: Concern): Promise<Refusal<ClosureRefusal> | null> {
  const { siteId = null, roomId = null, partnerId = null } = body;
  const refusal = await refusalToClose(tx, viewer, partnerId);
  if (refusal) return refusal;
  const [row] = await tx.query<{ stands: boolean }>(
    `select ($2::uuid is null or exists (select from site where space_id = $1 and id = $2 and retired_at is null))
       and ($3::uuid is null or exists (select from room where space_id = $1 and id = $3 and retired_at is null))
       and ($4::uuid is null or exists (select from partner where space_id = $1 and id = $4 and retired_at is null)) as stands`,
    [tx.context.spaceId, siteId, roomId, partnerId],
  );
  return row?.stands ? null : refuse('no-such-reference');
}

async function refusalToClose(
  tx: Transaction,
  viewer: Viewer,
  partnerId: string | null,
): Promise<Refusal<'not-yours'> | null> {
  if (!mayWrite(viewer, partnerId)) return { ok: false, why: 'not-yours' };
  if (!partnerId) return null;
  const [partner] = await tx.query<{ confidential: boolean }>(
    'select confidential from partner where space_id = $1 and id = $2',
    [tx.context.spaceId, partnerId],
  );
  return refusalToWrite(contextOf(viewer), partnerId, partner?.confidential ?? false, viewer.language);
}

async function readClosures(
  tx: Transaction,
  { id = null, endingFrom = null }: { id?: string | null; endingFrom?: string | null },
): Promise<ClosureRow[]> {
  return tx.query<ClosureRow>(
    `select id, site_id as "siteId", room_id as "roomId", partner_id as "partnerId", first_day as "from", last_day as "to", cause
     from closure where space_id = $1 and ($2::uuid is null or id = $2) and ($3::date is null or last_day >= $3)
     order by first_day, last_day, id`,
    [tx.context.spaceId, id, endingFrom],
  );
}

async function insert(tx: Transaction, id: string, body: Omit<ClosureBody, 'dryRun'>): Promise<void> {
  const { siteId, roomId, partnerId, from, to, cause } = body;
  await tx.query(
    `insert into closure (space_id, id, site_id, room_id, partner_id, first_day, last_day, cause)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.context.spaceId, id, siteId, roomId, partnerId, from, to, cause],
  );
}

async function update(tx: Transaction, id: string, { from, to, cause }: Omit<ClosureChange, 'dryRun'>): Promise<void> {
  await tx.query('update closure set first_day = $3, last_day = $4, cause = $5 where space_id = $1 and id = $2', [
    tx.context.spaceId,
    id,
    from,
    to,
    cause,
  ]);
}

/** Boards hear of it, those of a partner's own closure its partner's and the desk's; a confidential partner's only its own. */
async function record(
  tx: Transaction,
  kind: 'closure.added' | 'closure.changed' | 'closure.removed',
  { id, siteId, partnerId }: Pick<ClosureRow, 'id' | 'siteId' | 'partnerId'>,
): Promise<void> {
  const [partner] = await tx.query<{ confidential: boolean }>(
    'select confidential from partner where space_id = $1 and id = $2',
    [tx.context.spaceId, partnerId],
  );
  await tx.record({ kind, subjectId: id, siteId, partnerId, confidential: partner?.confidential ?? false });
  await tx.audit(kind, 'closure', id);
}
