import { Database, type Happening, type Transaction } from '@app/persistence';
import { instantToIso } from '@app/time';
import { Inject, Injectable } from '@nestjs/common';
import { type AppointmentFacts, factsOf, lockKnown } from './appointment-facts.query';
import { type Plan, remindersFor } from './planning';

const CONSUMER = 'reminders';
const BATCH = 500;

interface Heard {
  xid: string;
  id: number;
  space_id: string;
  kind: string;
  subject_id: string | null;
}

/** Turns what happened to appointments into what is to be told, each event once. */
@Injectable()
export class PlanReminders {
  constructor(@Inject(Database) private readonly database: Database) {}

  /**
   * Reads the next events and writes their reminders in the same transaction: done whole or not at all.
   * @returns how many events were read; 0 when there was nothing, or another worker is reading.
   */
  async round(): Promise<number> {
    return this.database.acrossSpaces(async (tx) => {
      const [from] = await tx.query<{ xid: string; id: number }>(
        'select xid::text as xid, id from take_event_cursor($1)',
        [CONSUMER],
      );
      if (!from) return 0;
      const events = await tx.query<Heard>(
        'select xid::text as xid, id, space_id, kind, subject_id from events_after($1::text::xid8, $2, $3)',
        [from.xid, from.id, BATCH],
      );
      const last = events.at(-1);
      if (!last) return 0;
      for (const [spaceId, heard] of subjectsBySpace(events)) {
        await tx.enter(spaceId);
        await plan(tx, await appointmentsOf(tx, heard));
      }
      await tx.query('select move_event_cursor($1, $2::text::xid8, $3)', [CONSUMER, last.xid, last.id]);
      return events.length;
    });
  }
}

interface Subjects {
  appointments: Set<string>;
  usagers: Set<string>;
}

/** In a fixed order, so that two rounds never wait for each other. */
function subjectsBySpace(events: readonly Heard[]): [string, Subjects][] {
  const bySpace = new Map<string, Subjects>();
  for (const { kind, space_id, subject_id } of events) {
    const what = kind.startsWith('appointment.') ? 'appointments' : kind === 'usager.changed' ? 'usagers' : null;
    if (!what || !subject_id) continue;
    const heard = bySpace.get(space_id) ?? { appointments: new Set(), usagers: new Set() };
    heard[what].add(subject_id);
    bySpace.set(space_id, heard);
  }
  return [...bySpace].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** With those to come of whoever is now told in another way. */
async function appointmentsOf(tx: Transaction, { appointments, usagers }: Subjects): Promise<string[]> {
  if (usagers.size) {
    const rows = await tx.query<{ id: string }>(
      'select id from appointment where space_id = $1 and usager_id = any ($2) and starts_at > $3',
      [tx.context.spaceId, [...usagers], instantToIso(tx.now)],
    );
    for (const { id } of rows) appointments.add(id);
  }
  // One of those booked together speaks for the others: which one depends on all of them.
  const sisters = await tx.query<{ id: string }>(
    `select b.id from appointment a
     join appointment b on b.space_id = a.space_id and b.series_id = a.series_id
     where a.space_id = $1 and a.id = any ($2) and a.series_id is not null`,
    [tx.context.spaceId, [...appointments]],
  );
  for (const { id } of sisters) appointments.add(id);
  return [...appointments].sort();
}

async function plan(tx: Transaction, appointmentIds: string[]): Promise<void> {
  const known = await lockKnown(tx, appointmentIds);
  const plans = (await factsOf(tx, appointmentIds))
    .map((facts) => ({ facts, ...remindersFor(facts, facts.person, known.get(facts.id) ?? [], tx.now, facts.place) }))
    .filter(({ dropped, planned }) => dropped.length + planned.length > 0);
  await drop(
    tx,
    plans.flatMap(({ dropped }) => dropped),
  );
  await write(tx, plans);
  await tx.record(...plans.map(({ facts }) => plannedFor(facts)));
}

async function drop(tx: Transaction, ids: string[]): Promise<void> {
  if (!ids.length) return;
  await tx.query(
    `update reminder set state = 'dropped', settled_at = $3
     where space_id = $1 and id = any ($2) and state in ('waiting', 'todo')`,
    [tx.context.spaceId, ids, instantToIso(tx.now)],
  );
}

async function write(tx: Transaction, plans: ({ facts: AppointmentFacts } & Plan)[]): Promise<void> {
  const rows = plans.flatMap(({ facts, planned }) =>
    planned.map(({ kind, channel, due }) => ({
      appointment_id: facts.id,
      partner_id: facts.partnerId,
      confidential: facts.confidential,
      kind,
      version: facts.version,
      due_at: instantToIso(due),
      channel,
      state: channel === 'sms' ? 'waiting' : 'todo',
    })),
  );
  if (!rows.length) return;
  // A dropped row that holds again (a cancellation undone) lives again; anything else was told once already.
  await tx.query(
    `insert into reminder (space_id, appointment_id, partner_id, confidential, kind, appointment_version, due_at, channel, state)
     select $1, r.appointment_id, r.partner_id, r.confidential, r.kind, r.version, r.due_at, r.channel, r.state
     from jsonb_to_recordset($2) as r(appointment_id uuid, partner_id uuid, confidential boolean, kind text, version int,
       due_at timestamptz, channel text, state text)
     on conflict on constraint told_once do update
       set due_at = excluded.due_at, channel = excluded.channel, state = excluded.state, settled_at = null
       where reminder.state = 'dropped'`,
    [tx.context.spaceId, JSON.stringify(rows)],
  );
}

function plannedFor({ id, partnerId, confidential, siteId }: AppointmentFacts): Happening {
  return { kind: 'message.planned', subjectId: id, partnerId, confidential, siteId };
}
