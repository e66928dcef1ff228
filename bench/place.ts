import { randomUUID } from 'node:crypto';
import { passwordHash } from '@app/accounts';
import { instantToIso, type LocalDateTime, toInstant } from '@app/time';
import pg from 'pg';

const ZONE = 'Europe/Paris';
const SLOT_MINUTES = 15;
const FIRST_HOUR = 9;
const SLOTS_A_DAY = 32;

export const CREDENTIALS = { email: 'accueil@mesure.example', password: 'un mot de passe de mesure' };

export interface Place {
  spaceId: string;
  siteId: string;
  accountId: string;
  motifId: string;
  usagerIds: string[];
  /** In an order where neighbours never share an agent. */
  slots: { occurrenceId: string; agentId: string; resourceId: string; start: LocalDateTime; end: LocalDateTime }[];
}

/**
 * A place as busy as a measure needs: twelve rooms, agents who each receive every quarter of an hour from nine to five,
 * and people to book. Written by the owner of the tables; what is measured goes through the application's role.
 */
export async function furnish(ownerUrl: string, { agents, days }: { agents: number; days: string[] }): Promise<Place> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const [spaceId, siteId, partnerId, motifId, permanenceId, ruleId, accountId] = Array.from({ length: 7 }, () =>
      randomUUID(),
    );
    const run = (text: string, values: unknown[] = []) => owner.query(text, values);
    await run(`insert into space (id, slug, name, zone) values ($1, 'mesure', 'Mesure', $2)`, [spaceId, ZONE]);
    await run(`insert into site (space_id, id, name) values ($1, $2, 'Ici')`, [spaceId, siteId]);
    await run(`insert into site_opening select $1, $2, w, '08:30', '17:30' from generate_series(1, 5) w`, [
      spaceId,
      siteId,
    ]);
    await run(
      `insert into partner (space_id, id, name, short_name, mark, hue) values ($1, $2, 'Partenaire', 'Partenaire', 'P', 200)`,
      [spaceId, partnerId],
    );
    await run(
      `insert into motif (space_id, id, partner_id, label, discreet_label, duration_minutes) values ($1, $2, $3, 'Rendez-vous', 'Rendez-vous', $4)`,
      [spaceId, motifId, partnerId, SLOT_MINUTES],
    );
    await run(
      `insert into account (space_id, id, email, name, role, password_hash) values ($1, $2, $3, 'Accueil', 'desk', $4)`,
      [spaceId, accountId, CREDENTIALS.email, await passwordHash(CREDENTIALS.password)],
    );
    await run(
      `insert into usager (space_id, id, first_name, last_name, known_to_desk, created_at)
       select $1, gen_random_uuid(), 'Personne', 'Numéro ' || n, true, now() from generate_series(1, 5000) n`,
      [spaceId],
    );
    await run(
      `insert into room (space_id, id, site_id, name) select $1, gen_random_uuid(), $2, 'Bureau ' || n from generate_series(1, 12) n`,
      [spaceId, siteId],
    );
    await run(
      `insert into agent (space_id, id, partner_id, name) select $1, gen_random_uuid(), $2, 'Agent ' || n from generate_series(1, $3::int) n`,
      [spaceId, partnerId, agents],
    );
    await run(`insert into resource (space_id, kind, owner_id) select space_id, 'room', id from room`);
    await run(
      `insert into resource (space_id, kind, owner_id) select a.space_id, k, a.id from agent a, unnest(array['presence', 'time']) k`,
    );
    await run(
      `insert into permanence (space_id, id, partner_id, title, state) values ($1, $2, $3, 'Accueil', 'published')`,
      [spaceId, permanenceId, partnerId],
    );
    await run(
      `insert into permanence_rule (space_id, id, permanence_id, rrule, dtstart, start_time, end_time, mode, site_id)
       values ($1, $2, $3, 'FREQ=DAILY', $4, '09:00', '17:00', 'appointment', $5)`,
      [spaceId, ruleId, permanenceId, days[0], siteId],
    );
    await run('insert into permanence_motif values ($1, $2, $3)', [spaceId, permanenceId, motifId]);
    // The first twelve agents sit in the twelve rooms; the others receive without one.
    await run(
      `with seated as (
         select a.id, r.id as room_id, row_number() over (order by a.id) as rank
         from (select id, row_number() over (order by id) as rank from agent) a
         left join (select id, row_number() over (order by name) as rank from room) r using (rank)
       ), made as (
         insert into occurrence (space_id, permanence_id, rule_id, partner_id, original_start, starts_at, ends_at, site_id, room_id, mode, state, visibility, confidential)
         select $1, $2, $3, $4, d::date + time '08:00' + rank * interval '1 second',
           (d::date + time '09:00') at time zone $6, (d::date + time '17:00') at time zone $6, $5, room_id, 'appointment', 'held', 'public', false
         from seated, unnest($7::text[]) d
         returning id, original_start, room_id, starts_at, ends_at
       ), attended as (
         insert into occurrence_agent
         select $1, made.id, seated.id from made join seated
           on made.original_start::time = time '08:00' + seated.rank * interval '1 second'
       )
       insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id)
       select $1, r.id, tstzrange(made.starts_at, made.ends_at), 'occurrence', made.id, $4
       from made join resource r on r.kind = 'room' and r.owner_id = made.room_id`,
      [spaceId, permanenceId, ruleId, partnerId, siteId, ZONE, days],
    );
    await run('analyze');
    const occurrences = await run(
      `select o.id, oa.agent_id, r.id as resource_id, to_char(o.starts_at at time zone $2, 'YYYY-MM-DD') as day
       from occurrence o
       join occurrence_agent oa on oa.occurrence_id = o.id
       join resource r on r.kind = 'time' and r.owner_id = oa.agent_id
       where o.space_id = $1 order by o.starts_at, oa.agent_id`,
      [spaceId, ZONE],
    );
    const usagers = await run('select id from usager order by id');
    const slots = Array.from({ length: SLOTS_A_DAY }, (_, index) =>
      occurrences.rows.map((row) => ({
        occurrenceId: row.id as string,
        agentId: row.agent_id as string,
        resourceId: row.resource_id as string,
        start: `${row.day}T${clock(index)}` as LocalDateTime,
        end: `${row.day}T${clock(index + 1)}` as LocalDateTime,
      })),
    ).flat();
    return {
      spaceId: spaceId as string,
      siteId: siteId as string,
      accountId: accountId as string,
      motifId: motifId as string,
      usagerIds: usagers.rows.map((row) => row.id as string),
      slots,
    };
  } finally {
    await owner.end();
  }
}

/** So many people booked on each day, spread over the first agents, as booking leaves them; gives the slots still free. */
export async function fill(
  ownerUrl: string,
  place: Place,
  { aDay, agents }: { aDay: number; agents: number },
): Promise<Place['slots']> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const first = [...new Set(place.slots.map((slot) => slot.agentId))].slice(0, agents);
    const byDay = new Map<string, Place['slots']>();
    for (const slot of place.slots) {
      if (!first.includes(slot.agentId)) continue;
      const day = slot.start.slice(0, 10);
      byDay.set(day, [...(byDay.get(day) ?? []), slot]);
    }
    const booked = [...byDay.values()].flatMap((slots) => slots.slice(0, aDay));
    await owner.query(
      `with made as (
         insert into appointment (space_id, partner_id, motif_id, usager_id, occurrence_id, agent_id, site_id, starts_at, ends_at, state, confidential, booked_at)
         select $1, o.partner_id, $2, ($3::uuid[])[1 + n % cardinality($3::uuid[])], o.id, b.agent_id, o.site_id, b.starts_at, b.ends_at, 'planned', false, b.starts_at
         from unnest($4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[]) with ordinality as b(occurrence_id, agent_id, starts_at, ends_at, n)
         join occurrence o on o.space_id = $1 and o.id = b.occurrence_id
         returning id, partner_id, agent_id, starts_at, ends_at
       )
       insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id)
       select $1, r.id, tstzrange(made.starts_at, made.ends_at), 'appointment', made.id, made.partner_id
       from made join resource r on r.space_id = $1 and r.kind = 'time' and r.owner_id = made.agent_id`,
      [
        place.spaceId,
        place.motifId,
        place.usagerIds,
        booked.map((slot) => slot.occurrenceId),
        booked.map((slot) => slot.agentId),
        booked.map((slot) => instantToIso(instantOf(slot.start))),
        booked.map((slot) => instantToIso(instantOf(slot.end))),
      ],
    );
    await owner.query('analyze');
    const taken = new Set(booked);
    return place.slots.filter((slot) => !taken.has(slot));
  } finally {
    await owner.end();
  }
}

/** Weekdays from a date on. */
export function weekdaysFrom(first: string, count: number): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${first}T12:00:00Z`); days.length < count; at += 86_400_000) {
    const date = new Date(at);
    if (date.getUTCDay() % 6 !== 0) days.push(date.toISOString().slice(0, 10));
  }
  return days;
}

export const instantOf = (local: LocalDateTime) => toInstant(local, ZONE);

function clock(slot: number): string {
  const minutes = FIRST_HOUR * 60 + slot * SLOT_MINUTES;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
