import { sightOf, type Viewer } from '@app/accounts';
import type { AbsenceEffect } from '@app/contract';
import type { Transaction } from '@app/persistence';
import {
  heedAbsences,
  lockResources,
  officesOfOthersAt,
  recallOffices,
  resourcesOf,
  resourcesOfOffices,
} from '@app/rooms';
import { type Instant, instantToIso, type Interval, toLocal } from '@app/time';
import { aloneWith, seenAlone, strandAlone } from './standing-alone.query';

export interface AgentAway {
  agentId: string;
  partnerId: string;
  confidential: boolean;
}

/** When the agent was said to be away, and when it is said now; null: not at all. */
export interface AbsenceTimes {
  before: Interval | null;
  after: Interval | null;
  dryRun: boolean;
}

interface DateRow {
  occurrenceId: string;
  permanenceId: string;
  partnerId: string;
  confidential: boolean;
  title: string;
  startsAt: Instant;
  endsAt: Instant;
  remaining: string[];
  wholly: boolean | null;
}

interface PersonRow {
  appointmentId: string;
  occurrenceId: string;
  partnerId: string;
  confidential: boolean;
  startsAt: Instant;
  name: string | null;
  knownToDesk: boolean;
}

/**
 * Writes a change of absence and settles or opens what follows from it: dates left alone, people who can't be received, offices
 * to lend. A dry run does it all and undoes it. Nobody publishes meanwhile: the calendars are locked. Nobody books the agent alone
 * either: her presence is.
 */
export async function changeAbsence(
  tx: Transaction,
  viewer: Viewer,
  agent: AgentAway,
  { before, after, dryRun }: AbsenceTimes,
  write: () => Promise<void>,
): Promise<AbsenceEffect> {
  const windows = [before, after].filter((one) => one !== null);
  const ids = await lockDatesWith(tx, agent.agentId, windows);
  const offices = await officesOfAgent(tx, agent);
  const rooms = await roomsOf(tx, ids);
  const presence = await resourcesOf(tx, 'presence', [agent.agentId]);
  await lockResources(tx, [
    ...presence.values(),
    ...(await resourcesOfOffices(tx, [...new Set([...offices, ...rooms])])),
  ]);
  const aloneIds = await aloneWith(tx, agent.agentId, windows);
  if (dryRun) await tx.query('savepoint dry_run');
  await write();
  await tx.query('select heed_return($1::uuid[], $2)', [ids, instantToIso(tx.now)]);
  await heedAbsences(
    tx,
    ids.map((id) => ({ id })),
  );
  await strandAt(tx, ids);
  const alone = await strandAlone(tx, viewer, aloneIds);
  const borrowed = before ? await recallOffices(tx, offices, before) : 0;
  const effect = await effectOf(tx, viewer, ids, agent.agentId);
  const lent = after ? await officesOfOthersAt(tx, offices, after, null) : new Map();
  if (dryRun) await tx.query('rollback to savepoint dry_run');
  return {
    dryRun,
    dates: effect.dates,
    alone: seenAlone(alone),
    people: effect.people + alone.length,
    offices: [...lent].flatMap(([roomId, office]) => (office.lent === 'away' ? roomId : [])),
    borrowed,
  };
}

/** The dates to come on which the agent is expected at these times, kept from changing: permanences first, as publishing does. */
async function lockDatesWith(tx: Transaction, agentId: string, windows: readonly Interval[]): Promise<string[]> {
  const { spaceId } = tx.context;
  const expecting = () =>
    tx.query<{ permanence_id: string; occurrence_id: string }>('select * from dates_expecting($1, $2, $3, $4)', [
      agentId,
      windows.map(({ start }) => instantToIso(start)),
      windows.map(({ end }) => instantToIso(end)),
      instantToIso(tx.now),
    ]);
  const permanenceIds = (await expecting()).map(({ permanence_id }) => permanence_id);
  await tx.query('select id from permanence where space_id = $1 and id = any ($2::uuid[]) order by id for update', [
    spaceId,
    permanenceIds,
  ]);
  // Looked for again: whoever held them may have moved a date meanwhile.
  const rows = await tx.query<{ id: string }>(
    'select id from occurrence where space_id = $1 and id = any ($2::uuid[]) order by id for update',
    [spaceId, (await expecting()).map(({ occurrence_id }) => occurrence_id)],
  );
  return rows.map(({ id }) => id);
}

/** Whoever is booked with someone who is away is stranded; whoever is received again no longer is. */
async function strandAt(tx: Transaction, ids: readonly string[]): Promise<void> {
  await tx.query('select from strand_appointments($1::uuid[], $2)', [ids, instantToIso(tx.now)]);
}

/** Where this agent sits. */
async function officesOfAgent(tx: Transaction, { agentId, partnerId }: AgentAway): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select distinct s.room_id as id
     from sitting_in(array(
       select r.id from room r
       where r.space_id = $1 and r.retired_at is null and (r.resident_partner_id = $3 or exists (
         select from room_resident rr where rr.space_id = r.space_id and rr.room_id = r.id and rr.agent_id = $2)))) s
     where s.agent_id = $2`,
    [tx.context.spaceId, agentId, partnerId],
  );
  return rows.map(({ id }) => id);
}

async function roomsOf(tx: Transaction, occurrenceIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select distinct room_id as id from occurrence where space_id = $1 and id = any ($2::uuid[]) and room_id is not null',
    [tx.context.spaceId, occurrenceIds],
  );
  return rows.map(({ id }) => id);
}

async function effectOf(
  tx: Transaction,
  viewer: Viewer,
  ids: readonly string[],
  agentId: string,
): Promise<Pick<AbsenceEffect, 'dates' | 'people'>> {
  const { zone } = viewer.space;
  const isDesk = sightOf(viewer.role) === 'desk';
  const sees = ({ partnerId, confidential }: { partnerId: string; confidential: boolean }) =>
    partnerId === viewer.partnerId || (isDesk && !confidential);
  const dates = await tx.query<DateRow>(
    `select o.id as "occurrenceId", o.permanence_id as "permanenceId", o.partner_id as "partnerId", o.confidential, p.title,
       o.starts_at as "startsAt", o.ends_at as "endsAt", l.wholly,
       array(select oa.agent_id from occurrence_agent oa
             where oa.space_id = o.space_id and oa.occurrence_id = o.id and oa.agent_id <> $3
               and not exists (select from absence b where b.space_id = oa.space_id and b.agent_id = oa.agent_id
                                 and b.starts_at < o.ends_at and b.ends_at > o.starts_at)
             order by oa.agent_id) as remaining
     from occurrence o
     join permanence p on p.space_id = o.space_id and p.id = o.permanence_id
     left join left_alone($2::uuid[]) l on l.occurrence_id = o.id
     where o.space_id = $1 and o.id = any ($2::uuid[]) order by o.starts_at, o.id`,
    [tx.context.spaceId, ids, agentId],
  );
  const people = await tx.query<PersonRow>(
    `select a.id as "appointmentId", a.occurrence_id as "occurrenceId", a.partner_id as "partnerId", a.confidential,
       a.starts_at as "startsAt", nullif(trim(concat_ws(' ', u.first_name, u.last_name)), '') as name,
       coalesce(u.known_to_desk, false) as "knownToDesk"
     from conflict c
     join appointment a on a.space_id = c.space_id and a.id = c.appointment_id
     left join usager u on u.space_id = a.space_id and u.id = a.usager_id
     where c.space_id = $1 and c.occurrence_id = any ($2::uuid[]) and c.kind = 'appointment-stranded' and c.settled_at is null
     order by a.starts_at, a.id`,
    [tx.context.spaceId, ids],
  );
  const concerned = (occurrenceId: string) =>
    people
      .filter((person) => person.occurrenceId === occurrenceId && sees(person))
      .map(({ appointmentId, startsAt, name, knownToDesk, partnerId }) => ({
        appointmentId,
        start: toLocal(startsAt, zone),
        name: knownToDesk || partnerId === viewer.partnerId ? name : null,
      }));
  return {
    dates: dates
      .filter(sees)
      .map(({ occurrenceId, permanenceId, partnerId, title, startsAt, endsAt, remaining, wholly }) => ({
        occurrenceId,
        permanenceId,
        partnerId,
        title,
        start: toLocal(startsAt, zone),
        end: toLocal(endsAt, zone),
        remaining,
        left: wholly === null ? ('someone' as const) : wholly ? ('nobody' as const) : ('nobody-for-a-while' as const),
        people: concerned(occurrenceId),
      })),
    people: people.length,
  };
}
