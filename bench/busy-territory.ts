import { randomUUID } from 'node:crypto';
import { passwordHash } from '@app/accounts';
import type pg from 'pg';
import { CREDENTIALS } from './place';

const ZONE = 'Europe/Paris';
/** Monday, the first day of the future. */
export const MONDAY = '2027-01-04';
const SITES = 13;
const MOTIFS = 100;
const PARTNERS = 25;
const WEEKS_AHEAD = 78;
/** A permanence receives from nine to noon, six times half an hour. */
const SLOTS = 6;
const SOLID_WEEKS = 6;

export interface Territory {
  spaceId: string;
  accountId: string;
  /** Booked solid for six weeks. */
  solidId: string;
  motifIds: string[];
}

export interface Size {
  permanences: number;
  futureAppointments: number;
}

/**
 * One space as large as a department: every agent receives five mornings a week, each a permanence of its own, at one of
 * the sites, for one motif. Written past the policies; what is measured goes through the application's role.
 */
export async function populate(owner: pg.Client, { permanences, futureAppointments }: Size): Promise<Territory> {
  const agents = permanences / 5;
  const [spaceId, accountId] = [randomUUID(), randomUUID()];
  const run = (text: string, values: unknown[] = []) => owner.query(text, values);
  // What the constraint would check row by row is true by construction; it is put back, and checks it all, at the end.
  await run('alter table claim drop constraint one_resource_one_holder_at_a_time');
  await run(`insert into space (id, slug, name, zone) values ($1, 'mesure', 'Mesure', $2)`, [spaceId, ZONE]);
  await run(
    `insert into account (space_id, id, email, name, role, password_hash) values ($1, $2, $3, 'Accueil', 'desk', $4)`,
    [spaceId, accountId, CREDENTIALS.email, await passwordHash(CREDENTIALS.password)],
  );
  await run(
    `create unlogged table n_site as select n, gen_random_uuid() as id from generate_series(0, ${SITES - 1}) n`,
  );
  await run(`insert into site (space_id, id, name) select $1, id, 'Lieu ' || n from n_site`, [spaceId]);
  await run(
    `create unlogged table n_partner as select n, gen_random_uuid() as id from generate_series(0, ${PARTNERS - 1}) n`,
  );
  await run(
    `insert into partner (space_id, id, name, short_name, mark, hue) select $1, id, 'Partenaire ' || n, 'P' || n, 'P', n from n_partner`,
    [spaceId],
  );
  await run(
    `create unlogged table n_motif as select n, gen_random_uuid() as id from generate_series(0, ${MOTIFS - 1}) n`,
  );
  await run(
    `insert into motif (space_id, id, partner_id, label, discreet_label, duration_minutes)
     select $1, m.id, p.id, 'Motif ' || m.n, 'Motif', 30 from n_motif m join n_partner p on p.n = m.n % ${PARTNERS}`,
    [spaceId],
  );
  await run(
    `create unlogged table n_agent as select n, gen_random_uuid() as id, gen_random_uuid() as time_id, gen_random_uuid() as room_id, gen_random_uuid() as room_resource
     from generate_series(0, ${agents - 1}) n`,
  );
  await run(
    `insert into agent (space_id, id, partner_id, name)
     select $1, a.id, p.id, 'Agent ' || a.n from n_agent a join n_partner p on p.n = (a.n % ${MOTIFS}) % ${PARTNERS}`,
    [spaceId],
  );
  await run(
    `insert into room (space_id, id, site_id, name) select $1, a.room_id, s.id, 'Bureau ' || a.n from n_agent a join n_site s on s.n = a.n % ${SITES}`,
    [spaceId],
  );
  await run(`insert into resource (space_id, id, kind, owner_id) select $1, time_id, 'time', id from n_agent`, [
    spaceId,
  ]);
  await run(`insert into resource (space_id, kind, owner_id) select $1, 'presence', id from n_agent`, [spaceId]);
  await run(
    `insert into resource (space_id, id, kind, owner_id) select $1, room_resource, 'room', room_id from n_agent`,
    [spaceId],
  );
  await run(
    `create unlogged table n_permanence as
     select n, gen_random_uuid() as id, gen_random_uuid() as rule_id, n % 5 as weekday, n / 5 as agent, (n / 5) % ${MOTIFS} as motif
     from generate_series(0, ${permanences - 1}) n`,
  );
  await run(
    `insert into permanence (space_id, id, partner_id, title, state)
     select $1, q.id, p.id, 'Permanence ' || q.n, 'published' from n_permanence q join n_partner p on p.n = q.motif % ${PARTNERS}`,
    [spaceId],
  );
  await run(
    `insert into permanence_rule (space_id, id, permanence_id, rrule, dtstart, start_time, end_time, mode, site_id)
     select $1, q.rule_id, q.id, 'FREQ=WEEKLY', $2::date + q.weekday, '09:00', '12:00', 'appointment', s.id
     from n_permanence q join n_site s on s.n = q.agent % ${SITES}`,
    [spaceId, MONDAY],
  );
  await run(`insert into permanence_motif select $1, q.id, m.id from n_permanence q join n_motif m on m.n = q.motif`, [
    spaceId,
  ]);
  await run(
    // Their ids in the order they are laid out, night after night, as the product gives them.
    `create unlogged table n_date as
     select uuidv7() as id, d.n as permanence, d.w, $1::date + d.weekday + 7 * d.w as day
     from (select q.*, w from n_permanence q, generate_series(0, ${WEEKS_AHEAD - 1}) w order by w, q.n) d`,
    [MONDAY],
  );
  await run(
    `insert into occurrence (space_id, id, permanence_id, rule_id, partner_id, original_start, starts_at, ends_at, site_id, room_id, mode, state, visibility, confidential)
     select $1, d.id, q.id, q.rule_id, p.id, d.day + time '09:00', (d.day + time '09:00') at time zone $2, (d.day + time '12:00') at time zone $2,
       s.id, a.room_id, 'appointment', 'held', 'public', false
     from n_date d join n_permanence q on q.n = d.permanence join n_agent a on a.n = q.agent
     join n_partner p on p.n = q.motif % ${PARTNERS} join n_site s on s.n = q.agent % ${SITES}
     order by d.w, q.n`,
    [spaceId, ZONE],
  );
  await run(
    `insert into occurrence_agent select $1, d.id, a.id from n_date d join n_permanence q on q.n = d.permanence join n_agent a on a.n = q.agent`,
    [spaceId],
  );
  await run(
    `insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id)
     select $1, a.room_resource, tstzrange((d.day + time '09:00') at time zone $2, (d.day + time '12:00') at time zone $2), 'occurrence', d.id, p.id
     from n_date d join n_permanence q on q.n = d.permanence join n_agent a on a.n = q.agent join n_partner p on p.n = q.motif % ${PARTNERS}
    `,
    [spaceId, ZONE],
  );
  await run(
    `insert into usager (space_id, id, first_name, last_name, known_to_desk, created_at)
     select $1, gen_random_uuid(), 'Personne', 'Numéro ' || n, true, now() from generate_series(1, 20000) n`,
    [spaceId],
  );
  await run(
    `create unlogged table n_usager as select row_number() over () - 1 as n, id from usager where space_id = '${spaceId}'`,
  );
  // Ahead: the first motif solid for six weeks, the others a few a morning until there are as many as asked for.
  const solid = (permanences / MOTIFS) * SOLID_WEEKS * SLOTS;
  const aMorning = 2;
  const weeks = Math.ceil((futureAppointments - solid) / (permanences - permanences / MOTIFS) / aMorning);
  await run(
    `create unlogged table n_booked as
     select gen_random_uuid() as id, d.id as occurrence_id, d.permanence, d.w, (d.day + time '09:00' + s * interval '30 minutes') at time zone $1 as starts_at,
       row_number() over () as n
     from n_date d join n_permanence q on q.n = d.permanence, generate_series(0, ${SLOTS - 1}) s
     where (q.motif = 0 and d.w < ${SOLID_WEEKS}) or (q.motif > 0 and d.w < ${weeks} and s in (0, 3))`,
    [ZONE],
  );
  await run(
    `insert into appointment (space_id, id, partner_id, motif_id, usager_id, occurrence_id, agent_id, site_id, starts_at, ends_at, state, confidential, booked_at)
     select $1, b.id, p.id, m.id, u.id, b.occurrence_id, a.id, s.id, b.starts_at, b.starts_at + interval '30 minutes',
       'planned', false, b.starts_at
     from n_booked b join n_permanence q on q.n = b.permanence join n_agent a on a.n = q.agent join n_motif m on m.n = q.motif
     join n_partner p on p.n = q.motif % ${PARTNERS} join n_site s on s.n = q.agent % ${SITES} join n_usager u on u.n = b.n % 20000`,
    [spaceId],
  );
  await run(
    `insert into claim (space_id, resource_id, during, held_by_kind, held_by_id, partner_id)
     select $1, a.time_id, tstzrange(b.starts_at, b.starts_at + interval '30 minutes'), 'appointment', b.id, p.id
     from n_booked b join n_permanence q on q.n = b.permanence join n_agent a on a.n = q.agent join n_partner p on p.n = q.motif % ${PARTNERS}
    `,
    [spaceId],
  );
  await run(
    'alter table claim add constraint one_resource_one_holder_at_a_time exclude using gist (resource_id with =, during with &&)',
  );
  await run('vacuum analyze');
  const motifs = await run('select id from n_motif order by n');
  const [solidId, ...motifIds] = motifs.rows.map((row) => row.id as string);
  return { spaceId, accountId, solidId: solidId as string, motifIds };
}

/**
 * So many appointments of the weeks before, on dates of their own, each received long ago. What is past holds nothing any
 * more: its claims were pruned.
 */
export async function addPast(
  owner: pg.Client,
  { permanences }: Size,
  appointments: number,
  before = 0,
): Promise<void> {
  const weekOf = (count: number) => Math.ceil(count / permanences / SLOTS);
  const spaceId = '(select id from space)';
  await owner.query('drop table if exists n_past');
  await owner.query(
    `create unlogged table n_past as
     select uuidv7() as id, q.n as permanence, $1::date + q.weekday - 7 * w as day
     from n_permanence q, generate_series(${weekOf(before) + 1}, ${weekOf(before + appointments)}) w`,
    [MONDAY],
  );
  await owner.query(
    `insert into occurrence (space_id, id, permanence_id, rule_id, partner_id, original_start, starts_at, ends_at, site_id, room_id, mode, state, visibility, confidential)
     select ${spaceId}, d.id, q.id, q.rule_id, p.id, d.day + time '09:00', (d.day + time '09:00') at time zone '${ZONE}',
       (d.day + time '12:00') at time zone '${ZONE}', s.id, a.room_id, 'appointment', 'held', 'public', false
     from n_past d join n_permanence q on q.n = d.permanence join n_agent a on a.n = q.agent
     join n_partner p on p.n = q.motif % ${PARTNERS} join n_site s on s.n = q.agent % ${SITES}`,
  );
  await owner.query(
    `insert into occurrence_agent select ${spaceId}, d.id, a.id from n_past d join n_permanence q on q.n = d.permanence join n_agent a on a.n = q.agent`,
  );
  await owner.query(
    `insert into appointment (space_id, partner_id, motif_id, usager_id, occurrence_id, agent_id, site_id, starts_at, ends_at, state, confidential, booked_at)
     select ${spaceId}, p.id, m.id, u.id, d.id, a.id, s.id, at.start, at.start + interval '30 minutes', 'seen', false, at.start
     from n_past d join n_permanence q on q.n = d.permanence join n_agent a on a.n = q.agent join n_motif m on m.n = q.motif
     join n_partner p on p.n = q.motif % ${PARTNERS} join n_site s on s.n = q.agent % ${SITES}
     cross join generate_series(0, ${SLOTS - 1}) as slot(nth)
     cross join lateral (select (d.day + time '09:00' + slot.nth * interval '30 minutes') at time zone '${ZONE}' as start) at
     join n_usager u on u.n = (d.permanence * 7 + slot.nth) % 20000`,
  );
  await owner.query('vacuum analyze');
}
